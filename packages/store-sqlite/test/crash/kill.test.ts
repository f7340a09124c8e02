import { it } from '@jest/globals';
import { killAppenders } from './kill.ts';

it(
  'what a killed process said to be stored is there, whole, and the file is clean',
  () => killAppenders(50),
  300_000,
);
