import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HONO_ROUTERS, hearHonoRouter } from './hono.ts';

/** How the listener begins that `@hono/node-server` makes. */
const LISTENER = /^async \(incoming, outgoing\) =>/;
const DIST = join(sep, 'dist', sep);

/**
 * Finds the Hono that the application has imported. ES modules stand in no cache that can be read, but importing
 * one again by its URL gives the copy that is loaded. Done once, when somebody serves by way of `@hono/node-server`:
 * other applications load nothing of it.
 */
export class ImportedHono {
  #undo: (() => void)[] | undefined;

  /**
   * Nothing comes out of it, now or later.
   *
   * @param server one that begins to listen, or has its first request
   */
  look(server: Server | undefined): void {
    try {
      if (this.#undo === undefined && (hasForeignRequest() || servesFetch(server))) this.#hear();
    } catch {
      // The application is nowhere to be found.
    }
  }

  forget(): void {
    for (const undo of this.#undo?.splice(0) ?? []) undo();
    this.#undo = undefined;
  }

  #hear(): void {
    const undo: (() => void)[] = [];
    this.#undo = undo;
    const hear = (exported: object): void => {
      if (this.#undo === undo) undo.push(hearHonoRouter(exported));
    };
    for (const url of new Set(placesOfApplication().flatMap(routersSeenFrom)))
      import(url).then(hear).catch(() => {}); // Another version, without this router.
  }
}

/** `@hono/node-server` puts a class of its own in place of the global one, which it extends. */
function hasForeignRequest(): boolean {
  const request: unknown = Object.getOwnPropertyDescriptor(globalThis, 'Request')?.value;
  return typeof request === 'function' && Object.getPrototypeOf(request)?.name === 'Request';
}

/** The same, where it was told to leave the global one alone. */
function servesFetch(server: Server | undefined): boolean {
  return server?.listeners('request').some((listener) => LISTENER.test(String(listener))) ?? false;
}

/** Files beside which the application's packages may be: the one that was started, and one where it was. */
function placesOfApplication(): string[] {
  const [, started] = process.argv;
  const here = join(process.cwd(), 'index.js');
  return started === undefined ? [here] : [started, here];
}

/** The URLs of the routers as ES modules that a file sees. */
function routersSeenFrom(file: string): string[] {
  try {
    const entry = createRequire(file).resolve('hono');
    const dist = entry.slice(0, entry.lastIndexOf(DIST) + DIST.length);
    return HONO_ROUTERS.map((router) => pathToFileURL(join(dist, router)).href);
  } catch {
    return [];
  }
}
