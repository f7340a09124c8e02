/** Loads modules, installs the hooks, and prints that it got there: `named-like-koa.ts <path>…`. */
import { createRequire } from 'node:module';
import { Exclusions } from '../../src/excluded.ts';
import { ServerHooks } from '../../src/server-hooks.ts';

const require = createRequire(import.meta.url);
for (const path of process.argv.slice(2)) require(path);

const hooks = new ServerHooks({
  exclusions: new Exclusions([]),
  userOf: () => undefined,
  notMeasured: () => {},
  onEnd: () => {},
  now: Date.now,
  attach: () => undefined,
});
hooks.install();
hooks.uninstall();
process.stdout.write('"installed"');
