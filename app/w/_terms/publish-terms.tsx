'use client'

import { useMutation } from '@tanstack/react-query'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'
import type { TermsView } from '@/lib/views/partnership'

interface PublishTermsProps {
  terms: TermsView
  /** Of the draft as it was saved: another one is not published. */
  hash: string
  open: boolean
  onOpenChange: (open: boolean) => void
  onDone: () => void
}

/** Says who is held out before it happens, and that publishing signs for the host. */
export function PublishTerms({ terms, hash, open, onOpenChange, onDone }: PublishTermsProps) {
  const { workspaceId, host, versions, agencies } = terms
  const version = (versions[0]?.version ?? 0) + 1
  const others = agencies.filter(({ agency }) => agency.id !== host.id)
  const refresh = useRefresh()
  const publish = useMutation(
    useApi().terms.publish.mutationOptions({
      onSuccess: async () => {
        toast({ text: `Version ${version} is in force. ${host.name} has signed it.` })
        await refresh('terms', 'workspaces', 'offers')
        onOpenChange(false)
        onDone()
      },
    }),
  )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Publish version ${version} and sign it for ${host.name}?`}
      confirmLabel="Publish and sign"
      danger={others.length > 0}
      busy={publish.isPending}
      problem={publish.error ? <ProblemView problem={problemOf(publish.error)} /> : null}
      onConfirm={() => publish.mutate({ workspaceId, hash })}
    >
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>You sign it for {host.name} in the same act: your name, the time and the text go on record.</li>
        {others.length === 0 ? null : (
          <li>
            {others.map(({ agency }) => agency.name).join(', ')} {others.length === 1 ? 'is' : 'are'} held out
            at once and until a lead of each has signed. What is open on their screens closes. Their leads and
            administrators are told.
          </li>
        )}
        <li>A published version cannot be changed or taken back, only followed by another.</li>
      </ul>
    </ConfirmDialog>
  )
}
