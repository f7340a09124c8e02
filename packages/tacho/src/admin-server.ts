import type { Server } from 'node:http';
import {
  type AdminApi,
  type AdminApiOptions,
  bearerTokens,
  createAdminApi,
  createAdminServer,
  type Listener,
  type ListenOptions,
  listen,
} from '@tacho/admin-api';

export interface AdminApiParts extends Omit<AdminApiOptions, 'identify'> {
  readonly tokens: readonly string[];
}

export function adminApiFrom(options: AdminApiParts): AdminApi {
  return createAdminApi({ ...options, identify: bearerTokens(options.tokens) });
}

export interface AdminServerOptions extends ListenOptions {
  /** Told of the server before it serves anything. */
  readonly hide: (server: Server) => void;
}

/** Serves the admin API on a port of its own, as soon as that is free. */
export function serveAdminApi(api: AdminApi, options: AdminServerOptions): Listener {
  const server = createAdminServer(api.own);
  options.hide(server);
  return listen(server, options);
}
