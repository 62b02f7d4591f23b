/** Witnesses that a demonstration runs itself, in its own process: they prove nothing, and every page says so. */
export const DEMONSTRATION_WITNESS = 'demonstration.invalid/'

export const isOfDemonstration = (name: string): boolean => name.startsWith(DEMONSTRATION_WITNESS)
