import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { ChangeList } from '@/app/_sharing/change/change-list'
import { needsRelease } from '@/app/_sharing/change/change-words'
import { KeysNeeded } from '@/app/_sharing/change/keys-needed'
import type { useSharingChange } from '@/app/_sharing/change/use-sharing-change'

/** Exactly who would gain or lose, before anything happens. The server worked it out. */
export function ChangePreview({ change }: { change: ReturnType<typeof useSharingChange> }) {
  const { preview, problem, working, movedOn } = change
  return (
    <section
      aria-labelledby="what-changes"
      aria-live="polite"
      aria-busy={working}
      className="flex flex-col gap-3"
    >
      <h3 id="what-changes" className="font-semibold">
        What this would change
      </h3>
      {movedOn ? (
        <Notice tone="warn" role="alert" title="Something changed while you were deciding">
          Nothing was set. Below is what it would change now; look again before you go on.
        </Notice>
      ) : null}
      {problem ? <ProblemView problem={problem} /> : null}
      {working ? <SkeletonLines lines={2} /> : null}
      {preview?.why ? (
        <Notice tone="warn" role="alert" title="This cannot be set">
          {preview.why}
        </Notice>
      ) : null}
      {preview !== null && preview.gain.length === 0 && preview.lose.length === 0 ? (
        <p className="text-muted-foreground">Nobody gains or loses access now.</p>
      ) : null}
      {preview !== null ? (
        <div className="grid gap-3 *:min-w-0 sm:grid-cols-2">
          <ChangeList title="Would lose" tone="lose" rows={preview.lose} />
          <ChangeList title="Would gain" tone="gain" rows={preview.gain} />
        </div>
      ) : null}
      {preview?.allowed && needsRelease(preview) ? <KeysNeeded keys={preview.keys} /> : null}
    </section>
  )
}
