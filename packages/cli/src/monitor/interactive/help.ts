import type { Listing } from './listing.ts';

const KEYS: readonly (readonly [keys: string, meaning: string])[] = [
  ['up down, k j', 'select a row'],
  ['page up, page down', 'a page further'],
  ['home end, g G', 'the first row, the last'],
  ['enter', 'look at the endpoint more closely'],
  ['esc, backspace', 'back'],
  ['1 2 3 4, tab', 'another view'],
  ['left right, < >, s S', 'sort by the column beside'],
  ['i', 'sort the other way round'],
  ['/', 'only rows that have a text in their name; esc: all again'],
  ['t', 'history of a day, an hour, a week'],
  ['p', 'pause, and go on'],
  ['r', 'ask now'],
  ['?', 'this help'],
  ['ctrl-l', 'draw everything anew'],
  ['ctrl-z', 'stop; fg goes on'],
  ['q, ctrl-c', 'end'],
];

/** As a list, so that it can be walked through where rows are few. */
export const HELP_LISTING: Listing<number> = {
  columns: [
    {
      title: 'KEYS',
      text: (index) => `${(KEYS[index]?.[0] ?? '').padEnd(21)} ${KEYS[index]?.[1] ?? ''}`,
      value: (index) => String(index).padStart(2, '0'),
    },
  ],
  rows: [...KEYS.keys()],
  keyOf: String,
  textOf: (index) => `${KEYS[index]?.join(' ')}`,
  none: '',
};
