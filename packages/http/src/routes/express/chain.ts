import { requestPath } from '../../request-path.ts';
import type { Surrounded } from './applications.ts';
import type { LayerPaths } from './layer-paths.ts';

/** What is read of a request where a router matches it. */
export interface RoutedRequest extends Surrounded {
  readonly method?: string | undefined;
  /** Without what the routers around have cut off. */
  readonly url?: string | undefined;
  /** What they have cut off, as the client wrote it. */
  readonly baseUrl?: unknown;
  readonly originalUrl?: unknown;
}

/** How a route is come to: the mounts on the way, and its own path. */
export class Chain {
  readonly #mounts: readonly LayerPaths[];
  /** One template, or the paths of a route that has several. */
  readonly #own: string | LayerPaths;
  /** What all mounts together cut off, where they can match nothing else. */
  readonly #plainBase: string | undefined;
  readonly #plainTemplate: string | undefined;

  constructor(mounts: readonly LayerPaths[], own: string | LayerPaths) {
    this.#mounts = mounts;
    this.#own = own;
    this.#plainBase = mounts.every(({ plain }) => plain !== undefined)
      ? mounts.map(({ plain }) => plain).join('')
      : undefined;
    this.#plainTemplate =
      this.#plainBase !== undefined && typeof own === 'string'
        ? joinTemplates(this.#plainBase, own)
        : undefined;
  }

  /** This one behind other mounts. */
  behind(mounts: readonly LayerPaths[]): Chain {
    return new Chain([...mounts, ...this.#mounts], this.#own);
  }

  /**
   * @param base what the mounts have cut off the request's path
   * @returns undefined where the request has not come this way
   */
  templateFor(request: RoutedRequest, base: string): string | undefined {
    if (this.#plainBase !== undefined) {
      if (base === this.#plainBase && this.#plainTemplate !== undefined) return this.#plainTemplate;
      if (base.length !== this.#plainBase.length) return undefined;
    }
    return this.templateAt(request, pathSeen(request, base), base);
  }

  /** @param path all of it, as the first of the mounts saw it */
  templateAt(request: RoutedRequest, path: string, base: string): string | undefined {
    const prefix = this.#prefixOf(path, base);
    if (prefix === undefined) return undefined;
    if (typeof this.#own === 'string') return joinTemplates(prefix, this.#own);
    const own = this.#own.match(requestPath(request.url));
    return own && joinTemplates(prefix, own.template);
  }

  /** Goes through the mounts as the routers do; undefined unless they cut off just the base. */
  #prefixOf(path: string, base: string): string | undefined {
    let rest = path;
    let at = 0;
    let prefix = '';
    for (const mount of this.#mounts) {
      const cut = cutBy(mount, rest);
      if (cut === undefined || !base.startsWith(cut.base, at)) return undefined;
      at += cut.base.length;
      rest = cut.rest;
      prefix = joinTemplates(prefix, cut.template);
    }
    return at === base.length ? prefix : undefined;
  }
}

/** What a mount does to a path. */
export interface Cut {
  readonly template: string;
  /** What it adds to the base. */
  readonly base: string;
  readonly rest: string;
}

export function cutBy(mount: LayerPaths, path: string): Cut | undefined {
  const taken = mount.match(path);
  if (taken === undefined) return undefined;
  const { template, matched } = taken;
  // What routers pass over: a match in the middle, and one that ends inside a segment.
  if (!path.startsWith(matched) || !/^[/.]?$/.test(path.charAt(matched.length))) return undefined;
  const rest = path.slice(matched.length);
  return {
    template,
    base: matched.endsWith('/') ? matched.slice(0, -1) : matched,
    rest: rest.startsWith('/') ? rest : `/${rest}`,
  };
}

/** The path as the outermost router saw it, unless the application has changed it on the way. */
export function pathSeen(request: RoutedRequest, base: string): string {
  if (typeof request.originalUrl === 'string') {
    const path = requestPath(request.originalUrl);
    if (path.startsWith(base)) return path;
  }
  return base + requestPath(request.url);
}

export function joinTemplates(prefix: string, template: string): string {
  if (prefix === '') return template;
  if (template === '/' || template === '') return prefix;
  return template.startsWith('/') ? prefix + template : `${prefix}/${template}`;
}
