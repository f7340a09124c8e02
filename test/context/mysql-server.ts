import type { Socket } from 'node:net';
import mysql, { type Connection } from 'mysql2';

/** As much of a MySQL server as the cases need: a SELECT gives its last word, as `n`, and all else succeeds. */
export function mysqlServer(): ReturnType<typeof mysql.createServer> {
  return mysql.createServer((connection) => {
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: '8.0.0',
      connectionId: 1,
      statusFlags: 2,
      characterSet: UTF8MB4,
      capabilityFlags: ALL_BUT_TLS_AND_COMPRESSION,
      authCallback: (_credentials: unknown, accept: (refusal: null) => void) =>
        replyFrom(connection, 2, () => accept(null)),
    });
    connection.on('query', (sql: string) => replyFrom(connection, 1, () => reply(connection, sql)));
    connection.on('error', () => undefined);
  });
}

const UTF8MB4 = 45;
const VARCHAR = 253;
const ALL_BUT_TLS_AND_COMPRESSION = 0xffffff & ~0x800 & ~0x20;

const COLUMN = {
  catalog: 'def',
  schema: '',
  table: '',
  orgTable: '',
  name: 'n',
  orgName: 'n',
  characterSet: UTF8MB4,
  columnLength: 20,
  columnType: VARCHAR,
  flags: 0,
  decimals: 0,
};

function reply(connection: Connection, sql: string): void {
  if (sql.startsWith('SELECT')) connection.writeTextResult([{ n: sql.split(' ').at(-1) }], [COLUMN]);
  else connection.writeOk();
}

/** Packets are numbered within a command, which the library leaves to its user; they go out together. */
function replyFrom(connection: Connection, sequenceId: number, write: () => void): void {
  const { stream } = connection as unknown as { stream: Socket };
  stream.cork();
  connection.sequenceId = sequenceId;
  write();
  connection.sequenceId = 0;
  stream.uncork();
}
