/**
 * Jest runs ES modules as they are; swc only strips types. Types are checked by `npm run typecheck`.
 * `npm test` skips the long tier; `npm run test:long` runs it alone.
 */
const long = process.env.TEST_TIER === 'long';

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } } }] },
  testMatch: long ? ['**/test/**/*.long.test.ts'] : ['**/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...(long ? [] : ['\\.long\\.test\\.ts$'])],
  testTimeout: 120_000,
  reporters: ['default', '<rootDir>/test/tally-reporter.ts'],
};
