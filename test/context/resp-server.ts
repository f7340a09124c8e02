import { createServer, type Server, type Socket } from 'node:net';

/**
 * As much of a Redis server as the cases need, in RESP2: strings, counters, transactions, publishing and
 * subscribing. Commands that arrive together are answered in order, as a pipeline wants it.
 */
export function respServer(): Server {
  const strings = new Map<string, string>();
  const subscribers = new Map<string, Set<Socket>>();
  return createServer((socket) => {
    const client = new Client(socket, strings, subscribers);
    let unread = '';
    socket.setEncoding('latin1').on('data', (bytes: string) => {
      const { commands, rest } = parse(unread + bytes);
      unread = rest;
      socket.write(commands.map((words) => client.answer(words)).join(''), 'latin1');
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => client.unsubscribe());
  });
}

class Client {
  readonly #socket: Socket;
  readonly #strings: Map<string, string>;
  readonly #subscribers: Map<string, Set<Socket>>;
  /** What waits for EXEC, once MULTI was said. */
  #queued: string[][] | undefined;

  constructor(socket: Socket, strings: Map<string, string>, subscribers: Map<string, Set<Socket>>) {
    this.#socket = socket;
    this.#strings = strings;
    this.#subscribers = subscribers;
  }

  answer(words: string[]): string {
    const command = words[0]?.toLowerCase();
    if (command === 'multi') {
      this.#queued = [];
      return '+OK\r\n';
    }
    if (command === 'exec') {
      const replies = (this.#queued ?? []).map((each) => this.#run(each));
      this.#queued = undefined;
      return `*${replies.length}\r\n${replies.join('')}`;
    }
    if (this.#queued === undefined) return this.#run(words);
    this.#queued.push(words);
    return '+QUEUED\r\n';
  }

  unsubscribe(): void {
    for (const sockets of this.#subscribers.values()) sockets.delete(this.#socket);
  }

  #run([command = '', key = '', value = '']: string[]): string {
    switch (command.toLowerCase()) {
      case 'ping':
        return '+PONG\r\n';
      case 'get':
        return bulk(this.#strings.get(key));
      case 'set':
        this.#strings.set(key, value);
        return '+OK\r\n';
      case 'incr':
        this.#strings.set(key, String(Number(this.#strings.get(key) ?? 0) + 1));
        return `:${this.#strings.get(key)}\r\n`;
      case 'subscribe':
        this.#subscribers.set(key, (this.#subscribers.get(key) ?? new Set()).add(this.#socket));
        return `*3\r\n${bulk('subscribe')}${bulk(key)}:1\r\n`;
      case 'publish':
        return this.#publish(key, value);
      default:
        return `-ERR unknown command '${command}'\r\n`;
    }
  }

  #publish(channel: string, message: string): string {
    const sockets = this.#subscribers.get(channel) ?? new Set();
    for (const socket of sockets) socket.write(`*3\r\n${bulk('message')}${bulk(channel)}${bulk(message)}`);
    return `:${sockets.size}\r\n`;
  }
}

function bulk(text: string | undefined): string {
  return text === undefined ? '$-1\r\n' : `$${text.length}\r\n${text}\r\n`;
}

/** Reads whole commands, arrays of bulk strings, off the beginning. */
function parse(bytes: string): { commands: string[][]; rest: string } {
  const commands: string[][] = [];
  let at = 0;
  for (;;) {
    const read = parseOne(bytes, at);
    if (read === undefined) return { commands, rest: bytes.slice(at) };
    commands.push(read.words);
    at = read.end;
  }
}

function parseOne(bytes: string, start: number): { words: string[]; end: number } | undefined {
  let at = start;
  const line = (): string | undefined => {
    const end = bytes.indexOf('\r\n', at);
    if (end === -1) return undefined;
    const text = bytes.slice(at + 1, end);
    at = end + 2;
    return text;
  };
  const words: string[] = [];
  const count = line();
  if (count === undefined) return undefined;
  while (words.length < Number(count)) {
    const length = line();
    if (length === undefined || bytes.length < at + Number(length) + 2) return undefined;
    words.push(bytes.slice(at, at + Number(length)));
    at += Number(length) + 2;
  }
  return { words, end: at };
}
