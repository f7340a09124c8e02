import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { SharedContextManager } from '../../src/server-span/context-manager.ts';

const KEY = createContextKey('key');
const [FIRST, SECOND] = [ROOT_CONTEXT.setValue(KEY, 1), ROOT_CONTEXT.setValue(KEY, 2)];

const boom = (): never => {
  throw new Error('boom');
};

describe.each([
  ['OpenTelemetry’s own', () => new AsyncLocalStorageContextManager()],
  ['the one over a shared storage', () => new SharedContextManager(new AsyncLocalStorage<object>())],
])('a context manager, %s,', (_whose, newManager) => {
  let manager = newManager();
  beforeEach(() => {
    manager = newManager().enable();
  });
  afterEach(() => {
    manager.disable();
  });

  it('has the root context active outside', () => {
    expect(manager.active()).toBe(ROOT_CONTEXT);
  });

  it('runs a function with a context, its arguments and its `this`, and gives back what it gives', () => {
    const target = { name: 'target' };
    const given = manager.with(
      FIRST,
      function (this: typeof target, a: number, b: number) {
        return [manager.active(), this.name, a + b];
      },
      target,
      1,
      2,
    );
    expect(given).toEqual([FIRST, 'target', 3]);
    expect(manager.active()).toBe(ROOT_CONTEXT);
  });

  it('runs a function with a context in another, and has the outer one back after it', () => {
    manager.with(FIRST, () => {
      manager.with(SECOND, () => expect(manager.active()).toBe(SECOND));
      expect(manager.active()).toBe(FIRST);
      expect(() => manager.with(SECOND, boom)).toThrow('boom');
      expect(manager.active()).toBe(FIRST);
      manager.with(ROOT_CONTEXT, () => expect(manager.active()).toBe(ROOT_CONTEXT));
    });
    expect(() => manager.with(FIRST, boom)).toThrow('boom');
    expect(manager.active()).toBe(ROOT_CONTEXT);
  });

  it('keeps the context through what is asynchronous, side by side with others', async () => {
    const walk = async (context: typeof FIRST): Promise<unknown[]> => {
      const seen = [manager.active()];
      await pause(1);
      seen.push(manager.active());
      await new Promise((settle) => setImmediate(settle));
      await new Promise<void>((settle) => process.nextTick(settle));
      await Promise.resolve();
      seen.push(await manager.with(context === FIRST ? SECOND : FIRST, async () => manager.active()));
      seen.push(manager.active());
      return seen;
    };
    const both = await Promise.all([
      manager.with(FIRST, () => walk(FIRST)),
      manager.with(SECOND, () => walk(SECOND)),
    ]);
    expect(both).toEqual([
      [FIRST, FIRST, SECOND, FIRST],
      [SECOND, SECOND, FIRST, SECOND],
    ]);
  });

  it('binds functions, which keep their length, their `this` and their errors', () => {
    const target = {
      bound: manager.bind(FIRST, function (this: object, _a: number, _b: number) {
        return [manager.active(), this];
      }),
    };
    expect(target.bound.length).toBe(2);
    expect(manager.with(SECOND, () => target.bound(1, 2))).toEqual([FIRST, target]);
    expect(manager.bind(FIRST, boom)).toThrow('boom');
    expect(manager.active()).toBe(ROOT_CONTEXT);
  });

  it('binds the listeners that an emitter is given from then on, and lets them go again', () => {
    const emitter = new EventEmitter();
    const heard: unknown[] = [];
    const newListener = () => (): unknown => heard.push(manager.active());
    const before = newListener();
    emitter.on('event', before);
    expect(manager.bind(FIRST, emitter)).toBe(emitter);
    manager.with(SECOND, () => emitter.emit('event'));
    emitter.removeListener('event', before);
    expect(heard.splice(0)).toEqual([SECOND]);

    const methods = ['on', 'addListener', 'once', 'prependListener', 'prependOnceListener'] as const;
    const listeners = methods.map((method) => {
      const listener = newListener();
      emitter[method]('event', listener);
      return listener;
    });
    manager.with(SECOND, () => emitter.emit('event'));
    expect(heard).toEqual(new Array(5).fill(FIRST));
    for (const listener of listeners) emitter.off('event', listener);
    expect(emitter.listenerCount('event')).toBe(0);
    emitter.on('event', before).removeAllListeners('event');
    expect(emitter.emit('event')).toBe(false);
  });

  it('leaves anything else that it is to bind as it is', () => {
    const value = { a: 1 };
    expect(manager.bind(FIRST, value)).toBe(value);
  });

  it('attaches a context until it is let go of, once', () => {
    manager.with(FIRST, () => {
      const scope = manager.attach(SECOND);
      expect(manager.active()).toBe(SECOND);
      scope.dispose();
      expect(manager.active()).toBe(FIRST);
      manager.with(SECOND, () => {
        scope.dispose();
        expect(manager.active()).toBe(SECOND);
      });
    });
  });

  it('has nothing active when it is disabled', () => {
    manager.with(FIRST, () => {
      manager.disable();
      expect(manager.active()).toBe(ROOT_CONTEXT);
    });
    manager.enable().with(SECOND, () => expect(manager.active()).toBe(SECOND));
  });
});

it('what runs in the storage has its context active, and the other way round', () => {
  const contexts = new AsyncLocalStorage<object>();
  const manager = new SharedContextManager(contexts);
  contexts.run(FIRST, () => expect(manager.active()).toBe(FIRST));
  manager.with(SECOND, () => expect(contexts.getStore()).toBe(SECOND));
});
