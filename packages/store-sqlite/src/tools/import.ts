import { TachoError } from '@tacho/core';
import type { ImportResult } from '@tacho/store';
import { Sealings } from '../engine/sealings.ts';
import { hasRoom } from '../file/free-space.ts';
import { openStoreFile, type StoreFile } from '../file/open-store-file.ts';
import { storeError } from '../file/sqlite-error.ts';
import { TOOL_BUSY_TIMEOUT_MS } from './check-copy.ts';
import type { Fact } from './export-format.ts';
import { ImportedFacts } from './imported-facts.ts';
import { type ReadFact, readFacts } from './read-facts.ts';
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
 * @throws TachoError. `TACHO_STORE_CORRUPT` names the line of the export that is damaged: of what stands before it,
 * whole batches were added
 */
export function importStore({ from, file }: ImportArguments, context: ToolContext): ImportResult {
  const { keyring, nowMs, report } = context;
  const batches = batchesOf(readFacts(from, keyring));
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

function* batchesOf(facts: Iterable<ReadFact>): Generator<Batch, void, undefined> {
  let batch: Fact[] = [];
  let batchLength = 0;
  for (const { fact, length, share } of facts) {
    batch.push(fact);
    batchLength += length;
    if (batch.length < MAX_FACTS && batchLength < MAX_LENGTH) continue;
    yield { facts: batch, share };
    [batch, batchLength] = [[], 0];
  }
  yield { facts: batch, share: 1 };
}
