/**
 * The path of a request target without its query, for any target Node's parser lets through: origin form
 * (`/a?b`), absolute form (`http://host/a`), `*`, an authority, or nonsense such as `//[`. Never throws,
 * which `new URL` does.
 */
export function requestPath(target: string | undefined): string {
  if (target === undefined || target === '') return '/';
  const path = target.charCodeAt(0) === SLASH ? target : pathOfAbsoluteForm(target);
  const end = firstOf(path, '?', '#');
  return end === 0 ? '/' : path.slice(0, end);
}

const SLASH = 0x2f;

function pathOfAbsoluteForm(target: string): string {
  const scheme = target.indexOf('://');
  if (scheme === -1) return target;
  const start = target.indexOf('/', scheme + 3);
  return start === -1 ? '/' : target.slice(start);
}

function firstOf(text: string, a: string, b: string): number {
  const at = text.indexOf(a);
  const bt = text.indexOf(b);
  if (at === -1) return bt === -1 ? text.length : bt;
  return bt === -1 ? at : Math.min(at, bt);
}
