import { it } from '@jest/globals';
import { killAppenders } from './kill.ts';

/** Five hundred are killed in the long tier. */
it(
  'what a killed process said to be stored is there, whole, and the file is clean',
  () => killAppenders(10),
  120_000,
);
