'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Select } from '@/app/_components/controls/select'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { type DocumentNode, idsBelow, treeOf } from '@/app/_components/shell/document-tree'
import { type Problem, problemOf } from '@/app/_data/problem'
import type { MoveDialogProps } from '@/app/w/_documents/move-dialog'

const TOP = 'top'

/** Every place as an option, set in by depth; with no-break spaces, because options cannot be styled everywhere. */
const placesOf = (nodes: DocumentNode[], depth = 1): { value: string; label: string; disabled?: boolean }[] =>
  nodes.flatMap(({ row, children }) => [
    {
      value: row.id,
      label: `${'\u00a0\u00a0\u00a0'.repeat(depth)}${row.title}`,
      disabled: !row.can.createBelow,
    },
    ...placesOf(children, depth + 1),
  ])

/** Every place that the document may lie below, and the act itself. */
export function MoveForm({ workspace, node, acts, onOpenChange }: MoveDialogProps) {
  const [target, setTarget] = useState(node.row.parentId ?? TOP)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const own = new Set(idsBelow(node))
  const rows = workspace.documents.filter((row) => !row.archived && !own.has(row.id))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const parentId = target === TOP ? null : target
    const last = rows.filter((row) => row.parentId === parentId).at(-1)
    setBusy(true)
    setProblem(null)
    try {
      await acts.move(node.row, parentId, last?.id ?? null)
      onOpenChange(false)
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Below" hint="It will stand last there. Greyed documents cannot be changed by you.">
        {(control) => (
          <Select
            {...control}
            value={target}
            onChange={(event) => setTarget(event.target.value)}
            options={[{ value: TOP, label: workspace.title }, ...placesOf(treeOf(rows))]}
          />
        )}
      </Field>
      {problem ? <ProblemView problem={problem} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          Move here
        </Button>
      </div>
    </form>
  )
}
