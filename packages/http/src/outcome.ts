import type { ServerResponse } from 'node:http';
import type { Outcome } from '@tacho/core';
import type { Exchange } from './exchange.ts';

/** A body of unknown length still being written this long after its headers is a stream. */
const STREAM_AFTER_MS = 1000;

const EVENT_STREAM = /\ncontent-type: *text\/event-stream/i;
const KNOWN_LENGTH = /\ncontent-length:/i;

/**
 * How a response ended, told when it closes.
 *
 * An event stream is `streamed` whoever ends it, since it has no end of its own. So is a body without a
 * known length that the application wrote for over a second after its headers: how long it then takes to reach
 * a slow client, or waits behind a slow answer in a pipeline, makes no stream of it. Whatever else was not
 * handed to the connection whole is `aborted`. HEAD has no body to stream, and an error answer is an answer.
 */
export function outcomeOf(response: ServerResponse, exchange: Exchange, nowMs: number): Outcome {
  const header = headerOf(response);
  const mayStream = response.statusCode < 400 && hasBody(response.statusCode, exchange);
  if (mayStream && EVENT_STREAM.test(header)) return 'streamed';
  if (!isHandedOver(response)) return 'aborted';
  // Whether in chunks or, as clients of HTTP/1.0 get it (many a proxy is one), up to the connection's end.
  if (mayStream && isWrittenForLong(exchange, nowMs) && !KNOWN_LENGTH.test(header)) return 'streamed';
  return 'completed';
}

/** Whether an answer of this status has a body at all. */
export function hasBody(status: number, { method }: Exchange): boolean {
  return method !== 'HEAD' && status !== 204 && status !== 304;
}

/** Whether the application wrote the body for longer than one does that has an end. */
export function isWrittenForLong({ bodyWrittenAt, headersSentAt }: Exchange, nowMs: number): boolean {
  return (bodyWrittenAt ?? nowMs) - (headersSentAt ?? nowMs) > STREAM_AFTER_MS;
}

/**
 * Whether the response was written whole. Node before 24.21 also calls one finished whose last write has
 * failed, and with it the connection.
 */
function isHandedOver(response: ServerResponse): boolean {
  return response.writableFinished && !response.req.socket.errored;
}

/**
 * The header block as it was sent, '' before that: headers given to `writeHead` are not kept by name.
 * `_header` is undocumented, but every middleware that asks "was it sent?" has leaned on it for a decade.
 */
function headerOf(response: ServerResponse): string {
  const sent = (response as { _header?: unknown })._header;
  return typeof sent === 'string' ? sent : '';
}
