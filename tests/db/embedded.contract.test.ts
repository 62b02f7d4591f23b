import { openEmbeddedTestDatabase } from '@/tests/support/database'
import { databaseContract } from './contract'
import { keptRecordContract } from './kept-record'
import { keptRowsContract } from './kept-rows'

databaseContract('embedded', openEmbeddedTestDatabase)
keptRowsContract('embedded', openEmbeddedTestDatabase)
keptRecordContract('embedded', openEmbeddedTestDatabase)
