import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpProblem } from '../http-problem.ts';
import { PROBLEM_TYPE, problemDetails } from '../problem-details.ts';
import { STRICT_HEADERS } from '../strict-headers.ts';

export interface RefusalParts {
  readonly problem: HttpProblem;
  /** Beside the problem's own. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly requestId?: string | undefined;
}

/** Answers a request with what is wrong with it, without what answers those that are let in. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { problem, headers, requestId }: RefusalParts,
): void {
  const body = JSON.stringify(problemDetails(problem, requestId));
  response.writeHead(problem.status, {
    ...STRICT_HEADERS,
    ...headers,
    ...problem.headers,
    'Content-Type': PROBLEM_TYPE,
    'Content-Length': Buffer.byteLength(body),
    ...(mustClose(request) ? { Connection: 'close' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Nobody reads it: so nothing can follow it on the same connection, where that is one of HTTP/1. */
export function mustClose({ headers, httpVersionMajor }: IncomingMessage): boolean {
  if (httpVersionMajor > 1) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Tells a browser what its page may ask. */
export function answerPreflight(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  response.writeHead(204, { ...STRICT_HEADERS, ...headers });
  response.end();
}
