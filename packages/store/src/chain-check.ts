import type { JournalEntry, JournalFault, JournalVerification } from './journal.ts';
import {
  type ChainEnd,
  type ChainEnds,
  headText,
  isSameLink,
  linkAfter,
  parseHead,
} from './journal-chain.ts';

const MAX_FAULTS = 20;

/** What stands at a position, as it is found. */
export interface ChainRow extends ChainEnd {
  readonly writer: string;
  readonly sequence: number;
  /** Undefined where its text can't be read. */
  readonly entry: JournalEntry | undefined;
  /** Whether reading would find it. */
  readonly isFound: boolean;
}

/**
 * Looks along a chain, row by row in ascending order of position. After an edit it goes on from the link that is
 * stored as well as from the one that should be, so one edit is one fault; after a gap from the link that is stored.
 */
export class ChainCheck {
  readonly #kept: ChainEnd | undefined;
  #keptHead: JournalVerification['keptHead'];
  #ends: ChainEnds | undefined;
  /** Up to which the chain has been looked at; none before the first call of `within`. */
  #position = -1;
  /** What the next link may be made from. Empty where that is gone. */
  #links: readonly Uint8Array[] = [];
  #entries = 0;
  #oldestMs = Number.POSITIVE_INFINITY;
  #newestMs = Number.NEGATIVE_INFINITY;
  #faultCount = 0;
  readonly #faults: JournalFault[] = [];

  /** @param head one that was kept, as `JournalVerification.head` gave it */
  constructor(head: string | undefined) {
    this.#kept = head === undefined ? undefined : parseHead(head);
    this.#keptHead = head === undefined ? undefined : 'unknown';
  }

  /** To be told before the first row, and whenever the ends may have moved: what was let go is passed over. */
  within(ends: ChainEnds): void {
    this.#ends = ends;
    const { start } = ends;
    if (start.position <= this.#position) return;
    if (this.#isBetween(this.#kept, start)) this.#keptHead = 'dropped';
    this.#position = start.position;
    this.#links = knownAmong([start.link]);
    this.#compareWithKept(start);
  }

  row(row: ChainRow): void {
    this.#entries++;
    const { position } = row;
    if (position <= this.#position || position > this.#headOf().position) {
      this.#fault({ ...placeOf(row), kind: 'added' });
      return;
    }
    this.#missing(position);
    this.#follow(row);
    this.#compareWithKept(row);
    if (!row.isFound) this.#fault({ ...placeOf(row), kind: 'hidden' });
  }

  /** To be called once there are no more rows. */
  result(): JournalVerification {
    const head = this.#headOf();
    if (this.#position < head.position) this.#missing(head.position + 1);
    else if (this.#links.length > 0 && !this.#links.some((link) => isSameLink(link, head.link)))
      this.#fault({ position: head.position, kind: 'changed' });
    if (this.#keptHead === 'unknown')
      this.#fault({ position: this.#kept?.position ?? 0, kind: 'unknown head' });
    return {
      intact: this.#faultCount === 0,
      entries: this.#entries,
      oldestMs: Number.isFinite(this.#oldestMs) ? this.#oldestMs : undefined,
      newestMs: Number.isFinite(this.#newestMs) ? this.#newestMs : undefined,
      head: headText(head),
      keptHead: this.#keptHead,
      faultCount: this.#faultCount,
      faults: this.#faults,
    };
  }

  #follow(row: ChainRow): void {
    const { position, entry, link } = row;
    const due = entry === undefined ? [] : this.#links.map((before) => linkAfter(before, position, entry));
    const isDue = entry !== undefined && (due.length === 0 || due.some((one) => isSameLink(one, link)));
    this.#position = position;
    this.#links = knownAmong(isDue ? [link] : [link, ...due]);
    if (!isDue) this.#fault({ ...placeOf(row), kind: 'changed' });
    else this.#heed(entry);
  }

  #heed({ timestampMs }: JournalEntry): void {
    this.#oldestMs = Math.min(this.#oldestMs, timestampMs);
    this.#newestMs = Math.max(this.#newestMs, timestampMs);
  }

  /** Everything between what has been looked at and `position`. */
  #missing(position: number): void {
    const count = position - this.#position - 1;
    if (count === 0) return;
    const listed = Math.min(count, MAX_FAULTS - this.#faults.length);
    for (let index = 1; index <= listed; index++)
      this.#faults.push({ position: this.#position + index, kind: 'missing' });
    this.#faultCount += count;
    this.#links = [];
  }

  /** Whether it is of what was let go before it was looked at. */
  #isBetween(kept: ChainEnd | undefined, start: ChainEnd): boolean {
    if (kept === undefined || kept.position <= this.#position) return false;
    return kept.position < start.position || (kept.position === start.position && start.link.length === 0);
  }

  #compareWithKept({ position, link }: ChainEnd): void {
    if (this.#kept?.position === position && isSameLink(this.#kept.link, link)) this.#keptHead = 'found';
  }

  #fault(fault: JournalFault): void {
    this.#faultCount++;
    if (this.#faults.length < MAX_FAULTS) this.#faults.push(fault);
  }

  #headOf(): ChainEnd {
    if (this.#ends === undefined) throw new Error('the ends of the chain were not told');
    return this.#ends.head;
  }
}

function knownAmong(links: readonly Uint8Array[]): readonly Uint8Array[] {
  return links.filter(({ length }) => length > 0);
}

function placeOf({ position, writer, sequence }: ChainRow): Omit<JournalFault, 'kind'> {
  return { position, writer, sequence };
}
