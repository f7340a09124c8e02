import type { RequestRecord } from '@tacho/core';
import type { Exchange, ExchangeEnd } from './exchange.ts';

/**
 * The record of a request that has no span of ours: upgraded and tunnelled connections, requests that a
 * `checkContinue` listener answers, and everything while another OpenTelemetry SDK makes the spans.
 */
export function recordOfExchange(exchange: Exchange, end: ExchangeEnd): RequestRecord {
  return {
    startMs: exchange.startMs,
    durationMs: end.durationMs,
    method: exchange.method,
    route: end.route,
    status: end.status,
    outcome: end.outcome,
    user: end.user,
    traceId: undefined,
  };
}
