import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { DAY_MS, type EndpointNames, OVERFLOW_ROUTE, Window } from '@tacho/core';
import type { Keyring } from '@tacho/store';
import { associatedData } from '../engine/associated-data.ts';
import { isDatabaseError } from './damaged-row.ts';
import type { Meta } from './meta.ts';

/** Past it, endpoints that are new are counted as overflow. */
export const MAX_NAMES = 50_000;
/** How exactly it is known when a name was last used. */
const USED_STEP_MS = DAY_MS;

interface Name {
  readonly method: string;
  readonly route: string;
}

/**
 * Endpoints' names by the ids that stand for them in packed windows. No id ever stands for another name. Held in
 * memory, and brought up to date at the start of each writing transaction, and of a reading one that meets an
 * unknown id.
 */
export class Dictionary implements EndpointNames {
  readonly #keyring: Keyring;
  readonly #meta: Meta;
  readonly #added: StatementSync;
  readonly #insert: StatementSync;
  readonly #use: StatementSync;
  readonly #remove: StatementSync;
  readonly #names = new Map<number, Name>();
  readonly #ids = new Map<string, number>();
  readonly #usedMs = new Map<number, number>();
  #lastId = 0;
  #areAllKnown = true;
  #removals: unknown;
  #steadyMs = 0;
  readonly #maxNames: number;

  constructor(database: DatabaseSync, keyring: Keyring, meta: Meta, maxNames = MAX_NAMES) {
    this.#maxNames = maxNames;
    this.#keyring = keyring;
    this.#meta = meta;
    this.#added = database.prepare('SELECT id, name, used FROM endpoint WHERE id > ? ORDER BY id');
    this.#insert = database.prepare('INSERT INTO endpoint (id, name, used) VALUES (?, ?, ?)');
    this.#use = database.prepare('UPDATE endpoint SET used = ? WHERE id = ?');
    this.#remove = database.prepare(
      'DELETE FROM endpoint WHERE used < ? AND id < (SELECT max(id) FROM endpoint)',
    );
  }

  /** Number of names. */
  get size(): number {
    return this.#names.size;
  }

  /** False where a name could not be read. */
  get areAllKnown(): boolean {
    return this.#areAllKnown;
  }

  nameOf(id: number): Name | undefined {
    return this.#names.get(id);
  }

  /** @param endpoint `METHOD route` @returns undefined where nothing was ever stored of it */
  find(endpoint: string): number | undefined {
    return this.#ids.get(endpoint);
  }

  /** Part of a transaction. */
  sync(): void {
    const removals = this.#meta.get('removals of names');
    if (removals !== this.#removals) this.forget();
    this.#removals = removals;
    for (const { id, name, used } of this.#added.all(this.#lastId)) this.#add(Number(id), name, Number(used));
  }

  /** To be called when a transaction failed: what it added is not there. */
  forget(): void {
    this.#names.clear();
    this.#ids.clear();
    this.#usedMs.clear();
    this.#lastId = 0;
    this.#areAllKnown = true;
  }

  /**
   * For the writing transaction that has just called `sync`: ids of names, which are given one where they have none,
   * and noted as used.
   */
  at(steadyMs: number): { idOf(method: string, route: string): number } {
    this.#steadyMs = steadyMs;
    return { idOf: (method, route) => this.#idOf(`${method} ${route}`) };
  }

  /** The window itself, or where there is no room for the names of all its endpoints, one in which they overflow. */
  fit(window: Window): Window {
    const entries = [...window.endpoints.entries()];
    const strangers = entries.filter((entry) => !this.#isKnown(entry)).length;
    if (this.#names.size + strangers <= this.#maxNames) return window;
    const fitted = new Window(window.limits, window.startMs, window.endMs);
    let room = this.#maxNames - this.#names.size;
    for (const entry of entries) {
      const fits = this.#isKnown(entry) || room-- > 0;
      fitted.endpoints.adopt(fits ? entry : { ...entry, route: OVERFLOW_ROUTE });
    }
    fitted.users.merge(window.users);
    fitted.origins.merge(window.origins);
    fitted.failures.merge(window.failures);
    fitted.notMeasured.merge(window.notMeasured);
    fitted.slowRequests.merge(window.slowRequests);
    fitted.systemSamples.merge(window.systemSamples);
    fitted.mergeRuntimeSamples(window.runtimeSamples);
    fitted.invalid = window.invalid;
    return fitted;
  }

  /** Removes names that were last used before. Part of a writing transaction. @param usedMs steady milliseconds */
  remove(usedMs: number): void {
    if (Number(this.#remove.run(usedMs).changes) === 0) return;
    this.#meta.set('removals of names', Number(this.#meta.get('removals of names') ?? 0) + 1);
  }

  /** The overflow entry needs no name. */
  #isKnown({ method, route }: Name): boolean {
    return route === OVERFLOW_ROUTE || this.#ids.has(`${method} ${route}`);
  }

  #idOf(endpoint: string): number {
    const known = this.#ids.get(endpoint);
    if (known === undefined) return this.#give(endpoint);
    if (this.#steadyMs - (this.#usedMs.get(known) ?? 0) >= USED_STEP_MS) {
      this.#use.run(this.#steadyMs, known);
      this.#usedMs.set(known, this.#steadyMs);
    }
    return known;
  }

  #give(endpoint: string): number {
    const id = this.#lastId + 1;
    this.#insert.run(id, this.#keyring.seal(Buffer.from(endpoint), placeOf(id)), this.#steadyMs);
    this.#put(id, endpoint, this.#steadyMs);
    return id;
  }

  /** A name that can't be read is left out: its endpoint's stats are counted as overflow. */
  #add(id: number, sealed: unknown, usedMs: number): void {
    this.#lastId = Math.max(this.#lastId, id);
    try {
      if (!(sealed instanceof Uint8Array)) throw new TypeError('a name is no text');
      this.#put(id, Buffer.from(this.#keyring.open(sealed, placeOf(id))).toString(), usedMs);
    } catch (error) {
      if (isDatabaseError(error)) throw error;
      this.#areAllKnown = false;
    }
  }

  #put(id: number, endpoint: string, usedMs: number): void {
    const space = endpoint.indexOf(' ');
    this.#names.set(id, { method: endpoint.slice(0, space), route: endpoint.slice(space + 1) });
    this.#ids.set(endpoint, id);
    this.#usedMs.set(id, usedMs);
    this.#lastId = Math.max(this.#lastId, id);
  }
}

/** What a name is sealed with. */
export function placeOf(id: number): Uint8Array {
  return associatedData('endpoint', id);
}
