import { createHmac } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Notifier, NotSent, type WebhookSettings, webhookNotifier } from '@tacho/alerts';
import { SELF_SIGNED } from '../../../http/test/self-signed.ts';
import { alertMessage, NOW_MS } from './messages.ts';
import { openReceiver, openSilence, type Receiver } from './receiver.ts';

const KEY = Buffer.alloc(32, 7);
const SECRET = `whsec_${KEY.toString('base64')}`;
const open: { close(): Promise<void> }[] = [];
const signal = new AbortController().signal;

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function receiver(...given: Parameters<typeof openReceiver>): Promise<Receiver> {
  const opened = await openReceiver(...given);
  open.push(opened);
  return opened;
}

function webhook(url: string, given: Partial<WebhookSettings> = {}, now = (): number => NOW_MS): Notifier {
  return webhookNotifier({ url, secret: undefined, allowPrivate: true, format: 'json', ...given }, { now });
}

async function failureOf(sent: Promise<void>): Promise<NotSent> {
  const failure = await sent.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(failure).toBeInstanceOf(NotSent);
  return failure as NotSent;
}

function answering(status: number, headers: Record<string, string> = {}, body = ''): RequestListener {
  return (_request, response) => void response.writeHead(status, headers).end(body);
}

describe('a webhook', () => {
  it('is posted to, with what was given in the URL', async () => {
    const { port, received } = await receiver();
    await webhook(`http://127.0.0.1:${port}/a/b?c=d`).send(alertMessage(), signal);
    expect(received).toMatchObject([
      {
        path: '/a/b?c=d',
        headers: {
          host: `127.0.0.1:${port}`,
          'content-type': 'application/json',
          'user-agent': 'tacho',
          'webhook-id': 'a1b2c3d4-1-firing',
          'webhook-timestamp': String(NOW_MS / 1000),
        },
      },
    ]);
    expect(received[0]?.headers['webhook-signature']).toBeUndefined();
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ type: 'alert.firing' });
  });

  it('signs each attempt anew, over an id that stays', async () => {
    const { port, received } = await receiver();
    let nowMs = NOW_MS;
    const notifier = webhook(`http://127.0.0.1:${port}/`, { secret: SECRET }, () => nowMs);
    await notifier.send(alertMessage(), signal);
    nowMs += 90_000;
    await notifier.send(alertMessage(), signal);
    const [first, second] = received;
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(second?.headers['webhook-timestamp']).toBe(String((NOW_MS + 90_000) / 1000));
    expect(second?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature']);
    for (const { headers, body } of received) {
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
      const signature = createHmac('sha256', KEY).update(signed).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    }
  });

  it('speaks TLS, and only to whom a certificate says it is', async () => {
    const { port, received } = await receiver(undefined, SELF_SIGNED);
    const notifier = webhook(`https://localhost:${port}/`);
    expect((await failureOf(notifier.send(alertMessage(), signal))).message).toBe(
      'cannot be reached (DEPTH_ZERO_SELF_SIGNED_CERT)',
    );
    expect(received).toEqual([]);
    const trusted = getCACertificates('default');
    setDefaultCACertificates([...trusted, SELF_SIGNED.cert]);
    try {
      await notifier.send(alertMessage(), signal);
      const other = webhookNotifier(
        { url: `https://other.example:${port}/`, secret: undefined, allowPrivate: true, format: 'json' },
        { now: () => NOW_MS, resolve: async () => ['127.0.0.1'] },
      );
      expect((await failureOf(other.send(alertMessage(), signal))).message).toBe(
        'cannot be reached (ERR_TLS_CERT_ALTNAME_INVALID)',
      );
    } finally {
      setDefaultCACertificates(trusted);
    }
    expect(received).toHaveLength(1);
  });

  it.each([301, 302, 303, 307, 308])('does not follow a redirect: %i', async (status) => {
    const target = await receiver();
    const { port } = await receiver(answering(status, { location: `http://127.0.0.1:${target.port}/` }));
    expect(await failureOf(webhook(`http://127.0.0.1:${port}/`).send(alertMessage(), signal))).toMatchObject({
      message: `answered ${status}: redirects are not followed`,
      isWorthRetrying: false,
    });
    expect(target.connections).toBe(0);
  });

  it.each([
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [410, false],
    [413, false],
    [408, true],
    [429, true],
    [500, true],
    [502, true],
    [503, true],
  ])('of one that answers %i knows whether to come again: %s', async (status, isWorthRetrying) => {
    const { port } = await receiver(answering(status, {}, 'hunter2'));
    expect(await failureOf(webhook(`http://127.0.0.1:${port}/`).send(alertMessage(), signal))).toMatchObject({
      message: `answered ${status}`,
      isWorthRetrying,
      retryAfterMs: undefined,
    });
  });

  it.each([
    ['7', 7_000],
    ['0', 0],
    [new Date(NOW_MS + 60_000).toUTCString(), 60_000],
    [new Date(NOW_MS - 60_000).toUTCString(), 0],
    ['soon', undefined],
    ['-1e9999', undefined],
  ])('hears for how long to stay away: %s', async (retryAfter, retryAfterMs) => {
    const { port } = await receiver(answering(429, { 'retry-after': retryAfter }));
    const failure = await failureOf(webhook(`http://127.0.0.1:${port}/`).send(alertMessage(), signal));
    expect(failure.retryAfterMs).toBe(retryAfterMs);
  });

  it('reads nothing of an endless answer, and shows nothing of one', async () => {
    let written = 0;
    const { port } = await receiver((_request, response) => {
      response.writeHead(200);
      const write = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 'x'))) written += 65_536;
      };
      response.on('drain', write);
      write();
    });
    await webhook(`http://127.0.0.1:${port}/`).send(alertMessage(), signal);
    expect(written).toBeLessThan(2 ** 24);
  });

  it.each([
    ['says nothing', undefined],
    ['answers in steps without end', 'HTTP/1.1 200 OK\r\nx-a: '],
  ])('ends soon after it is told to where a server %s', async (_what, said) => {
    const silence = await openSilence(said);
    open.push(silence);
    const ending = new AbortController();
    const sent = webhook(`http://127.0.0.1:${silence.port}/`).send(alertMessage(), ending.signal);
    setTimeout(() => ending.abort(), 30);
    expect((await failureOf(sent)).isWorthRetrying).toBe(true);
  });

  it('has neither the path nor the secret in its name, or in why it failed', async () => {
    const { port, close } = await openReceiver();
    await close();
    const notifier = webhook(`http://127.0.0.1:${port}/services/hunter2?t=hunter2`, { secret: SECRET });
    expect(notifier.name).toBe(`webhook 127.0.0.1:${port}`);
    const failure = await failureOf(notifier.send(alertMessage(), signal));
    expect(failure.message).toBe('cannot be reached (ECONNREFUSED)');
  });

  it('is not called with an id that is no header', async () => {
    const { port, received } = await receiver();
    const sent = webhook(`http://127.0.0.1:${port}/`).send(alertMessage({ id: 'a\r\nx: y' }), signal);
    expect((await failureOf(sent)).message).toBe('cannot be reached (ERR_INVALID_CHAR)');
    expect(received).toEqual([]);
  });
});
