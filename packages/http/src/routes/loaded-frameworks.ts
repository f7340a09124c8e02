import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { hearExpressRoutes, noteRouters } from './express.ts';
import { hearFastifyInstances, hearFindMyWay } from './fastify.ts';
import { hearHapiRoutes } from './hapi.ts';
import { HONO_ROUTERS, hearHonoRouter } from './hono.ts';
import { ImportedHono } from './imported-hono.ts';
import { hearKoaRoutes } from './koa.ts';
import { hearKoaApplications } from './koa-applications.ts';

/** Ends what it was returned for. */
export type Undo = () => void;

/** A web framework that leaves its routes where whoever has one of its modules can hear them. */
interface FrameworkModule {
  /** How the path of the module's file ends, with `/`. */
  readonly file: string;
  /**
   * Begins to hear the routes of this copy of the framework. May throw: then it is no such module.
   *
   * @param exported what the module exports
   */
  readonly hear: (exported: object) => Undo;
}

/** Looked for in the module cache, when measuring begins, and when a server begins to listen and has its first request. */
const IN_MODULE_CACHE: readonly FrameworkModule[] = [
  { file: '/koa/lib/context.js', hear: hearKoaRoutes },
  { file: '/node_modules/router/index.js', hear: noteRouters },
  { file: '/node_modules/find-my-way/index.js', hear: hearFindMyWay },
  { file: '/@hapi/hapi/lib/request.js', hear: hearHapiRoutes },
  ...HONO_ROUTERS.map((file) => ({ file: `/hono/dist/cjs/${file}`, hear: hearHonoRouter })),
];

/** Heard through Node itself, from when measuring begins: any copy, loaded at any time, bundled or not. */
const THROUGH_NODE: readonly (() => Undo)[] = [hearExpressRoutes, hearKoaApplications, hearFastifyInstances];

/**
 * Hears the routes of web frameworks, in whatever order and by whichever module system they are loaded. One that
 * is published as CommonJS stands in the module cache even when it was imported: looking there, instead of hooking
 * the loader, is what makes the order of loading irrelevant.
 */
export class LoadedFrameworks {
  readonly #cache = createRequire(import.meta.url).cache;
  readonly #importedHono = new ImportedHono();
  readonly #seen = new Set<string>();
  readonly #undo: Undo[] = [];
  #cacheSize = 0;

  hear(): void {
    for (const hear of THROUGH_NODE) this.#try(hear);
    this.look();
  }

  /**
   * Hears the routes of every framework not met before. Cheap to call again.
   *
   * @param server one that begins to listen, or has its first request
   */
  look(server?: Server): void {
    this.#importedHono.look(server);
    const files = Object.keys(this.#cache);
    if (files.length === this.#cacheSize) return;
    this.#cacheSize = files.length;
    for (const file of files) {
      const framework = frameworkOf(file);
      if (framework === undefined || this.#seen.has(file)) continue;
      const module = this.#cache[file];
      if (module?.loaded !== true) continue;
      this.#seen.add(file);
      this.#try(() => framework.hear(module.exports as object));
    }
  }

  forget(): void {
    this.#importedHono.forget();
    for (const undo of this.#undo.splice(0).reverse()) undo();
    this.#seen.clear();
    this.#cacheSize = 0;
  }

  #try(hear: () => Undo): void {
    try {
      this.#undo.push(hear());
    } catch {
      // Named like a framework's, but not an object, or frozen: it leaves no routes to hear.
    }
  }
}

function frameworkOf(file: string): FrameworkModule | undefined {
  const path = sep === '/' ? file : file.replaceAll(sep, '/');
  return IN_MODULE_CACHE.find((framework) => path.endsWith(framework.file));
}
