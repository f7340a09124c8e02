import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type AppOptions, createApp } from './app.ts';
import { Door, type DoorOptions, type Site } from './door/door.ts';
import { refuse } from './door/refuse.ts';
import { beginVisit, type Visit } from './door/visit.ts';
import type { OnError } from './error-response.ts';
import { HttpProblem } from './http-problem.ts';
import type { Identify } from './identity/identity.ts';
import { clientsBehind } from './limits/client-address.ts';
import { type RateLimits, requestLimits } from './limits/request-limits.ts';
import { requestIds } from './request-id.ts';

/** Where the resources are unless an application says otherwise. */
export const DEFAULT_PREFIX = '/api/performance';

export interface AdminApiOptions
  extends Omit<AppOptions, 'onError' | 'newRequestId'>,
    Omit<DoorOptions, 'clientOf' | 'limits'> {
  identify: Identify;
  /** Addresses and CIDR blocks of proxies whose word is taken for whom they ask. */
  trustedProxies?: readonly string[] | undefined;
  /** False for none. */
  rateLimit?: RateLimits | false | undefined;
  onError?: OnError | undefined;
}

export interface MountOptions {
  /** What the paths of all resources begin with, as `request.url` has it. Default `/api/performance`. */
  readonly prefix?: string | undefined;
}

/** Each listener answers whatever it is given, and never throws or rejects. */
export interface AdminApi {
  /** For a server of its own. */
  readonly own: RequestListener;
  /** For a server of the application's. */
  mounted(options?: MountOptions): RequestListener;
}

/** The admin API: a door that decides who comes in, and an application that answers them. */
export function createAdminApi(options: AdminApiOptions): AdminApi {
  const { clock, trustedProxies, rateLimit, onError = () => {} } = options;
  const newRequestId = requestIds(clock.now());
  const clientOf = clientsBehind(trustedProxies);
  const door = new Door({ ...options, limits: requestLimits(rateLimit) });
  const answer = createApp({ ...options, onError, newRequestId });

  const isLetIn = async (
    request: IncomingMessage,
    response: ServerResponse,
    visit: Visit,
  ): Promise<boolean> => {
    try {
      await door.admit(request, visit);
      return true;
    } catch (thrown) {
      if (!(thrown instanceof HttpProblem)) throw thrown;
      refuse(request, response, { problem: thrown, headers: visit.headers, requestId: newRequestId() });
      return false;
    }
  };
  const listenerAt = ({ prefix }: Site): RequestListener => {
    return async (request, response) => {
      try {
        const visit = beginVisit(request, clientOf(request), prefix);
        if (await isLetIn(request, response, visit)) await answer(request, response);
      } catch {
        response.destroy();
      }
    };
  };
  return {
    own: listenerAt({ prefix: DEFAULT_PREFIX }),
    mounted: ({ prefix = DEFAULT_PREFIX } = {}) => listenerAt({ prefix: prefix.replace(/\/+$/, '') }),
  };
}
