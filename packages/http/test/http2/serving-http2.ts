import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';

export interface ServingHttp2<S extends http2.Http2Server | http2.Http2SecureServer = http2.Http2Server> {
  readonly server: S;
  readonly port: number;
  /** Drops what is still connected. */
  close(): Promise<void>;
}

/** A server that listens on the loopback interface. */
export async function listenHttp2<S extends http2.Http2Server | http2.Http2SecureServer>(
  server: S,
): Promise<ServingHttp2<S>> {
  const sessions = new Set<http2.ServerHttp2Session>();
  server.on('session', (session: http2.ServerHttp2Session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  return {
    server,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((settle) => {
        server.close(() => settle());
        for (const session of sessions) session.destroy();
      }),
  };
}

/** A client's session with it. */
export function openSession(
  port: number,
  options: http2.ClientSessionOptions = {},
): http2.ClientHttp2Session {
  return http2.connect(`http://127.0.0.1:${port}`, options).on('error', () => {});
}

export interface Http2Reply {
  readonly status: number;
  readonly body: string;
}

/** Sends one request and waits for the whole answer, or undefined where there was none. */
export function ask(
  session: http2.ClientHttp2Session,
  headers: http2.OutgoingHttpHeaders,
  body?: string,
): Promise<Http2Reply | undefined> {
  return new Promise((settle) => {
    const stream = session.request(headers, { endStream: body === undefined });
    let status: number | undefined;
    let received = '';
    stream.on('response', (answer) => {
      status = answer[':status'];
    });
    stream.setEncoding('utf8').on('data', (text: string) => {
      received += text;
    });
    stream.on('error', () => {});
    stream.on('close', () => settle(status === undefined ? undefined : { status, body: received }));
    if (body !== undefined) stream.end(body);
  });
}
