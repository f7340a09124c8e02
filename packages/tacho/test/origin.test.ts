import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { originOf } from '../src/origin.ts';

const root = mkdtempSync(join(tmpdir(), 'tacho-origin-'));
afterAll(() => rmSync(root, { recursive: true }));

function application(name: string, manifest: string): string {
  const folder = join(root, name, 'dist', 'server');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(root, name, 'package.json'), manifest);
  return folder;
}

describe('the origin of what is measured', () => {
  it('is this host and the version that is configured', () => {
    const folder = application('configured', '{"version":"1.0.0"}');
    expect(originOf('2.0.0', [folder])).toEqual({ host: hostname(), version: '2.0.0' });
  });

  it("has the version of the application's package.json, above its main module", () => {
    expect(originOf(undefined, [application('found', '{"version":"1.4.2"}')]).version).toBe('1.4.2');
  });

  it.each(['{', '[]', '{"version":7}', '{}', 'null'])(
    'has no version where package.json is %s',
    (manifest) => {
      const folder = application('odd', manifest);
      expect(originOf(undefined, [folder, '/']).version).toBe('');
    },
  );
});
