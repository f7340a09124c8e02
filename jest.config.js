import { availableParallelism } from 'node:os';
import { join } from 'node:path';

// The many processes that the tests start share what Node has compiled, and stripped of its types.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/node-compile');

/**
 * Jest runs ES modules as they are; swc only strips types. Types are checked by `npm run typecheck`.
 * The long tier, files named `*.long.test.ts`, has a configuration of its own, and so have `*.interop.test.ts`.
 */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } } }] },
  testMatch: ['**/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.(long|interop)\\.test\\.ts$'],
  testSequencer: './test/waiting-first.js',
  testTimeout: 120_000,
  // Many tests wait, for processes of their own and for time to pass: half as many workers again as there are cores.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  reporters: ['default', '<rootDir>/test/tally-reporter.ts'],
};
