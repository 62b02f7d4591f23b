import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A certificate for this machine, made for one test and signed by itself (RFC 5280): no secret lies in the tree. */
export const testCertificate = (): { cert: string; key: string } => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const name = seq(tlv(0x31, seq(oid('550403'), tlv(0x0c, Buffer.from('localhost')))))
  const ecdsaWithSha256 = seq(oid('2a8648ce3d040302'))
  const day = (from: number) => tlv(0x17, Buffer.from(utc(new Date(Date.now() + from * 86_400_000))))
  const names = seq(tlv(0x82, Buffer.from('localhost')), tlv(0x87, Buffer.from([127, 0, 0, 1])))
  const isCa = seq(tlv(0x01, Buffer.from([0xff])))
  const extensions = seq(
    seq(oid('551d13'), tlv(0x01, Buffer.from([0xff])), tlv(0x04, isCa)),
    seq(oid('551d11'), tlv(0x04, names)),
  )
  const serial = randomBytes(8)
  serial[0] = 0x01
  const body = seq(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serial),
    ecdsaWithSha256,
    name,
    seq(day(-1), day(2)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, extensions),
  )
  const signature = tlv(0x03, Buffer.from([0]), sign('sha256', body, privateKey))
  const der = seq(body, ecdsaWithSha256, signature).toString('base64')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${der.replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** DER (X.690): tag, length, value. */
const tlv = (tag: number, ...parts: Buffer[]): Buffer => {
  const value = Buffer.concat(parts)
  const n = value.length
  const length = n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), value])
}
const seq = (...parts: Buffer[]): Buffer => tlv(0x30, ...parts)
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'))
const utc = (at: Date): string => `${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`
