import { TachoError } from '@tacho/core';
import type { ImportResult } from '@tacho/store';
import { Sealings } from '../engine/sealings.ts';
import { hasRoom } from '../file/free-space.ts';
import { openStoreFile, type StoreFile } from '../file/open-store-file.ts';
import { storeError } from '../file/sqlite-error.ts';
import { TOOL_BUSY_TIMEOUT_MS } from './check-copy.ts';
import { checkHeader, type Fact, readLine } from './export-format.ts';
import { ImportedFacts } from './imported-facts.ts';
import { type LineOfFile, readLines } from './lines.ts';
import { WHOLE_ROW } from './stored-facts.ts';
import type { ToolContext } from './tool-context.ts';

export interface ImportArguments {
  /** What `export` wrote. */
  readonly from: string;
  readonly file: string;
}

/** Of a batch, whichever comes first: so many facts, or so many characters of JSON. */
const MAX_FACTS = 100;
const MAX_LENGTH = 2_000_000;

/** What `report` counts to. */
const PROGRESS_STEPS = 1000;

interface Batch {
  readonly facts: readonly Fact[];
  /** Share of the file that was read up to here. */
  readonly share: number;
}

/**
 * Adds what an export holds, batch by batch, each in a transaction; whatever the store knows already is not counted
 * again. So an import that was cut short is finished by starting it once more.
 * @throws TachoError. `TACHO_STORE_CORRUPT` names the line of the export that is damaged: what stands before it may
 * have been added
 */
export function importStore({ from, file }: ImportArguments, context: ToolContext): ImportResult {
  const { keyring, nowMs, report } = context;
  const batches = batchesOf(from, context);
  // Whether it can be read shows with the first batch, before the store is touched.
  let next = batches.next();
  const store = openStoreFile(file, { mode: 'existing', busyTimeoutMs: TOOL_BUSY_TIMEOUT_MS });
  try {
    const sealings = new Sealings(store.database, keyring);
    sealings.assertReadable();
    sealings.declare();
    const imported = new ImportedFacts(store.database, keyring);
    const result = { windows: 0, known: 0, partlyKnown: 0 };
    for (; !next.done; next = batches.next()) {
      const { facts, share } = next.value;
      assertWritable(store);
      const { known, partlyKnown } = imported.add(facts, nowMs);
      result.windows += facts.length;
      result.known += known;
      result.partlyKnown += partlyKnown;
      report(Math.round(share * PROGRESS_STEPS), PROGRESS_STEPS);
    }
    return result;
  } catch (error) {
    throw storeError(error, file);
  } finally {
    batches.return();
    store.close();
  }
}

function assertWritable(store: StoreFile): void {
  if (!store.isInPlace()) {
    throw new TachoError('TACHO_STORE_UNAVAILABLE', `${store.path}: the file was replaced meanwhile`, {
      hint: 'Import once more.',
    });
  }
  if (!hasRoom(store.path)) throw new TachoError('TACHO_STORE_UNAVAILABLE', `${store.path}: disk full`);
}

/** The facts of an export. An export without its footer is an error once all that it has was given. */
function* batchesOf(from: string, { keyring }: ToolContext): Generator<Batch, void, undefined> {
  let lineNumber = 1;
  try {
    let facts: Fact[] = [];
    let [windows, length] = [0, 0];
    let expected: number | undefined;
    for (const line of readLines(from, keyring)) {
      lineNumber = line.number;
      const fact = factIn(line, expected);
      if (typeof fact === 'number') expected = fact;
      if (typeof fact !== 'object') continue;
      windows += 1;
      length += line.text.length;
      facts.push(fact);
      if (facts.length < MAX_FACTS && length < MAX_LENGTH) continue;
      yield { facts, share: line.share };
      [facts, length] = [[], 0];
    }
    lineNumber += 1;
    if (expected !== windows) throw new TachoError('TACHO_BAD_DATA', 'the export ends too early');
    yield { facts, share: 1 };
  } catch (error) {
    throw exportError(error, from, lineNumber);
  }
}

/** @returns a number for the footer, undefined for the header */
function factIn({ text, number }: LineOfFile, expected: number | undefined): Fact | number | undefined {
  if (number === 1) {
    checkHeader(text);
    return undefined;
  }
  if (expected !== undefined) throw new TachoError('TACHO_BAD_DATA', 'there is more after the footer');
  return readLine(text, WHOLE_ROW);
}

function exportError(error: unknown, from: string, lineNumber: number): TachoError {
  const { code, message } = storeError(error, from);
  if (code === 'TACHO_BAD_DATA') {
    return new TachoError('TACHO_STORE_CORRUPT', `${from}: line ${lineNumber} is damaged: ${message}`, {
      hint: 'Nothing of that line, or of what follows it, was imported.',
      cause: error,
    });
  }
  const isOurs = error instanceof TachoError && !message.startsWith(from);
  return isOurs ? new TachoError(code, `${from}: ${message}`, { cause: error }) : storeError(error, from);
}
