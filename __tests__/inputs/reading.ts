import type { Host } from '../../src/host/host.ts'
import type { Inputs, Problem } from '../../src/inputs/inputs.ts'
import { type Reading, readInputs } from '../../src/inputs/read.ts'
import { loadAuthParser } from '../../src/inputs/read-registry-auth.ts'
import type { Event } from '../../src/plan/event.ts'
import type { TemplateCheck } from '../../src/plan/tags/libraries.ts'
import type { YamlParser } from '../../src/smoke/samples/read-text.ts'
import { createEvent } from '../builders.ts'
import { createFiles } from '../memory-files.ts'

/** What is loaded where there is text for it. */
export const authParser = await loadAuthParser(new Map([['registry-auth', '[]']]))

export const workspaceFiles = {
  '/repo/Dockerfile': 'FROM python:3.11-slim AS base\nFROM base AS serve\nCMD ["serve"]\n',
  '/repo/requirements.txt': 'fastapi\n',
  '/repo/tests/test_app.py': 'def test_app(): pass\n',
}

type Circumstances = Readonly<{
  event?: Partial<Event>
  files?: Readonly<Record<string, string>>
  links?: Readonly<Record<string, string>>
  env?: Readonly<Record<string, string>>
  kind?: Host['kind']
  templateFault?: TemplateCheck
  parseYaml?: YamlParser
}>

/** Reads `given` and the one input that must be there, in a workspace with a project. */
export function read(given: Readonly<Record<string, string>>, circumstances: Circumstances = {}): Reading {
  const { event, files = workspaceFiles, links, env = {}, kind = 'runner', templateFault, parseYaml } = circumstances
  const host = {
    files: createFiles(files, links),
    env,
    workspace: '/repo',
    kind,
    ...(templateFault ? { templateFault } : {}),
    ...authParser,
    ...(parseYaml ? { parseYaml } : {}),
  }
  return readInputs(new Map(Object.entries({ images: 'ghcr.io/acme/iris', ...given })), createEvent(event), host)
}

export function inputsOf(...args: Parameters<typeof read>): Inputs {
  const reading = read(...args)
  if (reading.kind === 'problems') throw new Error(`there are problems: ${JSON.stringify(reading.problems)}`)
  return reading.inputs
}

export function problemsOf(...args: Parameters<typeof read>): readonly Problem[] {
  const reading = read(...args)
  return reading.kind === 'problems' ? reading.problems : []
}

/** Of each problem the input and the reason. */
export function reasonsOf(...args: Parameters<typeof read>): readonly string[] {
  return problemsOf(...args).map(({ input, reason }) => `${input} ${reason}`)
}
