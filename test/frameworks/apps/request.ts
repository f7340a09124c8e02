import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the guards of all applications look at. */
export function mayEnter({ headers }: { readonly headers: object }): boolean {
  return 'authorization' in headers;
}

/** Reads a body to its end; fails when the client leaves before that. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** The beginning of an answer that has no end. */
export function writeHalf(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Length': '1000' }).write('half');
}
