import { BUCKET_COUNT, BUCKETS_PER_OCTAVE, bucketOf, nearestBucket, representativeOf } from './mapping.ts';

export type Counts = Uint32Array | Float64Array;

const NO_COUNTS = new Uint32Array(0);
const MAX_UINT32 = 2 ** 32 - 1;

/**
 * How often values occurred, in buckets whose width is a fixed share of the value: any quantile is known within
 * `MAX_RELATIVE_ERROR`, whatever the distribution. Merging sketches equals having added all values to one.
 *
 * Buckets are held from the lowest to the highest octave in use, 256 bytes an octave (twice that once the sketch
 * holds more than 2^32−1 values). Nothing is allocated by `add` but when a new octave is met.
 */
export class Sketch {
  #counts: Counts = NO_COUNTS;
  #firstBucket = 0;
  #count = 0;

  /** Values too small for the lowest bucket, which counts them. */
  belowRange = 0;
  /** Values too great for the highest bucket, which counts them. */
  aboveRange = 0;

  /** Number of values added. */
  get count(): number {
    return this.#count;
  }

  /** How much each bucket holds, `firstBucket` first: for codecs, which read it, and add to it after `open`. */
  get counts(): Counts {
    return this.#counts;
  }

  /** The bucket that `counts[0]` counts. */
  get firstBucket(): number {
    return this.#firstBucket;
  }

  /** The lowest bucket that holds something; 0 where none does. */
  get lowestBucket(): number {
    for (let index = 0; index < this.#counts.length; index++) {
      if (this.#counts[index]! > 0) return this.#firstBucket + index;
    }
    return 0;
  }

  /** Bytes held by the buckets. */
  get byteLength(): number {
    return this.#counts.byteLength;
  }

  /**
   * So short that it is inlined wherever it is called, and so is `bucketOf`: a float that is handed to a function
   * which is not is boxed, and that allocates.
   * @param valueMs finite and not negative; whoever records has checked (see `Window.record`)
   */
  add(valueMs: number): void {
    this.addToBucket(bucketOf(valueMs), 1);
  }

  /**
   * Counts values of which only the bucket is known.
   * @param bucket as `bucketOf` tells it
   * @param count a positive integer
   */
  addToBucket(bucket: number, count: number): void {
    const index = bucket - this.#firstBucket;
    const counts = this.#counts;
    if (index < 0 || index >= counts.length || this.#count + count > MAX_UINT32) {
      this.#addWithRoom(bucket, count);
      return;
    }
    this.#count += count;
    counts[index] = counts[index]! + count;
  }

  /** Adds everything that `other` holds; associative and commutative. `other` may be this sketch. */
  merge(other: Sketch): void {
    const added = other.#counts;
    this.belowRange += other.belowRange;
    this.aboveRange += other.aboveRange;
    this.open(other.#firstBucket, other.#firstBucket + added.length, other.#count);
    addCounts(this.#counts, added, other.#firstBucket - this.#firstBucket);
  }

  /**
   * The value of rank ⌈q · count⌉ (the nearest-rank definition; rank 1 at the least).
   * @param q from 0 to 1
   * @returns milliseconds; NaN when the sketch is empty
   */
  quantile(q: number): number {
    const rank = Math.max(1, Math.ceil(q * this.#count));
    let seen = 0;
    for (let index = 0; index < this.#counts.length; index++) {
      seen += this.#counts[index]!;
      if (seen >= rank) return representativeOf(this.#firstBucket + index);
    }
    return Number.NaN;
  }

  /** How many values lie in buckets that hold nothing up to `valueMs`: those of the bucket it is in do not count. */
  countOver(valueMs: number): number {
    let over = 0;
    for (
      let index = Math.max(0, bucketOf(valueMs) + 1 - this.#firstBucket);
      index < this.#counts.length;
      index++
    ) {
      over += this.#counts[index]!;
    }
    return over;
  }

  /**
   * Counts `count` values more, and makes room for them in the buckets from `start` to `end` (excluded). The caller
   * adds them to `counts` at once.
   */
  open(start: number, end: number, count: number): void {
    this.#count += count;
    if (this.#count > MAX_UINT32) this.#widen();
    this.#reserve(start, end);
  }

  #addWithRoom(bucket: number, count: number): void {
    if (bucket < 0) this.belowRange += count;
    else if (bucket >= BUCKET_COUNT) this.aboveRange += count;
    const nearest = nearestBucket(bucket);
    this.open(nearest, nearest + 1, count);
    const index = nearest - this.#firstBucket;
    this.#counts[index] = this.#counts[index]! + count;
  }

  /** In whole octaves, as far as there are buckets. */
  #reserve(start: number, end: number): void {
    const oldEnd = this.#firstBucket + this.#counts.length;
    if (start === end || (start >= this.#firstBucket && end <= oldEnd)) return;
    const empty = this.#counts.length === 0;
    const newStart = floorToOctave(empty ? start : Math.min(start, this.#firstBucket));
    const newEnd = ceilToOctave(empty ? end : Math.max(end, oldEnd));
    const length = newEnd - newStart;
    const counts = this.#counts instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length);
    counts.set(this.#counts, empty ? 0 : this.#firstBucket - newStart);
    this.#counts = counts;
    this.#firstBucket = newStart;
  }

  /** No bucket can hold more than all do together, so the total tells when 32 bits may not suffice. */
  #widen(): void {
    if (this.#counts instanceof Uint32Array) this.#counts = Float64Array.from(this.#counts);
  }
}

function addCounts(into: Counts, added: Counts, offset: number): void {
  for (let index = 0; index < added.length; index++) {
    into[offset + index] = into[offset + index]! + added[index]!;
  }
}

function floorToOctave(bucket: number): number {
  return Math.floor(bucket / BUCKETS_PER_OCTAVE) * BUCKETS_PER_OCTAVE;
}

function ceilToOctave(bucket: number): number {
  return Math.min(BUCKET_COUNT, Math.ceil(bucket / BUCKETS_PER_OCTAVE) * BUCKETS_PER_OCTAVE);
}
