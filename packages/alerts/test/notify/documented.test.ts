import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AlertLogEntry, logNotifier, webhookNotifier } from '@tacho/alerts';
import { plainJson } from '../../src/notify/message/plain-json.ts';
import { told } from '../../src/notify/message/told.ts';
import { alertMessage } from './messages.ts';

interface Sample {
  isGenuine(given: {
    headers: Record<string, string>;
    body: string;
    secret: string;
    nowMs?: number;
  }): boolean;
  webhookReceiver(secret: string, take: (event: unknown) => void): Server;
}

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/notifiers.md'), 'utf8');
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const signal = new AbortController().signal;

function blocks(language: string): readonly string[] {
  return [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, code = '']) => code,
  );
}

describe('the examples of docs/notifiers.md', () => {
  const [event = '', line = ''] = blocks('json');

  it('have what a webhook is sent', () => {
    expect(JSON.parse(event)).toEqual(JSON.parse(plainJson(alertMessage(), told(alertMessage()))));
  });

  it.each([
    ['critical', 'firing', 'error'],
    ['warning', 'firing', 'warn'],
    ['critical', 'resolved', 'info'],
    ['warning', 'test', 'info'],
  ] as const)(
    'have the line of the log, which for %s and %s is one of level %s',
    async (severity, kind, level) => {
      const lines: [string, AlertLogEntry][] = [];
      const at = (name: string) => (entry: AlertLogEntry) => void lines.push([name, entry]);
      const logger = { info: at('info'), warn: at('warn'), error: at('error') };
      await logNotifier(logger).send(alertMessage({ severity, kind }), signal);
      expect(lines).toEqual([[level, expect.objectContaining({ event: 'alert', state: kind, severity })]]);
      const [[, entry] = []] = lines;
      if (level === 'error') expect(entry).toEqual(JSON.parse(line));
      expect(Object.values(entry ?? {}).every((value) => typeof value !== 'object' || value === null)).toBe(
        true,
      );
    },
  );
});

describe('the receiver of docs/notifiers.md', () => {
  let folder: string;
  let sample: Sample;
  let server: Server;
  let url: string;
  const taken: unknown[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tacho-receiver-'));
    const file = join(folder, 'receiver.mjs');
    writeFileSync(file, blocks('js').find((code) => code.includes('isGenuine')) ?? '');
    sample = (await import(pathToFileURL(file).href)) as Sample;
    server = sample.webhookReceiver(SECRET, (event) => void taken.push(event));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    rmSync(folder, { recursive: true });
  });

  function send(secret: string | undefined, nowMs: number, id: string): Promise<void> {
    const settings = { url, secret, allowPrivate: true, format: 'json' } as const;
    return webhookNotifier(settings, { now: () => nowMs }).send(alertMessage({ id }), signal);
  }

  it('takes a message once, however often it is sent', async () => {
    for (let attempt = 0; attempt < 3; attempt++) await send(SECRET, Date.now(), 'once');
    expect(taken).toEqual([expect.objectContaining({ type: 'alert.firing' })]);
  });

  it.each([
    ['no secret', undefined, 0],
    ['another secret', `whsec_${Buffer.alloc(32, 8).toString('base64')}`, 0],
    ['a clock that is six minutes late', SECRET, -360_000],
    ['a clock that is six minutes early', SECRET, 360_000],
  ])('takes none from whoever has %s', async (_what, secret, offsetMs) => {
    await expect(send(secret, Date.now() + offsetMs, 'never')).rejects.toThrow('answered 401');
    expect(taken).toHaveLength(1);
  });

  it('takes none that was changed, and none after five minutes', async () => {
    const seen: { headers: Record<string, string>; body: string }[] = [];
    server.prependListener('request', (request) => {
      seen.push({ headers: request.headers as Record<string, string>, body: '' });
    });
    await send(SECRET, Date.now(), 'changed');
    const { headers } = seen[0] as (typeof seen)[number];
    const body = plainJson(alertMessage({ id: 'changed' }), told(alertMessage({ id: 'changed' })));
    const sentMs = Number(headers['webhook-timestamp']) * 1000;
    const genuine = { headers, body, secret: SECRET, nowMs: sentMs };
    expect(sample.isGenuine(genuine)).toBe(true);
    expect(sample.isGenuine({ ...genuine, nowMs: sentMs + 300_000 })).toBe(true);
    for (const changed of [
      { ...genuine, nowMs: sentMs + 301_000 },
      { ...genuine, body: `${body} ` },
      { ...genuine, headers: { ...headers, 'webhook-id': 'other' } },
      { ...genuine, headers: { ...headers, 'webhook-timestamp': String(sentMs / 1000 + 1) } },
      { ...genuine, headers: { ...headers, 'webhook-signature': '' } },
      { ...genuine, headers: { ...headers, 'webhook-signature': 'v1,' } },
      {
        ...genuine,
        headers: { ...headers, 'webhook-signature': `v2,${headers['webhook-signature']?.slice(3)}` },
      },
      { ...genuine, headers: {} },
    ])
      expect(sample.isGenuine(changed)).toBe(false);
  });
});
