import { z } from 'zod'
import { fields } from '@/server/api/inputs'
import { publicProcedure, router } from '@/server/api/trpc'
import { bannerOf } from '@/server/identity/sign-in/banner'
import { acceptInvitation } from '@/server/operations/entry/accept-invitation'
import { openInvitation } from '@/server/operations/entry/open-invitation'
import { openLink } from '@/server/operations/entry/open-link'
import { openOfferLink } from '@/server/operations/entry/open-offer-link'
import { setPassword } from '@/server/operations/entry/set-password'
import { setUpByOffer } from '@/server/operations/entry/set-up-by-offer'
import { setUpInstance } from '@/server/operations/entry/set-up-instance'

const tokenInput = z.string().max(128)
const passwordInput = z.string().max(1024)
const lineInput = z.string().max(254)
export const colourInput = z.number().int().min(0).max(11)

/** Before anybody is signed in. Tokens travel in bodies only, so `openLink` is a mutation although it changes nothing. */
export const entryRouter = router({
  banner: publicProcedure.query(({ ctx }) => bannerOf(ctx.services.env.banner)),
  openLink: publicProcedure
    .input(fields({ kind: z.enum(['setup', 'password']), token: tokenInput }))
    .mutation(({ ctx, input }) => openLink(ctx.services, ctx.source, input)),
  setPassword: publicProcedure
    .input(fields({ token: tokenInput, password: passwordInput }))
    .mutation(({ ctx, input }) => setPassword(ctx.services, ctx.source, input)),
  openOfferLink: publicProcedure
    .input(fields({ token: tokenInput }))
    .mutation(({ ctx, input }) => openOfferLink(ctx.services, ctx.source, input)),
  setUpByOffer: publicProcedure
    .input(
      fields({
        token: tokenInput,
        name: lineInput,
        shortCode: lineInput,
        colour: colourInput,
        personName: lineInput,
        password: passwordInput,
      }),
    )
    .mutation(({ ctx, input }) => setUpByOffer(ctx.services, ctx.source, input)),
  openInvitation: publicProcedure
    .input(fields({ token: tokenInput }))
    .mutation(({ ctx, input }) => openInvitation(ctx.services, ctx.source, input)),
  acceptInvitation: publicProcedure
    .input(fields({ token: tokenInput, name: lineInput, password: passwordInput }))
    .mutation(({ ctx, input }) => acceptInvitation(ctx.services, ctx.source, input)),
  setUp: publicProcedure
    .input(
      fields({
        token: tokenInput,
        name: lineInput,
        shortCode: lineInput,
        colour: colourInput,
        personName: lineInput,
        email: lineInput,
        password: passwordInput,
      }),
    )
    .mutation(({ ctx, input }) => setUpInstance(ctx.services, ctx.source, input)),
})
