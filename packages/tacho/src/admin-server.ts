import type { Server } from 'node:http';
import {
  type AdminApiOptions,
  createAdminApi,
  createAdminServer,
  type Listener,
  listen,
} from '@tacho/admin-api';

export interface AdminServerOptions extends AdminApiOptions {
  readonly host: string;
  readonly port: number;
  /** Told of the server before it serves anything. */
  readonly exclude: (server: Server) => void;
  readonly onListening: (url: string) => void;
  readonly onUnavailable: (reason: string) => void;
}

/** Serves the admin API on a port of its own, as soon as that is free. */
export function serveAdminApi(options: AdminServerOptions): Listener {
  const server = createAdminServer(createAdminApi(options));
  options.exclude(server);
  return listen(server, options);
}
