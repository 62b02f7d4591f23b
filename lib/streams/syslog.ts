import type { OcsfEvent, StreamEvent } from '@/lib/streams/ocsf'

/** RFC 5424, 6.2.1: facility 13, log audit. */
const FACILITY = 13
/** OCSF's severity as one of RFC 5424. */
const SEVERITY: Readonly<Record<number, number>> = { 1: 6, 2: 5, 3: 4, 4: 3, 5: 2, 6: 1 }

export interface SyslogSource {
  /** The host of the installation's public address. */
  host: string
  /** Private enterprise number in the name of the structured data; 32473 is the one for examples (RFC 5612). */
  enterprise: number
}

/**
 * One event as an RFC 5424 message whose text is OCSF in JSON. All of it is ASCII: what is not is escaped in the JSON, so that
 * no byte order mark is needed and nothing in it can speak to a terminal.
 */
export const syslogMessage = (event: StreamEvent, ocsf: OcsfEvent, source: SyslogSource): string => {
  const { uid, event_code: code, original_time: at } = ocsf.metadata as Record<string, string>
  const priority = FACILITY * 8 + (SEVERITY[Number(ocsf.severity_id)] ?? 6)
  const data = Object.entries({
    tree: event.tree,
    index: String(event.index),
    leaf: event.leafHash,
    id: uid ?? '',
  })
    .map(([name, value]) => ` ${name}="${value.replace(/["\\\]]/g, '\\$&')}"`)
    .join('')
  const head = `<${priority}>1 ${at} ${word(source.host, 255)} liaison - ${word(code ?? '', 32)}`
  return `${head} [record@${source.enterprise}${data}] ${ascii(JSON.stringify(ocsf))}`
}

/** RFC 6587, 3.4.1 and RFC 5425, 4.3: how many bytes come, a blank, the message. @param message ASCII: a character is a byte */
export const octetCounted = (message: string): string => `${message.length} ${message}`

/** PRINTUSASCII without blanks, as RFC 5424 wants the fields of a header; "-" for nothing. */
const word = (text: string, longest: number): string =>
  text.replace(/[^\x21-\x7e]/g, '_').slice(0, longest) || '-'

const ascii = (json: string): string =>
  json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
