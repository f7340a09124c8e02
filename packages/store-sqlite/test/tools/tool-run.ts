import { Keyring } from '@tacho/store';
import type { ToolContext } from '../../src/tools/tool-context.ts';

export const NOW_MS = Date.UTC(2026, 10, 23, 12, 45, 1);

export interface RecordedRun extends ToolContext {
  readonly reports: [done: number, total: number | undefined][];
  readonly temporaries: string[];
}

export function toolRun(keys: readonly Uint8Array[] = []): RecordedRun {
  const reports: RecordedRun['reports'] = [];
  const temporaries: string[] = [];
  return {
    keyring: Keyring.of(keys),
    nowMs: NOW_MS,
    reports,
    temporaries,
    report: (done, total) => reports.push([done, total]),
    temporary: (path) => temporaries.push(path),
  };
}
