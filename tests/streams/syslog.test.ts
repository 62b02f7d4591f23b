import { describe, expect, test } from 'vitest'
import { EVENTS } from '@/lib/audit/catalogue'
import { ocsfOf, type StreamEvent } from '@/lib/streams/ocsf'
import { octetCounted, syslogMessage } from '@/lib/streams/syslog'
import { streamEvent } from '@/tests/streams/some-events'

const source = { host: 'liaison.example', enterprise: 32_473 }
const messageOf = (event: StreamEvent) => syslogMessage(event, ocsfOf(event), source)

/** RFC 5424, section 6: the header, one element of structured data, the text. */
const FORMAT =
  /^<(\d{1,3})>1 (\S+) ([\x21-\x7e]{1,255}) ([\x21-\x7e]{1,48}) ([\x21-\x7e]{1,128}) ([\x21-\x7e]{1,32}) \[(.*?[^\\])\] (.*)$/

describe('events of the record as syslog', () => {
  test('the header, the place in the tree, and OCSF as text', () => {
    const event = streamEvent({ type: 'session.started' }, { index: 7 })
    const [, priority, at, host, app, process, id, data, text = ''] = FORMAT.exec(messageOf(event)) ?? []
    expect({ priority, at, host, app, process, id }).toEqual({
      priority: '110',
      at: '2026-03-03T12:00:00.000Z',
      host: 'liaison.example',
      app: 'liaison',
      process: '-',
      id: 'session.started',
    })
    expect(data).toMatch(/^record@32473 tree="instance" index="7" leaf="[0-9a-f]{64}" id="[0-9a-f-]{36}"$/)
    expect(JSON.parse(text)).toEqual(ocsfOf(event))
  })

  test('a denial is a warning', () => {
    expect(messageOf(streamEvent({ type: 'section.opened', outcome: 'denied' }))).toMatch(/^<108>1 /)
  })

  test('names and line breaks of any script are ASCII in it, and come back whole', () => {
    const details = { stream: 'Größe \u202e\n\u001b[31m 🌊 水' }
    const message = messageOf(streamEvent({ type: 'stream.behind', details }))
    expect(message).toMatch(/^[\x20-\x7e]*$/)
    const told = JSON.parse(message.slice(message.indexOf('] {') + 2)) as { raw_data: string }
    expect(JSON.parse(told.raw_data)).toMatchObject({ details })
  })

  test('what structured data cannot hold is escaped', () => {
    const message = messageOf(streamEvent({ type: 'session.started' }, { tree: 'a"b\\c]d' }))
    expect(message).toContain('tree="a\\"b\\\\c\\]d"')
  })

  test('the count is of bytes', () => {
    const message = messageOf(streamEvent({ type: 'session.started' }))
    expect(octetCounted(message)).toBe(`${Buffer.byteLength(message)} ${message}`)
  })

  test('every type of event fits into a message id', () => {
    for (const type of Object.keys(EVENTS)) expect(type).toMatch(/^[\x21-\x7e]{1,32}$/)
  })
})
