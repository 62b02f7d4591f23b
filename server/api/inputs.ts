import { z } from 'zod'
import { isId } from '@/lib/ids'
import { LEVELS, ROLES, SUBJECT_KINDS } from '@/lib/policy/vocabulary'

/** Every input is a strict object: a field that nobody asked for is refused, not ignored. */
export const fields = z.strictObject

export const idInput = z.string().refine(isId, 'This is not an id.')

/**
 * Control characters, line breaks, invisible joiners and direction overrides can make one name look like another or
 * break a log line. They are refused, so that what is stored is what was typed (Unicode TR 36, section 3).
 */
const HIDDEN_CHARACTERS =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u

/** A title or a name: one visible line, trimmed, 1 to 200 characters. */
export const titleInput = z
  .string()
  .trim()
  .min(1, 'Give it a title.')
  .max(200, 'At most 200 characters.')
  .refine(
    (text) => !HIDDEN_CHARACTERS.test(text),
    'Line breaks and invisible characters are not allowed here.',
  )

export const levelInput = z.enum(LEVELS)
export const roleInput = z.enum(ROLES)
export const labelInput = z.string().min(1).max(64)

/** How long open tabs may bring text back after a backup was restored. */
export const reseedMinutesInput = z.union([z.literal(5), z.literal(15), z.literal(60)])

/** ISO 8601 in UTC. */
export const momentInput = z.iso.datetime('Give a date and time.')

/** ISO 8601 in UTC, or null for no end. */
export const untilInput = z.iso.datetime('Give a date and time.').nullable()

export const boundaryInput = z
  .array(
    fields({
      subjectKind: z.enum(SUBJECT_KINDS),
      subjectId: idInput,
      maxLevel: levelInput.exclude(['none']),
      until: untilInput,
    }),
  )
  .max(200, 'At most 200 names in one boundary.')
  .nullable()

const subjectFields = { subjectKind: z.enum(SUBJECT_KINDS), subjectId: idInput, until: untilInput }
const rows = <Row extends z.ZodType>(row: Row) =>
  fields({ add: z.array(row).max(200), end: z.array(idInput).max(200) }).optional()

/** A section or a document. */
export const sharingRefInput = z.union([fields({ sectionId: idInput }), fields({ documentId: idInput })])

export const sharingChangeInput = fields({
  boundary: boundaryInput.optional(),
  grants: rows(fields({ ...subjectFields, level: levelInput.exclude(['none']) })),
  denies: rows(fields(subjectFields)),
  label: labelInput.optional(),
  sources: fields({ end: z.array(idInput).min(1).max(50) }).optional(),
  frozen: z.boolean().optional(),
})

/** SHA-256 as hex. */
export const hashInput = z.string().regex(/^[0-9a-f]{64}$/, 'This is not a hash.')

/** Several lines, no invisible characters besides. */
const linesInput = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most.toLocaleString('en')} characters.`)
    .refine(
      (text) => !HIDDEN_CHARACTERS.test(text.replaceAll('\n', '')),
      'Invisible characters are not allowed here.',
    )

/** Typed by a person: a reason, a message. */
export const reasonInput = linesInput(2_000)
/** Why something is copied: empty where no label asks. */
export const copyReasonInput = linesInput(2_000)
/** Terms. */
export const longTextInput = linesInput(100_000)

export const inWorkspace = fields({ workspaceId: idInput })
export const inDocument = fields({ documentId: idInput })
export const inSection = fields({ sectionId: idInput })
