import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { ready } from '../side-channel.ts';
import { mysqlServer } from './mysql-server.ts';
import { createPostgres } from './postgres.ts';
import { respServer } from './resp-server.ts';

/**
 * What the drivers talk to, in a process of its own. PostgreSQL may take seconds to come up; who
 * needs it says where its socket is to be, and asks for `postgres`, which is answered once it is there.
 */
async function portOf(server: Server): Promise<number> {
  if (!server.listening) await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const redis = respServer().listen(0, '127.0.0.1');
// The library's server has no `address()`; the server inside of it has.
const mysql = mysqlServer().listen(0) as unknown as { _server: Server };

const path = process.argv[2];
const postgres =
  path === undefined
    ? Promise.reject(new Error('it was not asked for'))
    : createPostgres().then((db) => new PGLiteSocketServer({ db, path, maxConnections: 10 }).start());
postgres.catch(() => {});

ready(
  { redis: await portOf(redis), mysql: await portOf(mysql._server) },
  { postgres: () => postgres.then(() => 'is up') },
);
