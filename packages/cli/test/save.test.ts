import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CommandError } from '../src/command-error.ts';
import { someAnswers } from './reports.ts';
import { serveEachTest } from './served-session.ts';
import { folderEachTest } from './temporary-folder.ts';

const NAME = 'tacho-metrics-20261123T124501Z.json';

const each = serveEachTest();
const folder = folderEachTest();

describe('monitor --save', () => {
  it('saves the settings, the samples and the last full reports', async () => {
    const session = each.session({ folder: folder.path });
    session.clock.at(1000, () => {
      each.server.answers['/summary'].total_requests = 1300;
    });
    expect(await session.run('monitor', '--save', '--interval', '30', '--duration', '45')).toBe(0);
    const before = someAnswers();
    const after = each.server.answers;
    const host = before['/system-metrics'].at(-1);
    const late = { summary: after['/summary'], system_metrics: host };
    expect(await saved(NAME)).toEqual({
      settings: { url: each.server.url, interval_seconds: 30, duration_seconds: 45 },
      samples: [
        { timestamp: '2026-11-23T12:45:01.250000Z', summary: before['/summary'], system_metrics: host },
        {
          timestamp: '2026-11-23T12:45:31.250000Z',
          ...late,
          slice: { from: '2026-11-23T12:45:01.250000Z', endpoints: {} },
        },
        {
          timestamp: '2026-11-23T12:45:46.250000Z',
          ...late,
          slice: { from: '2026-11-23T12:45:31.250000Z', endpoints: {} },
        },
      ],
      missed_samples: 0,
      skipped_samples: 0,
      reports: {
        summary: after['/summary'],
        endpoints: after['/endpoints'],
        slow_requests: after['/slow-requests'],
        system_metrics: after['/system-metrics'],
      },
    });
  });

  it('says nothing where nobody looks', async () => {
    const session = each.session({ folder: folder.path });
    expect(await session.run('monitor', '--save')).toBe(0);
    expect([session.stdout, session.stderr]).toEqual(['', '']);
  });

  it('says in a terminal where it was saved', async () => {
    const session = each.session({ folder: folder.path, terminal: { columns: 80, rows: 24 } });
    expect(await session.run('monitor', '--save')).toBe(0);
    expect(session.writes.at(-1)).toBe(`saved ${join(folder.path, NAME)}\n`);
  });

  it('keeps stdout to JSON in a terminal', async () => {
    const session = each.session({ folder: folder.path, terminal: { columns: 80, rows: 24 } });
    expect(await session.run('monitor', '--save', '--json')).toBe(0);
    expect(session.lines.map((line) => Object.keys(JSON.parse(line))[0])).toEqual(['timestamp', 'timestamp']);
    expect(session.stderr).toBe(`saved ${join(folder.path, NAME)}\n`);
  });

  it('is for its owner alone', async () => {
    await each.session({ folder: folder.path }).run('monitor', '--save');
    expect((await stat(join(folder.path, NAME))).mode & 0o777).toBe(0o600);
  });

  it('takes a folder of its own, from where the command runs', async () => {
    await mkdir(join(folder.path, 'metrics'));
    const session = each.session({ folder: folder.path });
    expect(await session.run('monitor', '--save', 'metrics')).toBe(0);
    expect(await readdir(join(folder.path, 'metrics'))).toEqual([NAME]);
  });

  it('never writes over another file: -2, -3 and so on', async () => {
    await writeFile(join(folder.path, NAME), 'precious');
    await writeFile(join(folder.path, NAME.replace('.json', '-2.json')), 'precious too');
    expect(await each.session({ folder: folder.path }).run('monitor', '--save')).toBe(0);
    expect((await readdir(folder.path)).sort()).toEqual([
      NAME.replace('.json', '-2.json'),
      NAME.replace('.json', '-3.json'),
      NAME,
    ]);
    expect(await readFile(join(folder.path, NAME), 'utf8')).toBe('precious');
    expect(await saved(NAME.replace('.json', '-3.json'))).toMatchObject({ missed_samples: 0 });
  });

  it('gives two runs of one second two files', async () => {
    const sessions = [1, 2, 3].map(() => each.session({ folder: folder.path }));
    expect(await Promise.all(sessions.map((session) => session.run('monitor', '--save')))).toEqual([0, 0, 0]);
    expect(await readdir(folder.path)).toHaveLength(3);
  });

  it('shows the file under its name only when all is there', async () => {
    const session = each.session({ folder: folder.path });
    const during: string[] = [];
    session.clock.at(1000, async () => during.push(...(await readdir(folder.path))));
    await session.run('monitor', '--save');
    expect(during).toEqual([`.${NAME}.part`]);
    expect(await readdir(folder.path)).toEqual([NAME]);
  });

  it('saves what there is, with the missed samples and why, and fails all the same', async () => {
    const session = each.session({ folder: folder.path });
    session.clock.at(1000, () => each.server.close());
    expect(await session.run('monitor', '--save')).toBe(1);
    expect(session.stderr).toMatch(/^tacho: 1 of 2 samples missed: [^\n]*\n$/);
    expect(await saved(NAME)).toMatchObject({
      samples: [{ summary: {} }, { error: expect.stringContaining("can't be reached") }],
      missed_samples: 1,
      reports: { summary: someAnswers()['/summary'] },
    });
  });

  it('goes on when nobody reads the output any more: there is a file to fill', async () => {
    const session = each.session({ folder: folder.path });
    session.clock.at(1000, () => session.closeStdout(new CommandError(0, '')));
    expect(await session.run('monitor', '--save', '--json', '--interval', '30')).toBe(0);
    expect(await saved(NAME)).toMatchObject({ samples: [{}, {}, {}] });
  });
});

describe('monitor --save that comes to nothing', () => {
  it('leaves no file where the service is down', async () => {
    const session = each.session({ folder: folder.path });
    await each.server.close();
    expect(await session.run('monitor', '--save')).toBe(1);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('leaves no file where it is interrupted', async () => {
    const session = each.session({ folder: folder.path });
    session.clock.at(1000, () => session.interrupt());
    expect(await session.run('monitor', '--save')).toBe(130);
    expect(await readdir(folder.path)).toEqual([]);
    expect([session.stdout, session.stderr]).toEqual(['', '']);
  });

  it.each([
    ['is not there', 'missing', 'no such file or folder'],
    ['is a file', 'file', 'not a folder'],
  ])('fails before the first request where the folder %s', async (_, name, reason) => {
    await writeFile(join(folder.path, 'file'), '');
    const session = each.session({ folder: folder.path });
    expect(await session.run('monitor', '--save', name)).toBe(1);
    expect(session.stderr).toBe(`tacho: can't save metrics in "${join(folder.path, name)}": ${reason}\n`);
    expect(each.server.asked).toEqual([]);
  });
});

async function saved(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(folder.path, name), 'utf8'));
}
