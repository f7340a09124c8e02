import http from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { exchangeInHand } from '../src/exchange-in-hand.ts';
import { Watch } from './watching.ts';

let watch: Watch;
beforeEach(() => {
  watch = Watch.install();
});
afterEach(() => watch.hooks.uninstall());

/** Hands a request for a path to a server. */
function hand(server: http.Server, path: string): void {
  const request = new http.IncomingMessage(new Socket());
  Object.assign(request, { method: 'GET', url: path });
  server.emit('request', request, new http.ServerResponse(request));
}

it('is that of the request whose listeners run, and none once they have returned or thrown', () => {
  const seen: unknown[] = [];
  const see = (): number => seen.push(exchangeInHand()?.path);
  const inner = http.createServer(see);
  const outer = http.createServer(({ url }) => {
    see();
    hand(inner, '/inner');
    see();
    if (url === '/throws') throw new Error('thrown by the application');
  });
  hand(outer, '/outer');
  see();
  expect(() => hand(outer, '/throws')).toThrow('thrown by the application');
  see();
  expect(seen).toEqual(['/outer', '/inner', '/outer', undefined, '/throws', '/inner', '/throws', undefined]);
});
