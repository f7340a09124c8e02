import type { Server } from 'node:http';
import {
  type AdminApi,
  type AdminApiOptions,
  createAdminApi,
  createAdminServer,
  type IdentificationOptions,
  identification,
  type Listener,
  type ListenOptions,
  listen,
} from '@tacho/admin-api';

export type AdminApiParts = Omit<AdminApiOptions, 'identify'> & IdentificationOptions;

export function adminApiFrom(options: AdminApiParts): AdminApi {
  return createAdminApi({ ...options, identify: identification(options) });
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
