import { utcSeconds } from '../utc.ts';
import { busiestProcess } from './busiest-process.ts';
import { isMissed, type Sample } from './sample.ts';

/**
 * One sample for a log or a pipe: the time and `name=value` words, always the same ones in the same order.
 * Times are milliseconds, shares are percentages; what is unknown is `-`.
 */
export function plainLine(sample: Sample): string {
  const time = utcSeconds(sample.timestampMs);
  if (isMissed(sample)) return `${time} missed: ${sample.missed}`;
  const { summary, system_metrics } = sample.reports;
  const host = system_metrics.at(-1);
  const { loopDelayP99, heapUsedBytes } = busiestProcess(system_metrics);
  const words = {
    health: summary.system_health,
    requests: summary.total_requests,
    errors_percent: decimal(summary.error_rate),
    avg_ms: milliseconds(summary.avg_response_time),
    p95_ms: milliseconds(summary.p95),
    slow: summary.slow_requests,
    cpu_percent: decimal(host?.cpu_percent),
    memory_percent: decimal(host?.memory_percent),
    disk_percent: decimal(host?.disk_percent),
    loop_p99_ms: milliseconds(loopDelayP99),
    heap_bytes: decimal(heapUsedBytes),
  };
  return [time, ...Object.entries(words).map(([name, value]) => `${name}=${value}`)].join(' ');
}

function decimal(value: number | null | undefined): string {
  return value == null ? '-' : String(Number(value.toFixed(3)));
}

function milliseconds(seconds: number | null): string {
  return seconds === null ? '-' : decimal(seconds * 1000);
}
