import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { FoundPersonView } from '@/lib/views/organisation'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  words: string
  workspaceId: Id | null
}

const SHORTEST = 3
const MOST = 8

interface Row {
  id: Id
  name: string
  email: string | null
  member: boolean
  org_id: Id
  org_name: string
  short_code: string
  colour: number
}

/**
 * For share dialogs and mentions: active people of one's own organisation, and of the given workspace everyone who takes
 * part. Asks: to enter it, and for guests more. Others' addresses are neither shown nor searched.
 */
export const searchPeople: Operation<Input, FoundPersonView[]> = {
  event: 'person.searched',
  own: true,
  async run(context, { words, workspaceId }) {
    const { tx, actor, at } = context
    if (workspaceId !== null) {
      const entered = await context.authorize({ workspaceId }, { ask: 'enter' })
      if (entered.facts.membership?.role === 'guest')
        await context.authorize({ workspaceId }, { ask: 'level', needs: 'discover' })
    }
    const wanted = words.normalize('NFC').trim().toLowerCase()
    if ([...wanted].length < SHORTEST)
      throw new DomainError('invalid', `Type at least ${SHORTEST} characters of the name.`)
    const { rows } = await tx.query<Row>(
      SEARCH,
      [actor.orgId, workspaceId, `%${wanted.replace(/[\\%_]/g, '\\$&')}%`, at, MOST],
      'people search',
    )
    context.recordView(
      { object: workspaceId === null ? {} : { workspaceId }, volume: { people: rows.length } },
      [wanted, rows.map(({ id }) => id)],
    )
    return rows.map((row) => ({
      person: {
        id: row.id,
        name: row.name,
        org: { id: row.org_id, name: row.org_name, shortCode: row.short_code, colour: row.colour },
      },
      email: row.email,
      member: row.member,
    }))
  },
}

const SEARCH = `
with here as (
  select person_id from memberships
  where workspace_id = $2::uuid and ended_at is null and valid_from <= $4::timestamptz
    and (valid_until is null or valid_until > $4::timestamptz)
),
mine as (
  select id, true as own from people where org_id = $1 and state = 'active'
    and (lower(name) like $3 or lower(email) like $3)
),
theirs as (
  select p.id, false as own from people p join here on here.person_id = p.id
  where p.org_id <> $1 and p.state = 'active' and lower(p.name) like $3
)
select p.id, p.name, case when f.own then p.email end as email,
  exists (select 1 from here where here.person_id = p.id) as member,
  o.id as org_id, o.name as org_name, o.short_code, o.colour
from (select * from mine union all select * from theirs) f
join people p on p.id = f.id join organisations o on o.id = p.org_id
order by member desc, lower(p.name), p.id limit $5`
