import { LEVELS, type Level } from '@/lib/policy/vocabulary'

const WORDS: Record<Level, string> = {
  none: 'Can’t see it',
  discover: 'Knows it exists',
  read: 'Can read',
  comment: 'Can comment',
  suggest: 'Can suggest',
  edit: 'Can edit',
  manage: 'Can edit and decide',
}

/** "Can read": what people read for a level in this panel. */
export const levelWords = (level: Level): string => WORDS[level]

/**
 * The levels to choose from: no more than one needs, and always the one that is set, so that opening the panel never
 * changes it. Only the originator's own people can decide about a section, so only they are offered it.
 */
export const levelChoices = (current: Level, ofOriginator: boolean): { value: Level; label: string }[] => {
  const offered = new Set<Level>(['none', 'discover', 'read', 'edit', current])
  if (ofOriginator) offered.add('manage')
  return LEVELS.filter((level) => offered.has(level)).map((value) => ({ value, label: WORDS[value] }))
}
