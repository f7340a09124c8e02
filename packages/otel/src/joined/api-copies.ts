import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProxyTracerProvider } from '@opentelemetry/api';

/** One copy of `@opentelemetry/api`: a service may have several, of its own and of its dependencies. */
export interface ApiCopy {
  readonly folder: string;
  readonly version: string;
}

/** One that `require` has loaded. */
export interface RequiredApi extends ApiCopy {
  readonly exports: { readonly ProxyTracerProvider: typeof ProxyTracerProvider };
}

const PACKAGE = join('@opentelemetry', 'api');

/** The file that `require` gives, in the copies up to 1.9 and in those after. */
const ENTRIES = [join('build', 'src', 'index.js'), join('dist', 'index.cjs')].map(
  (entry) => sep + join(PACKAGE, entry),
);

const require = createRequire(import.meta.url);

/** Those that have been loaded by `require`. What ES modules have loaded stands in no list. */
export function requiredApis(): RequiredApi[] {
  return Object.keys(require.cache).flatMap((file) => {
    const entry = ENTRIES.find((one) => file.endsWith(one));
    const loaded = require.cache[file];
    if (entry === undefined || loaded?.loaded !== true) return [];
    const folder = file.slice(0, -entry.length) + sep + PACKAGE;
    return [{ folder, version: versionIn(folder), exports: loaded.exports as RequiredApi['exports'] }];
  });
}

/** The copy that tacho has. */
export function ownApi(): ApiCopy {
  const folder = dirname(dirname(fileURLToPath(import.meta.resolve('@opentelemetry/api'))));
  return { folder, version: versionIn(folder) };
}

/** `1.9.1 in node_modules/@opentelemetry/api, 1.10.0 in …` */
export function namesOf(copies: readonly ApiCopy[]): string {
  return copies.map(({ version, folder }) => `${version} in ${relative('', folder)}`).join(', ');
}

function versionIn(folder: string): string {
  try {
    return (require(join(folder, 'package.json')) as { version: string }).version;
  } catch {
    return 'an unknown version';
  }
}
