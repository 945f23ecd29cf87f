import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { alone } from '../../script/suites.ts'

const folder = join(import.meta.dirname, '..', 'e2e')
const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts'))
const isAlone = (file: string) => alone.includes(basename(file, '.test.ts'))

/** What only a file that runs alone may use: a bound on a time of less than a minute, the builds or files of everybody. */
const wantsToBeAlone =
  /expect\([^\n]*(\bms\b|performance\.now|times)[^\n]*toBeLessThan(?!\((60_000|spareMs)\))|'history', 'ls', '--format'|\/tmp\/ml-image-/
const foundIn = (file: string) => wantsToBeAlone.exec(readFileSync(join(folder, file), 'utf8'))?.[0]

test.each(files.filter((file) => !isAlone(file)))('%s runs beside another: it uses nothing that wants to be alone', (file) =>
  expect(foundIn(file)).toBeUndefined(),
)

test('the rule knows most of those that are alone', () =>
  expect(files.filter((file) => isAlone(file) && foundIn(file) !== undefined).length).toBeGreaterThanOrEqual(10))
