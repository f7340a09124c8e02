import type { WriteStream } from 'node:tty';
import { CommandError, failure } from './command-error.ts';
import type { Output, TextOutput } from './environment.ts';
import { errorCode } from './error-code.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { failureReason } from './failure-reason.ts';

/** The reader of a pipe has gone: `tacho monitor | head -1` has done what it was asked. */
const READER_GONE: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);

/** Standard output, whatever stands behind it. */
export function nodeOutput(stream: WriteStream): Output {
  const closed = new AbortController();
  stream.on('error', (error) => {
    closed.abort(
      READER_GONE.has(errorCode(error))
        ? new CommandError(EXIT_CODES.ok, '')
        : failure(`can't write the output: ${failureReason(error)}`),
    );
  });
  const { isTerminal, write } = nodeTextOutput(stream);
  return {
    isTerminal,
    write,
    get columns() {
      return columnsOf(stream);
    },
    get rows() {
      return stream.rows || 24;
    },
    onResize(listener) {
      stream.on('resize', listener);
      return () => stream.off('resize', listener);
    },
    flush: () => new Promise((resolve) => stream.write('', () => resolve())),
    closed: closed.signal,
  };
}

export function nodeTextOutput(stream: WriteStream): TextOutput {
  return {
    // Left out by Node where it is a file or a pipe.
    isTerminal: stream.isTTY === true,
    get columns() {
      return columnsOf(stream);
    },
    write(text) {
      stream.write(text);
    },
  };
}

function columnsOf(stream: WriteStream): number {
  return stream.columns || 80;
}
