import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { backup } from '../../src/tools/backup.ts';
import { kill, startChild, whenItSpeaks } from '../file/child.ts';
import { codeOf, createSample, rowsIn } from '../file/sample-store.ts';
import { useScratchFolder } from '../file/scratch-folder.ts';
import { contentsOf } from './sealed-store.ts';
import { toolRun } from './tool-run.ts';

const scratch = useScratchFolder();

describe('backup', () => {
  it('is a whole copy for its owner alone, and of its own', () => {
    const file = scratch('tacho.db');
    createSample(file, 200);
    const to = scratch('copy.db');
    const run = toolRun();
    expect(backup({ file, to }, run)).toEqual({ path: to, bytes: statSync(to).size, rows: 200 });
    expect(statSync(to).mode & 0o777).toBe(0o600);
    expect(contentsOf(to)).toEqual(contentsOf(file));
    expect(run.temporaries).toHaveLength(1);
    expect(run.reports.length).toBeGreaterThan(1);
    expect(run.reports.every(([done, total]) => total !== undefined && done <= total)).toBe(true);
    expect(readdirSync(scratch('.')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('never overwrites, nor follows a link', () => {
    const file = scratch('source.db');
    createSample(file, 5);
    const taken = scratch('taken.db');
    writeFileSync(taken, 'mine');
    const link = scratch('link.db');
    symlinkSync(scratch('nowhere.db'), link);
    for (const to of [taken, link, file]) {
      expect(codeOf(() => backup({ file, to }, toolRun()))).toBe('TACHO_STORE_UNAVAILABLE');
    }
    expect(readFileSync(taken, 'utf8')).toBe('mine');
    expect(rowsIn(file)).toBe(5);
  });

  it('says what is in the way, and leaves nothing', () => {
    const file = scratch('errors/tacho.db');
    const to = scratch('errors/copy.db');
    expect(codeOf(() => backup({ file, to }, toolRun()))).toBe('TACHO_STORE_MISSING');
    mkdirSync(scratch('errors'));
    expect(codeOf(() => backup({ file, to }, toolRun()))).toBe('TACHO_STORE_MISSING');
    writeFileSync(file, 'text');
    expect(codeOf(() => backup({ file, to }, toolRun()))).toBe('TACHO_STORE_CORRUPT');
    const whole = scratch('whole.db');
    createSample(whole, 5);
    expect(codeOf(() => backup({ file: whole, to: scratch('none/copy.db') }, toolRun()))).toMatch(
      /^TACHO_STORE_/,
    );
    expect(readdirSync(scratch('errors'))).toEqual(['tacho.db']);
  });

  it('is as of one moment while another process writes', async () => {
    const file = scratch('busy.db');
    createSample(file, 5);
    const writer = startChild(new URL('./writing-process.ts', import.meta.url), file);
    await whenItSpeaks(writer);
    try {
      let least = 0;
      for (let count = 0; count < 10; count++) {
        const { path, rows } = backup({ file, to: scratch(`busy-${count}.db`) }, toolRun());
        const copy = new DatabaseSync(path, { readOnly: true });
        expect(copy.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
        expect(copy.prepare("SELECT count(*) % 10 AS torn FROM window WHERE endpoints = x''").get()).toEqual({
          torn: 0,
        });
        copy.close();
        expect(rows).toBeGreaterThanOrEqual(least);
        least = rows;
      }
      expect(least).toBeGreaterThan(100);
    } finally {
      await kill(writer);
    }
  });
});
