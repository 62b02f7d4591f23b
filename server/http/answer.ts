import type { ServerResponse } from 'node:http'

/** A short plain answer of our own; nothing that a browser would run or keep. */
export const answer = (
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void => {
  const body = Buffer.from(`${text}\n`)
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': body.byteLength,
    ...headers,
  })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}
