import { openStoreFile } from '../../src/file/open-store-file.ts';
import { systemCode } from '../../src/file/sqlite-error.ts';

/** Says, for each path, how it went to create and to read it: an error's code, or how many rows it holds. */
function outcome(path: string, mode: 'create' | 'read-only'): unknown {
  try {
    const file = openStoreFile(path, { mode, busyTimeoutMs: 0 });
    const rows = file.database.prepare('SELECT count(*) AS n FROM window').get()?.n;
    file.close();
    return rows;
  } catch (error) {
    return systemCode(error);
  }
}

const paths = process.argv.slice(2);
process.stdout.write(
  JSON.stringify(paths.map((path) => [outcome(path, 'create'), outcome(path, 'read-only')])),
);
