import type { Server } from 'node:http';
import {
  type AdminApiOptions,
  bearerTokens,
  createAdminApi,
  createAdminServer,
  type Listener,
  type ListenOptions,
  listen,
} from '@tacho/admin-api';
import type { Clock } from '@tacho/core';

export interface AdminServerOptions
  extends Omit<AdminApiOptions, 'clock' | 'identify'>,
    Omit<ListenOptions, 'clock'> {
  readonly tokens: readonly string[];
  readonly clock: Clock;
  /** Told of the server before it serves anything. */
  readonly hide: (server: Server) => void;
}

/** Serves the admin API on a port of its own, as soon as that is free. */
export function serveAdminApi(options: AdminServerOptions): Listener {
  const server = createAdminServer(
    createAdminApi({ ...options, identify: bearerTokens(options.tokens) }).own,
  );
  options.hide(server);
  return listen(server, options);
}
