import type { Level } from '@/lib/policy/vocabulary'
import type { AgencyKey, PersonKey } from '@/server/demonstration/people'
import {
  lessons,
  ownLessons,
  wordingExamples,
  wordingRules,
} from '@/server/demonstration/text/other-documents'
import { decisions, evacuation, purpose, shelters, vulnerable } from '@/server/demonstration/text/plan-lead'
import {
  calls,
  forecasts,
  information,
  recovery,
  surge,
  warnings,
} from '@/server/demonstration/text/plan-partners'
import type { Text } from '@/server/demonstration/text/text'

export interface DemonstrationSection {
  title: string
  author: PersonKey
  label: string
  text: Text
  /** Absent: everyone who takes part. */
  agencies?: Partial<Record<AgencyKey, Level>>
  people?: Partial<Record<PersonKey, Level>>
  /** Explicit grants to people: for guests, who see only what names them. */
  grants?: Partial<Record<PersonKey, Level>>
}

export interface DemonstrationDocument {
  title: string
  owner: PersonKey
  label: string
  sections: readonly DemonstrationSection[]
  below: readonly DemonstrationDocument[]
}

const green = 'TLP:GREEN'

export const WORKSPACE = 'River Tarn flood partnership'

export const DOCUMENTS: readonly DemonstrationDocument[] = [
  {
    title: 'Flood response plan, River Tarn',
    owner: 'mara',
    label: green,
    sections: [
      { title: 'Purpose and scope', author: 'mara', label: green, text: purpose },
      { title: 'Warning levels', author: 'ines', label: green, text: warnings },
      { title: 'Who decides what', author: 'mara', label: green, text: decisions },
      {
        title: 'River forecasts for planning',
        author: 'ines',
        label: 'TLP:AMBER+STRICT',
        text: forecasts,
        agencies: { weather: 'manage', county: 'edit', hospitals: 'read' },
      },
      { title: 'Evacuation zones and routes', author: 'tomas', label: 'TLP:AMBER', text: evacuation },
      {
        title: 'Residents who need help to leave',
        author: 'mara',
        label: 'TLP:RED',
        text: vulnerable,
        people: { mara: 'manage', amara: 'edit' },
      },
      {
        title: 'Shelters and capacity',
        author: 'tomas',
        label: green,
        text: shelters,
        grants: { lena: 'edit' },
      },
      {
        title: 'Hospital surge and patient transfer',
        author: 'amara',
        label: 'TLP:AMBER+STRICT',
        text: surge,
        agencies: { hospitals: 'manage', county: 'edit' },
      },
      {
        title: 'What the public is told',
        author: 'tomas',
        label: 'TLP:CLEAR',
        text: information,
        grants: { lena: 'read' },
      },
      { title: 'Calls and contact', author: 'tomas', label: 'TLP:AMBER', text: calls },
      { title: 'After the water', author: 'amara', label: green, text: recovery },
    ],
    below: [
      {
        title: 'Exercise High Water: lessons',
        owner: 'mara',
        label: green,
        sections: [
          { title: 'What we change', author: 'tomas', label: green, text: lessons },
          {
            title: 'Lessons of the hospitals',
            author: 'amara',
            label: 'TLP:AMBER+STRICT',
            text: ownLessons,
            agencies: { hospitals: 'manage' },
          },
        ],
        below: [],
      },
    ],
  },
  {
    title: 'Handbook of warning wording',
    owner: 'ines',
    label: green,
    sections: [
      { title: 'Fixed words', author: 'ines', label: green, text: wordingRules },
      { title: 'Before and after', author: 'ines', label: green, text: wordingExamples },
    ],
    below: [],
  },
]
