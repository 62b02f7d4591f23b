import { Table, Td, Th } from '@/app/_components/layout/table'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import type { ReviewProgress } from '@/lib/views/asks/review'

/** How far each agency is, for every lead to see. */
export function ProgressTable({ progress }: { progress: readonly ReviewProgress[] }) {
  return (
    <section aria-labelledby="progress">
      <h2 id="progress" className="mb-2 font-semibold text-lg">
        By agency
      </h2>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard too
        tabIndex={0}
        aria-label="Progress by agency"
        className="overflow-x-auto rounded-lg border bg-card"
      >
        <Table className="tabular-nums">
          <thead>
            <tr>
              <Th>Agency</Th>
              <Th>All</Th>
              <Th>Open</Th>
              <Th>Confirmed</Th>
              <Th>Ended</Th>
              <Th>Ended by silence</Th>
              <Th>Kept</Th>
              <Th>Had ended</Th>
            </tr>
          </thead>
          <tbody>
            {progress.map(({ agency, ...counts }) => (
              <tr key={agency.id}>
                <Td>
                  <AgencyTag agency={agency} withName />
                </Td>
                <Td>{counts.all}</Td>
                <Td className={counts.open > 0 ? 'font-semibold' : ''}>{counts.open}</Td>
                <Td>{counts.confirmed}</Td>
                <Td>{counts.ended}</Td>
                <Td>{counts.lapsed}</Td>
                <Td>{counts.kept}</Td>
                <Td>{counts.gone}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </section>
    </section>
  )
}
