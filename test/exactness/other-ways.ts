import { it } from '@jest/globals';
import { expectEqualBooks, measure } from './compare.ts';

const ODD = 20;

/**
 * That every request is counted just so where traces are sampled or made otherwise, or the client would rather have
 * none.
 */
export function describeOtherWays(bulk: number): void {
  const load = { bulk, odd: ODD, slow: 2, hostile: false };

  it('when no trace is sampled', async () => {
    const env = { OTEL_TRACES_SAMPLER: 'always_off' };
    expectEqualBooks(await measure(load, env), ODD);
  });

  it('when one trace in a hundred is sampled', async () => {
    const env = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.01' };
    expectEqualBooks(await measure(load, env), ODD);
  });

  it('when the client asks not to be traced, repeats trace ids and sends all the baggage it may', async () => {
    expectEqualBooks(await measure({ ...load, hostile: true }), ODD);
  });

  it.each([
    ['by OpenTelemetry’s own instrumentation', { TACHO_HTTP: 'standard' }],
    ['by nothing', { TACHO_TRACES: 'off' }],
  ])('when requests are traced %s', async (_how, env) => {
    expectEqualBooks(await measure({ ...load, hostile: true }, env), ODD);
  });
}
