import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { declarationsOf, PACKAGE } from './private-packages.ts';

/** Where `tsc` writes this package's. */
const BUILT = join(PACKAGE, 'build');

const IMPORTED = /(?<=^(?:import|export) [^;]*?from ')[^']+(?=')/gm;

/**
 * Copies the declarations of the entries, and of what they import, which is little: `tacho` has few types. What is a
 * private package's comes to stand beside them.
 */
export function copyDeclarations(folder: string): void {
  const copied = new Set<string>();
  const copy = (from: string): string => {
    const to = join(folder, from.startsWith(BUILT) ? relative(BUILT, from) : basename(from));
    if (copied.has(to)) return to;
    copied.add(to);
    const text = readFileSync(from, 'utf8').replace(IMPORTED, (specifier) => {
      if (specifier.startsWith('node:')) return specifier;
      const target = copy(declarationFile(specifier, from));
      return beside(to, target);
    });
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text.replace(/^\/\/# sourceMappingURL=.*$/m, ''));
    return to;
  };
  for (const entry of ['index.d.ts', 'register.d.ts']) copy(join(BUILT, entry));
}

function declarationFile(specifier: string, from: string): string {
  return specifier.startsWith('.')
    ? resolve(dirname(from), specifier.replace(/\.ts$/, '.d.ts'))
    : declarationsOf(specifier);
}

/** How one declaration file imports another. */
function beside(from: string, to: string): string {
  const path = relative(dirname(from), to)
    .replaceAll('\\', '/')
    .replace(/\.d\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}
