import { BlockList, isIP } from 'node:net';

/** Of everybody, of whoever runs the network, or of what no webhook has any business with. */
export type AddressKind = 'public' | 'private' | 'refused';

type Network = readonly [address: string, prefix: number];

/** Loopback, private networks, and those that carriers share (RFC 1918, 6598). */
const PRIVATE_IPV4: readonly Network[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
];

/**
 * Not even for those who allow private ones: link-local, with the metadata of clouds in it, which some have elsewhere;
 * what is reserved, for documentation or for groups (IANA's registry of special-purpose addresses).
 */
const REFUSED_IPV4: readonly Network[] = [
  ['0.0.0.0', 8],
  ['100.100.100.200', 32],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Loopback, and unique local addresses (RFC 4193). */
const PRIVATE_IPV6: readonly Network[] = [
  ['::1', 128],
  ['fc00::', 7],
];

/** Only these are routed at all: so what embeds an IPv4 address (mapped, NAT64) is not among them, and no group. */
const GLOBAL_IPV6: readonly Network[] = [['2000::', 3]];

/** Protocols' own with Teredo, documentation, 6to4; and the metadata of clouds. */
const REFUSED_IPV6: readonly Network[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['fd00:ec2::254', 128],
  ['fd20:ce::254', 128],
];

/** @param address as a resolver gives it, without brackets */
export function addressKind(address: string): AddressKind {
  const version = isIP(address);
  // A zone is of a link, and belongs to nobody else's address.
  if (version === 0 || address.includes('%')) return 'refused';
  return kindOf(address, version === 4 ? 'ipv4' : 'ipv6');
}

type Family = 'ipv4' | 'ipv6';

function kindOf(address: string, family: Family): AddressKind {
  const within = (networks: readonly Network[]): boolean => listOf(networks, family).check(address, family);
  if (within(family === 'ipv4' ? REFUSED_IPV4 : REFUSED_IPV6)) return 'refused';
  if (within(family === 'ipv4' ? PRIVATE_IPV4 : PRIVATE_IPV6)) return 'private';
  return family === 'ipv4' || within(GLOBAL_IPV6) ? 'public' : 'refused';
}

const lists = new Map<readonly Network[], BlockList>();

/** Made when first asked for: most starts have no use for any. */
function listOf(networks: readonly Network[], family: Family): BlockList {
  const made = lists.get(networks);
  if (made !== undefined) return made;
  const list = new BlockList();
  for (const [address, prefix] of networks) list.addSubnet(address, prefix, family);
  lists.set(networks, list);
  return list;
}
