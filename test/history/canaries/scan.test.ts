import { describe, expect, it } from '@jest/globals';
import { CANARIES } from './canaries.ts';
import { scan } from './scan.ts';

const TEXTS = CANARIES.map(({ text }) => text);

const within = (bytes: Buffer | string) => [
  {
    name: 'control',
    bytes: Buffer.concat([Buffer.from('before '), Buffer.from(bytes), Buffer.from(' after')]),
  },
];

/** Ways in which a text may be written down, none of them made by the scan. */
const WRITTEN: readonly [how: string, write: (text: string) => Buffer | string][] = [
  ['as it is', (text) => text],
  ['in capitals', (text) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase())],
  ['in a JSON document', (text) => JSON.stringify({ text })],
  ['percent-encoded', (text) => encodeURIComponent(text)],
  ['percent-encoded in small letters', (text) => encodeURIComponent(text).toLowerCase()],
  ['as a part of a URL', (text) => new URL(`http://host/?q=${encodeURIComponent(text)}`).href],
  ['in a form', (text) => new URLSearchParams({ text }).toString()],
  ['in base64', (text) => btoa(unescape(encodeURIComponent(text)))],
  ['in base64 behind a byte', (text) => Buffer.from(`x${text}`).toString('base64')],
  ['in base64 between bytes', (text) => Buffer.from(`xx${text}xx`).toString('base64')],
  ['in base64 for URLs', (text) => Buffer.from(`{"sub":"${text}"}`).toString('base64url')],
  ['in hex', (text) => Buffer.from(text).toString('hex')],
  ['in hex capitals', (text) => Buffer.from(text).toString('hex').toUpperCase()],
  ['in UTF-16', (text) => Buffer.from(text, 'utf16le')],
  ['in UTF-16, big-endian', (text) => Buffer.from(text, 'utf16le').swap16()],
];

describe('the scan', () => {
  it('is for at least fifty canaries, no two of them alike', () => {
    expect(new Set(TEXTS.map((text) => text.toLowerCase())).size).toBe(TEXTS.length);
    expect(TEXTS.length).toBeGreaterThanOrEqual(50);
  });

  it.each(WRITTEN)('finds every canary written %s', (_how, write) => {
    const missed = TEXTS.filter(
      (text) => !scan([text], within(write(text))).some((hit) => hit.text === text),
    );
    expect(missed).toEqual([]);
  });

  it('finds none where there is none', () => {
    expect(scan(TEXTS, within(Buffer.from(Array.from({ length: 65_536 }, (_, n) => n % 256))))).toEqual([]);
    expect(scan(TEXTS, within('GET /people/:name 200'))).toEqual([]);
  });
});
