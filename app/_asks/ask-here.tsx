'use client'

import { useQuery } from '@tanstack/react-query'
import { MailQuestion } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useState, useSyncExternalStore } from 'react'
import { AskForm } from '@/app/_asks/ask-form'
import { Asked } from '@/app/_asks/asked'
import { Button } from '@/app/_components/controls/button'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const never = () => () => {}

/**
 * On the page of what is hidden or missing: asks for the last id of the address, a section's before its document's. Goes by
 * the address and by one's own requests alone, so that it looks the same whatever is behind it.
 */
export function AskHere() {
  const path = usePathname()
  const hash = useSyncExternalStore(
    never,
    () => location.hash,
    () => '',
  )
  const askedFor = `${path}${hash}`.match(ID)?.at(-1)
  return askedFor === undefined ? null : <AskFor askedFor={askedFor} />
}

function AskFor({ askedFor }: { askedFor: Id }) {
  const [open, setOpen] = useState(false)
  const mine = useQuery(useApi().requests.mine.queryOptions(undefined, { retry: false }))
  if (mine.data === undefined) return null
  const request = mine.data.find(
    (one) => one.askedFor === askedFor && (one.state === 'pending' || one.state === 'waiting'),
  )
  if (request) return <Asked request={request} />
  if (!open)
    return (
      <p>
        <Button onClick={() => setOpen(true)}>
          <MailQuestion aria-hidden />
          Ask for access
        </Button>
      </p>
    )
  return (
    <section aria-labelledby="ask" className="flex flex-col gap-3 rounded-lg border bg-card p-4">
      <h2 id="ask" className="font-semibold">
        Ask for access
      </h2>
      <p className="text-muted-foreground">
        If the address is right and you can be given access, those who decide about it will hear of you.
      </p>
      <AskForm askedFor={askedFor} onAsked={() => setOpen(false)} />
    </section>
  )
}
