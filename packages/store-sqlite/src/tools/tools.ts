import type { StoreTools } from '@tacho/store';
import { backup } from './backup.ts';
import { erase } from './erase.ts';
import { exportStore } from './export.ts';
import { importStore } from './import.ts';
import { repair } from './repair.ts';
import { restore } from './restore.ts';
import type { ToolContext } from './tool-context.ts';

export type ToolName = Exclude<keyof StoreTools, 'read'>;

type ResultOf<Name extends ToolName> = Awaited<ReturnType<StoreTools[Name]>>;

/** Pieces of work on a store's file: each synchronous, and done in a worker of its own. */
export const TOOLS = {
  backup,
  restore,
  export: exportStore,
  import: importStore,
  repair,
  erase,
} satisfies { [Name in ToolName]: (args: never, context: ToolContext) => ResultOf<Name> };

export type ToolArguments<Name extends ToolName> = Parameters<(typeof TOOLS)[Name]>[0];
export type ToolResult<Name extends ToolName> = ReturnType<(typeof TOOLS)[Name]>;
