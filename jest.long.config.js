import config from './jest.config.js';

/** The long tier alone, for `npm run test:long`. */
export default {
  ...config,
  testMatch: ['**/test/**/*.long.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  passWithNoTests: true,
};
