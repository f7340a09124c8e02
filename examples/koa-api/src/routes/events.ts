import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import Router from '@koa/router';

const EVENTS = 20;
const INTERVAL_MS = 250;

export const events = new Router();

/** Server-sent events: one every quarter of a second, for five seconds. */
events.get('/', (ctx) => {
  ctx.type = 'text/event-stream';
  ctx.body = Readable.from(ticks());
});

async function* ticks(): AsyncGenerator<string> {
  for (let tick = 1; tick <= EVENTS; tick++) {
    yield `data: {"tick":${tick}}\n\n`;
    await delay(INTERVAL_MS);
  }
}
