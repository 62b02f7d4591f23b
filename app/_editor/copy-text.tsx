'use client'

import type * as Y from 'yjs'
import { Button } from '@/app/_components/controls/button'
import { toast } from '@/app/_components/feedback/toast'
import { plainTextOf } from '@/app/_editor/plain-text'

/** Takes the text of a section that could not be saved to the clipboard, so that nothing typed is lost. */
export function CopyText({ doc }: { doc: Y.Doc }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(plainTextOf(doc))
      toast({ text: 'Copied the text of this section.' })
    } catch {
      toast({ text: 'The browser did not allow copying. Select the text and copy it.', tone: 'problem' })
    }
  }
  return (
    <Button size="sm" onClick={copy}>
      Copy the text
    </Button>
  )
}
