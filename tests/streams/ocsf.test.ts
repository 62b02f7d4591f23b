import { describe, expect, test } from 'vitest'
import { EVENTS, type EventType } from '@/lib/audit/catalogue'
import { newId } from '@/lib/ids'
import { ocsfOf } from '@/lib/streams/ocsf'
import { ocsfKindOf } from '@/lib/streams/ocsf-classes'
import { ocsfFaults } from '@/tests/streams/ocsf-schema'
import { streamEvent } from '@/tests/streams/some-events'

const TYPES = Object.keys(EVENTS) as EventType[]
const nobody = { personId: null, orgId: null, sessionId: null }
const [workspaceId, documentId, sectionId, targetId] = [newId(), newId(), newId(), newId()]

describe('events of the record as OCSF', () => {
  test.each(TYPES)('%s is a valid event of its class, whoever did it and whatever it was done to', (type) => {
    for (const actor of [undefined, nobody])
      for (const object of [{}, { workspaceId }, { workspaceId, documentId, sectionId }, { targetId }])
        for (const outcome of ['allowed', 'denied', 'failed'] as const) {
          const draft = { type, object, outcome, ...(actor === undefined ? {} : { actor }) }
          expect(ocsfFaults(ocsfOf(streamEvent(draft)))).toEqual([])
        }
  })

  test.each<[EventType, number, number]>([
    ['session.started', 3002, 1],
    ['session.refused', 3002, 1],
    ['session.ended', 3002, 2],
    ['person.created', 3001, 1],
    ['person.suspended', 3001, 5],
    ['person.made_administrator', 3001, 7],
    ['membership.started', 3005, 1],
    ['membership.ended', 3005, 2],
    ['grant.started', 3005, 1],
    ['deny.started', 3005, 2],
    ['workspace.created', 3004, 1],
    ['workspace.viewed', 3004, 2],
    ['participation.suspended', 3004, 3],
    ['participation.left', 3004, 4],
    ['section.opened', 6001, 2],
    ['section.edit_closed', 6001, 3],
    ['section.removed', 6001, 4],
    ['sharing.changed', 6001, 8],
    ['record.viewed', 6001, 5],
    ['record.exported', 6001, 7],
  ])('%s is told as class %i, activity %i', (type, uid, activityId) => {
    expect(ocsfOf(streamEvent({ type }))).toMatchObject({ class_uid: uid, activity_id: activityId })
  })

  test('most of the catalogue has an activity of its class; the rest is "other" by its own verb', () => {
    const others = TYPES.map(ocsfKindOf).filter(({ activityId }) => activityId === 99)
    expect(others.length).toBeLessThan(TYPES.length / 3)
    expect(ocsfKindOf('section.frame_refused')).toEqual({
      class: 'web_resources',
      activityId: 99,
      activityName: 'frame_refused',
    })
  })

  test('it says which leaf of which tree it is, and carries the text that was hashed', () => {
    const event = streamEvent(
      { type: 'section.opened', object: { sectionId } },
      { tree: 'workspace:x', index: 41 },
    )
    const told = ocsfOf(event)
    expect(told).toMatchObject({
      raw_data: event.canonical,
      metadata: { log_name: 'workspace:x', sequence: 41, labels: [`leaf:${event.leafHash}`] },
      unmapped: { tree: 'workspace:x', index: 41, leaf_hash: event.leafHash },
      web_resources: [{ type: 'section', uid: sectionId }],
    })
  })

  test('[R5] a denial is a failure, of a higher severity, with its rule', () => {
    const decision = { rule: 'R5', level: 'none', rows: [] } as const
    expect(ocsfOf(streamEvent({ type: 'section.opened', outcome: 'denied', decision }))).toMatchObject({
      status_id: 2,
      status_code: 'R5',
      status_detail: 'denied',
      severity_id: 3,
    })
  })

  test('an address is a source; other personal values are unmapped; without any there is neither', () => {
    const clear = { address: '192.0.2.7', email: 'ada@county.example' }
    expect(ocsfOf(streamEvent({ type: 'session.refused' }, { clear }))).toMatchObject({
      src_endpoint: { ip: '192.0.2.7' },
      unmapped: { clear: { email: 'ada@county.example' } },
    })
    const without = ocsfOf(streamEvent({ type: 'session.refused' }))
    expect(without).not.toHaveProperty('src_endpoint')
    expect(without).not.toHaveProperty('unmapped.clear')
  })
})
