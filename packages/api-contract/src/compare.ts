import { INSTANT_FORMS, parseInstant } from './instant.ts';
import { parsed } from './parsed.ts';

/** Epoch milliseconds; `fromMs` is included, `toMs` is not, and later. */
export interface Interval {
  fromMs: number;
  toMs: number;
}

/** What to compare with: as long a time right before, or another range. */
export type Compare = 'previous' | Interval;

function parseCompare(text: string): Compare | undefined {
  if (text === 'previous') return text;
  const [from = '', to = '', ...rest] = text.split('/');
  const [fromMs, toMs] = [parseInstant(from), parseInstant(to)];
  if (fromMs === undefined || toMs === undefined || rest.length > 0) return undefined;
  return fromMs < toMs ? { fromMs, toMs } : undefined;
}

export const Compare = parsed(
  parseCompare,
  `previous, or an interval as <from>/<to>, <from> before <to>, each ${INSTANT_FORMS}`,
  { title: 'Compare', examples: ['previous', '2025-07-12/2025-07-13'] },
);
