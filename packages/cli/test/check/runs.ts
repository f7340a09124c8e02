import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Session, type SessionOptions } from '../session.ts';
import { folderEachTest } from '../temporary-folder.ts';

/** Requests of one endpoint in each slice. */
export interface Load {
  /** Seconds. */
  times: readonly number[];
  /** How many of them failed. */
  errors?: number;
}

interface RunOptions {
  slices?: number;
  /** How many seconds after the others it began. */
  later?: number;
}

const START_MS = Date.parse('2026-11-23T12:00:00Z');

/** A run as `tacho monitor --save` saves it, as far as `tacho check` reads it: a look each second. */
export function savedRun(
  loads: Readonly<Record<string, Load>>,
  { slices = 1, later = 0 }: RunOptions = {},
): string {
  const at = (second: number) => new Date(START_MS + (later + second) * 1000).toISOString();
  const samples = Array.from({ length: slices }, (_, index) => ({
    timestamp: at(index + 1),
    slice: {
      from: at(index),
      endpoints: Object.fromEntries(Object.entries(loads).map(([name, load]) => [name, sliceOf(load)])),
    },
  }));
  return JSON.stringify({ samples: [{ timestamp: at(0) }, ...samples] });
}

function sliceOf({ times, errors = 0 }: Load): object {
  const counts = new Map<number, number>();
  for (const time of times) counts.set(time, (counts.get(time) ?? 0) + 1);
  const total_time = times.reduce((sum, time) => sum + time, 0);
  return { count: times.length, errors, total_time, buckets: [...counts].sort(([a], [b]) => a - b) };
}

/** So many requests, all of which took as long. */
export function alike(time: number, count: number): number[] {
  return Array.from({ length: count }, () => time);
}

/** Times around one of them, as real ones are. */
export function around(time: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Number((time * (1 + index / 100)).toFixed(6)));
}

/** Names that anybody can give an endpoint, and that do something elsewhere. */
export const HOSTILE_NAMES = [
  'GET /a|b|c',
  'GET /[here](https://evil.test)![](https://evil.test/x.png)',
  'GET /@everyone',
  'GET /</code></td></table><script>alert(1)</script>',
  'GET /"><img src=x onerror=alert(1)>',
  "GET /' onmouseover='alert(1)",
  'GET /\n\n# A title\n\n- [ ] a task\n',
  'GET /\r\n::error::failed',
  'GET /]]>&lt;&amp;&#0;&x;<!-- -->',
  'GET /`code` **bold** :tada: https://evil.test',
  'GET /\x1b[2J\x1b]0;x\x07\u202e\u2028\ud800\ufffe\x00',
  '=1+1 cmd',
  '+1 x',
  '-1 x',
  '@SUM(A1) x',
  '__proto__ /x',
];

interface CheckFolder {
  write(name: string, text: string | Uint8Array): Promise<void>;
  session(options?: SessionOptions): Session;
  readonly path: string;
}

/** An empty folder for each test of the file, in which sessions look for their files. */
export function checkEachTest(): CheckFolder {
  const folder = folderEachTest();
  return {
    write: (name, text) => writeFile(join(folder.path, name), text),
    session: (options) => new Session({ folder: folder.path, ...options }),
    get path() {
      return folder.path;
    },
  };
}
