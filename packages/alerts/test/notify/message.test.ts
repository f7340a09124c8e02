import { describe, expect, it } from '@jest/globals';
import type { AlertMessage, RuleKind } from '@tacho/alerts';
import fc from 'fast-check';
import { mailHtml } from '../../src/notify/message/mail-html.ts';
import { mailText } from '../../src/notify/message/mail-text.ts';
import { plainJson } from '../../src/notify/message/plain-json.ts';
import { printable } from '../../src/notify/message/printable.ts';
import { slackJson } from '../../src/notify/message/slack-json.ts';
import { titleOf, told } from '../../src/notify/message/told.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { alertMessage, NOW_MS, toldAlert } from './messages.ts';

/** A message in which everything that anybody but us could have written is this. */
function saying(text: string, given: Partial<AlertMessage> = {}): AlertMessage {
  const causes = (['version', 'endpoint', 'host', 'user'] as const).map((dimension) => ({
    dimension,
    value: text,
    share: 0.25,
  }));
  const alerts = [
    toldAlert({ subject: text, rule: text, causes }),
    toldAlert({ subject: 'host', kind: 'disk', requests: 0, causes }),
  ];
  return alertMessage({ service: text, host: text, alerts, causes, ...given });
}

const TAGS = /<[^>]*>?/g;
const UNPRINTABLE = /[^\P{C}\n]|[\p{Zl}\p{Zp}]/u;

function decoded(html: string): string {
  return html.replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)));
}

const anyText = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary', maxLength: 300 }));

describe('a headline', () => {
  const kinds: [RuleKind, Parameters<typeof toldAlert>[0], string][] = [
    ['error-rate', {}, 'checkout: GET /pay fails 34 % of requests'],
    [
      'error-rate',
      { subject: 'all', value: 12.34 },
      'checkout: all endpoints together fail 12.3 % of requests',
    ],
    ['slow-request', { value: 7234, unit: 'ms' }, 'checkout: GET /pay took up to 7.2 s'],
    ['latency', { value: 890.4, unit: 'ms' }, 'checkout: GET /pay is slow: 890 ms'],
    ['cpu', { subject: 'host', value: 96 }, 'checkout: the CPU of web-1 is 96 % busy'],
    ['memory', { subject: 'host', value: 93.06 }, 'checkout: the memory of web-1 is 93.1 % full'],
    ['disk', { subject: 'host', value: 97 }, 'checkout: the disk of web-1 is 97 % full'],
    [
      'degradation',
      { value: 3.21, unit: 'times' },
      'checkout: GET /pay got worse: 3.2 times as slow, or as often failing, as before',
    ],
    [
      'burn-rate',
      { value: 14.4, unit: 'times' },
      'checkout: GET /pay spends the error budget 14.4 times as fast as allowed',
    ],
  ];
  it.each(kinds)('says what is wrong: %s %j', (kind, given, headline) => {
    const alerts = [toldAlert({ kind, ...given })];
    expect(titleOf(told(alertMessage({ alerts })))).toBe(`[critical] ${headline}`);
  });

  it.each<[string, Partial<AlertMessage>, string]>([
    ['a warning', { severity: 'warning' }, '[warning] checkout: GET /pay fails 34 % of requests'],
    ['no service', { service: undefined }, '[critical] web-1: GET /pay fails 34 % of requests'],
    [
      'several',
      { alerts: [toldAlert(), toldAlert()], more: 7 },
      '[critical] checkout: GET /pay fails 34 % of requests, and 8 more',
    ],
    ['its end', { kind: 'resolved' }, '[resolved] checkout: GET /pay is well again'],
    ['none', { kind: 'resolved', alerts: [] }, '[resolved] checkout: well again'],
    ['a test', { kind: 'test', alerts: [] }, "[test] checkout: a test of tacho's alerts, nothing is wrong"],
  ])('says of %s', (_what, given, title) => {
    expect(titleOf(told(alertMessage(given)))).toBe(title);
  });

  it('shows a figure that is none as none', () => {
    const alerts = [toldAlert({ value: Number.NaN })];
    expect(titleOf(told(alertMessage({ alerts })))).toContain('fails an unknown figure of requests');
  });
});

describe('the text of a mail', () => {
  it('says what, where, how bad, since when, what changed, and what to look at', () => {
    const alerts = [toldAlert(), toldAlert({ subject: 'all', value: 11, requests: 1 })];
    expect(mailText(told(alertMessage({ alerts, more: 2 })))).toBe(
      [
        '[critical] checkout: GET /pay fails 34 % of requests, and 3 more',
        '',
        'Service:  checkout',
        'Host:     web-1',
        'Severity: critical',
        'Since:    2026-01-05 14:03 UTC, so far 12 min',
        '',
        'Alerts:',
        '- GET /pay fails 34 % of requests',
        '  (rule endpoint-errors: 34 %, above 10 %, in 1200 requests)',
        '- all endpoints together fail 11 % of requests',
        '  (rule endpoint-errors: 11 %, above 10 %, in 1 request)',
        '- and 2 more',
        '',
        'What changed:',
        '- version 2.4.1 carries 87 % of it',
        '',
        'Where to look:',
        '- tacho alerts: what fires now, and how to silence it',
        '- tacho monitor: the endpoints as they are now',
        '- GET /alerts, /endpoints and /slow-requests of the admin API',
        '',
      ].join('\n'),
    );
  });

  it('has data as it is, bar what can not be printed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = mailText(told(saying(text)));
        expect(shown).toContain(`- ${printable(text)} fails 34 % of requests\n`);
        expect(shown).not.toMatch(UNPRINTABLE);
        expect(shown.split('\n')).toHaveLength(mailText(told(saying('x'))).split('\n').length);
        if (!/[\p{C}\p{Zl}\p{Zp}]/u.test(text) && text.length <= 200) expect(printable(text)).toBe(text);
      }),
    );
  });
});

describe('the HTML of a mail', () => {
  const benign = mailHtml(told(saying('x')));
  const tagsOf = (html: string): string => (html.match(TAGS) ?? []).join('');

  it('has no element and no attribute that came from data', () => {
    expect(benign.match(TAGS)?.length).toBeGreaterThan(40);
    for (const text of HOSTILE_TEXTS) expect(tagsOf(mailHtml(told(saying(text))))).toBe(tagsOf(benign));
    fc.assert(
      fc.property(anyText, (text) => {
        const html = mailHtml(told(saying(text)));
        expect(tagsOf(html)).toBe(tagsOf(benign));
        expect(html).not.toMatch(UNPRINTABLE);
        expect(decoded(html)).toContain(printable(text));
      }),
    );
  });

  it('leads nowhere and loads nothing', () => {
    expect(benign).not.toMatch(/\b(?:href|src|srcset|action|background|url|import|on\w+)\s*[=(]/i);
    expect(benign).not.toMatch(/<(?:a|img|link|script|style|iframe|form|object|embed|base|svg)\b/i);
  });

  it('says the same as the text', () => {
    const words = told(alertMessage({ more: 2 }));
    const plain = decoded(
      mailHtml(words)
        .replace(/<title>.*<\/title>/, ' ')
        .replace(TAGS, ' '),
    ).replace(/\s+/g, ' ');
    for (const line of [
      'GET /pay fails 34 % of requests',
      'rule endpoint-errors : 34 %, above 10 %',
      'version 2.4.1 carries 87 % of it',
      'and 2 more',
      'Since 2026-01-05 14:03 UTC, so far 12 min',
    ])
      expect(plain).toContain(line);
  });
});

describe('what Slack takes', () => {
  const textOf = (block: { readonly text: { readonly text: string } }): string => block.text.text;

  it('has text for all, and blocks', () => {
    const { text, blocks } = JSON.parse(slackJson(told(alertMessage())));
    expect(text).toMatch(/^\*CRITICAL\* `checkout`: `GET \/pay` fails 34 % of requests\n/);
    expect(blocks.length).toBeGreaterThan(2);
    for (const block of blocks)
      expect(block).toMatchObject({ type: 'section', text: { type: 'mrkdwn', verbatim: true } });
  });

  it('mentions nobody, and has no link and no markup that came from data', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const json = JSON.parse(slackJson(told(saying(text))));
        const shown = [json.text, ...json.blocks.map(textOf)].join('\n');
        expect(shown).not.toMatch(/[<>]/);
        expect(shown).not.toMatch(/&(?!amp;|lt;|gt;)/);
        // Outside of code spans there is nothing but what we say.
        expect(shown.replace(/`[^`\n]*`/g, '')).not.toMatch(/[`@[\]!]|:\/\/|www\./);
      }),
    );
    const ours = (text: string) => JSON.parse(slackJson(told(saying(text)))).text.replace(/`[^`\n]*`/g, '`');
    for (const text of HOSTILE_TEXTS.filter((text) => text !== '')) expect(ours(text)).toBe(ours('x'));
  });

  it('stays within what Slack takes, however much there is to say', () => {
    const alerts = Array.from({ length: 20 }, () =>
      toldAlert({ subject: '&'.repeat(9999), rule: '<'.repeat(9999) }),
    );
    const { blocks } = JSON.parse(slackJson(told(saying('>'.repeat(9999), { alerts, more: 480 }))));
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const { text } of blocks) expect(text.text.length).toBeLessThanOrEqual(3000);
  });
});

describe('JSON for programs', () => {
  it('has everything, and data as it is', () => {
    for (const text of HOSTILE_TEXTS) {
      const message = saying(text);
      const { data, ...event } = JSON.parse(plainJson(message, told(message)));
      expect(event).toEqual({ type: 'alert.firing', timestamp: new Date(NOW_MS).toISOString() });
      expect(data).toMatchObject({
        id: message.id,
        severity: 'critical',
        service: text,
        host: text,
        more: 0,
      });
      expect(data.alerts[0]).toMatchObject({
        subject: text,
        rule: text,
        unit: 'percent',
        value: 34,
        requests: 1200,
      });
      expect(data.causes[0]).toEqual({ dimension: 'version', value: text, share: 0.25 });
    }
  });
});
