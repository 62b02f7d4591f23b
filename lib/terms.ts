import { createHash } from 'node:crypto'
import { canonicalJson } from '@/lib/audit/canonical'
import type { TermsContent } from '@/lib/views/partnership'

/** SHA-256, hex, of the RFC 8785 form of what terms say and of which workspace's they are: what a signature names. */
export const hashOfTerms = (
  workspaceId: string,
  version: number,
  { text, consentToInvite, onLeaving }: TermsContent,
): string =>
  createHash('sha256')
    .update(canonicalJson({ workspaceId, version, text, consentToInvite, onLeaving }), 'utf8')
    .digest('hex')
