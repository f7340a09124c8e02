import { shown } from '../shown.ts';
import type { Check, Verdict } from './check.ts';
import {
  CHECK_WORDS,
  endpointWords,
  limitWords,
  measuredWords,
  overallWords,
  requestWords,
  VERDICT_WORDS,
} from './check-words.ts';
import { withEntities } from './entities.ts';

const SIGNS: Readonly<Record<Verdict, string>> = { pass: '✅', fail: '❌', cannot_tell: '❔', skipped: '➖' };

const WORST_FIRST: readonly Verdict[] = ['fail', 'cannot_tell', 'pass', 'skipped'];

/** GitHub takes a megabyte of a step. */
const MAX_ROWS = 500;
const MAX_NAME_WIDTH = 200;

/**
 * The checks for the summary page of a GitHub job. All of the table is one block of HTML, in which there is no markdown
 * (CommonMark 4.6, no line of it is empty): so a name of an endpoint can be no link, no picture and no mention.
 */
export function githubSummary(checks: readonly Check[]): string {
  const sorted = WORST_FIRST.flatMap((verdict) => checks.filter((check) => check.verdict === verdict));
  const rest = sorted.length - MAX_ROWS;
  const lines = [
    `<p>tacho check: <strong>${withEntities(overallWords(checks))}</strong></p>`,
    '<table>',
    row('th', ['', 'Endpoint', 'Check', 'Measured', 'Limit', 'Requests']),
    ...sorted.slice(0, MAX_ROWS).map(checkRow),
    ...(rest > 0 ? [`<tr><td colspan="6">${rest} more</td></tr>`] : []),
    '</table>',
  ];
  return `\n${lines.join('\n')}\n\n`;
}

function checkRow(check: Check): string {
  return row('td', [
    `${SIGNS[check.verdict]} ${VERDICT_WORDS[check.verdict]}`,
    `<code>${withEntities(shown(endpointWords(check), MAX_NAME_WIDTH))}</code>`,
    CHECK_WORDS[check.check],
    withEntities(measuredWords(check)),
    withEntities(limitWords(check)),
    withEntities(requestWords(check)),
  ]);
}

/** @param cells escaped */
function row(element: 'td' | 'th', cells: readonly string[]): string {
  return `<tr>${cells.map((text) => `<${element}>${text}</${element}>`).join('')}</tr>`;
}
