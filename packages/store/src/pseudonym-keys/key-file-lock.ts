import { open, stat, unlink } from 'node:fs/promises';
import { systemCode } from './failure-reason.ts';
import { KEY_FILE_MODE } from './key-file.ts';

/** Nobody who is alive holds a lock for as long. */
const ABANDONED_AFTER_MS = 30_000;

/** Lets one process at a time replace a file: whoever can create `<file>.lock`. */
export class KeyFileLock {
  readonly #path: string;
  /** The lock of another process, as it was first met. */
  #met: { readonly identity: string; readonly sinceMs: number } | undefined;

  constructor(path: string) {
    this.#path = `${path}.lock`;
  }

  /**
   * One that stays where it is was left behind by a process that died; it is removed, and can be taken the next time.
   * @returns false where another process has it
   */
  async take(nowMs: number): Promise<boolean> {
    try {
      await (await open(this.#path, 'wx', KEY_FILE_MODE)).close();
      this.#met = undefined;
      return true;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
    const identity = await this.#identity();
    if (identity === undefined || identity !== this.#met?.identity) {
      this.#met = identity === undefined ? undefined : { identity, sinceMs: nowMs };
    } else if (nowMs - this.#met.sinceMs >= ABANDONED_AFTER_MS) {
      await this.release();
    }
    return false;
  }

  async release(): Promise<void> {
    try {
      await unlink(this.#path);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
    }
  }

  async #identity(): Promise<string | undefined> {
    try {
      const { ino, mtimeNs } = await stat(this.#path, { bigint: true });
      return `${ino}-${mtimeNs}`;
    } catch {
      return undefined;
    }
  }
}
