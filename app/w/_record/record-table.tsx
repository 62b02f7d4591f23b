'use client'

import { useState } from 'react'
import { Table, Th } from '@/app/_components/layout/table'
import { RecordRow } from '@/app/w/_record/record-row'
import type { Id } from '@/lib/ids'
import type { RecordFilter, RecordRowView } from '@/lib/views/record'

interface RecordTableProps {
  rows: RecordRowView[]
  filter: RecordFilter
  onFilter: (filter: RecordFilter) => void
}

/** Newest first. Below 768 px each entry is a block of its own. */
export function RecordTable({ rows, filter, onFilter }: RecordTableProps) {
  const [open, setOpen] = useState<ReadonlySet<Id>>(new Set())
  const toggle = (id: Id) => {
    const next = new Set(open)
    if (!next.delete(id)) next.add(id)
    setOpen(next)
  }
  return (
    <div className="rounded-lg border bg-card">
      <Table className="max-md:block">
        <caption className="sr-only">Entries of the record, newest first</caption>
        <thead className="max-md:sr-only">
          <tr>
            <Th className="w-8 pr-0">
              <span className="sr-only">Details</span>
            </Th>
            <Th>Time (UTC)</Th>
            <Th>Who</Th>
            <Th>What</Th>
            <Th>Where</Th>
            <Th>Outcome</Th>
          </tr>
        </thead>
        <tbody className="max-md:block">
          {rows.map((row) => (
            <RecordRow
              key={row.id}
              row={row}
              open={open.has(row.id)}
              onToggle={() => toggle(row.id)}
              filter={filter}
              onFilter={onFilter}
            />
          ))}
        </tbody>
      </Table>
    </div>
  )
}
