import { EventEmitter } from 'node:events';
import type { Server } from 'node:net';

const HIDDEN = Symbol('tacho.hidden');

/**
 * Keeps a server of tacho's own out of sight of everybody who watches the servers of this process, which is done by
 * wrapping the method that theirs have in common: it has one to itself. Whoever measures an application sees nothing
 * more than without tacho.
 *
 * @param onRequest called at each request. Must not throw
 */
export function hideServer(server: Server, onRequest: () => void): void {
  const emit = function emit(this: Server, event: string, ...args: unknown[]): boolean {
    if (event === 'request') onRequest();
    return Reflect.apply(EventEmitter.prototype.emit, this, [event, ...args]);
  };
  Object.defineProperty(server, 'emit', { value: emit, writable: true, configurable: true });
  Object.defineProperty(server, HIDDEN, { value: true });
}

export function isHidden(server: object): boolean {
  return HIDDEN in server;
}
