import type { Env } from '@/server/env'

type About = Pick<Env, 'publicUrl' | 'production'>

/**
 * Content-Security-Policy Level 3 for one response. Scripts: our own files, and inline ones with this request's nonce (Next puts
 * it on its own when it finds the policy among the request's headers). Styles may be inline: the editor sets style
 * attributes, and a style cannot read the page. Development needs eval for React's error overlays.
 */
export const contentSecurityPolicy = ({ publicUrl, production }: About, nonce: string): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${production ? '' : " 'unsafe-eval'"}`,
    "script-src-attr 'none'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${publicUrl.replace(/^http/, 'ws')}`,
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    ...(publicUrl.startsWith('https:') ? ['upgrade-insecure-requests'] : []),
  ].join('; ')

/** Sent with every response, whatever answers it. */
export const securityHeaders = (about: About, nonce: string): Readonly<Record<string, string>> => ({
  'content-security-policy': contentSecurityPolicy(about, nonce),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not no-referrer: browsers then send "Origin: null" with our own forms, and the Origin is what we check.
  'referrer-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), display-capture=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-permitted-cross-domain-policies': 'none',
  ...(about.publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=63072000' } : {}),
})
