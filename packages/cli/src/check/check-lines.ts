import type { Tone } from '../paint.ts';
import { cell, type ScreenLine } from '../screen-line.ts';
import { shown } from '../shown.ts';
import { type Check, overallVerdict, type Verdict } from './check.ts';
import { checkWords, endpointWords, overallWords, VERDICT_WORDS } from './check-words.ts';

const TONES: Readonly<Record<Verdict, Tone>> = {
  pass: 'good',
  fail: 'bad',
  cannot_tell: 'attention',
  skipped: 'faint',
};

const MAX_NAME_WIDTH = 200;

const VERDICT_WIDTH = Math.max(...Object.values(VERDICT_WORDS).map((word) => word.length));

const ADVICE =
  'To tell more: more requests, more slices (monitor --interval 1), both builds side by side, or several pairs of runs.';

/** A heading for each endpoint, a line for each of its checks, the worst last line; nothing is cut, for a log has room. */
export function checkLines(checks: readonly Check[]): ScreenLine[] {
  const byEndpoint = Map.groupBy(checks, ({ endpoint }) => endpoint);
  const lines = [...byEndpoint.values()].flatMap((own) => [
    [cell(shown(endpointWords(own[0]!), MAX_NAME_WIDTH), 'heading')],
    ...own.map(checkLine),
  ]);
  const verdict = overallVerdict(checks);
  const advice = verdict === 'cannot_tell' ? [[cell(ADVICE, 'faint')]] : [];
  return [...lines, [cell(overallWords(checks), TONES[verdict])], ...advice];
}

function checkLine(check: Check): ScreenLine {
  const word = VERDICT_WORDS[check.verdict].padEnd(VERDICT_WIDTH);
  return [cell(`  ${word}`, TONES[check.verdict]), cell(checkWords(check))];
}
