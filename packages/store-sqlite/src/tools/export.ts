import type { ExportResult } from '@tacho/store';
import { Sealings } from '../engine/sealings.ts';
import { openStoreFile } from '../file/open-store-file.ts';
import { checkedPath } from '../file/private-files.ts';
import { storeError } from '../file/sqlite-error.ts';
import { TOOL_BUSY_TIMEOUT_MS } from './check-copy.ts';
import { factLine, footerLine, headerLine } from './export-format.ts';
import { encodeLines } from './lines.ts';
import { writeNewFile } from './new-file.ts';
import { StoredFacts } from './stored-facts.ts';
import { assertVacant } from './temporary-file.ts';
import type { ToolContext } from './tool-context.ts';

export interface ExportArguments {
  readonly file: string;
  /** Must not exist yet; its folder must. */
  readonly to: string;
}

/**
 * Writes what a store holds as JSON Lines (see `export-format.ts`), encrypted where there is a key.
 * @throws TachoError
 */
export function exportStore({ file, to }: ExportArguments, context: ToolContext): ExportResult {
  const path = checkedPath(to);
  assertVacant(path);
  const store = openStoreFile(file, { mode: 'read-only', busyTimeoutMs: TOOL_BUSY_TIMEOUT_MS });
  try {
    new Sealings(store.database, context.keyring).assertReadable();
    const facts = new StoredFacts(store.database, context.keyring);
    let windows = 0;
    const lines = linesOf(facts, file, context, () => ++windows);
    const bytes = writeNewFile(path, encodeLines(lines, context.keyring), context);
    return { path, bytes, windows, damaged: facts.damaged };
  } finally {
    store.close();
  }
}

/** @param count called for each fact @returns how many there were */
function* linesOf(
  facts: StoredFacts,
  file: string,
  { nowMs, report }: ToolContext,
  count: () => number,
): Generator<string, void, undefined> {
  let windows = 0;
  let done = 0;
  try {
    const total = facts.countRows();
    yield headerLine(nowMs);
    for (const some of facts.all()) {
      for (const fact of some.facts) {
        yield factLine(fact);
        windows = count();
      }
      done += some.rows;
      report(Math.min(done, total), total);
    }
    yield footerLine(windows);
  } catch (error) {
    throw storeError(error, file);
  }
}
