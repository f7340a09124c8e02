import { afterEach, describe, expect, it } from '@jest/globals';
import { INERT_MONITORING, type Monitoring } from '../src/monitoring.ts';
import { type Lifecycle, runningInstance, startInstance } from '../src/single-instance.ts';

const SLOT = Symbol.for('tacho.monitoring');

afterEach(() => {
  Reflect.deleteProperty(globalThis, SLOT);
});

/** Something to start that notes what becomes of it. */
class Started implements Monitoring {
  adminApi: { url: string } | undefined = { url: 'http://127.0.0.1:1' };
  readonly adminHandler = INERT_MONITORING.adminHandler;
  readonly adminMiddleware = INERT_MONITORING.adminMiddleware;
  shutdowns = 0;
  shutdown(): Promise<void> {
    this.shutdowns++;
    return Promise.resolve();
  }
}

function lifecycleOf(start: () => Monitoring, told: unknown[] = []): Lifecycle {
  return {
    start,
    onCalledAgain: () => told.push('called again'),
    onFailedShutdown: (thrown) => told.push(thrown),
  };
}

describe('the running instance', () => {
  it('is none at first', () => {
    expect(runningInstance()).toBeUndefined();
  });

  it('is what was started, and says once that it was asked for again', () => {
    const told: unknown[] = [];
    const monitoring = startInstance(lifecycleOf(() => new Started(), told));
    expect(told).toEqual([]);
    expect(runningInstance()).toBe(monitoring);
    expect(runningInstance()).toBe(monitoring);
    expect(told).toEqual(['called again']);
  });

  it('is there already while it is being started', () => {
    let seen: Monitoring | undefined;
    const monitoring = startInstance(
      lifecycleOf(() => {
        seen = runningInstance();
        return new Started();
      }),
    );
    expect(seen).toBe(monitoring);
  });

  it('is none where the start failed', () => {
    const failing = lifecycleOf(() => {
      throw new Error('no');
    });
    expect(() => startInstance(failing)).toThrow('no');
    expect(runningInstance()).toBeUndefined();
  });

  it('is kept where no code of the application comes across it', () => {
    startInstance(lifecycleOf(() => new Started()));
    expect(Object.keys(globalThis)).not.toContain(SLOT);
    expect(Object.getOwnPropertyDescriptor(globalThis, SLOT)).toMatchObject({ enumerable: false });
  });

  it.each([[null], [7], ['x'], [{}], [{ monitoring: {} }]])(
    'is not what anybody put in its place: %p',
    (other) => {
      Reflect.defineProperty(globalThis, SLOT, { value: other, configurable: true });
      expect(runningInstance()).toBeUndefined();
    },
  );

  it('may be of another copy of the package', () => {
    const foreign = { monitoring: new Started(), calls: 0, calledAgain: () => foreign.calls++ };
    Reflect.defineProperty(globalThis, SLOT, { value: foreign, configurable: true });
    expect(runningInstance()).toBe(foreign.monitoring);
    expect(foreign.calls).toBe(1);
  });
});

describe('its handle', () => {
  it('shows the admin API as it is at that moment, and none after the shutdown', async () => {
    const started = new Started();
    started.adminApi = undefined;
    const monitoring = startInstance(lifecycleOf(() => started));
    expect(monitoring.adminApi).toBeUndefined();
    started.adminApi = { url: 'http://127.0.0.1:2' };
    expect(monitoring.adminApi).toEqual({ url: 'http://127.0.0.1:2' });
    const stopped = monitoring.shutdown();
    expect(monitoring.adminApi).toBeUndefined();
    await stopped;
  });

  it('shuts down once, with one promise, also without its this', async () => {
    const started = new Started();
    const { shutdown } = startInstance(lifecycleOf(() => started));
    const stopped = shutdown();
    expect(started.shutdowns).toBe(1);
    expect(shutdown()).toBe(stopped);
    await expect(stopped).resolves.toBeUndefined();
    expect(started.shutdowns).toBe(1);
  });

  it('makes room for a fresh one from the moment of the shutdown', async () => {
    const first = startInstance(lifecycleOf(() => new Started()));
    const stopped = first.shutdown();
    expect(runningInstance()).toBeUndefined();
    const second = startInstance(lifecycleOf(() => new Started()));
    await stopped;
    expect(second).not.toBe(first);
    expect(runningInstance()).toBe(second);
  });

  it.each<[how: string, shutdown: () => Promise<void>]>([
    ['rejects', () => Promise.reject(new Error('late'))],
    [
      'throws',
      () => {
        throw new Error('late');
      },
    ],
  ])('resolves although what it stops %s, which is told', async (_how, shutdown) => {
    const told: unknown[] = [];
    const monitoring = startInstance(lifecycleOf(() => ({ ...INERT_MONITORING, shutdown }), told));
    await expect(monitoring.shutdown()).resolves.toBeUndefined();
    expect(told).toEqual([new Error('late')]);
  });

  it('shuts down what is still being started, once that is there', async () => {
    const started = new Started();
    let stopped: Promise<void> | undefined;
    startInstance(
      lifecycleOf(() => {
        stopped = runningInstance()?.shutdown();
        return started;
      }),
    );
    await stopped;
    expect(started.shutdowns).toBe(1);
    expect(runningInstance()).toBeUndefined();
  });
});
