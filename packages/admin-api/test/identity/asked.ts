import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Clock } from '@tacho/core';
import { type IdentificationOptions, identification } from '../../src/identity/identification.ts';
import type { Identification, Identify } from '../../src/identity/identity.ts';

export const NOW_MS = Date.parse('2025-07-19T01:42:25.123Z');

/** Stands still; nothing is ever due. */
export const STILL: Clock = { now: () => NOW_MS, every: () => () => {} };

/** A request with these raw headers, names and values in turn. */
export function requestWith(...rawHeaders: string[]): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.rawHeaders = rawHeaders;
  return request;
}

export function bearing(token: string): IncomingMessage {
  return requestWith('Host', 'localhost', 'Authorization', `Bearer ${token}`);
}

/** Fails where anything is fetched or warned of, unless told otherwise. */
export function identifying(options: Partial<IdentificationOptions> = {}): Identify {
  return identification({
    tokens: [],
    jwt: undefined,
    authenticate: undefined,
    pseudonymOf: (name) => `p-${name}`,
    clock: STILL,
    fetch: () => Promise.reject(new Error('nothing should be fetched')),
    warn: (line) => {
      throw new Error(`nothing should be warned of: ${line}`);
    },
    ...options,
  });
}

/** `admin p-name`, `- p-name` without a role, `anonymous`, or the reason of a refusal. */
export function inWords(found: Identification): string {
  if (found.kind === 'anonymous') return 'anonymous';
  return found.kind === 'refused' ? found.reason : `${found.identity.role ?? '-'} ${found.identity.name}`;
}
