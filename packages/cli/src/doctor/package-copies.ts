import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface PackageCopy {
  readonly name: string;
  readonly version: string;
  /** Absolute, with links followed. */
  readonly folder: string;
  /** Whether the application itself finds it, rather than one of its packages. */
  readonly isTop: boolean;
}

/** No tree that somebody waits for is larger. */
const MAX_PACKAGES = 50_000;

/** Where pnpm keeps all packages. */
const VIRTUAL = '.pnpm';

/**
 * Every copy of some packages that is installed for an application: in its `node_modules`, in those above it, and in
 * those of packages in them.
 * @param isWanted by the package's name
 */
export async function packageCopies(
  folder: string,
  isWanted: (name: string) => boolean,
  signal: AbortSignal,
): Promise<readonly PackageCopy[]> {
  const copies = new Map<string, PackageCopy>();
  const seen = new Set<string>();
  const topNames = new Set<string>();

  const visitModules = async (modules: string, isTop: boolean): Promise<void> => {
    signal.throwIfAborted();
    for (const entry of await namesIn(modules)) {
      if (entry === VIRTUAL) {
        for (const each of await namesIn(join(modules, entry)))
          await visitModules(join(modules, entry, each, 'node_modules'), false);
      } else if (entry.startsWith('@')) {
        for (const each of await namesIn(join(modules, entry)))
          await visit(modules, `${entry}/${each}`, isTop);
      } else if (!entry.startsWith('.')) await visit(modules, entry, isTop);
    }
  };
  const visit = async (modules: string, name: string, isTop: boolean): Promise<void> => {
    const isFound = isTop && !topNames.has(name);
    const place = await realpath(join(modules, name)).catch(() => undefined);
    if (place === undefined || seen.has(place) || seen.size >= MAX_PACKAGES) return;
    seen.add(place);
    if (isFound) topNames.add(name);
    if (isWanted(name)) {
      const version = await versionOf(place);
      if (version !== undefined) copies.set(place, { name, version, folder: place, isTop: isFound });
    }
    await visitModules(join(place, 'node_modules'), false);
  };
  for (const above of foldersAbove(folder)) await visitModules(join(above, 'node_modules'), true);
  return [...copies.values()];
}

function foldersAbove(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersAbove(parent)];
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return await readdir(folder).catch(() => []);
}

async function versionOf(folder: string): Promise<string | undefined> {
  try {
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version?: unknown;
    };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
