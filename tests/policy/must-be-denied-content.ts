import type { DeniedCase } from '@/tests/policy/case-language'

/** Ann of County is an editor unless it says otherwise. The number is the rule that refuses: R5-R9. */
export const DENIED_BY_CONTENT: DeniedCase[] = [
  ['[R5] an empty boundary lets nobody in', { section: { boundary: [] } }, 'discover'],
  ['[R5] an empty boundary stops the originator', { role: 'lead', section: { boundary: [] } }, 'read'],
  [
    "[R5] an empty boundary of the document stops the section's",
    { document: { boundary: [] }, section: { boundary: ['person Ann: edit'] } },
    'read',
  ],
  [
    '[R5] the boundary names another organisation',
    { section: { boundary: ['org Weather: edit'] } },
    'discover',
  ],
  ['[R5] the boundary names another person', { section: { boundary: ['person Bob: edit'] } }, 'discover'],
  [
    '[R5] the boundary names a group that one is not in',
    { section: { boundary: ['group Duty officers: edit'] } },
    'discover',
  ],
  [
    '[R5] the boundary names a group that one has left',
    { dutyOfficer: 'over', section: { boundary: ['group Duty officers: edit'] } },
    'read',
  ],
  [
    '[R5] the boundary names a group that one joins later',
    { dutyOfficer: 'not yet', section: { boundary: ['group Duty officers: edit'] } },
    'read',
  ],
  ['[R5] the clause is over', { section: { boundary: ['org County: edit, over'] } }, 'read'],
  ['[R5] the clause has not begun', { section: { boundary: ['org County: edit, not yet'] } }, 'read'],
  ['[R5] the clause allows only to read', { section: { boundary: ['org County: read'] } }, 'edit'],
  ['[R5] the clause allows nothing', { section: { boundary: ['org County: none'] } }, 'discover'],
  [
    "[R5] the document's boundary allows only to read",
    { document: { boundary: ['org County: read'] } },
    'edit',
  ],
  [
    "[R5] the document's boundary names others, the section's names one",
    { document: { boundary: ['org Weather: edit'] }, section: { boundary: ['person Ann: edit'] } },
    'read',
  ],
  [
    "[R5] the section's boundary names others, the document's names one",
    { document: { boundary: ['person Ann: edit'] }, section: { boundary: ['org Weather: edit'] } },
    'read',
  ],
  [
    '[R5] a grant does not reach over the boundary',
    { section: { boundary: ['org Weather: edit'] }, grants: ['person Ann: manage on section'] },
    'discover',
  ],
  [
    '[R5] the boundary stops a lead governing',
    { role: 'lead', section: { boundary: ['org County: edit'] } },
    'govern',
  ],
  [
    '[R5] a boundary of the document hides the document',
    { about: 'document', document: { boundary: ['org Weather: edit'] } },
    'discover',
  ],
  [
    '[R5] an id of another kind is not a name',
    { section: { boundary: ['person County: edit', 'group Ann: edit'] } },
    'read',
  ],

  ['[R6] STRICT without a boundary', { section: { label: 'TLP:AMBER+STRICT' } }, 'read'],
  ['[R6] RED without a boundary', { section: { label: 'TLP:RED' } }, 'read'],
  [
    '[R6] RED and only the organisation is named',
    { section: { label: 'TLP:RED', boundary: ['org County: edit'] } },
    'read',
  ],
  [
    '[R6] RED and only a group is named',
    { dutyOfficer: 'yes', section: { label: 'TLP:RED', boundary: ['group Duty officers: edit'] } },
    'read',
  ],
  [
    '[R6] RED and the naming is over',
    { section: { label: 'TLP:RED', boundary: ['org County: edit', 'person Ann: edit, over'] } },
    'read',
  ],
  [
    '[R6] RED and a grant names the person',
    {
      section: { label: 'TLP:RED', boundary: ['org County: edit'] },
      grants: ['person Ann: read on section'],
    },
    'read',
  ],
  [
    "[R6] RED section names the organisation, the document's boundary the person",
    {
      document: { boundary: ['person Ann: edit'] },
      section: { label: 'TLP:RED', boundary: ['org County: edit'] },
    },
    'read',
  ],
  ['[R6] RED document without a boundary', { document: { label: 'TLP:RED' } }, 'read'],
  [
    "[R6] RED document and only the section's boundary names the person",
    { document: { label: 'TLP:RED' }, section: { boundary: ['person Ann: edit'] } },
    'read',
  ],
  [
    '[R6] STRICT document without a boundary',
    { about: 'document', document: { label: 'TLP:AMBER+STRICT' } },
    'discover',
  ],
  [
    '[R6] RED stops a lead of the originator who is not named',
    { role: 'lead', section: { label: 'TLP:RED', boundary: ['org County: manage'] } },
    'govern',
  ],

  ['[R7] no membership', { role: 'none' }, 'discover'],
  ['[R7] no membership, and a grant', { role: 'none', grants: ['person Ann: edit on section'] }, 'read'],
  ['[R7] the membership is over', { membership: 'over' }, 'read'],
  ['[R7] the membership has not begun', { membership: 'not yet' }, 'read'],
  [
    '[R7] a membership of an auditor that is over gives nothing',
    { role: 'auditor', membership: 'over' },
    'read',
  ],
  ['[R7] a guest whom nothing names', { role: 'guest' }, 'discover'],
  ['[R7] a guest who is named elsewhere', { role: 'guest', grants: ['person Bob: read on section'] }, 'read'],
  [
    '[R7] a guest whose grant is over',
    { role: 'guest', grants: ['person Ann: read, over on section'] },
    'read',
  ],
  [
    '[R7] a guest whose grant has not begun',
    { role: 'guest', grants: ['person Ann: read, not yet on section'] },
    'read',
  ],
  [
    '[R7] a grant on a section says nothing about the document',
    { role: 'guest', about: 'document', grants: ['person Ann: read on section'] },
    'discover',
  ],
  [
    '[R7] a grant on a document says nothing about the workspace',
    { role: 'guest', about: 'workspace', grants: ['person Ann: edit on document'] },
    'edit',
  ],
  [
    '[R7] a boundary that names a guest grants nothing',
    { role: 'guest', section: { boundary: ['person Ann: edit'] } },
    'read',
  ],
  ['[R7] a reader edits', { role: 'reader' }, 'edit'],
  ['[R7] a reader comments', { role: 'reader' }, 'comment'],
  ['[R7] a reviewer edits', { role: 'reviewer' }, 'edit'],
  ['[R7] an editor governs', {}, 'govern'],
  ["[R7] a lead governs another's section", { role: 'lead', section: { of: 'Weather' } }, 'govern'],
  [
    "[R7] a document's owner governs another's section in it",
    { role: 'lead', document: { of: 'County' }, section: { of: 'Weather' } },
    'govern',
  ],
  [
    "[R7] a steward governs another's document",
    { role: 'steward', about: 'document', document: { of: 'Weather' } },
    'govern',
  ],
  [
    '[R7] an editor turns a key',
    { section: { of: 'Weather' } },
    'approve after Bob of Weather, requested by Bob',
  ],
  [
    "[R7] the first key of another's section",
    { role: 'steward', section: { of: 'Weather' } },
    'approve as first, requested by Bob',
  ],
  ['[R7] a lead reads the record', { about: 'workspace', role: 'lead' }, 'record'],
  ['[R7] a stranger enters', { about: 'workspace', role: 'none' }, 'enter'],
  ['[R7] one enters after the membership', { about: 'workspace', membership: 'over' }, 'enter'],
  [
    "[R7] a lead changes another organisation's members",
    { about: 'workspace', role: 'lead' },
    'members of Weather',
  ],
  ['[R7] a steward changes members', { about: 'workspace', role: 'steward' }, 'members of County'],
  ['[R7] an auditor changes members', { about: 'workspace', role: 'auditor' }, 'members of County'],

  ['[R8] a frozen section is edited', { section: { frozen: true } }, 'edit'],
  ['[R8] a frozen section is commented', { section: { frozen: true } }, 'comment'],
  ['[R8] a frozen section is managed as content', { role: 'lead', section: { frozen: true } }, 'manage'],
  ['[R8] a section of an archived document is edited', { document: { archived: true } }, 'edit'],
  ['[R8] an archived workspace is edited', { workspace: 'archived' }, 'edit'],
  ['[R8] a section of an archived workspace is governed', { role: 'lead', workspace: 'archived' }, 'govern'],
  [
    '[R8] a document is started in an archived workspace',
    { about: 'workspace', workspace: 'archived' },
    'edit',
  ],
  [
    '[R8] a key is turned in an archived workspace',
    { role: 'steward', workspace: 'archived' },
    'approve as first, requested by Bob',
  ],
  [
    '[R8] members change in an archived workspace',
    { about: 'workspace', role: 'lead', workspace: 'archived' },
    'members of County',
  ],

  ['[R9] the participation may not export', {}, 'export saying why'],
  ['[R9] the participation may not print', {}, 'print saying why'],
  ['[R9] AMBER without a reason', { mayExport: true, section: { label: 'TLP:AMBER' } }, 'export'],
  ['[R9] AMBER is printed without a reason', { mayExport: true, section: { label: 'TLP:AMBER' } }, 'print'],
  [
    '[R9] a document in AMBER without a reason',
    { mayExport: true, document: { label: 'TLP:AMBER' } },
    'export',
  ],
  [
    '[R9] RED is exported',
    { mayExport: true, section: { label: 'TLP:RED', boundary: ['person Ann: edit'] } },
    'export saying why',
  ],
  [
    '[R9] RED is printed',
    { mayExport: true, section: { label: 'TLP:RED', boundary: ['person Ann: edit'] } },
    'print saying why',
  ],
  [
    '[R9] RED is copied',
    { mayExport: true, section: { label: 'TLP:RED', boundary: ['person Ann: edit'] } },
    'copy saying why',
  ],
  [
    '[R9] a section of a RED document is exported',
    { mayExport: true, document: { label: 'TLP:RED', boundary: ['person Ann: edit'] } },
    'export saying why',
  ],
  ['[R9] a whole workspace is exported', { mayExport: true, about: 'workspace' }, 'export saying why'],
]
