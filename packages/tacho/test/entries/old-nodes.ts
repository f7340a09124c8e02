import { execFileSync } from 'node:child_process';
import { globSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const PROGRAM = process.platform === 'win32' ? 'node.exe' : 'node';

/** Nodes on this machine that tacho does not run on, each of its own version. */
export function oldNodes(): { version: string; node: string }[] {
  const byVersion = new Map(installedNodes().map((node) => [versionOf(node), node]));
  return [...byVersion].map(([version, node]) => ({ version, node })).filter(({ version }) => isOld(version));
}

/** On the PATH, in the usual places, and where version managers keep theirs. */
function installedNodes(): string[] {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  const managed = [
    '.nvm/versions/node/*/bin',
    '.volta/tools/image/node/*/bin',
    '.local/share/fnm/node-versions/*/installation/bin',
    '.asdf/installs/nodejs/*/bin',
  ].flatMap((pattern) => globSync(pattern, { cwd: homedir() }).map((found) => join(homedir(), found)));
  const found = [...folders, ...managed].flatMap((folder) =>
    folder === '' ? [] : globSync(join(folder, PROGRAM)),
  );
  return [...new Set(found.map((node) => realpathSync(node)))];
}

/** Empty for what is no Node. */
function versionOf(node: string): string {
  try {
    return execFileSync(node, ['--version'], { encoding: 'utf8', timeout: 10_000, stdio: 'pipe' }).trim();
  } catch {
    return '';
  }
}

function isOld(version: string): boolean {
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(version) ?? [];
  return major !== undefined && (Number(major) < 22 || (Number(major) === 22 && Number(minor) < 15));
}
