import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type express from 'express';
import type { RequestHandler, Router } from 'express';
import fc from 'fast-check';
import {
  type Express,
  type ExpressServing,
  express4,
  express5,
  forgetPaths,
  serveExpress,
} from './express-serving.ts';

/** A router, or an application, with what is mounted where: often in several others, or twice in one. */
const node = fc.record({
  isApplication: fc.boolean(),
  routes: fc.array(path(), { minLength: 1, maxLength: 3 }),
  mounts: fc.array(fc.record({ into: fc.nat(), at: path() }), { minLength: 1, maxLength: 3 }),
});
const tree = fc.array(node, { minLength: 1, maxLength: 6 });
type Tree = readonly (typeof node extends fc.Arbitrary<infer T> ? T : never)[];

/** What leads to a route, from the end: the router, the route, its mount, and the mounts before. */
const way = fc.record({
  node: fc.nat(),
  route: fc.nat(),
  mounts: fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
  values: fc.array(fc.constantFrom('17', 'a', 'b', 'Users', '1-2', 'a.b', '%41'), {
    minLength: 6,
    maxLength: 6,
  }),
  isShouted: fc.boolean(),
});
type Way = typeof way extends fc.Arbitrary<infer T> ? T : never;

/** Parameters of one path have a name each. */
function path(): fc.Arbitrary<string> {
  return fc
    .uniqueArray(fc.constantFrom('a', 'b', 'Users', 'v1', ':id', ':x', ':from-:to', 'a.b', '~b'), {
      minLength: 1,
      maxLength: 2,
    })
    .map((segments) => `/${segments.join('/')}`);
}

interface Noting {
  trail?: string[];
}

/** Notes that a request has come into a mount, and that it has left it again. */
const comeInto =
  (path: string): RequestHandler =>
  (request, _response, next) => {
    const noting = request as Noting;
    noting.trail = [...(noting.trail ?? []), path];
    next();
  };
const leave: RequestHandler = (request, _response, next) => {
  (request as Noting).trail?.pop();
  next();
};
const answer =
  (path: string): RequestHandler =>
  (request, response) =>
    void response.end([...((request as Noting).trail ?? []), path].join(''));

/** A router, and in which of those before it that is; the first is the application itself. */
interface Placed {
  readonly isApplication: boolean;
  readonly routes: readonly string[];
  readonly mounts: readonly { readonly into: number; readonly at: string }[];
}

/**
 * An application says where it is mounted, but of several times only the last; and nothing if a router calls it, which
 * can be found where that one can be.
 */
function place(nodes: Tree): Placed[] {
  const placed: Placed[] = [{ isApplication: true, routes: [], mounts: [] }];
  const isInApplication = [false];
  for (const { isApplication, routes, mounts } of nodes) {
    const possible = mounts.map(({ into, at }) => ({ into: into % placed.length, at }));
    const [first] = possible as [{ into: number; at: string }];
    const isFound = placed[first.into]!.isApplication || isInApplication[first.into] === false;
    const one = { into: isFound ? first.into : 0, at: first.at };
    placed.push({ isApplication, routes, mounts: isApplication ? [one] : possible });
    isInApplication.push(
      possible.some(
        ({ into }) => into > 0 && (placed[into]!.isApplication || isInApplication[into] === true),
      ),
    );
  }
  return placed;
}

/** @returns the application, and all routers in it */
function build(express: Express, placed: readonly Placed[]): { app: express.Express; routers: Router[] } {
  const app = express();
  const routers = [app as unknown as Router];
  for (const { isApplication, routes, mounts } of placed.slice(1)) {
    const router = isApplication ? (express() as unknown as Router) : express.Router();
    for (const path of routes) router.get(path, answer(path));
    for (const { into, at } of mounts) {
      routers[into]!.use(at, comeInto(at)).use(at, router).use(at, leave);
    }
    routers.push(router);
  }
  return { app, routers };
}

function targetOf(placed: readonly Placed[], { node, route, mounts, values, isShouted }: Way): string {
  let at = 1 + (node % (placed.length - 1));
  const { routes } = placed[at]!;
  let target = routes[route % routes.length]!;
  for (let n = 0; at > 0; n++) {
    const possible = placed[at]!.mounts;
    const mount = possible[mounts[n]! % possible.length]!;
    target = mount.at + target;
    at = mount.into;
  }
  const shouted = isShouted ? target.replace(/(?<!:\w*)[a-z]/g, (letter) => letter.toUpperCase()) : target;
  let n = 0;
  return shouted.replace(/:\w+/g, () => values[n++ % values.length]!);
}

describe.each([
  { version: 'Express 4', express: express4, remembers: true },
  { version: 'Express 5', express: express5, remembers: true },
  { version: 'Express 5.2', express: express5, remembers: false },
])('$version', ({ express, remembers }) => {
  let served: ExpressServing;
  beforeAll(async () => {
    served = await serveExpress(() => {});
  });
  afterAll(() => served.close());

  /** What a path is not known of but by probing is shown in small letters. */
  const shown = (endpoint: string): string => (remembers ? endpoint : endpoint.toLowerCase());

  it('counts whatever is mounted in whatever under the templates that led to it', async () => {
    let matched = 0;
    await fc.assert(
      fc.asyncProperty(tree, fc.array(way, { minLength: 4, maxLength: 4 }), async (nodes, ways) => {
        const placed = place(nodes);
        const { app, routers } = build(express, placed);
        if (!remembers) {
          for (const router of routers) forgetPaths((Reflect.get(router, 'router') ?? router) as never);
        }
        served.server.removeAllListeners('request').on('request', app);
        for (const way of ways) {
          const { endpoint, body } = await served.askAll(`GET ${targetOf(placed, way)}`);
          if (endpoint.endsWith(' 404')) continue;
          matched++;
          expect(shown(endpoint)).toBe(shown(`GET ${body} 200`));
        }
      }),
      { numRuns: 60 },
    );
    expect(matched).toBeGreaterThan(100);
  });
});
