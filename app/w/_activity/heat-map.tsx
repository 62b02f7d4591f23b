'use client'

import { useQuery } from '@tanstack/react-query'
import { Table, Td, Th } from '@/app/_components/layout/table'
import { agencyIndex } from '@/app/_components/marks/agency-palette'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { useApi } from '@/app/_data/use-api'
import { Amount } from '@/app/w/_activity/chart/counts-table'
import { Figure } from '@/app/w/_activity/figure'
import { rowsLink } from '@/app/w/_activity/rows-link'
import type { Id } from '@/lib/ids'
import type { HeatMapView } from '@/lib/views/figures/activity'

interface HeatMapProps {
  workspaceId: Id
  span: { from?: string; until?: string }
}

/** Which agencies' people had to do with which documents. The table is the picture: its cells are coloured by their numbers. */
export function HeatMap({ workspaceId, span }: HeatMapProps) {
  const map = useQuery(
    useApi().record.heatMap.queryOptions({ workspaceId, ...span }, { staleTime: Number.POSITIVE_INFINITY }),
  )
  return (
    <Figure
      title="Agencies and documents"
      about="Entries about each document in this time, by the agency of who acted. The darker, the more."
      query={map}
      empty={map.data?.cells.length === 0}
    >
      {map.data ? <Cells workspaceId={workspaceId} map={map.data} /> : null}
    </Figure>
  )
}

function Cells({ workspaceId, map }: { workspaceId: Id; map: HeatMapView }) {
  const { orgs, documents, cells, span, more } = map
  const events = new Map(cells.map((cell) => [`${cell.documentId} ${cell.orgId}`, cell.events]))
  const most = Math.max(...cells.map((cell) => cell.events), 1)
  return (
    <>
      <section
        aria-label="Agencies and documents, as numbers"
        className="relative overflow-x-auto rounded-md border"
      >
        <Table>
          <caption className="sr-only">Entries about each document, by agency</caption>
          <thead>
            <tr>
              <Th>Document</Th>
              {orgs.map((org) => (
                <Th key={org.id} className="text-center">
                  <AgencyTag agency={org} />
                  <span className="sr-only">{org.name}</span>
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {documents.map((document) => (
              <tr key={document.id}>
                <th scope="row" className="min-w-40 max-w-80 border-b px-3 py-1.5 text-left font-normal">
                  {document.title}
                </th>
                {orgs.map((org) => {
                  const value = events.get(`${document.id} ${org.id}`) ?? 0
                  return (
                    <Td
                      key={org.id}
                      data-agency={agencyIndex(org.colour)}
                      className="h-10 min-w-16 border-l p-0 text-center tabular-nums"
                      style={{ background: heatOf(value, most) }}
                    >
                      <Amount
                        value={value}
                        onColour
                        href={rowsLink(workspaceId, {
                          documentId: document.id,
                          orgId: org.id,
                          from: span.from,
                          until: span.until,
                        })}
                        of={`${document.title}, ${org.name}`}
                      />
                    </Td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </Table>
      </section>
      {more > 0 ? (
        <p className="text-muted-foreground text-sm">
          {more} more {more === 1 ? 'document has' : 'documents have'} fewer entries and{' '}
          {more === 1 ? 'is' : 'are'} not shown. Choose a document in the entries’ filters to see them.
        </p>
      ) : null}
    </>
  )
}

/** Square root, so that small numbers can still be told from none. At most so dark that the number stays readable (4.5:1). */
const DARKEST = 32
const heatOf = (value: number, most: number): string | undefined =>
  value === 0
    ? undefined
    : `color-mix(in srgb, var(--agency-solid) ${Math.round(4 + (DARKEST - 4) * Math.sqrt(value / most))}%, var(--card))`
