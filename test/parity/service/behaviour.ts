import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Span, trace } from '@opentelemetry/api';

/** @param argument what follows the behaviour's name in the header that asks for it */
export type Behaviour = (
  request: IncomingMessage,
  response: ServerResponse,
  argument: string,
) => void | Promise<void>;

/** Does something with the request's span, and answers. */
export function onSpan(
  work: (span: Span, response: ServerResponse, request: IncomingMessage) => void,
): Behaviour {
  return (request, response) => {
    work(trace.getActiveSpan()!, response, request);
    response.end('ok');
  };
}
