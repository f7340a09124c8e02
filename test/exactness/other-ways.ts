import { it } from '@jest/globals';
import { expectEqualBooks, measure } from './compare.ts';

const ODD = 20;

interface Way {
  readonly when: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly hostile: boolean;
}

/** Traces are sampled or made otherwise, or the client would rather have none. */
const WAYS = {
  unsampled: { when: 'no trace is sampled', env: { OTEL_TRACES_SAMPLER: 'always_off' }, hostile: false },
  'one in a hundred': {
    when: 'one trace in a hundred is sampled',
    env: { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.01' },
    hostile: false,
  },
  hostile: {
    when: 'the client asks not to be traced, repeats trace ids and sends all the baggage it may',
    hostile: true,
  },
  standard: {
    when: 'such requests are traced by OpenTelemetry’s own instrumentation',
    env: { TACHO_HTTP: 'standard' },
    hostile: true,
  },
  untraced: { when: 'such requests are traced by nothing', env: { TACHO_TRACES: 'off' }, hostile: true },
} satisfies Readonly<Record<string, Way>>;

export type WayName = keyof typeof WAYS;
export const ALL_WAYS = Object.keys(WAYS) as WayName[];

/** That every request is counted just so in other ways. */
export function describeOtherWays(bulk: number, names: readonly WayName[]): void {
  it.each(names.map((name): Way => WAYS[name]))('when $when', async ({ env, hostile }) => {
    expectEqualBooks(await measure({ bulk, odd: ODD, slow: 2, hostile }, env), ODD);
  });
}
