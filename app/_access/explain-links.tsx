'use client'

import { Eye, MessageCircleQuestion } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { AccessDialog } from '@/app/_access/access-dialog'
import { Button } from '@/app/_components/controls/button'
import { buttonClass } from '@/app/_components/controls/button-class'
import type { Id } from '@/lib/ids'
import type { SharingRef } from '@/lib/views/sharing'

interface ExplainLinksProps {
  on: SharingRef
  title: string
  documentId: Id
  mayViewAs: boolean
}

/** Beside who can see it: why they can, since when, and what somebody else would see. */
export function ExplainLinks({ on, title, documentId, mayViewAs }: ExplainLinksProps) {
  const [asking, setAsking] = useState(false)
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setAsking(true)}>
        <MessageCircleQuestion aria-hidden />
        Who, why and since when …
      </Button>
      {mayViewAs ? (
        <Link href={`/d/${documentId}/as`} prefetch={false} className={buttonClass()}>
          <Eye aria-hidden />
          View as …
        </Link>
      ) : null}
      {asking ? <AccessDialog on={on} title={title} onClose={() => setAsking(false)} /> : null}
    </div>
  )
}
