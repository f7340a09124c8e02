import { expect, it } from '@jest/globals';
import { FlippedBytes } from './flipped-bytes.ts';

/** In each of the two. Every byte has its turn in the long tier. */
const POSITIONS = 300;

it.each([
  ['without a key', false],
  ['with a key', true],
])('a flipped byte of a store %s changes no answer without a word', (name, encrypts) => {
  const store = new FlippedBytes(encrypts);
  const begin = Math.floor(Math.random() * store.length);
  const step = store.length / POSITIONS;
  const positions = Array.from({ length: POSITIONS }, (_, n) => Math.floor(begin + n * step) % store.length);
  const counts = store.flip(positions);
  store.remove();
  console.log(`${name}: ${POSITIONS} of ${store.length} bytes, from ${begin}: ${JSON.stringify(counts)}`);
  expect(Object.keys(counts)).toEqual(expect.arrayContaining(['identical', 'rows skipped', 'moved aside']));
});
