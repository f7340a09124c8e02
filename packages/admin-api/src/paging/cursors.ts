import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock, Position } from '@tacho/core';
import { HttpProblem } from '../http-problem.ts';

/** So long after a page the next can be asked for. */
const VALID_MS = 3_600_000;

const KEY_ID_BYTES = 6;
const SEAL_BYTES = 16;

/** Where a page ended, and of which list. */
export interface Bookmark {
  /** The name of the resource. */
  readonly resource: string;
  /** Epoch milliseconds, as they were when the first page was asked for. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly sort: string;
  readonly after: Position;
}

/** What is inside a cursor, under short names: it is to fit into a URL. */
interface Inside {
  r: string;
  f: number;
  t: number;
  s: string;
  v: number | null;
  n: string;
  /** Epoch milliseconds. */
  e: number;
}

/**
 * Bookmarks as texts that only we can have made, for an hour: the id of the key, a seal (HMAC-SHA-256, cut to 128
 * bits) and what is sealed, in base64url.
 */
export class Cursors {
  readonly #key: Uint8Array;
  readonly #keyId: Buffer;
  readonly #clock: Pick<Clock, 'now'>;

  /** @param key 32 random bytes. Those who answer for each other share it; with a new one, all cursors have expired */
  constructor({ key, clock }: { key: Uint8Array; clock: Pick<Clock, 'now'> }) {
    this.#key = key;
    this.#keyId = this.#digest('key id').subarray(0, KEY_ID_BYTES);
    this.#clock = clock;
  }

  cursorOf({ resource, fromMs, toMs, sort, after }: Bookmark): string {
    const e = this.#clock.now() + VALID_MS;
    const inside: Inside = { r: resource, f: fromMs, t: toMs, s: sort, v: after.value, n: after.name, e };
    const sealed = Buffer.from(JSON.stringify(inside));
    return Buffer.concat([this.#keyId, this.#sealOf(sealed), sealed]).toString('base64url');
  }

  /** @throws HttpProblem 400 where it is none for this resource, 410 where it is no longer */
  bookmarkOf(cursor: string, resource: string): Bookmark {
    const bytes = Buffer.from(cursor, 'base64url');
    const sealedAt = KEY_ID_BYTES + SEAL_BYTES;
    // One text alone means these bytes.
    if (bytes.byteLength <= sealedAt || bytes.toString('base64url') !== cursor) throw invalidCursor();
    if (!bytes.subarray(0, KEY_ID_BYTES).equals(this.#keyId)) throw expiredCursor();
    const sealed = bytes.subarray(sealedAt);
    if (!timingSafeEqual(bytes.subarray(KEY_ID_BYTES, sealedAt), this.#sealOf(sealed))) throw invalidCursor();
    const { r, f, t, s, v, n, e } = JSON.parse(sealed.toString()) as Inside;
    if (r !== resource) throw invalidCursor();
    if (this.#clock.now() >= e) throw expiredCursor();
    return { resource, fromMs: f, toMs: t, sort: s, after: { value: v, name: n } };
  }

  #sealOf(bytes: Buffer): Buffer {
    return this.#digest('cursor', bytes).subarray(0, SEAL_BYTES);
  }

  /** @param purpose so that none of its results is fit for another's */
  #digest(purpose: string, bytes: Uint8Array = new Uint8Array()): Buffer {
    return createHmac('sha256', this.#key).update(`${purpose}\n`).update(bytes).digest();
  }
}

function invalidCursor(): HttpProblem {
  return new HttpProblem({
    status: 400,
    code: 'invalid_cursor',
    detail: 'The cursor is none that was given for this list.',
    parameter: 'cursor',
  });
}

function expiredCursor(): HttpProblem {
  return new HttpProblem({
    status: 410,
    code: 'cursor_expired',
    detail: 'The cursor was good for an hour and this run of the service; begin at the first page again.',
    parameter: 'cursor',
  });
}
