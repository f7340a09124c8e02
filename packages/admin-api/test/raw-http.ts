import { connect } from 'node:net';

export interface RawAnswer {
  status: number;
  /** Names in lower case. Dates are left out: they are all that may differ between equal answers. */
  headers: Record<string, string>;
  body: string;
}

/** After so long a silence our side ends, with what it has sent. */
const SILENT_MS = 2_000;

/**
 * Writes `request` to a new connection and collects the answers until the server ends it: at once, where the request
 * says so. Whoever ends their own side first has gone, to Node, and is not answered.
 */
export function answersTo(port: number, request: string | Buffer): Promise<RawAnswer[]> {
  const isHead = Buffer.from(request).toString('latin1', 0, 5) === 'HEAD ';
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('utf8');
    socket.on('data', (text) => {
      received += text;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answersIn(received, isHead)));
    socket.setTimeout(SILENT_MS, () => socket.end());
    socket.write(request);
  });
}

/** The answers that are whole, interim ones left out. A body is as long as `Content-Length` says. */
function answersIn(received: string, isHead: boolean): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = received;
  for (let end = rest.indexOf('\r\n\r\n'); end >= 0; end = rest.indexOf('\r\n\r\n')) {
    const [statusLine = '', ...headerLines] = rest.slice(0, end).split('\r\n');
    const headers = Object.fromEntries(headerLines.map(headerOf).filter(([name]) => name !== 'date'));
    const noBody = isHead && answers.length === 0;
    const length = noBody ? 0 : Number(headers['content-length'] ?? 0);
    const following = Buffer.from(rest.slice(end + 4));
    if (following.length < length) break;
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
    if (status >= 200) answers.push({ status, headers, body: following.toString('utf8', 0, length) });
    rest = following.toString('utf8', length);
  }
  return answers;
}

function headerOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
