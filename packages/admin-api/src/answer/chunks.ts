import { nextTurn } from '@tacho/store';
import { oneTurn } from '../in-turns.ts';
import type { JsonText } from './json-text.ts';

/** A text as it comes into being, one chunk for each turn of the event loop. Ends the work where nobody reads on. */
export async function* chunksOf(text: JsonText): AsyncGenerator<Buffer, void, undefined> {
  try {
    for (let isDone = false; !isDone; ) {
      let chunk = '';
      isDone =
        oneTurn(text, (piece = '') => {
          chunk += piece;
        })?.done ?? false;
      if (chunk !== '') yield Buffer.from(chunk);
      if (!isDone) await nextTurn();
    }
  } finally {
    text.return();
  }
}
