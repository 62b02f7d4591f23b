'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { WANTED, type Wanted, wantedOr } from '@/app/_asks/wanted'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Select } from '@/app/_components/controls/select'
import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { toast } from '@/app/_components/feedback/toast'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useFreshProof } from '@/app/_session/use-fresh-proof'
import { ChangeList } from '@/app/_sharing/change/change-list'
import { needsRelease } from '@/app/_sharing/change/change-words'
import { KeysNeeded } from '@/app/_sharing/change/keys-needed'
import { UntilInput } from '@/app/_sharing/rows/until-input'
import type { RequestView } from '@/lib/views/asks/request'

/** Approves a request, as much as was asked or less, after a look at exactly what that would change. */
export function ApproveDialog({ request, onClose }: { request: RequestView; onClose: () => void }) {
  const api = useApi()
  const client = useQueryClient()
  const proof = useFreshProof()
  const [level, setLevel] = useState<Wanted>(wantedOr(request.level))
  const [until, setUntil] = useState(request.until)
  const given = { requestId: request.id, level, until }
  const preview = useQuery(
    api.requests.preview.queryOptions(given, {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      retry: false,
    }),
  )
  const approve = useMutation({
    ...api.requests.approve.mutationOptions(),
    onSuccess: async (outcome) => {
      toast({
        text: outcome.applied
          ? `${request.person.name} can open it now.`
          : 'Approved. It opens when the second key is turned.',
      })
      await client.invalidateQueries()
      onClose()
    },
    onError: (error, sent) => {
      if (proof.asks(error, () => approve.mutate(sent))) return
      if (problemOf(error).code === 'conflict') void preview.refetch()
    },
  })
  const { data } = preview
  const failed = approve.error ? problemOf(approve.error) : preview.error ? problemOf(preview.error) : null
  const why =
    data === undefined
      ? 'Working out what it would change.'
      : (data.why ?? (data.preview.allowed ? null : data.preview.why))
  const waits = data !== undefined && needsRelease(data.preview)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Give ${request.person.name} access to “${request.on.title}”?`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={approve.isPending}
            disabledWhy={why}
            onClick={() => {
              if (data) approve.mutate({ ...given, hash: data.preview.hash })
            }}
          >
            {waits ? 'Approve and ask for the release' : 'Approve'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <blockquote className="whitespace-pre-wrap break-words border-l-2 pl-3">{request.reason}</blockquote>
        <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
          <Field label="What they get">
            {(control) => (
              <Select
                {...control}
                value={level}
                options={WANTED.map(({ value, label }) => ({ value, label }))}
                onChange={(event) => setLevel(event.target.value as Wanted)}
              />
            )}
          </Field>
          <UntilInput whom={request.person.name} until={until} onUntil={setUntil} />
        </div>
        {data === undefined && failed === null ? <SkeletonLines lines={3} /> : null}
        {data?.why ? (
          <Notice tone="warn" role="alert" title="This would not be enough">
            {data.why}
          </Notice>
        ) : null}
        {data ? (
          <>
            <ChangeList title="Would gain" tone="gain" rows={data.preview.gain} />
            <ChangeList title="Would lose" tone="lose" rows={data.preview.lose} />
            {data.preview.gain.length === 0 && data.preview.lose.length === 0 ? (
              <p className="text-muted-foreground">Nobody gains or loses access by this.</p>
            ) : null}
            {waits ? <KeysNeeded keys={data.preview.keys} /> : null}
          </>
        ) : null}
        {failed && !failed.confirm ? <ProblemView problem={failed} /> : null}
      </div>
      {proof.window}
    </Dialog>
  )
}
