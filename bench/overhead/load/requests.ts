/** A request, ready to be written, and the status of the reply that it has to get. */
export interface PlannedRequest {
  readonly bytes: Buffer;
  readonly status: number;
}

const HEADERS = 'Host: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: application/json\r\n';
const AUTHORIZATION = 'Authorization: Bearer 0123456789abcdef\r\n';

/** Every twentieth comes from nobody: 5 % are answered with 401. */
export const REQUESTS: readonly PlannedRequest[] = Array.from({ length: 200 }, (_, index) => {
  const isKnown = index % 20 !== 10;
  const head = `GET ${targetAt(index)} HTTP/1.1\r\n${HEADERS}${isKnown ? AUTHORIZATION : ''}\r\n`;
  return { bytes: Buffer.from(head), status: isKnown ? 200 : 401 };
});

function targetAt(index: number): string {
  const user = 1000 + ((index * 37) % 200);
  return [`/users/${user}`, '/status', `/users/${user}/orders`, `/users/${user}?full=yes`][index % 4]!;
}
