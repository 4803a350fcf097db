import { BlockList, isIP, isIPv4 } from 'node:net';

/** Networks that are nobody's on the internet: this machine, its neighbours, and what is reserved (RFC 6890). */
const inner = {
  ipv4: [
    ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
    ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
    ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ],
  // Beside the local ones, those that carry IPv4 addresses within: NAT64, Teredo and 6to4 would lead anywhere.
  ipv6: [
    ...['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16'],
    ...['fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
  ],
};

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    list.addSubnet(address, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  return list;
}

const blocked = listOf([...inner.ipv4, ...inner.ipv6]);

/** Which addresses may be called. */
export type AddressRule = (address: string) => boolean;

/**
 * Public ones, and what is allowed besides.
 * @param allowed SEED_WEBHOOK_ALLOW_PRIVATE: `all`, or addresses and networks (CIDR)
 */
export function addressRule(allowed: readonly string[]): AddressRule {
  if (allowed.includes('all')) return (address) => isIP(address) !== 0;
  const besides = listOf(allowed);
  return (address) => {
    const plain = plainAddress(address);
    const family = isIP(plain) === 4 ? 'ipv4' : 'ipv6';
    if (isIP(plain) === 0) return false;
    return !blocked.check(plain, family) || besides.check(plain, family);
  };
}

/** IPv4 as IPv6 writes it, in words of hexadecimal or of decimal digits, as IPv4; without a zone. */
function plainAddress(address: string): string {
  const text = address.replace(/%.*$/, '').toLowerCase();
  const [, dotted, high, low] =
    /^(?:0{0,4}:){2,5}ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/.exec(text) ?? [];
  if (dotted !== undefined) return dotted;
  if (high === undefined || low === undefined) return text;
  const bytes = [high, low].flatMap((word) => [parseInt(word, 16) >> 8, parseInt(word, 16) & 255]);
  return bytes.join('.');
}
