import { agencySolid } from '@/app/_components/marks/agency-palette'

/** What a caret says of a person: the server's words (`lib/sync/presence`), and the editor's own two names. */
export interface CaretUser {
  name: string
  color: string
  orgShortCode?: string
  orgColour?: number
  [key: string]: unknown
}

/**
 * A caret with the person's name and agency. The editor sets `data-active` while it moves; editor.css fades the
 * label. Text only, and styles by property: names come from people, and the page allows no inline style text.
 */
export const renderCaret = ({ name, orgShortCode, orgColour }: CaretUser): HTMLElement => {
  const colour = agencySolid(orgColour ?? 0)
  const base = element('bn-collaboration-cursor__base')
  const caret = element('bn-collaboration-cursor__caret')
  caret.style.backgroundColor = colour
  const label = element('bn-collaboration-cursor__label')
  label.style.backgroundColor = colour
  label.textContent = orgShortCode ? `${name} · ${orgShortCode}` : name
  caret.append(label)
  // Word joiners keep the caret on the line of the text around it.
  base.append('\u2060', caret, '\u2060')
  return base
}

const element = (className: string): HTMLElement => {
  const made = document.createElement('span')
  made.className = className
  // A caret is not part of the text: readers of the text must not meet names in the middle of sentences.
  made.setAttribute('aria-hidden', 'true')
  return made
}
