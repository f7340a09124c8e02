import { EndpointStats } from './endpoint-stats.ts';
import { type EndpointEntry, type EndpointName, MAX_UNFOLDED, OVERFLOW } from './endpoint-table.ts';
import { addEndpoints, checkEndpoints, OVERFLOW_ID } from './packed-endpoints.ts';
import { readHead } from './packed-head.ts';
import { unpackUsers } from './packed-users.ts';
import { joinedSources, type Source, type Sources } from './sources.ts';
import type { Window } from './window.ts';

/** Where packed windows find the names of endpoints. */
export interface EndpointNames {
  /** @returns undefined where the name is not known, or not any more */
  nameOf(id: number): EndpointName | undefined;
}

/**
 * Merges packed windows into a window, as `Window.merge` would have the windows that were packed. Parts may be added
 * in any order, and left out where nobody asks for what they hold. A part that is bad data throws `TACHO_BAD_DATA`,
 * and nothing of it is added. Meanwhile the window may be changed otherwise too.
 */
export class PackedMerge {
  readonly #window: Window;
  readonly #names: EndpointNames;
  readonly #statsById = new Map<number, EndpointStats>();
  readonly #unnamed = new Set<number>();
  #folds: number;
  #sources: Source[] = [];
  /** Entries of the part that is being added whose endpoints had none in the window. */
  #strangers: EndpointEntry[] = [];

  constructor(window: Window, names: EndpointNames) {
    this.#window = window;
    this.#names = names;
    this.#folds = window.endpoints.folds;
  }

  /** The stored rows that what was added is made from. */
  get sources(): Sources {
    this.#sources = joinedSources(this.#sources);
    return this.#sources;
  }

  /** Endpoints whose names are not known: their requests are counted in the overflow entry. */
  get unnamed(): number {
    return this.#unnamed.size;
  }

  addHead(bytes: Uint8Array): void {
    const { window, sources } = readHead(bytes, this.#window.limits);
    this.#window.merge(window);
    for (const source of sources) this.#sources.push(source);
  }

  addEndpoints(bytes: Uint8Array): void {
    checkEndpoints(bytes);
    this.#forgetFolded();
    addEndpoints(bytes, (id) => this.#statsById.get(id) ?? this.#statsOf(id));
    this.#adoptStrangers();
  }

  addUsers(bytes: Uint8Array): void {
    unpackUsers(bytes, this.#window.users);
  }

  #statsOf(id: number): EndpointStats {
    const name = this.#nameOf(id);
    const known = this.#window.endpoints.statsOf(name);
    if (known !== undefined) {
      this.#statsById.set(id, known);
      return known;
    }
    if (this.#strangers.length === MAX_UNFOLDED) this.#adoptStrangers();
    const stranger = { ...name, stats: new EndpointStats() };
    this.#strangers.push(stranger);
    return stranger.stats;
  }

  #nameOf(id: number): EndpointName {
    if (id === OVERFLOW_ID) return OVERFLOW;
    const name = this.#names.nameOf(id);
    if (name === undefined) this.#unnamed.add(id);
    return name ?? OVERFLOW;
  }

  #adoptStrangers(): void {
    this.#window.endpoints.adoptAll(this.#strangers);
    this.#strangers = [];
    this.#forgetFolded();
  }

  /** Once entries may have been folded, those held here may be the table's no more. */
  #forgetFolded(): void {
    const { folds } = this.#window.endpoints;
    if (folds === this.#folds) return;
    this.#statsById.clear();
    this.#folds = folds;
  }
}
