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
  /** By their length, which tells most paths from all of them at a glance. */
  readonly #pathsByLength = new Map<number, string[]>();

  constructor(ignoredPaths: readonly string[]) {
    for (const path of ignoredPaths) {
      const alike = this.#pathsByLength.get(path.length);
      if (alike === undefined) this.#pathsByLength.set(path.length, [path]);
      else alike.push(path);
    }
  }

  /** @returns the name to count the request under, or undefined when it is to be measured */
  kindOf(path: string): string | undefined {
    return this.#pathsByLength.get(path.length)?.includes(path) === true ? `excluded ${path}` : undefined;
  }
}
