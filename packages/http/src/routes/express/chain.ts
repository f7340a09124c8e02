import { requestPath } from '../../request-path.ts';
import type { Surrounded } from './applications.ts';
import type { ToldPath } from './layer.ts';
import type { LayerPaths } from './layer-paths.ts';
import { patternOf, type SimplePath } from './simple-path.ts';

/** What is read of a request where a router matches it. */
export interface RoutedRequest extends Surrounded {
  readonly method?: string | undefined;
  /** Without what the routers around have cut off. */
  readonly url?: string | undefined;
  /** What they have cut off, as the client wrote it. */
  readonly baseUrl?: unknown;
  readonly originalUrl?: unknown;
}

/** Bases that a chain knows at one glance. */
const MAX_GLANCES = 8;

interface Glance {
  /** What the mounts cut off, where they can cut off nothing else. */
  readonly base: string | undefined;
  readonly bases: RegExp;
  readonly template: string;
}

/** How a route is come to: the mounts on the way, and its own path. */
export class Chain {
  readonly #mounts: readonly LayerPaths[];
  /** One template, or the paths of a route that has several. */
  readonly #own: string | LayerPaths;
  readonly #glances: Glance[] = [];
  /** Whether there are no other bases than those. */
  readonly #isSimple: boolean;

  constructor(mounts: readonly LayerPaths[], own: string | LayerPaths) {
    this.#mounts = mounts;
    this.#own = own;
    this.#isSimple = this.#learn(mounts.map(({ simple }) => simple));
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
    for (const glance of this.#glances) {
      if (glance.base === base || glance.bases.test(base)) return glance.template;
    }
    return this.#isSimple ? undefined : this.templateAt(request, pathSeen(request, base), base);
  }

  /** @param path all of it, as the first of the mounts saw it */
  templateAt(request: RoutedRequest, path: string, base: string): string | undefined {
    const cuts = this.#cutsOf(path, base);
    if (cuts === undefined) return undefined;
    const prefix = cuts.reduce((before, { template }) => joinTemplates(before, template), '');
    if (typeof this.#own === 'string') {
      this.#learn(cuts.map(({ simple }) => simple));
      return joinTemplates(prefix, this.#own);
    }
    const own = this.#own.match(requestPath(request.url));
    return own && joinTemplates(prefix, own.template);
  }

  /** Goes through the mounts as the routers do; undefined unless they cut off just the base. */
  #cutsOf(path: string, base: string): Cut[] | undefined {
    const cuts: Cut[] = [];
    let rest = path;
    let at = 0;
    for (const mount of this.#mounts) {
      const cut = cutBy(mount, rest);
      if (cut === undefined || !base.startsWith(cut.base, at)) return undefined;
      at += cut.base.length;
      rest = cut.rest;
      cuts.push(cut);
    }
    return at === base.length ? cuts : undefined;
  }

  /** @returns whether such bases are known at one glance now */
  #learn(paths: readonly (SimplePath | undefined)[]): boolean {
    const simple = paths.filter((path) => path !== undefined);
    const isSimple = simple.length === paths.length && typeof this.#own === 'string';
    const bases = isSimple && this.#glances.length < MAX_GLANCES ? patternOf(simple) : undefined;
    if (bases === undefined) return false;
    const prefix = simple.map(({ template }) => template).join('');
    this.#glances.push({
      base: prefix.includes(':') ? undefined : prefix,
      bases,
      template: joinTemplates(prefix, String(this.#own)),
    });
    return true;
  }
}

/** What a mount does to a path. */
export interface Cut extends ToldPath {
  /** What it adds to the base. */
  readonly base: string;
  readonly rest: string;
}

export function cutBy(mount: LayerPaths, path: string): Cut | undefined {
  const taken = mount.match(path);
  if (taken === undefined) return undefined;
  const { template, simple, matched } = taken;
  // What routers pass over: a match in the middle, and one that ends inside a segment.
  if (!path.startsWith(matched) || !/^[/.]?$/.test(path.charAt(matched.length))) return undefined;
  const rest = path.slice(matched.length);
  return {
    template,
    simple,
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
