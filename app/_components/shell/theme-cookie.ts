/** Read by the root layout before the first byte, so that no page flashes in the wrong colours. Not a secret. */
export const THEME_COOKIE = 'liaison_theme'

const CHOICES = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof CHOICES)[number]

export const isThemeChoice = (value: string | undefined): value is ThemeChoice =>
  CHOICES.some((choice) => choice === value)
