import { readFile } from 'node:fs/promises';
import { size } from '../../figures.ts';
import type { Check } from '../check.ts';
import { ok, skipped, warning } from '../finding.ts';
import { variable } from '../patient.ts';

/** Of this control group: version 2, then 1. */
const LIMIT_FILES = ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'];

/** What no machine has: version 1 says so for none. */
const UNLIMITED_BYTES = 2 ** 60;

const HEAP_OPTION = /--max[-_]old[-_]space[-_]size[= ](\d+)/;
const MIB = 1024 * 1024;

/** Whether the heap may grow past what the container may have: it is then killed, and nobody hears why. */
export const memoryLimit: Check = {
  id: 'memory-limit',
  group: 'runtime',
  async examine(patient) {
    const limitBytes = await containerLimit();
    const [, heapMib] = HEAP_OPTION.exec(variable(patient, 'NODE_OPTIONS') ?? '') ?? [];
    if (limitBytes === undefined)
      return [
        heapMib === undefined ? ok('no limit on memory') : skipped('there is no limit to compare with'),
      ];
    return [judgedHeap(heapMib === undefined ? undefined : Number(heapMib) * MIB, limitBytes)];
  },
};

export function judgedHeap(heapBytes: number | undefined, limitBytes: number) {
  if (heapBytes === undefined || heapBytes <= limitBytes * 0.9)
    return ok(`the container may have ${size(limitBytes)} of memory`);
  const sensibleMib = Math.floor((limitBytes * 0.75) / MIB);
  return warning(
    `NODE_OPTIONS lets the heap grow to ${size(heapBytes)}, of ${size(limitBytes)} that the container may have`,
    `Set --max-old-space-size=${sensibleMib} in NODE_OPTIONS, or give the container more memory.`,
  );
}

async function containerLimit(): Promise<number | undefined> {
  for (const file of LIMIT_FILES) {
    const bytes = Number(await readFile(file, 'utf8').catch(() => ''));
    if (bytes > 0 && bytes < UNLIMITED_BYTES) return bytes;
  }
  return undefined;
}
