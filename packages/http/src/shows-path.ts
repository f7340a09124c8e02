/** Answered for any path, by what stands before the service's own code. */
const ASKED_OF_ANY_PATH = new Set(['OPTIONS', 'TRACE', 'CONNECT']);

/** What routers answer to a method that nobody has asked for before, whatever the path. */
const NOT_IMPLEMENTED = 501;

/**
 * Whether an answer shows that the service has something at the path. A 4xx says that the request was wrong, and
 * that may have been its path.
 */
export function showsPath(method: string, status: number): boolean {
  const isRefused = (status >= 400 && status < 500) || status === NOT_IMPLEMENTED;
  return !isRefused && !ASKED_OF_ANY_PATH.has(method);
}
