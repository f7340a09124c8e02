import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { readCapped } from '../../capped-read.ts';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, warning } from '../finding.ts';

const FILES = ['.env', '.env.local', '.env.production', '.env.development'];
const SECRET = /^\s*(?:export\s+)?(TACHO_\w*(?:TOKEN|KEY|SECRET|SMTP_URL|WEBHOOK_URL))\s*=\s*\S/gm;
const MAX_BYTES = 1024 * 1024;
const OTHERS = 0o077;

/** Files of variables with a secret of tacho's in them, that others may read or that Git has. */
export const envFiles: Check = {
  id: 'env-files',
  group: 'configuration',
  async examine({ environment: { folder } }, signal) {
    const found = await Promise.all(FILES.map((name) => look(folder, name, signal)));
    const findings = found.flat();
    return findings.length > 0 ? findings : [ok('no file of variables shows a secret')];
  },
};

async function look(folder: string, name: string, signal: AbortSignal): Promise<readonly Finding[]> {
  const file = await open(join(folder, name), 'r').catch(() => undefined);
  if (file === undefined) return [];
  try {
    const status = await file.stat();
    if (!status.isFile()) return [];
    const text = (await readCapped(file.createReadStream({ autoClose: false }), MAX_BYTES)) ?? '';
    const [secret] = [...text.matchAll(SECRET)].map(([, variable]) => variable);
    if (secret === undefined) return [];
    const isOpen = process.platform !== 'win32' && (status.mode & OTHERS) !== 0;
    const mode = (status.mode & 0o777).toString(8).padStart(4, '0');
    return [
      ...((await isCommitted(folder, name, signal)) ? [committed(name, secret)] : []),
      ...(isOpen
        ? [warning(`${name} has ${secret} in it, and mode ${mode}: others may read it`, `chmod 600 ${name}`)]
        : []),
    ];
  } finally {
    await file.close();
  }
}

function committed(name: string, secret: string): Finding {
  return problem(
    `${name} has ${secret} in it, and is in Git: whoever has the repository has the secret`,
    `git rm --cached ${name}, add it to .gitignore, and replace the secret: it stays in the history.`,
  );
}

async function isCommitted(folder: string, name: string, signal: AbortSignal): Promise<boolean> {
  try {
    // No program that the repository's own configuration names is to be run.
    const words = ['-c', 'core.fsmonitor=false', 'ls-files', '--error-unmatch', '--', name];
    await promisify(execFile)('git', words, { cwd: folder, signal });
    return true;
  } catch {
    return false;
  }
}
