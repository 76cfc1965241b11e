import ipaddr from 'ipaddr.js'

/** What one customer of a network provider usually gets in IPv6: all of a /64 count as one. */
const IPV6_PREFIX = 64

/** The block of addresses that one client can come from: /32 of IPv4, /64 of IPv6; nothing for what is no address. */
export function addressBlock(address: string): string | undefined {
  // A link-local address of a socket names its network interface.
  const [plain = ''] = address.split('%')
  if (!ipaddr.isValid(plain)) return undefined
  const parsed = ipaddr.process(plain)
  if (parsed.kind() === 'ipv4') return `${parsed.toString()}/32`
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${IPV6_PREFIX}`).toString()}/${IPV6_PREFIX}`
}
