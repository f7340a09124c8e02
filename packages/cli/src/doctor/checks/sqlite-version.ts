import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';
import type { Check } from '../check.ts';
import { type Finding, ok, warning } from '../finding.ts';
import { ADVISED_NODE, floorMissed, SQLITE_FLOORS } from '../floors.ts';

/** `process.versions` has what Node was compiled with; a distribution's Node may have another one loaded. */
const ASK = `process.stdout.write(new (require('node:sqlite').DatabaseSync)(':memory:')
  .prepare('SELECT sqlite_version() AS version').get().version)`;

export const sqliteVersion: Check = {
  id: 'sqlite-version',
  group: 'runtime',
  async examine(_patient, signal) {
    // A process of its own: where SQLite is experimental, it says so on stderr. It takes over no NODE_OPTIONS.
    const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', '-e', ASK], {
      env: {},
      signal,
    });
    return [judged(stdout)];
  },
};

export function judged(version: string): Finding {
  const missed = floorMissed(version, SQLITE_FLOORS);
  if (missed === undefined) return ok(`SQLite ${version}`);
  const mended = missed === 'newer line' ? '3.51.3' : missed;
  return warning(
    `SQLite ${version} can damage a file as it resets its log (mended in ${mended}), so the store is written without one, which is slower`,
    `Install Node ${ADVISED_NODE} or later; where Node comes with a distribution, update SQLite to ${mended}.`,
  );
}
