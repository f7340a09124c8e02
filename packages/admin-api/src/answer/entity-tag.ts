import { createHash } from 'node:crypto';

/** Of a JSON text of a few hundred kilobytes at most; another for each of its encodings, whose bytes differ. */
export function entityTag(body: Buffer, isGzipped: boolean): string {
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return `"${digest}${isGzipped ? '-gzip' : ''}"`;
}

/** What `If-None-Match` lists (RFC 9110, sections 8.8.3 and 13.1.2). */
const TAGS = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;

/** Whether the reader has what it asks for: by weak comparison, as `If-None-Match` is to be read. */
export function isKnown(ifNoneMatch: string, tag: string): boolean {
  if (ifNoneMatch.trim() === '*') return true;
  for (const [, known] of ifNoneMatch.matchAll(TAGS)) if (known === tag) return true;
  return false;
}
