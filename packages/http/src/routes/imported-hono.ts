import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HONO_ROUTERS, hearHonoRouter } from './hono.ts';

/** How the listener begins that `@hono/node-server` makes. */
const LISTENER = /^async \(incoming, outgoing\) =>/;

/**
 * Finds the Hono that the application has imported. ES modules stand in no cache that can be read, but importing
 * one again by its URL gives the copy that is loaded. Done once, when somebody serves by way of `@hono/node-server`:
 * other applications load nothing of it.
 */
export class ImportedHono {
  #undo: (() => void)[] | undefined;

  /** @param server one that begins to listen, or has its first request */
  look(server: Server | undefined): void {
    if (this.#undo !== undefined || !(hasForeignRequest() || servesFetch(server))) return;
    const undo: (() => void)[] = [];
    this.#undo = undo;
    for (const url of new Set(baseFiles().flatMap(routersSeenFrom))) {
      import(url).then(
        (exported: object) => {
          if (this.#undo === undo) undo.push(hearHonoRouter(exported));
        },
        () => {}, // Another version, without this router.
      );
    }
  }

  forget(): void {
    for (const undo of this.#undo?.splice(0) ?? []) undo();
    this.#undo = undefined;
  }
}

/** `@hono/node-server` puts a class of its own in place of the global one, which it extends. */
function hasForeignRequest(): boolean {
  const request: unknown = Object.getOwnPropertyDescriptor(globalThis, 'Request')?.value;
  return typeof request === 'function' && Object.getPrototypeOf(request).name === 'Request';
}

function servesFetch(server: Server | undefined): boolean {
  return server?.listeners('request').some((listener) => LISTENER.test(String(listener))) ?? false;
}

/** Where the application may be that imports Hono. */
function baseFiles(): string[] {
  const [, main] = process.argv;
  const inWorkingDirectory = join(process.cwd(), 'index.js');
  return main === undefined ? [inWorkingDirectory] : [main, inWorkingDirectory];
}

/** The URLs of the routers as ES modules that a file sees. */
function routersSeenFrom(file: string): string[] {
  try {
    const entry = createRequire(file).resolve('hono');
    const dist = entry.slice(0, entry.lastIndexOf(join(sep, 'dist', sep)));
    return HONO_ROUTERS.map((router) => pathToFileURL(join(dist, 'dist', router)).href);
  } catch {
    return [];
  }
}
