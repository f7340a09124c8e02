import type { IncomingMessage, RequestListener } from 'node:http';
import type { AdminApi } from '@tacho/admin-api';
import { koaMiddleware, nobodyComesIn, plainHandler, shutDown } from '@tacho/admin-api/mount';
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

export interface OnDemandParts {
  readonly load: () => Promise<AdminApi>;
  /** Whether nobody may come in. */
  readonly isShut: boolean;
  /** Whether it is over. */
  readonly isClosed: () => boolean;
}

/** What answers below a prefix, loaded at the first request that it takes to answer. */
export function mountedOnDemand(parts: OnDemandParts): AdminMountsParts['mountedAt'] {
  const { load, isShut, isClosed } = parts;
  return (prefix) => {
    const listener = onDemand(async () => (await load()).mounted({ prefix }));
    return async (request, response) => {
      if (isClosed()) shutDown(request, response);
      else if (isShut) nobodyComesIn(request, response);
      else await (await listener())(request, response);
    };
  };
}
