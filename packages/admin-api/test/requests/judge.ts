import { STRICT } from '../served.ts';
import type { WireAnswer } from './answer-reader.ts';
import type { Description } from './description.ts';
import type { Exchange } from './exchange.ts';

/** What Node answers by itself, without a body, to what is no request. */
const BY_NODE = [400, 408, 413, 417, 431];

/** Node lets empty lines before it pass, and more spaces than one. */
const REQUEST_LINE = /^[\r\n]*(\S*) +(?:https?:\/\/[^/?\s]*)?(\S*)/i;
const PREFIX = '/api/performance';

/** @returns what is wrong with the answers to a request; undefined where nothing is */
export function complaintAbout(exchange: Exchange, description: Description): string | undefined {
  const text = exchange.request.bytes.toString('latin1');
  const [, method = '', target = ''] = REQUEST_LINE.exec(text) ?? [];
  for (const [nth, answer] of exchange.answers.entries()) {
    // What came after the first is of a request that nobody meant to send.
    const complaint = complaintAboutAnswer(answer, nth === 0 ? { method, target } : undefined, description);
    if (complaint !== undefined) return `${complaint}\n${JSON.stringify(text.slice(0, 2_000))}`;
  }
  return undefined;
}

function complaintAboutAnswer(
  answer: WireAnswer,
  asked: { readonly method: string; readonly target: string } | undefined,
  description: Description,
): string | undefined {
  const { status, headers, body } = answer;
  if (!('cache-control' in headers)) {
    return BY_NODE.includes(status) && body.byteLength === 0 ? undefined : `${status} of nobody's`;
  }
  for (const [name, value] of Object.entries(STRICT)) {
    // A stream says more: that nobody on its way may hold it back.
    if (headers[name]?.startsWith(value) !== true) return `${name} is ${headers[name]}`;
  }
  // HEAD has no body to say it in.
  const isBusy = status === 503 && (body.byteLength === 0 || body.includes('"busy"'));
  if (status >= 500 && !isBusy) return `${status}: ${body}`;
  if (asked === undefined) return undefined;
  const [path = ''] = asked.target.split('?', 1);
  const isOurs = path.startsWith(`${PREFIX}/`);
  return description.complaint(answer, asked.method, isOurs ? path.slice(PREFIX.length) : undefined);
}
