/**
 * A second opinion on every decision of a record (verify.mjs --replay): the rows of policy as the events put them on record,
 * and the ten rules written once more, from their description and not from the server's code. It lies beside verify.mjs.
 */
const LEVELS = ['none', 'discover', 'read', 'comment', 'suggest', 'edit', 'manage']
const rank = (level) => LEVELS.indexOf(level)
const lower = (a, b) => (rank(a) <= rank(b) ? a : b)
const higher = (a, b) => (rank(a) >= rank(b) ? a : b)
const DUTIES = ['members', 'record', 'enter']
/** Decisions this near to a change of policy may have been made on either side of it: milliseconds. */
const NEAR = 2_000

const until = (row) => Math.min(row.valid_until ?? Infinity, row.ended_at ?? Infinity)
const inForce = (row, at) => row.valid_from <= at && at < until(row)

/** By what rows of a table are asked for. */
const FOUND_BY = {
  group_members: (row) => row.person_id,
  participations: (row) => row.org_id,
  memberships: (row) => row.person_id,
  boundaries: (row) => row.section_id ?? row.document_id,
  boundary_clauses: (row) => row.boundary_id,
  grants: (row) => row.section_id ?? row.document_id ?? row.workspace_id,
  denies: (row) => row.section_id ?? row.document_id ?? row.workspace_id,
  section_sources: (row) => row.section_id,
  break_glass: (row) => row.section_id,
}

/** The rows of policy of one tree, as far as its events have told them. */
export const createState = () => {
  const rows = new Map()
  const found = new Map()
  return {
    /** A row is from now on as it stands here; without columns it is gone. */
    put({ table, id, columns }) {
      const key = (row) => `${table} ${FOUND_BY[table]?.(row)}`
      const before = rows.get(`${table} ${id}`)
      if (before) found.get(key(before))?.delete(id)
      if (columns === null) return rows.delete(`${table} ${id}`)
      const row = { ...columns, id }
      rows.set(`${table} ${id}`, row)
      if (!found.has(key(row))) found.set(key(row), new Map())
      found.get(key(row)).set(id, row)
    },
    one: (table, id) => rows.get(`${table} ${id}`),
    /** Those that are not over yet. */
    all: (table, by, at) => [...(found.get(`${table} ${by}`)?.values() ?? [])].filter((row) => at < until(row)),
  }
}

/** Of several the one in force that began last, else the next to begin. */
const chosen = (rows) => (at) => {
  const sorted = rows.toSorted((a, b) => a.valid_from - b.valid_from || (a.id < b.id ? -1 : 1))
  return sorted.findLast((row) => inForce(row, at)) ?? sorted.find((row) => row.valid_from > at) ?? null
}

/** What is known about a question; null where something is not known that must be (R0), undefined where the object is not. */
const factsFor = (state, workspaceId, { person, org }, asked) => {
  const { at } = asked
  const workspace = state.one('workspaces', workspaceId)
  const section = asked.section === undefined ? null : state.one('sections', asked.section)
  const document = asked.section === undefined && asked.document === undefined ? null : state.one('documents', section?.document_id ?? asked.document)
  if (workspace === undefined || section === undefined || document === undefined) return undefined
  const known = state.one('people', person)
  const orgId = known?.org_id ?? org
  const groups = state.all('group_members', person, at).filter((row) => row.org_id === orgId && inForce(row, at))
  const named = { person: [person], org: [orgId], group: groups.map((row) => row.group_id) }
  const label = (name) => (name === null ? null : state.one('policy_labels', name)?.enforces)
  const limits = (row) => {
    if (row === null) return null
    const boundary = chosen(state.all('boundaries', row.id, at).filter((one) => inForce(one, at)))(at)
    return { id: row.id, label: label(row.label), boundary, clauses: boundary === null ? [] : state.all('boundary_clauses', boundary.id, at) }
  }
  const sources = (section === null ? [] : state.all('section_sources', section.id, at))
    .filter((row) => inForce(row, at))
    .map((row) => {
      const from = row.source_section_id === null ? null : state.one('sections', row.source_section_id)
      const holds = state.one('documents', from?.document_id ?? row.source_document_id)
      if (from === undefined || holds === undefined) return undefined
      const denies = [holds.id, from?.id].flatMap((id) => (id === undefined ? [] : state.all('denies', id, at)))
      return { id: row.id, orgId: from?.originator_org_id ?? holds.owner_org_id, document: limits(holds), section: limits(from), denies }
    })
  if (sources.includes(undefined)) return undefined
  const places = [limits(document), limits(section), ...sources.flatMap((one) => [one.document, one.section])]
  if (places.some((place) => place !== null && place.label === undefined)) return null
  const ids = [workspaceId, document?.id, section?.id].filter((id) => id !== undefined)
  const member = chosen(state.all('memberships', person, at))(at)
  return {
    at,
    person,
    orgId,
    isKnown: known !== undefined,
    stands: (known?.state ?? 'active') === 'active' && (state.one('organisations', orgId)?.state ?? 'active') === 'active',
    names: (row) => inForce({ ...row, ended_at: row.ended_at ?? null }, at) && named[row.subject_kind]?.includes(row.subject_id),
    workspace,
    document: document === null ? null : { ...document, ...limits(document) },
    section: section === null ? null : { ...section, ...limits(section) },
    sources,
    participation: chosen(state.all('participations', orgId, at))(at),
    member: member !== null && inForce(member, at) ? member : null,
    grants: ids.flatMap((id) => state.all('grants', id, at)),
    denies: ids.flatMap((id) => state.all('denies', id, at)),
    looks: section === null ? [] : state.all('break_glass', section.id, at).filter((row) => row.person_id === person && inForce(row, at)),
  }
}

const say = (cap, ...rows) => ({ cap, rows: [...new Set(rows)] })
const idsOf = (rows) => rows.map((row) => row.id)

/** R5 at one place: the document's boundary and then the section's must each name the person. */
const boundaryAt = (facts, document, section) => {
  const at = (place) => {
    if (!place?.boundary) return null
    const naming = place.clauses.filter(facts.names)
    const cap = naming.reduce((most, clause) => higher(most, clause.max_level), 'none')
    return say(cap, ...(naming.length === 0 ? [place.boundary.id] : idsOf(naming)))
  }
  const [outer, inner] = [at(document), at(section)]
  if (outer === null || inner === null || outer.cap === 'none') return outer?.cap === 'none' ? outer : (inner ?? outer)
  return inner.cap === 'none' ? inner : say(lower(outer.cap, inner.cap), ...outer.rows, ...inner.rows)
}

/** R6 at one place: a label may be for some alone, or ask that the boundary names the person. */
const markingAt = (facts, document, section) => {
  const meets = ({ orgs, people, named }, place) => {
    if (orgs !== null && !orgs.includes(facts.orgId)) return say('none')
    if (people !== null && !people.includes(facts.person)) return say('none')
    if (named === null) return null
    const found = (place?.clauses ?? []).some((clause) => (named === 'orgs' || clause.subject_kind === 'person') && facts.names(clause))
    return found ? null : say('none', ...(place?.boundary ? [place.boundary.id] : []))
  }
  if (document === null) return null
  return meets(document.label, document) ?? (section === null ? null : meets(section.label, section.boundary ? section : document))
}

const lowest = (said) => {
  const all = said.filter((one) => one !== null)
  if (all.length === 0) return null
  const cap = all.map((one) => one.cap).reduce(lower)
  return say(cap, ...all.filter((one) => cap !== 'none' || one.cap === 'none').flatMap((one) => one.rows))
}

const RULES = {
  R1: ({ stands, workspace }, { strength }) => (stands && strength >= workspace.minimum_strength ? null : say('none')),
  R2({ member, person, orgId }, { ask, requestedBy, firstKey }) {
    if (member?.role === 'auditor') return say('none', member.id)
    if (ask !== 'approve') return null
    const both = firstKey && (firstKey.person === person || firstKey.org === orgId)
    return requestedBy === person || both ? say('none') : null
  },
  R3({ denies, sources, names }) {
    const here = denies.filter(names)
    const there = sources.flatMap((one) => (one.denies.some(names) ? [one.id, ...idsOf(one.denies.filter(names))] : []))
    return here.length + there.length === 0 ? null : say('none', ...idsOf(here), ...there)
  },
  R4({ participation: row, workspace, at }) {
    if (row === null) return say('none')
    const takesPart = row.state === 'active' && inForce(row, at) && row.signed_terms_version >= workspace.terms_version
    return say(takesPart ? row.ceiling : 'none', row.id)
  },
  R5: (facts, asked) => everywhere(boundaryAt, facts, asked),
  R6: (facts, asked) => everywhere(markingAt, facts, asked),
  R7(facts, asked) {
    const { member, section, document, orgId, grants, names } = facts
    if (member === null) return throughGlass(say('none'), facts, asked)
    const rules = member.role === 'lead' || member.role === 'steward'
    if (asked.ask === 'approve' && !rules) return say('none', member.id)
    const own = (section?.originator_org_id ?? document?.owner_org_id) === orgId
    const role = { lead: 'edit', steward: 'edit', editor: 'edit', reviewer: 'suggest', reader: 'read' }[member.role] ?? 'none'
    const naming = grants.filter(names)
    const cap = naming.reduce((most, grant) => higher(most, grant.level), rules && own ? 'manage' : role)
    return throughGlass(say(cap, member.id, ...idsOf(naming)), facts, asked)
  },
  R8({ workspace, document, section }, { ask }) {
    if (workspace.state === 'archived') return say('read', workspace.id)
    if (ask === 'govern' || ask === 'approve') return null
    if (document?.archived_at) return say('read', document.id)
    return section?.frozen_at ? say('read', section.id) : null
  },
}

/** An emergency look lets its person past R5 to R7, to read and no further. */
const throughGlass = (said, { looks, member }, { ask }) =>
  said !== null && rank(said.cap) < rank('read') && looks.length > 0 && member !== null && (ask === 'level' || ask === 'handle')
    ? say('read', ...idsOf(looks))
    : said

/** Here and at all that the text came from; a look passes only what the section's own originator set. */
const everywhere = (judge, facts, asked) => {
  const { section, document, sources } = facts
  const at = (one) => {
    const said = judge(facts, one.document, one.section)
    return said && say(said.cap, one.id, ...said.rows)
  }
  const isOwn = (one) => one.section === null || one.orgId === section.originator_org_id
  const own = [judge(facts, document, section), ...sources.filter(isOwn).map(at)]
  const here = throughGlass(sources.length === 0 ? own[0] : lowest(own), facts, asked)
  return sources.length === 0 ? here : lowest([here, ...sources.filter((one) => !isOwn(one)).map(at)])
}

const DUTY_RULES = {
  R7({ member, orgId }, { ask, org }) {
    if (member === null) return say('none')
    const gives = { enter: true, record: member.role === 'auditor', members: member.role === 'lead' && org === orgId }[ask]
    return say(gives ? 'manage' : 'none', member.id)
  },
  R8: ({ workspace }, { ask }) => (ask === 'members' && workspace.state === 'archived' ? say('none', workspace.id) : null),
}

const mayTakeOut = ({ document, section, sources, participation, looks, member }, { how, reason }) => {
  if (document === null || !participation?.may_export || (looks.length > 0 && member !== null)) return false
  const places = [document, section, ...sources.flatMap((one) => [one.document, one.section])].filter((place) => place !== null)
  return places.every(({ label }) => label[how] === 'yes' || (label[how] === 'reason' && reason))
}

/** @returns what should have been decided; undefined where the bundle does not hold what it takes */
export const decideAgain = (state, workspaceId, actor, asked) => {
  const facts = factsFor(state, workspaceId, actor, asked)
  if (facts === undefined) return undefined
  if (facts === null) return { allowed: false, level: 'none', rule: 'R0', rows: [] }
  const isDuty = DUTIES.includes(asked.ask)
  const needs = isDuty ? 'discover' : asked.ask === 'level' ? asked.needs : asked.ask === 'handle' || asked.firstKey ? 'read' : 'manage'
  let [level, fixedBy, refusedBy, rows] = ['manage', 'R7', null, []]
  for (const [rule, judge] of Object.entries(RULES)) {
    if (isDuty && ['R2', 'R5', 'R6'].includes(rule)) continue
    const said = ((isDuty && DUTY_RULES[rule]) || judge)(facts, asked)
    if (said === null) continue
    if (said.cap === 'none') return { allowed: false, level: 'none', rule, rows: said.rows.sort(), isKnown: facts.isKnown }
    if (rank(said.cap) < rank(level) || (rule === 'R7' && said.cap === level)) [level, fixedBy] = [said.cap, rule]
    if (rank(level) < rank(needs)) refusedBy ??= rule
    rows = [...rows, ...said.rows]
  }
  if (refusedBy === null && asked.ask === 'handle' && !mayTakeOut(facts, asked)) refusedBy = 'R9'
  return { allowed: refusedBy === null, level: isDuty ? 'none' : level, rule: refusedBy ?? fixedBy, rows: rows.sort(), isKnown: facts.isKnown }
}

/** What verify.mjs hands every event to, in the order of each tree. */
export const createReplay = () => {
  const [states, changed, differing] = [new Map(), new Map(), []]
  const [counts, isPolicy] = [{ decisions: 0, agreed: 0, unknown: 0 }, /^policy\.(state|changed|changed_outside)$/]
  return {
    event(record, tree, index) {
      const at = Date.parse(record.at)
      if (!states.has(tree)) states.set(tree, createState())
      const state = states.get(tree)
      if (isPolicy.test(record.type)) {
        for (const row of record.details.rows) state.put(row)
        changed.set(tree, [...(changed.get(tree) ?? []).slice(-1), at])
        for (const one of differing) one.near ||= one.tree === tree && at - one.at <= NEAR
        return
      }
      const { decision, object = {}, actor, outcome } = record
      if (decision?.asked === undefined || decision.asked.supposed) return
      counts.decisions++
      const again = decideAgain(state, object.workspace, actor, decision.asked)
      if (again === undefined) return counts.unknown++
      // Of somebody who never belonged here the record does not hold everything: only whether they were let in is compared.
      const differs = again.isKnown === false ? outcome === 'allowed' && !again.allowed : differsFrom(again, record)
      if (!differs) return counts.agreed++
      const near = (changed.get(tree) ?? []).some((moment) => Math.abs(at - moment) <= NEAR)
      const said = `${decision.rule} ${decision.level}`
      differing.push({
        tree,
        index,
        at,
        near,
        why: `the decision (${said}) does not follow from the policy on record, which says ${again.rule} ${again.level}`,
      })
    },
    end() {
      const disagreements = differing.filter((one) => !one.near)
      const near = differing.length - disagreements.length
      return {
        ...counts,
        near,
        disagreements,
        told: [
          `${counts.decisions} decisions made again: ${counts.agreed} alike, ${disagreements.length} not`,
          `  ${near} differ within two seconds of a change of policy; of ${counts.unknown} the bundle does not hold the policy`,
          ...differing
            .filter((one) => one.near)
            .slice(0, 20)
            .map(({ tree, index, why }) => `  near a change: ${tree}, index ${index}: ${why}`),
        ],
      }
    },
  }
}

const differsFrom = (again, { type, outcome, decision }) =>
  again.rule !== decision.rule ||
  again.level !== decision.level ||
  again.rows.join() !== [...decision.rows].sort().join() ||
  (outcome === 'allowed' && !again.allowed && type !== 'section.access_lost')
