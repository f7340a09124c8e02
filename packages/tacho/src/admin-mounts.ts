import type { IncomingMessage, RequestListener } from 'node:http';
import type { AdminApi } from '@tacho/admin-api';
import { koaMiddleware, plainHandler, shutDown } from '@tacho/admin-api/mount';
import { prefixFrom } from './config/mount-options.ts';
import type { Monitoring } from './monitoring.ts';
import { onDemand } from './on-demand.ts';

export type AdminMounts = Pick<Monitoring, 'adminHandler' | 'adminMiddleware'>;

export interface AdminMountsParts {
  /** What answers below a prefix. */
  readonly mountedAt: (prefix: string) => RequestListener;
  /** Keeps a request out of the statistics. Must not throw. */
  readonly leaveOut: (request: IncomingMessage) => void;
}

/** The admin API in servers of the application's. */
export function adminMounts({ mountedAt, leaveOut }: AdminMountsParts): AdminMounts {
  const partsAt = (prefix: string) => ({ prefix, answer: mountedAt(prefix), onTaken: leaveOut });
  return {
    adminHandler: (options) => plainHandler(partsAt(prefixFrom(options))),
    adminMiddleware: (options) => koaMiddleware(partsAt(prefixFrom(options))),
  };
}

/** What answers below a prefix: loaded at the first request, and 503 once `isClosed`. */
export function mountedOnDemand(
  load: () => Promise<AdminApi>,
  isClosed: () => boolean,
): (prefix: string) => RequestListener {
  return (prefix) => {
    const listener = onDemand(async () => (await load()).mounted({ prefix }));
    return async (request, response) => {
      if (isClosed()) shutDown(request, response);
      else await (await listener())(request, response);
    };
  };
}
