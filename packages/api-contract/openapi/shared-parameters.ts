import type { JsonObject } from './json.ts';

/** Parameters that are alike in several operations: each is a component under its own name. */
export class SharedParameters {
  /** By name, as JSON. */
  readonly #shared = new Map<string, string>();

  /** @param lists of parameters, one for each operation */
  constructor(lists: readonly (readonly JsonObject[])[]) {
    const seen = new Set<string>();
    for (const parameter of lists.flat()) {
      const json = JSON.stringify(parameter);
      const name = String(parameter.name);
      if (seen.has(json) && !this.#shared.has(name)) this.#shared.set(name, json);
      seen.add(json);
    }
  }

  get components(): JsonObject {
    return Object.fromEntries([...this.#shared].map(([name, json]) => [name, JSON.parse(json)]));
  }

  /** The parameter itself where it is no component. */
  referenceTo(parameter: JsonObject): JsonObject {
    const name = String(parameter.name);
    const isShared = this.#shared.get(name) === JSON.stringify(parameter);
    return isShared ? { $ref: `#/components/parameters/${name}` } : parameter;
  }
}
