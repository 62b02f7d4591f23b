import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { CHAIN_START, type ChainLink, chainHash, leafHash, NO_HASH, verifyChain } from '@/lib/audit/chain'

const chainOf = (...texts: string[]): ChainLink[] => {
  let prevHash = NO_HASH
  return texts.map((canonical, i) => {
    const hash = chainHash(prevHash, canonical)
    const link = { seq: i + 1, prevHash, hash, canonical }
    prevHash = hash
    return link
  })
}
const changed = (links: ChainLink[], index: number, change: Partial<ChainLink>) =>
  links.map((link, i) => (i === index ? { ...link, ...change } : link))

describe('chain', () => {
  const links = chainOf('{"a":1}', '{"ü":2}', '{"c":3}', '{"d":4}')

  test('hash = SHA-256(previous ‖ text), first previous = 32 zero bytes', () => {
    const first = createHash('sha256')
      .update(Buffer.concat([Buffer.alloc(32), Buffer.from('{"a":1}')]))
      .digest()
    expect(links[0]?.hash).toEqual(first)
    expect(verifyChain(links)).toEqual({ fault: null, state: { seq: 4, hash: links[3]?.hash } })
    expect(verifyChain([])).toEqual({ fault: null, state: CHAIN_START })
  })

  test('goes on from where an earlier check ended', () => {
    const before = verifyChain(links.slice(0, 2))
    if (before.fault) throw new Error('the beginning holds')
    expect(verifyChain(links.slice(2), before.state).fault).toBeNull()
    expect(verifyChain(links.slice(2)).fault).toEqual({ index: 0, seq: 3, why: 'sequence' })
  })

  test.each<[string, ChainLink[], object]>([
    ['a changed text', changed(links, 2, { canonical: '{"c":4}' }), { index: 2, seq: 3, why: 'hash' }],
    [
      'a changed text with a hash to match',
      changed(links, 1, { canonical: 'x', hash: chainHash(links[0]?.hash ?? NO_HASH, 'x') }),
      { index: 2, seq: 3, why: 'previous' },
    ],
    ['a removed link', links.filter((_, i) => i !== 1), { index: 1, seq: 3, why: 'sequence' }],
    [
      'a removed link, renumbered',
      links.filter((_, i) => i !== 1).map((l, i) => ({ ...l, seq: i + 1 })),
      { index: 1, seq: 2, why: 'previous' },
    ],
    ['a removed beginning', links.slice(1), { index: 0, seq: 2, why: 'sequence' }],
    ['a link put in twice', [...links.slice(0, 2), ...links.slice(1)], { index: 2, seq: 2, why: 'sequence' }],
    [
      'two links that changed places',
      [links[0], links[2], links[1], links[3]] as ChainLink[],
      { index: 1, seq: 3, why: 'sequence' },
    ],
    [
      'another beginning',
      changed(links, 0, { prevHash: new Uint8Array(32).fill(1) }),
      { index: 0, seq: 1, why: 'previous' },
    ],
  ])('names the first bad link: %s', (_, given, fault) => {
    expect(verifyChain(given).fault).toEqual(fault)
  })
})

describe('leaf hash (RFC 6962)', () => {
  test('the known hashes of the empty leaf and of one byte', () => {
    // From the test vectors of the Certificate Transparency reference implementation.
    expect(leafHash('').toString('hex')).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    )
    expect(leafHash('\0').toString('hex')).toBe(
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    )
  })
})
