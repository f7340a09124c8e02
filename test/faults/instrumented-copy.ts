import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../processes.ts';
import { instrument } from './instrument.ts';

const PACKAGE = join(ROOT, 'packages/tacho');
const FAULT_POINTS = pathToFileURL(join(import.meta.dirname, 'fault-points.ts')).href;

/** Of the command line, which no service loads; what is run by a Node too old for the rest; what the bundler adds. */
const LEFT_OUT = /^(?:cli|bin|rolldown-runtime)\.js$/;

export interface Site {
  readonly id: number;
  /** Where it is in the source: `packages/…/file.ts:line`. */
  readonly at: string;
  readonly callee: string;
}

export interface InstrumentedCopy {
  /** The package's entry for ES modules. */
  readonly entry: string;
  /** By their ids. */
  readonly sites: ReadonlyMap<number, Site>;
}

/** Makes a copy of the package as it is published in which each call goes through `fault-points.ts`. */
export function makeInstrumentedCopy(folder: string): InstrumentedCopy {
  const dist = join(folder, 'dist');
  mkdirSync(dist);
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), readFileSync(join(PACKAGE, 'package.json')));
  const sites = new Map<number, Site>();
  for (const file of readdirSync(join(PACKAGE, 'dist'))) {
    if (!/\.c?js$/.test(file)) continue;
    const source = readFileSync(join(PACKAGE, 'dist', file), 'utf8');
    const isLeftOut = file.endsWith('.cjs') || LEFT_OUT.test(file);
    const made = isLeftOut ? { text: source, sites: [] } : instrument(source, sites.size + 1, FAULT_POINTS);
    writeFileSync(join(dist, file), made.text);
    if (isLeftOut) continue;
    const origin = originsOf(join(PACKAGE, 'dist', file));
    for (const { id, line, column, callee } of made.sites)
      sites.set(id, { id, at: origin(line, column), callee });
  }
  return { entry: join(dist, 'index.js'), sites };
}

/** Tells where in the source a place in a bundled file is from. */
function originsOf(file: string): (line: number, column: number) => string {
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  return (line, column) => {
    const entry = map.findEntry(line - 1, column);
    if (!('originalSource' in entry)) return `${relative(ROOT, file)}:${line}`;
    const path = relative(ROOT, resolve(file, '..', entry.originalSource));
    return `${path}:${entry.originalLine + 1}`;
  };
}
