import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { KEY } from '../../packages/cli/test/stores.ts';
import { eventually } from '../eventually.ts';
import { endAll, ROOT, start } from '../processes.ts';
import { TOKEN } from '../service.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';
import { doctor } from './doctor.ts';
import { closeAll, closedPort, serving } from './places.ts';

interface Healthy {
  readonly name: string;
  readonly example: string;
  /** Of the service. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Of doctor, where it has others. */
  readonly ours?: Readonly<Record<string, string>>;
  readonly exports?: true;
}

const VIEWER = 'b-token-for-these-tests-0123456789abcdef';

const APPLICATIONS: readonly Healthy[] = [
  ...globSync('*', { cwd: join(ROOT, 'examples') }).map((example) => ({ name: example, example })),
  { name: 'a store in memory', example: 'koa-api', variables: { TACHO_STORE: 'memory' } },
  { name: 'an encrypted store', example: 'koa-api', variables: { TACHO_ENCRYPTION_KEY: KEY } },
  {
    name: 'the standard instrumentation, and a collector',
    example: 'express-api',
    variables: { TACHO_HTTP: 'standard' },
    exports: true,
  },
  { name: 'a collector', example: 'fastify-api', exports: true },
  { name: 'no traces', example: 'hapi-api', variables: { TACHO_TRACES: 'off' } },
  {
    name: 'a viewer who asks',
    example: 'hono-api',
    variables: { TACHO_VIEWER_TOKEN: VIEWER },
    ours: { TACHO_ADMIN_TOKEN: VIEWER, TACHO_VIEWER_TOKEN: '' },
  },
];

afterEach(async () => {
  await endAll();
  await closeAll();
});
afterAll(removeFolders);

describe('doctor complains of nothing, and finds its request again', () => {
  it.each(APPLICATIONS.map((application) => [application.name, application] as const))(
    '%s',
    async (_name, { example, variables, ours, exports }) => {
      const folder = join(ROOT, 'examples', example);
      const collector = await serving((request, response) => {
        request.resume();
        response.end();
      });
      const env = {
        TACHO_ADMIN_TOKEN: TOKEN,
        TACHO_STORE: join(await temporaryFolder(), '.tacho', 'tacho.db'),
        ...(exports && { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector}` }),
        ...variables,
      };
      const port = await closedPort();
      const service = start(['node', 'src/main.ts'], {
        cwd: folder,
        env: { ...env, TACHO_ADMIN_PORT: '0', PORT: String(port) },
      });
      const app = `http://127.0.0.1:${port}`;
      await eventually('the application to listen', () => fetch(app).catch(() => undefined));
      const [, admin = ''] = await service.output('stderr', /http:\/\/127\.0\.0\.1:(\d+)\/api\/performance/);
      const { complaints, exitCode, findings } = await doctor({
        folder,
        variables: { ...env, TACHO_ADMIN_PORT: admin, ...ours },
        arguments: ['--app', app],
      });
      expect({ complaints, exitCode }).toEqual({ complaints: [], exitCode: 0 });
      const told = findings.filter(({ id }) => id === 'traced-request').map(({ found }) => found);
      expect(told[0]).toMatch(/counted it at once$/);
      expect(told.slice(1)).toEqual(exports ? ['its span was made, and handed to the exporter'] : []);
    },
  );
});
