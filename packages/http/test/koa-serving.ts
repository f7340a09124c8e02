import { createServer } from 'node:http';
import Koa from 'koa';
import { hearKoaRoutes } from '../src/routes/koa.ts';
import { listen } from './serving.ts';
import { Watch } from './watching.ts';

/** A Koa application that is served and watched, its routes heard as where Koa was found loaded. */
export interface KoaServing {
  readonly watch: Watch;
  readonly port: number;
  /** @returns the endpoint and the status that the request was counted under */
  ask(request: string): Promise<string>;
  close(): Promise<void>;
}

/** What all Koa contexts inherit from: Koa's `lib/context.js`. */
export const contextPrototype: object = Object.getPrototypeOf(new Koa().context);

export async function serveKoa(build: (app: Koa) => void): Promise<KoaServing> {
  const app = new Koa();
  app.silent = true;
  build(app);
  const undo = hearKoaRoutes(contextPrototype);
  const watch = Watch.install();
  const serving = await listen(createServer(app.callback()));
  return {
    watch,
    port: serving.port,
    async ask(request) {
      const [method = '', path] = request.split(' ');
      const before = watch.ended.length;
      const response = await fetch(`http://127.0.0.1:${serving.port}${path}`, { method });
      await response.arrayBuffer();
      await watch.until(() => watch.ended.length > before);
      const exchange = watch.ended.at(-1)!;
      return `${exchange.method} ${exchange.route} ${exchange.status}`;
    },
    async close() {
      await serving.close();
      watch.hooks.uninstall();
      undo();
    },
  };
}
