/** The four bytes of an IPv4 address, or the eight groups of an IPv6 address. */
type Parts = readonly number[];

/**
 * An address as everybody writes it who writes it alike: IPv4 also where IPv6 embeds it (`::ffff:1.2.3.4`), IPv6 as
 * eight groups in lower case; without a zone. Undefined for what is no address.
 */
export function canonicalAddress(text: string): string | undefined {
  const parts = partsOf(text);
  return parts && (isOfIPv4(parts) ? parts.join('.') : hex(parts));
}

/**
 * What an owner of addresses has one of: the whole of an IPv4 address, the first 64 bits of an IPv6 address, as
 * every host has a whole /64 to choose from. '' for what is no address.
 */
export function addressKey(address: string): string {
  const parts = partsOf(address);
  if (parts === undefined) return '';
  return isOfIPv4(parts) ? parts.join('.') : hex(parts.slice(0, 4));
}

/**
 * Cuts an address to its network: /24 for IPv4, /48 for IPv6, as web analytics commonly anonymise. What is
 * not an address (a host name, `unknown`, a forged header) becomes ''.
 */
export function truncateAddress(address: string): string {
  const parts = partsOf(address);
  if (parts === undefined) return '';
  return isOfIPv4(parts) ? `${parts.slice(0, 3).join('.')}.0` : `${hex(parts.slice(0, 3))}::`;
}

function isOfIPv4(parts: Parts): boolean {
  return parts.length === 4;
}

function hex(groups: Parts): string {
  return groups.map((group) => group.toString(16)).join(':');
}

/** A zone may be of any length; no address is longer than this, with IPv4 at its end. */
const MAX_LENGTH = 45;
const BYTE = /^(?:0|[1-9]\d{0,2})$/;
const GROUP = /^[\da-f]{1,4}$/i;

function partsOf(text: string): Parts | undefined {
  const zone = text.indexOf('%');
  const bare = zone < 0 ? text : text.slice(0, zone);
  if (bare.length > MAX_LENGTH) return undefined;
  const groups = bare.includes(':') ? groupsOf(bare) : undefined;
  if (groups === undefined) return bytesOf(bare);
  const isEmbedded = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  return isEmbedded ? groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]) : groups;
}

function bytesOf(ipv4: string): number[] | undefined {
  const bytes = ipv4.split('.').map((byte) => (BYTE.test(byte) ? Number(byte) : 256));
  return bytes.length === 4 && bytes.every((byte) => byte < 256) ? bytes : undefined;
}

/** Those that `::` stands for, one at least, are zero. */
function groupsOf(ipv6: string): number[] | undefined {
  const halves = ipv6.split('::');
  const [before, after] = halves.map((half, index) => writtenGroups(half, index === halves.length - 1));
  if (before === undefined || halves.length > 2) return undefined;
  if (halves.length === 1) return before.length === 8 ? before : undefined;
  if (after === undefined || before.length + after.length > 7) return undefined;
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** @param isLast may end with two groups written as an IPv4 address */
function writtenGroups(text: string, isLast: boolean): number[] | undefined {
  if (text === '') return [];
  const written = text.split(':');
  const bytes = isLast && written.at(-1)?.includes('.') ? bytesOf(written.pop() as string) : [];
  if (bytes === undefined || !written.every((group) => GROUP.test(group))) return undefined;
  const [a, b, c, d] = bytes;
  const tail = a === undefined ? [] : [a * 256 + (b ?? 0), (c ?? 0) * 256 + (d ?? 0)];
  return [...written.map((group) => Number.parseInt(group, 16)), ...tail];
}
