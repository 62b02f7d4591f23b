import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The verifier as it stands in the source, read when the pages are built: to be run where there is nothing of ours. */
const FILES = ['verify.mjs', 'replay.mjs']

export const dynamic = 'force-static'
export const dynamicParams = false
export const generateStaticParams = () => FILES.map((file) => ({ file }))

export async function GET(_: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params
  if (!FILES.includes(file)) return new Response(null, { status: 404 })
  const text = await readFile(join(process.cwd(), 'lib/verifier', file), 'utf8')
  return new Response(text, {
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'content-disposition': `attachment; filename="${file}"`,
    },
  })
}
