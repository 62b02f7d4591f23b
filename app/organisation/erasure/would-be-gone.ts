import type { ErasablePersonView } from '@/lib/views/retention/erasure'

const counted = (n: number, one: string, many: string): string[] =>
  n === 0 ? [] : [`${n.toLocaleString('en')} ${n === 1 ? one : many}`]

/** What erasing somebody takes away besides name and e-mail, with exact counts. */
export const wouldBeGone = (person: ErasablePersonView): string => {
  const parts = [
    ...counted(person.values, 'personal value on record', 'personal values on record'),
    ...counted(person.sessions, 'session’s address', 'sessions’ addresses'),
    ...counted(person.invitations, 'invitation', 'invitations'),
  ]
  const gone = `Would be gone: name and e-mail${parts.length === 0 ? '' : `, ${parts.join(', ')}`}.`
  const ends = counted(person.memberships, 'role in a workspace', 'roles in workspaces').join('')
  return ends === '' ? gone : `${gone} Would end: ${ends}.`
}
