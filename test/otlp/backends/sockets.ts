import { readFile } from 'node:fs/promises';

/** ESTABLISHED, SYN_SENT, FIN_WAIT1, FIN_WAIT2 and CLOSE_WAIT: all that a process has a descriptor of. */
const OPEN = new Set(['01', '02', '04', '05', '08']);

/** How many connections there are to a port of this machine, made or being made, seen from the side that asks. */
export async function connectionsTo(port: number): Promise<number> {
  const table = await readFile('/proc/net/tcp', 'latin1');
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const rows = table.split('\n').slice(1);
  return rows.filter((row) => {
    const [, , remote = '', state = '', , , , , , inode = '0'] = row.trim().split(/\s+/);
    return remote.endsWith(`:${hex}`) && OPEN.has(state) && inode !== '0';
  }).length;
}
