import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { DomainError, type ErrorCode, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { EXPORT_PATH, type ExportFormat } from '@/lib/views/record/record-export'
import { exportFile } from '@/server/exports/export-folder'
import { rangeOf } from '@/server/exports/range'
import { answer } from '@/server/http/answer'
import { sourceOf } from '@/server/identity/http-source'
import type { Sessions } from '@/server/identity/sessions'
import { downloadExport } from '@/server/operations/exports/download-export'
import { runOperation } from '@/server/operations/run-operation'
import type { Services } from '@/server/services'

const TYPES: Record<ExportFormat, { type: string; ending: string }> = {
  bundle: { type: 'application/zip', ending: 'zip' },
  csv: { type: 'text/csv; charset=utf-8', ending: 'csv' },
  pdf: { type: 'application/pdf', ending: 'pdf' },
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  signed_out: 401,
  hidden: 404,
  missing: 404,
  too_many: 429,
  unavailable: 503,
}

/**
 * Hands out the file of a finished export, to who asked for it and audits still: GET and HEAD, also from a byte on (RFC 9110, 14),
 * so that a download that broke off goes on. Each beginning is on record before its first byte.
 */
export const serveExport =
  (services: Services, sessions: Sessions) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { env } = services
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answer(response, 405, 'Only GET.', { allow: 'GET, HEAD' })
    // Opened by our own page, or typed; never by somebody else's.
    const site = request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      return answer(response, 403, 'Not from another site.')
    const exportId = new URL(request.url ?? '/', 'http://export.invalid').pathname.slice(EXPORT_PATH.length)
    const actor = await sessions.actorOfCookies(request.headers.cookie, sourceOf(request, env))
    if (actor === null) return answer(response, 401, 'Signed out.')
    if (!isId(exportId)) return answer(response, 404, NOT_FOUND_FOR_PEOPLE)
    try {
      // Where it begins, for the record; how much there is, is known only after.
      const asked = rangeOf(request.headers.range, Number.MAX_SAFE_INTEGER)
      const from = asked === null || asked === 'unsatisfiable' ? 0 : asked.from
      const file = await runOperation(services, actor, downloadExport, { exportId, from })
      const path = exportFile(env, file.id)
      const there = await stat(path).catch(() => null)
      if (there === null || there.size !== file.bytes)
        throw new DomainError(
          'unavailable',
          'The file of this export is not here. It lies with another node, or was lost: ask for it again.',
        )
      const etag = `"${file.hash}"`
      const known = request.headers['if-range']
      const range = known === undefined || known === etag ? rangeOf(request.headers.range, file.bytes) : null
      const { type, ending } = TYPES[file.format]
      const headers = {
        'content-type': type,
        'content-disposition': `attachment; filename="record-${file.askedAt.toISOString().slice(0, 10)}-${file.id.slice(-6)}.${ending}"`,
        'cache-control': 'no-store',
        'accept-ranges': 'bytes',
        etag,
      }
      if (range === 'unsatisfiable') {
        response
          .writeHead(416, { ...headers, 'content-range': `bytes */${file.bytes}`, 'content-length': 0 })
          .end()
        return
      }
      const { from: first, to: last } = range ?? { from: 0, to: file.bytes - 1 }
      response.writeHead(range === null ? 200 : 206, {
        ...headers,
        'content-length': last - first + 1,
        ...(range === null ? {} : { 'content-range': `bytes ${first}-${last}/${file.bytes}` }),
      })
      if (request.method === 'HEAD') return void response.end()
      await pipeline(createReadStream(path, { start: first, end: last }), response)
    } catch (error) {
      if (response.headersSent) return void response.destroy()
      if (!(error instanceof DomainError)) throw error
      answer(response, STATUS[error.code] ?? 403, error.forPeople)
    }
  }
