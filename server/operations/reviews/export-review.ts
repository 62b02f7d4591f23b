import { csvOf } from '@/lib/csv'
import type { Id } from '@/lib/ids'
import type { ReviewItemView, ReviewView } from '@/lib/views/asks/review'
import { reviewView } from '@/server/operations/reviews/get-review'
import type { Operation } from '@/server/operations/run-operation'

export interface ReviewFile {
  name: string
  type: string
  text: string
}

/** Asks: what looking at it asks. The result as a file, on record each time it leaves. */
export const exportReview: Operation<{ reviewId: Id; format: 'csv' | 'json' }, ReviewFile> = {
  event: 'review.exported',
  async run(context, { reviewId, format }) {
    const { view } = await reviewView(context, reviewId)
    context.record({
      object: { workspaceId: view.workspaceId, targetId: reviewId },
      volume: { items: view.items.length },
      details: { format },
    })
    const day = context.at.toISOString().slice(0, 10)
    const name = `review-${day}.${format}`
    if (format === 'csv') return { name, type: 'text/csv;charset=utf-8', text: csvOf(csvRows(view)) }
    return { name, type: 'application/json', text: `${JSON.stringify(fileOf(view), null, 2)}\n` }
  },
}

const HEAD = [
  'agency',
  'kind',
  'who',
  'of',
  'role or level',
  'on',
  'since',
  'until',
  'decision',
  'decided by',
  'decided at',
  'note',
]

const csvRows = ({ items }: ReviewView) => [
  HEAD,
  ...items.map((item) => [
    item.agency.name,
    item.kind,
    nameOf(item),
    orgOf(item),
    item.word,
    item.kind === 'membership' ? '' : (item.on?.title ?? 'the whole workspace'),
    item.since,
    item.until ?? '',
    item.decision ?? 'open',
    item.decidedBy?.name ?? '',
    item.decidedAt ?? '',
    item.note ?? '',
  ]),
]

/** What was decided, without what this reader could click. */
const fileOf = ({ items, can: _can, mine: _mine, ...review }: ReviewView) => ({
  ...review,
  items: items.map(({ can: _one, ...item }) => item),
})

const nameOf = ({ subject }: ReviewItemView): string => {
  if (subject.kind === 'person') return subject.person.name
  return subject.kind === 'org' ? subject.agency.name : subject.name
}

const orgOf = ({ subject }: ReviewItemView): string =>
  subject.kind === 'person' ? subject.person.org.name : subject.agency.name
