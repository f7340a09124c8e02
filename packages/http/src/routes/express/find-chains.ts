import { type Application, routerOf } from './applications.ts';
import { Chain, cutBy } from './chain.ts';
import { asRouter, isRawPath, type Layer, layerLike, pathsIn, type Route, type Router } from './layer.ts';
import { LayerPaths, mountPathsOf, pathsOfMount, routePathsOf } from './layer-paths.ts';

/** Layers looked at in one search, and ways kept of what it finds: more than applications have. */
const MAX_LAYERS = 20_000;
const MAX_CHAINS = 64;
const MAX_DEPTH = 16;

/**
 * Every way to a route, in the order in which routers try them.
 *
 * @param applications those around the request, the outermost one first
 * @param roots routers that the outermost application may be in
 */
export function chainsThrough(
  applications: readonly Application[],
  roots: readonly Router[],
  route: Route,
): Chain[] {
  const [outermost] = applications;
  const innermost = applications.at(-1);
  const router = innermost && routerOf(innermost);
  let chains = router === undefined ? [] : chainsIn(router, route);
  for (let n = applications.length - 1; n > 0; n--) {
    const mounts = mountsOf(applications[n]!, routerOf(applications[n - 1]!));
    chains = mounts.flatMap((mount) => chains.map((chain) => chain.behind([mount]))).slice(0, MAX_CHAINS);
  }
  const ways = roots.flatMap((root) => (outermost === undefined ? [] : waysTo(root, outermost)));
  if (ways.length > 0) {
    chains = ways.flatMap((way) => chains.map((chain) => chain.behind(way))).slice(0, MAX_CHAINS);
  }
  // A request that a router has handed to an application says so ever after, even when that one has passed it on.
  const others = roots.filter((root) => root !== router).flatMap((root) => chainsIn(root, route));
  return [...chains, ...others];
}

function chainsIn(router: Router, route: Route): Chain[] {
  const chains: Chain[] = [];
  search(router, (layer, mounts, within) => {
    if (layer.route === route) chains.push(new Chain(mounts, ownTemplate(route, layer, within)));
    return chains.length < MAX_CHAINS;
  });
  return chains;
}

/** The mounts on each way to an application that a router, and not another application, calls. */
function waysTo(router: Router, application: Application): LayerPaths[][] {
  const ways: LayerPaths[][] = [];
  search(router, (layer, mounts) => {
    if (layer.handle === application) ways.push([...mounts, mountPathsOf(layer)]);
    return ways.length < MAX_CHAINS;
  });
  return ways;
}

/** @param visit is called for every layer, with the mounts before it; returns whether to go on */
function search(
  router: Router,
  visit: (layer: Layer, mounts: readonly LayerPaths[], within: Router) => boolean,
): void {
  let layersLeft = MAX_LAYERS;
  const goThrough = (within: Router, mounts: readonly LayerPaths[]): boolean =>
    within.stack.every((layer) => {
      if (layersLeft-- <= 0 || !visit(layer, mounts, within)) return false;
      const inner = layer.route === undefined ? asRouter(layer.handle) : undefined;
      if (inner === undefined || mounts.length >= MAX_DEPTH) return true;
      return goThrough(inner, [...mounts, mountPathsOf(layer)]);
    });
  goThrough(router, []);
}

/**
 * The mounts that can have cut off a base, the last of them leading to what can't be seen into: a function that calls
 * a router, or an application that is mounted in several places.
 */
export function mountsFor(router: Router, path: string, base: string): LayerPaths[] | undefined {
  let layersLeft = MAX_LAYERS;
  const search = (within: Router, rest: string, base: string, depth: number): LayerPaths[] | undefined => {
    for (const layer of within.stack) {
      if (layersLeft-- <= 0) return undefined;
      const mount = layer.route === undefined ? mountPathsOf(layer) : undefined;
      const cut = mount && cutBy(mount, rest);
      if (mount === undefined || cut === undefined || !base.startsWith(cut.base)) continue;
      if (cut.base !== '' && cut.base === base) return [mount];
      const inner = depth < MAX_DEPTH ? asRouter(layer.handle) : undefined;
      const deeper = inner && search(inner, cut.rest, base.slice(cut.base.length), depth + 1);
      if (deeper !== undefined) return [mount, ...deeper];
    }
    return undefined;
  };
  return search(router, path, base, 0);
}

/** @returns one template, or the paths of a route that has several */
function ownTemplate(route: Route, layer: Layer, { strict }: Router): string | LayerPaths {
  const paths = pathsIn(route.path);
  if (paths.length === 1 && isRawPath(paths[0])) return String(paths[0]);
  return routePathsOf(layer, paths, strict === true);
}

/** Where an application is mounted: it says so itself, but of several times only the last. */
function mountsOf({ mountpath }: Application, parent: Router | undefined): LayerPaths[] {
  const [like] = parent?.stack ?? [];
  if (parent === undefined || like === undefined) return [];
  const sensitive = (parent as { readonly caseSensitive?: unknown }).caseSensitive === true;
  const said = layerLike(like, mountpath, { sensitive, strict: false, end: false });
  const others = parent.stack.filter(({ name }) => name === 'mounted_app').map(mountPathsOf);
  return [new LayerPaths(pathsOfMount(said)), ...others];
}
