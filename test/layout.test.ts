import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readsEnvironment } from './layout/ambient.ts';
import { readArrows } from './layout/arrows.ts';
import { findCycle } from './layout/cycle.ts';
import { type Import, importsOf } from './layout/imports.ts';
import { readPackages } from './layout/packages.ts';

const ROOT = join(import.meta.dirname, '..');
const DRAWER = /^(utils?|helpers?|common|misc|types|constants)$/;
const MOST_MEDIAN_LINES = 120;
const MOST_LINES = 300;

const packages = readPackages(ROOT);
const sources = packages.flatMap(({ files }) => files);
const imports = importsOf(packages);
const arrows = readArrows(readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8'));

describe('packages', () => {
  it('import each other only as ARCHITECTURE.md lists', () => {
    process.stdout.write(drawn(packageGraph()));
    expect(imports.filter(isOffTheList).map(inWords)).toEqual([]);
    expect(findCycle(packageGraph())).toBeUndefined();
  });

  it('are all on that list, and nothing else is', () => {
    expect([...arrows.keys()].sort()).toEqual(packages.map(({ folder }) => folder).sort());
  });

  it.each(packages)('list in package.json the workspace packages they import: $folder', (listing) => {
    const workspace = new Map(packages.map(({ folder, npmName }) => [folder, npmName]));
    const imported = [...(packageGraph().get(listing.folder) ?? [])].map((folder) => workspace.get(folder));
    const listed = listing.dependencies.filter((name) => [...workspace.values()].includes(name));
    expect(listed.sort()).toEqual(imported.sort());
  });

  it('keep relative imports to files of their own', () => {
    const leaving = imports.filter(
      ({ from, toPath }) => toPath?.startsWith(`packages/${from}/src/`) === false,
    );
    expect(leaving.map(inWords)).toEqual([]);
  });

  it('leave core free of everything but its own files', () => {
    const outward = imports.filter(({ from, toPath }) => from === 'core' && toPath === undefined);
    expect(outward.map(inWords)).toEqual([]);
  });

  it('leave OpenTelemetry to otel', () => {
    const elsewhere = imports.filter(
      ({ from, specifier }) => from !== 'otel' && specifier.startsWith('@opentelemetry/'),
    );
    expect(elsewhere.map(inWords)).toEqual([]);
  });

  it('leave the environment to the composition root', () => {
    const readers = sources.filter(({ nodes }) => readsEnvironment(nodes)).map(({ path }) => path);
    expect(readers.filter((path) => !path.startsWith('packages/tacho/src/'))).toEqual([]);
  });
});

describe('source files', () => {
  it('do not import each other in a circle', () => {
    const graph = new Map(sources.map(({ path }) => [path, new Set<string>()]));
    for (const { path, toPath } of imports) if (toPath !== undefined) graph.get(path)?.add(toPath);
    expect(findCycle(graph)).toBeUndefined();
  });

  it(`have at most ${MOST_LINES} lines, and a median of at most ${MOST_MEDIAN_LINES} from ten lines up`, () => {
    expect(sources.filter(({ lineCount }) => lineCount > MOST_LINES).map(({ path }) => path)).toEqual([]);
    const counts = sources.map(({ lineCount }) => lineCount).filter((lineCount) => lineCount >= 10);
    expect(median(counts)).toBeLessThanOrEqual(MOST_MEDIAN_LINES);
  });

  it('are no drawers', () => {
    const paths = sources.map(({ path }) => path);
    expect(
      paths.filter((path) => path.split('/').some((part) => DRAWER.test(basename(part, '.ts')))),
    ).toEqual([]);
  });
});

function packageGraph(): Map<string, Set<string>> {
  const graph = new Map(packages.map(({ folder }) => [folder, new Set<string>()]));
  for (const { from, toPackage } of imports) if (toPackage !== undefined) graph.get(from)?.add(toPackage);
  return graph;
}

function isOffTheList({ from, toPackage, typeOnly }: Import): boolean {
  if (toPackage === undefined) return false;
  const allowed = arrows.get(from)?.get(toPackage);
  return allowed === undefined || (allowed === 'types' && !typeOnly);
}

function inWords({ path, specifier, typeOnly }: Import): string {
  return `${path} imports ${typeOnly ? 'types' : 'values'} from ${specifier}`;
}

function drawn(graph: ReadonlyMap<string, ReadonlySet<string>>): string {
  const lines = [...graph].map(([from, to]) => `  ${from.padEnd(12)} → ${[...to].sort().join(', ')}\n`);
  return `Packages and what they import:\n${lines.join('')}`;
}

/** The upper one of the two in the middle when there is an even number. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
