import { type Clock, SECOND_MS } from '@tacho/core';
import type { Journal, JournalEntry } from '@tacho/store';
import { type Access, type CountedAccess, uncertain } from './access.ts';
import { AccessCounts, type AccessCountsOptions } from './access-counts.ts';
import { bounded, textOf } from './access-text.ts';

const BATCH_ENTRIES = 200;

export interface AccessLogOptions extends AccessCountsOptions {
  readonly journal: Pick<Journal, 'append'>;
  /** This run of this process. Nobody else may append to the journal under it. */
  readonly writer: string;
  readonly clock: Clock;
  /** How many entries wait for the journal at most. */
  readonly maxWaiting?: number;
}

/**
 * Records who has asked for what, in a journal: about once a second, and when it is flushed. What the journal does
 * not take waits and is offered again; past `maxWaiting` entries requests are only counted, and the count becomes an
 * entry as soon as there is room.
 */
export class AccessLog {
  readonly #journal: Pick<Journal, 'append'>;
  readonly #writer: string;
  readonly #clock: Clock;
  readonly #maxWaiting: number;
  readonly #counts: AccessCounts;
  readonly #stop: () => void;
  /** In ascending order of sequence. */
  #waiting: JournalEntry[] = [];
  #sequence = 0;
  /** Requests that no entry tells of yet, for want of room. */
  #unrecorded = 0;
  #lost = 0;
  #open = true;
  /** The run that is under way, or was last; never rejects. */
  #run: Promise<void> = Promise.resolve();
  /** The run that will begin when `#run` has ended. */
  #nextRun: Promise<void> | undefined;

  constructor({ journal, writer, clock, maxWaiting = 1000, ...counts }: AccessLogOptions) {
    this.#journal = journal;
    this.#writer = writer;
    this.#clock = clock;
    this.#maxWaiting = maxWaiting;
    this.#counts = new AccessCounts(counts);
    this.#stop = clock.every(SECOND_MS, () => this.#tick());
  }

  /** How many entries wait for the journal. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** How many requests were lost for want of room: all that will ever be known of them is how many. */
  get lost(): number {
    return this.#lost;
  }

  /** Never throws. Once it is closed, does nothing. */
  record(access: Access): void {
    this.#take(access, (kept) => this.#counts.add(kept, this.#clock.now()));
  }

  /** As an entry of its own, and at once: nobody is to wonder later who it was. Otherwise as `record`. */
  recordChange(access: Access): void {
    this.#take(access, () => true);
    void this.flush();
  }

  /**
   * Offers the journal all that waits; what was counted in this minute goes on being counted. Never rejects, and is
   * fulfilled as soon as the journal has settled what it was offered.
   */
  flush(): Promise<void> {
    this.#nextRun ??= this.#run.then(() => {
      this.#nextRun = undefined;
      this.#run = this.#appendAll();
      return this.#run;
    });
    return this.#nextRun;
  }

  /** Idempotent. Records what was counted, and flushes. Never rejects. */
  close(): Promise<void> {
    if (this.#open) {
      this.#open = false;
      this.#stop();
      for (const counted of this.#counts.take()) this.#enter(counted);
    }
    return this.flush();
  }

  #take(access: Access, isEntry: (kept: Access) => boolean): void {
    if (!this.#open) return;
    try {
      this.#endMinute();
      const kept = bounded({ ...access, timestampMs: this.#plausible(access.timestampMs) });
      if (isEntry(kept)) this.#enter({ ...kept, count: 1 });
    } catch {
      this.#lose(1);
    }
  }

  #tick(): Promise<void> {
    this.#endMinute();
    return this.flush();
  }

  #endMinute(): void {
    if (!this.#counts.isOver(this.#clock.now())) return;
    for (const counted of this.#counts.take()) this.#enter(counted);
  }

  #enter(access: CountedAccess): void {
    if (this.#waiting.length >= this.#maxWaiting) this.#lose(access.count);
    else this.#waiting.push(this.#entryOf(access));
  }

  #lose(count: number): void {
    this.#unrecorded += count;
    this.#lost += count;
  }

  #entryOf(access: CountedAccess): JournalEntry {
    const { timestampMs } = access;
    return { timestampMs, writer: this.#writer, sequence: this.#sequence++, text: textOf(access) };
  }

  /** Never rejects. What was rejected is offered again as it is, so none of it is there twice. */
  async #appendAll(): Promise<void> {
    try {
      for (;;) {
        this.#enterUnrecorded();
        const batch = this.#waiting.slice(0, BATCH_ENTRIES);
        if (batch.length === 0) return;
        await this.#journal.append(batch);
        this.#waiting = this.#waiting.slice(batch.length);
      }
    } catch {
      // The next second tries again.
    }
  }

  #enterUnrecorded(): void {
    if (this.#unrecorded === 0 || this.#waiting.length >= this.#maxWaiting) return;
    const nowMs = this.#plausible(this.#clock.now());
    this.#waiting.push(this.#entryOf(uncertain('not_recorded', nowMs, this.#unrecorded)));
    this.#unrecorded = 0;
  }

  #plausible(epochMs: number): number {
    return epochMs >= 0 && Number.isFinite(epochMs) ? epochMs : 0;
  }
}
