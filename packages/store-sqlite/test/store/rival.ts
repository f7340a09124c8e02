import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach } from '@jest/globals';

const SCRIPT = `
import { DatabaseSync } from 'node:sqlite';
const database = new DatabaseSync(process.argv[1], { timeout: 5000 });
database.exec(process.argv[2]);
process.stdout.write('locked');
process.stdin.resume().on('end', () => process.exit());
`;

const running = new Set<ChildProcess>();

afterEach(async () => {
  for (const child of running) await end(child);
});

/**
 * Another process that runs SQL on a file, and holds the locks that it took thereby.
 * @returns ends it
 */
export async function startRival(path: string, sql: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, path, sql], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { NODE_NO_WARNINGS: '1' },
  });
  running.add(child);
  await once(child.stdout!, 'data');
  return () => end(child);
}

async function end(child: ChildProcess): Promise<void> {
  if (!running.delete(child)) return;
  child.stdin?.end();
  if (child.exitCode === null) await once(child, 'exit');
}
