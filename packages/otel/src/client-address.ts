import { isIPv4, isIPv6 } from 'node:net';

/**
 * Cuts an address to its network: /24 for IPv4, /48 for IPv6, as web analytics commonly anonymise. What is
 * not an address (a host name, `unknown`, a forged header) becomes ''.
 */
export function truncateAddress(address: string): string {
  const bare = address.split('%', 1)[0] as string;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  const ipv4 = mapped ?? bare;
  if (isIPv4(ipv4)) return ipv4.replace(/\d+$/, '0');
  return isIPv6(bare) ? `${firstThreeGroups(bare).join(':')}::` : '';
}

/** The first 48 bits; groups that `::` stands for are zero. */
function firstThreeGroups(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - groupCount(after));
  const groups = [...before, ...new Array<string>(missing).fill('0'), ...after];
  return groups.slice(0, 3).map((group) => group.replace(/^0+(?=.)/, ''));
}

/** An embedded IPv4 address (`::1.2.3.4`) takes two groups. */
function groupCount(groups: readonly string[]): number {
  return groups.length + (groups.at(-1)?.includes('.') === true ? 1 : 0);
}
