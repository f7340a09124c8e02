import {
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import { errorCode } from './error-code.ts';
import { notNow } from './not-sent.ts';
import { hostOf, portOf } from './webhook-url.ts';

export interface Post {
  readonly url: URL;
  /** Where to connect, whatever anybody says of the host now: at least one. */
  readonly addresses: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What was answered, without what is in it. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/**
 * Posts to one of the addresses and to nothing else: no resolver, no proxy and no connection of others. Redirects are
 * answers as any. The body of the answer is not read. Nothing of it holds the process open.
 * @throws NotSent where there is no answer
 */
export async function pinnedPost(
  { url, addresses, headers, body }: Post,
  signal: AbortSignal,
): Promise<Answer> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const host = hostOf(url);
  const options: RequestOptions = {
    method: 'POST',
    // An address is not looked up, so it has to be the one that was checked.
    host: isIP(host) === 0 ? host : addresses[0],
    port: portOf(url),
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, host: url.host, 'content-length': Buffer.byteLength(body) },
    lookup: lookupOf(addresses),
    agent: false,
    signal,
  };
  return new Promise<Answer>((resolve, reject) => {
    const sent: ClientRequest = request(options, (response) => {
      response.on('error', () => {});
      sent.destroy();
      resolve(answerOf(response));
    });
    sent.on('socket', (socket) => socket.unref());
    sent.on('error', reject);
    sent.end(body);
  }).catch((thrown: unknown) => {
    throw notNow(`cannot be reached (${errorCode(thrown)})`);
  });
}

/** Gives what was checked: nobody is asked a second time, who could say something else. */
function lookupOf(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all }, done) => {
    if (all === true) done(null, found);
    else done(null, found[0]?.address ?? '', found[0]?.family ?? 4);
  };
}

function answerOf({ statusCode = 0, headers }: IncomingMessage): Answer {
  return { status: statusCode, retryAfter: headers['retry-after'] };
}
