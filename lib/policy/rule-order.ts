import { unlessGlassIsBroken } from '@/lib/policy/break-glass'
import { boundaryLetsIn, markingIsMet, somethingIsGranted, stateAllows } from '@/lib/policy/content'
import { isDuty, roleGivesDuty, stateAllowsDuty } from '@/lib/policy/duties'
import type { Facts, Request } from '@/lib/policy/facts'
import type { Finding } from '@/lib/policy/finding'
import { hereAndAtSources } from '@/lib/policy/sources/here-and-at-sources'
import { dutiesAreSeparate, nobodyDenies, organisationTakesPart, subjectStands } from '@/lib/policy/standing'
import type { Level, Rule } from '@/lib/policy/vocabulary'

type Judge = (facts: Facts, request: Request) => Finding | null

export type RuleOrder = readonly { rule: Rule; find: Judge }[]

const CONTENT: RuleOrder = [
  { rule: 'R1', find: subjectStands },
  { rule: 'R2', find: dutiesAreSeparate },
  { rule: 'R3', find: nobodyDenies },
  { rule: 'R4', find: organisationTakesPart },
  { rule: 'R5', find: hereAndAtSources(boundaryLetsIn) },
  { rule: 'R6', find: hereAndAtSources(markingIsMet) },
  { rule: 'R7', find: unlessGlassIsBroken(somethingIsGranted) },
  { rule: 'R8', find: stateAllows },
]

const DUTY: RuleOrder = [
  { rule: 'R1', find: subjectStands },
  { rule: 'R3', find: nobodyDenies },
  { rule: 'R4', find: organisationTakesPart },
  { rule: 'R7', find: roleGivesDuty },
  { rule: 'R8', find: stateAllowsDuty },
]

/** The rules that a request is put to, in their rank: what `decide` goes through and what `trace` tells of. */
export const rulesFor = (request: Request): RuleOrder => (isDuty(request) ? DUTY : CONTENT)

/** The level that a request needs before handling (R9) is looked at. */
export const neededFor = (request: Request): Level => {
  if (isDuty(request)) return 'discover'
  if (request.ask === 'level') return request.needs
  if (request.ask === 'handle') return 'read'
  return request.ask === 'approve' && request.firstKey !== null ? 'read' : 'manage'
}
