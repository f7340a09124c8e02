import { createHash } from 'node:crypto';

/** Bytes that came out somewhere. */
export interface Output {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A text, found in bytes in one of the forms that a text may take. */
export interface Hit {
  readonly text: string;
  readonly form: string;
  readonly output: string;
  /** What stands around it, for whoever has to find out why. */
  readonly context: string;
}

interface Form {
  readonly name: string;
  /** In small letters, unless it is exact. */
  readonly bytes: Buffer;
  /** Where capitals and small letters are told apart: in base64 they mean different things. */
  readonly exact?: boolean;
}

const CONTEXT_BYTES = 60;

/**
 * Looks for each text in each output, in every form, percent-encoded once or twice or not at all. Letters are found in
 * capitals and in small. Of outputs that are alike, only the first is looked at.
 */
export function scan(texts: readonly string[], outputs: readonly Output[]): Hit[] {
  const wanted = texts.map((text) => ({ text, forms: formsOf(text) }));
  return distinct(outputs).flatMap(({ name, bytes }) =>
    viewsOf(bytes).flatMap((view) => {
      const lower = lowerCase(view);
      return wanted.flatMap(({ text, forms }) =>
        forms.flatMap((form) => {
          const at = (form.exact ? view : lower).indexOf(form.bytes);
          return at === -1 ? [] : [{ text, form: form.name, output: name, context: contextOf(view, at) }];
        }),
      );
    }),
  );
}

function distinct(outputs: readonly Output[]): Output[] {
  const known = new Map<string, Output>();
  for (const output of outputs) {
    const digest = createHash('sha256').update(output.bytes).digest('hex');
    if (!known.has(digest)) known.set(digest, output);
  }
  return [...known.values()];
}

/** The bytes, and what they are once and twice decoded. */
function viewsOf(bytes: Buffer): Buffer[] {
  const once = percentDecoded(bytes);
  if (once.length === bytes.length) return [bytes];
  const twice = percentDecoded(once);
  return twice.length === once.length ? [bytes, once] : [bytes, once, twice];
}

function percentDecoded(bytes: Buffer): Buffer {
  const decoded = Buffer.alloc(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const escaped = bytes[at] === 0x25 ? bytes.toString('latin1', at + 1, at + 3) : '';
    const isEscape = /^[0-9a-f]{2}$/i.test(escaped);
    decoded[length++] = isEscape ? Number.parseInt(escaped, 16) : (bytes[at] ?? 0);
    if (isEscape) at += 2;
  }
  return decoded.subarray(0, length);
}

/** What a text may look like once it has gone through a program. */
function formsOf(text: string): Form[] {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  const plain: [name: string, bytes: Buffer][] = [
    ['as it is', utf8],
    ['JSON', Buffer.from(JSON.stringify(text).slice(1, -1))],
    ['JSON in ASCII', Buffer.from(asciiJson(text))],
    ['with + for blanks', Buffer.from(text.replaceAll(' ', '+'))],
    ['hex', Buffer.from(utf8.toString('hex'))],
    ['UTF-16', utf16],
    ['UTF-16, big-endian', Buffer.from(utf16).swap16()],
  ];
  return [...plain.map(([name, bytes]) => ({ name, bytes: lowerCase(bytes) })), ...base64Forms(utf8)];
}

/** At each of the three places that it may have in what is encoded, without the characters it shares with others. */
function base64Forms(utf8: Buffer): Form[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), utf8])
      .toString('base64')
      .replace(/=+$/, '');
    const own = encoded.slice([0, 2, 3][offset], (offset + utf8.length) % 3 === 0 ? undefined : -1);
    const url = own.replaceAll('+', '-').replaceAll('/', '_');
    return [...new Set([own, url])].map((form) => ({
      name: `base64 from byte ${offset}`,
      bytes: Buffer.from(form),
      exact: true,
    }));
  });
}

function asciiJson(text: string): string {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return text.replace(/[^\x20-\x7e]/g, escaped);
}

function lowerCase(bytes: Buffer): Buffer {
  const lower = Buffer.from(bytes);
  for (let i = 0; i < lower.length; i++) {
    const byte = lower[i] ?? 0;
    if (byte >= 0x41 && byte <= 0x5a) lower[i] = byte | 0x20;
  }
  return lower;
}

function contextOf(bytes: Buffer, at: number): string {
  const around = bytes.subarray(Math.max(0, at - CONTEXT_BYTES), at + 2 * CONTEXT_BYTES);
  return around.toString('latin1').replace(/[^\x20-\x7e]/g, '.');
}
