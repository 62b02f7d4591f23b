'use client'

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { type LiveSection, LiveSections } from '@/app/_editor/live-sections'
import type { Id } from '@/lib/ids'

const Context = createContext<LiveSections | null>(null)

/** Holds the state of a document's connections. Leaving the page with something unsaved asks first. */
export function LiveSectionsProvider({ children }: { children: ReactNode }) {
  const [sections] = useState(() => new LiveSections())
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (sections.anyUnsaved()) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [sections])
  return <Context value={sections}>{children}</Context>
}

export const useLiveSections = (): LiveSections => {
  const sections = useContext(Context)
  if (sections === null) throw new Error('useLiveSections outside LiveSectionsProvider')
  return sections
}

export const useLiveSection = (id: Id): LiveSection => {
  const sections = useLiveSections()
  const read = () => sections.get(id)
  return useSyncExternalStore(sections.subscribe, read, read)
}

export const useAnyLost = (): boolean => {
  const sections = useLiveSections()
  return useSyncExternalStore(
    sections.subscribe,
    () => sections.anyLost(),
    () => false,
  )
}

export const useAnyUnsaved = (): boolean => {
  const sections = useLiveSections()
  return useSyncExternalStore(
    sections.subscribe,
    () => sections.anyUnsaved(),
    () => false,
  )
}

/** Sections that were closed for me while I looked, with why. */
export const useDepartures = (): ReadonlyMap<Id, string> => {
  const sections = useLiveSections()
  const read = () => sections.departures()
  return useSyncExternalStore(sections.subscribe, read, read)
}
