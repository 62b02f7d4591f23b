'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { Time } from '@/app/_components/marks/time'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useFreshProof } from '@/app/_session/use-fresh-proof'
import { ConfirmWidening } from '@/app/_sharing/change/confirm-widening'
import { levelWords } from '@/app/_sharing/rows/level-choices'
import type { Level, Role } from '@/lib/policy/vocabulary'
import type { EndingView, RenewalView } from '@/lib/views/asks/ending'

/** Something that ends soon, with its one click where it is mine to give again. */
export function EndingRow({ ending }: { ending: EndingView }) {
  const { rowId, subject, until, on, renewal, why } = ending
  const name =
    subject.kind === 'person'
      ? subject.person.name
      : subject.kind === 'org'
        ? subject.agency.name
        : subject.name
  return (
    <li
      id={rowId}
      className="flex scroll-mt-20 flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5 target:bg-primary-soft"
    >
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{name}</span>
          <AgencyTag agency={subject.kind === 'person' ? subject.person.org : subject.agency} />
          <span className="text-muted-foreground">{what(ending)}</span>
          {on ? (
            <Link
              href={`/d/${on.documentId}${on.sectionId ? `#${on.sectionId}` : ''}`}
              prefetch={false}
              className="text-primary underline underline-offset-2"
            >
              {on.title}
            </Link>
          ) : null}
        </p>
        <p className="text-sm text-warning">
          Ends <Time at={until} as="minute" />
        </p>
      </div>
      {renewal ? <Renew renewal={renewal} name={name} /> : null}
      {why ? <p className="text-muted-foreground text-sm">{why}</p> : null}
    </li>
  )
}

const what = ({ kind, word }: EndingView): string => {
  switch (kind) {
    case 'membership':
      return `${ROLE_WORDS[word as Role].name.toLowerCase()} here`
    case 'participation':
      return 'takes part here'
    case 'group':
      return `in the group ${word}`
    case 'deny':
      return 'is blocked from'
    default:
      return `${levelWords(word as Level).toLowerCase()}:`
  }
}

function Renew({ renewal, name }: { renewal: RenewalView; name: string }) {
  if (renewal.by === 'sharing') return <RenewSharing renewal={renewal} name={name} />
  return <RenewAtOnce renewal={renewal} name={name} />
}

const Until = ({ until, children }: { until: string; children: ReactNode }) => (
  <span className="flex items-center gap-2">
    {children}
    <span className="text-muted-foreground text-sm">
      until <Time at={until} as="day" />
    </span>
  </span>
)

function RenewAtOnce({ renewal, name }: { renewal: Exclude<RenewalView, { by: 'sharing' }>; name: string }) {
  const api = useApi()
  const client = useQueryClient()
  const after = {
    onSuccess: () => {
      toast({ text: `${name}: renewed.` })
      return client.invalidateQueries()
    },
    onError: toastProblem,
  }
  const membership = useMutation(api.endings.renewMembership.mutationOptions(after))
  const group = useMutation(api.endings.renewGroupMember.mutationOptions(after))
  const renew = () => {
    if (renewal.by === 'membership') membership.mutate({ membershipId: renewal.membershipId })
    else group.mutate({ groupId: renewal.groupId, personId: renewal.personId })
  }
  return (
    <Until until={renewal.until}>
      <Button busy={membership.isPending || group.isPending} onClick={renew} aria-label={`Renew: ${name}`}>
        Renew
      </Button>
    </Until>
  )
}

/** A longer grant gives somebody more: it is looked at and confirmed as every such change is. */
function RenewSharing({ renewal, name }: { renewal: RenewalView & { by: 'sharing' }; name: string }) {
  const api = useApi()
  const client = useQueryClient()
  const proof = useFreshProof()
  const [open, setOpen] = useState(false)
  const { on, change } = renewal
  const preview = useQuery(
    api.sharing.preview.queryOptions(
      { on, change: change as never },
      { enabled: open, gcTime: 0, retry: false },
    ),
  )
  const set = useMutation({
    ...api.sharing.change.mutationOptions(),
    onSuccess: async (outcome) => {
      toast({
        text: outcome.applied
          ? `${name}: renewed.`
          : 'Asked for. It is renewed when the second key is turned.',
      })
      setOpen(false)
      await client.invalidateQueries()
    },
    onError: (error, sent) => {
      if (proof.asks(error, () => set.mutate(sent))) return
      if (problemOf(error).code === 'conflict') void preview.refetch()
    },
  })
  const { data } = preview
  const failed = set.error ? problemOf(set.error) : preview.error ? problemOf(preview.error) : null
  const refused = data !== undefined && !data.allowed ? data.why : null
  return (
    <Until until={renewal.until}>
      <Button
        busy={open && data === undefined && !preview.error}
        onClick={() => setOpen(true)}
        aria-label={`Renew: ${name}`}
      >
        Renew
      </Button>
      {open && data ? (
        <ConfirmWidening
          change={data}
          busy={set.isPending}
          problem={
            failed && !failed.confirm ? (
              <ProblemView problem={failed} />
            ) : refused ? (
              <p className="text-destructive">{refused}</p>
            ) : null
          }
          onCancel={() => setOpen(false)}
          onConfirm={() => {
            if (refused === null) set.mutate({ on, change: change as never, hash: data.hash })
          }}
        />
      ) : null}
      {open && preview.error && failed ? <ProblemView problem={failed} /> : null}
      {proof.window}
    </Until>
  )
}
