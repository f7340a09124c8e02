import { types } from 'node:util';
import { expressFourPaths } from './express-4-path.ts';
import {
  isRawPath,
  type Layer,
  layerLike,
  type Path,
  pathsIn,
  type RawPath,
  type ToldPath,
} from './layer.ts';
import { type Matcher, ProbedPath } from './probed-path.ts';
import { type SimplePath, simplePath } from './simple-path.ts';

/** What a layer matched of a text. */
export interface Taken extends ToldPath {
  readonly matched: string;
}

/** The paths of a layer, as its router goes through them: the first that matches counts. */
export class LayerPaths {
  /** The path, where there is but one and that is simple. */
  readonly simple: SimplePath | undefined;
  readonly #paths: readonly Path[];

  constructor(paths: readonly Path[]) {
    this.#paths = paths;
    this.simple = paths.length === 1 ? paths[0]?.simple : undefined;
  }

  /** @returns undefined where no path matches, or it can't be told which template that is */
  match(text: string): Taken | undefined {
    for (const path of this.#paths) {
      const matched = path.match(text);
      if (matched === undefined) continue;
      const told = path.tell(matched);
      // Of several paths, one says nothing of what another may have taken before it.
      const simple = this.#paths.length === 1 ? told?.simple : undefined;
      return told && { template: told.template, simple, matched };
    }
    return undefined;
  }
}

const known = new WeakMap<Layer, LayerPaths>();

/** The paths of a layer for all that begins with them: one that leads into a router, say. */
export function mountPathsOf(layer: Layer): LayerPaths {
  let paths = known.get(layer);
  if (paths === undefined) {
    paths = new LayerPaths(pathsOfMount(layer));
    known.set(layer, paths);
  }
  return paths;
}

export function pathsOfMount(layer: Layer): Path[] {
  const { regexp, matchers, slash, rawPath } = layer;
  if (slash === true || isMarked(regexp, 'fast_slash')) return [ALL];
  if (isMarked(regexp, 'fast_star')) return [STAR];
  if (types.isRegExp(regexp)) {
    return expressFourPaths(layer, regexp).map((path) => fixedPath(path.regexp, asMount(path.raw)));
  }
  const raw = pathsIn(rawPath);
  return matchersIn(matchers).map((matcher, n) => matcherPath(matcher, asMount(raw[n])));
}

/**
 * @param path all that the layer's route has
 * @param strict whether a slash at the end of a path counts
 */
export function routePathsOf(layer: Layer, path: unknown, strict: boolean): LayerPaths {
  const { regexp, matchers } = layer;
  const raw = pathsIn(path);
  if (!types.isRegExp(regexp)) {
    return new LayerPaths(matchersIn(matchers).map((matcher, n) => matcherPath(matcher, raw[n])));
  }
  const options = { sensitive: !regexp.ignoreCase, strict, end: true };
  return new LayerPaths(
    raw.filter(isRawPath).map((one) => fixedPath(layerLike(layer, one, options).regexp as RegExp, one)),
  );
}

function isMarked(regexp: unknown, mark: string): boolean {
  return (regexp as Record<string, unknown> | undefined)?.[mark] === true;
}

/** A slash at the end of it says nothing: what follows begins with one. */
function asMount<T>(raw: T): T | string {
  return typeof raw === 'string' && raw.endsWith('/') ? raw.slice(0, -1) : raw;
}

function matchersIn(matchers: unknown): Matcher[] {
  return Array.isArray(matchers) ? (matchers as Matcher[]) : [];
}

/** Of a layer for all paths. */
const ALL: Path = pathOf('', () => '');
/** Of a layer for `*` in Express 4. */
const STAR: Path = pathOf('*', (text) => text);

function fixedPath(regexp: RegExp, raw: RawPath): Path {
  // One that goes on from where it last matched is the router's alone to move.
  const isStateful = regexp.global || regexp.sticky;
  const own = isStateful ? new RegExp(regexp.source, regexp.flags.replace(/[gy]/g, '')) : regexp;
  return pathOf(raw, (text) => own.exec(text)?.[0]);
}

/** @param raw undefined before `router` 2.3, which keeps it to itself */
function matcherPath(matcher: Matcher, raw: unknown): Path {
  if (types.isRegExp(raw)) return fixedPath(raw, raw);
  if (typeof raw !== 'string') return new ProbedPath(matcher);
  return pathOf(raw, (text) => {
    const matched = matcher(text);
    return matched === false ? undefined : matched.path;
  });
}

/** A regular expression shows as its source text. */
function pathOf(raw: RawPath, match: Path['match']): Path {
  const template = String(raw);
  const simple = typeof raw === 'string' ? simplePath(raw, (text) => match(text) === text) : undefined;
  const told = { template, simple };
  return { match, tell: () => told, simple };
}
