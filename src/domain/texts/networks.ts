import { BlockList, isIPv6 } from 'node:net'

/** Addresses and, with the length of what they have in common behind a stroke, networks. */
export function networksOf(named: string[]): BlockList {
  const networks = new BlockList()
  for (const one of named) {
    const [address = '', length] = one.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (length === undefined) networks.addAddress(address, family)
    else networks.addSubnet(address, Number(length), family)
  }
  return networks
}
