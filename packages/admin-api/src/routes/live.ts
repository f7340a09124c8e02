import type { LiveStreams } from '../live/live-streams.ts';
import type { Handler } from './handler.ts';

/** Answers by itself. */
export function streamLive(live: LiveStreams): Handler<'streamLive'> {
  return ({ ctx, query }) => {
    live.answer(ctx, query);
    return undefined;
  };
}
