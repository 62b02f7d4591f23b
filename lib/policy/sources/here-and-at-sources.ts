import { unlessGlassIsBroken } from '@/lib/policy/break-glass'
import type { Place } from '@/lib/policy/content'
import type { Facts, Request, Source } from '@/lib/policy/facts'
import type { Finding } from '@/lib/policy/finding'
import { sourcesInForce } from '@/lib/policy/sources/sources-in-force'
import { lower } from '@/lib/policy/vocabulary'

type Judge = (facts: Facts, request: Request) => Finding | null

/**
 * A rule on limits, put to the object and to every source of it: the lowest of all answers, so that a copy is never
 * wider than what it was copied from. An emergency look passes what the section's own originator set (who is told of
 * it), and the documents that its text lay in; never what another originator set on a source.
 */
export const hereAndAtSources = (judge: (place: Place) => Finding | null): Judge => {
  const here = unlessGlassIsBroken(judge)
  return (facts, request) => {
    const { section } = facts
    if (section === null || section.sources.length === 0) return here(facts, request)
    const sources = sourcesInForce(facts)
    const isOwn = (source: Source) =>
      source.section === null || source.originatorOrgId === section.originatorOrgId
    const passable = unlessGlassIsBroken(() =>
      lowest([judge(facts), ...sources.filter(isOwn).map((source) => atSource(judge, facts, source))]),
    )
    const others = sources.filter((source) => !isOwn(source))
    return lowest([passable(facts, request), ...others.map((source) => atSource(judge, facts, source))])
  }
}

/** A finding at a source rests on the row that makes it one, too. */
const atSource = (
  judge: (place: Place) => Finding | null,
  { subject, at }: Facts,
  { id, document, section }: Source,
): Finding | null => {
  const finding = judge({ subject, at, document, section })
  return finding && { cap: finding.cap, rows: [id, ...finding.rows] }
}

/** The lowest, or all that deny. Each row once: two sources may share a document, also with the copy itself. */
const lowest = (findings: readonly (Finding | null)[]): Finding | null => {
  const said = findings.filter((finding) => finding !== null)
  if (said.length === 0) return null
  const cap = said.reduce((least, finding) => lower(least, finding.cap), said[0]?.cap ?? 'none')
  const counted = cap === 'none' ? said.filter((finding) => finding.cap === 'none') : said
  return { cap, rows: [...new Set(counted.flatMap(({ rows }) => rows))] }
}
