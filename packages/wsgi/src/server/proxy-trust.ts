import { BlockList, isIPv6 } from 'node:net'

/**
 * A test for whether an address may speak the PROXY protocol.
 *
 * @param trusted - `'*'` for everybody, or addresses and networks such as `10.0.0.0/8`. Unix sockets, which have no
 * address, are always trusted.
 * @throws If an address or network is malformed.
 */
export function proxyTrust(trusted: '*' | readonly string[]): (address: string | undefined) => boolean {
  if (trusted === '*') return () => true
  const list = new BlockList()
  for (const entry of trusted) {
    const [address = '', prefix] = entry.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return (address) => {
    if (address === undefined || address === '') return true
    if (!isIPv6(address)) return list.check(address, 'ipv4')
    if (list.check(address, 'ipv6')) return true
    return address.startsWith('::ffff:') && list.check(address.slice(7), 'ipv4')
  }
}
