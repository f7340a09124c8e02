import { AsyncResource } from 'node:async_hooks';
import type { PoolConnection } from 'mysql2';
import type { ContextCase } from '../case.ts';
import { drivers, newRedis } from '../drivers.ts';

export const redisAndMysql: readonly ContextCase[] = [
  {
    name: 'ioredis: commands on a shared connection, awaited',
    callbacks: ['set', 'get', 'unknown'],
    async handle({ res, see }) {
      await drivers.redis().set('key', 'value');
      see('set');
      await drivers.redis().get('key');
      see('get');
      await drivers
        .redis()
        .call('unknown')
        .catch(() => see('unknown'));
      res.end();
    },
  },
  {
    name: 'ioredis: callbacks',
    callbacks: ['set', 'get'],
    handle({ res, see }) {
      drivers.redis().set('key', 'value', () => {
        see('set');
        drivers.redis().get('key', () => {
          see('get');
          res.end();
        });
      });
    },
  },
  {
    name: 'ioredis: pipelines and transactions',
    callbacks: ['pipelined', 'pipeline', 'transaction'],
    async handle({ res, see }) {
      await drivers
        .redis()
        .pipeline()
        .incr('count', () => see('pipelined'))
        .get('count')
        .exec();
      see('pipeline');
      await drivers.redis().multi().incr('count').incr('count').exec();
      see('transaction');
      res.end();
    },
  },
  {
    name: 'ioredis: automatic pipelining of the commands of many requests',
    callbacks: ['incr', 'get'],
    async handle({ res, see }) {
      await drivers.redisPipelining().incr('count');
      see('incr');
      await drivers.redisPipelining().get('count');
      see('get');
      res.end();
    },
  },
  {
    name: 'ioredis: publishing, and a subscription of the request',
    callbacks: ['ready', 'subscribe', 'message', 'publish', 'end'],
    clients: 10,
    async handle({ req, res, see }) {
      const channel = String(req.headers.traceparent);
      const subscriber = newRedis();
      subscriber.on('ready', () => see('ready'));
      subscriber.on('end', () => {
        see('end');
        res.end();
      });
      subscriber.on('message', () => {
        see('message');
        subscriber.disconnect();
      });
      await subscriber.subscribe(channel);
      see('subscribe');
      await drivers.redis().publish(channel, 'text');
      see('publish');
    },
  },
  {
    name: 'mysql2: queries on a pool, awaited',
    callbacks: ['row', 'second row'],
    async handle({ res, see }) {
      await drivers.mysql().promise().query('SELECT 1');
      see('row');
      await drivers.mysql().promise().query('SELECT 2');
      see('second row');
      res.end();
    },
  },
  {
    name: 'mysql2: a transaction on a connection of the pool',
    callbacks: ['connection', 'begin', 'query', 'commit'],
    async handle({ res, see }) {
      const connection = await drivers.mysql().promise().getConnection();
      see('connection');
      await connection.beginTransaction();
      see('begin');
      await connection.query('SELECT 1');
      see('query');
      await connection.commit();
      see('commit');
      connection.release();
      res.end();
    },
  },
  {
    name: 'mysql2: callbacks, bound by the application as mysql2 does not',
    callbacks: ['query', 'connection', 'query of the connection'],
    handle({ res, see }) {
      const { mysql } = drivers;
      const queried = AsyncResource.bind(() => {
        see('query');
        mysql().getConnection(connected);
      });
      const connected = AsyncResource.bind((_error: unknown, connection: PoolConnection) => {
        see('connection');
        connection.query(
          'SELECT 2',
          AsyncResource.bind(() => {
            see('query of the connection');
            connection.release();
            res.end();
          }),
        );
      });
      mysql().query('SELECT 1', queried);
    },
  },
  {
    name: 'mysql2: rows as a stream',
    callbacks: ['row', 'after them'],
    async handle({ res, see }) {
      for await (const _ of drivers.mysql().query('SELECT 1').stream()) see('row');
      see('after them');
      res.end();
    },
  },
];
