import { newId } from '@/lib/ids'
import { ALL_PROCEDURES, type MatrixBed, placesOf, ROLES, type Role, withId } from '@/tests/api/matrix/bed'
import { OUTSIDERS } from '@/tests/api/matrix/outsiders'
import { PROCEDURES } from '@/tests/api/procedures'

/** What one procedure's part of the matrix came to. */
export interface Checked {
  path: string
  /** Fields that name something by id, as their paths. */
  places: string[]
  calls: number
  answered: number
  refused: number
  problems: string[]
}

/** Names an agency that every administrator is offered, and why that is no leak. */
const SHOWS_ORGANISATIONS: Record<string, string> = {
  'organisations.list': 'the operator runs them all',
}

/** Gives back an id that the same person once sent, whatever it was of, and where: what was never there is given back as well. */
const GIVES_BACK: Record<string, RegExp> = { 'requests.mine': /"askedFor":"[^"]*"/g }

/** Whose the shut section is; and the auditor, whose record names sections by their ids. */
const KNOWS_THE_HIDDEN: readonly Role[] = ['hospitalLead', 'hospitalEditor', 'auditor']
const NOTHING_IN_THE_WORKSPACE: readonly Role[] = [...OUTSIDERS, 'stranger', 'signedOut']

/**
 * One procedure by every role: once as it is, and with every id swapped for one of nothing, for foreign ones of the same
 * kind, and for one behind a boundary. Foreign and random ids are answered alike, by status and body; nobody is told
 * what is not theirs, neither by a list, a search, an inbox nor a refusal; nothing is a bug; every refusal of somebody who is signed in is on record.
 */
export const checkProcedure = async (bed: MatrixBed, path: string): Promise<Checked> => {
  const procedure = ALL_PROCEDURES.find((one) => one.path === path)
  if (procedure === undefined) throw new Error(`no procedure ${path}`)
  const { inputs, places } = await placesOf(bed, procedure)
  const checked: Checked = {
    path,
    places: places.map((place) => place.path.join('.')),
    calls: 0,
    answered: 0,
    refused: 0,
    problems: [],
  }
  const open = PROCEDURES[path]?.open ?? {}

  const call = async (role: Role, input: unknown, about: string) => {
    const before = bed.denials()
    const answer = await bed.call(role, procedure, input)
    checked.calls++
    if (answer.status === 200) checked.answered++
    else checked.refused++
    const problem = (what: string) =>
      checked.problems.push(
        `${path} by ${role}, ${about}: ${what}: ${answer.status} ${answer.body.slice(0, 300)}`,
      )
    const sent = JSON.stringify(input ?? null)
    const tells = answer.body.replace(GIVES_BACK[path] ?? /^$/, '')
    const told = (words: readonly string[]) =>
      words.find((word) => tells.includes(word) && !sent.includes(word))
    if (answer.body.includes('"bug"')) problem('a bug')
    const foreign = path in SHOWS_ORGANISATIONS ? undefined : told(bed.foreign)
    if (foreign !== undefined) problem(`tells ${foreign}`)
    if (!KNOWS_THE_HIDDEN.includes(role)) {
      const hidden = told(bed.hidden)
      if (hidden !== undefined) problem(`tells ${hidden} of a section behind a boundary`)
    }
    if (NOTHING_IN_THE_WORKSPACE.includes(role)) {
      const content = told(bed.content)
      if (content !== undefined) problem(`tells ${content} of the workspace`)
    }
    const isOpen = path.startsWith('entry.')
    if ((role === 'suspended' || role === 'signedOut') && !isOpen && answer.status === 200) problem('answers')
    // What zod refuses, and who is not signed in, meets no operation.
    const reachedOperation = ![200, 400, 401].includes(answer.status) && role !== 'signedOut' && !isOpen
    if (reachedOperation && bed.denials() === before) problem('a refusal that is not on record')
    return answer
  }

  for (const role of ROLES) {
    for (const [n, input] of inputs.entries()) await call(role, input, `input ${n}`)
    for (const place of places) {
      const name = place.path.join('.')
      const random = await call(role, withId(place, newId()), `${name}: random`)
      for (const { id, hiddenFrom } of place.foreign) {
        if (!hiddenFrom(role)) continue
        const foreign = await call(role, withId(place, id), `${name}: foreign`)
        if (open[place.path.at(-1) ?? ''] !== undefined) continue
        if (foreign.status !== random.status || foreign.body !== random.body)
          checked.problems.push(
            `${path} by ${role}, ${name}: a foreign id is answered ${foreign.status} ${foreign.body.slice(0, 300)}, a random one ${random.status} ${random.body.slice(0, 300)}`,
          )
      }
    }
  }
  return checked
}

/** The matrix's size and result, in one line. */
export const summaryOf = (all: readonly Checked[]): string => {
  const sum = (pick: (one: Checked) => number) => all.reduce((total, one) => total + pick(one), 0)
  return `${all.length} procedures × ${ROLES.length} roles × ${sum(({ places }) => places.length)} places of ids: ${sum(({ calls }) => calls)} calls, ${sum(({ answered }) => answered)} answered, ${sum(({ refused }) => refused)} refused, ${sum(({ problems }) => problems.length)} problems`
}
