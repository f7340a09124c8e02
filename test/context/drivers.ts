import { Redis } from 'ioredis';
import mysql from 'mysql2';
import pg from 'pg';

/** What the service is started with: two ports and the folder that PostgreSQL's socket is in. */
const [redisPort, mysqlPort, postgresFolder] = process.argv.slice(2);

/** Clients of `backends.ts`, shared by all requests as an application's are: made by the first that wants one. */
export const drivers = {
  pg: once(() => new pg.Pool({ ...postgres(), max: 4 })),
  pgOne: once(() => new pg.Pool({ ...postgres(), max: 1 })),
  redis: once(() => new Redis(redisOptions())),
  redisPipelining: once(() => new Redis({ ...redisOptions(), enableAutoPipelining: true })),
  mysql: once(() =>
    mysql.createPool({ host: '127.0.0.1', port: Number(mysqlPort), user: 'u', connectionLimit: 4 }),
  ),
};

/** A connection of its own, for a subscriber. */
export function newRedis(): Redis {
  return new Redis(redisOptions());
}

function postgres(): pg.PoolConfig {
  return { host: postgresFolder ?? '', user: 'postgres', database: 'postgres' };
}

function redisOptions(): {
  host: string;
  port: number;
  enableReadyCheck: boolean;
  disableClientInfo: boolean;
} {
  return { host: '127.0.0.1', port: Number(redisPort), enableReadyCheck: false, disableClientInfo: true };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
