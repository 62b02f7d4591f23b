import { KINDS, type Kind } from '@/lib/told/kinds'

export interface Mail {
  to: string
  subject: string
  text: string
}

/** What cannot stand in a header or would turn a terminal; titles of others' making come through here. */
const plain = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 120)

/** Of something in the inbox: which kind of thing, and the way there. Never whose, of what, or a word of content. */
export const noticeMail = (to: string, kind: Kind, publicUrl: string): Mail => ({
  to,
  subject: `Liaison: ${KINDS[kind].label.toLowerCase()}`,
  text: [
    `There is something new in your inbox: ${KINDS[kind].label.toLowerCase()}.`,
    `Open it: ${publicUrl}/inbox`,
    `What comes as mail is your choice: ${publicUrl}/account#mail`,
  ].join('\n\n'),
})

export const invitationMail = (
  to: string,
  about: { organisation: string; by: string },
  link: string,
): Mail => ({
  to,
  subject: `${plain(about.organisation)} invites you to Liaison`,
  text: [
    `${plain(about.by)} of ${plain(about.organisation)} invites you to Liaison, where several agencies plan together.`,
    `This link is for you alone, works once and for 72 hours:\n${link}`,
    'If you did not expect it, do nothing: without the link nothing happens.',
  ].join('\n\n'),
})

export const offerMail = (to: string, about: { organisation: string; by: string }, link: string): Mail => ({
  to,
  subject: `${plain(about.organisation)} invites your agency to a shared workspace`,
  text: [
    `${plain(about.by)} of ${plain(about.organisation)} asks whether your agency takes part in a shared workspace on Liaison.`,
    `The terms, and what it would give, are behind this link. It is for you alone and works for 72 hours:\n${link}`,
    'Nothing begins before an administrator of your agency has signed. If you did not expect this, do nothing.',
  ].join('\n\n'),
})
