import type { IncomingMessage } from 'node:http';

/** What the guards of all applications look at. */
export function mayEnter({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers.authorization !== undefined;
}

/** Reads a body to its end; fails when the client leaves before that. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
