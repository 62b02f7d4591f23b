import type { Level } from '@/lib/policy/vocabulary'

export type Ceiling = Exclude<Level, 'none'>

/** What an agency's people may do at most, from most to least. */
export const CEILINGS: readonly { value: Ceiling; label: string }[] = [
  { value: 'manage', label: 'Everything, and rule over what they write' },
  { value: 'edit', label: 'Edit' },
  { value: 'suggest', label: 'Suggest changes' },
  { value: 'comment', label: 'Comment' },
  { value: 'read', label: 'Read' },
  { value: 'discover', label: 'Know that documents exist' },
]

export const ceilingWords = (level: Level): string =>
  CEILINGS.find(({ value }) => value === level)?.label ?? 'Nothing'

/** Those below one. */
export const lowerCeilings = (level: Level): readonly { value: Ceiling; label: string }[] =>
  CEILINGS.slice(CEILINGS.findIndex(({ value }) => value === level) + 1)

export const LEAVING_WORDS = {
  choice: 'An agency that leaves chooses what becomes of its own sections: withdrawn or frozen.',
  withdraw: 'When an agency leaves, its own sections are withdrawn: nobody sees them any more.',
  freeze: 'When an agency leaves, its own sections stay as they are, read only.',
} as const

export const CONSENT_WORDS = {
  yes: 'Every agency must consent before another one is invited.',
  no: 'The host invites other agencies by itself.',
} as const
