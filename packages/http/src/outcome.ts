import type { ServerResponse } from 'node:http';
import type { Outcome } from '@tacho/core';
import type { Exchange } from './exchange.ts';

/** A body of unknown length still being written this long after its headers is a stream. */
const STREAM_AFTER_MS = 1000;

const EVENT_STREAM = /\ncontent-type: *text\/event-stream/i;

/**
 * How a response ended, told when it closes.
 *
 * An event stream is `streamed` whoever ends it, since it has no end of its own. So is a body without a
 * known length that went on for over a second after its headers. Whatever else was not handed to the
 * connection whole is `aborted`. HEAD has no body to stream, and an error answer is an answer.
 */
export function outcomeOf(response: ServerResponse, exchange: Exchange, nowMs: number): Outcome {
  const { headersSentAt } = exchange;
  const mayStream = headersSentAt !== undefined && exchange.method !== 'HEAD' && response.statusCode < 400;
  if (mayStream && isEventStream(response)) return 'streamed';
  if (!response.writableFinished) return 'aborted';
  if (mayStream && response.chunkedEncoding && nowMs - headersSentAt > STREAM_AFTER_MS) return 'streamed';
  return 'completed';
}

/**
 * Read from the header block as it was sent, because headers given to `writeHead` are not kept by name.
 * `_header` is undocumented, but every middleware that asks "was it sent?" has leaned on it for a decade.
 */
function isEventStream(response: ServerResponse): boolean {
  const sent = (response as { _header?: unknown })._header;
  return typeof sent === 'string' && EVENT_STREAM.test(sent);
}
