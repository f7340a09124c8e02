import type { ContextCase } from './case.ts';
import { applicationContext } from './cases/application-context.ts';
import { connections } from './cases/connections.ts';
import { expressApp } from './cases/express.ts';
import { httpClients } from './cases/http-clients.ts';
import { koaApp } from './cases/koa.ts';
import { listenersElsewhere } from './cases/listeners-elsewhere.ts';
import { nodeCore } from './cases/node-core.ts';
import { postgres } from './cases/postgres.ts';
import { promisesAndTimers } from './cases/promises-and-timers.ts';
import { redisAndMysql } from './cases/redis-and-mysql.ts';
import { requestListeners } from './cases/request-listeners.ts';
import { requestStreams } from './cases/request-streams.ts';
import { response } from './cases/response.ts';

/** Many at once, where requests share connections and could be mixed up. */
function crowded(sharing: readonly ContextCase[]): ContextCase[] {
  return sharing.map((each) => ({ clients: 50, ...each }));
}

/** Where a callback may run during a request. PostgreSQL comes last: it is up late. */
export const cases: readonly ContextCase[] = [
  ...promisesAndTimers,
  ...nodeCore,
  ...requestListeners,
  ...requestStreams,
  ...response,
  ...connections,
  ...applicationContext,
  ...listenersElsewhere,
  ...crowded(httpClients),
  ...expressApp,
  ...koaApp,
  ...crowded(redisAndMysql),
  ...crowded(postgres),
];
