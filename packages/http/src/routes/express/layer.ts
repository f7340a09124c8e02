import { types } from 'node:util';
import type { SimplePath } from './simple-path.ts';

/** What is read of a router's layer, a path and what to call for it: Express 4, `router` 1 and 2 keep these. */
export interface Layer {
  readonly handle?: unknown;
  readonly name?: unknown;
  /** Of layers that lead to a route alone. */
  readonly route?: unknown;
  /** Express 4 and `router` 1; with marks for `/` and `*`. */
  readonly regexp?: unknown;
  /** `router` 2: one for each path. */
  readonly matchers?: unknown;
  /** `router` 2: it is `/`, of a layer for all that begins with it. */
  readonly slash?: unknown;
  /** `router` from 2.3 on: a path, or several. */
  readonly rawPath?: unknown;
}

export interface Router {
  readonly stack: readonly Layer[];
  /** Whether a slash at the end of a path counts. */
  readonly strict?: unknown;
}

export interface Route {
  /** One path, or several in arrays within arrays. */
  readonly path: unknown;
}

/** What the application said for one path of a layer: a template, or a regular expression. */
export type RawPath = string | RegExp;

/** One of the paths that a layer is for. */
export interface Path {
  /** @returns what it matches of the text, from wherever; undefined where it matches nothing */
  match(text: string): string | undefined;
  /**
   * @param matched what it matched of a text
   * @returns undefined where it can't be told
   */
  tell(matched: string): ToldPath | undefined;
  /** What it tells of every text, where that is simple. */
  readonly simple: SimplePath | undefined;
}

export interface ToldPath {
  readonly template: string;
  readonly simple: SimplePath | undefined;
}

/** @returns the router behind a layer, or an application; undefined where there is none to be seen */
export function asRouter(handle: unknown): Router | undefined {
  if (typeof handle !== 'function' && typeof handle !== 'object') return undefined;
  return Array.isArray((handle as Partial<Router> | null)?.stack) ? (handle as Router) : undefined;
}

/** The paths of a layer or a route, which may be given in arrays within arrays. */
export function pathsIn(path: unknown): unknown[] {
  return Array.isArray(path) ? path.flat(Number.POSITIVE_INFINITY) : [path];
}

export function isRawPath(path: unknown): path is RawPath {
  return typeof path === 'string' || types.isRegExp(path);
}

/** Makes a layer as the router did that a layer is of: the way to know what that version takes a path for. */
export function layerLike(
  layer: Layer,
  path: unknown,
  options: { readonly sensitive: boolean; readonly strict: boolean; readonly end: boolean },
): Layer {
  const LayerOfRouter = (layer as { constructor: unknown }).constructor as new (
    path: unknown,
    options: object,
    handle: () => void,
  ) => Layer;
  return new LayerOfRouter(path, options, () => {});
}
