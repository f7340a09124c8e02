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
import { isSharedWith } from './shared.ts';

const DIST = join(PACKAGE, 'dist');
const LEAN = sourceOf('@tacho/otel/lean');

const options = {
  cwd: PACKAGE,
  platform: 'node',
  plugins: [privatePackages],
  external: isInstalled,
  preserveEntrySignatures: 'allow-extension',
} satisfies BuildOptions;

const output = {
  dir: DIST,
  chunkFileNames: '[name].js',
  minifyInternalExports: false,
  sourcemap: true,
  comments: false,
} satisfies BuildOptions['output'];

rmSync(DIST, { recursive: true, force: true });

// Entries share nothing with the rest: an old Node loads them, and must not meet any of it.
await build({ ...options, input: { index: './src/index.ts', register: './src/register.ts' }, output });
await build({ ...options, input: { bin: './src/bin.ts' }, output });

await build({
  ...options,
  input: {
    monitor: './src/monitor.ts',
    'otel-lean': LEAN,
    'otel-standard': sourceOf('@tacho/otel/standard'),
    'otel-host': sourceOf('@tacho/otel/host'),
    ...sourcesOnDemand('otel'),
    'store-sqlite': sourceOf('@tacho/store-sqlite'),
    'store-worker': '../store-sqlite/src/worker/store-worker.ts',
    'tool-worker': '../store-sqlite/src/tools/tool-worker.ts',
    cli: sourceOf('@tacho/cli'),
  },
  output: {
    ...output,
    codeSplitting: {
      // Each with all that it imports, but for what those before it have.
      groups: [
        { name: 'core', test: /[\\/](core|store)[\\/]src[\\/]/ },
        { name: 'api-contract', test: /[\\/]api-contract[\\/]src[\\/]/ },
        { name: 'store-sqlite', test: /[\\/]store-sqlite[\\/]src[\\/]index\.ts$/ },
        { name: 'store-engine', test: /[\\/]store-sqlite[\\/]src[\\/]/, minShareCount: 2 },
        { name: 'monitor', test: /[\\/]tacho[\\/]src[\\/]monitor\.ts$/ },
        {
          debugName: 'otel-base',
          name: (id, modules) => (isSharedWith(LEAN, id, modules) ? 'otel-base' : null),
        },
      ],
    },
  },
});

writeForRequire(DIST);
copyDeclarations(DIST);
