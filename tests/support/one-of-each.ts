import { randomBytes } from 'node:crypto'
import { type Id, newId } from '@/lib/ids'
import type { worldIn } from '@/tests/support/world'

/** Where one of each hangs: all of it belongs to this workspace and this organisation. */
export interface Place {
  workspaceId: Id
  orgId: Id
  personId: Id
  sessionId: Id
  membershipId: Id
  documentId: Id
  sectionId: Id
}

/** Stands in every text of what is made elsewhere: whoever is told any of it has been told too much. */
const TELLTALE = 'elsewhere'

const DAY = 86_400_000
let count = 0

/**
 * One row of everything that has an id which somebody could name: a foreign thing of the right kind, for every door.
 * @param where stands in every text: another word than the telltale for what is ours
 * The keys are the kinds that `tests/api/ids.ts` gives to the fields of inputs.
 */
export const oneOfEach = async (
  { insert }: ReturnType<typeof worldIn>,
  place: Place,
  where: string = TELLTALE,
) => {
  const { workspaceId, orgId, personId, sessionId, documentId, sectionId } = place
  const soon = new Date(Date.now() + DAY)
  const subject = { subject_kind: 'org', subject_id: orgId }
  const boundary = await insert('boundaries', { document_id: documentId })
  const review = await insert('reviews', {
    workspace_id: workspaceId,
    title: `Review ${where}`,
    started_by: personId,
    started_by_org: orgId,
    due_at: soon,
  })
  const offer = await insert('participation_offers', {
    kind: 'invite',
    workspace_id: workspaceId,
    org_id: orgId,
    email: `${where}-${count++}@example.test`,
    ceiling: 'edit',
    may_export: false,
    message: `Message ${where}`,
    state: 'open',
    offered_by: personId,
    offered_by_org: orgId,
    expires_at: soon,
  })
  const notification = await insert('notifications', {
    person_id: personId,
    kind: 'access.changed',
    workspace_id: workspaceId,
    document_id: documentId,
    section_id: sectionId,
  })
  return {
    workspace: workspaceId,
    organisation: orgId,
    person: personId,
    session: sessionId,
    membership: place.membershipId,
    document: documentId,
    section: sectionId,
    boundary,
    clause: await insert('boundary_clauses', { boundary_id: boundary, ...subject, max_level: 'manage' }),
    participation: await insert('participations', {
      workspace_id: workspaceId,
      org_id: orgId,
      ceiling: 'manage',
      valid_from: soon,
      valid_until: new Date(Date.now() + 2 * DAY),
    }),
    group: await insert('groups', { org_id: orgId, name: `Group ${where}` }),
    grant: await insert('grants', { section_id: sectionId, ...subject, level: 'edit' }),
    deny: await insert('denies', { document_id: documentId, ...subject, valid_from: soon }),
    source: await insert('section_sources', { section_id: sectionId, source_document_id: documentId }),
    breakGlass: await insert('break_glass', {
      section_id: sectionId,
      person_id: personId,
      session_id: sessionId,
      reason: `Reason ${where}`,
      valid_until: soon,
    }),
    release: await insert('releases', {
      kind: 'sharing',
      workspace_id: workspaceId,
      section_id: sectionId,
      change: JSON.stringify({ change: { boundary: [] }, forPerson: null, originators: [], second: true }),
      hash: '0'.repeat(64),
      requested_by: personId,
      requested_by_org: orgId,
      expires_at: soon,
      state: 'pending',
    }),
    request: await insert('access_requests', {
      person_id: personId,
      org_id: orgId,
      asked_for: sectionId,
      workspace_id: workspaceId,
      document_id: documentId,
      section_id: sectionId,
      level: 'read',
      reason: `Reason ${where}`,
      state: 'pending',
    }),
    review,
    reviewItem: await insert('review_items', {
      review_id: review,
      kind: 'membership',
      row_id: place.membershipId,
      org_id: orgId,
    }),
    offer,
    invitation: await insert('person_invitations', {
      org_id: orgId,
      email: `${where}-${count++}@example.test`,
      name: `Invited ${where}`,
      created_by: personId,
      expires_at: soon,
    }),
    domain: await insert('organisation_domains', {
      org_id: orgId,
      domain: `${where}-${count++}.example.test`,
      added_by: personId,
    }),
    finding: await insert('findings', {
      workspace_id: workspaceId,
      rule: 'F-06',
      key: `${where}-${count++}`,
      person_id: personId,
      org_id: orgId,
      episode: where,
      numbers: JSON.stringify({ quiet: 40, last: 0 }),
      event_ids: [],
      first_at: new Date(),
      last_at: new Date(),
      state: 'open',
    }),
    savedSearch: await insert('saved_searches', {
      workspace_id: workspaceId,
      person_id: personId,
      name: `Search ${where}`,
      query: '?outcome=denied',
    }),
    event: await insert('audit_inbox', {
      writer: `${where}-${count++}`,
      writer_seq: 0,
      prev_hash: Buffer.alloc(32),
      hash: Buffer.alloc(32),
      canonical: '{}',
      at: new Date(Date.now() - 86_400_000),
      type: 'workspace.viewed',
      outcome: 'allowed',
      workspace_id: workspaceId,
    }),
    notification,
    witness: await insert('audit_witnesses', {
      org_id: orgId,
      name: `${where}.example/witness`,
      verifier_key: `${where}.example/witness+00000000+${randomBytes(33).toString('base64')}`,
      token_hash: randomBytes(32),
    }),
    mail: await insert('mail_outbox', { kind: 'notification', ref_id: notification, org_id: orgId }),
    hold: await insert('legal_holds', {
      kind: 'organisation',
      subject_id: orgId,
      org_id: orgId,
      reason: `Reason ${where}`,
      placed_by: personId,
      placed_at: new Date(),
    }),
    export: await insert('record_exports', {
      workspace_id: workspaceId,
      asked_by: personId,
      org_id: orgId,
      session_id: sessionId,
      format: 'csv',
      scope: 'agency',
      filter: '{}',
      reason: `Reason ${where}`,
      state: 'waiting',
      asked_at: new Date(),
    }),
    retentionRequest: await insert('retention_requests', {
      workspace_id: workspaceId,
      kind: 'shorten',
      searchable_months: 6,
      cold_months: 12,
      hash: '0'.repeat(64),
      requested_by: personId,
      requested_by_org: orgId,
      requested_at: new Date(),
      expires_at: soon,
      state: 'pending',
    }),
    link: await insert('one_time_links', {
      kind: 'password',
      token_hash: newId(),
      person_id: personId,
      expires_at: soon,
    }),
  }
}

/** Kinds of things that can be named by id. */
export type Kind = keyof Awaited<ReturnType<typeof oneOfEach>>
