import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Adds up the checks (`ok NAME` or `not ok NAME` a line) and jest's result files of a folder, and prints what took longest and the count. */

type Suite = Readonly<{
  numPassedTests: number
  numFailedTests: number
  numRuntimeErrorTestSuites: number
  numPendingTests: number
  testResults: readonly Readonly<{ name: string; startTime: number; endTime: number }>[]
}>

const folder = process.argv[2] ?? '.'
let passed = 0
let failed = 0
let skipped = 0
const files: { name: string; seconds: number }[] = []
for (const name of readdirSync(folder)) {
  const text = readFileSync(join(folder, name), 'utf8')
  if (name.endsWith('.json')) {
    const suite = JSON.parse(text) as Suite
    passed += suite.numPassedTests
    failed += suite.numFailedTests + suite.numRuntimeErrorTestSuites
    skipped += suite.numPendingTests
    for (const { name, startTime, endTime } of suite.testResults)
      files.push({ name: basename(name, '.test.ts'), seconds: Math.round((endTime - startTime) / 1000) })
  } else {
    const lines = text.trim().split('\n')
    passed += lines.filter((line) => line.startsWith('ok ')).length
    failed += lines.filter((line) => line.startsWith('not ok ')).length
  }
}
const longest = files.toSorted((a, b) => b.seconds - a.seconds).slice(0, 12)
process.stdout.write(`longest: ${longest.map(({ name, seconds }) => `${name} ${seconds} s`).join(', ')}\n`)
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
