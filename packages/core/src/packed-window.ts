import { packEndpoints } from './packed-endpoints.ts';
import { packHead } from './packed-head.ts';
import { packUsers } from './packed-users.ts';
import type { Sources } from './sources.ts';
import type { Window } from './window.ts';

/**
 * A window as a store keeps it that has the names of endpoints in one place: in three parts, so that most questions
 * are answered without the others. `PackedMerge` reads them.
 */
export interface PackedWindow {
  readonly head: Uint8Array;
  readonly endpoints: Uint8Array;
  readonly users: Uint8Array;
}

/**
 * @param dictionary.idOf an integer from 1, each endpoint's own; not asked for the overflow entry, which needs none
 * @param sources the stored rows that the window was made from
 */
export function packWindow(
  window: Window,
  dictionary: { idOf(method: string, route: string): number },
  sources: Sources,
): PackedWindow {
  return {
    head: packHead(window, sources),
    endpoints: packEndpoints(window.endpoints, (method, route) => dictionary.idOf(method, route)),
    users: packUsers(window.users),
  };
}
