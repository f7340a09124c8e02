import { describe } from '@jest/globals';
import { BACKENDS } from './backends/start-backends.ts';
import { endByThemselves, serveTheSame, withBackends } from './serving-with.ts';

withBackends();

describe('whatever the backend does, the service answers the same, counts every span and ends soon', () => {
  serveTheSame(Object.keys(BACKENDS).filter((backend) => BACKENDS[backend] !== 'sent'));
});

describe('a process with nothing more to do is not held for longer than a time-out', () => {
  endByThemselves([
    'http refuses connections',
    'http is a black hole',
    'http hangs',
    'http is not available',
    'grpc refuses connections',
    'grpc does not answer',
  ]);
});
