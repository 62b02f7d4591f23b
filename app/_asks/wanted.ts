import { atLeast, type Level } from '@/lib/policy/vocabulary'

/** What can be asked for, in the asker's words. */
export const WANTED = [
  { value: 'read', label: 'To read it' },
  { value: 'comment', label: 'To comment on it' },
  { value: 'suggest', label: 'To suggest changes' },
  { value: 'edit', label: 'To edit it' },
] as const

export type Wanted = (typeof WANTED)[number]['value']

/** What somebody who has `level` can still ask for. */
export const wantedAbove = (level: Level) => WANTED.filter(({ value }) => !atLeast(level, value))

export const wantedOr = (level: string): Wanted =>
  WANTED.find(({ value }) => value === level)?.value ?? 'read'
