import type { Facts, Source } from '@/lib/policy/facts'
import { inForce } from '@/lib/policy/validity'

const NONE: readonly Source[] = []

/** The sources whose limits hold for the section now. Costs nothing where there are none. */
export const sourcesInForce = ({ section, at }: Pick<Facts, 'section' | 'at'>): readonly Source[] =>
  section === null || section.sources.length === 0
    ? NONE
    : section.sources.filter(({ validity }) => inForce(validity, at))
