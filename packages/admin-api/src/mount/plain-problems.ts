import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Problem, ProblemCode } from '@tacho/api-contract';

/** To a path that nobody mounted anything at. */
export function notHere(request: IncomingMessage, response: ServerResponse): void {
  answerPlainly(request, response, 404, 'not_found', 'There is nothing at this path.');
}

/** To everybody, once there is nothing left that could answer. */
export function shutDown(request: IncomingMessage, response: ServerResponse): void {
  answerPlainly(request, response, 503, 'shut_down', 'The admin API has been shut down.');
}

/** A problem, without anything that has to be loaded or can be out of order. */
function answerPlainly(
  { method }: IncomingMessage,
  response: ServerResponse,
  status: number,
  code: ProblemCode,
  detail: string,
): void {
  const title = STATUS_CODES[status] ?? 'Error';
  const problem: Problem = { type: 'about:blank', title, status, detail, code };
  const body = JSON.stringify(problem);
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(method === 'HEAD' ? undefined : body);
}
