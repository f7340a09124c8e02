import type { UrlTemplates } from '../../url-templates.ts';
import { applicationsAround, rootsAround } from './applications.ts';
import { Chain, joinTemplates, pathSeen, type RoutedRequest } from './chain.ts';
import { chainsThrough, mountsFor } from './find-chains.ts';
import { pathsIn, type Route } from './layer.ts';
import type { LayerPaths } from './layer-paths.ts';

/** Times that one route is looked for: again where requests come by a way that was not there before. */
const MAX_SEARCHES = 16;

/** The templates of one route in one application: one, unless it is mounted in several places or has several paths. */
export class RouteTemplates {
  readonly #route: Route;
  readonly #unknown: UrlTemplates;
  /** Ways that can be seen, in the order in which routers try them. */
  #seen: readonly Chain[] = [];
  /** The same, and then those that were concluded. */
  #chains: readonly Chain[] = [];
  readonly #concluded: Chain[] = [];
  /** The route alone, wherever it is. */
  readonly #alone: Chain;
  #searches = 0;

  /** @param unknown learns prefixes of which nothing else can be told */
  constructor(route: Route, unknown: UrlTemplates) {
    this.#route = route;
    this.#unknown = unknown;
    this.#alone = new Chain([], pathsIn(route.path).map(String).join());
  }

  of(request: RoutedRequest): string {
    const base = typeof request.baseUrl === 'string' ? request.baseUrl : '';
    const known = this.#known(request, base);
    if (known !== undefined) return known;
    const maySearch = this.#searches++ < MAX_SEARCHES;
    if (maySearch) this.#search(request);
    return (maySearch ? this.#known(request, base) : undefined) ?? this.#conclude(request, base, maySearch);
  }

  #known(request: RoutedRequest, base: string): string | undefined {
    for (const chain of this.#chains) {
      const template = chain.templateFor(request, base);
      if (template !== undefined) return template;
    }
    return undefined;
  }

  #search(request: RoutedRequest): void {
    this.#seen = chainsThrough(applicationsAround(request), rootsAround(request), this.#route);
    this.#chains = [...this.#seen, ...this.#concluded];
  }

  /**
   * For a request whose way can't be seen all along, as somewhere a function calls the router: what led to the part
   * that can be seen is told by what is mounted there, and else by the URL.
   */
  #conclude(request: RoutedRequest, base: string, maySearch: boolean): string {
    const path = pathSeen(request, base);
    const { chain, template, at } = this.#visiblePart(request, path, base);
    const head = base.slice(0, at);
    const mounts = maySearch ? mountsBefore(request, path, head) : undefined;
    const whole = mounts && chain.behind(mounts);
    const concluded = whole?.templateAt(request, path, base);
    if (whole === undefined || concluded === undefined) {
      return joinTemplates(head === '' ? '' : (this.#unknown.learn(head, false) ?? ''), template);
    }
    this.#concluded.push(whole);
    this.#chains = [...this.#seen, ...this.#concluded];
    return concluded;
  }

  /** The longest way that a request may have come at the end of its path; `at` is where it begins. */
  #visiblePart(
    request: RoutedRequest,
    path: string,
    base: string,
  ): { readonly chain: Chain; readonly template: string; readonly at: number } {
    for (let at = base.indexOf('/', 1); at !== -1; at = base.indexOf('/', at + 1)) {
      for (const chain of this.#seen) {
        const template = chain.templateAt(request, path.slice(at), base.slice(at));
        if (template !== undefined) return { chain, template, at };
      }
    }
    const at = base.length;
    for (const chain of this.#seen) {
      const template = chain.templateAt(request, path.slice(at), '');
      if (template !== undefined) return { chain, template, at };
    }
    return { chain: this.#alone, template: this.#alone.templateAt(request, path, '') ?? '', at };
  }
}

function mountsBefore(request: RoutedRequest, path: string, base: string): LayerPaths[] | undefined {
  for (const root of rootsAround(request)) {
    const mounts = mountsFor(root, path, base);
    if (mounts !== undefined) return mounts;
  }
  return undefined;
}
