import { Connection } from '../load/connection.ts';

/** Requests that Node answers by itself, each with the status of its answer. */
const REFUSED: readonly { readonly status: number; readonly bytes: string }[] = [
  { status: 400, bytes: 'GET / HTTP/1.1\r\nHost: service.test\r\nno colon here\r\n\r\n' },
  { status: 400, bytes: 'GET / HTTP/1.1\r\nAccept: */*\r\n\r\n' },
  {
    status: 417,
    bytes: 'GET / HTTP/1.1\r\nHost: service.test\r\nExpect: a-miracle\r\nConnection: close\r\n\r\n',
  },
  { status: 431, bytes: `GET / HTTP/1.1\r\nHost: service.test\r\nX-Long: ${'x'.repeat(17_000)}\r\n\r\n` },
];

/** @returns how many were answered with each status, as the client saw it */
export async function sendRefused(port: number, times: number): Promise<Record<number, number>> {
  const answered: Record<number, number> = {};
  for (let i = 0; i < times * REFUSED.length; i++) {
    const { status: expected, bytes } = REFUSED[i % REFUSED.length]!;
    const connection = await Connection.open(port);
    const { status } = await connection.exchangeOne({ method: 'GET', bytes });
    if (status !== expected) throw new Error(`Node answered ${status} where ${expected} was expected`);
    answered[status] = (answered[status] ?? 0) + 1;
    await connection.closed;
  }
  return answered;
}
