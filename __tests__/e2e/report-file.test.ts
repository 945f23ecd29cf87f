import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { createJob, fixture } from './action.ts'
import { expectReport } from './schema.ts'

const images = 'ghcr.io/acme/report-file'
/** Gates that take no time. */
const quick = { images, push: 'false', smoke: 'false', 'leak-check': 'false' }

describe('the report file of a job', () => {
  test('tells of a red gate what the log does: its proof stands outside the groups', async () => {
    using job = createJob(fixture('service'))
    const inputs = { images, push: 'false', test: 'false', 'run-env': 'MODE=exits', 'report-file': 'reports/ml-image.json' }
    const ran = await job.main(inputs)
    expect(ran.exitCode).toBe(1)
    const path = join(job.workspace, 'reports', 'ml-image.json')
    expect(ran.outputs['report']).toBe(path)
    expect(expectReport(readFileSync(path, 'utf8'))).toMatchObject({ result: 'failed', failure: { stage: 'smoke' } })
    const outside = ran.log.replace(/^::group::.*?^::endgroup::$/gms, '')
    expect(outside).toMatch(/^Smoke: [a-z-]+: .*\n(│ .*\n)*│ FileNotFoundError: model\/classifier\.joblib$/m)
  })

  test('is there of bad input, too', async () => {
    using job = createJob(fixture('service'))
    const ran = await job.main({ ...quick, port: '0', 'report-file': 'report.json' })
    expect(ran.exitCode).toBe(2)
    expect(expectReport(readFileSync(ran.outputs['report'] ?? '', 'utf8'))).toMatchObject({ problems: [{ input: 'port' }] })
  })

  test.each([
    ['a folder', 'tests', 'is a folder, not a file'],
    ['outside', '../report.json', 'leads out of the workspace'],
    ['by a link', 'away/report.json', 'leads out of the workspace'],
  ])('is refused %s', async (_, path, reason) => {
    using job = createJob(fixture('service'))
    symlinkSync(job.temp, join(job.workspace, 'away'))
    const ran = await job.main({ ...quick, 'report-file': path })
    expect([ran.exitCode, ran.outputs['failure-code'], ran.outputs['report']]).toEqual([2, 'bad-input', undefined])
    expect(ran.log).toContain(`report-file: "${path}" ${reason}`)
    expect(readdirSync(job.temp)).toEqual([])
  })

  test('goes nowhere else where the tests have made a link of its folder, or of it', async () => {
    using job = createJob(fixture('service'))
    const outside = join(job.temp, 'outside')
    mkdirSync(outside)
    writeFileSync(join(outside, 'kept'), 'as it was')
    const run = async (command: string, path: string) =>
      await job.main({ ...quick, 'test-command': command, accept: 'no-tests', 'report-file': path })

    const folder = await run(`ln -s ${outside} out`, 'out/r.json')
    expect(folder.log).toContain('The report was not written')
    expect(readdirSync(outside)).toEqual(['kept'])
    expect(existsSync(folder.outputs['report'] ?? '')).toBe(true)

    const file = await run(`mkdir made; ln -s ${outside}/kept made/r.json`, 'made/r.json')
    const path = join(job.workspace, 'made', 'r.json')
    expect(file.outputs['report']).toBe(path)
    expect(lstatSync(path).isFile()).toBe(true)
    expect(readFileSync(join(outside, 'kept'), 'utf8')).toBe('as it was')
  })
})
