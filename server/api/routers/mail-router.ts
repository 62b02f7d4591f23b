import { fields, idInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { closeUnsentMail } from '@/server/operations/mail/close-unsent-mail'
import { listUnsentMail } from '@/server/operations/mail/list-unsent-mail'
import { showMailLink } from '@/server/operations/mail/show-mail-link'

const aMail = fields({ mailId: idInput })

/** Mail that has not left: for operators and administrators. */
export const mailRouter = router({
  unsent: signedInProcedure.query(run(listUnsentMail)),
  showLink: signedInProcedure.input(aMail).mutation(run(showMailLink)),
  close: signedInProcedure.input(aMail).mutation(run(closeUnsentMail)),
})
