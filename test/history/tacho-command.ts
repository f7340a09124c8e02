import { join } from 'node:path';
import { ROOT, start } from '../processes.ts';

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs tacho's command line to its end. */
export async function tacho(
  command: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<CommandResult> {
  const child = start(['node', join(ROOT, 'packages/tacho/dist/bin.js'), ...command], { cwd: folder, env });
  const { code } = await child.end(60_000);
  return { code, stdout: child.stdout, stderr: child.stderr };
}
