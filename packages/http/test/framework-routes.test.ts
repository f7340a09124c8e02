import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { child } from './child.ts';
import { expected, hearRoutes } from './hear-routes.ts';

describe('the routes of Express, Fastify, hapi, Hono and Nest are heard', () => {
  // The other two ways are in the long tier.
  hearRoutes([
    ['import', 'after'],
    ['require', 'before'],
  ]);
});

describe('the routes of a bundled Fastify are heard', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bundled-fastify-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('where its instances are made after the hooks are installed, and of those before what comes to a handler', async () => {
    const files = ['before.cjs', 'after.cjs'].map((name) => join(folder, name));
    for (const outfile of files) await bundle(outfile);
    const counted = await child<Record<string, Record<string, string>>>('bundled-routes.ts', files);
    expect(counted.after).toEqual(expected.fastify);
    expect(counted.before).toEqual({
      ...expected.fastify,
      'POST /users {}': 'POST /{name} 400',
      'POST /users {': 'POST /{name} 400',
      'GET /guarded/17': 'GET /{name}/{id} 403',
      'GET /private/secrets/17': 'GET /{name}/{name}/{id} 401',
    });
  });
});

function bundle(outfile: string): Promise<unknown> {
  return build({
    entryPoints: [join(import.meta.dirname, 'applications', 'bundled-fastify.ts')],
    bundle: true,
    platform: 'node',
    outfile,
    logLevel: 'error',
  });
}
