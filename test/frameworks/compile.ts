import { join, relative, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { ROOT } from '../processes.ts';
import type { Framework } from './frameworks.ts';

/** The form in which an application is deployed, and whether it is loaded before or after tacho is set up. */
export type Way = `${Form} ${Order}`;
type Form = 'esm' | 'cjs' | 'bundle';
type Order = 'before' | 'after';

/** What Node is given to run. */
export interface Program {
  readonly file: string;
  readonly arguments: readonly string[];
}

const PROGRAMS = join(import.meta.dirname, 'programs');
const SHARED: BuildOptions = { platform: 'node', target: 'node22', bundle: true, logLevel: 'warning' };

const compiled = new Map<string, Promise<void>>();

/**
 * Makes a program of a framework's application: the application as an ES module or as CommonJS, which a file in
 * `programs/` loads; or all of it in one file, the framework too and tacho not, as esbuild does without any plugin.
 * What is there already is made once in this process. It lies where it finds the packages it needs.
 */
export async function compile({ name, home = '' }: Framework, way: Way): Promise<Program> {
  const [form, order] = way.split(' ') as [Form, Order];
  const app = join(import.meta.dirname, 'apps', `${name}.ts`);
  const folder = resolve(ROOT, home, 'node_modules/.cache/frameworks');
  if (form === 'bundle') {
    const file = join(folder, `${name}.${order}.bundle.cjs`);
    await once(file, () => bundle(app, order, file));
    return { file: relative(ROOT, file), arguments: [] };
  }
  const extension = form === 'esm' ? 'mjs' : 'cjs';
  const file = join(folder, `${name}.${extension}`);
  await once(file, () =>
    build({ ...SHARED, packages: 'external', entryPoints: [app], format: form, outfile: file }),
  );
  return { file: relative(ROOT, join(PROGRAMS, `${order}.${extension}`)), arguments: [file] };
}

/** Minified: nothing in it has the name that it had in the framework. */
function bundle(app: string, order: Order, outfile: string): Promise<unknown> {
  const parts = [`import { listen } from ${JSON.stringify(app)};`, `import './programs/set-up.ts';`];
  if (order === 'after') parts.reverse();
  const contents = [...parts, `import { serve } from './serve.ts';`, 'listen().then(serve);'].join('\n');
  return build({
    ...SHARED,
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    external: ['tacho'],
    format: 'cjs',
    minify: true,
    outfile,
  });
}

function once(file: string, make: () => Promise<unknown>): Promise<void> {
  const made = compiled.get(file) ?? make().then(() => {});
  compiled.set(file, made);
  return made;
}
