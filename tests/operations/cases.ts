import { ENDINGS } from '@/tests/operations/cases/asks/endings'
import { REQUESTS } from '@/tests/operations/cases/asks/requests'
import { REVIEWS } from '@/tests/operations/cases/asks/reviews'
import { BREAK_GLASS } from '@/tests/operations/cases/break-glass'
import { DOCUMENTS } from '@/tests/operations/cases/documents'
import { EXPLAIN } from '@/tests/operations/cases/explain'
import { EXPORTS } from '@/tests/operations/cases/exports/exports'
import { INBOX } from '@/tests/operations/cases/inbox'
import { INVITATIONS } from '@/tests/operations/cases/invitations'
import { ERASURE } from '@/tests/operations/cases/kept/erasure'
import { RETENTION } from '@/tests/operations/cases/kept/retention'
import { LEAVING } from '@/tests/operations/cases/leaving'
import { MEMBERS } from '@/tests/operations/cases/members'
import { ORGANISATION } from '@/tests/operations/cases/organisation'
import { OFFERS } from '@/tests/operations/cases/partnership/offers'
import { PARTICIPATION } from '@/tests/operations/cases/partnership/participation'
import { TERMS_CASES } from '@/tests/operations/cases/partnership/terms'
import { RECORD } from '@/tests/operations/cases/record'
import { RELEASES } from '@/tests/operations/cases/releases'
import { SECTIONS } from '@/tests/operations/cases/sections'
import { SHARING } from '@/tests/operations/cases/sharing'
import { WITNESSES } from '@/tests/operations/cases/witnesses'
import { WORKSPACES } from '@/tests/operations/cases/workspaces'
import { COPIES } from '@/tests/operations/copies/copies-cases'
import type { OperationCase } from '@/tests/operations/operation-case'

/**
 * Every operation of ours with somebody who may and somebody who may not. What is allowed is done in this order, in
 * one world: what takes people out comes last.
 */
export const CASES: readonly OperationCase[] = [
  ...WORKSPACES,
  ...DOCUMENTS,
  ...SECTIONS,
  ...COPIES,
  ...SHARING,
  ...INVITATIONS,
  ...ORGANISATION,
  ...WITNESSES,
  ...MEMBERS,
  ...EXPLAIN,
  ...ENDINGS,
  ...BREAK_GLASS,
  ...RECORD,
  ...EXPORTS,
  ...RELEASES,
  ...REVIEWS,
  ...REQUESTS,
  ...TERMS_CASES,
  ...OFFERS,
  ...PARTICIPATION,
  ...INBOX,
  ...RETENTION,
  ...ERASURE,
  ...LEAVING,
]
