import type { Label } from '@/lib/marking/label'

/**
 * Traffic Light Protocol 2.0, https://www.first.org/tlp/ (FIRST, August 2022): names and colours as FIRST fixes
 * them (RGB on black); the sentences are ours. What each label enforces here is stricter than the protocol asks.
 */
export const TLP: readonly Label[] = [
  {
    id: 'TLP:CLEAR',
    rank: 0,
    colours: { text: '#FFFFFF', background: '#000000' },
    meaning: 'May be told to anyone.',
    named: null,
    export: 'yes',
    print: 'yes',
    copy: 'yes',
  },
  {
    id: 'TLP:GREEN',
    rank: 1,
    colours: { text: '#33FF00', background: '#000000' },
    meaning: 'May be told to partners in the wider community, not published.',
    named: null,
    export: 'yes',
    print: 'yes',
    copy: 'yes',
  },
  {
    id: 'TLP:AMBER',
    rank: 2,
    colours: { text: '#FFC000', background: '#000000' },
    meaning: 'For the organisations here and those of their clients who need to know.',
    named: null,
    export: 'reason',
    print: 'reason',
    copy: 'reason',
  },
  {
    id: 'TLP:AMBER+STRICT',
    rank: 3,
    colours: { text: '#FFC000', background: '#000000' },
    meaning: 'Only for the organisations that are named, and nobody outside them.',
    named: 'orgs',
    export: 'reason',
    print: 'reason',
    copy: 'reason',
  },
  {
    id: 'TLP:RED',
    rank: 4,
    colours: { text: '#FF2B2B', background: '#000000' },
    meaning: 'Only for the people who are named one by one. Not to be passed on.',
    named: 'people',
    export: 'no',
    print: 'no',
    copy: 'no',
  },
]

const BY_ID: ReadonlyMap<string, Label> = new Map(TLP.map((label) => [label.id, label]))

/** @returns undefined for a name that no set knows: then the label is an absent fact, and R0 denies. */
export const labelById = (id: string): Label | undefined => BY_ID.get(id)
