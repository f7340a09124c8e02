import type { ReceivedMetric, ReceivedPoint, ReceivedSpan } from '../../receiver/received.ts';
import { CASES, parentIdOf, REQUESTS, traceIdOf } from './requests.ts';

/** What a span shows of its request, without what differs from one service and one connection to the next. */
export function comparable({ name, kind, status, attributes, events, resource }: ReceivedSpan): unknown {
  const { 'network.peer.port': _port, ...request } = attributes;
  const { 'process.pid': _pid, 'service.instance.id': _id, 'service.name': _name, ...process } = resource;
  return { name, kind, status, request, events, process };
}

export function inOrder(spans: readonly ReceivedSpan[]): ReceivedSpan[] {
  return spans.toSorted((a, b) => (a.traceId < b.traceId ? -1 : 1));
}

/** @returns what is wrong with the spans of all requests, in order */
export function wrongIds(spans: readonly ReceivedSpan[]): unknown[] {
  const wrong: unknown[] = spans.filter(
    ({ traceId, parentSpanId, spanId }, n) =>
      traceId !== traceIdOf(n) || parentSpanId !== parentIdOf(n) || !/^[0-9a-f]{16}$/.test(spanId),
  );
  if (new Set(spans.map(({ spanId }) => spanId)).size !== REQUESTS)
    wrong.push('not every span has its own id');
  return wrong;
}

/** @returns what is wrong with the metric of durations, measured by the spans of the same requests */
export function wrongDurations(
  metric: ReceivedMetric | undefined,
  spans: readonly ReceivedSpan[],
): unknown[] {
  if (metric?.kind !== 'exponentialHistogram' || metric.temporality !== 'CUMULATIVE' || metric.unit !== 's')
    return [metric];
  const wrong: unknown[] = metric.points.length === CASES.length ? [] : [metric.points];
  for (const point of metric.points) {
    const seconds = spans.filter(isMeasuredBy(point)).map(secondsOf);
    const sum = seconds.reduce((total, each) => total + each, 0);
    const isRight =
      point.value === seconds.length &&
      isClose(point.sum, sum) &&
      isClose(point.min, Math.min(...seconds)) &&
      isClose(point.max, Math.max(...seconds)) &&
      misplaced(point, seconds) === 0;
    if (!isRight) wrong.push({ point, seconds });
  }
  return wrong;
}

function isMeasuredBy({ attributes }: ReceivedPoint): (span: ReceivedSpan) => boolean {
  const names = ['http.request.method', 'http.route', 'http.response.status_code'];
  return (span) => names.every((name) => span.attributes[name] === attributes[name]);
}

function secondsOf({ startNano, endNano }: ReceivedSpan): number {
  return Number(BigInt(endNano) - BigInt(startNano)) / 1e9;
}

/** The times of a span are rounded to some hundreds of nanoseconds. */
function isClose(a: number | undefined, b: number): boolean {
  return a !== undefined && Math.abs(a - b) < 5e-5;
}

/** How many durations are not in their bucket. A span's times are rounded, so one that is next to it will do. */
function misplaced({ exponential }: ReceivedPoint, seconds: readonly number[]): number {
  const { scale, offset, counts } = exponential!;
  const left = [...counts];
  const slack = Math.ceil(2 ** scale / 500);
  const away = seconds
    .toSorted((a, b) => a - b)
    .filter((value) => {
      const index = Math.ceil(Math.log2(value) * 2 ** scale) - 1 - offset;
      for (let n = Math.max(0, index - slack); n <= index + slack; n++) {
        if ((left[n] ?? 0) === 0) continue;
        left[n]!--;
        return false;
      }
      return true;
    });
  return away.length;
}
