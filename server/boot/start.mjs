/** `npm start`: the built server, in this process, so that signals arrive. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

if (existsSync(at('dist/built-from')) && existsSync(at('.next/BUILD_ID'))) await import(at('dist/main.js'))
else {
  process.stderr.write('Liaison cannot start. There is no finished build here. Run: npm run build\n')
  process.exit(1)
}
