import { createRequire, syncBuiltinESMExports } from 'node:module';

/**
 * Makes an enabled HTTP instrumentation reach `node:http` and `node:https` whatever was loaded before it:
 * its hook runs on `require`, and ES modules that have imported them see its patches only after their
 * exports are synchronised.
 */
export function patchLoadedHttp(): void {
  const require = createRequire(import.meta.url);
  require('node:http');
  require('node:https');
  syncBuiltinESMExports();
}
