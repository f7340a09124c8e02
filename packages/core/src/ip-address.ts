import { isIPv4, isIPv6 } from 'node:net';

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

function partsOf(text: string): Parts | undefined {
  const bare = text.split('%', 1)[0] as string;
  if (isIPv4(bare)) return bytesOf(bare);
  if (!isIPv6(bare)) return undefined;
  const groups = groupsOf(bare);
  const isEmbedded = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  return isEmbedded ? groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]) : groups;
}

function bytesOf(ipv4: string): number[] {
  return ipv4.split('.').map(Number);
}

/** Those that `::` stands for are zero. */
function groupsOf(ipv6: string): number[] {
  const [head = '', tail] = ipv6.split('::');
  const before = writtenGroups(head);
  if (tail === undefined) return before;
  const after = writtenGroups(tail);
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** The last may be written as an IPv4 address, and is two then. */
function writtenGroups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = bytesOf(group);
    return [a * 256 + b, c * 256 + d];
  });
}
