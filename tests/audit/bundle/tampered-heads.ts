import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BundleLine } from '@/lib/audit/bundle'
import { formatNote, parseNote, signerKey, signNote } from '@/lib/audit/signed-note'
import {
  changed,
  editLeaves,
  editNote,
  linesOf,
  sizeOf,
  type Tampering,
  textOf,
} from '@/tests/audit/bundle/edit-bundle'

/** What can be done to signatures, leaves, the file itself, and the whole history. */
export const TAMPERED_HEADS: readonly Tampering[] = [
  {
    what: 'a cosignature is forged',
    make: (scene) =>
      changed(scene, (lines) => {
        editNote(lines, (note) => {
          const all = note.trimEnd().split('\n')
          const [dash, name, encoded = ''] = (all.pop() ?? '').split(' ')
          const bytes = Buffer.from(encoded, 'base64')
          bytes[40] = (bytes[40] ?? 0) ^ 1
          return `${all.join('\n')}\n${dash} ${name} ${bytes.toString('base64')}\n`
        })
        return undefined
      }),
    exit: 1,
    why: /is forged/,
  },
  {
    what: 'the head is signed with another key of the same name',
    make: (scene) =>
      changed(scene, (lines) => {
        editNote(lines, (note) => {
          const { text, signatures } = parseNote(note)
          const name = signatures[0]?.name ?? ''
          const forged = signNote(text, signerKey(name, randomBytes(32), 'ed25519'))
          return formatNote({ text, signatures: [forged, ...signatures.slice(1)] })
        })
        return undefined
      }),
    exit: 1,
    why: /not signed with a key of the log/,
  },
  {
    what: 'too few agencies have signed',
    make: (scene) =>
      changed(scene, (lines) => {
        for (const line of lines)
          if (line.kind === 'checkpoint')
            line.note = `${line.note.trimEnd().split('\n').slice(0, -1).join('\n')}\n`
        return undefined
      }),
    exit: 2,
    why: /not sealed: signed by 1 of 2/,
  },
  {
    what: 'fewer cosignatures are asked for',
    make: (scene) =>
      changed(scene, (lines) =>
        lines.map((line) => (line.kind === 'quorum' ? { ...line, needed: 1 } : line)),
      ),
    exit: 1,
    why: /1 cosignatures are asked for/,
  },
  {
    what: 'the host vouches for itself',
    make: (scene) =>
      changed(scene, (lines) =>
        lines.map((line) => (line.kind === 'quorum' ? { ...line, of: [...line.of, line.host] } : line)),
      ),
    exit: 1,
    why: /besides the host/,
  },
  {
    what: 'the file is cut off between two lines',
    make: (scene) => scene.good.slice(0, scene.good.lastIndexOf('\n', scene.good.length - 2) + 1),
    exit: 2,
    why: /it has no end/,
  },
  {
    what: 'the file is cut off in a line',
    make: (scene) => scene.good.slice(0, Math.floor(scene.good.length * 0.6)),
    exit: 2,
    why: /in the middle of a line/,
  },
  {
    what: 'a line is damaged',
    make: (scene) => scene.good.replace('"kind":"quorum"', '"kind:"quorum"'),
    exit: 1,
    why: /is damaged/,
  },
  {
    what: 'a line has nothing of what it must have',
    make: (scene) =>
      changed(scene, (lines) => [...lines.slice(0, 4), { kind: 'event' } as BundleLine, ...lines.slice(4)]),
    exit: 1,
    why: /names no tree/,
  },
  {
    what: 'something stands behind the end',
    make: (scene) => changed(scene, (lines) => [...lines, lines.at(-1) as BundleLine]),
    exit: 1,
    why: /after the end/,
  },
  {
    what: 'leaves are left out',
    make: (scene) => changed(scene, (lines) => lines.filter(({ kind }) => kind !== 'leaves')),
    exit: 1,
    index: () => 0,
    why: /in no leaf/,
  },
  {
    what: 'a leaf that nobody sees the text of is another',
    make: (scene) => {
      const lines = linesOf(scene.good).filter((line) => line.kind !== 'event' || line.index !== 6)
      editLeaves(lines, (leaves) => leaves.map((leaf, i) => (i === 6 ? randomBytes(32) : leaf)))
      const agency = { ...(lines[0] as BundleLine & { kind: 'bundle' }), scope: scene.county }
      return textOf([agency, ...lines.slice(1)])
    },
    exit: 1,
    why: /do not give the signed head/,
  },
  {
    what: 'the record was rolled back to before what was saved',
    make: (scene) => scene.good,
    exit: 1,
    index: (scene) => sizeOf(linesOf(scene.good)),
    why: /rolled back/,
    options: (scene) => {
      const file = join(scene.folder, 'saved.json')
      const longer = JSON.parse(readFileSync(file, 'utf8')) as { trees: Record<string, { size: number }> }
      for (const head of Object.values(longer.trees)) head.size += 5
      writeFileSync(join(scene.folder, 'longer.json'), JSON.stringify(longer))
      return ['--from', join(scene.folder, 'longer.json')]
    },
  },
  {
    what: 'the record is another than the one that was saved',
    make: (scene) => scene.later,
    exit: 1,
    why: /another history/,
    options: (scene) => {
      const forked = JSON.parse(readFileSync(scene.saved, 'utf8')) as {
        trees: Record<string, { root: string }>
      }
      for (const head of Object.values(forked.trees))
        head.root = createHash('sha256').update(head.root).digest('hex')
      writeFileSync(join(scene.folder, 'forked.json'), JSON.stringify(forked))
      return ['--from', join(scene.folder, 'forked.json')]
    },
  },
  {
    what: 'the host has another key than the one that was saved',
    make: (scene) => scene.later,
    exit: 1,
    why: /key that was saved is not there/,
    options: (scene) => {
      const other = JSON.parse(readFileSync(scene.saved, 'utf8')) as { keys: string[] }
      other.keys = ['log other.example+00000000+AAAA']
      writeFileSync(join(scene.folder, 'other.json'), JSON.stringify(other))
      return ['--from', join(scene.folder, 'other.json')]
    },
  },
  {
    what: 'a version of bundles that nobody knows yet',
    make: (scene) =>
      changed(scene, (lines) =>
        lines.map((line) => (line.kind === 'bundle' ? ({ ...line, v: 2 } as unknown as BundleLine) : line)),
      ),
    exit: 2,
    why: /version 2 of bundles/,
  },
  {
    what: 'a kind of line that nobody knows yet',
    make: (scene) =>
      changed(scene, (lines) => [
        ...lines.slice(0, 3),
        { kind: 'news' } as unknown as BundleLine,
        ...lines.slice(3),
      ]),
    exit: 2,
    why: /of a kind that is not known/,
  },
  {
    what: 'something else altogether',
    make: () => 'Dear auditor,\nall is well.\n',
    exit: 1,
    why: /damaged/,
  },
  { what: 'nothing', make: () => '', exit: 2, why: /no end/ },
]
