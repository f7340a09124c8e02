/**
 * Says where a sealed payload belongs: the table, and the values of the columns that name the row. In JSON, so that
 * no two places are written alike; bytes are in hexadecimal.
 */
export function associatedData(
  table: string,
  ...columns: readonly (string | number | Uint8Array)[]
): Uint8Array {
  const plain = columns.map((column) =>
    column instanceof Uint8Array ? Buffer.from(column).toString('hex') : column,
  );
  return Buffer.from(JSON.stringify([table, ...plain]));
}
