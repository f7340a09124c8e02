import type { Socket } from 'node:net';
import { TachoError } from '@tacho/core';
import type { SendMailOptions, SMTPTransportOptions } from 'nodemailer';
import { MAIL_ADDRESS_TEXT, type MailAddress, MOST_ADDRESSES, parseMailAddress } from './mail-address.ts';
import { mailFailure } from './mail-failure.ts';
import { notEver } from './not-sent.ts';
import { greetingSocket } from './smtp-socket.ts';
import type { SmtpServer } from './smtp-url.ts';

export interface MailSettings {
  readonly server: SmtpServer;
  /** As `parseMailAddress` reads it. */
  readonly from: string;
  /** At least one. */
  readonly to: readonly string[];
  /** Whether a server without TLS gets mail and password all the same. */
  readonly allowPlainAuth: boolean;
}

export interface Mail {
  readonly to: readonly string[];
  /** Becomes one line of at most 200 characters. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for every attempt to send this mail: letters, digits, `.`, `_` and `-`. Default: one of its own. */
  readonly id?: string;
}

export interface Mailer {
  /**
   * Sends one mail over a connection of its own. Rejects with a `NotSent`, or with a `TachoError` TACHO_BAD_OPTION for
   * an address that is none; never throws. Settles soon after `signal` is aborted.
   */
  send(mail: Mail, signal: AbortSignal): Promise<void>;
}

const MAX_SUBJECT = 200;
/** Of silence. */
const TIMEOUT_MS = 20_000;
/** For STARTTLS, which is the only time that nodemailer holds the process open. */
const HANDSHAKE_MS = 10_000;
const MAX_RESPONSE_BYTES = 65_536;

export function createMailer(settings: MailSettings): Mailer {
  return {
    async send(mail, signal) {
      const message = messageOf(settings, mail);
      const { createTransport } = await import('nodemailer');
      const socket = await greetingSocket(settings.server, signal).catch(rejectedAsNotSent);
      try {
        const transport = createTransport(transportOf(settings, socket));
        const { accepted } = await transport.sendMail(message);
        // To send it once more would send it twice to those who have it.
        if (accepted.length < mail.to.length) throw notEver('some of the addresses were refused');
      } catch (thrown) {
        socket.destroy();
        throw mailFailure(thrown);
      }
    },
  };
}

/** Nothing is parsed behind this: what is an address, and what is its name, is said here. */
function messageOf({ from }: MailSettings, { to, subject, text, html, id }: Mail): SendMailOptions {
  const sender = checkedAddress(from);
  const [, domain] = sender.address.split('@');
  return {
    from: sender,
    to: checkedAddresses(to),
    subject: oneLine(subject),
    text,
    html,
    ...(id === undefined ? {} : { messageId: `<${id.replace(/[^a-z0-9._-]/gi, '_')}@${domain}>` }),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function transportOf({ server, allowPlainAuth }: MailSettings, connection: Socket): SMTPTransportOptions {
  const { host, port, isTls, login } = server;
  return {
    host,
    port,
    secure: isTls,
    secured: isTls,
    requireTLS: !isTls && !allowPlainAuth,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true },
    ...(login === undefined ? {} : { auth: { user: login.user, pass: login.password }, forceAuth: true }),
    getSocket: (_options, done) =>
      connection.destroyed ? done(new Error('was ended')) : done(null, { connection }),
    greetingTimeout: HANDSHAKE_MS,
    connectionTimeout: HANDSHAKE_MS,
    socketTimeout: TIMEOUT_MS,
    maxResponseSize: MAX_RESPONSE_BYTES,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function checkedAddresses(texts: readonly string[]): MailAddress[] {
  if (texts.length > 0 && texts.length <= MOST_ADDRESSES) return texts.map(checkedAddress);
  throw new TachoError(
    'TACHO_BAD_OPTION',
    `a mail is for 1 to ${MOST_ADDRESSES} addresses, not for ${texts.length}`,
  );
}

function checkedAddress(text: string): MailAddress {
  const address = parseMailAddress(text);
  if (address !== undefined) return address;
  throw new TachoError('TACHO_BAD_OPTION', `an address of a mail is none; allowed: ${MAIL_ADDRESS_TEXT}`);
}

/** Cut first, so that the rest of it costs nothing. What looks like an encoded word would be read as what it encodes. */
function oneLine(text: string): string {
  const cut = text.length > MAX_SUBJECT ? `${text.slice(0, MAX_SUBJECT - 1)}…` : text;
  return cut
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('=?', '= ?')
    .trim();
}

function rejectedAsNotSent(thrown: unknown): never {
  throw mailFailure(thrown);
}
