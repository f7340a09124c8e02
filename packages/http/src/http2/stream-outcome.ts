import type { OutgoingHttpHeaders } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import type { Outcome } from '@tacho/core';
import type { Exchange } from '../exchange.ts';
import { hasBody, isWrittenForLong } from '../outcome.ts';
import { sendsFile } from './stream-hooks.ts';

/** The status that was sent, without informational ones; undefined where there was none. */
export function sentStatus(stream: ServerHttp2Stream): number | undefined {
  const status: unknown = stream.headersSent ? stream.sentHeaders[':status'] : undefined;
  return status === undefined ? undefined : Number(status);
}

/** How a stream ended, told when it closes: by the rules of `outcomeOf`. */
export function streamOutcomeOf(
  stream: ServerHttp2Stream,
  exchange: Exchange,
  status: number | undefined,
  nowMs: number,
): Outcome {
  if (status === undefined) return 'aborted';
  const isAnswer = status < 400;
  // An accepted tunnel, or what is bootstrapped by one (a WebSocket), has no end of its own.
  if (isAnswer && exchange.method === 'CONNECT') return 'streamed';
  const mayStream = isAnswer && hasBody(status, exchange);
  if (mayStream && isEventStream(stream.sentHeaders)) return 'streamed';
  if (!isHandedOver(stream)) return 'aborted';
  const isLong = mayStream && isWrittenForLong(exchange, nowMs);
  return isLong && headerOf(stream.sentHeaders, 'content-length') === undefined ? 'streamed' : 'completed';
}

/**
 * Whether the response was written whole. A stream that is closed with its writing side open is `aborted`, and then
 * ends that side by itself; what is left in its buffer is never finished.
 */
function isHandedOver(stream: ServerHttp2Stream): boolean {
  return stream.writableFinished && !stream.aborted && !(sendsFile(stream) && stream.rstCode !== 0);
}

function isEventStream(headers: OutgoingHttpHeaders): boolean {
  const type = headerOf(headers, 'content-type');
  return type !== undefined && /^text\/event-stream/i.test(String(type));
}

/** As it was given: names are made lower-case on the way out only. */
function headerOf(headers: OutgoingHttpHeaders, name: string): unknown {
  const value = headers[name];
  if (value !== undefined) return value;
  for (const given in headers) {
    if (given.length === name.length && given.toLowerCase() === name) return headers[given];
  }
  return undefined;
}
