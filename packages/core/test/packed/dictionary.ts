import type { EndpointName } from '../../src/endpoint-table.ts';

/** Gives each endpoint an id, by its name, and knows the names again. Ids are far apart, and in no order of anything. */
export class Dictionary {
  readonly #ids = new Map<string, number>();
  readonly #names = new Map<number, EndpointName>();

  idOf(method: string, route: string): number {
    const name = JSON.stringify([method, route]);
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = 1 + ((this.#ids.size * 7919) % 100_003);
    this.#ids.set(name, id);
    this.#names.set(id, { method, route });
    return id;
  }

  nameOf(id: number): EndpointName | undefined {
    return this.#names.get(id);
  }
}
