import { expect, it } from '@jest/globals';
import { linesOf, runProgram } from './run-node.ts';

const WRONG = {
  OTEL_TRACES_SAMPLER: 'nope',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'soap',
  OTEL_BSP_SCHEDULE_DELAY: 'abc',
  OTEL_METRIC_EXPORT_INTERVAL: '1e3',
};

it('each wrong OpenTelemetry variable is one line, also one that concerns two signals', async () => {
  const { code, stderr } = await runProgram(
    'commonjs',
    `require('tacho').startMonitoring({ adminApi: false });`,
    { env: { ...WRONG, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' } },
  );
  expect(code).toBe(0);
  const expected = Object.entries(WRONG).map(([name, value]) =>
    expect.stringMatching(new RegExp(`^tacho: ${name} is "${value}"; allowed: `)),
  );
  expect(linesOf(stderr)).toHaveLength(expected.length);
  expect(linesOf(stderr)).toEqual(expect.arrayContaining(expected));
});
