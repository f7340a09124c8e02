import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { Plugin } from 'rolldown';

export const PACKAGE = resolve(import.meta.dirname, '..');

interface Manifest {
  readonly exports: Readonly<Record<string, { readonly default: string }>>;
  readonly imports?: Readonly<Record<string, string>>;
}

/** Takes the private packages from their sources, so that source maps lead there. */
export const privatePackages: Plugin = {
  name: 'private packages',
  resolveId: { filter: { id: /^@tacho\// }, handler: sourceOf },
};

/** Whether npm installs it beside this package, so that it is not in the bundle; or Node has it. */
export function isInstalled(specifier: string): boolean {
  return !specifier.startsWith('.') && !specifier.startsWith('@tacho/') && !isAbsolute(specifier);
}

/** @param specifier what a private package exports: `@tacho/otel/lean`. */
export function sourceOf(specifier: string): string {
  const { folder, path } = partsOf(specifier);
  return sourceAt(folder, compiledTo(specifier, folder, path));
}

/** Where `tsc` has written the declarations of what a private package exports. */
export function declarationsOf(specifier: string): string {
  const { folder, path } = partsOf(specifier);
  return join(PACKAGE, '..', folder, compiledTo(specifier, folder, path).replace(/\.js$/, '.d.ts'));
}

/** The sources of what a package loads on demand, by the names of the files they become: `#otel/sampler`, `otel-sampler`. */
export function sourcesOnDemand(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(manifestOf(folder).imports ?? {}).map(([name, compiled]) => [
      name.replace('#', '').replaceAll('/', '-'),
      sourceAt(folder, compiled),
    ]),
  );
}

function partsOf(specifier: string): { folder: string; path: string } {
  const [, folder = '', path = ''] = /^@tacho\/([^/]+)(.*)$/.exec(specifier) ?? [];
  return { folder, path };
}

function compiledTo(specifier: string, folder: string, path: string): string {
  const exported = manifestOf(folder).exports[`.${path}`];
  if (exported === undefined) throw new Error(`no private package exports ${specifier}`);
  return exported.default;
}

/** What was generated has no source, and is taken as it is. */
function sourceAt(folder: string, compiled: string): string {
  const source = compiled.replace(/^\.\/dist\/(.*)\.js$/, 'src/$1.ts');
  return join(PACKAGE, '..', folder, source);
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(PACKAGE, '..', folder, 'package.json'), 'utf8')) as Manifest;
}
