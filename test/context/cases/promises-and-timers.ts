import { setTimeout as pause, setImmediate as turn, setInterval as turns } from 'node:timers/promises';
import type { ContextCase } from '../case.ts';

export const promisesAndTimers: readonly ContextCase[] = [
  {
    name: 'async and await, in called functions and loops too',
    callbacks: ['at once', 'after one await', 'in a called function', 'after many awaits'],
    async handle({ res, see }) {
      see('at once');
      await pause(1);
      see('after one await');
      await (async () => {
        await turn();
        see('in a called function');
      })();
      for (let left = 20; left > 0; left--) await null;
      see('after many awaits');
      res.end();
    },
  },
  {
    name: 'then, catch and finally',
    callbacks: ['then', 'catch', 'finally'],
    handle({ res, see }) {
      pause(1)
        .then(() => {
          see('then');
          throw new Error('to be caught');
        })
        .catch(() => see('catch'))
        .finally(() => {
          see('finally');
          res.end();
        });
    },
  },
  {
    name: 'Promise.all, race, allSettled and any',
    callbacks: ['one of all', 'all', 'race', 'allSettled', 'any'],
    async handle({ res, see }) {
      await Promise.all([pause(1).then(() => see('one of all')), turn()]);
      see('all');
      await Promise.race([pause(2), turn()]);
      see('race');
      await Promise.allSettled([Promise.reject(new Error('rejected')), pause(1)]);
      see('allSettled');
      await Promise.any([Promise.reject(new Error('rejected')), pause(1)]);
      see('any');
      res.end();
    },
  },
  {
    name: 'a thenable, and promises resolved from elsewhere',
    callbacks: ['thenable called', 'thenable awaited', 'withResolvers'],
    async handle({ res, see }) {
      await {
        // biome-ignore lint/suspicious/noThenProperty: a thenable is what is looked at
        then(settle: () => void) {
          see('thenable called');
          setTimeout(settle, 1);
        },
      };
      see('thenable awaited');
      const { promise, resolve } = Promise.withResolvers<void>();
      setImmediate(resolve);
      await promise;
      see('withResolvers');
      res.end();
    },
  },
  {
    name: 'async generators',
    callbacks: ['in the generator', 'in its loop', 'after it', 'its cleanup'],
    async handle({ res, see }) {
      async function* steps(): AsyncGenerator<number> {
        try {
          for (let step = 1; step <= 3; step++) {
            await pause(1);
            see('in the generator');
            yield step;
          }
        } finally {
          see('its cleanup');
        }
      }
      for await (const step of steps()) {
        see('in its loop');
        if (step === 2) break;
      }
      see('after it');
      res.end();
    },
  },
  {
    name: 'setTimeout, in itself too',
    callbacks: ['first', 'second'],
    handle({ res, see }) {
      setTimeout(() => {
        see('first');
        setTimeout(() => {
          see('second');
          res.end();
        }, 1);
      }, 1);
    },
  },
  {
    name: 'setInterval, until it clears itself',
    callbacks: ['tick 1', 'tick 2', 'tick 3'],
    handle({ res, see }) {
      let ticks = 0;
      const timer = setInterval(() => {
        see(`tick ${++ticks}`);
        if (ticks < 3) return;
        clearInterval(timer);
        res.end();
      }, 1);
    },
  },
  {
    name: 'setImmediate, nextTick and queueMicrotask',
    callbacks: ['setImmediate', 'nextTick', 'queueMicrotask'],
    handle({ res, see }) {
      queueMicrotask(() => see('queueMicrotask'));
      process.nextTick(() => see('nextTick'));
      setImmediate(() => {
        see('setImmediate');
        res.end();
      });
    },
  },
  {
    name: 'timers/promises',
    callbacks: ['setTimeout', 'setImmediate', 'setInterval'],
    async handle({ res, see }) {
      await pause(1);
      see('setTimeout');
      await turn();
      see('setImmediate');
      let left = 3;
      for await (const _ of turns(1)) {
        see('setInterval');
        if (--left === 0) break;
      }
      res.end();
    },
  },
  {
    name: 'AbortSignal: a timeout, and an abort of the request by itself',
    callbacks: ['aborted by hand', 'wait given up'],
    async handle({ res, see }) {
      const controller = new AbortController();
      controller.signal.addEventListener('abort', () => see('aborted by hand'));
      setTimeout(() => controller.abort(), 1);
      await pause(1_000, undefined, { signal: controller.signal }).catch(() => see('wait given up'));
      res.end();
    },
  },
];
