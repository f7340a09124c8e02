import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import Koa, { type Context } from 'koa';

/** A small Koa application behind a real server. */
export interface App {
  readonly server: Server;
  readonly port: number;
  /** Asks and reads the whole answer, its bytes as they came. */
  ask(headers?: Record<string, string>, method?: string): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** @param answer of every request */
export async function appOf(answer: (ctx: Context) => unknown): Promise<App> {
  const app = new Koa();
  app.use(async (ctx) => void (await answer(ctx)));
  app.on('error', () => {});
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    server,
    port,
    ask: async (headers = {}, method = 'GET') => {
      const asked = request({ host: '127.0.0.1', port, headers, method, agent: false });
      asked.end();
      const [response] = (await once(asked, 'response')) as [IncomingMessage];
      return { status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
