import { it } from '@jest/globals';
import { killAppenders } from './kill.ts';

it(
  'what five hundred killed processes said to be stored is there, whole, and the file is clean',
  () => killAppenders(500),
  1_800_000,
);
