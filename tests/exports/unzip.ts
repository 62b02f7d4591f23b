import { inflateRawSync } from 'node:zlib'

/** The entries of a ZIP by its central directory (APPNOTE 6.3, 4.3.12), by a reader that is not the one that wrote it. */
export const unzip = (zip: Buffer): Map<string, Buffer> => {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const files = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  for (let i = 0; i < zip.readUInt16LE(end + 10); i++) {
    const [method, packed, size] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt32LE(at + 24),
    ]
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ]
    const head = zip.readUInt32LE(at + 42)
    const from = head + 30 + zip.readUInt16LE(head + 26) + zip.readUInt16LE(head + 28)
    const bytes = zip.subarray(from, from + packed)
    const file = method === 0 ? bytes : inflateRawSync(bytes)
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    if (file.length !== size) throw new Error(`${name} is not whole`)
    files.set(name, file)
    at += 46 + nameLength + extra + comment
  }
  return files
}
