import { createRequire, isBuiltin, syncBuiltinESMExports } from 'node:module';
import { join, sep } from 'node:path';
import type { PatchedModule } from './instrumentation.ts';

const require = createRequire(import.meta.url);

/**
 * Shows modules that are loaded already to the hooks of instrumentations, which see a module when it is required for
 * the first time since. What was imported stands in the same cache, if it was published as CommonJS.
 */
export function requireAgain(modules: readonly PatchedModule[]): void {
  const loaded = Object.keys(require.cache);
  for (const { name, files = [] } of modules) {
    if (isBuiltin(name)) require(name);
    for (const folder of foldersWith(name, loaded)) {
      for (const file of [mainOf(name, folder), ...files.map((each) => join(folder, each.name))]) {
        if (file !== undefined && require.cache[file]?.loaded === true) require(file);
      }
    }
  }
  if (modules.some(({ name }) => isBuiltin(name))) syncBuiltinESMExports();
}

/** The `node_modules` from which a package was loaded: there may be several, with a version each. */
function foldersWith(name: string, loaded: readonly string[]): Set<string> {
  const within = join(sep, 'node_modules', name, sep);
  const folders = loaded.map((file) => {
    const at = file.lastIndexOf(within);
    return at === -1 ? '' : file.slice(0, at + join(sep, 'node_modules').length);
  });
  folders.push('');
  const found = new Set(folders);
  found.delete('');
  return found;
}

function mainOf(name: string, folder: string): string | undefined {
  try {
    return require.resolve(name, { paths: [folder] });
  } catch {
    return undefined;
  }
}
