import { afterAll, describe } from '@jest/globals';
import { endAll } from '../processes.ts';
import { exportTheSame, MORE_SETTINGS } from './settings.ts';

afterAll(endAll);

describe('the same is exported by both instrumentations under', () => {
  exportTheSame(MORE_SETTINGS);
});
