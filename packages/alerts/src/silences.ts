import type { Alert } from './alert.ts';
import type { Silence } from './desk.ts';

/** Whether an alert is not to be told now: everything that a silence gives fits it, and the silence is not over. */
export function isSilenced(
  { rule, subject }: Pick<Alert, 'rule' | 'subject'>,
  silences: readonly Silence[],
  nowMs: number,
): boolean {
  return silences.some(
    (silence) =>
      nowMs < silence.untilMs && (silence.rule ?? rule) === rule && (silence.subject ?? subject) === subject,
  );
}
