'use client'

import { useSyncExternalStore } from 'react'
import type { ThemeChoice } from '@/app/_components/shell/theme-cookie'
import { isThemeChoice, THEME_COOKIE } from '@/app/_components/shell/theme-cookie'

const YEAR = 31_536_000

/** Applies a choice at once and remembers it on this device. */
export const chooseTheme = (choice: ThemeChoice): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we support
  document.cookie = `${THEME_COOKIE}=${choice}; path=/; max-age=${YEAR}; samesite=lax`
  document.documentElement.dataset.theme = choice
}

const watch = (changed: () => void): (() => void) => {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    system.removeEventListener('change', changed)
  }
}

const chosen = (): ThemeChoice => {
  const value = document.documentElement.dataset.theme
  return isThemeChoice(value) ? value : 'system'
}

/** What was chosen: the system's own, light or dark. */
export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(watch, chosen, () => 'system')

/** What is on screen; "light" while the server renders. */
export const useTheme = (): 'light' | 'dark' =>
  useSyncExternalStore(
    watch,
    () => {
      const choice = chosen()
      if (choice !== 'system') return choice
      return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
    },
    () => 'light',
  )
