import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PEERS = join(import.meta.dirname, 'peers');

/** Just what the lock file names; that no script of a package runs is said in the folder's `.npmrc`. */
const NPM = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Installs a folder of peers, unless what its lock file says is there already.
 *
 * @returns why it can't be, if it can't
 */
export function install(folder: string): string | undefined {
  const path = join(PEERS, folder);
  const lock = createHash('sha256')
    .update(readFileSync(join(path, 'package-lock.json')))
    .digest('hex');
  const installedFrom = join(path, 'node_modules', '.installed-from');
  if (existsSync(installedFrom) && readFileSync(installedFrom, 'utf8') === lock) return undefined;
  console.error(`installing bench/overhead/peers/${folder} from the npm registry …`);
  const { status, error, stderr } = spawnSync('npm', NPM, { cwd: path, encoding: 'utf8' });
  if (status === 0) {
    writeFileSync(installedFrom, lock);
    return undefined;
  }
  const why = error?.message ?? stderr.split('\n').find((line) => line.startsWith('npm error'));
  return `npm could not install it: ${why ?? `exit code ${status}`}`;
}
