/**
 * Makes what is published of what `tsc` has checked: few files, since each file costs a start up to a millisecond.
 * The private packages are in them; what npm installs is not. What is not needed by every start is a file of its
 * own, loaded by the names that package.json gives under `imports`.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'rolldown';
import { copyDeclarations } from './declarations.ts';
import { writeForRequire } from './for-require.ts';
import { isInstalled, PACKAGE, privatePackages, sourceOf, sourcesOnDemand } from './private-packages.ts';

const DIST = join(PACKAGE, 'dist');

const options = {
  cwd: PACKAGE,
  platform: 'node',
  plugins: [privatePackages],
  external: isInstalled,
  preserveEntrySignatures: 'allow-extension',
  // No file is imported for what it does: so what an index lists and nobody asks for is left out.
  treeshake: { moduleSideEffects: false },
} satisfies BuildOptions;

const output = {
  dir: DIST,
  chunkFileNames: '[name].js',
  minifyInternalExports: false,
  sourcemap: true,
  comments: false,
} satisfies BuildOptions['output'];

const monitor = './src/monitor.ts';
const lean = sourceOf('@tacho/otel/lean');
const otherTracing = {
  'otel-standard': sourceOf('@tacho/otel/standard'),
  'otel-host': sourceOf('@tacho/otel/host'),
  ...sourcesOnDemand('otel'),
};

const inMonitor = await modulesIn(monitor);
const inLean = await modulesIn(lean);
const inOtherTracing = await modulesIn(...Object.values(otherTracing));

rmSync(DIST, { recursive: true, force: true });

// Entries share nothing with the rest: an old Node loads them, and must not meet any of it.
await build({ ...options, input: { index: './src/index.ts', register: './src/register.ts' }, output });
await build({ ...options, input: { bin: './src/bin.ts' }, output });

await build({
  ...options,
  input: {
    monitor,
    'otel-lean': lean,
    ...otherTracing,
    runtime: sourceOf('@tacho/runtime'),
    'store-sqlite': sourceOf('@tacho/store-sqlite'),
    'store-worker': '../store-sqlite/src/worker/store-worker.ts',
    'tool-worker': '../store-sqlite/src/tools/tool-worker.ts',
    'reading-worker': '../store-sqlite/src/tools/reading-worker.ts',
    cli: sourceOf('@tacho/cli'),
    variables: './src/config/check-variables.ts',
  },
  output: {
    ...output,
    codeSplitting: {
      // Each with all that it imports, but for what those before it have.
      groups: [
        { name: 'core', test: (id) => inMonitor.has(id) && /[\\/](core|store)[\\/]src[\\/]/.test(id) },
        { name: 'monitor', test: (id) => inMonitor.has(id) },
        { name: 'otel-base', test: (id) => inLean.has(id) && inOtherTracing.has(id) },
        { name: 'store-sqlite', test: /[\\/]store-sqlite[\\/]src[\\/]index\.ts$/ },
        { name: 'store-engine', test: /[\\/]store-sqlite[\\/]src[\\/]/, minShareCount: 2 },
        { name: 'reports', test: /[\\/](core|store|api-contract)[\\/]src[\\/]/, minShareCount: 2 },
      ],
    },
  },
});

writeForRequire(DIST);
copyDeclarations(DIST);

/** The modules that are needed as soon as one of these is loaded. */
async function modulesIn(...entries: string[]): Promise<Set<string>> {
  const { output: files } = await build({ ...options, input: entries, write: false });
  return new Set(
    files.flatMap((file) => (file.type === 'chunk' && !file.isDynamicEntry ? file.moduleIds : [])),
  );
}
