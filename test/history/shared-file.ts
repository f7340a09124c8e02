import { expect } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { leads } from './leads.ts';
import { reaches, send, startMember, total } from './members.ts';

/**
 * Two processes with a worker thread each share a file. Whichever of the four is asked answers for all; one process
 * is killed, and what was flushed stays, and the other takes over the lease.
 */
export async function shareAFile(file: string, requestsEach: number): Promise<void> {
  const first = await startMember(file);
  const second = await startMember(file);
  const members = [first, second];
  await Promise.all(
    members.flatMap(({ service: { ports } }) => [
      send(ports.main!, requestsEach),
      send(ports.thread!, requestsEach),
    ]),
  );

  const all = 4 * requestsEach;
  for (const admin of members.flatMap(({ admins }) => admins)) {
    await reaches(admin, all);
    expect(await total(admin)).toBe(all);
  }

  const admins = members.flatMap(({ admins: own }) => own);
  const leading = await Promise.all(admins.map(leads));
  expect(leading.filter(Boolean)).toHaveLength(1);

  const leader = members[leading.indexOf(true) < 2 ? 0 : 1]!;
  const survivor = leader === first ? second : first;
  await leader.service.child.stop('SIGKILL');
  for (const admin of survivor.admins) expect(await total(admin)).toBe(all);
  await send(survivor.service.ports.thread!, 100);
  await reaches(survivor.admins[0]!, all + 100);
  expect(await total(survivor.admins[0]!)).toBe(all + 100);

  await eventually(
    'another leader',
    async () => ((await Promise.all(survivor.admins.map(leads))).includes(true) ? true : undefined),
    32_000,
  );
  await survivor.service.stop();
}
