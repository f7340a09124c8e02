import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NotSent, webhookNotifier, webhookUrlRefusal } from '@tacho/alerts';
import { alertMessage, NOW_MS } from './messages.ts';
import { openReceiver, type Receiver } from './receiver.ts';

/** Whoever is reached by one of these has its connections counted: `:PORT` is the port that it listens on. */
const REFUSED = [
  'https://127.0.0.1:PORT/',
  'https://127.1:PORT/',
  'https://127.0.0.2:PORT/',
  'https://127.255.255.254:PORT/',
  'https://0:PORT/',
  'https://0.0.0.0:PORT/',
  'https://0.1.2.3:PORT/',
  'https://2130706433:PORT/',
  'https://0x7f.1:PORT/',
  'https://0x7f000001:PORT/',
  'https://0177.1:PORT/',
  'https://0177.0.0.01:PORT/',
  'https://017700000001:PORT/',
  'https://127.0.0.1.:PORT/',
  'https://127%2e0%2e0%2e1:PORT/',
  'https://①②⑦.⓪.⓪.①:PORT/',
  'https://127。0。0。1:PORT/',
  'https://10.0.0.1/',
  'https://10.255.255.255/',
  'https://172.16.0.1/',
  'https://172.31.255.255/',
  'https://192.168.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://169.254.170.2/v2/credentials',
  'https://2852039166/',
  'https://0xa9fea9fe/',
  'https://100.64.0.1/',
  'https://100.127.255.255/',
  'https://100.100.100.200/',
  'https://192.0.0.192/',
  'https://192.0.2.1/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://[::]:PORT/',
  'https://[::1]:PORT/',
  'https://[0:0:0:0:0:0:0:1]:PORT/',
  'https://[::ffff:127.0.0.1]:PORT/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[::ffff:8.8.8.8]/',
  'https://[::127.0.0.1]:PORT/',
  'https://[64:ff9b::7f00:1]:PORT/',
  'https://[64:ff9b::a9fe:a9fe]/',
  'https://[64:ff9b:1::a9fe:a9fe]/',
  'https://[2002:7f00:1::]/',
  'https://[2001:0:7f00:1::]/',
  'https://[2001:db8::1]/',
  'https://[fd00:ec2::254]/latest/meta-data/',
  'https://[fc00::1]/',
  'https://[fe80::1]/',
  'https://[fe80::1%25eth0]/',
  'https://[fec0::1]/',
  'https://[ff02::1]/',
  'https://localhost:PORT/',
  'https://LOCALHOST:PORT/',
  'https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/',
  'https://localhost.:PORT/',
  'https://a.localhost:PORT/',
  'https://metadata.google.internal/computeMetadata/v1/',
  'https://printer.local/',
  'https://router.home.arpa/',
  'https://redis/',
  'https://xn--/',
  'https://user:pass@hooks.example.com/',
  'https://hooks.example.com@127.0.0.1:PORT/',
  'https://hooks.example.com:22/',
  'https://hooks.example.com:25/',
  'https://hooks.example.com:6379/',
  'https://hooks.example.com:5432/',
  'https://hooks.example.com:0/',
  'http://hooks.example.com/',
  'ftp://hooks.example.com/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:PORT/_',
  'https:127.0.0.1:PORT/',
  'https:\\\\127.0.0.1:PORT\\',
  ' https://hooks.example.com/',
  'https://hooks.example.com/\r\nx: y',
  'https:///127.0.0.1:PORT/',
];

/** Not even private ones are these. */
const NEVER = [
  'http://169.254.169.254/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[fd00:ec2::254]/',
  'http://[fe80::1]/',
  'http://0.0.0.0:PORT/',
  'http://[::]:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://100.100.100.200/',
  'http://224.0.0.1/',
  'http://127.0.0.1:6379/',
  'http://127.0.0.1:22/',
  'http://user@127.0.0.1:PORT/',
];

const PRIVATE_ADDRESSES = [
  '127.0.0.1',
  '10.0.0.1',
  '169.254.169.254',
  '::1',
  'fe80::1%eth0',
  '::ffff:127.0.0.1',
  '',
];
const PUBLIC = '93.184.215.14';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver.close());

const withPort = (url: string): string => url.replace('PORT', String(receiver.port));

type Resolve = (host: string) => Promise<readonly string[]>;

async function failureOf(
  url: string,
  allowPrivate: boolean,
  resolve: Resolve,
  signal: AbortSignal,
): Promise<unknown> {
  const settings = { url, secret: undefined, allowPrivate, format: 'json' } as const;
  return webhookNotifier(settings, { now: () => NOW_MS, resolve })
    .send(alertMessage(), signal)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
}

const never: Resolve = async () => {
  throw new Error('was asked');
};
const signal = new AbortController().signal;

describe('a webhook that leads inside', () => {
  it('has at least 60 ways to be written', () => {
    expect(new Set(REFUSED).size).toBeGreaterThanOrEqual(60);
  });

  it.each(REFUSED)('is refused as an option and when it is to be called: %s', async (template) => {
    const url = withPort(template);
    const refusal = webhookUrlRefusal(url, false);
    expect(refusal).toMatch(/^(?:is|has|leads) /);
    const failure = await failureOf(url, false, never, signal);
    expect(failure).toBeInstanceOf(NotSent);
    expect(failure).toMatchObject({ message: `the URL ${refusal}`, isWorthRetrying: false });
  });

  it.each(NEVER)('is refused though private ones are allowed: %s', async (template) => {
    const url = withPort(template);
    expect(webhookUrlRefusal(url, true)).toBeDefined();
    expect(await failureOf(url, true, never, signal)).toBeInstanceOf(NotSent);
  });

  it.each(PRIVATE_ADDRESSES)('is not connected to where its name leads to %j', async (address) => {
    const url = `https://hooks.example.com:${receiver.port}/`;
    for (const addresses of [[address], [PUBLIC, address], [address, PUBLIC]])
      expect(await failureOf(url, false, async () => addresses, signal)).toMatchObject({
        message: expect.stringMatching(/^the host leads to /),
        isWorthRetrying: false,
      });
  });

  it('is not connected to where its name was public and is no longer', async () => {
    const url = `https://hooks.example.com:${receiver.port}/`;
    const ending = new AbortController();
    const asked: string[] = [];
    const rebinding: Resolve = async (host) => {
      asked.push(host);
      // What is public is not connected to by a test.
      if (asked.length === 1) ending.abort();
      return asked.length === 1 ? [PUBLIC] : ['127.0.0.1'];
    };
    expect(await failureOf(url, false, rebinding, ending.signal)).toMatchObject({ message: 'was ended' });
    expect(await failureOf(url, false, rebinding, signal)).toMatchObject({
      message: 'the host leads to a private address',
    });
    expect(asked).toEqual(['hooks.example.com', 'hooks.example.com']);
  });

  it('has not had one packet sent', () => {
    expect(receiver.connections).toBe(0);
  });
});

describe('a webhook by name', () => {
  it('is connected to at the address that was checked: nobody is asked twice', async () => {
    const { port } = receiver;
    const asked: string[] = [];
    const rebinding: Resolve = async (host) => {
      asked.push(host);
      return asked.length === 1 ? ['127.0.0.1'] : ['169.254.169.254'];
    };
    const url = `http://hooks.example.com:${port}/x`;
    expect(await failureOf(url, true, rebinding, signal)).toBeUndefined();
    expect(asked).toEqual(['hooks.example.com']);
    expect(receiver.received.at(-1)).toMatchObject({
      path: '/x',
      headers: { host: `hooks.example.com:${port}` },
    });
    expect(await failureOf(url, true, rebinding, signal)).toMatchObject({ isWorthRetrying: false });
    expect(receiver.received).toHaveLength(1);
  });

  it('is tried again where its name is not known', async () => {
    expect(await failureOf('https://hooks.example.com/', false, never, signal)).toMatchObject({
      message: 'the host is not known',
      isWorthRetrying: true,
    });
  });

  it.each([
    'https://hooks.slack.com/services/T0/B0/x',
    'https://8.8.8.8/',
    'https://172.15.255.255/',
    'https://172.32.0.1/',
    'https://100.128.0.1/',
    'https://[2606:4700::1111]:8443/x',
    'https://xn--bcher-kva.example/',
    'https://hooks.example.com:3000/',
    'https://internal.example.com/',
  ])('may be outside: %s', (url) => {
    expect(webhookUrlRefusal(url, false)).toBeUndefined();
  });

  it.each([
    'http://localhost:3000/',
    'https://127.0.0.1/',
    'http://10.1.2.3:8080/',
    'http://[fd12::1]/',
    'http://relay/',
  ])('may be inside where that is allowed: %s', (url) => {
    expect(webhookUrlRefusal(url, true)).toBeUndefined();
    expect(webhookUrlRefusal(url, false)).toBeDefined();
  });
});
