import { Table, Td, Th } from '@/app/_components/layout/table'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import { DECISIONS } from '@/app/w/_reviews/decision-words'
import { ItemSubject, whatOf } from '@/app/w/_reviews/item-words'
import type { ReviewItemView } from '@/lib/views/asks/review'

/** Every item that I may know of, with who decided when: the result for the file. */
export function AllItems({ items, unseen }: { items: readonly ReviewItemView[]; unseen: number }) {
  return (
    <section aria-labelledby="all-items">
      <h2 id="all-items" className="mb-2 font-semibold text-lg">
        All items
      </h2>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard too
        tabIndex={0}
        aria-label="All items"
        className="overflow-x-auto rounded-lg border bg-card print:border-0"
      >
        <Table>
          <thead>
            <tr>
              <Th>Answers</Th>
              <Th>Who</Th>
              <Th>What</Th>
              <Th>Decision</Th>
              <Th>By, when</Th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.id} className="break-inside-avoid">
                <Td>
                  <AgencyTag agency={item.agency} />
                </Td>
                <Td>
                  <ItemSubject item={item} />
                </Td>
                <Td>{whatOf(item)}</Td>
                <Td>
                  {DECISIONS[item.decision ?? 'open']}
                  {item.own ? ' (about themselves: there was no other lead)' : ''}
                  {item.note ? <p className="text-muted-foreground text-sm">{item.note}</p> : null}
                </Td>
                <Td>
                  {item.decidedBy ? `${item.decidedBy.name}, ` : ''}
                  {item.decidedAt ? <Time at={item.decidedAt} as="minute" /> : null}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </section>
      {unseen > 0 ? (
        <p className="mt-2 text-muted-foreground">
          {unseen === 1 ? 'One more is' : `${unseen} more are`} about things that are not shown to you. They
          count above.
        </p>
      ) : null}
    </section>
  )
}
