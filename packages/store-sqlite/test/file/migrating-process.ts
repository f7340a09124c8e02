import { openStoreFile } from '../../src/file/open-store-file.ts';
import { LATER } from './later-migrations.ts';

/** Takes a file two versions on. Says so right before. */
process.stdout.write('migrating\n');
openStoreFile(process.argv[2] ?? '', { mode: 'existing', busyTimeoutMs: 10_000, migrations: LATER }).close();
