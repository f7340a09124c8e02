import { plainText } from './phrase.ts';
import { type Told, titleOf } from './told.ts';

/** The text part of a mail: what is data stands in it as it is, bar what can't be printed. */
export function mailText(told: Told): string {
  const { facts, alerts, more, causes, look } = told;
  const width = Math.max(0, ...facts.map(({ name }) => name.length));
  const sections: readonly (readonly string[])[] = [
    [titleOf(told)],
    facts.map(({ name, value }) => `${`${name}:`.padEnd(width + 1)} ${plainText(value)}`),
    titled('Alerts', [
      ...alerts.map(({ what, why }) => `${plainText(what)}\n  (${plainText(why)})`),
      ...(more === 0 ? [] : [`and ${more} more`]),
    ]),
    titled('What changed', causes.map(plainText)),
    titled('Where to look', look),
  ];
  const texts = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${texts.join('\n\n')}\n`;
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `- ${line}`)];
}
