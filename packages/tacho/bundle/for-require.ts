import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'rolldown/utils';
import { PACKAGE } from './private-packages.ts';

/** Writes what `require` finds, in which there is nothing to bundle. */
export function writeForRequire(folder: string): void {
  for (const name of ['index', 'register']) {
    const file = join(PACKAGE, `src/${name}.cts`);
    const { code, errors } = transformSync(file, readFileSync(file, 'utf8'));
    if (errors.length > 0) throw errors[0];
    writeFileSync(join(folder, `${name}.cjs`), code);
  }
}
