import type { Reader } from '@/server/db/client'

/**
 * What ended runs of edits commit to, beside what is stored of them: worked out by the database, apart from the code that
 * writes it.
 */
export const committedRows = async (
  reader: Reader,
): Promise<{ said: Record<string, unknown> | null; stored: Record<string, unknown> | null }[]> => {
  const { rows } = await reader.query<{
    said: Record<string, unknown> | null
    stored: Record<string, unknown> | null
  }>(
    `select a.canonical::jsonb #> '{details,updates}' as said, (
       select jsonb_build_object('from', min(u.seq), 'to', max(u.seq), 'count', count(*),
         'hash', encode(sha256(string_agg(u.hash, ''::bytea order by u.seq)), 'hex'))
       from section_updates u where u.burst_id::text = a.canonical::jsonb ->> 'correlation') as stored
     from audit_inbox a where a.type = 'section.edit_closed' order by a.writer, a.writer_seq`,
  )
  return rows
}
