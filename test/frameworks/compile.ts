import { join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { ROOT } from '../processes.ts';
import type { Framework } from './frameworks.ts';

/** The forms in which an application is deployed. */
export type Form = 'esm' | 'cjs' | 'bundle' | 'minified';

const SHARED: BuildOptions = {
  platform: 'node',
  target: 'node22',
  bundle: true,
  write: true,
  logLevel: 'warning',
};

/** What `import` and `require` find in packages stays there. */
const UNBUNDLED: BuildOptions = { ...SHARED, packages: 'external' };

const compiled = new Map<string, Promise<string>>();

/**
 * Makes the application of a framework as an ES module or as CommonJS, of its own code alone; or the whole program
 * in one file, the framework too, as esbuild does it without any plugin.
 *
 * @returns the file, in a place from which it finds its packages
 */
export function compile(framework: Framework, form: Form): Promise<string> {
  const key = `${framework.name} ${form}`;
  const made = compiled.get(key) ?? make(framework, form);
  compiled.set(key, made);
  return made;
}

async function make({ name, home = '' }: Framework, form: Form): Promise<string> {
  const app = join(import.meta.dirname, 'apps', `${name}.ts`);
  const base = resolve(ROOT, home, 'node_modules/.cache/frameworks', name);
  if (form === 'esm' || form === 'cjs') {
    const outfile = `${base}.${form === 'esm' ? 'mjs' : 'cjs'}`;
    await build({ ...UNBUNDLED, entryPoints: [app], format: form, outfile });
    return outfile;
  }
  const outfile = `${base}.${form}.cjs`;
  await build({
    ...SHARED,
    stdin: { contents: programAround(app), resolveDir: import.meta.dirname, loader: 'ts' },
    external: ['tacho'],
    format: 'cjs',
    minify: form === 'minified',
    outfile,
  });
  return outfile;
}

function programAround(app: string): string {
  return `
    import { listen } from ${JSON.stringify(app)};
    import { startMonitoring } from 'tacho';
    import { serve } from './serve.ts';
    startMonitoring();
    listen().then(serve);
  `;
}
