import { describe, expect, it } from '@jest/globals';
import { child } from './child.ts';
import { countOnce, LINES } from './count-once.ts';

describe('with telemetry started, real requests of a Koa application are each counted once', () => {
  // The long tier has more.
  countOnce([
    ['lean', 'import', 'before', 'always_off'],
    ['lean', 'require', 'after', 'traceidratio'],
    ['standard', 'import', 'after', 'always_off'],
  ]);

  it.concurrent.each([
    ['standard, and the SDK is switched off', 'standard', { OTEL_SDK_DISABLED: 'true' }],
    ['off', 'off', {}],
  ])('also where there are no spans: %s', async (_what, mode, environment) => {
    const counted = await child('service.ts', [mode, 'import', 'after'], environment);
    expect(counted).toMatchObject({
      lines: LINES,
      inCallersTrace: 0,
      names: [],
      notMeasured: { 'excluded /healthz': 1 },
      otherSpans: 0,
      warnings: [],
    });
  });
});
