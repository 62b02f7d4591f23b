import { type Id, isId, newId } from '@/lib/ids'

/** As much of a zod schema as there is at run time. */
export interface Schema {
  def: {
    type: string
    shape?: Record<string, Schema>
    element?: Schema
    options?: Schema[]
    innerType?: Schema
    in?: Schema
    entries?: Record<string, string>
    values?: unknown[]
    valueType?: Schema
  }
  safeParse(value: unknown): { success: boolean }
}

/** An id for a field, or undefined where the field names none; `path` as in `tests/api/ids.ts`. */
type IdOf = (path: readonly string[]) => Id | undefined

const DAY = 86_400_000

/** As long as an id and none: what takes an id and not this, takes ids alone. */
const NO_ID = 'Something typed, as long as an id is'

/** Strings that the inputs of this product take; the first that the schema accepts is taken. */
const TEXTS = (): readonly string[] => [
  'Something typed',
  NO_ID,
  'Something typed, and long enough to be a reason that somebody else can judge.',
  new Date(Date.now() + 7 * DAY).toISOString(),
  new Date(Date.now() + 7 * DAY).toISOString().slice(0, 10),
  'somebody@example.test',
  'example.test',
  'ABC',
  'x'.repeat(43),
  '0'.repeat(64),
  'a long enough pass phrase',
]

/** Words that a schema takes for any string, and that mean something all the same. */
const BY_NAME: Record<string, string> = {
  query: '?outcome=denied',
  label: 'TLP:AMBER',
  hash: '0'.repeat(64),
  token: 'x'.repeat(43),
  month: '2026-03',
}

/**
 * Inputs that a schema accepts, made by walking it: every field is there, also those that need not be, each list has one
 * element. Of a choice (a union) there is one input for each option, so the inputs together have each field at least once.
 * @throws when a leaf has no value that its schema accepts: the walk must learn it
 */
export const inputsFor = (schema: Schema | undefined, idOf: IdOf): unknown[] =>
  schema === undefined ? [undefined] : variants(schema, [], idOf)

const variants = (schema: Schema, path: readonly string[], idOf: IdOf): unknown[] => {
  const { def } = schema
  switch (def.type) {
    case 'object':
      return ofShape(Object.entries(def.shape ?? {}), path, idOf)
    case 'array':
      return variants(def.element as Schema, [...path, '0'], idOf).map((element) => [element])
    case 'record':
      return variants(def.valueType as Schema, [...path, 'key'], idOf).map((value) => ({ key: value }))
    case 'union':
      return (def.options ?? []).flatMap((option) => variants(option, path, idOf))
    case 'nullable':
    case 'optional':
    case 'default':
    case 'prefault':
    case 'readonly':
      return variants(def.innerType as Schema, path, idOf)
    case 'pipe':
      return variants(def.in as Schema, path, idOf)
    default:
      return [leaf(schema, path, idOf)]
  }
}

/** Each field's first variant together; then one input for each further variant of one field. */
const ofShape = (shape: readonly [string, Schema][], path: readonly string[], idOf: IdOf): unknown[] => {
  const fields = shape.map(([name, field]) => [name, variants(field, [...path, name], idOf)] as const)
  const first = Object.fromEntries(fields.map(([name, [value]]) => [name, value]))
  const others = fields.flatMap(([name, [, ...more]]) => more.map((value) => ({ ...first, [name]: value })))
  return [first, ...others]
}

const leaf = (schema: Schema, path: readonly string[], idOf: IdOf): unknown => {
  const { def } = schema
  const accepts = (value: unknown) => schema.safeParse(value).success
  const name = path.at(-1) ?? ''
  if (def.type === 'string' && accepts(newId()) && !accepts(NO_ID)) {
    const id = idOf(path)
    if (id !== undefined && isId(id)) return id
  }
  const candidates: readonly unknown[] = [
    ...(def.type === 'enum' ? Object.values(def.entries ?? {}) : []),
    ...(def.type === 'literal' ? (def.values ?? []) : []),
    ...(BY_NAME[name] === undefined ? [] : [BY_NAME[name]]),
    ...TEXTS(),
    1,
    15,
    true,
    null,
    new Date(Date.now() + 7 * DAY),
  ]
  const found = candidates.find(accepts)
  if (found === undefined)
    throw new Error(`no value for ${path.join('.')}: teach tests/support/generated-input`)
  return found
}
