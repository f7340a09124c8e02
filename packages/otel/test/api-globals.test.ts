import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type ContextManager,
  context,
  createContextKey,
  metrics,
  propagation,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { setContextManager, setPropagator, settingGlobals, settingProviders } from '../src/api-globals.ts';
import { SharedContextManager } from '../src/server-span/context-manager.ts';

afterEach(() => {
  for (const api of [trace, context, propagation, metrics]) api.disable();
});

const spansAreRecorded = (): boolean => trace.getTracer('test').startSpan('GET').isRecording();
const setProvider = (): void => {
  trace.setGlobalTracerProvider(new TracerProvider());
};

describe('globals that are set together', () => {
  it('can be cleared, and set anew', () => {
    for (let times = 0; times < 2; times++) {
      expect(spansAreRecorded()).toBe(false);
      const clear = settingGlobals(setProvider);
      expect(spansAreRecorded()).toBe(true);
      clear();
    }
    expect(spansAreRecorded()).toBe(false);
  });

  it('stay theirs where somebody had set them before', () => {
    setProvider();
    const clear = settingGlobals(setProvider);
    clear();
    expect(spansAreRecorded()).toBe(true);
  });

  it('are not cleared where none was set', () => {
    const clear = settingGlobals(() => {});
    setProvider();
    clear();
    expect(spansAreRecorded()).toBe(true);
  });
});

describe('providers', () => {
  const meterProvider = new MeterProvider();
  const setMeters = (): void => {
    metrics.setGlobalMeterProvider(meterProvider);
  };
  const isMetered = (): boolean => metrics.getMeterProvider() === meterProvider;

  it('are cleared, each that was set', () => {
    const clearBoth = settingProviders(() => {
      setProvider();
      setMeters();
    });
    expect([spansAreRecorded(), isMetered()]).toEqual([true, true]);
    clearBoth();
    expect([spansAreRecorded(), isMetered()]).toEqual([false, false]);
  });

  it('stay, each that was there before', () => {
    setProvider();
    settingProviders(() => {
      setProvider();
      setMeters();
    })();
    expect([spansAreRecorded(), isMetered()]).toEqual([true, false]);
    setMeters();
    settingProviders(() => {
      setMeters();
      trace.disable();
      setProvider();
    })();
    expect([spansAreRecorded(), isMetered()]).toEqual([false, true]);
  });
});

describe('a context manager', () => {
  const KEY = createContextKey('key');
  const isInForce = (): boolean =>
    context.with(ROOT_CONTEXT.setValue(KEY, 1), () => context.active().getValue(KEY) === 1);
  const shared = (): ContextManager => new SharedContextManager(new AsyncLocalStorage<object>());

  it('is set, and cleared again', () => {
    for (let times = 0; times < 2; times++) {
      const clear = setContextManager(shared());
      expect(isInForce()).toBe(true);
      clear?.();
      expect(isInForce()).toBe(false);
    }
  });

  it('is refused where somebody else’s is in force', () => {
    const theirs = new AsyncLocalStorageContextManager();
    context.setGlobalContextManager(theirs);
    expect(setContextManager(shared())).toBeUndefined();
    theirs.with(ROOT_CONTEXT.setValue(KEY, 2), () => expect(context.active().getValue(KEY)).toBe(2));
  });
});

describe('a propagator', () => {
  it('is set, and cleared again', () => {
    const clear = setPropagator(new W3CBaggagePropagator());
    expect(propagation.fields()).toEqual(['baggage']);
    clear();
    expect(propagation.fields()).toEqual([]);
  });

  it('stays theirs where somebody had set one before', () => {
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    setPropagator(new W3CBaggagePropagator())();
    expect(propagation.fields()).toEqual(['traceparent', 'tracestate']);
  });
});
