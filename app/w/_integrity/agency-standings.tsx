import { Card } from '@/app/_components/layout/card'
import { Table, Td, Th } from '@/app/_components/layout/table'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { ago, count } from '@/app/w/_integrity/integrity-words'
import type { AgencyStanding, WitnessStanding } from '@/lib/views/sealing/integrity'

/** On a narrow screen a row is a small card, and its cells say what they are. */
const ROW = 'max-sm:flex max-sm:flex-col max-sm:gap-0.5 max-sm:border-b max-sm:px-3 max-sm:py-2.5'
const CELL = 'max-sm:border-0 max-sm:p-0'

const Label = ({ children }: { children: string }) => (
  <span className="text-muted-foreground sm:hidden">{children}: </span>
)

/** Each agency’s witness: when it was heard, what it has signed, how far it is behind. */
export function AgencyStandings({ agencies, now }: { agencies: readonly AgencyStanding[]; now: number }) {
  return (
    <section aria-labelledby="witnesses-of-record" className="flex flex-col gap-3">
      <h2 id="witnesses-of-record" className="font-semibold text-lg">
        Witnesses
      </h2>
      <Card className="overflow-x-auto">
        <Table>
          <thead className="max-sm:sr-only">
            <tr>
              <Th>Agency</Th>
              <Th>Witness</Th>
              <Th>Last heard</Th>
              <Th>Co-signed last</Th>
              <Th>Behind by</Th>
            </tr>
          </thead>
          <tbody>
            {agencies.flatMap(({ agency, host, witnesses }) =>
              (witnesses.length === 0 ? [null] : witnesses).map((witness) => (
                <tr key={`${agency.id} ${witness?.id}`} className={ROW}>
                  <Td className={CELL}>
                    <AgencyTag agency={agency} withName />
                    {host ? (
                      <span className="block text-muted-foreground text-sm">
                        Keeps the record: its own word does not count
                      </span>
                    ) : null}
                  </Td>
                  {witness === null ? (
                    <Td colSpan={4} className={`text-muted-foreground ${CELL}`}>
                      No witness. An administrator of {agency.name} registers one on the page of their
                      organisation.
                    </Td>
                  ) : (
                    <Standing witness={witness} now={now} />
                  )}
                </tr>
              )),
            )}
          </tbody>
        </Table>
      </Card>
    </section>
  )
}

function Standing({ witness, now }: { witness: WitnessStanding; now: number }) {
  const { name, demonstration, seenAt, signedAt, signedSize, behind } = witness
  return (
    <>
      <Td className={`break-words ${CELL}`}>
        {name}
        {demonstration ? <span className="block text-muted-foreground text-sm">Demonstration</span> : null}
      </Td>
      <Td className={`whitespace-nowrap ${CELL}`}>
        <Label>Last heard</Label>
        {seenAt ? ago(now - Date.parse(seenAt)) : 'Never'}
      </Td>
      <Td className={`whitespace-nowrap ${CELL}`}>
        <Label>Co-signed last</Label>
        {signedAt && signedSize !== null
          ? `${count(signedSize, 'event', 'events')}, ${ago(now - Date.parse(signedAt))}`
          : 'Nothing yet'}
      </Td>
      <Td className={`whitespace-nowrap ${CELL}`}>
        <Label>Behind by</Label>
        {behind === 0 ? 'Nothing' : count(behind, 'event', 'events')}
      </Td>
    </>
  )
}
