import type { ReviewReport } from '@tacho/core';
import { reviewSections } from '../review-sections.ts';
import type { Section } from '../section.ts';
import { caveats, rangeOf, titleOf } from '../sections/head.ts';
import type { ReviewOf } from '../subject.ts';
import { htmlSparkline } from './html-sparkline.ts';
import { htmlTable } from './html-table.ts';
import { type Markup, markup } from './markup.ts';
import { STYLE } from './style.ts';

/**
 * A review as a page of HTML, for a mail or a browser: it loads nothing, has no script, and what was measured is text
 * in it and nothing else.
 */
export function reviewHtml(review: ReviewReport, { service }: ReviewOf): string {
  const title = `Review${service === undefined ? '' : ` of ${service}`}: ${titleOf(review)}`;
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>@media print { table, tr { break-inside: avoid } h2 { break-after: avoid } * { print-color-adjust: exact } }</style>
</head>
<body style="${STYLE.body}">
<div style="${STYLE.page}">
<h1 style="${STYLE.title}">${title}</h1>
<p style="${STYLE.range}">${rangeOf(review)}</p>
${caveats(review).map(paragraph)}${reviewSections(review).map(section)}<p style="${STYLE.foot}">Made by tacho. All times are UTC.</p>
</div>
</body>
</html>
`.html;
}

function section({ title, paragraphs, tables, sparklines = [] }: Section): Markup {
  return markup`<h2 style="${STYLE.section}">${title}</h2>
${paragraphs.map(paragraph)}${tables.map(htmlTable)}${sparklines.map(htmlSparkline)}`;
}

function paragraph(text: string): Markup {
  return markup`<p style="${STYLE.paragraph}">${text}</p>
`;
}
