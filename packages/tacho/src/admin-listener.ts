import type { RequestListener, Server } from 'node:http';
import type { AdminApiOptions, IdentificationOptions, Listener } from '@tacho/admin-api';
import type { Clock } from '@tacho/core';
import { mountedOnDemand } from './admin-mounts.ts';
import { AdminPort, type Claims } from './admin-port.ts';
import { adminAccess } from './admin-tokens.ts';
import type { AdminApiConfig } from './config/admin-api-config.ts';
import { errorText } from './error-text.ts';
import type { Notices } from './log/notices.ts';
import { onDemand } from './on-demand.ts';

export interface AdminListenerOptions
  extends Pick<AdminApiOptions, 'history' | 'health' | 'keyPeriods' | 'thresholds'>,
    Pick<IdentificationOptions, 'pseudonymOf'> {
  readonly config: false | AdminApiConfig;
  readonly clock: Clock;
  readonly notices: Notices;
  /** How processes that share the store, and the port, know each other; undefined where none does. */
  readonly claims: Claims | undefined;
  /** Shows the person at the terminal a line that no log may have; undefined where there is no terminal. */
  readonly tellTerminal: ((line: string) => void) | undefined;
  /** Told of the server before it serves anything. */
  readonly hide: (server: Server) => void;
}

export interface AdminListener {
  /** Undefined until it listens. */
  readonly url: string | undefined;
  /** What answers below a prefix of a server of the application's; undefined where there is to be no admin API. */
  readonly mountedAt: ((prefix: string) => RequestListener) | undefined;
  close(): Promise<void>;
}

const NO_ADMIN_API: AdminListener = { url: undefined, mountedAt: undefined, close: async () => {} };

const SHUT =
  'the admin API is shut, because no token is set: set TACHO_ADMIN_TOKEN, or the option adminApi.tokens, to open it.';

/**
 * Opens the admin API on a port of its own, and says in one line where it is and how to get in. What serves it is
 * loaded where it is opened, and once the service has had its turn; or at the first request to a server of the
 * application's that it is mounted in. Of several processes with one port one has it, and another takes it over when
 * that ends.
 */
export function openAdminApi(options: AdminListenerOptions): AdminListener {
  const { config, clock, notices } = options;
  if (config === false) return NO_ADMIN_API;
  const access = adminAccess(config, options.tellTerminal !== undefined);
  let isClosed = false;
  const loaded = onDemand(async () => {
    const { adminApiFrom, serveAdminApi } = await import('./admin-server.ts');
    const api = adminApiFrom({
      ...options,
      ...config,
      tokens: access.kind === 'shut' ? [] : access.tokens,
      fetch: (url, init) => fetch(url, init),
      warn: (line) => notices.warnRarely('identification', line),
      onError: (error, requestId) =>
        notices.warnRarely('admin-api', `the admin API failed at request ${requestId}: ${errorText(error)}`),
    });
    return { api, serveAdminApi };
  });
  const mountedAt = mountedOnDemand(
    async () => (await loaded()).api,
    () => isClosed,
  );
  if (access.kind === 'shut') {
    notices.info(SHUT);
    return {
      url: undefined,
      mountedAt,
      close: async () => {
        isClosed = true;
      },
    };
  }
  const port = new AdminPort({ ...config, claims: options.claims, clock, notices });
  let url: string | undefined;
  const serve = async (): Promise<Listener | undefined> => {
    const { api, serveAdminApi } = await loaded();
    if (isClosed) return undefined;
    return serveAdminApi(api, {
      ...options,
      ...config,
      clock,
      onListening: (address) => {
        url = address;
        port.taken();
        const where = `the admin API is at ${address}/api/performance`;
        if (access.kind === 'configured') notices.info(where);
        else options.tellTerminal?.(`tacho: ${where} (token for this run: ${access.shown})`);
      },
      onRefused: (error) => void port.refused(error),
    });
  };
  const listener = serve().catch((error: unknown) => {
    notices.warn(`the admin API could not be opened: ${errorText(error)}`);
    return undefined;
  });
  return {
    get url() {
      return url;
    },
    mountedAt,
    async close() {
      isClosed = true;
      await Promise.all([port.left(), listener.then((opened) => opened?.close())]);
    },
  };
}
