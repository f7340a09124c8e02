import { createHmac } from 'node:crypto';

const SECRET = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/;
const FEWEST_BYTES = 24;
const MOST_BYTES = 64;

/** What a webhook's secret is: that of Standard Webhooks. */
export const WEBHOOK_SECRET_TEXT = `whsec_ and the base64 of ${FEWEST_BYTES} to ${MOST_BYTES} random bytes`;

/** @returns the key; undefined for what is no secret */
export function webhookKey(secret: string): Uint8Array | undefined {
  const [, base64] = secret.length <= 100 ? (SECRET.exec(secret) ?? []) : [];
  if (base64 === undefined) return undefined;
  const key = Buffer.from(base64, 'base64');
  return key.length >= FEWEST_BYTES && key.length <= MOST_BYTES ? key : undefined;
}

export interface WebhookCall {
  /** The message's: the same for every attempt. */
  readonly id: string;
  /** When this attempt is made. */
  readonly nowMs: number;
  readonly body: string;
}

/** The headers of Standard Webhooks 1.0.0, by which a receiver knows who sent it, when, and whether it has it already. */
export function webhookHeaders(
  { id, nowMs, body }: WebhookCall,
  key: Uint8Array | undefined,
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1_000));
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp };
  if (key === undefined) return headers;
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { ...headers, 'webhook-signature': `v1,${signature}` };
}
