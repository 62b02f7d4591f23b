import { bringBackSegments } from '@/server/audit/retention/bring-back'
import { destroyMonthKeys } from '@/server/audit/retention/destroy-month-keys'
import { moveSegments, returnSegments, sweepDropped } from '@/server/audit/retention/move-segments'
import { registerSegments } from '@/server/audit/retention/register-segments'
import { announceEndings } from '@/server/upkeep/announce-endings'
import { singCanary } from '@/server/upkeep/canary'
import type { Chore } from '@/server/upkeep/chore'
import { closeReviews } from '@/server/upkeep/close-reviews'
import { expireExports } from '@/server/upkeep/expire-exports'
import { countRecord, searchRecord } from '@/server/upkeep/follow-record'
import { lapseOffers } from '@/server/upkeep/lapse-offers'
import { lapseReleases } from '@/server/upkeep/lapse-releases'
import { putPolicyOnRecord } from '@/server/upkeep/put-policy-on-record'
import { remindOfGlass } from '@/server/upkeep/remind-of-glass'
import { remindReviewers } from '@/server/upkeep/remind-reviewers'
import { followReleases, lapseRequests, tellOfRequests } from '@/server/upkeep/requests'
import { watchSeals } from '@/server/upkeep/watch-seals'

/** Everything that falls due by the clock. */
export const CHORES: readonly Chore[] = [
  announceEndings,
  bringBackSegments,
  closeReviews,
  countRecord,
  expireExports,
  destroyMonthKeys,
  followReleases,
  lapseOffers,
  lapseReleases,
  lapseRequests,
  moveSegments,
  putPolicyOnRecord,
  registerSegments,
  remindOfGlass,
  remindReviewers,
  singCanary,
  returnSegments,
  sweepDropped,
  searchRecord,
  tellOfRequests,
  watchSeals,
]
