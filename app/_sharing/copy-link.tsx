'use client'

import { Link2 } from 'lucide-react'
import { Button } from '@/app/_components/controls/button'
import { toast } from '@/app/_components/feedback/toast'
import type { SharingView } from '@/lib/views/sharing'

/** The address, and nothing with it: whoever opens it sees what they could see without it. */
export function CopyLink({ view: { on, documentId } }: { view: SharingView }) {
  const copy = async () => {
    const address = `${location.origin}/d/${documentId}${'sectionId' in on ? `#${on.sectionId}` : ''}`
    try {
      await navigator.clipboard.writeText(address)
      toast({
        text: 'The link is copied. It gives nobody access: who cannot see it now cannot see it by the link.',
      })
    } catch {
      toast({
        tone: 'problem',
        text: `The browser did not allow copying. The address is ${address}`,
        seconds: 20,
      })
    }
  }
  return (
    <Button onClick={() => void copy()} title="Gives nobody access">
      <Link2 aria-hidden />
      Copy link
    </Button>
  )
}
