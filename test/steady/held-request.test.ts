import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { endAll } from '../processes.ts';
import { startReceiver } from '../receiver/start-receiver.ts';
import { ALL, collected, expectNothingHeld, holding, REQUESTS, talk } from './holding.ts';

afterEach(endAll);

/** In the long tier each of them alone. */
describe('a request is collected though its handler has kept', () => {
  it('all of them, with spans exported', async () => {
    const receiver = await startReceiver('answers');
    await expectNothingHeld(ALL, {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    });
    await eventually('all spans', () =>
      receiver.spans().filter(({ kind }) => kind === 'SERVER').length === REQUESTS ? true : undefined,
    );
  });

  it('all of them, with spans of OpenTelemetry’s own instrumentation', async () => {
    await expectNothingHeld(ALL, { TACHO_HTTP: 'standard' });
  });
});

it('a request that its handler has kept itself is seen to be held', async () => {
  const service = await holding(['request']);
  await talk(service.ports.http!);
  const { seen, alive } = await collected(service);
  expect(alive.requests).toBe(seen.requests);
});
