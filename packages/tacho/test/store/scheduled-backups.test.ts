import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@tacho/core';
import { ManualClock } from '@tacho/core/manual-clock';
import { MemoryState } from '@tacho/store';
import { scheduledBackups } from '../../src/store/scheduled-backups.ts';

let dir: string;
const clock = new ManualClock(0);
let state: MemoryState;
let fails = false;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tacho-test-'));
  clock.nowMs = Date.UTC(2025, 6, 19, 12);
  state = new MemoryState({ clock });
  fails = false;
});
afterEach(() => rm(dir, { recursive: true }));

/** What a leader does; its backups are files. */
function leader(): () => Promise<void> {
  return scheduledBackups({
    plan: { everyMs: DAY_MS, keep: 3, dir },
    state,
    clock,
    backup: async (path) => {
      if (fails) throw new Error('the disk is full');
      await writeFile(path, 'backup', { flag: 'wx' });
    },
  });
}

async function lead(duty: () => Promise<void>, forMs: number, everyMs = 10 * MINUTE_MS): Promise<void> {
  for (let passedMs = 0; passedMs < forMs; passedMs += everyMs) {
    await duty().catch(() => {});
    clock.nowMs += everyMs;
  }
}

describe('scheduled backups', () => {
  it('are made at once, then each time that the last one is old enough', async () => {
    await lead(leader(), 2 * DAY_MS);
    expect(await readdir(dir)).toEqual(['tacho-20250719T120000Z.db', 'tacho-20250720T120000Z.db']);
  });

  it('are as many as are to be kept, the oldest gone; other files stay', async () => {
    await writeFile(join(dir, 'notes.txt'), 'mine');
    await writeFile(join(dir, 'tacho-before-the-upgrade.db'), 'mine');
    await lead(leader(), 6 * DAY_MS, HOUR_MS);
    expect((await readdir(dir)).sort()).toEqual([
      'notes.txt',
      'tacho-20250722T120000Z.db',
      'tacho-20250723T120000Z.db',
      'tacho-20250724T120000Z.db',
      'tacho-before-the-upgrade.db',
    ]);
  });

  it('go on by the same times under another leader', async () => {
    await lead(leader(), 23 * HOUR_MS);
    await lead(leader(), 2 * HOUR_MS);
    expect(await readdir(dir)).toHaveLength(2);
  });

  it('are tried again ten minutes after one that failed', async () => {
    fails = true;
    await lead(leader(), MINUTE_MS, MINUTE_MS);
    fails = false;
    const duty = leader();
    await lead(duty, 9 * MINUTE_MS - SECOND_MS, SECOND_MS);
    expect(await readdir(dir)).toEqual([]);
    await lead(duty, 2 * MINUTE_MS, SECOND_MS);
    expect(await readdir(dir)).toHaveLength(1);
  });

  it('do not wait for a clock that was set back', async () => {
    await lead(leader(), HOUR_MS);
    clock.nowMs -= 300 * DAY_MS;
    await lead(leader(), HOUR_MS);
    expect(await readdir(dir)).toHaveLength(2);
  });

  it('are made by one of two that lead at once', async () => {
    await Promise.all([leader()(), leader()()]);
    expect(await readdir(dir)).toHaveLength(1);
  });
});
