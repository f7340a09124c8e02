import { expect, it } from '@jest/globals';
import { child } from './child.ts';

const FIELDS = ['traceparent', 'tracestate', 'baggage'];

it('telemetry leaves nothing behind when it ends, and can be started anew', async () => {
  const each = {
    running: { active: 'a span', contextsWork: true, fields: FIELDS, records: 1 },
    ended: { active: 'none', contextsWork: false, fields: [] },
    isRestored: true,
  };
  expect(await child('surroundings.ts', ['alone'])).toEqual([each, each]);
});

it('where somebody else has set up the API it stays theirs, and requests are recorded without spans', async () => {
  const each = {
    running: { active: 'none', contextsWork: true, fields: [], records: 1 },
    ended: { active: 'none', contextsWork: true, fields: [] },
    isRestored: true,
  };
  expect(await child('surroundings.ts', ['guest'])).toEqual([each, each]);
});
