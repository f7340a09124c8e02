import { access, constants, statfs } from 'node:fs/promises';
import process from 'node:process';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, skipped, warning } from '../finding.ts';
import { storeOf } from '../store-place.ts';
import { existingAbove } from './disk-space.ts';

/** `f_type` of Linux. */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
]);

/** Whether the store is where it can be written, and locked for all who share it. */
export const storePlace: Check = {
  id: 'store-place',
  group: 'store',
  async examine(patient) {
    const { path, serviceHas } = await storeOf(patient);
    if (path === undefined) return [skipped('the store is in memory')];
    const folder = existingAbove(path);
    const findings: Finding[] = [];
    if (process.platform === 'linux') findings.push(...onNetwork((await statfs(folder)).type, path));
    const isWritable = await access(folder, constants.W_OK).then(
      () => true,
      () => false,
    );
    if (!isWritable)
      findings.push(
        problem(
          `${folder} can't be written by this user: a store there is kept in memory instead`,
          `chown it to the service's user, or say with TACHO_STORE (option store) where that may write.`,
        ),
      );
    if (serviceHas !== undefined && serviceHas !== path)
      findings.push(
        warning(
          `the service that answers has its store at ${serviceHas}, and not at ${path}`,
          'Run doctor with the environment of that service; or say with --url which one is meant.',
        ),
      );
    return findings.length > 0 ? findings : [ok(`${folder} can be written`)];
  },
};

export function onNetwork(fileSystem: number, path: string): readonly Finding[] {
  const name = NETWORK_FILE_SYSTEMS.get(fileSystem >>> 0);
  if (name === undefined) return [];
  return [
    warning(
      `${path} is on a file system of the network (${name}), whose locks may not hold between machines`,
      'Say with TACHO_STORE where a disk of this machine is; each machine has a store of its own.',
    ),
  ];
}
