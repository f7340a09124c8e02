import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AdminApi } from '../../admin-api.ts';
import { ROOT, start } from '../../processes.ts';
import { TOKEN } from '../../service.ts';
import type { Output } from './scan.ts';

/** Every file below a folder, as it is now. */
export async function filesIn(folder: string, when: string): Promise<Output[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const names = entries.map(({ name }) => name).join('\n');
  const contents = await Promise.all(
    files.map(async (path) => ({ name: `${path} ${when}`, bytes: await readFile(path) })),
  );
  return [{ name: `names of files in ${folder} ${when}`, bytes: Buffer.from(names) }, ...contents];
}

/** What the admin API answers at each of its resources, and to what it does not understand. */
export async function answersOf(admin: AdminApi): Promise<Output[]> {
  const endpoints = Object.keys(await admin.endpoints());
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
  const paths = [
    'summary',
    'summary?hours=720',
    `summary?from=${hourAgo}&compare=previous`,
    'endpoints',
    ...endpoints.map((endpoint) => `endpoints/${encodeURIComponent(endpoint)}`),
    ...endpoints.map((endpoint) => `trends?step=1m&endpoint=${encodeURIComponent(endpoint)}`),
    'slow-requests?limit=1000',
    'system-metrics?hours=1',
    'users?limit=1000',
    'trends',
    'health',
    'nothing',
    'summary?hours=x',
  ];
  const answers: Output[] = [];
  for (const path of paths) {
    const response = await admin.get(path);
    const head = `${response.status} ${JSON.stringify([...response.headers])}`;
    answers.push({ name: `answer to ${path}`, bytes: Buffer.from(`${head}\n${await response.text()}`) });
  }
  return answers;
}

/** Runs a command of tacho's to its end. @returns what it printed */
export async function runTacho(
  command: readonly string[],
  folder: string,
  adminPort: string,
): Promise<Output> {
  const child = start(['node', join(ROOT, 'packages/tacho/dist/bin.js'), ...command], {
    cwd: folder,
    env: { TACHO_STORE: join(folder, 'tacho.db'), TACHO_ADMIN_TOKEN: TOKEN, TACHO_ADMIN_PORT: adminPort },
  });
  const { code } = await child.end(60_000);
  if (code !== 0) throw new Error(`tacho ${command.join(' ')} ended with ${code}: ${child.stderr}`);
  return { name: `tacho ${command[0]}`, bytes: Buffer.from(child.stdout + child.stderr) };
}
