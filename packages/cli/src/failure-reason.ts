import { errorCode } from './error-code.ts';

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EAI_AGAIN: 'the name server does not answer',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EHOSTUNREACH: 'no route to the host',
  EISDIR: 'it is a folder',
  ENETUNREACH: 'no route to the network',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space left',
  ENOTDIR: 'not a folder',
  ENOTFOUND: 'no such host',
  EROFS: 'the file system is read-only',
  UND_ERR_SOCKET: 'connection closed',
};

/** Why a file or the network failed, in a few words: by the code of the error or of what caused it. */
export function failureReason(error: unknown): string {
  const code = errorCode(error);
  if (code !== undefined) return WORDS[code] ?? code;
  const { cause, message } = error as Partial<Error>;
  return cause === undefined ? (message ?? String(error)) : failureReason(cause);
}
