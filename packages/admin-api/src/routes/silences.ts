import type { AlertsDesk } from '@tacho/alerts';
import { type BodyOf, MAX_SILENCE_MINUTES, SILENCE_ID } from '@tacho/api-contract';
import { type Clock, MINUTE_MS } from '@tacho/core';
import { silenceReport } from '../alerts/alerts-report.ts';
import { invalidField } from '../body/body-problems.ts';
import { visitOf } from '../door/visit.ts';
import { HttpProblem } from '../http-problem.ts';
import type { Handler } from './handler.ts';

const TOO_MANY_SILENCES = new HttpProblem({
  status: 409,
  code: 'too_many_silences',
  detail: 'There are as many silences as may be: one has to end, or to be removed, before another.',
});

const UNKNOWN_SILENCE = new HttpProblem({
  status: 404,
  code: 'unknown_silence',
  detail: 'There is no silence of this id: it has ended, was removed, or never was.',
});

/** A silence for a rule that there is not would be one that does nothing, and is refused. */
export function addSilence(
  alerts: Pick<AlertsDesk, 'now' | 'silence'>,
  clock: Pick<Clock, 'now'>,
): Handler<'addSilence'> {
  return async ({ ctx, identity, body }) => {
    const { rule, subject, comment = '' } = body;
    const untilMs = endOf(body, clock.now());
    const { rules } = await alerts.now();
    if (rule !== undefined && !rules.some(({ name }) => name === rule)) throw unknownRule();
    const by = identity?.name ?? '';
    const silence = await alerts.silence({ rule, subject, untilMs, by, comment });
    if (silence === undefined) throw TOO_MANY_SILENCES;
    visitOf(ctx.req).target = silence.id;
    return silenceReport(silence, true);
  };
}

export function removeSilence(alerts: Pick<AlertsDesk, 'unsilence'>): Handler<'removeSilence'> {
  return async ({ ctx, params: { id = '' } }) => {
    const isId = SILENCE_ID.test(id);
    if (isId) visitOf(ctx.req).target = id;
    if (!isId || !(await alerts.unsilence(id))) throw UNKNOWN_SILENCE;
    return undefined;
  };
}

function endOf({ minutes, until }: BodyOf<'addSilence'>, nowMs: number): number {
  if (minutes !== undefined) return nowMs + minutes * MINUTE_MS;
  if (until !== undefined && until > nowMs && until <= nowMs + MAX_SILENCE_MINUTES * MINUTE_MS) return until;
  throw invalidField('until', `later than now, and by at most ${MAX_SILENCE_MINUTES} minutes`);
}

function unknownRule(): HttpProblem {
  return invalidField('rule', 'the name of a rule, as GET /alerts lists them');
}
