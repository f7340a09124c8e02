import { it } from '@jest/globals';
import { endsByItself } from './ending.ts';

it.each(['idle', 'in flight'] as const)(
  'fifty processes with an open store end by themselves: %s',
  (way) => endsByItself(way, 50),
  300_000,
);
