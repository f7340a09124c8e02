import { type RunOptions, withVariant } from '../overhead/service.ts';
import { median } from '../overhead/summary.ts';
import type { Variant } from '../overhead/variant.ts';

/** What a package contributes to a start. */
export interface LoadedPackage {
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
  /** To find, read, compile and run its files, with the watching of it included. */
  readonly ms: number;
}

interface LoadedFile {
  readonly path: string;
  readonly bytes: number;
  readonly ms: number;
}

const RUNS = 5;
const TRACE = ['--require', './bench/startup/trace-loading.cjs'];

/** What a variant loads that the bare app does not, the costliest package first; medians over some runs. */
export async function loadingOver(
  bare: Variant,
  variant: Variant,
  options: RunOptions,
): Promise<readonly LoadedPackage[]> {
  const loadedAnyway = new Set((await loadedPackages(bare, options)).map(({ name }) => name));
  const runs: LoadedPackage[][] = [];
  for (let run = 0; run < RUNS; run++) runs.push(await loadedPackages(variant, options));
  return runs[0]!
    .filter(({ name }) => !loadedAnyway.has(name))
    .map((first) => ({
      ...first,
      ms: median(
        runs
          .flat()
          .filter(isNamed(first.name))
          .map(({ ms }) => ms),
      ),
    }))
    .toSorted((a, b) => b.ms - a.ms);
}

async function loadedPackages(variant: Variant, options: RunOptions): Promise<LoadedPackage[]> {
  const traced = { ...options, nodeArguments: TRACE };
  const files = (await withVariant(variant, traced, ({ ask }) => ask('loading'))) as LoadedFile[];
  return [...Map.groupBy(files, ({ path }) => packageOf(path))].map(([name, own]) => ({
    name,
    files: own.length,
    bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
    ms: own.reduce((sum, { ms }) => sum + ms, 0),
  }));
}

/** The npm package that a file belongs to. */
function packageOf(path: string): string {
  const installed = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  if (installed !== undefined) return installed;
  const own = /\/packages\/([^/]+)\//.exec(path)?.[1];
  if (own === undefined) return 'the benchmark';
  return own === 'tacho' ? own : `@tacho/${own}`;
}

function isNamed(name: string): (loaded: LoadedPackage) => boolean {
  return (loaded) => loaded.name === name;
}
