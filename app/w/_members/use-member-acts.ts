'use client'

import { useMutation } from '@tanstack/react-query'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { useApi, useApiClient } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'
import type { Id } from '@/lib/ids'
import type { Role } from '@/lib/policy/vocabulary'
import type { MemberView } from '@/lib/views/workspace'

/** What a lead can do to members. All of it acts at once; the toast takes it back. */
export const useMemberActs = (workspaceId: Id) => {
  const api = useApi()
  // For several at once: what is on screen is asked for again when all are done, not after each.
  const direct = useApiClient()
  const refresh = useRefresh()
  // Awaited: a change gives a membership a new id, and the next change needs it.
  const refreshed = { onSettled: () => refresh('members', 'workspaces') }
  const add = useMutation(api.members.add.mutationOptions(refreshed))
  const change = useMutation(api.members.change.mutationOptions(refreshed))
  const end = useMutation(api.members.end.mutationOptions(refreshed))

  const set = (member: MemberView, role: Role, until: string | null) =>
    change.mutateAsync({ membershipId: member.membershipId, role, until })

  const putBack = ({ person, role, until }: MemberView) =>
    add
      .mutateAsync({ workspaceId, personId: person.id, role, until })
      .then(() => toast({ text: `${person.name} is back as ${ROLE_WORDS[role].name.toLowerCase()}.` }))
      .catch(toastProblem)

  return {
    /** Rejects with the refusal. A changed membership is a new row with a new id, so there is no Undo to offer. */
    change: async (member: MemberView, role: Role, until: string | null) => {
      await set(member, role, until)
      toast({
        text:
          role === member.role
            ? `${member.person.name}: ${until === null ? 'no end date' : 'end date set'}.`
            : `${member.person.name} is ${ROLE_WORDS[role].name.toLowerCase()} now.`,
      })
    },
    /** One after the other; rejects at the first refusal, what was changed before stays. */
    changeAll: async (members: readonly MemberView[], to: { role?: Role; until?: string | null }) => {
      try {
        for (const { membershipId, role, until } of members)
          await direct.members.change.mutate({
            membershipId,
            role: to.role ?? role,
            until: to.until === undefined ? until : to.until,
          })
        toast({ text: `${counted(members)} changed.` })
      } finally {
        await refresh('members', 'workspaces')
      }
    },
    /** One after the other; rejects at the first refusal, who was removed before stays out. */
    removeAll: async (members: readonly MemberView[]) => {
      try {
        for (const { membershipId } of members) await direct.members.end.mutate({ membershipId })
        toast({
          text: `${counted(members)} removed.`,
          undo: () =>
            void members.reduce((before, member) => before.then(() => putBack(member)), Promise.resolve()),
        })
      } finally {
        await refresh('members', 'workspaces')
      }
    },
    /** Rejects with the refusal, for the window that asked. */
    remove: async (member: MemberView) => {
      await end.mutateAsync({ membershipId: member.membershipId })
      toast({ text: `${member.person.name} is removed.`, undo: () => void putBack(member) })
    },
    /** Adds one after the other; rejects at the first refusal, what was added before stays. */
    add: async (people: readonly { id: Id; name: string }[], role: Role, until: string | null) => {
      for (const { id } of people) await add.mutateAsync({ workspaceId, personId: id, role, until })
      const [first] = people
      const who = people.length === 1 && first ? first.name : `${people.length} people`
      toast({ text: `${who} added as ${ROLE_WORDS[role].name.toLowerCase()}.` })
    },
  }
}

const counted = ({ length }: readonly unknown[]): string =>
  length === 1 ? '1 person is' : `${length} people are`

export type MemberActs = ReturnType<typeof useMemberActs>
