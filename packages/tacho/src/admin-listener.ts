import type { RequestListener, Server } from 'node:http';
import type { AdminApi, AdminApiOptions, IdentificationOptions, Listener } from '@tacho/admin-api';
import type { Clock } from '@tacho/core';
import { mountedOnDemand } from './admin-mounts.ts';
import { AdminPort, type Claims } from './admin-port.ts';
import type { serveAdminApi } from './admin-server.ts';
import { type AdminAccess, adminAccess } from './admin-tokens.ts';
import type { AdminApiConfig } from './config/admin-api-config.ts';
import { errorText } from './error-text.ts';
import type { Notices } from './log/notices.ts';
import { onDemand } from './on-demand.ts';

export interface AdminListenerOptions
  extends Pick<
      AdminApiOptions,
      'history' | 'alerts' | 'health' | 'keyPeriods' | 'thresholds' | 'journal' | 'writer'
    >,
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
  /** Ends its own server and every stream. Never rejects. */
  close(): Promise<void>;
  /** Hands over what is left of the access log, in which nothing is recorded any more. Never rejects. */
  storeAccessLog(): Promise<void>;
}

/** A server of its own, or none. */
type OwnPort = Pick<AdminListener, 'url' | 'close'>;

const NO_PORT: OwnPort = { url: undefined, close: async () => {} };
const NO_ADMIN_API: AdminListener = { ...NO_PORT, mountedAt: undefined, storeAccessLog: async () => {} };

const SHUT =
  'the admin API is shut, because no token is set: set TACHO_ADMIN_TOKEN, or the option adminApi.tokens, to open it.';

/** What it takes to answer, once it is loaded. */
interface Loaded {
  readonly api: AdminApi;
  readonly serve: typeof serveAdminApi;
}

/**
 * Opens the admin API on a port of its own, and says in one line where it is and how to get in. What serves it is
 * loaded where it is opened, and once the service has had its turn; or at the first request to a server of the
 * application's that it is mounted in. Of several processes with one port one has it, and another takes it over when
 * that ends.
 */
export function openAdminApi(options: AdminListenerOptions): AdminListener {
  const { config, notices } = options;
  if (config === false) return NO_ADMIN_API;
  const access = adminAccess(config, options.tellTerminal !== undefined);
  let isClosed = false;
  let opened: AdminApi | undefined;
  const load = onDemand(async (): Promise<Loaded> => {
    const { adminApiFrom, serveAdminApi: serve } = await import('./admin-server.ts');
    opened = adminApiFrom({
      ...options,
      ...config,
      tokens: access.kind === 'shut' ? [] : access.tokens,
      fetch: fetchUnobserved,
      allowedHosts: [config.host, ...config.allowedHosts],
      warn: (line) => notices.warnRarely('identification', line),
      onError: (error, requestId) =>
        notices.warnRarely('admin-api', `the admin API failed at request ${requestId}: ${errorText(error)}`),
    });
    return { api: opened, serve };
  });
  if (access.kind === 'shut') notices.info(SHUT);
  else if (access.kind === 'this run' && !config.listen)
    options.tellTerminal?.(
      `tacho: the admin API is where it is mounted (token for this run: ${access.shown})`,
    );
  const isServed = access.kind !== 'shut' && config.listen;
  const own = isServed ? ownPort({ ...options, config, access, load, isClosed: () => isClosed }) : NO_PORT;
  return {
    get url() {
      return own.url;
    },
    mountedAt: mountedOnDemand({
      load: async () => (await load()).api,
      isShut: access.kind === 'shut',
      isClosed: () => isClosed,
    }),
    async close() {
      isClosed = true;
      opened?.close();
      await own.close();
    },
    storeAccessLog: async () => opened?.storeAccessLog(),
  };
}

interface OwnPortParts extends AdminListenerOptions {
  readonly config: AdminApiConfig;
  readonly access: Exclude<AdminAccess, { kind: 'shut' }>;
  readonly load: () => Promise<Loaded>;
  readonly isClosed: () => boolean;
}

function ownPort({ access, load, isClosed, ...options }: OwnPortParts): OwnPort {
  const { config, clock, notices } = options;
  const port = new AdminPort({ ...config, claims: options.claims, clock, notices });
  let url: string | undefined;
  const open = async (): Promise<Listener | undefined> => {
    const { api, serve } = await load();
    if (isClosed()) return undefined;
    return serve(api, {
      ...options,
      ...config,
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
  const listener = open().catch((error: unknown) => {
    notices.warn(`the admin API could not be opened: ${errorText(error)}`);
    return undefined;
  });
  return {
    get url() {
      return url;
    },
    close: async () => void (await Promise.all([port.left(), listener.then((found) => found?.close())])),
  };
}

/** The keys of JWTs are nothing that the application has asked for. */
const fetchUnobserved: IdentificationOptions['fetch'] = async (url, init) => {
  const { unobserved } = await import('@tacho/otel/unobserved');
  return unobserved(() => fetch(url, init));
};
