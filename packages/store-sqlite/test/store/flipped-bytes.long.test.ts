import { it } from '@jest/globals';
import { FlippedBytes } from './flipped-bytes.ts';

it.each([
  ['without a key', false],
  ['with a key', true],
])(
  'no flipped byte of a store %s changes an answer without a word',
  (name, encrypts) => {
    const store = new FlippedBytes(encrypts);
    const counts = store.flip(Array.from({ length: store.length }).keys());
    store.remove();
    console.log(`${name}: each of ${store.length} bytes: ${JSON.stringify(counts)}`);
  },
  1_800_000,
);
