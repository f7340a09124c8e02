import type { Phrase } from './phrase.ts';
import { type Told, titleOf } from './told.ts';

const COLOURS: Readonly<Record<string, string>> = {
  critical: '#b42318',
  warning: '#b54708',
  resolved: '#067647',
  test: '#344054',
};

const TEXT = 'font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:22px';
const QUIET = 'color:#667085;font-size:13px;line-height:18px';

/**
 * The HTML part of a mail: tables and inline styles, as clients for mail are old; no links, no pictures, nothing that
 * is loaded. Its colours are legible on white and on black, as some clients turn one into the other.
 */
export function mailHtml(told: Told): string {
  const { label, headline, facts, alerts, more, causes, look } = told;
  const rows = [
    row(
      `<span style="color:${COLOURS[label] ?? COLOURS.test};font-weight:bold">${escaped(label.toUpperCase())}</span>`,
    ),
    row(`<span style="font-size:19px;line-height:26px;font-weight:bold">${html(headline)}</span>`),
    row(table(facts.map(({ name, value }) => factRow(name, value)))),
    ...section('Alerts', [
      ...alerts.map(({ what, why }) => `${html(what)}<br><span style="${QUIET}">${html(why)}</span>`),
      ...(more === 0 ? [] : [`and ${more} more`]),
    ]),
    ...section('What changed', causes.map(html)),
    ...section('Where to look', look.map(escaped)),
  ];
  return [
    '<!DOCTYPE html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escaped(titleOf(told))}</title></head>`,
    '<body style="margin:0;padding:16px">',
    table(rows, 'max-width:640px;width:100%'),
    '</body></html>\n',
  ].join('\n');
}

/** Text that can't leave its element or its attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function html(phrase: Phrase): string {
  return phrase
    .map((part) => (typeof part === 'string' ? escaped(part) : `<b>${escaped(part.datum)}</b>`))
    .join('');
}

function section(title: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  return [row(`<span style="${QUIET}">${title}</span>`), ...items.map((item) => row(item))];
}

function row(content: string): string {
  return `<tr><td style="${TEXT};padding:4px 0;word-break:break-word">${content}</td></tr>`;
}

function factRow(name: string, value: Phrase): string {
  return `<tr><td style="${QUIET};padding:2px 16px 2px 0">${escaped(name)}</td><td style="${TEXT}">${html(value)}</td></tr>`;
}

function table(rows: readonly string[], style = ''): string {
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="${style}">${rows.join('\n')}</table>`;
}
