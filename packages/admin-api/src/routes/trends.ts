import { type Clock, stepText, trendPointCount, trendsReport } from '@tacho/core';
import { setCoverage } from '../coverage-headers.ts';
import type { HttpProblem } from '../http-problem.ts';
import { inTurns } from '../in-turns.ts';
import type { PastReads } from '../past.ts';
import { invalidParameter } from '../query.ts';
import { lengthMsOf, rangeOf } from '../range.ts';
import { trendSeries } from '../trend-series.ts';
import { defaultStepMs, hasTooManySteps, MAX_POINTS } from '../trend-step.ts';
import type { Handler } from './handler.ts';

interface TrendsRoute {
  past: Pick<PastReads, 'series'>;
  clock: Pick<Clock, 'now'>;
}

export function getTrends({ past, clock }: TrendsRoute): Handler<'getTrends'> {
  return async ({ ctx, query: { endpoint, metric, step, compare, ...asked } }) => {
    const nowMs = clock.now();
    const range = rangeOf(asked, nowMs);
    const stepMs = step ?? defaultStepMs(lengthMsOf(range, nowMs));
    if (hasTooManySteps(range, stepMs, nowMs)) throw tooManyPoints(stepMs);
    if (typeof compare === 'object' && hasTooManySteps(compare, stepMs, nowMs)) throw tooManyPoints(stepMs);

    const { series, comparison } = await trendSeries(past, { range, compare, endpoint, stepMs }, nowMs);
    // What was measured before the clock was set back has points past now.
    const lines = comparison === undefined ? [series] : [series, comparison];
    if (lines.some((line) => trendPointCount(line, nowMs) > MAX_POINTS)) throw tooManyPoints(stepMs);
    setCoverage(ctx, series);
    return inTurns(trendsReport(series, { endpoint, metric, nowMs, comparison }));
  };
}

function tooManyPoints(stepMs: number): HttpProblem {
  return invalidParameter('step', stepText(stepMs), `such that there are at most ${MAX_POINTS} points`);
}
