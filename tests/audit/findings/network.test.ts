import { describe, expect, test } from 'vitest'
import { createNetworkHash, networkOf } from '@/server/audit/findings/network'

describe('the network of an address', () => {
  test.each([
    ['192.0.2.7', '192.0.2'],
    ['192.0.2.200', '192.0.2'],
    ['::ffff:192.0.2.7', '192.0.2'],
    ['2001:db8:12:3456::1', '2001:db8:12'],
    ['2001:0DB8:0012::1', '2001:db8:12'],
    ['2001:db8::1', '2001:db8:0'],
    ['::1', '0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0'],
    ['', null],
    ['somewhere', null],
    ['300.1.1.1', null],
  ])('%s is in %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})

test('a hash tells networks of one person apart, and nothing else', () => {
  const [hash, other] = [createNetworkHash('one secret'), createNetworkHash('another secret')]
  expect(hash('ann', '192.0.2.7')).toBe(hash('ann', '192.0.2.8'))
  expect(hash('ann', '192.0.2.7')).not.toBe(hash('ann', '192.0.3.7'))
  expect(hash('ann', '192.0.2.7')).not.toBe(hash('bob', '192.0.2.7'))
  expect(hash('ann', '192.0.2.7')?.split(':')[0]).not.toBe(other('ann', '192.0.2.7')?.split(':')[0])
  expect(hash('ann', '192.0.2.7')).not.toContain('192')
  expect(hash('ann', 'nowhere')).toBeNull()
})
