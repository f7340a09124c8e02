import { describe, expect, it } from '@jest/globals';
import { startService } from '../service.ts';
import { describeMounts, MOUNTS } from './mounted.ts';
import { PREFIXES } from './prefixes.ts';

// With spans of OpenTelemetry's own instrumentation in the long tier.
describeMounts('lean');

describe('where tacho is switched off', () => {
  it('everything is left to the application, and nothing is at the prefix', async () => {
    const service = await startService('test/mounts/service.ts', {
      monitored: 'no',
      env: { TACHO_DISABLED: 'true' },
    });
    for (const name of MOUNTS) {
      const origin = `http://127.0.0.1:${service.ports[name]}`;
      expect(await (await fetch(`${origin}/users/1`)).text()).toBe('user');
      expect((await fetch(`${origin}${PREFIXES[name]}/summary`)).status).toBe(404);
    }
    await service.stop();
  });
});
