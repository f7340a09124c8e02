import type { Sending } from '../case.ts';

const BOUNDARY = 'boundary-of-these-tests';

/** Two fields and two files, cut where a parser has to wait for the rest. */
export const FORM: readonly string[] = [
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="field"\r\n\r\nva`,
  `lue\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n`,
  `${'first '.repeat(200)}`,
  `${'second '.repeat(200)}\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="second field"\r\n\r\nmore\r\n`,
  `--${BOUNDARY}--\r\n`,
];

export function multipart(target: string, parts: readonly string[]): Sending {
  return {
    method: 'POST',
    targets: [target],
    headers: [`Content-Type: multipart/form-data; boundary=${BOUNDARY}`],
    body: parts,
  };
}
