import { describe, expect, it } from '@jest/globals';
import { sendProblem } from './admin-server.ts';
import { serveEachTest } from './served-session.ts';

const each = serveEachTest();
const EVERY_5_S_FOR_30_S = ['monitor', '--interval', '5', '--duration', '30'];

describe('a service that is down from the start', () => {
  it('is one line on stderr, at once, and exit code 1', async () => {
    const { url } = each.server;
    const session = each.session();
    await each.server.close();
    expect(await session.run(...EVERY_5_S_FOR_30_S)).toBe(1);
    expect(session.stderr).toBe(`tacho: ${url} can't be reached: connection refused\n`);
    expect(session.stdout).toBe('');
    expect(session.clock.waits).toEqual([0]);
  });

  it('is told apart from a host that does not exist', async () => {
    const session = each.session();
    expect(await session.run('monitor', '--url', 'http://tacho.invalid')).toBe(1);
    expect(session.stderr).toMatch(/^tacho: http:\/\/tacho\.invalid can't be reached: .*(host|name).*\n$/);
  });
});

describe('a service that goes away for a while', () => {
  it('is asked again to the end; then one line tells how many samples were missed', async () => {
    const session = each.session();
    const { port, url } = each.server;
    session.clock.at(9000, () => each.server.close());
    session.clock.at(16_000, () => each.server.open(port));
    expect(await session.run(...EVERY_5_S_FOR_30_S)).toBe(1);
    expect(
      session.lines.map((line) => line.replace(/ health=.*/, '').replace(/(reset|closed)$/, 'refused')),
    ).toEqual([
      '2026-11-23T12:45:01Z',
      '2026-11-23T12:45:06Z',
      `2026-11-23T12:45:11Z missed: ${url} can't be reached: connection refused`,
      `2026-11-23T12:45:16Z missed: ${url} can't be reached: connection refused`,
      '2026-11-23T12:45:21Z',
      '2026-11-23T12:45:26Z',
      '2026-11-23T12:45:31Z',
    ]);
    expect(session.stderr).toBe(
      `tacho: 2 of 7 samples missed: ${url} can't be reached: connection refused\n`,
    );
  });

  it('has its missed samples in the JSON lines, with the reason', async () => {
    const session = each.session();
    session.clock.at(1000, () => {
      each.server.answer = (_request, response) =>
        sendProblem(response, 503, 'store_unavailable', 'The store is busy.');
    });
    expect(await session.run('monitor', '--json')).toBe(1);
    expect(JSON.parse(session.lines[1] ?? '')).toEqual({
      timestamp: '2026-11-23T12:46:01.250000Z',
      error: expect.stringMatching(/^http:\/\/\S+ answered 503: The store is busy\.$/),
    });
  });
});

describe('samples that come due while the process is held up', () => {
  it('are skipped, and counted on stderr', async () => {
    const session = each.session();
    session.clock.at(4000, () => session.clock.advanceTo(21_000));
    expect(await session.run(...EVERY_5_S_FOR_30_S)).toBe(0);
    expect(session.lines.map((line) => line.slice(0, 20))).toEqual([
      '2026-11-23T12:45:01Z',
      '2026-11-23T12:45:22Z',
      '2026-11-23T12:45:22Z',
      '2026-11-23T12:45:26Z',
      '2026-11-23T12:45:31Z',
    ]);
    expect(session.stderr).toBe('tacho: 2 of 7 samples skipped: this process was held up\n');
  });
});
