import { timestamp } from '@tacho/core';
import { measuredBetween } from '../measured-slice.ts';
import { type AnsweredSample, isMissed, type Sample } from './sample.ts';

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

/** What was measured since the answered sample before, for `tacho check`; nothing where there is no telling. */
export function sliceJson(before: AnsweredSample | undefined, sample: Sample): object {
  if (before?.reports.distributions === undefined || isMissed(sample)) return {};
  const { distributions } = sample.reports;
  const endpoints = distributions && measuredBetween(before.reports.distributions, distributions);
  return endpoints === undefined ? {} : { slice: { from: timestamp(before.timestampMs), endpoints } };
}
