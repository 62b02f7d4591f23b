import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type LabelSet, labelSet, TLP_SET } from '@/lib/marking/label-set'
import { EnvProblems } from '@/server/env'

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour is written #RRGGBB')
const handling = z.enum(['no', 'reason', 'yes'], 'must be "no", "reason" or "yes"')
const list = <Item extends z.ZodType<string>>(item: Item) =>
  z.array(item).min(1, 'names nobody: leave the list out for no such condition').nullable().default(null)

const label = z.strictObject({
  id: z.string().regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?$/, 'must be 1 to 64 plain characters'),
  colours: z.strictObject({ text: colour, background: colour }),
  meaning: z.string().trim().min(1, 'say in one sentence who may be told').max(300),
  named: z.enum(['people', 'orgs'], 'must be "people", "orgs" or left out').nullable().default(null),
  orgs: list(z.string().regex(/^[A-Z]{2,6}$/, 'must be an agency\u2019s short code, such as "CEM"')),
  people: list(z.email('must be an e-mail address').transform((text) => text.trim().toLowerCase())),
  export: handling,
  print: handling,
  copy: handling,
})

const listed = label.transform(({ orgs, people, ...rest }) => ({
  ...rest,
  orgCodes: orgs,
  addresses: people,
}))

const file = z.strictObject({
  /** What new documents carry. */
  first: z.string().default(TLP_SET.first),
  labels: z
    .array(z.union([z.string(), listed]))
    .min(1, 'lists no label')
    .max(50),
})

/**
 * The labels of this installation: of the file that MARKINGS_FILE names, or TLP 2.0 without one.
 * @throws EnvProblems with every problem at once, each with its place in the file
 */
export const readMarkings = (path: string | null): LabelSet => {
  if (path === null) return TLP_SET
  const problem = (text: string) => new EnvProblems([`MARKINGS_FILE: ${text}`])
  const text = attempt(
    () => readFileSync(path, 'utf8'),
    () => problem('the file cannot be read. Give the path of a JSON file that this process may read.'),
  )
  const json: unknown = attempt(
    () => JSON.parse(text),
    () => problem('the file is not JSON. docs/markings.example.json shows one that works.'),
  )
  const parsed = file.safeParse(json)
  if (!parsed.success)
    throw new EnvProblems(
      parsed.error.issues
        .flatMap(inner)
        .map(({ path: at, message }) => `MARKINGS_FILE: ${placeOf(at)} ${message}.`),
    )
  const { labels, first } = parsed.data
  for (const one of labels) if (typeof one !== 'string') assertReadable(one.id, one.colours, problem)
  return attempt(
    () => labelSet(labels, first),
    (error) => problem(`${(error as Error).message}.`),
  )
}

/** WCAG 2.2, 1.4.3: a marking that cannot be read marks nothing. */
const assertReadable = (
  id: string,
  { text, background }: { text: string; background: string },
  problem: (text: string) => EnvProblems,
): void => {
  const [darker, lighter] = [luminance(text), luminance(background)].sort((a, b) => a - b) as [number, number]
  const contrast = (lighter + 0.05) / (darker + 0.05)
  if (contrast < 4.5)
    throw problem(
      `${id}: text and background have a contrast of ${contrast.toFixed(1)}:1; choose colours with at least 4.5:1.`,
    )
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

type Issue = z.core.$ZodIssue

/** Of "a name or a whole label" only what is wrong with the whole label helps. */
const inner = (issue: Issue): { path: PropertyKey[]; message: string }[] => {
  if (issue.code !== 'invalid_union') return [issue]
  const closest = issue.errors.at(-1) ?? []
  return closest.map((one) => ({ path: [...issue.path, ...one.path], message: one.message }))
}

const placeOf = (path: PropertyKey[]): string =>
  path
    .reduce<string>(
      (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${String(step)}`),
      '',
    )
    .replace(/^\./, '') || 'the file'

const attempt = <T>(run: () => T, failed: (error: unknown) => Error): T => {
  try {
    return run()
  } catch (error) {
    throw failed(error)
  }
}
