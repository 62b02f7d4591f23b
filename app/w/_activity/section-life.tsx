'use client'

import { skipToken, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Field } from '@/app/_components/controls/field'
import { Select } from '@/app/_components/controls/select'
import { useApi } from '@/app/_data/use-api'
import type { ActivityQuery } from '@/app/w/_activity/activity-query'
import { OverTime } from '@/app/w/_activity/chart/over-time'
import { Figure } from '@/app/w/_activity/figure'
import type { ActivityKind } from '@/lib/audit/figures/activity-kinds'
import { stepsIn } from '@/lib/audit/figures/span'
import type { Id } from '@/lib/ids'
import type { RecordChoicesView } from '@/lib/views/record'

interface SectionLifeProps {
  workspaceId: Id
  choices: Pick<RecordChoicesView, 'documents' | 'sections'>
  asked: ActivityQuery
  span: { from?: string; until?: string }
  onAsk(change: Partial<ActivityQuery>): void
  onZoom(from: string, until: string): void
}

const KINDS: readonly ActivityKind[] = ['reads', 'writes', 'policy', 'denied']

export function SectionLife({ workspaceId, choices, asked, span, onAsk, onZoom }: SectionLifeProps) {
  const { sectionId } = asked
  const answer = useQuery(
    useApi().record.sectionLife.queryOptions(
      sectionId === undefined ? skipToken : { workspaceId, sectionId, ...span },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  )
  const steps = useMemo(() => (answer.data ? stepsIn(answer.data.span) : []), [answer.data])
  const title = choices.sections.find(({ id }) => id === sectionId)?.title ?? 'this section'
  return (
    <Figure
      title="One section’s life"
      about="Who opened it, wrote in it and changed who may see it. Drag over the picture to zoom."
      query={answer}
      empty={answer.data?.points.length === 0}
      unasked={sectionId === undefined ? 'Choose a section to see its life' : null}
      choices={
        <Field label="Section">
          {(control) => (
            <Select
              {...control}
              className="w-72"
              value={sectionId ?? ''}
              onChange={({ target }) => onAsk({ sectionId: target.value || undefined })}
              options={[
                { value: '', label: 'Choose a section' },
                ...choices.documents.flatMap((document) =>
                  choices.sections
                    .filter((section) => section.documentId === document.id)
                    .map((section) => ({ value: section.id, label: section.title, group: document.title })),
                ),
              ]}
            />
          )}
        </Field>
      }
    >
      {answer.data && sectionId ? (
        <OverTime
          label={`The life of ${title}`}
          workspaceId={workspaceId}
          filter={{ sectionId }}
          shape="lines"
          kinds={KINDS}
          step={answer.data.span.step}
          steps={steps}
          points={answer.data.points}
          onZoom={onZoom}
        />
      ) : null}
    </Figure>
  )
}
