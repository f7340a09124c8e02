import type { Context } from 'koa';

const MOST_BYTES = 10_000;

/** Reads the request's body as a JSON object, or answers 400 or 413. */
export async function jsonBody(ctx: Context): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of ctx.req) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) ctx.throw(413);
    chunks.push(chunk);
  }
  return parsed(Buffer.concat(chunks).toString()) ?? ctx.throw(400, 'a JSON object is expected');
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
