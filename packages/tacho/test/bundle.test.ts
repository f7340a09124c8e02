import { globSync, readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PACKAGE } from './entries/run-node.ts';

/** Where a module is named: imported, required, or in a list of what may be required. */
const NAMED = /\b(?:from |import |(?:require(?:\$\d+)?|import)\()"([^"]+)"|"(@[\w-]+\/[\w-]+)"/g;

type Versions = Readonly<Record<string, string>>;

const scripts = globSync('dist/*.{js,cjs}', { cwd: PACKAGE });
const named = scripts.flatMap((file) =>
  [...readFileSync(join(PACKAGE, file), 'utf8').matchAll(NAMED)].map(
    ([, called, listed]) => called ?? listed!,
  ),
);

describe('what is published', () => {
  it('installs what it imports and nothing else, in the versions that the packages in it have', () => {
    const imported = named
      .filter((specifier) => !/^[.#]/.test(specifier) && !isBuiltin(specifier))
      .map((specifier) => /^(?:@[\w-]+\/)?[\w-]+/.exec(specifier)?.[0] ?? specifier)
      .filter((name) => name !== 'tacho');
    const versions: Versions = Object.assign({}, ...dependenciesOf(resolve(PACKAGE, '../*')));
    const expected = Object.fromEntries(imported.map((name) => [name, versions[name]]));
    expect(dependenciesOf(PACKAGE)).toEqual([expected]);
  });

  it('has a file for each part that is loaded on demand', () => {
    const ours = createRequire(join(PACKAGE, 'dist/index.js'));
    const onDemand = new Set(named.filter((specifier) => specifier.startsWith('#')));
    expect(onDemand.size).toBeGreaterThan(5);
    expect([...onDemand].map((specifier) => ours.resolve(specifier))).toEqual(
      expect.arrayContaining([join(PACKAGE, 'dist/otel-lean.js'), join(PACKAGE, 'dist/cli.js')]),
    );
  });

  it('declares types of its own only', () => {
    const declarations = globSync('dist/**/*.d.ts', { cwd: PACKAGE });
    expect(declarations).toContain('dist/index.d.ts');
    const imported = declarations.flatMap((file) =>
      [...readFileSync(join(PACKAGE, file), 'utf8').matchAll(/ from '([^']+)'/g)].map(
        ([, from = '']) => from,
      ),
    );
    expect(imported.filter((from) => !from.startsWith('.') && !isBuiltin(from))).toEqual([]);
  });
});

function dependenciesOf(folders: string): Versions[] {
  return globSync(`${folders}/package.json`).map(
    (file) => (JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: Versions }).dependencies ?? {},
  );
}
