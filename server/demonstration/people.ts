import type { Level, Role } from '@/lib/policy/vocabulary'

/** Invented, as data. Keys are used by `documents.ts` to say who wrote and who may see. */
export const AGENCIES = {
  county: { name: 'Tarn County Emergency Office', shortCode: 'COUNTY', colour: 0, ceiling: 'manage' },
  weather: { name: 'Aldermark Meteorological Service', shortCode: 'METEO', colour: 3, ceiling: 'manage' },
  hospitals: { name: 'Tarn Valley Hospitals', shortCode: 'HOSP', colour: 6, ceiling: 'manage' },
  audit: { name: 'Tarn County Audit Office', shortCode: 'AUDIT', colour: 9, ceiling: 'discover' },
} as const satisfies Record<string, { name: string; shortCode: string; colour: number; ceiling: Level }>

export type AgencyKey = keyof typeof AGENCIES

interface Person {
  agency: AgencyKey
  name: string
  /** Null: no member of the workspace. */
  role: Role | null
  administrator?: true
  operator?: true
  /** What this account shows, for the list that is printed at the start. */
  shows: string
}

export type PersonKey = 'mara' | 'tomas' | 'ines' | 'jonas' | 'amara' | 'piotr' | 'lena' | 'ruth' | 'sam'

export const PEOPLE: Readonly<Record<PersonKey, Person>> = {
  mara: {
    agency: 'county',
    name: 'Mara Lindqvist',
    role: 'lead',
    administrator: true,
    shows: 'hosts; rules over the county’s sections, also the TLP:RED one; adds people',
  },
  tomas: {
    agency: 'county',
    name: 'Tomas Okafor',
    role: 'editor',
    shows: 'edits; sees no TLP:RED section',
  },
  ines: {
    agency: 'weather',
    name: 'Ines Duarte',
    role: 'steward',
    administrator: true,
    shows: 'decides about the forecasts; no hospital section, no TLP:RED section',
  },
  jonas: {
    agency: 'weather',
    name: 'Jonas Weidmann',
    role: 'reviewer',
    shows: 'reads what his agency may see; cannot write',
  },
  amara: {
    agency: 'hospitals',
    name: 'Amara Nwosu',
    role: 'lead',
    administrator: true,
    shows: 'hospital sections and the TLP:RED one; forecasts are read-only',
  },
  piotr: {
    agency: 'hospitals',
    name: 'Piotr Zielinski',
    role: 'reader',
    shows: 'reads; sees the hospitals’ own lessons',
  },
  lena: {
    agency: 'hospitals',
    name: 'Lena Brandt',
    role: 'guest',
    shows: 'two sections only: she edits the shelters and reads what the public is told',
  },
  ruth: {
    agency: 'audit',
    name: 'Ruth Adeyemi',
    role: 'auditor',
    administrator: true,
    shows: 'the record of the workspace, and none of its content',
  },
  sam: {
    agency: 'county',
    name: 'Sam Harper',
    role: null,
    operator: true,
    shows: 'runs the instance; that opens no workspace',
  },
}

/** `.example` is reserved (RFC 2606): nothing can ever be sent there. */
export const emailOf = (key: PersonKey): string => `${key}@${PEOPLE[key].agency}.example`

/** One for all accounts, and no secret: it is printed at every start. */
export const PASSPHRASE = 'the river rises at night'
