import type { IncomingMessage } from 'node:http';

/** What frameworks made of bodies that they have read, where it is not on the request itself. */
const GIVEN = new WeakMap<object, unknown>();

/** @param body what the application's framework has parsed; undefined where it did not */
export function noteBody(request: object, body: unknown): void {
  if (body !== undefined) GIVEN.set(request, body);
}

/** Of a request whose stream others have read: what they made of it, and undefined where nobody can tell. */
export function givenBody(request: IncomingMessage & { readonly body?: unknown }): unknown {
  return request.body ?? GIVEN.get(request);
}
