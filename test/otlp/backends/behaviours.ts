import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What a backend does with each connection, from its first bytes on. */
export type Behaviour = (socket: Socket) => unknown;

const GIBIBYTE = 1_073_741_824;
const PART = Buffer.alloc(65_536, 'x');

const status = (line: string, ...headers: string[]): string =>
  [`HTTP/1.1 ${line}`, 'Content-Length: 0', ...headers, '', ''].join('\r\n');

/** Answers each request as soon as it has arrived whole, whatever is in it. */
function answering(answer: string): Behaviour {
  return (socket) => {
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      for (let end = endOfRequest(text); end > 0; end = endOfRequest(text)) {
        text = text.slice(end);
        socket.write(answer);
      }
    });
  };
}

/** Where the first request ends, of those that say how long they are; -1 where it does not yet. */
function endOfRequest(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return -1;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  if (length === undefined) {
    const last = text.indexOf('\r\n0\r\n\r\n', head);
    return last < 0 ? -1 : last + 7;
  }
  const end = head + 4 + Number(length);
  return text.length < end ? -1 : end;
}

/** One byte a second. */
async function trickle(socket: Socket, text: string): Promise<void> {
  for (const byte of text) {
    if (socket.destroyed) return;
    socket.write(byte);
    await pause(1_000);
  }
}

/** Much, but no more at a time than the other side takes. */
async function flood(socket: Socket): Promise<void> {
  socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${GIBIBYTE}\r\n\r\n`);
  for (let sent = 0; sent < GIBIBYTE && !socket.destroyed; sent += PART.length) {
    if (!socket.write(PART))
      await new Promise((settle) => socket.once('drain', settle).once('close', settle));
  }
}

export const BEHAVIOURS = {
  hangs: (socket) => socket.resume(),
  trickles: (socket) => socket.once('data', () => void trickle(socket, status('200 OK'))),
  'trickles its body': (socket) =>
    socket.once('data', () => {
      socket.write('HTTP/1.1 503 Later\r\nContent-Length: 9999\r\n\r\n');
      void trickle(socket, 'x'.repeat(9_999));
    }),
  'resets in the request': (socket) => socket.once('data', () => socket.resetAndDestroy()),
  'resets in the answer': (socket) =>
    socket.once('data', () =>
      socket.write('HTTP/1.1 500 Oh\r\nContent-Length: 999\r\n\r\nno', () => socket.resetAndDestroy()),
    ),
  'answers a gibibyte': (socket) => socket.once('data', () => void flood(socket)),
  redirects: answering(status('302 Found', 'Location: /v1/traces')),
  'upgrades without being asked': answering(
    'HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n',
  ),
  'speaks another language': (socket) =>
    socket.once('data', () => socket.write('220 ready when you are\r\n')),
  'asks for patience': answering(status('429 Too Many Requests', 'Retry-After: 3')),
  'is not available': answering(status('503 Service Unavailable')),
  'does not like it': answering(status('400 Bad Request')),
  'is well': answering(status('200 OK')),
} satisfies Record<string, Behaviour>;

export type BehaviourName = keyof typeof BEHAVIOURS;
