'use client'

import { createContext, useContext } from 'react'
import type { DocumentView } from '@/lib/views/document'
import type { PersonView } from '@/lib/views/person'

export interface DocumentContext {
  view: DocumentView
  me: PersonView
  refresh: () => Promise<void>
  show: (change: (view: DocumentView) => DocumentView) => void
  onSignedOut: () => void
}

const Context = createContext<DocumentContext | null>(null)
export const DocumentContextProvider = Context.Provider

/** The open document, for everything below DocumentPage. */
export const useDocumentContext = (): DocumentContext => {
  const found = useContext(Context)
  if (found === null) throw new Error('useDocumentContext outside the document page')
  return found
}
