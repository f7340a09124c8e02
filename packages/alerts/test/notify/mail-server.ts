import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import {
  SMTPServer,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';

export interface Arrived {
  readonly mail: ParsedMail;
  readonly raw: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly isSecure: boolean;
  readonly user: string | undefined;
}

export interface MailServer {
  readonly port: number;
  readonly arrived: Arrived[];
  close(): Promise<void>;
}

/** A server on the loopback interface that keeps what it was sent. Anybody may log in who has the password `secret`. */
export async function openMailServer(
  options: SMTPServerOptions = {},
  address = '127.0.0.1',
): Promise<MailServer> {
  const arrived: Arrived[] = [];
  const keep = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> => {
    const raw = Buffer.concat(await stream.toArray()).toString();
    const { mailFrom, rcptTo } = session.envelope;
    arrived.push({
      raw,
      mail: await simpleParser(raw),
      from: mailFrom === false ? '' : mailFrom.address,
      to: rcptTo.map(({ address }) => address),
      isSecure: session.secure,
      user: session.user,
    });
  };
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      password === 'secret' ? done(null, { user: username }) : done(new Error('no')),
    onData(stream, session, done) {
      keep(stream, session).then(() => done(), done);
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, address);
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    arrived,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
