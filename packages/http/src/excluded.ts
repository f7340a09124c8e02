import type { Server } from 'node:net';

/** Paths that probes ask for; they would drown what users do. Replaced by the option `ignorePaths`. */
export const DEFAULT_IGNORED_PATHS: readonly string[] = [
  '/health',
  '/healthz',
  '/livez',
  '/readyz',
  '/health/live',
  '/health/ready',
];

/** Decides which requests are left out of the statistics, and under what name they are counted. */
export class Exclusions {
  readonly #paths: ReadonlySet<string>;
  readonly #ownServers = new WeakSet<Server>();

  constructor(ignoredPaths: readonly string[]) {
    this.#paths = new Set(ignoredPaths);
  }

  /** From now on nothing that this server serves is measured. */
  addOwnServer(server: Server): void {
    this.#ownServers.add(server);
  }

  isOwn(server: Server): boolean {
    return this.#ownServers.has(server);
  }

  /** @returns the name to count the request under, or undefined when it is to be measured */
  kindOf(server: Server, path: string): string | undefined {
    if (this.#ownServers.has(server)) return 'admin-api';
    return this.#paths.has(path) ? `excluded ${path}` : undefined;
  }
}
