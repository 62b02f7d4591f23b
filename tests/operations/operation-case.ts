import type { ErrorCode } from '@/lib/errors'
import type { Actor } from '@/server/identity/actor'
import { type Operation, runOperation } from '@/server/operations/run-operation'
import type { Services } from '@/server/services'
import type { Plan } from '@/tests/operations/plan'

type Person = keyof Plan['people'] | 'stranger'

export interface OperationCase {
  /** Its file, below server/operations. */
  file: string
  event: string
  allowed: Person
  /** Who is refused, how, and by which rule. Null for what is only about one's own: there is nobody to refuse. */
  denied: { who: Person; code: ErrorCode; rule?: string } | null
  /** Makes what the case needs to be there, and gives what is then done with it. */
  prepare(plan: Plan): Promise<(services: Services, actor: Actor) => Promise<unknown>>
}

/** One case of the table. */
export const of = <In>(
  file: string,
  operation: Operation<In, unknown>,
  input: (plan: Plan) => NoInfer<In> | Promise<NoInfer<In>>,
  allowed: Person,
  denied: OperationCase['denied'],
): OperationCase => ({
  file,
  event: operation.event,
  allowed,
  denied,
  prepare: async (plan) => {
    const given = await input(plan)
    return (services, actor) => runOperation(services, actor, operation, given)
  },
})

export const stranger = { who: 'stranger', code: 'hidden', rule: 'R4' } as const
export const reader = { who: 'countyReader', code: 'denied', rule: 'R7' } as const
export const otherLead = { who: 'hospitalLead', code: 'denied', rule: 'R7' } as const
