import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { IncomingMessage, Server, ServerResponse } from 'node:http';

type Request = IncomingMessage & Record<PropertyKey, unknown>;
type Response = ServerResponse & Record<PropertyKey, unknown>;

/** Something that an application, or what it has loaded, may do to the process or to its own requests. */
export interface Hostility {
  readonly name: string;
  /** Done once. @returns undoes it */
  readonly begin?: () => () => void;
  /** Done to each request, before it is answered. */
  readonly toEach?: (request: Request, response: Response) => void;
}

function replaced(target: object, name: PropertyKey, value: unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
  return () => {
    Reflect.deleteProperty(target, name);
    if (own !== undefined) Object.defineProperty(target, name, own);
  };
}

const throws = (): never => {
  throw new Error('hostile');
};

let clock = 1e6;

/** What replaces a clock: each reading is as the name says. */
const READINGS: Readonly<Record<string, () => unknown>> = {
  throws: throws,
  'goes backwards': () => (clock -= 1000),
  'stands still': () => 12_345,
  'gives NaN': () => Number.NaN,
  'gives nothing': () => undefined,
  'gives a BigInt': () => 1n,
};

const clocks = Object.entries(READINGS).flatMap(([what, read]): Hostility[] => [
  { name: `performance.now ${what}`, begin: () => replaced(performance, 'now', read) },
  { name: `Date.now ${what}`, begin: () => replaced(Date, 'now', read) },
]);

const passedOn = (method: string): (() => void) => {
  const original = Reflect.get(EventEmitter.prototype, method) as (...args: unknown[]) => unknown;
  return replaced(EventEmitter.prototype, method, function (this: unknown, ...args: unknown[]) {
    return original.apply(this, args);
  });
};

const patched: readonly Hostility[] = [
  { name: 'EventEmitter.prototype.emit is wrapped', begin: () => passedOn('emit') },
  { name: 'EventEmitter.prototype.once is wrapped', begin: () => passedOn('once') },
  {
    name: 'AsyncLocalStorage.prototype.run throws',
    begin: () => replaced(AsyncLocalStorage.prototype, 'run', throws),
  },
  {
    name: 'AsyncLocalStorage.prototype.getStore throws',
    begin: () => replaced(AsyncLocalStorage.prototype, 'getStore', throws),
  },
  { name: 'Error.prepareStackTrace throws', begin: () => replaced(Error, 'prepareStackTrace', throws) },
  { name: 'Error.stackTraceLimit is 0', begin: () => replaced(Error, 'stackTraceLimit', 0) },
  {
    name: 'Array.prototype has a property that is enumerable',
    begin: () => {
      (Array.prototype as unknown as Record<string, unknown>).extra = 1;
      return () => Reflect.deleteProperty(Array.prototype, 'extra');
    },
  },
  {
    name: 'Server.prototype.emit is wrapped, and unwrapped later',
    begin: () => {
      const { emit } = Server.prototype;
      return replaced(Server.prototype, 'emit', function (this: Server, ...args: unknown[]) {
        return Reflect.apply(emit, this, args);
      });
    },
  },
];

const toRequests: readonly Hostility[] = [
  { name: 'the response takes no property', toEach: (_, response) => Object.preventExtensions(response) },
  {
    name: 'the server takes no property',
    toEach: ({ socket }) => Object.preventExtensions(Reflect.get(socket, 'server')),
  },
  { name: 'the connection takes no property', toEach: ({ socket }) => Object.preventExtensions(socket) },
  { name: 'the request has no connection', toEach: (request) => replaced(request, 'socket', null) },
  { name: 'the request has no URL', toEach: (request) => replaced(request, 'url', undefined) },
  { name: 'the method is none', toEach: (request) => replaced(request, 'method', { toString: throws }) },
  { name: 'the raw headers are gone', toEach: (request) => replaced(request, 'rawHeaders', undefined) },
  {
    name: 'the response has its own emit',
    toEach: (_, response) => {
      const { emit } = response;
      replaced(response, 'emit', (...args: [string]) => emit.apply(response, args));
    },
  },
  {
    name: 'the status throws when it is read again',
    toEach: (_, response) => {
      response.on('finish', () => Object.defineProperty(response, 'statusCode', { get: throws }));
    },
  },
  {
    name: 'all listeners are removed',
    toEach: (request, response) => {
      request.removeAllListeners();
      response.removeAllListeners('close').removeAllListeners('error');
    },
  },
  {
    name: 'prototypes are others',
    toEach: (request) => Object.setPrototypeOf(request, Object.create(IncomingMessage.prototype)),
  },
  {
    name: 'the response ends twice',
    toEach: (_, response) => void response.on('finish', () => response.end()),
  },
  {
    name: 'a getter of the class is read',
    toEach: () => void Reflect.get(ServerResponse.prototype, 'constructor'),
  },
];

/**
 * After these a request can't be told from its response, does not end for Node itself, or is two: what is counted is
 * whatever is left to be seen.
 */
export const BLINDING: readonly Hostility[] = [
  { name: 'the request takes no property', toEach: (request) => Object.preventExtensions(request) },
  { name: 'the request is sealed', toEach: (request) => Object.seal(request) },
  { name: 'the response has another request', toEach: (_, response) => replaced(response, 'req', {}) },
  { name: 'the response has no request', toEach: (_, response) => replaced(response, 'req', undefined) },
  { name: 'the response has null for a request', toEach: (_, response) => replaced(response, 'req', null) },
  {
    name: 'the response’s request can’t be read',
    toEach: (_, response) => Object.defineProperty(response, 'req', { get: throws }),
  },
  {
    name: 'the response’s request throws whatever is read',
    toEach: (_, response) => replaced(response, 'req', new Proxy({}, { get: throws, has: throws })),
  },
  { name: 'the response emits nothing', toEach: (_, response) => replaced(response, 'emit', () => true) },
  {
    name: 'the request is handed on behind a proxy',
    toEach: (request, response) => {
      const server = Reflect.get(request.socket, 'server') as Server;
      if (request.headers['x-again'] !== undefined) return;
      request.headers['x-again'] = 'yes';
      server.emit('request', new Proxy(request, { defineProperty: () => false, set: () => false }), response);
    },
  },
];

/** Not undone, so to be tried last. */
export const FOR_GOOD: readonly Hostility[] = [
  {
    name: 'the prototypes of HTTP are frozen',
    begin: () => {
      for (const { prototype } of [Server, IncomingMessage, ServerResponse]) Object.freeze(prototype);
      return () => {};
    },
  },
  {
    name: 'the prototypes of the language are frozen',
    begin: () => {
      for (const { prototype } of [Object, Array, Function, Map, Set, Promise, Error])
        Object.freeze(prototype);
      return () => {};
    },
  },
];

export const HOSTILITIES: readonly Hostility[] = [...clocks, ...patched, ...toRequests];
