import { timestamp } from '@tacho/core';
import { isMissed, type Sample } from './sample.ts';

/**
 * A sample as it is saved, one of possibly very many: the summary, and the latest of the host's figures (null
 * where there are none). A missed one has `error` in their place.
 */
export function sampleJson(sample: Sample): object {
  const time = { timestamp: timestamp(sample.timestampMs) };
  if (isMissed(sample)) return { ...time, error: sample.missed };
  const { summary, system_metrics } = sample.reports;
  return { ...time, summary, system_metrics: system_metrics.at(-1) ?? null };
}

/** The same with every endpoint and the slowest requests beside. */
export function detailedSampleJson(sample: Sample): object {
  if (isMissed(sample)) return sampleJson(sample);
  const { endpoints, slow_requests } = sample.reports;
  return { ...sampleJson(sample), endpoints, slow_requests };
}
