import type { OcsfEvent } from '@/lib/streams/ocsf'

type Fields = Readonly<Record<string, unknown>>

/**
 * What OCSF 1.3.0 requires of the classes that we use: https://github.com/ocsf/ocsf-schema, tag 1.3.0, `events/iam`,
 * `events/application`, `events/base_event.json` and the objects they name. Attributes of `requirement: required`, the
 * activities of each class, and the constraints of `at_least_one`.
 */
const BASE = ['activity_id', 'category_uid', 'class_uid', 'metadata', 'severity_id', 'time', 'type_uid']

const PLAIN = { 1: 'Create', 2: 'Read', 3: 'Update', 4: 'Delete' }
const CLASSES: Record<number, { category: number; required: string[]; activities: Record<number, string> }> =
  {
    3001: {
      category: 3,
      required: ['user'],
      activities: {
        1: 'Create',
        2: 'Enable',
        3: 'Password Change',
        4: 'Password Reset',
        5: 'Disable',
        6: 'Delete',
        7: 'Attach Policy',
        8: 'Detach Policy',
        9: 'Lock',
        10: 'MFA Factor Enable',
        11: 'MFA Factor Disable',
      },
    },
    3002: { category: 3, required: ['user', 'service'], activities: { 1: 'Logon', 2: 'Logoff' } },
    3004: { category: 3, required: ['entity'], activities: PLAIN },
    3005: {
      category: 3,
      required: ['user', 'privileges'],
      activities: { 1: 'Assign Privileges', 2: 'Revoke Privileges' },
    },
    6001: {
      category: 6,
      required: ['web_resources'],
      activities: { ...PLAIN, 5: 'Search', 6: 'Import', 7: 'Export', 8: 'Share' },
    },
  }

/** Objects by the attribute they stand in: one of these at least must be in each. */
const AT_LEAST_ONE: Record<string, string[]> = {
  user: ['account', 'name', 'uid'],
  actor: ['process', 'user', 'session', 'app_name', 'app_uid', 'invoked_by', 'idp'],
  service: ['name', 'uid'],
  entity: ['name', 'uid', 'device', 'email', 'group', 'org', 'policy', 'user'],
  web_resources: ['name', 'uid'],
  resource: ['name', 'uid'],
  src_endpoint: ['ip', 'uid', 'name', 'hostname', 'svc_name'],
}

const isSet = (value: unknown) => value !== undefined && value !== null && value !== ''

/** Everything that is wrong with an event, in words; empty when it is a valid one. */
export const ocsfFaults = (event: OcsfEvent): string[] => {
  const faults: string[] = []
  const fields = event as Fields
  const kind = CLASSES[Number(fields.class_uid)]
  if (kind === undefined) return [`class ${String(fields.class_uid)} is not known`]
  for (const name of [...BASE, ...kind.required]) if (!isSet(fields[name])) faults.push(`${name} is missing`)
  if (fields.category_uid !== kind.category) faults.push('the category is not that of the class')
  const activity = Number(fields.activity_id)
  if (activity !== 99 && kind.activities[activity] !== fields.activity_name)
    faults.push(`activity ${activity} is not ${String(fields.activity_name)}`)
  if (!isSet(fields.activity_name)) faults.push('an activity needs its name')
  if (fields.type_uid !== Number(fields.class_uid) * 100 + activity) faults.push('type_uid does not fit')
  if (!Number.isSafeInteger(fields.time)) faults.push('time is not in milliseconds')
  if (![0, 1, 2, 3, 4, 5, 6, 99].includes(Number(fields.severity_id))) faults.push('severity_id is not known')
  const metadata = (fields.metadata ?? {}) as Fields
  if (metadata.version !== '1.3.0') faults.push('metadata.version is missing')
  if (!isSet((metadata.product as Fields | undefined)?.vendor_name))
    faults.push('metadata.product is incomplete')
  for (const [name, among] of Object.entries(AT_LEAST_ONE)) {
    if (fields[name] === undefined) continue
    for (const one of [fields[name]].flat() as Fields[])
      if (!among.some((field) => isSet(one[field]))) faults.push(`${name} names nothing`)
  }
  if (Array.isArray(fields.web_resources) && fields.web_resources.length === 0) faults.push('no web resource')
  return faults
}
