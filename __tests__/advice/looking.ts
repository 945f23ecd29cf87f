import { dockerfileSubject, sentFiles } from '../../src/advice/dockerfile.ts'
import type { DockerfileSubject } from '../../src/advice/rule.ts'
import { createFiles } from '../memory-files.ts'

/** A day on which Python 3.9 is at its end and 3.10 is not. */
export const today = Date.parse('2026-06-01')

/** A Dockerfile at the root of a workspace, and what lies beside it. */
export type Project = Readonly<{
  dockerfile: string
  files?: Readonly<Record<string, string>>
  gpu?: true
  target?: string
  now?: number
}>

/** What the rules look at in that project. */
export function subjectIn({ dockerfile, files = {}, gpu, target, now = today }: Project): DockerfileSubject {
  const memory = createFiles(
    Object.fromEntries(Object.entries({ Dockerfile: dockerfile, ...files }).map(([path, text]) => [`/repo/${path}`, text])),
  )
  const build = { context: '/repo', file: '/repo/Dockerfile', dockerfile, args: {}, ...(target === undefined ? {} : { target }) }
  const subject = dockerfileSubject(build, { workspace: '/repo', sent: sentFiles(memory, build, '/repo'), gpu: gpu === true, now })
  if (!subject) throw new Error('the Dockerfile has no stage')
  return subject
}
