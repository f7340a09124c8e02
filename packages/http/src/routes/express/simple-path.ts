/** A path of whole segments, each the path's own text or a parameter: what it matches is told at one glance. */
export interface SimplePath {
  readonly template: string;
  /** The source of a regular expression for just what it matches, in one piece. */
  readonly pattern: string;
  /** Undefined where there is no letter that could be a capital. */
  readonly mindsCase: boolean | undefined;
}

const NO_PATH: SimplePath = { template: '', pattern: '', mindsCase: undefined };

/**
 * @param raw without a slash at its end
 * @param matches whether a text is matched as a whole, as a router does it
 * @returns undefined for a path that is more than that
 */
export function simplePath(raw: string, matches: (text: string) => boolean): SimplePath | undefined {
  if (raw === '') return NO_PATH;
  if (!/^(?:\/(?:[\w~-]+|:\w+))+$/.test(raw)) return undefined;
  const own = raw.replace(/:\w+/g, '0');
  const swapped = swapCase(own);
  const mindsCase = swapped === own ? undefined : !matches(swapped);
  return { template: raw, pattern: raw.replace(/:\w+/g, '[^/]+'), mindsCase };
}

export function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

/** @returns undefined where some mind the case and others do not, which one regular expression can't say */
export function patternOf(paths: readonly SimplePath[]): RegExp | undefined {
  const cases = new Set(paths.map(({ mindsCase }) => mindsCase).filter((minds) => minds !== undefined));
  if (cases.size > 1) return undefined;
  return new RegExp(`^${paths.map(({ pattern }) => pattern).join('')}$`, cases.has(false) ? 'i' : '');
}
