import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';
import type { Context } from 'koa';
import { chunksOf } from './chunks.ts';
import { GZIP, isGzipWanted } from './encoding.ts';
import { entityTag, isKnown } from './entity-tag.ts';
import { type JsonText, jsonText } from './json-text.ts';

/** A plain JSON value; or the text of one in pieces, where it has a long list whose entries cost something. */
export type Report = object | JsonText;

/** A longer answer is sent while it is made. */
const MAX_HELD_BYTES = 256 * 1024;
/** A reader that takes nothing for so long holds up no answer. */
const STALLED_MS = 30_000;

const compressed = promisify(gzip);

type Chunks = ReturnType<typeof chunksOf>;

/**
 * Answers with a report, which comes into being in turns of at most two milliseconds. A short one has its length and
 * an entity tag, and may turn out to be known; a longer one is made as fast as it is read, and no further. Throws what
 * making it throws, as long as there is another answer.
 *
 * @param onBroken told why a longer answer breaks off
 */
export async function send(
  ctx: Context,
  report: Report,
  onBroken: (error: unknown) => void = () => {},
): Promise<void> {
  const chunks = chunksOf(isText(report) ? report : jsonText(report));
  const begun: Buffer[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await chunks.next();
    if (!ctx.writable) return void (await chunks.return());
    if (done) return sendWhole(ctx, Buffer.concat(begun));
    begun.push(value);
    bytes += value.byteLength;
    if (bytes > MAX_HELD_BYTES) return sendStream(ctx, goingOn(begun, chunks, onBroken));
  }
}

/** Nothing in JSON can be called. */
function isText(report: Report): report is JsonText {
  return typeof (report as Partial<JsonText>).next === 'function';
}

async function sendWhole(ctx: Context, body: Buffer): Promise<void> {
  const isGzipped = isGzipWanted(ctx, body.byteLength);
  const tag = entityTag(body, isGzipped);
  setHeaders(ctx, isGzipped);
  ctx.set('ETag', tag);
  if (isKnown(ctx.get('If-None-Match'), tag)) {
    ctx.remove('Content-Encoding');
    ctx.status = 304;
    return;
  }
  ctx.body = isGzipped ? await compressed(body, GZIP) : body;
}

function sendStream(ctx: Context, chunks: Chunks): void {
  const isGzipped = isGzipWanted(ctx, Number.POSITIVE_INFINITY);
  setHeaders(ctx, isGzipped);
  if (ctx.method === 'HEAD') {
    ctx.status = 200;
    return void chunks.return();
  }
  ctx.res.setTimeout(STALLED_MS, () => ctx.res.destroy());
  const plain = Readable.from(chunks, { objectMode: false });
  // What breaks the one ends the other, and that ends the answer.
  ctx.body = isGzipped ? pipeline(plain, createGzip(GZIP), () => {}) : plain;
}

function setHeaders(ctx: Context, isGzipped: boolean): void {
  ctx.type = 'json';
  ctx.vary('Accept-Encoding');
  if (isGzipped) ctx.set('Content-Encoding', 'gzip');
}

async function* goingOn(begun: Buffer[], rest: Chunks, onBroken: (error: unknown) => void): Chunks {
  try {
    yield Buffer.concat(begun.splice(0));
    yield* rest;
  } catch (error) {
    onBroken(error);
    throw error;
  } finally {
    await rest.return();
  }
}
