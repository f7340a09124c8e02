import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { hearKoaRoutes } from './koa.ts';

const KOA_CONTEXT = ['', 'koa', 'lib', 'context.js'].join(sep);

/**
 * Finds the web frameworks that the application has loaded so far, in whatever order and by whichever
 * module system: a framework published as CommonJS stands in the module cache even when it was imported.
 * Looking there, instead of hooking the loader, is what makes the order of loading irrelevant.
 */
export class LoadedFrameworks {
  readonly #cache = createRequire(import.meta.url).cache;
  readonly #seen = new Set<string>();
  readonly #undo: (() => void)[] = [];
  #cacheSize = 0;

  /** Hears the routes of every framework not met before. Cheap to call again. */
  look(): void {
    const files = Object.keys(this.#cache);
    if (files.length === this.#cacheSize) return;
    this.#cacheSize = files.length;
    for (const file of files) {
      if (!file.endsWith(KOA_CONTEXT) || this.#seen.has(file)) continue;
      const loaded = this.#cache[file];
      if (loaded?.loaded !== true) continue;
      this.#seen.add(file);
      try {
        this.#undo.push(hearKoaRoutes(loaded.exports as object));
      } catch {
        // Named like Koa's, but not an object, or frozen: it leaves no routes to hear.
      }
    }
  }

  forget(): void {
    for (const undo of this.#undo.splice(0)) undo();
    this.#seen.clear();
    this.#cacheSize = 0;
  }
}
