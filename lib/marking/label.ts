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
  /** R9. `reason`: with a stated reason. */
  export: Rule9
  print: Rule9
  copy: Rule9
}

type Rule9 = 'no' | 'reason' | 'yes'
