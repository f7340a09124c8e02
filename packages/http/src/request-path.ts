/**
 * The path of a request target without its query, for any target Node's parser lets through: origin form
 * (`/a?b`), absolute form (`http://host/a`), `*`, an authority, or nonsense such as `//[`. Never throws,
 * which `new URL` does.
 */
export function requestPath(target: string | undefined): string {
  if (target === undefined) return '/';
  // Cut first: a query may hold slashes, and follow an authority without any path (`http://host?to=/a`).
  const bare = target.slice(0, endOf(target));
  if (bare === '') return '/';
  return bare.charCodeAt(0) === SLASH ? bare : pathOfAbsoluteForm(bare);
}

const SLASH = 0x2f;

function pathOfAbsoluteForm(target: string): string {
  const scheme = target.indexOf('://');
  if (scheme === -1) return target;
  const start = target.indexOf('/', scheme + 3);
  return start === -1 ? '/' : target.slice(start);
}

/** Where the query or the fragment begins; the target's length where there is neither. */
function endOf(target: string): number {
  const query = target.indexOf('?');
  const fragment = target.indexOf('#');
  if (query === -1) return fragment === -1 ? target.length : fragment;
  return fragment === -1 ? query : Math.min(query, fragment);
}
