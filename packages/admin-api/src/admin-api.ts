import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type AppOptions, createApp } from './app.ts';
import { Door, type DoorOptions, type Site } from './door/door.ts';
import { refuse } from './door/refuse.ts';
import { beginVisit, type Visit } from './door/visit.ts';
import type { OnError } from './error-response.ts';
import { HttpProblem } from './http-problem.ts';
import { requestIds } from './request-id.ts';

/** Where the resources are unless an application says otherwise. */
export const DEFAULT_PREFIX = '/api/performance';

export interface AdminApiOptions extends Omit<AppOptions, 'onError' | 'newRequestId'>, DoorOptions {
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
  const { clock, onError = () => {} } = options;
  const newRequestId = requestIds(clock.now());
  const door = new Door(options);
  const answer = createApp({ ...options, onError, newRequestId });

  const admitted = async (
    request: IncomingMessage,
    response: ServerResponse,
    site: Site,
  ): Promise<Visit | undefined> => {
    try {
      return await door.admit(request, site);
    } catch (thrown) {
      if (!(thrown instanceof HttpProblem)) throw thrown;
      refuse(request, response, thrown, newRequestId());
      return undefined;
    }
  };
  const listenerAt = (site: Site): RequestListener => {
    return async (request, response) => {
      try {
        const visit = await admitted(request, response, site);
        if (visit === undefined) return;
        beginVisit(request, visit);
        await answer(request, response);
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
