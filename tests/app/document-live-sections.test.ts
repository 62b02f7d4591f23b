import { describe, expect, test, vi } from 'vitest'
import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import * as Y from 'yjs'
import { LiveSections } from '@/app/_editor/live-sections'
import { plainTextOf } from '@/app/_editor/plain-text'
import { colourSpeakers, forgetClocks, peopleIn } from '@/app/_editor/presence'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'

describe('what the page knows of its connections', () => {
  test('a section is the same object until it changes', () => {
    const live = new LiveSections()
    expect(live.get('a')).toBe(live.get('a'))
    live.report('a', { state: 'live' })
    const before = live.get('a')
    live.report('b', { state: 'lost' })
    expect(live.get('a')).toBe(before)
    expect(live.anyLost()).toBe(true)
    live.forget('b')
    expect(live.anyLost()).toBe(false)
  })

  test('anything but saved is unsaved', () => {
    const live = new LiveSections()
    live.report('a', { saving: 'saved' })
    expect(live.anyUnsaved()).toBe(false)
    live.report('a', { saving: 'saving' })
    expect(live.anyUnsaved()).toBe(true)
    live.report('a', { saving: 'offline-unsaved' })
    expect(live.anyUnsaved()).toBe(true)
  })

  test('a closed section leaves its reason until it returns; one that I delete myself leaves none', () => {
    const live = new LiveSections()
    const heard = vi.fn()
    live.subscribe(heard)
    live.departing('a', 'narrowed')
    expect(live.departures().get('a')).toBe('narrowed')
    expect(heard).toHaveBeenCalledTimes(1)
    live.returned('a')
    expect(live.departures().size).toBe(0)
    expect(live.wasLookedAt('a')).toBe(false)
    live.departing('a', 'closed', true)
    live.departing('a', 'narrowed')
    expect(live.wasLookedAt('a')).toBe(true)
    live.returned('a')
    expect(live.wasLookedAt('a')).toBe(false)
    live.removing('b')
    live.departing('b', 'removed')
    expect(live.departures().size).toBe(0)
    live.returned('b')
    live.departing('b', 'narrowed')
    expect(live.departures().get('b')).toBe('narrowed')
  })
})

describe('presence', () => {
  const speaker = (personId: string, name: string, orgColour = 0) => ({
    user: { personId, name, orgShortCode: 'CEM', orgColour },
    cursor: null,
  })

  test('one face per person, never my own, nothing that the server did not write', () => {
    const states = [speaker('b', 'Ben'), speaker('a', 'Ana'), speaker('b', 'Ben'), speaker('me', 'Me')]
    const odd = [null, 'x', {}, { user: null }, { user: { name: 'Ghost', color: '#000000' } }]
    expect(peopleIn([...states, ...odd], 'me').map((person) => person.name)).toEqual(['Ana', 'Ben'])
  })

  test('who is here is heard again after a connection comes back, though the news is not newer', () => {
    const [here, there] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())]
    here.on('update', ({ removed }: { removed: number[] }) => {
      // As the provider does: what is told of a removal carries the clock.
      if (removed.length > 0) encodeAwarenessUpdate(here, removed)
    })
    there.setLocalState(speaker('a', 'Ana'))
    const news = encodeAwarenessUpdate(there, [there.clientID])
    applyAwarenessUpdate(here, news, 'socket')
    forgetClocks(here, here.clientID)
    removeAwarenessStates(here, [there.clientID], 'socket')
    expect(peopleIn(here.getStates().values(), 'me')).toEqual([])
    applyAwarenessUpdate(here, news, 'socket')
    expect(peopleIn(here.getStates().values(), 'me').map((person) => person.name)).toEqual(['Ana'])
    here.destroy()
    there.destroy()
  })

  test('selections take the agency’s colour, whatever the state said', () => {
    const state = { user: { ...speaker('a', 'Ana', 1).user, color: 'url(https://example.org)' } }
    colourSpeakers([state])
    expect(state.user.color).toMatch(/^#[0-9a-f]{6}$/)
  })
})

test('the text of a section that could not be saved can be copied: a line per block, tabs between cells', () => {
  const doc = new Y.Doc()
  const element = (name: string, ...children: (Y.XmlElement | Y.XmlText)[]) => {
    const made = new Y.XmlElement(name)
    made.insert(0, children)
    return made
  }
  const text = (words: string) => new Y.XmlText(words)
  const block = (child: Y.XmlElement) => element('blockContainer', child)
  const cell = (words: string) => element('tableCell', element('tableParagraph', text(words)))
  doc
    .getXmlFragment(EDITOR_FRAGMENT)
    .insert(0, [
      element(
        'blockGroup',
        block(element('heading', text('Shelters'))),
        block(element('table', element('tableRow', cell('School'), cell('420')))),
        block(element('paragraph', text('Call first.'))),
      ),
    ])
  expect(plainTextOf(doc)).toBe('Shelters\nSchool\t420\nCall first.')
})
