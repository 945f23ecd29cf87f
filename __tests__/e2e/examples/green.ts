import { expect } from '@jest/globals'
import type { Shipped } from './ship.ts'

/**
 * What every example that is shipped from main holds: gates passed, its very image pushed, nothing left behind. Findings are
 * annotations that are the point of the example; others it has none.
 */
export function expectGreen(shipped: Shipped, findings: unknown = []): void {
  const { exitCode, log, registry, lines, steps } = shipped
  expect({ exitCode, log: exitCode === 0 ? '' : log.slice(-4000) }).toEqual({ exitCode: 0, log: '' })
  expect(steps.flatMap(({ annotations }) => annotations)).toEqual(findings)
  for (const { outputs, digest, summary, leftovers, report } of steps) {
    const pushed = (outputs['pushed-tags'] ?? '').split('\n')
    // Tags that move come last, whichever name they are of.
    expect(pushed.toSorted()).toEqual((outputs['tags'] ?? '').split('\n').toSorted())
    expect(shipped.tags).toEqual(expect.arrayContaining(pushed.map((reference) => reference.replace(`${registry.host}/`, ''))))
    expect(JSON.parse(outputs['tests'] ?? '{}')).toMatchObject({ failed: 0, errors: 0 })
    // The image that was asked is the one that was pushed.
    expect(JSON.parse(outputs['smoke'] ?? '{}')).toMatchObject({ imageId: digest })
    expect(summary).toMatch(new RegExp(`^### ML image: pushed ${pushed[0]?.replaceAll('.', '\\.')} in `))
    expect(leftovers).toEqual([])
    const oneByOne = report?.stages.reduce((sum, { duration }) => sum + duration, 0) ?? 0
    const ratio = (oneByOne / (report?.durationMs ?? 0)).toFixed(2)
    process.stdout.write(`${outputs['image']}: stages one after the other / as run: ${ratio}\n`)
  }
  expect(lines.filter(({ stage, msg }) => stage === 'Post' && msg?.includes('nothing was left behind'))).toHaveLength(steps.length)
  // Only the lines that tell the runner what to mask name it.
  const naming = lines.filter((line) => line.command !== 'add-mask' && JSON.stringify(line).includes(registry.password))
  expect(naming.map(({ msg }) => msg)).toEqual([])
}

/** What every example holds for the pull request of a stranger: all gates, green, and not a byte to the registry. */
export function expectGatesOnly(shipped: Shipped, before: Shipped): void {
  expect(shipped.exitCode).toBe(0)
  for (const { summary } of shipped.steps) expect(summary).toContain('not pushed: the code comes from a fork')
  expect(shipped.tags).toEqual(before.tags)
  expect(shipped.writes).toBe(before.writes)
}
