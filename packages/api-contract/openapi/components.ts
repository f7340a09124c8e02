import type { JsonObject } from './json.ts';

/** Components by kind and name. */
export type Components = Readonly<Record<string, JsonObject>>;

const REFERENCE = /"\$ref":"#\/components\/(\w+)\/([^"]+)"/g;

/** Those that something refers to, directly or from one that is referred to. */
export function referredTo(from: JsonObject, components: Components): Components {
  const used = new Set<string>();
  const follow = (json: JsonObject): void => {
    for (const [, kind = '', name = ''] of JSON.stringify(json).matchAll(REFERENCE)) {
      const component = components[kind]?.[name];
      if (component === undefined) throw new Error(`no ${kind} has the name ${name}`);
      if (used.has(`${kind}/${name}`)) continue;
      used.add(`${kind}/${name}`);
      follow(component as JsonObject);
    }
  };
  follow(from);
  return Object.fromEntries(
    Object.entries(components).map(([kind, all]) => [
      kind,
      Object.fromEntries(Object.entries(all).filter(([name]) => used.has(`${kind}/${name}`))),
    ]),
  );
}
