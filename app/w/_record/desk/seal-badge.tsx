import { ShieldCheck } from 'lucide-react'
import Link from 'next/link'
import type { Id } from '@/lib/ids'

/** Until when other agencies have co-signed the record; how that stands is told by the page of its integrity. */
export function SealBadge({ workspaceId, sealedAt }: { workspaceId: Id; sealedAt: string | null }) {
  return (
    <Link
      href={`/w/${workspaceId}/record/integrity`}
      prefetch={false}
      title={sealedAt ? `Sealed at ${sealedAt}` : undefined}
      className={`inline-flex min-h-7 items-center gap-1.5 rounded-full border px-2.5 text-sm hover:border-primary pointer-coarse:min-h-10 ${sealedAt ? 'border-success/40 bg-success-soft' : 'text-muted-foreground'}`}
    >
      <ShieldCheck aria-hidden className="size-4" />
      {sealedAt ? `Sealed ${sealedAt.slice(11, 16)} UTC` : 'Not sealed yet'}
    </Link>
  )
}
