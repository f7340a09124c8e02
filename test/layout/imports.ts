import { posix } from 'node:path';
import type { Package, SourceFile } from './packages.ts';
import type { Reference } from './references.ts';

/** One reference from a package's source, and where it leads. */
export interface Import extends Reference {
  /** The importing file, from the repository's root. */
  path: string;
  /** The importing package's folder. */
  from: string;
  /** The folder of the other workspace package it names, by `@tacho/otel` or `#otel`; undefined when it names none. */
  toPackage: string | undefined;
  /** The source a relative import leads to, from the repository's root; undefined when it is not relative. */
  toPath: string | undefined;
}

export function importsOf(packages: readonly Package[]): Import[] {
  return packages.flatMap(({ folder, files }) =>
    files.flatMap((file) =>
      file.references.map((reference) => ({
        ...reference,
        path: file.path,
        from: folder,
        toPackage: otherPackage(packages, folder, reference),
        toPath: relativePath(file, reference),
      })),
    ),
  );
}

function otherPackage(
  packages: readonly Package[],
  from: string,
  { specifier }: Reference,
): string | undefined {
  const named = packages.find(({ folder, npmName }) =>
    [npmName, `#${folder}`].some((name) => specifier === name || specifier.startsWith(`${name}/`)),
  );
  return named?.folder === from ? undefined : named?.folder;
}

function relativePath(file: SourceFile, { specifier }: Reference): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(file.path), specifier.replace(/js$/, 'ts'));
}
