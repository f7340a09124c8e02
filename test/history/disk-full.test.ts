import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { endAll } from '../processes.ts';
import { folderInMemory, removeFolders } from '../temporary-folder.ts';
import { mountSmallVolume } from './small-volume.ts';
import { SteadyLoad } from './steady-load.ts';
import { startOn, storeHealth, storeLines, totalRequests } from './stored-service.ts';

const run = promisify(execFile);

const VOLUME_MEGABYTES = 4;
/** Until all that was measured is in the file, once there is room again. */
const DRAINED_CEILING_MS = 60_000;

const cleanups: (() => Promise<void>)[] = [];

afterEach(endAll);
afterEach(async () => {
  for (const cleanUp of cleanups.splice(0)) await cleanUp();
});
afterEach(removeFolders);

it('nothing is lost while nothing can be written, and it is written as soon as it can be', async () => {
  await Promise.all([onFullVolume(), withoutRoomInFiles()]);
});

async function onFullVolume(): Promise<void> {
  const volume = await mountSmallVolume(join(await folderInMemory(), 'volume'), VOLUME_MEGABYTES);
  if (volume === undefined) {
    process.stdout.write('NOT TESTED: a full volume, for none can be mounted here\n');
    return;
  }
  cleanups.push(volume.remove);
  await outlive(join(volume.folder, 'tacho.db'), {
    begin: volume.fill,
    end: volume.free,
    reason: /disk full/,
  });
}

/** A file system that is full to this process alone: needs no rights. */
async function withoutRoomInFiles(): Promise<void> {
  await outlive(join(await folderInMemory(), 'tacho.db'), {
    begin: (pid) => limitFiles(pid, '0'),
    end: (pid) => limitFiles(pid, 'unlimited'),
    reason: /input\/output error/,
  });
}

interface Trouble {
  begin(pid: number): Promise<void>;
  end(pid: number): Promise<void>;
  /** That health gives meanwhile. */
  readonly reason: RegExp;
}

async function outlive(file: string, { begin, end, reason }: Trouble): Promise<void> {
  const service = await startOn(file);
  // The file is there once the first answer has come out of it.
  await service.admin.summary();
  const load = SteadyLoad.start(service.ports.http!);
  await begin(service.child.pid);
  const degraded = await eventually('rows that wait', async () => {
    const health = await storeHealth(service.admin);
    return health.state === 'degraded' && health.waiting_rows > 0 ? health : undefined;
  });
  expect(degraded.reason?.text).toMatch(reason);
  const before = load.answered;
  await eventually('more answers', () => (load.answered > before + 50 ? true : undefined));
  expect(await totalRequests(service.admin)).toBeGreaterThanOrEqual(before);

  await end(service.child.pid);
  const freedAt = performance.now();
  await eventually(
    'a store that is well',
    async () => {
      const { state, waiting_rows } = await storeHealth(service.admin);
      return state === 'ok' && waiting_rows === 0 ? true : undefined;
    },
    DRAINED_CEILING_MS,
  );
  process.stdout.write(
    `stored ${((performance.now() - freedAt) / 1000).toFixed(1)} s after there was room\n`,
  );

  await load.stop();
  expect(load.failures).toEqual([]);
  expect(load.statuses).toEqual({ 200: load.sent });
  expect(await totalRequests(service.admin)).toBe(load.answered);
  expect(storeLines(service)).toEqual([
    expect.stringMatching(/can't be used: .*waits in memory/),
    expect.stringMatching(/can be used again/),
  ]);
  await service.stop();
  const next = await startOn(file);
  expect(await totalRequests(next.admin)).toBe(load.answered);
  await next.stop();
}

/** How large a file the process may write, in bytes. */
async function limitFiles(pid: number, limit: string): Promise<void> {
  await run('prlimit', ['--pid', `${pid}`, `--fsize=${limit}:unlimited`]);
}
