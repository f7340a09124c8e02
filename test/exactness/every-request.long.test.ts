import { afterEach, describe, jest } from '@jest/globals';
import { endAll } from '../processes.ts';
import { describeOtherWays } from './other-ways.ts';

afterEach(endAll);

jest.setTimeout(240_000);

describe('every one of 20,000 requests is counted once', () => {
  describeOtherWays(20_000);
});
