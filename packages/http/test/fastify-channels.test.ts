import { channel } from 'node:diagnostics_channel';
import { expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { Watch } from './watching.ts';

const CHANNELS = ['fastify.initialization', 'tracing:fastify.request.handler:start'].map((name) =>
  channel(name),
);

it('what others publish in Fastify’s name does no harm', async () => {
  const watch = Watch.install();
  const addHook = (): never => {
    throw new Error('started');
  };
  const odd = [undefined, null, 'text', {}, { fastify: null }, { fastify: { addHook } }, { request: null }];
  for (const message of odd) for (const each of CHANNELS) each.publish(message);
  // What a subscriber throws would end the process a moment later.
  await new Promise((settle) => setTimeout(settle, 20));
  watch.hooks.uninstall();
});

it('nobody listens any more once the hooks are uninstalled, and what was made meanwhile works on', async () => {
  const watch = Watch.install();
  expect(CHANNELS.map(({ hasSubscribers }) => hasSubscribers)).toEqual([true, true]);
  const app = fastify();
  app.get('/users/:id', async () => 'ok');
  watch.hooks.uninstall();
  expect(CHANNELS.map(({ hasSubscribers }) => hasSubscribers)).toEqual([false, false]);
  expect((await app.inject('/users/17')).body).toBe('ok');
  expect(watch.lines).toEqual([]);
  await app.close();
});
