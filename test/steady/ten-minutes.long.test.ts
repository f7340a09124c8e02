import { join } from 'node:path';
import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';
import { inWords, LoadedService, type Part } from './loaded-service.ts';
import { percentile } from './percentile.ts';

/** How long the halves are together. Less than ten minutes shows that the test runs, and little more. */
const SECONDS = Number(env.STEADY_SECONDS ?? 600);

const PLAN = {
  requestsPerSecond: 300,
  connections: 32,
  halfSeconds: SECONDS / 2,
  warmUpSeconds: SECONDS / 10,
  intervalSeconds: SECONDS / 60,
};

const MOST_LATENCY_RATIO = 1.25;
const MOST_PAUSE_RATIO = 1.5;
/** A pause that nobody minds, however short those before it were. */
const SHORT_PAUSE_MS = 10;
const MOST_GROWTH_BYTES = 2 * 1024 * 1024;

/** What the halves have shown of a service; and of another without tacho under the same load meanwhile. */
const halves: Part[] = [];
const halvesOfTwin: Part[] = [];
let service: LoadedService;

beforeAll(
  async () => {
    service = await LoadedService.start(join(await temporaryFolder(), 'tacho.db'), PLAN);
    const twin = await LoadedService.start(undefined, PLAN);
    await Promise.all([service.run('warm-up'), twin.run('warm-up')]);
    for (const name of ['first', 'second']) {
      const [ours, twins] = await Promise.all([service.run('half'), twin.run('half')]);
      halves.push(ours);
      halvesOfTwin.push(twins);
      process.stdout.write(`${name} half: ${inWords(ours)}\nwithout tacho: ${inWords(twins)}\n`);
    }
  },
  2_000 * SECONDS + 60_000,
);

afterAll(endAll);
afterAll(removeFolders);

describe(`the second half of ${SECONDS} s of steady load`, () => {
  it('is answered as fast as the first', () => {
    const { first, second, slowdown } = compared(({ p99sMs }) => percentile(p99sMs, 50));
    expect(second).toBeLessThanOrEqual(MOST_LATENCY_RATIO * slowdown * first);
  });

  it('has no longer pauses for garbage', () => {
    const { first, second, slowdown } = compared(({ pauses }) => pauses.p99Ms);
    expect(second).toBeLessThanOrEqual(Math.max(SHORT_PAUSE_MS, MOST_PAUSE_RATIO * slowdown * first));
  });

  it('leaves no more on the heap', () => {
    const { first, second } = compared(({ heapBytes }) => heapBytes);
    expect(second - first).toBeLessThanOrEqual(MOST_GROWTH_BYTES);
  });

  it('leaves nothing open', () => {
    expect(halves[1]?.handles).toEqual(halves[0]?.handles);
  });

  it('is counted as exactly as the first', async () => {
    const { sent, counted, totalSent, totalCounted } = await service.books();
    expect(counted).toEqual(sent);
    expect(totalCounted).toBe(totalSent);
  });
});

/** A figure of both halves, and how much worse it became without tacho: by that the machine has become busier. */
function compared(figure: (part: Part) => number): { first: number; second: number; slowdown: number } {
  const [first = 0, second = 0] = halves.map(figure);
  const [twinFirst = 0, twinSecond = 0] = halvesOfTwin.map(figure);
  return { first, second, slowdown: Math.max(1, twinSecond / twinFirst) };
}
