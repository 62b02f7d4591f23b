import { MailOpen, Mail as Unread } from 'lucide-react'
import Link from 'next/link'
import { IconButton } from '@/app/_components/controls/icon-button'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import type { NoticeView } from '@/lib/views/inbox'

interface NoticeRowProps {
  notice: NoticeView
  onMark: (read: boolean) => void
  /** It is being opened. */
  onFollow: () => void
}

/** One notice: unread is said by a dot and by weight, never by colour alone. */
export function NoticeRow({ notice, onMark, onFollow }: NoticeRowProps) {
  const { read, text, by, at, href } = notice
  const words = (
    <>
      <span className={`block break-words ${read ? '' : 'font-semibold'}`}>
        {read ? null : <span className="sr-only">Unread: </span>}
        {text}
      </span>
      <span className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground text-sm">
        {by ? <AgencyTag agency={by.org} /> : null}
        {by ? <span>{by.name}</span> : null}
        <Time at={at} as="since" />
      </span>
    </>
  )
  const look = 'block min-w-0 flex-1 rounded-sm px-1 py-0.5 outline-offset-2'
  return (
    <li className="flex items-start gap-2 px-2 py-2">
      <span aria-hidden className={`mt-2.5 size-2 shrink-0 rounded-full ${read ? 'border' : 'bg-primary'}`} />
      {href === null ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: J and K walk through all notices, also those that lead nowhere
        <div data-notice={notice.id} tabIndex={0} className={look}>
          {words}
        </div>
      ) : (
        <Link
          data-notice={notice.id}
          href={href}
          prefetch={false}
          onClick={onFollow}
          className={`${look} hover:bg-accent`}
        >
          {words}
        </Link>
      )}
      <IconButton
        label={read ? 'Mark as unread' : 'Mark as read'}
        icon={read ? <MailOpen /> : <Unread />}
        onClick={() => onMark(!read)}
      />
    </li>
  )
}
