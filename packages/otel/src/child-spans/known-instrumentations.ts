/** A published instrumentation: of `@opentelemetry/instrumentation-<name>`, the class and what it is to be set to. */
export interface KnownInstrumentation {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Those that can are told to make spans below others only: what a service does by itself is no part of a request. */
const BELOW_OTHERS = { requireParentSpan: true };

/**
 * What `auto` looks for: clients of databases, and of HTTP beside Node's own. Not the frameworks, which would make a
 * span of each middleware; not `http`, which is traced already; and not what Node does below all of them.
 */
export const KNOWN_INSTRUMENTATIONS: readonly KnownInstrumentation[] = [
  { name: 'pg', className: 'PgInstrumentation', config: BELOW_OTHERS },
  { name: 'mysql', className: 'MySQLInstrumentation', config: {} },
  { name: 'mysql2', className: 'MySQL2Instrumentation', config: {} },
  { name: 'tedious', className: 'TediousInstrumentation', config: {} },
  { name: 'oracledb', className: 'OracleInstrumentation', config: BELOW_OTHERS },
  { name: 'knex', className: 'KnexInstrumentation', config: BELOW_OTHERS },
  { name: 'mongodb', className: 'MongoDBInstrumentation', config: BELOW_OTHERS },
  { name: 'mongoose', className: 'MongooseInstrumentation', config: BELOW_OTHERS },
  { name: 'cassandra-driver', className: 'CassandraDriverInstrumentation', config: {} },
  { name: 'redis', className: 'RedisInstrumentation', config: BELOW_OTHERS },
  { name: 'ioredis', className: 'IORedisInstrumentation', config: BELOW_OTHERS },
  { name: 'memcached', className: 'MemcachedInstrumentation', config: {} },
  { name: 'undici', className: 'UndiciInstrumentation', config: { requireParentforSpans: true } },
];
