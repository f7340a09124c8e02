import { EventEmitter } from 'node:events';
import { hearKoaRoutes } from './koa.ts';

/** Copies of Koa in one process that are heard: each bundle can have one of its own. */
const MAX_COPIES = 64;
/** Prototypes between an application's context and that of all contexts. */
const MAX_DEPTH = 8;

type ListenerCount = typeof EventEmitter.prototype.listenerCount;

/**
 * Hears the routes of every Koa application from when it makes its callback: one that is bundled, or was loaded by a
 * way that leaves nothing in the module cache. Koa asks then whether somebody listens to its errors.
 *
 * @returns undoes it
 */
export function hearKoaApplications(): () => void {
  const undo: (() => void)[] = [];
  const { prototype } = EventEmitter;
  const original = Object.getOwnPropertyDescriptor(prototype, 'listenerCount') as PropertyDescriptor;
  const count = original.value as ListenerCount;
  let isInForce = true;
  // With its own parameters, since Node calls it several times for each request.
  const listenerCount: ListenerCount = function (this: EventEmitter, event, listener) {
    if (event === 'error' && isInForce && undo.length < MAX_COPIES) note(this, undo);
    return count.call(this, event, listener);
  };
  Object.defineProperty(prototype, 'listenerCount', { ...original, value: listenerCount });
  return () => {
    isInForce = false;
    if (prototype.listenerCount === listenerCount) {
      Object.defineProperty(prototype, 'listenerCount', original);
    }
    for (const undoOne of undo.splice(0)) undoOne();
  };
}

/** Runs inside the application's own call: nothing may come out of it. */
function note(emitter: EventEmitter, undo: (() => void)[]): void {
  try {
    const prototype = contextPrototypeOf(emitter);
    if (prototype !== undefined && !Object.hasOwn(prototype, '_matchedRoute')) {
      undo.push(hearKoaRoutes(prototype));
    }
  } catch {
    // Its requests are counted under templates learned from their URLs.
  }
}

/** What the contexts of a Koa application inherit from that no application has made: `lib/context.js` of Koa. */
function contextPrototypeOf(emitter: object): object | undefined {
  const { middleware, createContext, context } = emitter as Record<string, unknown>;
  if (!Array.isArray(middleware) || typeof createContext !== 'function') return undefined;
  let prototype: unknown = context;
  for (let depth = 0; typeof prototype === 'object' && prototype !== null && depth < MAX_DEPTH; depth++) {
    if (typeof Object.getOwnPropertyDescriptor(prototype, 'onerror')?.value === 'function') return prototype;
    prototype = Object.getPrototypeOf(prototype);
  }
  return undefined;
}
