import { openImmutable, SMALLEST_DATABASE_BYTES } from './inspect-file.ts';
import { applicationId } from './pragma.ts';
import { sizeOf } from './private-files.ts';
import { APPLICATION_ID } from './schema.ts';
import { sqliteCode } from './sqlite-error.ts';

const CORRUPT = 11;

/**
 * What an open store's file looks like from outside, without its log: SQLite itself goes by what it has read before,
 * and writes on into a file that somebody has overwritten or cut off.
 *
 * @returns `doubtful` for one that is shorter than it says, as it is for a moment when the log is written back to it
 */
export function lookAtFile(path: string): 'sound' | 'doubtful' | 'damaged' {
  if (sizeOf(path) < SMALLEST_DATABASE_BYTES) return 'damaged';
  const database = openImmutable(path);
  try {
    if (applicationId(database) !== APPLICATION_ID) return 'damaged';
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return 'sound';
  } catch (error) {
    return sqliteCode(error) === CORRUPT ? 'doubtful' : 'damaged';
  } finally {
    database.close();
  }
}
