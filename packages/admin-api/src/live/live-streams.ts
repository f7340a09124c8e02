import type { Problem, RangeParameters } from '@tacho/api-contract';
import type { Clock, SummaryReport } from '@tacho/core';
import type { Context } from 'koa';
import { HttpProblem } from '../http-problem.ts';
import { Channel } from './channel.ts';
import { EventStream, eventText } from './event-stream.ts';

const MAX_STREAMS = 16;

/** A reader comes back after this, and then has to show again who it is. */
const MAX_STREAM_MS = 3_600_000;

export interface LiveOptions {
  readonly clock: Pick<Clock, 'now' | 'every'>;
  /** May reject. */
  readonly summaryOf: (range: RangeParameters) => Promise<SummaryReport>;
  /** What readers are told of what was thrown. */
  readonly problemOf: (thrown: unknown) => Problem;
}

/**
 * Streams of the summary, each second anew: an event `summary` whose data is the report, or an event `problem` whose
 * data are problem details, and on it goes. Streams of one range share what it costs.
 */
export class LiveStreams {
  readonly #options: LiveOptions;
  /** By the range that they tell of. */
  readonly #channels = new Map<string, Channel>();
  #streams = 0;
  #isClosed = false;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  /** Answers with a stream; a HEAD, with its headers. @throws HttpProblem 503 where there are too many */
  answer(ctx: Context, range: RangeParameters): void {
    if (this.#streams >= MAX_STREAMS || this.#isClosed) throw tooManyStreams();
    ctx.set('Content-Type', 'text/event-stream');
    // What compresses the answers of an application that this is mounted in would hold events back.
    ctx.set('Cache-Control', 'no-store, no-transform');
    // A proxy that waits for more before it passes anything on (nginx) would make of each second a minute.
    ctx.set('X-Accel-Buffering', 'no');
    ctx.status = 200;
    if (ctx.method !== 'HEAD') ctx.body = this.#open(range);
  }

  /** Ends all streams; no other begins. */
  close(): void {
    this.#isClosed = true;
    for (const channel of this.#channels.values()) channel.end();
  }

  #open(range: RangeParameters): EventStream {
    const key = JSON.stringify([range.hours, range.from, range.to]);
    const channel = this.#channels.get(key) ?? this.#newChannel(key, range);
    const stream = new EventStream(this.#options.clock.now() + MAX_STREAM_MS);
    this.#streams++;
    stream.once('close', () => {
      this.#streams--;
      channel.delete(stream);
      if (channel.size === 0 && this.#channels.get(key) === channel) this.#channels.delete(key);
    });
    channel.add(stream);
    return stream;
  }

  #newChannel(key: string, range: RangeParameters): Channel {
    const { clock } = this.#options;
    const channel = new Channel({ clock, nextEvent: () => this.#eventOf(range) });
    this.#channels.set(key, channel);
    return channel;
  }

  async #eventOf(range: RangeParameters): Promise<string> {
    const { clock, summaryOf, problemOf } = this.#options;
    const id = String(Math.floor(clock.now()));
    try {
      return eventText({ event: 'summary', id, data: await summaryOf(range) });
    } catch (thrown) {
      return eventText({ event: 'problem', id, data: problemOf(thrown) });
    }
  }
}

function tooManyStreams(): HttpProblem {
  return new HttpProblem({
    status: 503,
    code: 'busy',
    detail: `There are ${MAX_STREAMS} live streams already.`,
    headers: { 'Retry-After': '60' },
  });
}
