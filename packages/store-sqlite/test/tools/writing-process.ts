import { openStoreFile } from '../../src/file/open-store-file.ts';

/**
 * Appends rows of two kilobytes in transactions of ten until it is killed. Says so once it has begun.
 * It pauses after each, so that what is written meanwhile stays small.
 */
const PAUSE_MS = 1;
const never = new Int32Array(new SharedArrayBuffer(4));

const file = openStoreFile(process.argv[2] ?? '', { mode: 'create', busyTimeoutMs: 10_000 });
const insert = file.database.prepare(
  `INSERT INTO window (level, minute, writer, sequence, rolled, stored, schema, head, endpoints, checksum)
   VALUES (0, ?, ?, ?, 0, 0, 1, ?, x'', x'')`,
);
for (let transaction = 0; ; transaction++) {
  file.database.exec('BEGIN IMMEDIATE');
  for (let row = 0; row < 10; row++) insert.run(transaction, `${process.pid}`, row, Buffer.alloc(2000, row));
  file.database.exec('COMMIT');
  Atomics.wait(never, 0, 0, PAUSE_MS);
  if (transaction === 10) process.stdout.write('writing\n');
}
