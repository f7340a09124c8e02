/** The real command in a process of its own, as the package that installs it runs it. */
import { createRequire } from 'node:module';
import { run } from '@tacho/cli';

const require = createRequire(import.meta.url);

await run({
  version: '1.2.3',
  variables: process.env,
  checkVariables: () => ({ warnings: [], known: [] }),
  stores: () => {
    const { createStoreTools } = require('@tacho/store-sqlite') as typeof import('@tacho/store-sqlite');
    return createStoreTools(() => Date.now());
  },
});
