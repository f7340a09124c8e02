import { setTimeout as pause } from 'node:timers/promises';
import { ADMIN_ENVIRONMENT, type Service, startService } from '../service.ts';
import { type ComparableSpan, comparableSpan, compareSpans } from './comparable-span.ts';
import type { Kind } from './kinds/kind.ts';
import { type KeyValue, type ReceivedSpan, SpanReceiver } from './span-receiver.ts';
import { talk } from './talk.ts';

/** Keeps a span's first moment away from the moments in which its kind of request began and was over. */
const APART_MS = 3;

/** What one service made of one kind of request. */
export interface Observed {
  readonly spans: readonly ComparableSpan[];
  /** The same in the same order, as they were received. */
  readonly received: readonly ReceivedSpan[];
  /** Without its dates and what ids it has. */
  readonly reply: string;
  /** When the first byte was about to be sent, and when everything was over, in epoch milliseconds. */
  readonly startMs: number;
  readonly endMs: number;
}

export interface Observation {
  readonly kinds: ReadonlyMap<string, Observed>;
  /** Spans that began while no kind was sent. */
  readonly strays: readonly ReceivedSpan[];
  readonly resource: readonly KeyValue[];
}

/**
 * Starts the service with one of the instrumentations, sends it each kind of request after the other, and ends it.
 * A span belongs to the kind that was being sent when it began.
 */
export async function observe(
  http: 'lean' | 'standard',
  kinds: readonly Kind[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Observation> {
  const receiver = await SpanReceiver.start();
  try {
    const service = await startService('test/parity/service/main.ts', {
      monitored: 'itself',
      // The frames of the application are to be among those of every stack trace, whatever is above them.
      nodeArguments: ['--stack-trace-limit=100'],
      env: { ...ADMIN_ENVIRONMENT, ...receiver.environment, ...environment, TACHO_HTTP: http },
    });
    const sent = await sendAll(service, kinds);
    // What is still queued is exported at the end.
    await service.stop();
    return assigned(receiver.spans, sent, service.ports);
  } finally {
    receiver.close();
  }
}

interface SentKind {
  readonly kind: Kind;
  readonly reply: string;
  readonly startMs: number;
  readonly endMs: number;
}

async function sendAll(service: Service, kinds: readonly Kind[]): Promise<SentKind[]> {
  const sent: SentKind[] = [];
  for (const kind of kinds) {
    const startMs = Date.now();
    await pause(APART_MS);
    const reply = await talk(kind, service);
    await service.ask('idle');
    await pause(APART_MS);
    sent.push({ kind, reply, startMs, endMs: Date.now() });
  }
  return sent;
}

function assigned(
  spans: readonly ReceivedSpan[],
  sent: readonly SentKind[],
  ports: Service['ports'],
): Observation {
  const kinds = new Map<string, Observed>();
  const strays = new Set(spans);
  for (const { kind, reply, startMs, endMs } of sent) {
    const received = spans.filter((span) => beganMs(span) >= startMs && beganMs(span) < endMs);
    for (const span of received) strays.delete(span);
    const bytes = bytesOf(kind);
    const both = received.map((span) => ({ span, as: comparableSpan(span, received, bytes, ports) }));
    both.sort((a, b) => compareSpans(a.as, b.as));
    kinds.set(kind.name, {
      spans: both.map(({ as }) => as),
      received: both.map(({ span }) => span),
      reply: comparableReply(reply, bytes),
      startMs,
      endMs,
    });
  }
  return { kinds, strays: [...strays], resource: spans[0]?.resource ?? [] };
}

export function bytesOf({ steps }: Kind): string {
  return steps.filter((step) => typeof step === 'string').join('');
}

function beganMs({ span }: ReceivedSpan): number {
  return Number(BigInt(span.startTimeUnixNano) / 1_000_000n);
}

/** @param sent by the client: ids in it are kept */
function comparableReply(reply: string, sent: string): string {
  return reply
    .replaceAll(/\r\nDate: [^\r]*/g, '\r\nDate: (a date)')
    .replaceAll(/\b(?:[0-9a-f]{32}|[0-9a-f]{16})\b/g, (id) => (sent.includes(id) ? id : '(an id)'));
}
