import { jest } from '@jest/globals';
import { describeRetained } from './describe-retained.ts';

jest.setTimeout(300_000);

// Each carries 100 KB.
describeRetained(10_000);
