import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../../src/config/environment.ts';
import type { Problem } from '../../src/config/rule.ts';
import { resolveWebhooks } from '../../src/config/webhook-config.ts';
import { WEBHOOKS } from '../../src/config/webhook-rule.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const PUBLIC = 'https://hooks.example.com/services/T0/B0/x';

function read(value: unknown): { webhooks: unknown; problems: readonly string[] } {
  const problems: Problem[] = [];
  const webhooks = WEBHOOKS.read(value, { path: 'alerts.webhooks', secret: false, known: [], problems });
  return { webhooks, problems: problems.map(({ message }) => message) };
}

describe('option alerts.webhooks', () => {
  it.each([
    [[]],
    [[{ url: PUBLIC }]],
    [[{ url: `${PUBLIC}?token=x`, secret: SECRET, format: 'json' }]],
    [[{ url: 'http://localhost:8080/x', allowPrivate: true }]],
    [[{ url: 'https://bücher.example/' }, { url: 'https://[2606:4700::1]:8443/' }]],
  ])('takes %j', (value) => {
    expect(read(value)).toEqual({ webhooks: value, problems: [] });
  });

  it.each([
    ['ftp://hooks.example.com', 'this one is no https URL of at most 2048 characters'],
    ['https://', 'this one is no https URL of at most 2048 characters'],
    ['https://me:hunter2@hooks.example.com', 'this one has a user or a password in it'],
    [
      'http://hooks.example.com',
      'this one is http, which is for private addresses only, which allowPrivate opens',
    ],
    ['https://10.0.0.1/', 'this one leads to a private address, which allowPrivate opens'],
    ['https://169.254.169.254/', "this one leads to an address that is no web server's"],
    ['https://hooks.example.com:6379/', 'this one has a port that is none of a web server'],
  ])('refuses %s, and shows nothing of it', (url, why) => {
    const { problems } = read([{ url }]);
    expect(problems).toEqual([
      `option "alerts.webhooks[0].url" is a string of ${url.length} characters; allowed: an https URL of a public host, without ` +
        `user and password, on port 443 or on one from 1024 on that is no database's; ${why}`,
    ]);
  });

  it.each([
    ['x'],
    ['whsec_'],
    ['whsec_c2hvcnQ='],
    [`whsec_${Buffer.alloc(65).toString('base64')}`],
    [`whsec_${'A'.repeat(33)}`],
    [SECRET.slice(6)],
  ])('refuses the secret %j without showing it', (secret) => {
    const { problems } = read([{ url: PUBLIC, secret }]);
    expect(problems).toEqual([
      expect.stringMatching(/^option "alerts\.webhooks\[0\]\.secret" is a string of \d+ char/),
    ]);
  });

  it('refuses what has no URL, too many, and what is none', () => {
    expect(read([{}]).problems[0]).toMatch(/webhooks\[0\]\.url" is undefined/);
    expect(read(Array.from({ length: 11 }, () => ({ url: PUBLIC }))).problems[0]).toMatch(/an array of 11/);
    expect(read(PUBLIC).problems[0]).toMatch(/^option "alerts.webhooks" is "https:\/\/…"/);
  });
});

describe('the webhook of the environment', () => {
  it('is taken where there is none as an option', () => {
    const { webhook, warnings } = readEnvironment({
      TACHO_WEBHOOK_URL: PUBLIC,
      TACHO_WEBHOOK_SECRET: SECRET,
    });
    expect(warnings).toEqual([]);
    const taken = { url: PUBLIC, secret: SECRET, allowPrivate: false, format: 'slack' };
    expect(resolveWebhooks(undefined, webhook)).toEqual([taken]);
    expect(resolveWebhooks([], webhook)).toEqual([]);
    expect(resolveWebhooks(undefined, undefined)).toEqual([]);
  });

  it.each([
    [{ TACHO_WEBHOOK_SECRET: SECRET }, 'TACHO_WEBHOOK_SECRET is set, and TACHO_WEBHOOK_URL is not'],
    [{ TACHO_WEBHOOK_URL: 'https://10.1.2.3/hunter2' }, 'TACHO_WEBHOOK_URL is a string of 24 characters'],
    [
      { TACHO_WEBHOOK_URL: PUBLIC, TACHO_WEBHOOK_SECRET: 'hunter2' },
      'TACHO_WEBHOOK_SECRET is a string of 7 characters',
    ],
  ])('is none, and one line says why: %j', (variables, told) => {
    const { webhook, warnings } = readEnvironment(variables);
    expect(webhook).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining(told)]);
    expect(warnings[0]).toMatch(/No webhook is called\.$/);
    expect(warnings[0]).not.toContain('hunter2');
  });
});
