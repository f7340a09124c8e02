import { describe, expect, it } from '@jest/globals';
import { checkOptions } from '../../src/config/check-options.ts';
import { resolveConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { optionsWith, refusalOf } from './refusal.ts';

const MAIL = { smtp: 'smtps://me:hunter2@mail.example.com', from: 'a@example.com', to: 'b@example.com' };
const VARIABLES = {
  TACHO_SMTP_URL: 'smtp://me:p%40ss@mail.example.com',
  TACHO_MAIL_FROM: 'tacho <tacho@example.com>',
  TACHO_MAIL_TO: 'a@example.com, Ops <b@example.com>,',
};

const SMTP =
  'smtps://user:password@host:465, or smtp://user:password@host:587 for STARTTLS; user and password percent-encoded, or left out together';
const ADDRESS =
  'one address such as "ops@example.com" or "Ops <ops@example.com>", at most 320 characters, no quotes, groups, comments or line ends';

function durationMs(run: () => unknown): number {
  const startedMs = performance.now();
  run();
  return performance.now() - startedMs;
}

describe('option mail', () => {
  it.each([
    'smtps://mail.example.com',
    'smtp://localhost:25',
    'smtp://[::1]:2525/',
    'smtps://a%40b.example:p%3Aw@10.0.0.1:465',
  ])('takes the server %s', (smtp) => {
    expect(checkOptions({ mail: { ...MAIL, smtp } }).mail?.smtp).toBe(smtp);
  });

  it.each([
    'mail.example.com',
    'http://mail.example.com',
    'smtp://',
    'smtp://user@mail.example.com',
    'smtp://:password@mail.example.com',
    'smtp://u:p%0d%0aQUIT@mail.example.com',
    'smtp://u:%ff@mail.example.com',
    'smtp://mail.example.com/path',
    'smtp://mail.example.com?tls=no',
    'smtp://mail.example.com:0',
    'smtp://mail_.-.example.com',
    'smtp://mail.example.com\r\nQUIT',
    `smtp://${'u'.repeat(3000)}:p@mail.example.com`,
  ])('refuses the server %j, and shows nothing of it', (smtp) => {
    expect(refusalOf({ mail: { ...MAIL, smtp } }).message).toBe(
      `option "mail.smtp" is a string of ${smtp.length} characters; allowed: ${SMTP}`,
    );
  });

  it.each(['a@example.com', 'root@localhost', 'tacho <a.b+c@x.example>', `${'a'.repeat(64)}@example.com`])(
    'takes the address %s',
    (from) => {
      expect(checkOptions({ mail: { ...MAIL, from } }).mail?.from).toBe(from);
    },
  );

  it.each([
    '',
    'a',
    '@example.com',
    'a@',
    'a@b@c',
    '"a@x"@example.com',
    '"a"@example.com',
    'a@b\r\nBcc: x@example.com',
    'a\r\nb <a@example.com>',
    'a@example.com, b@example.com',
    'group: a@example.com;',
    `${'('.repeat(2500)}a@example.com${')'.repeat(2500)}`,
    `${'a:'.repeat(2500)}a@example.com;`,
    'a@[127.0.0.1]',
    'a@-x.example',
    'a..b@example.com',
    'é@example.com',
    '<a@example.com> b',
    '<<a@example.com>>',
    `${'a'.repeat(65)}@example.com`,
  ])('refuses the address %j within 5 ms', (address) => {
    const refuse = () => refusalOf({ mail: { ...MAIL, to: [MAIL.to, address] } });
    const refusal = refuse();
    expect(Math.min(...Array.from({ length: 5 }, () => durationMs(refuse)))).toBeLessThan(5);
    expect(refusal.message).toMatch(/^option "mail\.to\[1\]" is ".*; allowed: one address/s);
    expect(refusal.message).not.toMatch(/[\r\n]/);
  });

  it.each(['smtp', 'from', 'to'])('needs %s', (name) => {
    expect(refusalOf({ mail: { ...MAIL, [name]: undefined } }).message).toBe(
      `option "mail.${name}" is undefined; allowed: ${name === 'smtp' ? SMTP : ADDRESS}`,
    );
  });

  it.each([
    ['mail', false, 'false; allowed: an object with smtp, from, to, and perhaps allowPlainAuth'],
    ['mail.to', [], 'an array of 0; allowed: one address at least'],
    ['mail.allowPlainAuth', 'yes', '"yes"; allowed: true or false'],
  ])('refuses %s as %j', (path, value, seen) => {
    expect(refusalOf(optionsWith(path, value)).message).toContain(`option "${path}" is ${seen}`);
  });

  it('knows how a field that has a slip in it was meant', () => {
    expect(refusalOf({ mail: { ...MAIL, form: 'x' } }).message).toContain('did you mean "mail.from"?');
  });
});

describe('where mail goes', () => {
  it('is nowhere unless it is said', () => {
    expect(resolveConfig({}, readEnvironment({})).mail).toBeUndefined();
  });

  it('is what the variables say', () => {
    expect(resolveConfig({}, readEnvironment(VARIABLES))).toMatchObject({
      mail: {
        server: {
          host: 'mail.example.com',
          port: 587,
          isTls: false,
          login: { user: 'me', password: 'p@ss' },
        },
        from: 'tacho <tacho@example.com>',
        to: ['a@example.com', 'Ops <b@example.com>'],
        allowPlainAuth: false,
      },
    });
  });

  it('is what the option says and nothing else, where there is one', () => {
    expect(resolveConfig({ mail: MAIL }, readEnvironment(VARIABLES))).toMatchObject({
      mail: { server: { host: 'mail.example.com', port: 465, isTls: true }, to: ['b@example.com'] },
    });
  });

  it.each([
    ['TACHO_SMTP_URL', 'http://me:hunter2@host', 'is a string of 22 characters; allowed: smtps://'],
    ['TACHO_SMTP_URL', undefined, 'is not set; allowed: smtps://'],
    ['TACHO_MAIL_FROM', 'me', 'is "me"; allowed: one address'],
    ['TACHO_MAIL_FROM', undefined, 'is not set; allowed: one address'],
    ['TACHO_MAIL_TO', 'a@example.com,a@b@c', 'has "a@b@c" in it; allowed: at most 50'],
    ['TACHO_MAIL_TO', undefined, 'is not set; allowed: at most 50'],
  ])('is nowhere, and one line says why, where %s is %j', (name, value, told) => {
    const { mail, warnings } = readEnvironment({ ...VARIABLES, [name]: value });
    expect(mail).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining(`${name} ${told}`)]);
    expect(warnings[0]).toMatch(/No mail is sent\.$/);
    expect(warnings[0]).not.toContain('hunter2');
  });
});
