import { describe, expect, it } from '@jest/globals';
import { lastPeriodBy, wholeReviewReport } from '@tacho/core';
import { Parser } from 'htmlparser2';
import { reviewHtml } from '../src/html/review-html.ts';
import { reviewSubject } from '../src/subject.ts';
import { reviewText } from '../src/text/review-text.ts';
import { aPast, aRequest, NOW_MS } from './a-past.ts';
import { aWeek } from './a-week.ts';
import { PAYLOADS } from './payloads.ts';

const VOID = new Set(['meta', 'br']);

interface Parsed {
  /** Each element with the names of its attributes, in order. */
  readonly elements: string[];
  readonly attributes: string[];
  /** Of what is shown. */
  readonly text: string;
  /** Closed by something other than its own end, or not at all. */
  readonly unbalanced: string[];
  readonly comments: number;
}

function parsed(html: string): Parsed {
  const found = {
    elements: [] as string[],
    attributes: [] as string[],
    unbalanced: [] as string[],
    comments: 0,
  };
  let text = '';
  const open: string[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        found.elements.push(`${name} ${Object.keys(attributes).join(' ')}`);
        found.attributes.push(...Object.values(attributes));
        if (!VOID.has(name)) open.push(name);
      },
      onclosetag(name, isImplied) {
        if (VOID.has(name)) return;
        if (isImplied || open.pop() !== name) found.unbalanced.push(name);
      },
      ontext(part) {
        text += part;
      },
      oncomment() {
        found.comments++;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return { ...found, text, unbalanced: [...found.unbalanced, ...open] };
}

/** A week in which everything that can be named has this name. */
function weekNamed(name: string) {
  const span = lastPeriodBy('week', NOW_MS);
  const previous = lastPeriodBy('week', span.fromMs);
  const requests = (fromMs: number, durationMs: number, status: number, route: string) =>
    Array.from({ length: 100 }, (_, n) =>
      aRequest({
        startMs: fromMs + n * 1000,
        durationMs,
        status,
        method: name,
        route,
        user: name,
        traceId: name,
      }),
    );
  const now = {
    requests: [...requests(span.fromMs, 2500, 500, name), ...requests(span.fromMs, 10, 200, `new${name}`)],
  };
  const before = {
    requests: [
      ...requests(previous.fromMs, 100, 200, name),
      ...requests(previous.fromMs, 10, 200, `gone${name}`),
    ],
  };
  return wholeReviewReport(aPast('week', now, before), { nowMs: NOW_MS, users: true });
}

const BENIGN = parsed(reviewHtml(weekNamed('x'), { service: 'x' }));
const BENIGN_LINES = reviewText(weekNamed('x'), { service: 'x' }).split('\n').length;

describe('a review as HTML', () => {
  it('is well-formed, loads nothing and has no script', () => {
    const html = reviewHtml(aWeek(), { service: 'shop' });
    const { elements, attributes, unbalanced, comments, text } = parsed(html);
    expect(unbalanced).toEqual([]);
    expect(comments).toBe(0);
    const names = new Set(elements.map((element) => element.split(' ')[0]));
    expect([...names].sort()).toEqual([
      'body',
      'div',
      'h1',
      'h2',
      'head',
      'html',
      'meta',
      'p',
      'style',
      'table',
      'tbody',
      'td',
      'th',
      'thead',
      'title',
      'tr',
    ]);
    for (const element of elements)
      expect(element).not.toMatch(/ (on\w+|src|href|background|action|srcdoc)\b/);
    expect(attributes.join(' ')).not.toMatch(/url\(|expression|https?:|@import/);
    for (const part of [
      'Review of shop: week 5 of 2026',
      'GET /api/search',
      'Slower',
      'k1.ada',
      'Capacity and health',
    ])
      expect(text).toContain(part);
  });

  it('says what the text says', () => {
    const html = parsed(reviewHtml(aWeek(), { service: 'shop' })).text;
    const figures = reviewText(aWeek(), { service: 'shop' }).match(/\d[\d,.]*(%| ms| s\b| points)/g) ?? [];
    expect(figures.length).toBeGreaterThan(80);
    expect(figures.filter((figure) => !html.includes(figure))).toEqual([]);
  });
});

/** What a terminal, a mail program or a reader could be misled by. */
const MISLEADING = /(?!\n|\u200c|\u200d|\ufe0f)[\p{C}\p{Zl}\p{Zp}]/u;

/** By characters that no figure and no word of ours has. */
const TELLING = /[<>&"'`=+@|]/;

describe('a name from anywhere', () => {
  it('stands in each list', () => {
    const lists = [
      'Slower',
      'Failing more',
      'New',
      'Not asked for any more',
      'Slowest endpoints',
      'Most errors',
    ];
    for (const list of [...lists, 'Slowest requests', 'Heaviest users']) expect(BENIGN.text).toContain(list);
  });

  it.each([...PAYLOADS.entries()])(
    'is text and nothing else, its controls shown: payload %i',
    (_, payload) => {
      const review = weekNamed(payload);
      const html = reviewHtml(review, { service: payload });
      const text = reviewText(review, { service: payload });
      const { elements, unbalanced, comments, text: shown } = parsed(html);
      expect(elements).toEqual(BENIGN.elements);
      expect([unbalanced, comments]).toEqual([[], 0]);
      for (const character of payload) if (TELLING.test(character)) expect(shown).toContain(character);
      expect([MISLEADING.test(html), MISLEADING.test(text)]).toEqual([false, false]);
      expect(text.split('\n')).toHaveLength(BENIGN_LINES);
      expect(reviewSubject(review, { service: 'shop' })).toMatch(/^shop, week 5 of 2026: 200 requests/);
    },
  );
});
