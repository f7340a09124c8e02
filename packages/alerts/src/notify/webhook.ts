import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AlertMessage } from '../message.ts';
import { plainJson } from './message/plain-json.ts';
import { slackJson } from './message/slack-json.ts';
import { told } from './message/told.ts';
import { type NotSent, notEver, notNow } from './not-sent.ts';
import type { Notifier } from './notifier.ts';
import { type Answer, pinnedPost } from './pinned-post.ts';
import { webhookHeaders, webhookKey } from './webhook-signature.ts';
import { addressRefusal, hostOf, webhookUrlRefusal } from './webhook-url.ts';

export interface WebhookSettings {
  readonly url: string;
  /** Signs each message; undefined for no signature. */
  readonly secret: string | undefined;
  /** Opens loopback and private networks, and http. */
  readonly allowPrivate: boolean;
  readonly format: 'slack' | 'json';
}

export interface WebhookSurroundings {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** All addresses of a host. Default: those that the system knows. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

const LIMIT_MS = 10_000;

/** Posts each message as JSON. Every address of the host is looked at before each attempt, and no other is connected to. */
export function webhookNotifier(settings: WebhookSettings, surroundings: WebhookSurroundings): Notifier {
  const { now, resolve = systemAddresses } = surroundings;
  const key = settings.secret === undefined ? undefined : webhookKey(settings.secret);
  return {
    name: `webhook ${URL.parse(settings.url)?.host ?? '?'}`,
    limitMs: LIMIT_MS,
    async send(message, signal) {
      const url = checkedUrl(settings);
      if (settings.secret !== undefined && key === undefined) throw notEver('the secret is none');
      const addresses = await allowedAddresses(hostOf(url), settings.allowPrivate, resolve);
      if (signal.aborted) throw notNow('was ended');
      const body = bodyOf(message, settings.format);
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'tacho',
        ...webhookHeaders({ id: message.id, nowMs: now(), body }, key),
      };
      const failure = failureOf(await pinnedPost({ url, addresses, headers, body }, signal), now());
      if (failure !== undefined) throw failure;
    },
  };
}

function checkedUrl({ url, allowPrivate }: WebhookSettings): URL {
  const refusal = webhookUrlRefusal(url, allowPrivate);
  if (refusal !== undefined) throw notEver(`the URL ${refusal}`);
  return new URL(url);
}

/** One that may not be connected to refuses them all: a host that has both is no host of a webhook. */
async function allowedAddresses(
  host: string,
  allowPrivate: boolean,
  resolve: (host: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
  if (addresses.length === 0) throw notNow('the host is not known');
  for (const address of addresses) {
    const refusal = addressRefusal(address, allowPrivate);
    if (refusal !== undefined) throw notEver(`the host ${refusal}`);
  }
  return addresses;
}

async function systemAddresses(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

function bodyOf(message: AlertMessage, format: WebhookSettings['format']): string {
  return format === 'slack' ? slackJson(told(message)) : plainJson(message, told(message));
}

function failureOf({ status, retryAfter }: Answer, nowMs: number): NotSent | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return notEver(`answered ${status}: redirects are not followed`);
  if (status === 408 || status === 429 || status >= 500)
    return notNow(`answered ${status}`, retryAfterMs(retryAfter, nowMs));
  return notEver(`answered ${status}`);
}

/** Seconds or a date, by RFC 9110, 10.2.3; undefined for what is neither. */
function retryAfterMs(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
