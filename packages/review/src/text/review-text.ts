import { escapeControls, type ReviewReport } from '@tacho/core';
import { reviewSections } from '../review-sections.ts';
import type { Section, Table } from '../section.ts';
import { caveats, rangeOf, titleOf } from '../sections/head.ts';
import type { ReviewOf } from '../subject.ts';
import { sparklineText } from './sparkline-text.ts';
import { textTable } from './text-table.ts';
import { wrap } from './wrap.ts';

/** So that mail programs break no line. */
const WIDTH = 72;

/** A review as plain text of lines of 72 columns, for a mail or a terminal. Ends with a line end. */
export function reviewText(review: ReviewReport, { service }: ReviewOf): string {
  const whose = service === undefined ? '' : ` of ${service}`;
  const title = escapeControls(`Review${whose}: ${titleOf(review)}`);
  const head = [title, rangeOf(review), '', ...caveats(review).flatMap((text) => wrap(text, WIDTH))];
  return `${[...head, ...reviewSections(review).flatMap(sectionLines)].join('\n')}\n`;
}

function sectionLines({ title, paragraphs, tables, sparklines = [] }: Section): string[] {
  return [
    '',
    '',
    title.toUpperCase(),
    ...paragraphs.flatMap((text) => ['', ...wrap(escapeControls(text), WIDTH)]),
    ...tables.flatMap(tableLines),
    ...sparklines.flatMap(sparklineText),
  ];
}

function tableLines(table: Table): string[] {
  return ['', ...(table.caption === undefined ? [] : [`${table.caption}:`]), ...textTable(table, WIDTH)];
}
