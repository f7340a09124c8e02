import { connect } from 'node:net';

/** What came back on a connection, and how it ended. */
export interface RawReply {
  /** One character a byte. */
  readonly bytes: string;
  /** Whether the server ended the connection. */
  readonly closed: boolean;
}

/**
 * Writes bytes to a connection of their own and reads until the server closes it, or has been silent for
 * `quietMs`. A reset counts as a close: which of the two a client sees depends on the timing of the kernel.
 */
export function rawExchange(port: number, bytes: Buffer, quietMs: number): Promise<RawReply> {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let received = '';
    const finish = (closed: boolean): void => {
      clearTimeout(silence);
      socket.removeAllListeners().on('error', () => {});
      socket.destroy();
      settle({ bytes: received, closed });
    };
    const silence = setTimeout(() => finish(false), quietMs);
    socket.on('data', (part) => {
      received += part.toString('latin1');
      silence.refresh();
    });
    socket.on('error', () => finish(true));
    socket.on('end', () => finish(true));
  });
}

/** The same bytes without what differs from one run to the next: the date. */
export function withoutDate(bytes: string): string {
  return bytes.replaceAll(/\r\nDate: [^\r]*/g, '\r\nDate: (a date)');
}
