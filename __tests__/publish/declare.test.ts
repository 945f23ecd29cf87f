import { describe, expect, test } from '@jest/globals'
import { parseImageName } from '../../src/plan/image-name.ts'
import { declareArtifacts, declaredBefore } from '../../src/publish/declare.ts'
import { digest } from '../builders.ts'
import { createFakeHost } from '../fake-host.ts'
import { createFiles } from '../memory-files.ts'

const other = `sha256:${'ee'.repeat(32)}`
const list = (...subjects: readonly object[]) => JSON.stringify({ version: 1, subjects })
const arrived = ['ghcr.io/acme/iris', 'quay.io/acme/iris'].map((name) => ({ name: parseImageName(name), image: { digest } as never }))
const both = [`oci://ghcr.io/acme/iris@${digest}`, `oci://quay.io/acme/iris@${digest}`]

describe('what is pushed is handed over', () => {
  test.each<[string, string | undefined, readonly string[]]>([
    ['every name with its digest', undefined, both],
    ['also where the runner does not do that', '', both],
    ['again, when a step before has said the same', list({ name: 'ghcr.io/acme/iris', digest, kind: 'oci' }), both],
    ['but not a name that has another digest already', list({ name: 'ghcr.io/acme/iris', digest: other, kind: 'oci' }), both.slice(1)],
    ['whatever else is there', 'no json', both],
  ])('%s', (_, text, declared) => {
    const files = createFiles(text === undefined ? {} : { '/temp/list': text })
    const host = createFakeHost({ files, env: { GITHUB_ARTIFACTS_LIST: '/temp/list' } })
    declareArtifacts(host, arrived, host.log)
    expect(host.artifacts).toEqual(declared)
    expect(host.lines).toHaveLength(both.length - declared.length)
  })
  test.each(['null', '[]', '{"subjects":{}}', '{"subjects":null}'])('a list that is %s holds nothing', (text) =>
    expect(declaredBefore(text).size).toBe(0),
  )
})
