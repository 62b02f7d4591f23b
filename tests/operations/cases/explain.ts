import { compareAccess } from '@/server/operations/explain/compare-access'
import { viewAs } from '@/server/operations/explain/view-as'
import { whoCanSee } from '@/server/operations/explain/who-can-see'
import { whyCanSee } from '@/server/operations/explain/why-can-see'
import { type OperationCase, of, reader, stranger } from '@/tests/operations/operation-case'

const anHourAgo = () => new Date(Date.now() - 3_600_000).toISOString()

export const EXPLAIN: readonly OperationCase[] = [
  of(
    'explain/who-can-see',
    whoCanSee,
    ({ sections }) => ({ on: { sectionId: sections.open }, at: null }),
    'countyLead',
    stranger,
  ),
  of(
    'explain/why-can-see',
    whyCanSee,
    ({ sections, people }) => ({
      on: { sectionId: sections.open },
      personId: people.weatherEditor.personId,
      at: null,
    }),
    'auditor',
    stranger,
  ),
  of(
    'explain/view-as',
    viewAs,
    ({ documentId, people }) => ({ documentId, as: { personId: people.guest.personId } }),
    'weatherSteward',
    reader,
  ),
  of(
    'explain/compare-access',
    compareAccess,
    ({ documentId }) => ({ on: { documentId }, from: anHourAgo(), until: null }),
    'hospitalEditor',
    stranger,
  ),
]
