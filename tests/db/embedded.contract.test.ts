import { openEmbeddedTestDatabase } from '@/tests/support/database'
import { databaseContract } from './contract'
import { keptRowsContract } from './kept-rows'

databaseContract('embedded', openEmbeddedTestDatabase)
keptRowsContract('embedded', openEmbeddedTestDatabase)
