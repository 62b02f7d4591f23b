'use client'

import { useQuery } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { useState } from 'react'
import { Empty } from '@/app/_components/feedback/empty'
import { useApi } from '@/app/_data/use-api'

import { EndWitnessDialog } from '@/app/_organisation/witnesses/end-witness-dialog'
import { HowTo } from '@/app/_organisation/witnesses/how-to'
import { WitnessCard } from '@/app/_organisation/witnesses/witness-card'
import type { WitnessesView, WitnessView } from '@/lib/views/sealing/witness'

/** The witnesses of one's own agency: how they are now, and how to run one. */
export function WitnessesScreen({ initial }: { initial: WitnessesView }) {
  const api = useApi()
  const { data, refetch } = useQuery(
    api.witnesses.list.queryOptions(undefined, { initialData: initial, refetchInterval: 10_000 }),
  )
  const [ending, setEnding] = useState<WitnessView | null>(null)
  return (
    <>
      {data.witnesses.length === 0 ? (
        <Empty icon={<Eye />} title="No witness yet">
          Without one, your agency has to take the host’s word that nothing was taken out of the record. It
          takes two commands on any machine that is always on and can reach this site.
        </Empty>
      ) : (
        <ul className="flex flex-col gap-3">
          {data.witnesses.map((witness) => (
            <li key={witness.id}>
              <WitnessCard witness={witness} onEnd={() => setEnding(witness)} />
            </li>
          ))}
        </ul>
      )}
      <HowTo host={data.host} logKeys={data.logKeys} onRegistered={() => void refetch()} />
      <EndWitnessDialog
        witness={ending}
        onClose={() => setEnding(null)}
        onEnded={() => {
          setEnding(null)
          void refetch()
        }}
      />
    </>
  )
}
