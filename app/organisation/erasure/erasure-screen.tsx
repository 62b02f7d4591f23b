'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { UserX } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { announce } from '@/app/_components/feedback/announce'
import { Empty } from '@/app/_components/feedback/empty'
import { Time } from '@/app/_components/marks/time'
import { useApi } from '@/app/_data/use-api'
import { HoldsList } from '@/app/_holds/holds-list'
import { PlaceHoldDialog } from '@/app/_holds/place-hold-dialog'
import { Row, Section } from '@/app/account/section'
import { EraseDialog } from '@/app/organisation/erasure/erase-dialog'
import { wouldBeGone } from '@/app/organisation/erasure/would-be-gone'
import type { ErasablePersonView, ErasureView } from '@/lib/views/retention/erasure'

/** A person, or (null) the whole organisation. */
type Subject = { personId: string | null; name: string }

/** For administrators: who has left, what would be gone, what is held back, who was erased. */
export function ErasureScreen({ initial, organisation }: { initial: ErasureView; organisation: string }) {
  const api = useApi()
  const { data, refetch } = useQuery(api.erasure.list.queryOptions(undefined, { initialData: initial }))
  const [erasing, setErasing] = useState<ErasablePersonView | null>(null)
  const [holding, setHolding] = useState<Subject | null>(null)
  const place = useMutation(api.holds.placeOwn.mutationOptions())
  const { people, erased, holds } = data
  return (
    <>
      {people.length === 0 ? (
        <Empty icon={<UserX />} title="Nobody has left">
          People of {organisation} who are suspended stand here. Suspend a person under People and groups
          first.
        </Empty>
      ) : (
        <Section
          title={`People who have left ${organisation}`}
          about="They are suspended and cannot sign in. Reinstating is possible until they are erased."
        >
          {people.map((person) => (
            <Row
              key={person.id}
              actions={
                <>
                  <Button size="sm" onClick={() => setHolding({ personId: person.id, name: person.name })}>
                    Place a hold
                  </Button>
                  <Button
                    size="sm"
                    variant="danger"
                    disabledWhy={
                      person.hold ? `A legal hold stands in the way. Ask ${person.hold.ask}.` : null
                    }
                    onClick={() => setErasing(person)}
                  >
                    Erase
                  </Button>
                </>
              }
            >
              <p className="break-words font-medium">{person.name}</p>
              <p className="break-words text-muted-foreground text-sm">{person.email}</p>
              <p className="text-sm">{wouldBeGone(person)}</p>
              {person.hold ? (
                <p className="break-words text-sm text-warning">
                  Held back by a legal hold. Ask {person.hold.ask}.{' '}
                  <span className="break-all font-mono text-xs">{person.hold.id}</span>
                </p>
              ) : null}
            </Row>
          ))}
        </Section>
      )}
      <Section
        title="Legal holds"
        about="Nothing of what is held is erased or dropped. Holds that auditors of a workspace have placed stand on its retention page."
        action={
          <Button onClick={() => setHolding({ personId: null, name: organisation })}>
            Hold all of {organisation}
          </Button>
        }
      >
        {holds.length === 0 ? <Row>No hold of {organisation} is in force.</Row> : null}
        <HoldsList holds={holds} onDone={refetch} />
      </Section>
      {erased.length === 0 ? null : (
        <Section title="Erased" about="Nobody knows any more who they were. The ids stand on record.">
          {erased.map(({ id, at }) => (
            <Row key={id}>
              <p>
                Erased on <Time at={at} />
              </p>
              <p className="break-all font-mono text-muted-foreground text-xs">{id}</p>
            </Row>
          ))}
        </Section>
      )}
      <EraseDialog
        person={erasing}
        onClose={() => setErasing(null)}
        onDone={async () => {
          setErasing(null)
          await refetch()
          announce('Erased for ever.')
        }}
      />
      <PlaceHoldDialog
        subject={holding?.name ?? null}
        onClose={() => setHolding(null)}
        onPlace={async (reason) => {
          if (holding === null) return
          await place.mutateAsync({ personId: holding.personId, reason })
          await refetch()
          announce('The hold is placed.')
        }}
      />
    </>
  )
}
