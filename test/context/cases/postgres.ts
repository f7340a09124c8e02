import { AsyncResource } from 'node:async_hooks';
import pg from 'pg';
import type { ContextCase } from '../case.ts';
import { drivers } from '../drivers.ts';

export const postgres: readonly ContextCase[] = [
  {
    name: 'pg: queries on a pool, awaited',
    callbacks: ['SELECT 1', 'SELECT 2'],
    async handle({ res, see }) {
      await drivers.pg().query('SELECT 1');
      see('SELECT 1');
      await drivers.pg().query('SELECT 2');
      see('SELECT 2');
      res.end();
    },
  },
  {
    name: 'pg: queries with parameters, all on one connection',
    callbacks: ['row'],
    async handle({ res, see }) {
      const id = Math.floor(Math.random() * 1e6);
      const { rows } = await drivers.pgOne().query('SELECT $1::int AS id', [id]);
      see(rows[0]?.id === id ? 'row' : 'the row of another');
      res.end();
    },
  },
  {
    name: 'pg: a transaction on a client of the pool',
    callbacks: ['connect', 'BEGIN', 'SELECT', 'COMMIT'],
    async handle({ res, see }) {
      const client = await drivers.pg().connect();
      see('connect');
      for (const sql of ['BEGIN', 'SELECT', 'COMMIT']) {
        await client.query(sql);
        see(sql);
      }
      client.release();
      res.end();
    },
  },
  {
    name: 'pg: a query that fails',
    callbacks: ['catch'],
    async handle({ res, see }) {
      await drivers
        .pg()
        .query('SELECT nothing FROM nowhere')
        .catch(() => see('catch'));
      res.end();
    },
  },
  {
    name: 'pg: callbacks and events, bound by the application as pg does not',
    callbacks: ['query', 'connect', 'row', 'end'],
    handle({ res, see }) {
      const queried = AsyncResource.bind(() => {
        see('query');
        drivers.pg().connect(connected);
      });
      const connected = AsyncResource.bind((_error: unknown, client: pg.PoolClient | undefined) => {
        see('connect');
        const query = client?.query(new pg.Query('SELECT 2'));
        query?.on(
          'row',
          AsyncResource.bind(() => see('row')),
        );
        query?.on(
          'end',
          AsyncResource.bind(() => {
            see('end');
            client?.release();
            res.end();
          }),
        );
      });
      drivers.pg().query('SELECT 1', queried);
    },
  },
];
