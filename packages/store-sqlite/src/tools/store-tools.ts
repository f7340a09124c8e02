import type { StoreTools, ToolRun } from '@tacho/store';
import { openReading } from './open-reading.ts';
import { runTool } from './run-tool.ts';
import type { ToolArguments, ToolName } from './tools.ts';

/** @param nowMs the time, in epoch milliseconds */
export function createStoreTools(nowMs: () => number): StoreTools {
  const run = <Name extends ToolName>(name: Name, args: ToolArguments<Name>, toolRun: ToolRun) =>
    runTool({ name, args, nowMs: nowMs(), holds: true }, toolRun);
  return {
    backup: (file, to, toolRun) => run('backup', { file, to }, toolRun),
    restore: (from, file, toolRun) => run('restore', { from, file }, toolRun),
    export: (file, to, toolRun) => run('export', { file, to }, toolRun),
    import: (from, file, toolRun) => run('import', { from, file }, toolRun),
    repair: (file, toolRun) => run('repair', { file }, toolRun),
    erase: (file, user, toolRun) => run('erase', { file, user }, toolRun),
    read: (file, { encryptionKeys }) => openReading({ file, encryptionKeys, nowMs }),
  };
}
