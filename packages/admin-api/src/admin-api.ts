import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Clock } from '@tacho/core';
import type { Journal } from '@tacho/store';
import { AccessLog } from './access-log/access-log.ts';
import { type AppOptions, createApp } from './app.ts';
import { Door, type DoorOptions, type Site } from './door/door.ts';
import { mountedHostCheck, ownHostCheck } from './door/host.ts';
import { originCheck } from './door/origin.ts';
import { answerPreflight, refuse } from './door/refuse.ts';
import { beginVisit, type Visit } from './door/visit.ts';
import { explainsTo, type OnError } from './error-response.ts';
import { HttpProblem } from './http-problem.ts';
import { clientsBehind } from './limits/client-address.ts';
import { PacedRefusals } from './limits/paced-refusals.ts';
import { type RateLimits, requestLimits } from './limits/request-limits.ts';
import type { AdminMountOptions } from './mount/handlers.ts';
import { DEFAULT_PREFIX } from './mount/prefix.ts';
import { requestIds } from './request-id.ts';

export interface AdminApiOptions
  extends Omit<AppOptions, 'accessLog' | 'journal' | 'onError' | 'newRequestId'>,
    Pick<DoorOptions, 'identify'> {
  readonly clock: Clock;
  /** Has the access log, and nothing else. */
  readonly journal: Journal;
  /** This run of this process: what its entries in the journal are under. */
  readonly writer: string;
  /** Names that the port of its own may be asked for by, beside `localhost` and addresses. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Of web pages that may ask, beside those of the host itself. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Addresses and CIDR blocks of proxies whose word is taken for whom they ask. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** False for none. */
  readonly rateLimit?: RateLimits | false | undefined;
  readonly onError?: OnError | undefined;
}

/** Each listener answers whatever it is given, and never throws or rejects. */
export interface AdminApi {
  /** For a server of its own. */
  readonly own: RequestListener;
  /** For a server of the application's. */
  mounted(options?: AdminMountOptions): RequestListener;
  /** Ends the streams that would go on; answers all else as before. */
  close(): void;
  /** Stores what is left of the access log, which then records no more. Never rejects. */
  storeAccessLog(): Promise<void>;
}

/** The admin API: a door that decides who comes in, and an application that answers them. */
export function createAdminApi(options: AdminApiOptions): AdminApi {
  const { clock, journal, writer, allowedHosts = [], onError = () => {} } = options;
  const newRequestId = requestIds(clock.now());
  const clientOf = clientsBehind(options.trustedProxies);
  const accessLog = new AccessLog({ journal, writer, clock });
  const door = new Door({
    identify: options.identify,
    limits: requestLimits(options.rateLimit),
    checkOrigin: originCheck(options.allowedOrigins ?? []),
  });
  const paced = new PacedRefusals();
  const explain = explainsTo(onError, newRequestId);
  const app = createApp({ ...options, accessLog, onError, newRequestId });

  const isLetIn = async (
    request: IncomingMessage,
    response: ServerResponse,
    visit: Visit,
    site: Site,
  ): Promise<boolean> => {
    try {
      const admission = await door.admit(request, site, visit);
      if (admission === 'preflight') answerPreflight(response, visit.headers);
      return admission === 'let in';
    } catch (thrown) {
      if (!(thrown instanceof HttpProblem)) throw thrown;
      refuse(request, response, { problem: thrown, headers: visit.headers, requestId: newRequestId() });
      // Of a proxy's connection others may be next.
      if (site.isOurs && !visit.client.peerIsProxy) paced.refused(request.socket);
      return false;
    }
  };
  const record = ({ method = '' }: IncomingMessage, { statusCode }: ServerResponse, visit: Visit): void => {
    const access = {
      timestampMs: clock.now(),
      who: visit.identity?.name ?? '',
      role: visit.identity?.role,
      network: visit.client.network,
      method,
      operation: visit.operation,
      target: visit.target,
      status: statusCode,
      reason: visit.reason,
    };
    if (visit.isChange) accessLog.recordChange(access);
    else accessLog.record(access);
  };
  /** What breaks outside of what Koa sees to: the client learns of it, if it still can. */
  const answerBroken = (request: IncomingMessage, response: ServerResponse, thrown: unknown): void => {
    try {
      const { problem, details } = explain(thrown);
      if (response.headersSent) response.destroy();
      else refuse(request, response, { problem, requestId: details.request_id });
    } catch {
      response.destroy();
    }
  };
  const listenerAt = (site: Site): RequestListener => {
    return async (request, response) => {
      try {
        const visit = beginVisit(request, clientOf(request), site.prefix);
        if (await isLetIn(request, response, visit, site)) await app.answer(request, response);
        record(request, response, visit);
      } catch (thrown) {
        answerBroken(request, response, thrown);
      }
    };
  };
  return {
    own: listenerAt({ prefix: DEFAULT_PREFIX, checkHost: ownHostCheck(allowedHosts), isOurs: true }),
    mounted: ({ prefix = DEFAULT_PREFIX } = {}) =>
      listenerAt({
        prefix: prefix.replace(/\/+$/, ''),
        checkHost: mountedHostCheck(allowedHosts),
        isOurs: false,
      }),
    close: () => app.close(),
    storeAccessLog: () => accessLog.close(),
  };
}
