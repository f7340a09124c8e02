/** `tach`, in the header of each of our files. */
export const APPLICATION_ID = 0x74616368;

/**
 * Tables as they were at first; what changed since is in `migrations.ts`. Payloads are sealed: the BLOBs of
 * `endpoint.name`, `window.head`, `endpoints` and `users`, `journal.text`, `state.value`.
 *
 * `window.level` is 0 for a slice as it was appended, 1 for a minute, 2 for an hour, 3 for a day; `rolled` is 1 for
 * a row that is part of a row of the next level. `minute` and `expires` are epoch milliseconds, `stored` and `used`
 * are steady ones. `overrun` is by how many milliseconds a row reaches past the minute, hour or day it begins in;
 * mostly 0.
 */
export const FIRST_SCHEMA = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE endpoint (id INTEGER PRIMARY KEY, name BLOB NOT NULL, used INTEGER NOT NULL) STRICT;
CREATE TABLE window (
  id INTEGER PRIMARY KEY,
  level INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  writer TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  overrun INTEGER NOT NULL DEFAULT 0,
  rolled INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  schema INTEGER NOT NULL,
  key_id BLOB,
  checksum BLOB NOT NULL,
  head BLOB NOT NULL,
  endpoints BLOB NOT NULL,
  users BLOB
) STRICT;
CREATE UNIQUE INDEX window_key ON window (level, minute, writer, sequence);
CREATE INDEX window_unrolled ON window (level, minute) WHERE rolled = 0;
CREATE INDEX window_overrun ON window (level, minute) WHERE overrun > 0;
CREATE INDEX window_place ON window (level, minute, rolled, overrun);
CREATE TABLE accepted (
  writer TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  PRIMARY KEY (writer, first)
) STRICT, WITHOUT ROWID;
CREATE TABLE journal (
  writer TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  timestamp REAL NOT NULL,
  stored INTEGER NOT NULL,
  text BLOB NOT NULL,
  PRIMARY KEY (writer, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_time ON journal (timestamp);
CREATE TABLE state (key BLOB PRIMARY KEY, value BLOB NOT NULL, expires REAL) STRICT, WITHOUT ROWID;
`;

/** Each reads the first page of a table or an index, of which none can be missing. */
export const PROBES = [
  'SELECT 1 FROM meta LIMIT 1',
  'SELECT 1 FROM endpoint LIMIT 1',
  'SELECT head FROM window LIMIT 1',
  'SELECT 1 FROM window INDEXED BY window_key LIMIT 1',
  'SELECT 1 FROM window INDEXED BY window_unrolled WHERE rolled = 0 LIMIT 1',
  'SELECT 1 FROM accepted LIMIT 1',
  'SELECT 1 FROM journal LIMIT 1',
  'SELECT 1 FROM journal INDEXED BY journal_time LIMIT 1',
  'SELECT 1 FROM state LIMIT 1',
] as const;
