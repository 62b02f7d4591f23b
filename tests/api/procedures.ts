import { ACCESS } from '@/tests/api/procedures/access/access'
import { BREAK_GLASS } from '@/tests/api/procedures/access/break-glass'
import { ENDINGS } from '@/tests/api/procedures/asks/endings'
import { REQUESTS } from '@/tests/api/procedures/asks/requests'
import { REVIEWS } from '@/tests/api/procedures/asks/reviews'
import { COPIES } from '@/tests/api/procedures/copies'
import { DOCUMENTS } from '@/tests/api/procedures/documents'
import { ENTRY } from '@/tests/api/procedures/entry'
import { EXPORTS } from '@/tests/api/procedures/exports'
import { INBOX } from '@/tests/api/procedures/inbox'
import { ME } from '@/tests/api/procedures/me'
import { PARTNERSHIP } from '@/tests/api/procedures/partnership'
import { ERASURE } from '@/tests/api/procedures/people/erasure'
import { GROUPS } from '@/tests/api/procedures/people/groups'
import { INVITATIONS } from '@/tests/api/procedures/people/invitations'
import { MEMBERSHIPS } from '@/tests/api/procedures/people/members'
import { ORGANISATION } from '@/tests/api/procedures/people/organisation'
import { ORGANISATIONS } from '@/tests/api/procedures/people/organisations'
import { PEOPLE } from '@/tests/api/procedures/people/people'
import { RETENTION } from '@/tests/api/procedures/people/retention'
import { WITNESSES } from '@/tests/api/procedures/people/witnesses'
import { RECORD } from '@/tests/api/procedures/record'
import { RELEASES } from '@/tests/api/procedures/releases'
import { SECTIONS } from '@/tests/api/procedures/sections'
import { SHARING } from '@/tests/api/procedures/sharing'
import type { ProcedureCase } from '@/tests/api/procedures/who'
import { WORKSPACES } from '@/tests/api/procedures/workspaces'

/** Every procedure of the API, with an input that is right for somebody. A new procedure needs its line here. */
export const PROCEDURES: Record<string, ProcedureCase> = {
  ...RELEASES,
  ...REQUESTS,
  ...REVIEWS,
  ...SHARING,
  ...ACCESS,
  ...BREAK_GLASS,
  ...COPIES,
  ...DOCUMENTS,
  ...ENDINGS,
  ...ENTRY,
  ...INVITATIONS,
  ...GROUPS,
  ...ERASURE,
  ...RETENTION,
  ...ORGANISATION,
  ...INBOX,
  ...ME,
  ...MEMBERSHIPS,
  ...ORGANISATIONS,
  ...PARTNERSHIP,
  ...PEOPLE,
  ...RECORD,
  ...EXPORTS,
  ...SECTIONS,
  ...WITNESSES,
  ...WORKSPACES,
}
