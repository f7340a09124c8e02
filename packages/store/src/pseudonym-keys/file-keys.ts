import { type KeyPeriod, TachoError } from '@tacho/core';
import { reasonOf } from './failure-reason.ts';
import {
  createKeyFile,
  type KeyFileContent,
  keyFileIdentity,
  moveKeyFileAside,
  readKeyFile,
} from './key-file.ts';
import { KeyFileLock } from './key-file-lock.ts';
import {
  type KeyList,
  type KeyListChange,
  keyListAt,
  type NextId,
  newKeyList,
  numberedId,
  type PeriodKey,
  randomId,
  withFormerKeys,
} from './key-list.ts';
import { idsIn, keyListText, parseKeyList } from './key-list-text.ts';
import { keyRetentionMs, type PseudonymKeys, type PseudonymKeysOptions } from './pseudonym-keys.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { replaceKeyFile } from './replace-key-file.ts';

/** Another process may create the file, or move a damaged one aside, at the same time; not over and over. */
const MAX_ATTEMPTS = 5;

/** A process that has just begun believes the clock for a week, as the store's does: nobody may have looked at it. */
const MAX_DOWNTIME_HOURS = 7 * 24;

/**
 * Keys in a file that every process of a store shares. It is read, or created for its owner alone, before this
 * returns; its folder has to be there. While the file can't be used, users get pseudonyms under a key that only this
 * process knows, which goes into the file as soon as it can be used again.
 *
 * A damaged file is moved aside. One that is gone is taken to have been deleted on purpose, so that nobody can tell
 * who the users were: the keys in memory are forgotten too.
 */
export function openPseudonymKeys(
  path: string,
  nowMs: number,
  options: PseudonymKeysOptions = {},
): PseudonymKeys {
  return new FilePseudonymKeys(path, nowMs, options);
}

class FilePseudonymKeys implements PseudonymKeys {
  readonly #path: string;
  readonly #keepMs: number;
  readonly #warn: (message: string) => void;
  readonly #pseudonyms: Pseudonyms;
  readonly #lock: KeyFileLock;
  #list: KeyList;
  /** Of the file that the list is from; undefined while it is from none. */
  #identity: string | undefined;
  /** Keys that this process used for want of the file, and that are not in it yet. */
  #former: readonly PeriodKey[] = [];
  #refreshing = false;
  #hasCounted = false;
  #lastFailure: string | undefined;

  constructor(
    path: string,
    nowMs: number,
    { keepMs = keyRetentionMs(), warn = () => {} }: PseudonymKeysOptions,
  ) {
    this.#path = path;
    this.#lock = new KeyFileLock(path);
    this.#keepMs = keepMs;
    this.#warn = warn;
    this.#list = newKeyList(nowMs, randomId);
    this.#pseudonyms = new Pseudonyms(this.#list.keys);
    try {
      this.#read(nowMs);
    } catch (error) {
      this.#failed(error);
    }
  }

  pseudonymOf(user: string): string {
    return this.#pseudonyms.of(user);
  }

  pseudonymsOf(user: string): string[] {
    return this.#pseudonyms.all(user);
  }

  periods(): KeyPeriod[] {
    return this.#pseudonyms.periods();
  }

  async refresh(nowMs: number): Promise<void> {
    if (this.#refreshing) return;
    this.#refreshing = true;
    try {
      this.#read(nowMs);
      if (this.#changed(nowMs) === undefined || (await this.#replace(nowMs))) {
        this.#former = [];
        this.#hasCounted = true;
      }
      this.#lastFailure = undefined;
    } catch (error) {
      if (this.#identity === undefined) this.#use(keyListAt(this.#list, this.#changeAt(nowMs, randomId)));
      this.#failed(error);
    } finally {
      this.#refreshing = false;
    }
  }

  /** Takes over the file as it is now, if it is another than before; creates it where there is none. */
  #read(nowMs: number): void {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      if (this.#identity !== undefined && keyFileIdentity(this.#path) === this.#identity) return;
      const file = readKeyFile(this.#path);
      if (file === undefined) this.#create(nowMs);
      else if (this.#takeOver(file, nowMs)) return;
    }
    throw new TachoError('TACHO_STORE_UNAVAILABLE', 'other processes keep changing it');
  }

  #create(nowMs: number): void {
    const isGone = this.#identity !== undefined;
    const taken = this.#list.keys.map(({ id }) => id);
    if (!createKeyFile(this.#path, keyListText(newKeyList(nowMs, numberedId, taken)))) return;
    this.#former = isGone ? [] : this.#former;
    if (isGone)
      this.#warn(`The key file ${this.#path} was gone; there is a new one, and users get new pseudonyms.`);
  }

  /** @returns false where it was damaged, and something else is to be read now */
  #takeOver({ text, identity, exposed }: KeyFileContent, nowMs: number): boolean {
    let list: KeyList;
    try {
      list = parseKeyList(text);
    } catch (error) {
      if (!(error instanceof TachoError && error.code === 'TACHO_BAD_DATA')) throw error;
      this.#replaceDamaged(text, identity, nowMs);
      return false;
    }
    this.#identity = identity;
    this.#use(list);
    if (exposed !== 'no') this.#warn(exposedWarning(this.#path, exposed));
    return true;
  }

  #replaceDamaged(text: string, identity: string, nowMs: number): void {
    const aside = moveKeyFileAside(this.#path, identity, nowMs);
    const isKnown = this.#identity !== undefined;
    const list = isKnown ? this.#list : newKeyList(nowMs, numberedId, idsIn(text));
    if (!createKeyFile(this.#path, keyListText(list))) return;
    const outcome = isKnown ? 'it was written anew' : 'users get new pseudonyms';
    this.#warn(`The key file ${this.#path} was damaged: it is ${aside} now, and ${outcome}.`);
  }

  #use(list: KeyList): void {
    this.#list = list;
    this.#pseudonyms.use(list.keys);
  }

  /** What is to be in the file now; undefined where nothing is to be changed. */
  #changed(nowMs: number): KeyList | undefined {
    const list = withFormerKeys(this.#list, this.#former, nowMs);
    const changed = keyListAt(list, this.#changeAt(nowMs, numberedId));
    return changed === this.#list ? undefined : changed;
  }

  #changeAt(nowMs: number, nextId: NextId): KeyListChange {
    const mostHours = this.#hasCounted ? 1 : MAX_DOWNTIME_HOURS;
    return { nowMs, keepMs: this.#keepMs, mostHours, nextId };
  }

  /** @returns false where another process is at it */
  async #replace(nowMs: number): Promise<boolean> {
    if (!(await this.#lock.take(nowMs))) return false;
    try {
      this.#read(nowMs);
      const changed = this.#changed(nowMs);
      if (changed !== undefined) await replaceKeyFile(this.#path, keyListText(changed));
      this.#read(nowMs);
    } finally {
      await this.#lock.release();
    }
    return true;
  }

  /** The same failure is told once, until something has gone well. */
  #failed(error: unknown): void {
    const isKnown = this.#identity !== undefined;
    if (!isKnown) this.#former = this.#list.keys;
    const reason = reasonOf(error);
    if (reason === this.#lastFailure) return;
    this.#lastFailure = reason;
    const meanwhile = isKnown
      ? 'its keys stay in use'
      : 'users get pseudonyms under a key of this process alone';
    this.#warn(`The key file ${this.#path} can't be used (${reason}); until it can, ${meanwhile}.`);
  }
}

function exposedWarning(path: string, exposed: 'until now' | 'still'): string {
  const what = `The key file ${path} could be read or written by other users of this machine`;
  return exposed === 'still' ? `${what}, and still can: it should have mode 0600.` : `${what} until now.`;
}
