import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type Config, resolveConfig } from '../packages/tacho/src/config/config.ts';
import { readEnvironment } from '../packages/tacho/src/config/environment.ts';
import { readPackages } from './layout/packages.ts';
import { stringValue } from './layout/syntax.ts';

const ROOT = join(import.meta.dirname, '..');
type Jwt = NonNullable<Exclude<Config['adminApi'], false>['jwt']>;

const PAGE = readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8');

describe('docs/configuration.md', () => {
  it('has every option with its default, and no other', () => {
    const jwt = { key: 'x'.repeat(32), issuer: 'issuer', audience: 'audience' };
    const config = resolveConfig({ backup: { every: '1d' }, adminApi: { jwt } }, readEnvironment({}));
    const defaults = leaves('', optionsOf(config));
    expect(Object.fromEntries(optionRows())).toEqual(Object.fromEntries(defaults));
  });

  it('has every variable of ours that the code knows, and no other', () => {
    const written = new Set(PAGE.match(/\bTACHO_[A-Z_]+\b/g));
    expect([...written].sort()).toEqual(variables(/^TACHO_[A-Z_]+$/));
  });

  it("has every one of OpenTelemetry's variables that the code names", () => {
    const missing = variables(/^OTEL_[A-Z_]+$/).filter((name) => !PAGE.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });
});

describe('relative links', () => {
  const pages = globSync('{*,docs/*,examples/*/*}.md', { cwd: ROOT });
  it.each(pages)('lead somewhere: %s', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(ROOT, page, '..', link)))).toEqual([]);
  });
});

describe('ARCHITECTURE.md', () => {
  it('names files and folders that are there', () => {
    const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
    const paths = [...text.matchAll(/`([\w-]+\/src\/[\w./-]*)`/g)].map(([, path = '']) => path);
    expect(paths.filter((path) => !existsSync(join(ROOT, 'packages', path)))).toEqual([]);
  });
});

/** Option and default from the rows of the page's first table. */
function optionRows(): [option: string, written: string][] {
  const [, section = ''] = /^## Options$([\s\S]*?)^## /m.exec(PAGE) ?? [];
  return [...section.matchAll(/^\| `([\w.]+)` \| ([^|]+) \|/gm)].map(([, option = '', written = '']) => [
    option,
    written.replaceAll('`', ''),
  ]);
}

/** A configuration with a store's file, backups once a day and JWTs, as options would say it. */
function optionsOf({ store, retentionDays, encryption, backup, alerts, adminApi, ...same }: Config): object {
  const [days, ...others] = new Set(Object.values(retentionDays));
  expect({ kind: store.kind, others }).toEqual({ kind: 'file', others: [] });
  return {
    ...same,
    adminApi: adminApi && { ...adminApi, jwt: adminApi.jwt && jwtOptionsOf(adminApi.jwt) },
    alerts: alerts && { ...alerts, rules: undefined, rulesFile: undefined, slos: undefined },
    store: store.kind === 'file' ? relative('', store.path) : store.kind,
    retentionDays: days,
    encryptionKey: encryption.keys,
    backup: { every: undefined, keep: backup?.keep, dir: relative('', backup?.dir ?? '') },
  };
}

function jwtOptionsOf({ keys: _keys, algorithms: _all, issuer: _issuer, audience: _audience, ...same }: Jwt) {
  const needed = { key: undefined, jwks: undefined, issuer: undefined, audience: undefined };
  return { ...needed, algorithms: undefined, ...same };
}

/** Each value that is set, by its path: `adminApi.port`. */
function leaves(path: string, value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, inWords(value)]];
  return Object.entries(value).flatMap(([name, inner]) =>
    leaves(path === '' ? name : `${path}.${name}`, inner),
  );
}

function inWords(value: unknown): string {
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  return text === '' ? 'none' : text;
}

/** The names that are spelled out in the packages' code, error codes aside. */
function variables(pattern: RegExp): string[] {
  const packages = readPackages(ROOT);
  const names = packages.flatMap(({ files }) =>
    files
      .filter(({ path }) => path !== 'packages/core/src/errors.ts')
      .flatMap(({ nodes }) =>
        nodes.map((node) => (node.type === 'Identifier' ? node.value : stringValue(node))),
      ),
  );
  const codes = errorCodes();
  return [...new Set(names.map(String))].filter((name) => pattern.test(name) && !codes.includes(name)).sort();
}

function errorCodes(): string[] {
  return readFileSync(join(ROOT, 'packages/core/src/errors.ts'), 'utf8').match(/\bTACHO_[A-Z_]+\b/g) ?? [];
}
