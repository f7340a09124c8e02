import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface NodeVersion {
  /** `24.21.0` */
  readonly version: string;
  /** The program. */
  readonly path: string;
}

/** The major versions that are tried, as the aliases in `nodes/package.json` name them. */
export const MAJORS = ['22', '24', '26'] as const;

const FOLDER = join(import.meta.dirname, 'nodes');
const INSTALLED = join(FOLDER, 'node_modules');

/** Whether there is a package of Node for this machine: the aliases are of those for Linux on x64. */
export const CAN_INSTALL = process.platform === 'linux' && process.arch === 'x64';

/** The Node that runs this. */
export const THIS_NODE: NodeVersion = { version: process.versions.node, path: process.execPath };

/** The Nodes of these major versions, installed from the npm registry unless what the lock file says is there. */
export function installedNodes(majors: readonly string[]): NodeVersion[] {
  const lock = createHash('sha256')
    .update(readFileSync(join(FOLDER, 'package-lock.json')))
    .digest('hex');
  const installedFrom = join(INSTALLED, '.installed-from');
  if (!existsSync(installedFrom) || readFileSync(installedFrom, 'utf8') !== lock) {
    console.error('installing test/frameworks/nodes from the npm registry …');
    const { status, error } = spawnSync('npm', ['ci', '--loglevel=error'], {
      cwd: FOLDER,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error(`npm could not install it: ${error?.message ?? `exit code ${status}`}`);
    writeFileSync(installedFrom, lock);
  }
  return majors.map((major) => {
    const folder = join(INSTALLED, `node-${major}`);
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as NodeVersion;
    return { version, path: join(folder, 'bin/node') };
  });
}
