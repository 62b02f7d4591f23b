import type { Label } from '@/lib/marking/label'

/**
 * Traffic Light Protocol 2.0: names, colours (RGB on black) and the definitions word for word as FIRST fixes them in
 * "Traffic Light Protocol (TLP), FIRST Standards Definitions and Usage Guidance, Version 2.0", August 2022,
 * https://www.first.org/tlp/. What each label enforces here is stricter than the protocol asks.
 */
export const TLP: readonly Label[] = [
  {
    id: 'TLP:CLEAR',
    rank: 0,
    colours: { text: '#FFFFFF', background: '#000000' },
    meaning: 'Recipients can spread this to the world, there is no limit on disclosure.',
    named: null,
    orgs: null,
    people: null,
    export: 'yes',
    print: 'yes',
    copy: 'yes',
  },
  {
    id: 'TLP:GREEN',
    rank: 1,
    colours: { text: '#33FF00', background: '#000000' },
    meaning: 'Limited disclosure, recipients can spread this within their community.',
    named: null,
    orgs: null,
    people: null,
    export: 'yes',
    print: 'yes',
    copy: 'yes',
  },
  {
    id: 'TLP:AMBER',
    rank: 2,
    colours: { text: '#FFC000', background: '#000000' },
    meaning:
      'Limited disclosure, recipients can only spread this on a need-to-know basis within their organization and its clients.',
    named: null,
    orgs: null,
    people: null,
    export: 'reason',
    print: 'reason',
    copy: 'reason',
  },
  {
    id: 'TLP:AMBER+STRICT',
    rank: 3,
    colours: { text: '#FFC000', background: '#000000' },
    meaning: 'TLP:AMBER+STRICT restricts sharing to the organization only.',
    named: 'orgs',
    orgs: null,
    people: null,
    export: 'reason',
    print: 'reason',
    copy: 'reason',
  },
  {
    id: 'TLP:RED',
    rank: 4,
    colours: { text: '#FF2B2B', background: '#000000' },
    meaning: 'For the eyes and ears of individual recipients only, no further disclosure.',
    named: 'people',
    orgs: null,
    people: null,
    export: 'no',
    print: 'no',
    copy: 'no',
  },
]
