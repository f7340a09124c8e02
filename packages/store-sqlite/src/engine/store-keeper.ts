import { SECOND_MS, TachoError } from '@tacho/core';
import { hasRoom } from '../file/free-space.ts';
import { lookAtFile } from '../file/look-at-file.ts';
import { moveAside } from '../file/move-aside.ts';
import { storeError } from '../file/sqlite-error.ts';
import type { StoreNotice } from '../worker/messages.ts';
import { HealingLock } from './healing-lock.ts';
import { type OpenStore, type OpenStoreOptions, openStore } from './open-store.ts';

/** How long a file that could not be opened is left alone, by what was wrong with it. */
const RETRY_MS = 2 * SECOND_MS;
/** Where only a person can help. */
const HOPELESS_RETRY_MS = 60 * SECOND_MS;
const HOPELESS = new Set(['TACHO_STORE_NEWER', 'TACHO_STORE_ENCRYPTED', 'TACHO_STORE_WRONG_KEY']);

/** Of the files moved aside few are kept: a disk that damages each new one must not push out the first. */
const HEALING_PAUSE_MS = 60 * SECOND_MS;

/** How often an open file is looked at from outside, and for how long it may look doubtful. */
const LOOK_EVERY_MS = SECOND_MS;
const DOUBTFUL_FOR_MS = 15 * SECOND_MS;

interface Failure {
  readonly error: TachoError;
  readonly nowMs: number;
}

/**
 * Keeps a store's file open: opens it when it is first needed, again when it was replaced or deleted, and later when
 * it could not be opened. A damaged file is moved aside, and a new one takes its place.
 */
export class StoreKeeper {
  readonly #options: OpenStoreOptions;
  readonly #tell: (notice: StoreNotice) => void;
  readonly #lock: HealingLock;
  #open: OpenStore | undefined;
  #failure: Failure | undefined;
  #healedAtMs: number | undefined;
  #unavailable: string | undefined;
  /** Where only writing fails, reading says nothing about whether the store can be used again. */
  #isWriteFailing = false;
  #lookedAtMs: number | undefined;
  #doubtfulSinceMs: number | undefined;
  /** Another file was found in its place, and nobody has been told of it yet. */
  #isReplaced = false;

  constructor(options: OpenStoreOptions, tell: (notice: StoreNotice) => void) {
    this.#options = options;
    this.#tell = tell;
    this.#lock = new HealingLock(options.path);
  }

  /** Why the last call failed, in a few words; undefined where it did not. */
  get unavailable(): string | undefined {
    return this.#unavailable;
  }

  /** @throws TachoError TACHO_STORE_UNAVAILABLE */
  read<Result>(nowMs: number, work: (store: OpenStore) => Result): Result {
    return this.#told('read', () => this.#healing(nowMs, work));
  }

  /** Refuses where the volume has hardly any room left. @throws TachoError TACHO_STORE_UNAVAILABLE */
  write<Result>(nowMs: number, work: (store: OpenStore) => Result): Result {
    return this.#told('write', () => {
      if (!this.#hasRoom()) throw this.#error('disk full');
      const { isKept, result } = this.#writeTo(nowMs, work);
      if (isKept) return result;
      const again = this.#writeTo(nowMs, work);
      if (!again.isKept) throw this.#error('replaced by another file, and what was written with it');
      return again.result;
    });
  }

  /** @returns `isKept` false where the file was moved aside while this waited, with what was then written to it */
  #writeTo<Result>(nowMs: number, work: (store: OpenStore) => Result): { isKept: boolean; result: Result } {
    return this.#healing(nowMs, (store) => {
      this.#assertSound(nowMs);
      store.sealings.declare();
      const result = work(store);
      return { isKept: store.file.isInPlace(), result };
    });
  }

  close(): void {
    const open = this.#open;
    this.#open = undefined;
    open?.file.close();
  }

  #healing<Result>(nowMs: number, work: (store: OpenStore) => Result): Result {
    try {
      return work(this.#current(nowMs));
    } catch (thrown) {
      const error = storeError(thrown, this.#options.path);
      if (error.code !== 'TACHO_STORE_CORRUPT') throw error;
      this.#heal(error, nowMs);
      return work(this.#current(nowMs));
    }
  }

  #current(nowMs: number): OpenStore {
    if (this.#open?.file.isInPlace() === false) {
      this.#closeQuietly();
      this.#isReplaced = true;
    }
    this.#open ??= this.#tryToOpen(nowMs);
    if (this.#isReplaced) this.#tellOnce({ kind: 'replaced' });
    return this.#open;
  }

  #tryToOpen(nowMs: number): OpenStore {
    if (this.#failure !== undefined && isWithin(retryMs(this.#failure.error), this.#failure.nowMs, nowMs)) {
      throw this.#failure.error;
    }
    this.#lock.assertFree(nowMs);
    try {
      const open = openStore(this.#options);
      this.#failure = undefined;
      return open;
    } catch (thrown) {
      const error = storeError(thrown, this.#options.path);
      if (error.code !== 'TACHO_STORE_CORRUPT') this.#failure = { error, nowMs };
      throw error;
    }
  }

  /** @throws TachoError TACHO_STORE_CORRUPT once the open file is no store's any more */
  #assertSound(nowMs: number): void {
    if (this.#lookedAtMs !== undefined && isWithin(LOOK_EVERY_MS, this.#lookedAtMs, nowMs)) return;
    this.#lookedAtMs = nowMs;
    const look = lookAtFile(this.#options.path);
    this.#doubtfulSinceMs = look === 'doubtful' ? (this.#doubtfulSinceMs ?? nowMs) : undefined;
    const isPatient = isWithin(DOUBTFUL_FOR_MS, this.#doubtfulSinceMs ?? nowMs, nowMs);
    if (look === 'damaged' || !isPatient)
      throw new TachoError('TACHO_STORE_CORRUPT', 'the file was overwritten or cut off');
  }

  #heal(error: TachoError, nowMs: number): void {
    if (this.#healedAtMs !== undefined && isWithin(HEALING_PAUSE_MS, this.#healedAtMs, nowMs)) {
      this.#closeQuietly();
      throw error;
    }
    this.#lock.hold(nowMs, () => {
      const isDamaged = this.#isStillDamaged();
      this.#closeQuietly();
      if (!isDamaged) return;
      const path = moveAside(this.#options.path, nowMs);
      this.#healedAtMs = nowMs;
      this.#tellOnce({ kind: 'moved-aside', path, reason: this.#reasonOf(error) });
    });
  }

  /** Another process may have put a new file in its place in the meantime, which is not to be moved aside. */
  #isStillDamaged(): boolean {
    if (this.#open !== undefined) return this.#open.file.isInPlace();
    try {
      openStore(this.#options).file.close();
      return false;
    } catch (thrown) {
      return storeError(thrown, this.#options.path).code === 'TACHO_STORE_CORRUPT';
    }
  }

  /** The log may be what takes up the room. */
  #hasRoom(): boolean {
    const { path } = this.#options;
    if (hasRoom(path)) return true;
    try {
      this.#open?.file.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      return false;
    }
    return hasRoom(path);
  }

  /** Of a damaged file, or one that is no longer ours, not even that can be relied on. */
  #closeQuietly(): void {
    try {
      this.close();
    } catch {
      this.#open = undefined;
    }
  }

  #told<Result>(kind: 'read' | 'write', work: () => Result): Result {
    try {
      const result = work();
      if (kind === 'write') this.#isWriteFailing = false;
      if (this.#isWriteFailing) return result;
      if (this.#unavailable !== undefined) this.#tell({ kind: 'available' });
      this.#unavailable = undefined;
      return result;
    } catch (thrown) {
      if (kind === 'write') this.#isWriteFailing = true;
      const error = storeError(thrown, this.#options.path);
      const reason = this.#reasonOf(error);
      if (reason !== this.#unavailable) this.#tellOnce({ kind: 'unavailable', reason, hint: error.hint });
      this.#unavailable = reason;
      throw error.code === 'TACHO_STORE_UNAVAILABLE' ? error : this.#error(reason, error);
    }
  }

  /** What became of the file that stood in its place says that one did. */
  #tellOnce(notice: StoreNotice): void {
    this.#isReplaced = false;
    this.#tell(notice);
  }

  #reasonOf({ message }: TachoError): string {
    const prefix = `${this.#options.path}: `;
    return message.startsWith(prefix) ? message.slice(prefix.length) : message;
  }

  #error(reason: string, cause?: TachoError): TachoError {
    const hint = cause?.hint === undefined ? {} : { hint: cause.hint };
    return new TachoError('TACHO_STORE_UNAVAILABLE', `${this.#options.path}: ${reason}`, { ...hint, cause });
  }
}

function retryMs({ code }: TachoError): number {
  return HOPELESS.has(code) ? HOPELESS_RETRY_MS : RETRY_MS;
}

/** Whether less than a time has passed. A clock that was set, either way, counts as time that has passed. */
function isWithin(durationMs: number, sinceMs: number, nowMs: number): boolean {
  return Math.abs(nowMs - sinceMs) < durationMs;
}
