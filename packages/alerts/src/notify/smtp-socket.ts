import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { SmtpServer } from './smtp-url.ts';

/**
 * A connection to a server that has begun to greet: one that says nothing is never more than an idle socket, which does
 * not hold the process open. With `smtps` it is secure, and the certificate is the host's.
 * @throws Error of the system, or of TLS; and when the signal is aborted, which also ends the connection later on
 */
export async function greetingSocket(
  { host, port, isTls }: SmtpServer,
  signal: AbortSignal,
): Promise<Socket> {
  signal.throwIfAborted();
  const socket = isTls
    ? connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}) })
    : connect({ host, port });
  socket.unref();
  const end = (): void => void socket.destroy(new Error('was ended'));
  signal.addEventListener('abort', end, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', end));
  // Whenever nobody else listens.
  socket.on('error', () => {});
  await firstBytes(socket);
  return socket;
}

/** They stay unread. */
function firstBytes(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      socket.off('readable', onReadable).off('error', settle).off('close', onClose);
      if (error === undefined) resolve();
      else reject(error);
    };
    // At the end of a connection there is nothing to read, and the same event.
    const onReadable = (): void => {
      if (socket.readableLength > 0) settle();
    };
    const onClose = (): void => settle(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    socket.on('readable', onReadable).on('error', settle).on('close', onClose);
  });
}
