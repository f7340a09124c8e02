import { MIGRATIONS } from '../../src/file/migrations.ts';

/** Two that each take their time over the rows, so that a process can be killed in between. */
export const LATER = [
  ...MIGRATIONS,
  `ALTER TABLE endpoint ADD COLUMN first_version BLOB;
   UPDATE endpoint SET first_version = randomblob(2000);
   UPDATE endpoint SET first_version = randomblob(2000);`,
  `CREATE TABLE second_version (id INTEGER PRIMARY KEY, copy BLOB) STRICT;
   INSERT INTO second_version SELECT id, first_version FROM endpoint;
   UPDATE endpoint SET first_version = x'02';
   UPDATE second_version SET copy = randomblob(2000);`,
];
