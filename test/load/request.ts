/** A request as it goes over the wire. */
export interface Request {
  readonly method: string;
  /** One byte a character. */
  readonly bytes: string;
}

export interface RequestParts {
  readonly method: string;
  /** Sent as it is: origin form, absolute form or anything else. */
  readonly target: string;
  /** Header lines, beside Host and Content-Length. */
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly version?: '1.0' | '1.1';
}

/** Writes out a request whose body, where it has one, is complete. */
export function request({ method, target, headers = [], body, version = '1.1' }: RequestParts): Request {
  const lines = [`${method} ${target} HTTP/${version}`, 'Host: service.test', ...headers];
  if (body !== undefined) lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return { method, bytes: `${lines.join('\r\n')}\r\n\r\n${body ?? ''}` };
}
