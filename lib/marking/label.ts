import type { Id } from '@/lib/ids'

/** A handling label and what it enforces. Sets are data; TLP 2.0 is shipped in `tlp.ts`. */
export interface Label {
  /** Stable name within its set: "TLP:AMBER+STRICT". Also the text on screen: never colour alone. */
  id: string
  /** Higher is stricter. A document shows the highest of what the viewer can see. */
  rank: number
  colours: { text: string; background: string }
  /** One sentence for people: who may be told. */
  meaning: string
  /** R6. `people`: only people who are named one by one; `orgs`: only people whose organisation, group or self is named. */
  named: 'people' | 'orgs' | null
  /** R6. Only people of these organisations, only these people; null: no such condition. An empty list lets nobody in. */
  orgs: readonly Id[] | null
  people: readonly Id[] | null
  /** R9. `reason`: with a stated reason. */
  export: Rule9
  print: Rule9
  copy: Rule9
}

/**
 * A label as a set has it: with short codes of organisations and addresses of people, of which only the database knows
 * whom they mean. No rule can be asked with it by mistake: it is no `Label`.
 */
export interface ListedLabel extends Omit<Label, 'orgs' | 'people'> {
  orgCodes: readonly string[] | null
  addresses: readonly string[] | null
}

type Rule9 = 'no' | 'reason' | 'yes'
