import type { Context } from '@opentelemetry/api';

/**
 * What is registered in the API's globals, by whichever copy of the API. It is read past our own copy, which sees
 * nothing of what an older one has registered.
 */
export interface RegisteredApi {
  /** Of the copy that registered first. */
  readonly version: string;
  readonly trace?: unknown;
  readonly context?: { active(): Context };
  readonly metrics?: unknown;
}

/** The same for all copies of one major version. */
const GLOBAL = Symbol.for('opentelemetry.js.api.1');

/** @returns undefined where nothing has been registered yet */
export function registeredApi(): RegisteredApi | undefined {
  return Reflect.get(globalThis, GLOBAL) as RegisteredApi | undefined;
}

/** Whether somebody has registered what makes spans, or what holds them. */
export function isTracedByOthers(): boolean {
  const api = registeredApi();
  return api?.trace !== undefined || api?.context !== undefined;
}

/** Whether somebody has registered what takes measurements. */
export function isMeteredByOthers(): boolean {
  return registeredApi()?.metrics !== undefined;
}
