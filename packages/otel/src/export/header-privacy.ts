import type { Privacy } from './privacy.ts';

/** By the attribute that it is read into, on spans of any kind. */
const HEADERS: ReadonlyMap<string, string> = new Map([
  ['user_agent.original', 'user-agent'],
  ['http.user_agent', 'user-agent'],
  ['http.host', 'host'],
  ['http.server_name', 'host'],
]);
/** On the span of a request coming in these are what its client wrote into `Host` or `Forwarded`. */
const HOSTS = new Set(['server.address', 'server.port', 'net.host.name', 'net.host.port']);
const PREFIXES = ['http.request.header.', 'http.response.header.'];

/** Which headers are kept, and whatever is read out of them. */
export class HeaderPrivacy {
  readonly #kept: 'drop' | 'keep' | ReadonlySet<string>;

  constructor({ headers }: Pick<Privacy, 'headers'>) {
    this.#kept = typeof headers === 'string' ? headers : new Set(headers);
  }

  /** @param header a name in small letters */
  keeps(header: string): boolean {
    return typeof this.#kept === 'string' ? this.#kept === 'keep' : this.#kept.has(header);
  }

  /** Whether an attribute was read out of a header that is not kept. */
  drops(attribute: string, isIncoming: boolean): boolean {
    if (this.#kept === 'keep') return false;
    const header =
      isIncoming && HOSTS.has(attribute) ? 'host' : (HEADERS.get(attribute) ?? captured(attribute));
    return header !== undefined && !this.keeps(header);
  }
}

/** The first conventions had `_` in such attributes, where the header has `-`. */
function captured(attribute: string): string | undefined {
  const prefix = PREFIXES.find((each) => attribute.startsWith(each));
  return prefix && attribute.slice(prefix.length).replaceAll('_', '-');
}
