import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Registry, startRegistry } from '../../script/registry.ts'
import { act, commitAll, installAction } from './act.ts'
import { example } from './action.ts'

let registry: Registry
let root: string
beforeAll(async () => {
  registry = await startRegistry()
  root = mkdtempSync(join(tmpdir(), 'ml-image-act-'))
  installAction(root)
})
afterAll(() => {
  registry.stop()
  rmSync(root, { recursive: true, force: true })
})

/** The example as a repository of its own, its workflow pushing to the registry of this test instead of GHCR. */
function repository(name: string): string {
  const folder = join(root, name)
  cpSync(example(name), folder, { recursive: true })
  const workflow = join(folder, '.github', 'workflows', 'image.yml')
  const text = readFileSync(workflow, 'utf8').replace(
    /^( +)images: ghcr\.io.*$/m,
    `$1images: ${registry.host}/acme/${name}\n$1username: ${registry.username}\n$1password: \${{ secrets.REGISTRY_PASSWORD }}`,
  )
  writeFileSync(workflow, text)
  commitAll(folder, `acme/${name}`)
  return folder
}

async function tagsOf(name: string): Promise<readonly string[]> {
  const answer = await fetch(`http://${registry.host}/v2/acme/${name}/tags/list`, {
    headers: { authorization: `Basic ${Buffer.from(`${registry.username}:${registry.password}`).toString('base64')}` },
  })
  return answer.ok ? ((await answer.json()) as { tags: string[] }).tags : []
}

describe.each(['iris-sklearn', 'churn-fastapi'])('the workflow of %s under a real runner', (name) => {
  test('a push to main: green, image in the registry, summary written, post ran', async () => {
    const folder = repository(name)
    const sha = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8' }).trim()
    const payload = { ref: 'refs/heads/main', repository: { full_name: `acme/${name}`, default_branch: 'main' } }
    const { exitCode, lines, text } = act(root, folder, 'push', payload, registry.password)
    expect({ exitCode, log: exitCode === 0 ? '' : text.slice(-4000) }).toEqual({ exitCode: 0, log: '' })
    expect([...(await tagsOf(name))].sort()).toEqual(['latest', `sha-${sha.slice(0, 7)}`])
    const summary = lines.find(({ command }) => command === 'summary')?.content ?? ''
    expect(summary).toMatch(new RegExp(`^### ML image: pushed ${registry.host}/acme/${name}:sha-${sha.slice(0, 7)} in `))
    expect(summary).toContain('/predict 200')
    expect(lines.some(({ stage, msg }) => stage === 'Post' && msg?.includes('nothing was left behind'))).toBe(true)
    // Only the lines that tell the runner what to mask name it.
    const naming = lines.filter((line) => line.command !== 'add-mask' && JSON.stringify(line).includes(registry.password))
    expect(naming.map(({ msg }) => msg)).toEqual([])
  })

  test('a pull request from a fork: every gate runs, nothing is pushed, green', async () => {
    const before = await tagsOf(name)
    const writes = registry.accessLog().filter(({ method }) => method !== 'GET' && method !== 'HEAD').length
    const payload = {
      number: 7,
      pull_request: {
        number: 7,
        head: { ref: 'fix', sha: 'a'.repeat(40), repo: { full_name: 'stranger/fork' } },
        base: { ref: 'main' },
        user: { login: 'stranger' },
      },
      repository: { full_name: `acme/${name}`, default_branch: 'main' },
    }
    const { exitCode, lines } = act(root, join(root, name), 'pull_request', payload, registry.password)
    expect(exitCode).toBe(0)
    expect(lines.find(({ command }) => command === 'summary')?.content).toContain('not pushed: the code comes from a fork')
    expect(await tagsOf(name)).toEqual(before)
    expect(registry.accessLog().filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toHaveLength(writes)
  })
})
