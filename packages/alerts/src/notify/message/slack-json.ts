import type { Phrase } from './phrase.ts';
import type { Told } from './told.ts';

/** Slack takes 50 blocks of at most 3,000 characters; a line of ours has less than 1,000. */
const MAX_CHARACTERS = 2_900;

/**
 * What Slack's incoming webhooks take, and those of Mattermost, Rocket.Chat and others with it: `text` for all, blocks
 * for Slack. Data stands in code spans, where nobody is mentioned and nothing becomes a link.
 */
export function slackJson(told: Told): string {
  const { label, headline, facts, alerts, more, causes, look } = told;
  const title = `*${label.toUpperCase()}* ${mrkdwn(headline)}`;
  const alertLines = alerts.map(({ what, why }) => `• ${mrkdwn(what)} (${mrkdwn(why)})`);
  const lines = [
    facts.map(({ name, value }) => `${name}: ${mrkdwn(value)}`).join('\n'),
    ...paragraphs(more === 0 ? alertLines : [...alertLines, `• and ${more} more`]),
    ...paragraphs(
      causes.length === 0 ? [] : ['What changed:', ...causes.map((cause) => `• ${mrkdwn(cause)}`)],
    ),
    ...paragraphs(look.map((text) => `› ${text}`)),
  ];
  return JSON.stringify({
    text: [title, ...lines].join('\n'),
    blocks: [title, ...lines].map((text) => ({
      type: 'section',
      text: { type: 'mrkdwn', text, verbatim: true },
    })),
    unfurl_links: false,
    unfurl_media: false,
  });
}

function paragraphs(lines: readonly string[]): readonly string[] {
  const full: string[] = [];
  for (const line of lines) {
    const last = full.at(-1);
    if (last === undefined || last.length + line.length >= MAX_CHARACTERS) full.push(line);
    else full[full.length - 1] = `${last}\n${line}`;
  }
  return full;
}

function mrkdwn(phrase: Phrase): string {
  return phrase.map((part) => entities(typeof part === 'string' ? part : codeSpan(part.datum))).join('');
}

/** A backtick would end the span; one that is empty would be the beginning of another. */
function codeSpan(datum: string): string {
  return datum === '' ? '' : `\`${datum.replaceAll('`', "'")}\``;
}

/** The three characters that Slack's own markup is made of. */
function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
