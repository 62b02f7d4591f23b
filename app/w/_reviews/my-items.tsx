'use client'

import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { Time } from '@/app/_components/marks/time'
import { EndItems } from '@/app/w/_reviews/end-items'
import { ItemSubject, nameOf, whatOf } from '@/app/w/_reviews/item-words'
import { useAnswer } from '@/app/w/_reviews/use-answer'
import type { Id } from '@/lib/ids'
import type { ReviewView } from '@/lib/views/asks/review'

/** What waits for my answer: one by one, or many at once. */
export function MyItems({ review }: { review: ReviewView }) {
  const mine = review.items.filter(({ can, decision }) => can.answer && decision === null)
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set())
  const [ending, setEnding] = useState<Id[]>([])
  const answer = useAnswer(review.id)
  if (mine.length === 0) return null
  const picked = mine.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
  const all = picked.length === mine.length
  const toggle = (id: Id) =>
    setChosen((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]))
  return (
    <section aria-labelledby="mine" className="print:hidden">
      <h2 id="mine" className="mb-2 font-semibold text-lg">
        For you to answer
      </h2>
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Checkbox
          label="All of them"
          checked={all}
          onChange={() => setChosen(new Set(all ? [] : mine.map(({ id }) => id)))}
        />
        <Button
          variant="primary"
          busy={answer.busy}
          disabledWhy={picked.length === 0 ? 'Choose some first.' : null}
          onClick={() => answer.confirm(picked)}
        >
          Confirm {picked.length > 0 ? picked.length : 'chosen'}
        </Button>
        <Button
          disabledWhy={picked.length === 0 ? 'Choose some first.' : null}
          onClick={() => setEnding(picked)}
        >
          End {picked.length > 0 ? picked.length : 'chosen'}
        </Button>
      </div>
      <ul className="divide-y rounded-lg border bg-card">
        {mine.map((item) => (
          <li key={item.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2.5">
            <Checkbox
              label={<span className="sr-only">{`Choose ${nameOf(item)}, ${whatOf(item)}`}</span>}
              checked={chosen.has(item.id)}
              onChange={() => toggle(item.id)}
            />
            <div className="min-w-0 flex-1 basis-56">
              <ItemSubject item={item} />
              <p className="text-muted-foreground text-sm">
                {whatOf(item)} · since <Time at={item.since} as="day" />
                {item.until ? (
                  <>
                    , ends <Time at={item.until} as="day" />
                  </>
                ) : null}
              </p>
            </div>
            <Button
              aria-label={`Confirm ${nameOf(item)}, ${whatOf(item)}`}
              onClick={() => answer.confirm([item.id])}
            >
              Confirm
            </Button>
            <Button aria-label={`End ${nameOf(item)}, ${whatOf(item)}`} onClick={() => setEnding([item.id])}>
              End
            </Button>
          </li>
        ))}
      </ul>
      {ending.length > 0 ? (
        <EndItems
          reviewId={review.id}
          items={mine.filter(({ id }) => ending.includes(id))}
          onClose={() => setEnding([])}
        />
      ) : null}
    </section>
  )
}
