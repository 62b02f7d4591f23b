import '@fontsource-variable/inter/index.css'
import '@/app/globals.css'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { LiveRegion } from '@/app/_components/feedback/announce'
import { Toaster } from '@/app/_components/feedback/toast'
import { SkipLink } from '@/app/_components/shell/skip-link'
import { isThemeChoice, THEME_COOKIE } from '@/app/_components/shell/theme-cookie'
import { ApiProvider } from '@/app/_data/api-provider'

export const metadata: Metadata = {
  title: { default: 'Liaison', template: '%s · Liaison' },
  description: 'A shared workspace for people who do not share a boss.',
  // Nothing here is for search engines, whoever signs in.
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get(THEME_COOKIE)?.value
  return (
    <html lang="en" data-theme={isThemeChoice(theme) ? theme : 'system'} suppressHydrationWarning>
      <body className="min-h-dvh">
        <SkipLink />
        <ApiProvider>{children}</ApiProvider>
        <Toaster />
        <LiveRegion />
      </body>
    </html>
  )
}
