import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that sends what it is told to, byte for byte, and keeps all it receives. */
export class RawClient {
  readonly socket: Socket;
  /** Settles when the connection is gone, in whatever way. */
  readonly closed: Promise<unknown>;
  received = '';

  constructor(port: number, sending: string) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.setEncoding('latin1').on('data', (text) => {
      this.received += text;
    });
    this.socket.on('error', () => {});
    this.closed = new Promise((settle) => this.socket.once('close', settle));
    this.socket.write(sending, 'latin1');
  }

  send(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** Waits until what was received matches; fails when the connection goes first, or in five seconds. */
  async until(pattern: RegExp): Promise<void> {
    const tooLong = AbortSignal.timeout(5_000);
    while (!pattern.test(this.received)) {
      if (this.socket.destroyed || tooLong.aborted)
        throw new Error(`${pattern} does not match ${JSON.stringify(this.received)}`);
      await Promise.race([once(this.socket, 'data'), this.closed, once(tooLong, 'abort')]);
    }
  }

  /** Leaves without a word, as a browser whose tab is closed. */
  async leave(): Promise<void> {
    this.socket.destroy();
    await this.closed;
  }

  /** Leaves with a reset. */
  async reset(): Promise<void> {
    this.socket.resetAndDestroy();
    await this.closed;
  }
}

/** A request without a body. */
export function bare(line: string, ...headers: string[]): string {
  return `${[`${line} HTTP/1.1`, 'Host: test', ...headers].join('\r\n')}\r\n\r\n`;
}
