/** From which version on a release line has what tacho is to run on. */
export interface Floor {
  readonly line: string;
  readonly version: string;
}

/**
 * Node: each line's first version with SQLite's log reset and the crafted-keys denial of service (CVE-2026-21717)
 * both fixed. 23 and 25 are at their end, and are told so by having no floor of their own.
 */
export const NODE_FLOORS: readonly Floor[] = [
  { line: '22', version: '22.22.3' },
  { line: '24', version: '24.15.0' },
  { line: '25', version: '25.9.0' },
  { line: '26', version: '26.0.0' },
];

/** The first that has everything, on the line to be on. */
export const ADVISED_NODE = '24.16';

/** What tacho needs at all. */
export const LEAST_NODE = '22.15';

/** SQLite: where two connections that reset the write-ahead log at once can't damage the file. */
export const SQLITE_FLOORS: readonly Floor[] = [
  { line: '3.44', version: '3.44.6' },
  { line: '3.50', version: '3.50.7' },
  { line: '3.51', version: '3.51.3' },
];

/** Less than 0 where `a` is older. Figures that are missing, and what is no figure, count as 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [figuresOf(a), figuresOf(b)];
  for (let index = 0; index < 3; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The version to update to on a version's own line; undefined where it is new enough.
 * @returns `newer line` where its line was never mended
 */
export function floorMissed(version: string, floors: readonly Floor[]): string | 'newer line' | undefined {
  const own = floors.find(({ line }) => version === line || version.startsWith(`${line}.`));
  if (own !== undefined) return compareVersions(version, own.version) < 0 ? own.version : undefined;
  const last = floors.at(-1);
  return last === undefined || compareVersions(version, last.version) > 0 ? undefined : 'newer line';
}

function figuresOf(version: string): number[] {
  return version
    .replace(/^v/, '')
    .split('.')
    .map((figure) => Number.parseInt(figure, 10) || 0);
}
