import config from './jest.config.js';

/** What needs a program from elsewhere, for `npm run test:interop`. */
export default {
  ...config,
  testMatch: ['**/test/**/*.interop.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
};
