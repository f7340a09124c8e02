import { afterEach, expect, it } from '@jest/globals';
import { trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { settingGlobals } from '../src/api-globals.ts';

afterEach(() => trace.disable());

const spansAreRecorded = (): boolean => trace.getTracer('test').startSpan('GET').isRecording();
const setProvider = (): void => {
  trace.setGlobalTracerProvider(new TracerProvider());
};

it('globals that were set can be cleared, and set anew', () => {
  for (let times = 0; times < 2; times++) {
    expect(spansAreRecorded()).toBe(false);
    const clear = settingGlobals(setProvider);
    expect(spansAreRecorded()).toBe(true);
    clear();
  }
  expect(spansAreRecorded()).toBe(false);
});

it('globals that somebody had set before stay theirs', () => {
  setProvider();
  const clear = settingGlobals(setProvider);
  clear();
  expect(spansAreRecorded()).toBe(true);
});

it('nothing is cleared where nothing was set', () => {
  const clear = settingGlobals(() => {});
  setProvider();
  clear();
  expect(spansAreRecorded()).toBe(true);
});
