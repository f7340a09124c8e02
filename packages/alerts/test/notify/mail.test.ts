import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createMailer, type MailSettings, mailNotifier, type Notifier } from '@tacho/alerts';
import { printable } from '../../src/notify/message/printable.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { type Arrived, type MailServer, openMailServer } from './mail-server.ts';
import { alertMessage, toldAlert } from './messages.ts';

let server: MailServer;
let settings: MailSettings;
let notifier: Notifier;
const signal = new AbortController().signal;

beforeAll(async () => {
  // Without TLS: what is said on the way is the matter of another test.
  server = await openMailServer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
  settings = {
    server: { host: '127.0.0.1', port: server.port, isTls: false, login: undefined },
    from: 'tacho <tacho@example.com>',
    to: ['ops@example.com', 'Night Shift <night@example.com>'],
    allowPlainAuth: true,
  };
  notifier = mailNotifier(settings);
});
beforeEach(() => {
  server.arrived.splice(0);
});
afterAll(() => server.close());

function only(): Arrived {
  const [arrived, ...others] = server.arrived;
  if (arrived === undefined || others.length > 0) throw new Error(`${server.arrived.length} mails arrived`);
  return arrived;
}

const headersOf = ({ raw }: Arrived): readonly string[] =>
  (raw.split('\r\n\r\n')[0] ?? '')
    .split('\r\n')
    .filter((line) => !/^\s/.test(line))
    .map((line) => line.split(':')[0] ?? '');

describe('an alert by mail', () => {
  it('arrives at everybody, as text and as HTML', async () => {
    await notifier.send(alertMessage(), signal);
    const { mail, from, to } = only();
    expect([from, to]).toEqual(['tacho@example.com', ['ops@example.com', 'night@example.com']]);
    expect(mail.from?.text).toBe('"tacho" <tacho@example.com>');
    expect(mail.subject).toBe('[critical] checkout: GET /pay fails 34 % of requests');
    expect(mail.text).toMatch(
      /^\[critical\] checkout: GET \/pay fails 34 % of requests\n\nService: {2}checkout\n/,
    );
    expect(mail.text).toContain('What changed:\n- version 2.4.1 carries 87 % of it\n');
    expect(mail.html).toMatch(/^<!DOCTYPE html>\n<html lang="en">[\s\S]*<\/html>\n$/);
    expect(mail.html).toContain('<b>GET /pay</b> fails 34 % of requests');
    expect(mail.attachments).toEqual([]);
  });

  it('has the same id at every attempt, and is known for what no person wrote', async () => {
    await notifier.send(alertMessage(), signal);
    await notifier.send(alertMessage(), signal);
    const ids = server.arrived.map(({ mail }) => mail.messageId);
    expect(ids).toEqual(['<a1b2c3d4-1-firing@example.com>', '<a1b2c3d4-1-firing@example.com>']);
    expect(server.arrived[0]?.mail.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('says when it is over', async () => {
    await notifier.send(alertMessage({ kind: 'resolved' }), signal);
    expect(only().mail.subject).toBe('[resolved] checkout: GET /pay is well again');
  });

  it('has whatever routes, versions and users are called in it, and nothing that they ask for', async () => {
    await notifier.send(alertMessage(), signal);
    const usual = headersOf(only());
    server.arrived.splice(0);
    await Promise.all(
      HOSTILE_TEXTS.map((text, index) => {
        const alerts = [toldAlert({ subject: text, causes: [{ dimension: 'user', value: text, share: 1 }] })];
        return notifier.send(alertMessage({ id: String(index), alerts, service: text }), signal);
      }),
    );
    expect(server.arrived).toHaveLength(HOSTILE_TEXTS.length);
    for (const arrived of server.arrived) {
      const text = HOSTILE_TEXTS[Number.parseInt(arrived.mail.messageId?.slice(1) ?? '', 10)] as string;
      expect(headersOf(arrived)).toEqual(usual);
      expect(arrived.to).toEqual(['ops@example.com', 'night@example.com']);
      expect(arrived.mail.text).toContain(`- ${printable(text)} fails 34 % of requests\n`);
      expect(arrived.mail.text).toContain(`- user ${printable(text)} carries 100 % of it\n`);
      expect(arrived.mail.subject).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(arrived.mail.attachments).toEqual([]);
    }
  });
});

describe('a mail', () => {
  const MAIL = { to: ['ops@example.com'], subject: 'x', text: 'x', html: 'x' };

  it.each([
    ['a\r\nBcc: x@evil.example', 'a Bcc: x@evil.example'],
    ['a\u2028b\u0000c\u202e', 'a b c'],
    ['=?utf-8?Q?=0D=0ABcc:_x?=', '= ?utf-8?Q?=0D=0ABcc:_x?='],
    ['x'.repeat(2 ** 20), `${'x'.repeat(199)}…`],
    ['😀'.repeat(200), expect.stringMatching(/^(?:😀)+\ufffd?…$/u)],
  ])('has one line for a subject, and not too long a one: %#', async (subject, shown) => {
    await createMailer(settings).send({ ...MAIL, subject }, signal);
    expect(only().mail.subject).toEqual(shown);
    expect(headersOf(only())).not.toContain('Bcc');
  });

  it.each([
    'a@b\r\nBcc: x@evil.example',
    '"a@x"@y',
    `${'g:'.repeat(2_500)}a@example.com;`,
    'a@example.com, b@example.com',
    '',
  ])('is for no address that is none: %#', async (address) => {
    await expect(createMailer(settings).send({ ...MAIL, to: [address] }, signal)).rejects.toMatchObject({
      code: 'TACHO_BAD_OPTION',
    });
    await expect(createMailer({ ...settings, from: address }).send(MAIL, signal)).rejects.toMatchObject({
      code: 'TACHO_BAD_OPTION',
    });
    expect(server.arrived).toEqual([]);
  });

  it('is for 1 to 50 addresses', async () => {
    for (const to of [[], Array.from({ length: 51 }, (_, index) => `a${index}@example.com`)])
      await expect(createMailer(settings).send({ ...MAIL, to }, signal)).rejects.toMatchObject({
        code: 'TACHO_BAD_OPTION',
      });
  });

  it('takes in no file and nothing from elsewhere', async () => {
    const hostile = { path: '/etc/passwd' } as unknown as string;
    await expect(createMailer(settings).send({ ...MAIL, html: hostile }, signal)).rejects.toThrow();
    await expect(createMailer(settings).send({ ...MAIL, text: hostile }, signal)).rejects.toThrow();
    expect(server.arrived).toEqual([]);
  });
});
