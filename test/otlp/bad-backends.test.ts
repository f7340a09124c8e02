import { describe } from '@jest/globals';
import { endByThemselves, serveTheSame, withBackends } from './serving-with.ts';

withBackends();

describe('whatever the backend does, the service answers the same, counts every span and ends soon', () => {
  // One that never answers, that never stops, that refuses and that asks for patience. The long tier has them all.
  serveTheSame([
    'http is a black hole',
    'http answers a gibibyte',
    'http is not available',
    'http does not like it',
    'grpc does not answer',
  ]);
});

describe('a process with nothing more to do is not held for longer than a time-out', () => {
  endByThemselves(['http hangs', 'grpc refuses connections']);
});
