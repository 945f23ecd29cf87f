import { describe, expect, test } from '@jest/globals'
import { openDraft } from '../../src/report/draft.ts'
import { tellEnded } from '../../src/report/ended.ts'
import { tell } from '../../src/report/tell.ts'
import { createStageRunner } from '../../src/stage-runner.ts'
import { createPlan, createReport, createTestReport } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const path = '/temp/ml-image-draft-f00dcafe0001.json'

/** A run that is in the middle of its smoke test. */
async function underWay(summary = true, env: Readonly<Record<string, string>> = { RUNNER_TEMP: '/temp' }) {
  const host = createFakeHost({ env, files: createFiles({ '/temp/x': '' }) })
  const draft = openDraft(host, createPlan(), summary)
  const tests = createTestReport({ failures: Array.from({ length: 80 }, () => ({ name: 'a', message: 'hunter22' })) })
  host.hide('hunter22')
  const stages = createStageRunner(host, host.now(), new AbortController().signal, (all) =>
    draft({ stages: all, notices: ['n'], tests, durationMs: 5 }),
  )
  await stages.run(
    'build',
    async () => ({ kind: 'passed', value: 'x' }),
    () => 'built',
  )
  void stages.run('smoke', () => new Promise(() => {}), String)
  return host
}

describe('a run that is ended from outside', () => {
  test('is told by what it had written down: what had passed, and what was under way', async () => {
    const host = await underWay()
    expect(host.traces).toEqual([{ kind: 'draft', path }])
    tellEnded(host, host.traces, 'killed')
    const [text = ''] = host.summaries
    expect(text).toMatch(/^### ML image: ended during smoke \\\(killed\\\), nothing was pushed\n/)
    expect(text).toContain('| Build | ✅ passed | 0 ms | built |\n')
    expect(text).toContain('| Smoke | stopped |  | under way |')
    expect(text).toContain('**Next:** See what has ended it')
  })
  test('has written no secret, and only the beginning of what is long', async () => {
    const text = (await underWay()).files.readText(path) ?? ''
    expect(text).not.toContain('hunter22')
    expect(JSON.parse(text).tests.failures).toHaveLength(50)
  })
  test('writes nothing more when it has been told: a stage that ends by it ends too late', async () => {
    const host = createFakeHost({ env: { RUNNER_TEMP: '/temp' }, files: createFiles({ '/temp/x': '' }) })
    const draft = openDraft(host, createPlan(), true)
    const soFar = { stages: [], notices: [], durationMs: 1 }
    draft(soFar)
    tellEnded(host, host.traces, 'cancelled')
    draft(soFar)
    expect([host.summaries.length, host.files.readText(path)]).toEqual([1, undefined])
  })
  test('is told nothing of twice: a report that was told takes it away', async () => {
    const host = await underWay()
    await tell(host, createReport(), true)
    tellEnded(host, host.traces, 'killed')
    expect(host.summaries).toHaveLength(1)
    expect(host.files.readText(path)).toBeUndefined()
  })
  test.each([
    ['nothing', ''],
    ['half of it', '{"version": 1, "stag'],
    ['something else', '[]'],
    ['what looks like it', '{"version": 1, "stages": 7}'],
    ['another version of it', '{"version": 99, "stages": []}'],
  ])('where there is %s, no summary is made up', async (_, text) => {
    const host = await underWay()
    host.files.writePrivate(path, text)
    tellEnded(host, host.traces, 'killed')
    expect(host.summaries).toEqual([])
  })
  test('is not told where no summary is wanted, nor on a laptop', async () => {
    for (const host of [await underWay(false), await underWay(true, {})])
      expect([host.traces, host.files.readText(path)]).toEqual([[], undefined])
  })
})
