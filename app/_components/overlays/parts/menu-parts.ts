'use client'

import { createContext, use } from 'react'

/** Items are written where the menu is, and live only inside the open one, which hands them its parts. */
export const MenuParts = createContext<typeof import('radix-ui/dropdown-menu') | null>(null)

/** @throws Error when an item stands outside a menu: a mistake of the program */
export const useParts = () => {
  const parts = use(MenuParts)
  if (parts === null) throw new Error('A menu item stands outside a menu.')
  return parts
}
