import { cpus } from 'node:os';
import type { Cores } from './cores.ts';

/** What the figures were taken on. */
export interface Machine {
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  /** Whether the service and the load had a core each. */
  readonly pinned: boolean;
}

export function thisMachine(cores: Cores): Machine {
  const all = cpus();
  return {
    node: process.version,
    cpu: all[0]?.model ?? 'unknown',
    cores: all.length,
    pinned: cores.service.length > 0,
  };
}

export function inWords({ node, cpu, cores, pinned }: Machine): string {
  return `Node ${node}, ${cpu}, ${cores} cores, ${pinned ? 'service and load pinned to one each' : 'not pinned'}`;
}
