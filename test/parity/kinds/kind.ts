/** The servers of the service, each on a port of its own. */
export type ServerName =
  | 'plain'
  | 'koa'
  | 'https'
  | 'ipv6'
  /** Listens to both families, so that it sees IPv4 addresses as IPv6 ones. */
  | 'mapped'
  | 'continues'
  | 'refuses'
  | 'converses'
  /** Hands each request to the plain server. */
  | 'hands'
  /** Has two listeners. */
  | 'twice'
  /** Decrypts, and has the plain server handle what it decrypts. */
  | 'tunnel'
  /** Joins the values of every header that is repeated. */
  | 'joins'
  /** Listens to a socket of Unix, where nobody has an address. */
  | 'unix';

/** What a client does, in turn: writes bytes, one a character; waits; or goes away. */
export type Step = string | { readonly until: string } | { readonly leave: 'fin' | 'rst' | 'half' };

/** One kind of request: what is sent on a connection of its own. After the last step the server has to close it. */
export interface Kind {
  readonly name: string;
  readonly server: ServerName;
  readonly steps: readonly Step[];
  /** How many spans the standard instrumentation makes of it, those of the application included. */
  readonly spans: number;
}

/** A request in parts; the connection is closed after it unless it `stays`. */
export interface Sent {
  readonly method?: string;
  readonly target?: string;
  readonly version?: string;
  /** Null for no such header. */
  readonly host?: string | null;
  /** Header lines. */
  readonly headers?: readonly string[];
  readonly body?: string;
  /** What the server is to do, and with what. */
  readonly does?: string;
  readonly stays?: boolean;
}

export function message(sent: Sent): string {
  const { method = 'GET', target = '/', version = '1.1', host = 'service.test', headers = [], body } = sent;
  const lines = [`${method} ${target} HTTP/${version}`];
  if (host !== null) lines.push(`Host: ${host}`);
  if (sent.does !== undefined) lines.push(`Do: ${sent.does}`);
  lines.push(...headers);
  if (body !== undefined) lines.push(`Content-Length: ${body.length}`);
  if (sent.stays !== true) lines.push('Connection: close');
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

/** A kind that is one whole message. */
export function one(name: string, sent: Sent & { readonly server?: ServerName }, spans = 1): Kind {
  return { name, server: sent.server ?? 'plain', steps: [message(sent)], spans };
}

export function several(name: string, server: ServerName, steps: readonly Step[], spans: number): Kind {
  return { name, server, steps, spans };
}

/** A kind for each of many texts, named after the text. */
export function each(
  what: string,
  texts: readonly string[],
  sent: (text: string) => Sent & { readonly server?: ServerName },
  spans = 1,
): Kind[] {
  return texts.map((text) => one(`${what} ${shown(text)}`, sent(text), spans));
}

/** A text as a name that a person can read. */
export function shown(text: string): string {
  const printable = text.replaceAll(
    /[^\x21-\x7e ]/g,
    (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  const short = printable.length > 70 ? `${printable.slice(0, 60)}… (${text.length})` : printable;
  return short === '' ? '(empty)' : short;
}
