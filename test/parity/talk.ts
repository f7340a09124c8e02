import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { Service } from '../service.ts';
import type { Kind, ServerName, Step } from './kinds/kind.ts';

/** Longest wait for anything. */
const LIMIT_MS = 5_000;
/** In what came back where that was too long: then the kind is wrong, or the machine is busy. */
export const IN_VAIN = 'WAITED IN VAIN';

const SECURE: readonly ServerName[] = ['https', 'tunnel'];

/** In Linux's abstract namespace: there is no file to remove. */
export function unixAddress(pid: number): string {
  return `\0tacho-parity-${pid}`;
}

/** Takes the steps of a kind on a connection of its own. @returns what came back, one character a byte */
export async function talk({ server, steps }: Kind, { ports, child }: Service): Promise<string> {
  const port = ports[server] ?? 0;
  const where = server === 'unix' ? { path: unixAddress(child.pid) } : { port, host: hostOf(server) };
  const conversation = new Conversation(await open(where, SECURE.includes(server)));
  for (const step of steps) await conversation.take(step);
  return conversation.whole();
}

function hostOf(server: ServerName): string {
  return server === 'ipv6' ? '::1' : '127.0.0.1';
}

async function open(where: NetConnectOpts, isSecure: boolean): Promise<Socket> {
  const options = { ...where, allowHalfOpen: true };
  const socket = isSecure ? connectSecurely({ ...options, rejectUnauthorized: false }) : connect(options);
  await new Promise((settle, fail) => {
    socket.once(isSecure ? 'secureConnect' : 'connect', settle).once('error', fail);
  });
  return socket;
}

class Conversation {
  readonly #socket: Socket;
  readonly #closed: Promise<void>;
  #received = '';
  /** What was waited for before is not found again. */
  #read = 0;
  #heard: () => void = () => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#closed = new Promise((settle) => socket.once('close', () => settle()));
    socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      this.#received += bytes.toString('latin1');
      this.#heard();
    });
    socket.on('end', () => socket.end());
    // A reset ends a connection as well as anything else.
    socket.on('error', () => {});
  }

  async take(step: Step): Promise<void> {
    if (typeof step === 'string') await new Promise((settle) => this.#socket.write(step, 'latin1', settle));
    else if ('until' in step) await this.#until(step.until);
    else if (step.leave === 'fin') this.#socket.destroy();
    else if (step.leave === 'rst') this.#socket.resetAndDestroy();
    else this.#socket.end();
  }

  async whole(): Promise<string> {
    await this.#inTime(this.#closed, 'the end');
    return this.#received;
  }

  async #until(text: string): Promise<void> {
    const found = new Promise<void>((settle) => {
      this.#heard = () => {
        const at = this.#received.indexOf(text, this.#read);
        if (at === -1) return;
        this.#read = at + text.length;
        settle();
      };
      this.#heard();
    });
    await this.#inTime(found, `"${text}"`);
    this.#heard = () => {};
  }

  /** What takes too long is told with what came back, and ends the conversation. */
  async #inTime(wanted: Promise<void>, what: string): Promise<void> {
    const timer = setTimeout(() => {
      this.#received += `${IN_VAIN} for ${what}`;
      this.#socket.destroy();
    }, LIMIT_MS);
    await Promise.race([wanted, this.#closed]);
    clearTimeout(timer);
  }
}
