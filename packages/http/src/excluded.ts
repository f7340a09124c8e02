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

/** Marked by a property, which is found faster than a place in a weak set: every request looks for it. */
type OwnServer = Server & { [own: symbol]: true | undefined };

/** Decides which requests are left out of the statistics, and under what name they are counted. */
export class Exclusions {
  /** By their length, which tells most paths from all of them at a glance. */
  readonly #pathsByLength = new Map<number, string[]>();
  readonly #own = Symbol('tacho.own');

  constructor(ignoredPaths: readonly string[]) {
    for (const path of ignoredPaths) {
      const alike = this.#pathsByLength.get(path.length);
      if (alike === undefined) this.#pathsByLength.set(path.length, [path]);
      else alike.push(path);
    }
  }

  /** From now on nothing that this server serves is measured. */
  addOwnServer(server: Server): void {
    (server as OwnServer)[this.#own] = true;
  }

  isOwn(server: Server): boolean {
    return (server as OwnServer)[this.#own] === true;
  }

  /** @returns the name to count the request under, or undefined when it is to be measured */
  kindOf(server: Server, path: string): string | undefined {
    if (this.isOwn(server)) return 'admin-api';
    return this.#pathsByLength.get(path.length)?.includes(path) === true ? `excluded ${path}` : undefined;
  }
}
