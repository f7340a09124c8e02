import { jest } from '@jest/globals';
import { describeContexts } from './contexts.ts';

jest.setTimeout(30_000);

// In the long tier they are all there.
describeContexts(1 / 4);
