import { Table, Td, Th } from '@/app/_components/layout/table'
import { capital } from '@/app/w/_record/plain-words'
import type { RecordEventView } from '@/lib/views/desk'

/** What was and what is, line by line: as words, not by colour alone. */
export function Changes({ changes }: { changes: RecordEventView['changes'] }) {
  return (
    <Table>
      <thead className="max-sm:sr-only">
        <tr>
          <Th>What</Th>
          <Th>Before</Th>
          <Th>After</Th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ name, before, after }) => (
          <tr key={name} className="max-sm:flex max-sm:flex-col max-sm:border-b max-sm:py-1.5">
            <Td className="break-words text-muted-foreground max-sm:border-0 max-sm:p-0">{capital(name)}</Td>
            <Td className="break-words max-sm:border-0 max-sm:p-0">
              <span className="text-muted-foreground text-sm sm:hidden">Before: </span>
              {before === null ? (
                <span className="text-muted-foreground">–</span>
              ) : (
                <del className="rounded-sm bg-destructive-soft px-1 decoration-1">{before}</del>
              )}
            </Td>
            <Td className="break-words max-sm:border-0 max-sm:p-0">
              <span className="text-muted-foreground text-sm sm:hidden">After: </span>
              {after === null ? (
                <span className="text-muted-foreground">–</span>
              ) : (
                <ins className="rounded-sm bg-success-soft px-1 no-underline">{after}</ins>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
