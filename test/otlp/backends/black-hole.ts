import { connect, createServer, type Socket } from 'node:net';
import { start } from '../../processes.ts';

/**
 * A port that does not even say no: whoever connects to it waits. Its listener is stopped as a process, and its
 * backlog, which the system would answer from, is full.
 */
export async function blackHole(): Promise<{ port: number; close(): void }> {
  const child = start(['node', `${import.meta.dirname}/never-accepts.ts`]);
  const [, port] = await child.output('stdout', /port (\d+)/);
  child.process.kill('SIGSTOP');
  const sockets: Socket[] = [];
  for (;;) {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => {});
    sockets.push(socket);
    if (!(await connects(socket))) break;
  }
  return {
    port: Number(port),
    close: () => {
      for (const socket of sockets) socket.destroy();
      child.process.kill('SIGKILL');
    },
  };
}

function connects(socket: Socket): Promise<boolean> {
  return new Promise((settle) => {
    socket.once('connect', () => settle(true));
    setTimeout(() => settle(false), 300);
  });
}

/** The port of a listener that was there a moment ago, and is not any more. */
export function closedPort(): Promise<number> {
  return new Promise((settle) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => settle(port));
    });
  });
}
