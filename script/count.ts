import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Adds up the checks (`ok NAME` or `not ok NAME` a line) and jest's result files of a folder, and prints the count. */

type Suite = Readonly<{
  numPassedTests: number
  numFailedTests: number
  numRuntimeErrorTestSuites: number
  numPendingTests: number
  success: boolean
}>

const folder = process.argv[2] ?? '.'
let passed = 0
let failed = 0
let skipped = 0
for (const name of readdirSync(folder)) {
  const text = readFileSync(join(folder, name), 'utf8')
  if (name.endsWith('.json')) {
    const suite = JSON.parse(text) as Suite
    passed += suite.numPassedTests
    failed += suite.numFailedTests + suite.numRuntimeErrorTestSuites
    skipped += suite.numPendingTests
  } else {
    const lines = text.trim().split('\n')
    passed += lines.filter((line) => line.startsWith('ok ')).length
    failed += lines.filter((line) => line.startsWith('not ok ')).length
  }
}
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
