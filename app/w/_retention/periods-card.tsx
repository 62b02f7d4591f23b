'use client'

import { Button } from '@/app/_components/controls/button'
import { Row, Section } from '@/app/account/section'
import { periodWords } from '@/app/w/_retention/period-words'
import type { PeriodsView, RetentionView } from '@/lib/views/retention/retention'

interface PeriodsCardProps {
  view: RetentionView
  onChoose: (periods: PeriodsView) => void
}

/** The periods that can be chosen; the one in force is marked. */
export function PeriodsCard({ view: { periods, presets }, onChoose }: PeriodsCardProps) {
  const total = (one: PeriodsView) => one.searchableMonths + one.coldMonths
  return (
    <Section
      title="Periods"
      about="Keeping longer holds at once. Keeping shorter takes an auditor of another agency as well."
    >
      {presets.map((preset) => {
        const inForce =
          preset.searchableMonths === periods.searchableMonths && preset.coldMonths === periods.coldMonths
        return (
          <Row
            key={`${preset.searchableMonths}+${preset.coldMonths}`}
            actions={
              inForce ? (
                <span className="rounded-sm bg-primary-soft px-2 py-0.5 font-medium text-sm">In force</span>
              ) : (
                <Button size="sm" onClick={() => onChoose(preset)}>
                  {total(preset) < total(periods) ? 'Ask to keep shorter' : 'Keep longer'}
                </Button>
              )
            }
          >
            {periodWords(preset)}
          </Row>
        )
      })}
    </Section>
  )
}
