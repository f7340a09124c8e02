import { boundedText, compareText, keptText } from './kept-text.ts';

/** What was counted under one key. */
export interface Tally {
  /** The texts that it is known by. */
  readonly key: readonly string[];
  /** Of the first it is said which of two is the greater tally. */
  readonly counts: readonly number[];
}

/** One that may be added to. */
export interface OwnTally extends Tally {
  readonly counts: number[];
}

/**
 * Counts under keys of several texts, at most `limit` of them; what is past that is counted in one overflow, so that the
 * sums are exact.
 *
 * `merge` is associative and commutative as long as the keys of all that is merged fit; past that the sums still are, and
 * the greatest tallies keep their own.
 */
export class Tallies {
  readonly limit: number;
  /** What found no place of its own. */
  readonly overflow: number[];
  /** By the first text of the key: few, as a rule one. */
  readonly #byFirst = new Map<string, OwnTally[]>();
  #size = 0;

  /** @param width how many counts there are under each key */
  constructor(limit: number, width: number) {
    this.limit = limit;
    this.overflow = new Array<number>(width).fill(0);
  }

  get size(): number {
    return this.#size;
  }

  /** @param counts from 0 up, as many as the tallies are wide. Neither list is kept */
  add(key: readonly string[], counts: readonly number[]): void {
    addTo(this.#find(key)?.counts ?? this.#admit(key), counts);
  }

  /** The tallies whose key begins with a text: a view, of which the counts may be added to. */
  beginningWith(first: string): readonly OwnTally[] | undefined {
    return this.#byFirst.get(first);
  }

  /** Adds everything that `other` holds. `other` is left as it was, and may be these tallies. */
  merge(other: Tallies): void {
    addTo(this.overflow, other.overflow);
    const strangers: Tally[] = [];
    for (const { key, counts } of other.list()) {
      const own = this.#find(key);
      if (own === undefined) strangers.push({ key, counts: [...counts] });
      else addTo(own.counts, counts);
    }
    const isRoom = this.#size + strangers.length <= this.limit;
    const all = isRoom ? strangers : [...this.#takeOut(), ...strangers].sort(greatestFirst);
    for (const { key, counts } of all) this.add(key, counts);
  }

  /** The greatest first, in a list of the caller's own. */
  list(): Tally[] {
    return [...this.#byFirst.values()].flat().sort(greatestFirst);
  }

  #find(key: readonly string[]): OwnTally | undefined {
    return this.#byFirst.get(key[0]!)?.find((tally) => isSame(tally.key, key));
  }

  /** @returns where to add what is of this key */
  #admit(given: readonly string[]): number[] {
    const key = given.map(boundedText);
    const known = this.#find(key);
    if (known !== undefined) return known.counts;
    if (this.#size >= this.limit) return this.overflow;
    const tally = { key: key.map(keptText), counts: this.overflow.map(() => 0) };
    const neighbours = this.#byFirst.get(tally.key[0]!);
    if (neighbours === undefined) this.#byFirst.set(tally.key[0]!, [tally]);
    else neighbours.push(tally);
    this.#size++;
    return tally.counts;
  }

  #takeOut(): Tally[] {
    const all = this.list();
    this.#byFirst.clear();
    this.#size = 0;
    return all;
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.every((text, place) => text === b[place]);
}

function addTo(sums: number[], counts: readonly number[]): void {
  for (const [place, n] of counts.entries()) sums[place] = sums[place]! + n;
}

/** Ties in the order of keys, so that no two tallies compare equal. */
function greatestFirst(a: Tally, b: Tally): number {
  if (a.counts[0] !== b.counts[0]) return b.counts[0]! - a.counts[0]!;
  for (const [place, text] of a.key.entries()) {
    const order = compareText(text, b.key[place]!);
    if (order !== 0) return order;
  }
  return 0;
}
