import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import { throttleKeys } from '@/server/identity/sign-in/throttle'

const ERASED_NAME = 'Erased person'

/** Reserved (RFC 2606): no mail can ever go there. Unique, as addresses of accounts are. */
const erasedEmail = (personId: Id): string => `erased-${personId}@erased.invalid`

interface Erasing {
  id: Id
  email: string
  /** Who erases. */
  by: Id
}

/** Invitations and offers to the person's address: their keys are the person's as well. */
const LETTERS = `
select 'invitation:' || id as owner, id from person_invitations where used_by = $1 or lower(email) = lower($2)
union all
select 'offer:' || id, id from participation_offers where lower(email) = lower($2)`

type Step = readonly [text: string, values: readonly unknown[]]

/**
 * Where a person's name and addresses are kept outside the record, each table with what becomes of it. The rest holds ids, or
 * text that belongs to an organisation: docs/retention.md says why it stays.
 */
const stepsOf = (
  { id, email, by }: Erasing,
  letterIds: readonly Id[],
  networks: readonly string[],
  at: Date,
): readonly Step[] => [
  // Also what a mail server once said about an address. Before the notices that some of it is about.
  [
    `delete from mail_outbox where ref_id = any($2)
       or ref_id in (select id from notifications where person_id = $1)`,
    [id, letterIds],
  ],
  // The account stays as a row without a name: ids in the record, in grants and in texts point to it.
  [
    `update people set name = $2, email = $3, password_hash = null, is_administrator = false, is_operator = false,
       erased_at = $4 where id = $1`,
    [id, ERASED_NAME, erasedEmail(id), at],
  ],
  // Addresses of networks and names of devices.
  [`update sessions set address = 'erased', user_agent = 'erased' where person_id = $1`, [id]],
  ['delete from one_time_links where person_id = $1', [id]],
  // Nobody can accept it any more; who invited, when and into what stays.
  [
    `update person_invitations set email = $2, name = $3, token_hash = null,
       withdrawn_at = case when used_at is null then coalesce(withdrawn_at, $4::timestamptz) else withdrawn_at end
     where id = any($1)`,
    [letterIds, erasedEmail(id), ERASED_NAME, at],
  ],
  [`update participation_offers set email = null, token_hash = null where id = any($1)`, [letterIds]],
  // Why they needed something: their own words, for a decision that has been made.
  [`update access_requests set reason = 'Erased.' where person_id = $1`, [id]],
  // What was told to them, and the choices and habits that were theirs alone.
  ['delete from notifications where person_id = $1', [id]],
  ['delete from mail_choices where person_id = $1', [id]],
  ['delete from stars where person_id = $1', [id]],
  ['delete from visits where person_id = $1', [id]],
  // Networks in clear. Costs a slow-down of the last minutes there.
  ['delete from sign_in_throttles where key = any($1)', [throttlesOf(email, networks)]],
  // They belong to nothing any more: rows of policy, so they end.
  [
    'update memberships set ended_at = $2, ended_by = $3 where person_id = $1 and ended_at is null',
    [id, at, by],
  ],
  [
    'update group_members set ended_at = $2, ended_by = $3 where person_id = $1 and ended_at is null',
    [id, at, by],
  ],
]

/**
 * Removes a person's name, addresses and habits from everything beside the record. @returns the owners of keys of personal values
 * that are the person's, to be destroyed.
 */
export const eraseElsewhere = async (tx: Tx, erasing: Erasing, at: Date): Promise<string[]> => {
  const { rows: letters } = await tx.query<{ owner: string; id: Id }>(LETTERS, [erasing.id, erasing.email])
  const letterIds = letters.map(({ id }) => id)
  const { rows: sessions } = await tx.query<{ address: string }>(
    'select distinct address from sessions where person_id = $1',
    [erasing.id],
  )
  const networks = sessions.map(({ address }) => address)
  for (const [text, values] of stepsOf(erasing, letterIds, networks, at)) await tx.query(text, [...values])
  return [`person:${erasing.id}`, ...letters.map(({ owner }) => owner)]
}

const throttlesOf = (email: string, networks: readonly string[]): string[] =>
  networks.flatMap((address) =>
    [throttleKeys('sign-in', email, address), throttleKeys('link', '', address)].flatMap(Object.values),
  )
