import { jest } from '@jest/globals';
import { describeContexts } from './contexts.ts';

jest.setTimeout(30_000);

describeContexts(1);
