import { afterAll, beforeAll, expect, it } from 'vitest'
import { DomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { Bug } from '@/server/operations/report-bug'
import { type Operation, runOperation } from '@/server/operations/run-operation'
import { eventsOf, openPlan, type Plan, traceOf } from '@/tests/operations/plan'

let plan: Plan
beforeAll(async () => {
  plan = await openPlan()
})
afterAll(() => plan.services.close())

const attempt = (run: Operation<void, unknown>['run'], more: Partial<Operation<void, unknown>> = {}) =>
  runOperation(plan.services, plan.people.countyLead, { event: 'document.renamed', run, ...more }, undefined)

const object = () => ({ workspaceId: plan.workspaceId, documentId: plan.documentId })
const rename =
  (title: string): Operation<void, unknown>['run'] =>
  async (context) => {
    await context.authorize({ documentId: plan.documentId }, { ask: 'level', needs: 'edit' })
    await context.tx.query('update documents set title = $1 where id = $2', [title, plan.documentId])
  }

it('an operation that did not authorize is a bug and leaves nothing behind', async () => {
  const before = await traceOf(plan)
  await expect(attempt(async (context) => context.record({ object: object() }))).rejects.toBeInstanceOf(Bug)
  expect(await traceOf(plan)).toEqual(before)
})

it('an operation that did not record is a bug and leaves nothing behind', async () => {
  const before = await traceOf(plan)
  await expect(attempt(rename('Unrecorded'))).rejects.toBeInstanceOf(Bug)
  expect(await traceOf(plan)).toEqual(before)
})

it('a bug is thrown with the id that stands in the log, and says nothing of its cause', async () => {
  const error = await attempt(async () => {
    throw new TypeError('inner words')
  }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Bug)
  expect((error as Bug).message).toBe(`Something went wrong, id ${(error as Bug).id}.`)
})

it('[R0] an id of nothing is on record as what was asked for, not as a workspace', async () => {
  const workspaceId = newId()
  await expect(
    attempt((context) => context.authorize({ workspaceId }, { ask: 'enter' })),
  ).rejects.toMatchObject({ code: 'hidden' })
  const [event] = await eventsOf(plan)
  expect(event).toMatchObject({ outcome: 'denied', rule: 'R0', workspace_id: null })
  expect(event?.canonical).toContain(workspaceId)
})

it('a refusal after the change takes the change back, and is on record with its code and object', async () => {
  const refuse = new DomainError('conflict', 'Somebody else was faster.')
  await expect(
    attempt(async (context) => {
      await rename('Too late')(context, undefined)
      context.record({ object: object() })
      throw refuse
    }),
  ).rejects.toBe(refuse)
  const [event] = await eventsOf(plan)
  expect(event).toMatchObject({ outcome: 'denied', document_id: plan.documentId, rule: 'R7' })
  expect(event?.says).toMatchObject({ details: { code: 'conflict' } })
  const { rows } = await plan.services.db.query<{ title: string }>(
    'select title from documents where id = $1',
    [plan.documentId],
  )
  expect(rows[0]?.title).toBe('Flood response plan')
})

it('a refusal that cannot be put on record is not answered', async () => {
  const services = {
    ...plan.services,
    recorder: {
      ...plan.services.recorder,
      append: () => {
        throw new Error('no record')
      },
    },
  }
  await expect(
    runOperation(
      services,
      plan.stranger,
      {
        event: 'workspace.viewed',
        run: (context) => context.authorize({ workspaceId: plan.workspaceId }, { ask: 'enter' }),
      },
      undefined,
    ),
  ).rejects.toBeInstanceOf(Bug)
})
