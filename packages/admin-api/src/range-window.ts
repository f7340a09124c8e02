import type { RangeParameters } from '@tacho/api-contract';
import type { Clock } from '@tacho/core';
import type { HistoryWindow } from '@tacho/store';
import type { Context } from 'koa';
import { setCoverage } from './coverage-headers.ts';
import type { PastReads } from './past.ts';
import { rangeOf } from './range.ts';

/**
 * What was measured in the range that is asked for, with its users only where the options say so; the answer's headers say what that covers.
 * @throws HttpProblem 503 where the store can't be read now
 */
export type RangeWindow = (
  ctx: Pick<Context, 'set'>,
  asked: RangeParameters,
  options?: { users: boolean },
) => Promise<HistoryWindow>;

const NO_USERS = { users: false };

export function rangeWindowOf(past: Pick<PastReads, 'window'>, clock: Pick<Clock, 'now'>): RangeWindow {
  return async (ctx, asked, options = NO_USERS) => {
    const { fromMs, toMs } = rangeOf(asked, clock.now());
    const covered = await past.window(fromMs, toMs, options);
    setCoverage(ctx, covered);
    return covered;
  };
}
