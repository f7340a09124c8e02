import { describe, expect, it } from '@jest/globals';
import { readsEnvironment } from './ambient.ts';
import { readArrows } from './arrows.ts';
import { findCycle } from './cycle.ts';
import { type Reference, referencesIn } from './references.ts';
import { syntaxNodes } from './syntax.ts';

const values = (specifier: string): Reference => ({ specifier, typeOnly: false });
const types = (specifier: string): Reference => ({ specifier, typeOnly: true });

describe('referencesIn', () => {
  it.each<[string, Reference[]]>([
    ["import { a } from './a.ts'", [values('./a.ts')]],
    ["import './a.ts'", [values('./a.ts')]],
    ["import type { A } from './a.ts'", [types('./a.ts')]],
    ["import { type A } from './a.ts'", [types('./a.ts')]],
    ["import { type A, b } from './a.ts'", [values('./a.ts')]],
    ["import * as a from '@tacho/core'", [values('@tacho/core')]],
    ["import a = require('@tacho/core')", [values('@tacho/core')]],
    ["export { a } from './a.ts'", [values('./a.ts')]],
    ["export * from './a.ts'", [values('./a.ts')]],
    ["export type { A } from './a.ts'", [types('./a.ts')]],
    ["let a: import('@tacho/core').RequestRecord", [types('@tacho/core')]],
    ["await import('./a.ts')", [values('./a.ts')]],
    ["require('node:fs')", [values('node:fs')]],
    ["require.resolve('tacho')", [values('tacho')]],
    ["const load = createRequire(import.meta.url); load('@tacho/otel')", [values('@tacho/otel')]],
    ["createRequire(import.meta.url)('@tacho/otel')", [values('@tacho/otel')]],
    ["export const a = 1; // import './a.ts'", []],
    ["log('tacho', './a.ts')", []],
  ])('finds in `%s` what it names', (source, expected) => {
    expect(referencesIn(syntaxNodes(source))).toEqual(expected);
  });
});

describe('readsEnvironment', () => {
  it.each([
    'process.env.PORT',
    "process['env'].PORT",
    'const { env } = process',
    'const { env: given } = process',
    "import { env } from 'node:process'",
    "import { env as given } from 'process'",
  ])('sees `%s`', (source) => {
    expect(readsEnvironment(syntaxNodes(source))).toBe(true);
  });

  it.each(['process.pid', 'options.env', 'const { env } = options', "import { env } from './config.ts'"])(
    'leaves `%s` alone',
    (source) => {
      expect(readsEnvironment(syntaxNodes(source))).toBe(false);
    },
  );
});

describe('findCycle', () => {
  it('gives the way round', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['d', ['b']],
    ]);
    expect(findCycle(graph)).toEqual(['b', 'd', 'b']);
  });

  it('sees a file that imports itself', () => {
    expect(findCycle(new Map([['a', ['a']]]))).toEqual(['a', 'a']);
  });

  it('finds none where two ways only meet again', () => {
    const graph = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
    ]);
    expect(findCycle(graph)).toBeUndefined();
  });
});

describe('readArrows', () => {
  it('reads packages without arrows, with several and with types only', () => {
    const page = '# Page\n\n```arrows\ncore\nhttp → core\ncli  → core, api-contract (types)\n```\n';
    expect(readArrows(page)).toEqual(
      new Map([
        ['core', new Map()],
        ['http', new Map([['core', 'values']])],
        [
          'cli',
          new Map([
            ['core', 'values'],
            ['api-contract', 'types'],
          ]),
        ],
      ]),
    );
  });

  it('does not take a page without the list for a page that allows nothing', () => {
    expect(() => readArrows('# Page')).toThrow('arrows');
  });
});
