import { v7 } from 'uuid'

/** Opaque ids: RFC 9562 version 7, so that rows written together lie together in an index. */
export type Id = string

export const newId = (): Id => v7()

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for the canonical lower-case form only, so that one object has one spelling in a URL and in the record. */
export const isId = (value: string): value is Id => UUID.test(value)
