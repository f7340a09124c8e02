import { Buffer } from 'node:buffer';
import { type IncomingHttpHeaders, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { TOKEN } from '../service.ts';

/** What is said to be answered, as far as it is ours to say. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface Ask {
  readonly method?: string;
  /** Below the prefix. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Of the connection, of the moment, and of how much has been asked before. */
const NOT_COMPARED = /^(?:connection|keep-alive|date|transfer-encoding|ratelimit.*)$/;

export const BEARER = { authorization: `Bearer ${TOKEN}` };

/**
 * @param base of a URL, with the prefix
 * @param localAddress limits are counted by it
 */
export function answerTo(base: string, ask: Ask, localAddress = '127.0.0.1'): Promise<Answer> {
  const { method = 'GET', path, headers = BEARER, body: sending } = ask;
  return new Promise((settle, fail) => {
    const sent = request(`${base}${path}`, { method, headers, localAddress, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const isGzipped = response.headers['content-encoding'] === 'gzip' && bytes.length > 0;
        const { body, hasId } = withoutId((isGzipped ? gunzipSync(bytes) : bytes).toString());
        const headers = comparable(response.headers);
        if (hasId) delete headers['content-length'];
        settle({ status: response.statusCode ?? 0, headers, body });
      });
    });
    sent.on('error', fail);
    sent.end(sending);
  });
}

function comparable(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_COMPARED.test(name)));
}

/** Problems have an id each, the longer the more there were. */
function withoutId(text: string): { body: unknown; hasId: boolean } {
  if (text === '') return { body: '', hasId: false };
  const body = JSON.parse(text) as Record<string, unknown>;
  const { request_id: id, ...rest } = body;
  return Array.isArray(body) ? { body, hasId: false } : { body: rest, hasId: id !== undefined };
}
