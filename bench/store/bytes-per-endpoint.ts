import { DatabaseSync } from 'node:sqlite';

/** What a row takes up in the file for each endpoint in it, users and all. */
export interface BytesPerEndpoint {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
}

/** @param minutesSinceMs from when on there is a row for each minute */
export function bytesPerEndpoint(path: string, endpoints: number, minutesSinceMs: number): BytesPerEndpoint {
  const database = new DatabaseSync(path, { readOnly: true });
  const average = (level: number, sinceMs: number): number => {
    const row = database
      .prepare(
        `SELECT avg(length(head) + length(endpoints) + ifnull(length(users), 0)) AS bytes
         FROM window WHERE level = ? AND minute >= ?`,
      )
      .get(level, sinceMs);
    return Number(row?.bytes) / endpoints;
  };
  const bytes = { minute: average(1, minutesSinceMs), hour: average(2, 0), day: average(3, 0) };
  database.close();
  return bytes;
}
