'use client'

import { useMutation } from '@tanstack/react-query'
import { announce } from '@/app/_components/feedback/announce'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { useApi } from '@/app/_data/use-api'
import type { MadeLink } from '@/app/account/link-dialog'
import type { OwnPersonView } from '@/lib/views/identity'

interface Told {
  onChanged: () => Promise<unknown>
  onLink: (made: MadeLink) => void
}

/** What administrators do to their own people without being asked again; each can be taken back. */
export const usePeopleActs = ({ onChanged, onLink }: Told) => {
  const api = useApi()
  const changed = { onSuccess: onChanged, onError: toastProblem }
  const reinstate = useMutation(api.people.reinstate.mutationOptions(changed))
  const issue = useMutation(api.people.issueLink.mutationOptions({ onError: toastProblem }))
  const make = useMutation(api.organisation.makeAdministrator.mutationOptions(changed))
  const unmake = useMutation(api.organisation.unmakeAdministrator.mutationOptions(changed))
  const all = [reinstate, issue, make, unmake]
  return {
    busy: ({ id }: OwnPersonView): boolean =>
      all.some(({ isPending, variables }) => isPending && variables?.personId === id),
    reinstate: ({ id }: OwnPersonView) =>
      reinstate.mutate({ personId: id }, { onSuccess: () => announce('Reinstated.') }),
    link: ({ id, name }: OwnPersonView) =>
      issue.mutate({ personId: id }, { onSuccess: ({ link }) => onLink({ name, path: link }) }),
    makeAdministrator: ({ id, name }: OwnPersonView) =>
      make.mutate(
        { personId: id },
        {
          onSuccess: () =>
            toast({ text: `${name} is an administrator now.`, undo: () => unmake.mutate({ personId: id }) }),
        },
      ),
    unmakeAdministrator: ({ id, name }: OwnPersonView) =>
      unmake.mutate(
        { personId: id },
        {
          onSuccess: () =>
            toast({
              text: `${name} is no administrator any more.`,
              undo: () => make.mutate({ personId: id }),
            }),
        },
      ),
  }
}

export type PeopleActs = ReturnType<typeof usePeopleActs>
