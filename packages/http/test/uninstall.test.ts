import http from 'node:http';
import https from 'node:https';
import { afterEach, expect, it } from '@jest/globals';
import { bare, RawClient } from './raw-client.ts';
import { type Serving, serve } from './serving.ts';
import { Traces } from './traces.ts';
import { Watch } from './watching.ts';

const PROTOTYPES = [
  http.Server.prototype,
  https.Server.prototype,
  http.ServerResponse.prototype,
  http.IncomingMessage.prototype,
];

let serving: Serving | undefined;
afterEach(() => serving?.close());

const own = (): unknown => PROTOTYPES.map((prototype) => Object.getOwnPropertyDescriptors(prototype));
const ask = async (): Promise<string> => (await fetch(`http://127.0.0.1:${serving?.port}/`)).text();

it.each([
  ['untraced', undefined],
  ['traced', new Traces()],
])('restores every prototype exactly, %s', (_how, tracing) => {
  const before = own();
  const { hooks } = Watch.install(tracing === undefined ? {} : { tracing });
  expect(own()).not.toEqual(before);
  hooks.uninstall();
  expect(own()).toEqual(before);
  hooks.uninstall();
  expect(own()).toEqual(before);
});

it('may be followed by a new install, of the same hooks as of others', async () => {
  const before = own();
  const watch = new Watch();
  serving = await serve((_request, response) => response.end('ok'));
  for (let times = 1; times <= 3; times++) {
    watch.hooks.install();
    await ask();
    expect(await watch.linesOf(times)).toEqual(new Array(times).fill('GET / 200 completed'));
    watch.hooks.uninstall();
  }
  const other = Watch.install();
  await ask();
  expect(await other.linesOf(1)).toEqual(['GET / 200 completed']);
  other.hooks.uninstall();
  expect(own()).toEqual(before);
});

it('ends the measuring, also of what is under way', async () => {
  const watch = Watch.install();
  serving = await serve((_request, response) => {
    watch.hooks.uninstall();
    response.end('ok');
  });
  const client = new RawClient(serving.port, bare('GET /'));
  await client.until(/ok/);
  await client.leave();
  expect(await watch.linesOf(0)).toEqual([]);
  expect(watch.notMeasured).toEqual({});
});

it('retires quietly where somebody has wrapped the same method since', async () => {
  const watch = Watch.install();
  const ours = http.Server.prototype.emit;
  const heard: unknown[] = [];
  Object.assign(http.Server.prototype, {
    emit(this: http.Server, ...args: unknown[]): unknown {
      heard.push(args[0]);
      return Reflect.apply(ours, this, args);
    },
  });
  try {
    watch.hooks.uninstall();
    serving = await serve((_request, response) => response.end('ok'));
    expect(await ask()).toBe('ok');
    expect(heard).toContain('request');
    expect(await watch.linesOf(0)).toEqual([]);
    expect(watch.notMeasured).toEqual({});
  } finally {
    Reflect.deleteProperty(http.Server.prototype, 'emit');
  }
});
