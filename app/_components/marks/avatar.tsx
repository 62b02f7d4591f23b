import { agencyIndex } from '@/app/_components/marks/agency-palette'
import type { PersonView } from '@/lib/views/person'

/** First letters of the first and the last word: "Mara van der Berg" → "MB". */
export const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}

const SIZE = { sm: 'size-6 text-[0.625rem]', md: 'size-8 text-xs' }

interface AvatarProps {
  person: { name: string; org: Pick<PersonView['org'], 'colour' | 'shortCode'> }
  size?: keyof typeof SIZE
  /** Faded: here, but not active just now. */
  idle?: boolean
  className?: string
}

/** Initials on the agency's colour. Decorative: the name stands beside it or is said by what contains it. */
export function Avatar({ person, size = 'md', idle = false, className = '' }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      data-agency={agencyIndex(person.org.colour)}
      className={`inline-flex shrink-0 select-none items-center justify-center rounded-full bg-agency-solid font-semibold text-white ${SIZE[size]} ${idle ? 'opacity-60' : ''} ${className}`}
    >
      {initialsOf(person.name)}
    </span>
  )
}
