/**
 * The journal as a chain. Nothing had been written to the table before. `entry` is sealed, the link as
 * well as the text: a hash of what is encrypted would let it be guessed. `stored` is steady milliseconds; where the chain begins and ends is in `meta`.
 */
export const CHAINED_JOURNAL = `
DROP TABLE journal;
CREATE TABLE journal (
  position INTEGER PRIMARY KEY CHECK (position > 0),
  writer TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  timestamp REAL NOT NULL,
  stored INTEGER NOT NULL,
  entry BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX journal_key ON journal (writer, sequence);
CREATE INDEX journal_time ON journal (timestamp, writer, sequence);
`;
