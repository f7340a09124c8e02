/** What is no code of the system's or of Node's is not shown: anybody may have written it. */
const CODE = /^[A-Z0-9_]{1,60}$/;

/**
 * The code of an error, such as `ECONNREFUSED`: messages may have been written by the other side.
 * @returns `unknown` where there is none
 */
export function errorCode(thrown: unknown): string {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return shownCode(code);
}

export function shownCode(code: unknown): string {
  return typeof code === 'string' && CODE.test(code) ? code : 'unknown';
}
