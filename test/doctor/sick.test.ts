import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { endAll, ROOT } from '../processes.ts';
import { startService, TOKEN } from '../service.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';
import { doctor, type Finding } from './doctor.ts';
import { closeAll, serving } from './places.ts';

/** Without an address for others, nobody else can reach a port that is open to all. */
const hasNetwork = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .some(({ internal, family }) => !internal && family === 'IPv4');

/** What a service that has gone wrong in many ways is told of, by check: what was found, and its remedy. */
const EXPECTED: readonly (readonly [id: string, found: RegExp, remedy: RegExp])[] = [
  ['notices', /the "user" hook threw Error/, /^Mend the option user/],
  ['notices', /startMonitoring was called again/, /^Call startMonitoring\(\) once/],
  ['notices', /a scheduled backup failed/, /^Let the service write the folder of backup\.dir/],
  ['backups', /^the last backup failed/, /^Let the service write .*backups, and make room/],
  ['routes', /^\d+ requests of the last hour had no endpoint of their own/, /^Raise the option maxEndpoints/],
  [
    'sampling',
    /^traces are off, and an exporter for them is configured/,
    /^Remove TACHO_TRACES=off \(option traces\)/,
  ],
  ...(hasNetwork
    ? [['exposure', /^the admin API is open to others without TLS/, /^Leave TACHO_ADMIN_HOST/] as const]
    : []),
];

let complaints: readonly Finding[] = [];

beforeAll(async () => {
  const folder = await temporaryFolder();
  const sick = await startService(`${ROOT}/test/doctor/sick-service.ts`, {
    monitored: 'itself',
    adminElsewhere: true,
    arguments: [folder],
    env: { TACHO_STORE: '' },
  });
  const collector = await serving((_request, response) => response.end());
  complaints = await eventually('the backup to fail', async () => {
    const examination = await doctor({
      folder,
      variables: {
        TACHO_ADMIN_TOKEN: TOKEN,
        TACHO_ADMIN_PORT: String(sick.ports.admin),
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector}`,
      },
    });
    return examination.complaints.some(({ id }) => id === 'backups') ? examination.complaints : undefined;
  });
});
afterAll(async () => {
  await closeAll();
  await endAll();
  await removeFolders();
});

describe('a service that has gone wrong, and has told nobody', () => {
  it.each(EXPECTED)('%s: %s', (id, found, remedy) => {
    expect(complaints).toContainEqual(
      expect.objectContaining({
        id,
        found: expect.stringMatching(found),
        remedy: expect.stringMatching(remedy),
      }),
    );
  });

  it('is told of nothing else', () => {
    expect(complaints).toHaveLength(EXPECTED.length);
  });
});
