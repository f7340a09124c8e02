import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endAll, ROOT } from '../processes.ts';
import { type Service, startService, TOKEN } from '../service.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';
import { doctor, type Examination } from './doctor.ts';
import { ENVIRONMENT_SEEDS, SECRET } from './environment-seeds.ts';
import { INSTALLATION_SEEDS } from './installation-seeds.ts';
import { NETWORK_SEEDS } from './network-seeds.ts';
import { closeAll } from './places.ts';
import type { Planted } from './seed.ts';
import { STORE_SEEDS } from './store-seeds.ts';

const SEEDS = [...ENVIRONMENT_SEEDS, ...INSTALLATION_SEEDS, ...STORE_SEEDS, ...NETWORK_SEEDS];

/** Some wait. */
const AT_ONCE = 3;

let well: Service;
const examinations = new Map<string, Examination>();

beforeAll(async () => {
  well = await startService(`${ROOT}/test/services/users.ts`);
  const left = [...SEEDS];
  const examineNext = async (): Promise<void> => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
      const folder = await temporaryFolder();
      examinations.set(seed.name, await examined(folder, await seed.plant({ folder, well })));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, examineNext));
  await closeAll();
});
afterAll(async () => {
  await endAll();
  await removeFolders();
});

/** Where nothing is wrong, but for what is planted. */
async function examined(folder: string, planted: Planted): Promise<Examination> {
  const { variables, arguments: argv = [] } = planted;
  return await doctor({
    folder,
    variables: {
      TACHO_ADMIN_PORT: new URL(well.admin.url).port,
      TACHO_ADMIN_TOKEN: TOKEN,
      ...(argv.includes('--store') ? {} : { TACHO_STORE: 'memory' }),
      ...variables,
    },
    arguments: argv,
  });
}

describe('a service that is well', () => {
  it('has nothing to complain of, and its request is found again', async () => {
    const app = ['--app', `http://127.0.0.1:${well.ports.http}`];
    const folder = await temporaryFolder();
    const { exitCode, complaints, findings, stderr } = await examined(folder, { arguments: app });
    expect({ complaints, stderr, exitCode }).toEqual({ complaints: [], stderr: '', exitCode: 0 });
    const found = findings.filter(({ id }) => id === 'traced-request').map((each) => each.found);
    expect(found).toEqual([expect.stringMatching(/answered 404 to a GET, and counted it at once$/)]);
  });
});

describe('what is wrong is named with its remedy, and nothing else is complained of', () => {
  it('is of 25 kinds and more', () => {
    expect(SEEDS.length).toBeGreaterThanOrEqual(25);
    expect(examinations.size).toBe(SEEDS.length);
  });

  it.each(SEEDS.map((seed) => [seed.name, seed] as const))('%s', (name, { id, status, remedy }) => {
    const examination = examinations.get(name);
    expect(examination?.complaints).toEqual([
      expect.objectContaining({ id, status, remedy: expect.stringMatching(remedy) }),
    ]);
    expect(examination?.exitCode).toBe(status === 'problem' ? 1 : 0);
    expect(examination?.text).not.toMatch(/hunter22|changeme123|the-wrong-one|qV8n-/);
    expect(examination?.text).not.toContain(SECRET);
    expect(examination?.text).not.toContain(TOKEN);
  });
});
