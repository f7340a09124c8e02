import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a container's limits say of it. Undefined where it has no such limit. */
export interface ContainerReading {
  readonly memory: { readonly limitBytes: number; readonly usedBytes: number } | undefined;
  readonly cpu: { readonly limitCores: number; readonly usedSeconds: number } | undefined;
}

/**
 * Reads the control group this process is in, version 2 or 1. In a container the group's files appear at
 * the root of the mount, whatever `/proc/self/cgroup` says; outside of one that is the host's root group,
 * which has no limits.
 *
 * Sources: the kernel's Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/{memory,cpuacct}.rst.
 *
 * @param root where control groups are mounted, `/sys/fs/cgroup`
 */
export async function readContainer(root: string): Promise<ContainerReading> {
  const [memory, cpu] = await Promise.all([
    readMemoryV2(root).then((found) => found ?? readMemoryV1(root)),
    readCpuV2(root).then((found) => found ?? readCpuV1(root)),
  ]);
  return { memory, cpu };
}

async function readMemoryV2(root: string): Promise<ContainerReading['memory']> {
  const [limitBytes, currentBytes, stat] = await Promise.all([
    readNumber(join(root, 'memory.max')),
    readNumber(join(root, 'memory.current')),
    readText(join(root, 'memory.stat')),
  ]);
  return memoryOf(limitBytes, currentBytes, fieldOf(stat, 'inactive_file'));
}

async function readMemoryV1(root: string): Promise<ContainerReading['memory']> {
  const folder = join(root, 'memory');
  const [limitBytes, currentBytes, stat] = await Promise.all([
    readNumber(join(folder, 'memory.limit_in_bytes')),
    readNumber(join(folder, 'memory.usage_in_bytes')),
    readText(join(folder, 'memory.stat')),
  ]);
  return memoryOf(limitBytes, currentBytes, fieldOf(stat, 'total_inactive_file'));
}

/** Cached file pages that nobody uses count as free: the kernel gives them up before it kills. */
function memoryOf(
  limitBytes: number | undefined,
  currentBytes: number | undefined,
  reclaimableBytes: number | undefined,
): ContainerReading['memory'] {
  if (!limitBytes || currentBytes === undefined) return undefined;
  return { limitBytes, usedBytes: Math.max(0, currentBytes - (reclaimableBytes ?? 0)) };
}

async function readCpuV2(root: string): Promise<ContainerReading['cpu']> {
  const [max, stat] = await Promise.all([readText(join(root, 'cpu.max')), readText(join(root, 'cpu.stat'))]);
  const [quota, period] = (max ?? '').trim().split(' ').map(numberOf);
  return cpuOf(quota, period, fieldOf(stat, 'usage_usec'), 1e6);
}

async function readCpuV1(root: string): Promise<ContainerReading['cpu']> {
  const [quota, period, usage] = await Promise.all([
    readNumber(join(root, 'cpu', 'cpu.cfs_quota_us')),
    readNumber(join(root, 'cpu', 'cpu.cfs_period_us')),
    readNumber(join(root, 'cpuacct', 'cpuacct.usage')),
  ]);
  return cpuOf(quota, period, usage, 1e9);
}

function cpuOf(
  quota: number | undefined,
  period: number | undefined,
  usage: number | undefined,
  perSecond: number,
): ContainerReading['cpu'] {
  // No quota reads as `max` in version 2 and as -1 in version 1, and neither is a number here.
  if (!quota || !period || usage === undefined) return undefined;
  return { limitCores: quota / period, usedSeconds: usage / perSecond };
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

async function readNumber(path: string): Promise<number | undefined> {
  return numberOf((await readText(path)) ?? '');
}

/** The number behind a name in the kernel's `name number` lines. */
function fieldOf(text: string | undefined, name: string): number | undefined {
  const line = text?.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line === undefined ? undefined : numberOf(line.slice(name.length + 1));
}

/** All that is read here is a whole number from 0, and anything else tells nothing. */
function numberOf(text: string): number | undefined {
  return /^\d{1,20}$/.test(text.trim()) ? Number(text) : undefined;
}
