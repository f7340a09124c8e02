import { afterEach } from '@jest/globals';
import { endAll } from '../processes.ts';
import { sendNoSpan, sendTheRest } from './sending-the-rest.ts';

afterEach(endAll);

sendTheRest([
  ['SIGTERM', 'lean'],
  ['SIGINT', 'lean'],
  ['SIGTERM', 'standard'],
]);
sendNoSpan([
  ['that the sampler has turned down', { OTEL_TRACES_SAMPLER: 'always_off' }],
  ['that the sampler has turned down', { OTEL_TRACES_SAMPLER: 'always_off', TACHO_HTTP: 'standard' }],
  ['where there are none', { TACHO_TRACES: 'off' }],
]);
