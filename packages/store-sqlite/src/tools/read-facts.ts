import { TachoError } from '@tacho/core';
import type { Keyring } from '@tacho/store';
import { storeError } from '../file/sqlite-error.ts';
import { checkHeader, type Fact, readLine } from './export-format.ts';
import { readLines } from './lines.ts';
import { WHOLE_ROW } from './stored-facts.ts';

export interface ReadFact {
  readonly fact: Fact;
  /** Of its line, in characters. */
  readonly length: number;
  /** Share of the file that was read up to here. */
  readonly share: number;
}

/**
 * The facts of an export.
 * @throws TachoError. `TACHO_STORE_CORRUPT` names the line that is damaged, or is missing: that an export is cut
 * short shows after the last fact that it has
 */
export function* readFacts(from: string, keyring: Keyring): Generator<ReadFact, void, undefined> {
  let lineNumber = 1;
  let facts = 0;
  let expected: number | undefined;
  try {
    for (const { text, share } of readLines(from, keyring)) {
      const line = text();
      if (expected !== undefined) throw bad('there is more after the footer');
      if (lineNumber === 1) checkHeader(line);
      const fact = lineNumber === 1 ? undefined : readLine(line, WHOLE_ROW);
      lineNumber += 1;
      if (typeof fact === 'number') expected = fact;
      if (typeof fact !== 'object') continue;
      facts += 1;
      yield { fact, length: line.length, share };
    }
    if (expected !== facts) throw bad('the export ends too early');
  } catch (error) {
    throw exportError(error, from, lineNumber);
  }
}

function exportError(error: unknown, from: string, lineNumber: number): TachoError {
  if (!(error instanceof TachoError)) return storeError(error, from);
  const { code, message, hint } = error;
  if (code !== 'TACHO_BAD_DATA')
    return new TachoError(code, `${from}: ${message}`, { cause: error, ...(hint !== undefined && { hint }) });
  return new TachoError('TACHO_STORE_CORRUPT', `${from}: line ${lineNumber} is damaged: ${message}`, {
    hint: 'Nothing of that line, or of what follows it, was imported.',
    cause: error,
  });
}

function bad(what: string): TachoError {
  return new TachoError('TACHO_BAD_DATA', what);
}
