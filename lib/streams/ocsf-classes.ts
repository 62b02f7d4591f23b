import type { EventType } from '@/lib/audit/catalogue'

/** What an event is about: the part of its type before the dot. */
export type NounOf<Type> = Type extends `${infer Noun}.${string}` ? Noun : never
type Noun = NounOf<EventType>

/** Classes of OCSF that events of ours are told as: https://schema.ocsf.io/1.3.0/classes */
export const OCSF_CLASSES = {
  account_change: {
    uid: 3001,
    category: 3,
    name: 'Account Change',
    categoryName: 'Identity & Access Management',
  },
  authentication: {
    uid: 3002,
    category: 3,
    name: 'Authentication',
    categoryName: 'Identity & Access Management',
  },
  entity_management: {
    uid: 3004,
    category: 3,
    name: 'Entity Management',
    categoryName: 'Identity & Access Management',
  },
  user_access: {
    uid: 3005,
    category: 3,
    name: 'User Access Management',
    categoryName: 'Identity & Access Management',
  },
  web_resources: {
    uid: 6001,
    category: 6,
    name: 'Web Resources Activity',
    categoryName: 'Application Activity',
  },
} as const

export type OcsfClass = keyof typeof OCSF_CLASSES

/**
 * The class of each noun. A new noun does not type-check until it has its line: what is taken for an account is an
 * account, what gives a person access is user access, what people read and write is a web resource, all else an entity.
 */
const CLASS_OF: Record<Noun, OcsfClass> = {
  instance: 'entity_management',
  session: 'authentication',
  link: 'authentication',
  organisation: 'entity_management',
  person: 'account_change',
  invitation: 'entity_management',
  domain: 'entity_management',
  group: 'entity_management',
  workspace: 'entity_management',
  participation: 'entity_management',
  terms: 'entity_management',
  offer: 'entity_management',
  membership: 'user_access',
  review: 'entity_management',
  access: 'entity_management',
  ending: 'entity_management',
  document: 'web_resources',
  section: 'web_resources',
  source: 'web_resources',
  copy: 'web_resources',
  sharing: 'web_resources',
  boundary: 'web_resources',
  grant: 'user_access',
  deny: 'user_access',
  release: 'web_resources',
  break_glass: 'web_resources',
  mail: 'entity_management',
  inbox: 'entity_management',
  record: 'web_resources',
  log_key: 'entity_management',
  search: 'entity_management',
  finding: 'entity_management',
  policy: 'entity_management',
  erasure: 'entity_management',
  hold: 'entity_management',
  retention: 'entity_management',
  segment: 'entity_management',
  witness: 'entity_management',
  stream: 'entity_management',
}

export const OTHER = 99

type Activity = readonly [id: number, name: string]
const CREATE: Activity = [1, 'Create']
const READ: Activity = [2, 'Read']
const UPDATE: Activity = [3, 'Update']
const DELETE: Activity = [4, 'Delete']

const by = (activity: Activity, verbs: string): [string, Activity][] =>
  verbs.split(' ').map((verb) => [verb, activity])

/** Entities and web resources know the same four; what none of them says is "other", with the verb as its name. */
const PLAIN = new Map<string, Activity>([
  ...by(CREATE, 'created set_up started sent made added copied duplicated split requested asked drafted'),
  ...by(
    READ,
    'viewed listed searched opened closed previewed explained compared viewed_as originated_viewed requests_listed end_previewed link_shown',
  ),
  ...by(
    UPDATE,
    'changed renamed moved restored marked edited edit_closed renewed suspended resumed archived frozen unfrozen published signed answered settled consented merged transferred handed_over template_set template_ended member_added member_ended member_renewed key_turned recalled narrowed reseeded taken_back enabled disabled reviewed approved declined mail_chosen starred unstarred',
  ),
  ...by(DELETE, 'removed ended left withdrawn called_off lapsed voided'),
])

/** Where a class has words of its own: by type of event. */
const OWN: Partial<Record<EventType, Activity>> = {
  'session.started': [1, 'Logon'],
  'session.refused': [1, 'Logon'],
  'session.confirmed': [1, 'Logon'],
  'link.refused': [1, 'Logon'],
  'session.ended': [2, 'Logoff'],
  'session.others_ended': [2, 'Logoff'],
  'person.created': [1, 'Create'],
  'person.reinstated': [2, 'Enable'],
  'person.password_set': [3, 'Password Change'],
  'person.link_issued': [4, 'Password Reset'],
  'person.suspended': [5, 'Disable'],
  'person.made_administrator': [7, 'Attach Policy'],
  'person.unmade_administrator': [8, 'Detach Policy'],
  'membership.started': [1, 'Assign Privileges'],
  'membership.changed': [1, 'Assign Privileges'],
  'membership.renewed': [1, 'Assign Privileges'],
  'membership.ended': [2, 'Revoke Privileges'],
  'grant.started': [1, 'Assign Privileges'],
  'grant.ended': [2, 'Revoke Privileges'],
  'deny.started': [2, 'Revoke Privileges'],
  'deny.ended': [1, 'Assign Privileges'],
  'document.listed': [5, 'Search'],
  'record.viewed': [5, 'Search'],
  'record.exported': [7, 'Export'],
  'record.export_downloaded': [7, 'Export'],
  'sharing.changed': [8, 'Share'],
  'boundary.widened': [8, 'Share'],
  'release.completed': [8, 'Share'],
}

export interface OcsfKind {
  class: OcsfClass
  activityId: number
  activityName: string
}

/** Total over the catalogue. */
export const ocsfKindOf = (type: EventType): OcsfKind => {
  const [noun, verb] = type.split('.') as [Noun, string]
  const name = CLASS_OF[noun]
  const plain = name === 'entity_management' || name === 'web_resources' ? PLAIN.get(verb) : undefined
  const [activityId, activityName] = OWN[type] ?? plain ?? [OTHER, verb]
  return { class: name, activityId, activityName }
}
