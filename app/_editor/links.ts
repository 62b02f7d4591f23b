import { isAllowedLink } from '@/lib/sync/schema/allowed-link'

/** Opens an allowed link in a new tab that knows nothing of this one. Anything else is ignored. */
export const openLink = (event: MouseEvent): boolean => {
  const anchor = event.target instanceof Element ? event.target.closest('a') : null
  const href = anchor?.getAttribute('href')
  if (href && isAllowedLink(href)) window.open(href, '_blank', 'noopener,noreferrer')
  return true
}
