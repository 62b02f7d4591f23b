'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { announce } from '@/app/_components/feedback/announce'
import { later, useLater } from '@/app/_components/overlays/parts/later'
import { useApi } from '@/app/_data/use-api'
import { HoldsList } from '@/app/_holds/holds-list'
import { Row, Section } from '@/app/account/section'
import { type Act, ActDialog } from '@/app/w/_retention/act-dialog'
import { PeriodsCard } from '@/app/w/_retention/periods-card'
import { RequestRows } from '@/app/w/_retention/request-rows'
import { SegmentsTable } from '@/app/w/_retention/segments-table'
import type { RetentionView } from '@/lib/views/retention/retention'

const placeHoldHere = later(() => import('@/app/w/_retention/place-hold-here'))

/** For auditors: how long, what waits for a second agency, what is held, each month. */
export function RetentionScreen({ workspaceId, initial }: { workspaceId: string; initial: RetentionView }) {
  const api = useApi()
  const { data, refetch } = useQuery(
    api.retention.get.queryOptions({ workspaceId }, { initialData: initial }),
  )
  const [act, setAct] = useState<Act | null>(null)
  const [holding, setHolding] = useState(false)
  const part = useLater(placeHoldHere, holding, () => setHolding(false))
  return (
    <div className="flex flex-col gap-8">
      <PeriodsCard view={data} onChoose={(periods) => setAct({ kind: 'periods', periods })} />
      {data.requests.length > 0 ? (
        <Section
          title="Waiting for a second agency"
          about="An auditor of another agency than the one that asked agrees within 72 hours, or nothing happens."
        >
          <RequestRows
            requests={data.requests}
            onAgree={(request) => setAct({ kind: 'agree', request })}
            onDecline={(request) => setAct({ kind: 'decline', request })}
          />
        </Section>
      ) : null}
      <Section
        title="Legal holds"
        about="While one is in force nothing of this record is dropped, and nobody it concerns is erased."
        action={<Button onClick={() => setHolding(true)}>Place a hold</Button>}
      >
        {data.holds.length === 0 ? <Row>No hold that was placed here is in force.</Row> : null}
        <HoldsList holds={data.holds} onDone={refetch} />
      </Section>
      <SegmentsTable
        segments={data.segments}
        onBack={(segment) => setAct({ kind: 'back', segment })}
        onDrop={(segment) => setAct({ kind: 'drop', segment })}
      />
      <ActDialog
        workspaceId={workspaceId}
        act={act}
        onClose={() => setAct(null)}
        onDone={async (said) => {
          setAct(null)
          await refetch()
          announce(said)
        }}
      />
      {part && holding ? (
        <part.PlaceHoldHere
          workspaceId={workspaceId}
          onClose={() => setHolding(false)}
          onPlaced={async () => {
            await refetch()
            announce('The hold is placed.')
          }}
        />
      ) : null}
    </div>
  )
}
