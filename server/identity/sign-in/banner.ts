import { createHash } from 'node:crypto'
import type { BannerView } from '@/lib/views/identity'

export const bannerOf = (text: string): BannerView => ({
  text,
  hash: createHash('sha256').update(text).digest('hex'),
})
