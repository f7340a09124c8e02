import type { IncomingMessage } from 'node:http';
import type { Body } from '@tacho/api-contract';
import { bodyBytes } from './body-bytes.ts';
import {
  invalidBody,
  invalidField,
  repeatedField,
  UNSUPPORTED_MEDIA_TYPE,
  unknownField,
} from './body-problems.ts';
import { givenBody } from './given-body.ts';
import { repeatedKey } from './repeated-key.ts';

/** Whatever parameters follow: JSON has none that change what it means (RFC 8259, section 11). */
const JSON_TYPE = /^\s*application\/json\s*(?:;|$)/i;

/**
 * What a request has in its body, checked and with its defaults: read here, or by a body parser that the application
 * has before this. Fields that `body` does not know and fields given twice are refused, so that a misspelling is never
 * silently the default.
 * @throws HttpProblem 400, 413, 415
 */
export async function readBody<T>(request: IncomingMessage, body: Body<T>): Promise<T> {
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) throw UNSUPPORTED_MEDIA_TYPE;
  const given = request.readableDidRead ? readBefore(givenBody(request)) : objectIn(await bodyBytes(request));
  const unknown = Object.keys(given).find((name) => !body.fields.includes(name));
  if (unknown !== undefined) throw unknownField(unknown, body.fields);
  const checked = body.validate(given);
  if (checked.ok) return checked.value;
  const { path, message } = checked.issue;
  throw invalidField(path, message);
}

/** Parsers of text and of bytes leave what they have read as it is. */
function readBefore(given: unknown): object {
  if (given === undefined)
    throw invalidBody('was read, and not handed on, by what the application has before this');
  if (typeof given === 'string') return objectIn(Buffer.from(given));
  return given instanceof Uint8Array ? objectIn(given) : checkedObject(given);
}

function objectIn(bytes: Uint8Array): object {
  if (bytes.byteLength === 0) throw invalidBody('is missing');
  const text = textIn(bytes);
  const value = checkedObject(parsed(text));
  const repeated = repeatedKey(text);
  if (repeated !== undefined) throw repeatedField(repeated);
  return value;
}

/** Without a byte order mark. */
function textIn(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidBody('is no UTF-8');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidBody('is no JSON');
  }
}

function checkedObject(value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw invalidBody('is something else');
}
