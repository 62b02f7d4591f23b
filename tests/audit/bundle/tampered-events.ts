import { randomBytes } from 'node:crypto'
import type { BundleLine } from '@/lib/audit/bundle'
import { leafHash } from '@/lib/audit/chain'
import {
  changed,
  editLeaves,
  eventAt,
  eventsOf,
  linesOf,
  rewritten,
  sizeOf,
  type Tampering,
} from '@/tests/audit/bundle/edit-bundle'

const runOfEdits = ({ good }: { good: string }): number =>
  eventsOf(linesOf(good)).find(({ canonical }) => canonical.includes('section.edit_closed'))?.index ?? -1

/** What can be done to events, their values and the rows that they commit to. */
export const TAMPERED_EVENTS: readonly Tampering[] = [
  {
    what: 'the text of an event is edited',
    make: (scene) =>
      changed(scene, (lines) =>
        lines.map((line) => (line.kind === 'event' && line.index === scene.victim ? rewritten(line) : line)),
      ),
    exit: 1,
    index: (scene) => scene.victim,
    why: /it was changed/,
  },
  {
    what: 'an event is edited and its leaf with it',
    make: (scene) =>
      changed(scene, (lines) => {
        const event = rewritten(eventAt(lines, scene.victim))
        editLeaves(lines, (leaves) =>
          leaves.map((leaf, i) => (i === event.index ? leafHash(event.canonical) : leaf)),
        )
        return lines.map((line) => (line.kind === 'event' && line.index === event.index ? event : line))
      }),
    exit: 1,
    why: /chain of writer .* is broken|do not give the signed head/,
  },
  {
    what: 'an event is left out',
    make: (scene) =>
      changed(scene, (lines) => lines.filter((line) => line.kind !== 'event' || line.index !== 3)),
    exit: 2,
    index: () => 3,
    why: /not in the bundle/,
  },
  {
    what: 'an event is left out, and counted as if it had never been there',
    make: (scene) =>
      changed(scene, (lines) =>
        lines
          .filter((line) => line.kind !== 'event' || line.index !== 3)
          .map((line) => (line.kind === 'end' ? { ...line, events: line.events - 1 } : line)),
      ),
    exit: 2,
    index: () => 3,
    why: /not in the bundle/,
  },
  {
    what: 'an event and its leaf are taken out, and the rest moved up',
    make: (scene) =>
      changed(scene, (lines) => {
        editLeaves(lines, (leaves) => leaves.filter((_, i) => i !== 3))
        return lines.flatMap((line): BundleLine[] => {
          if (line.kind === 'end') return [{ ...line, events: line.events - 1, leaves: line.leaves - 1 }]
          if (line.kind !== 'event' || line.index < 3) return [line]
          return line.index === 3 ? [] : [{ ...line, index: line.index - 1 }]
        })
      }),
    exit: 2,
    why: /leaves \d+ to \d+ of a signed head are not in the bundle/,
  },
  {
    what: 'an event is put in at the end',
    make: (scene) =>
      changed(scene, (lines) => {
        const size = sizeOf(lines)
        const forged = { ...eventAt(lines, size - 1), index: size }
        return lines.flatMap((line): BundleLine[] =>
          line.kind === 'end' ? [forged, { ...line, events: line.events + 1 }] : [line],
        )
      }),
    exit: 1,
    index: (scene) => sizeOf(linesOf(scene.good)),
    why: /put in/,
  },
  {
    what: 'two events change places',
    make: (scene) =>
      changed(scene, (lines) => {
        const [a, b] = [
          lines.findIndex((line) => line.kind === 'event' && line.index === 4),
          lines.findIndex((line) => line.kind === 'event' && line.index === 5),
        ]
        const swapped = [...lines]
        swapped[a] = lines[b] as BundleLine
        swapped[b] = lines[a] as BundleLine
        return swapped
      }),
    exit: 1,
    index: () => 4,
    why: /not in order|not in the bundle/,
  },
  {
    what: 'two events change places and numbers',
    make: (scene) =>
      changed(scene, (lines) => {
        const [a, b] = [eventAt(lines, 4), eventAt(lines, 5)]
        return lines.map((line) => (line === a ? { ...b, index: 4 } : line === b ? { ...a, index: 5 } : line))
      }),
    exit: 1,
    index: () => 4,
    why: /it was changed/,
  },
  {
    what: 'an index stands there twice',
    make: (scene) =>
      changed(scene, (lines) =>
        lines.flatMap((line) => (line.kind === 'event' && line.index === 2 ? [line, line] : [line])),
      ),
    exit: 1,
    index: () => 2,
    why: /same index twice/,
  },
  {
    what: 'a personal value is another',
    make: (scene) =>
      changed(scene, (lines) => {
        const [first] = eventAt(lines, scene.victim).clear
        if (first !== undefined) first.value = '"10.9.9.9"'
        return undefined
      }),
    exit: 1,
    index: (scene) => scene.victim,
    why: /not the one that was recorded/,
  },
  {
    what: 'a personal value is shown that nothing commits to',
    make: (scene) =>
      changed(scene, (lines) => {
        const event = eventAt(lines, scene.victim)
        event.clear = [...event.clear, { field: 'note', salt: '00'.repeat(16), value: '"x"' }]
        return undefined
      }),
    exit: 1,
    index: (scene) => scene.victim,
    why: /“note” is not the one/,
  },
  {
    what: 'the hash of the event before is another',
    make: (scene) =>
      changed(scene, (lines) => {
        eventAt(lines, scene.victim).prev = 'ab'.repeat(32)
        return undefined
      }),
    exit: 1,
    why: /chain of writer .* is broken/,
  },
  {
    what: 'a stored row of a run of edits has another hash',
    make: (scene) =>
      changed(scene, (lines) => {
        for (const line of lines)
          if (line.kind === 'updates')
            line.hashes = Buffer.concat([
              Buffer.from(line.hashes, 'base64').subarray(32),
              randomBytes(32),
            ]).toString('base64')
        return undefined
      }),
    exit: 1,
    index: (scene) => runOfEdits(scene),
    why: /stored rows of this run of edits are not those/,
  },
  {
    what: 'the stored rows of a run of edits are left out',
    make: (scene) => changed(scene, (lines) => lines.filter(({ kind }) => kind !== 'updates')),
    exit: 2,
    index: (scene) => runOfEdits(scene),
    why: /stored rows .* not in the bundle/,
  },
]
