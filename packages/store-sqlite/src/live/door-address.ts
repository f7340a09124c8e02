import { platform } from 'node:os';

/** Names of writers that are safe as a part of an address. */
const SAFE = /^[\w-]{1,64}$/;

/**
 * Where a writer can be knocked at by others on its machine: no file on Linux and Windows, so nothing is left behind
 * by those that are killed. Undefined for a name that no process of ours has.
 */
export function doorAddress(writer: string): string | undefined {
  if (!SAFE.test(writer)) return undefined;
  const name = `tacho-${writer}`;
  switch (platform()) {
    case 'linux':
      return `\0${name}`;
    case 'win32':
      return `\\\\.\\pipe\\${name}`;
    default:
      return `/tmp/${name}`;
  }
}
