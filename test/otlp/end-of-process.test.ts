import { afterEach } from '@jest/globals';
import { endAll } from '../processes.ts';
import { sendNoSpan, sendTheRest } from './sending-the-rest.ts';

afterEach(endAll);

// The long tier has more.
sendTheRest([['SIGTERM', 'lean']]);
sendNoSpan([['that the sampler has turned down', { OTEL_TRACES_SAMPLER: 'always_off' }]]);
