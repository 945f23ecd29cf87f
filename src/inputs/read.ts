import type { Event } from '../plan/event.ts'
import { type Declared, declaredInputs, foreignInputs } from './declared.ts'
import type { Inputs, Problem } from './inputs.ts'
import { nearest } from './nearest.ts'
import { oneOf, parseBoolean, parseDuration, parseItems } from './parse.ts'
import { nothingBuilt, readBuild, readFolders } from './read-build.ts'
import { readCache } from './read-cache.ts'
import { readComment } from './read-comment.ts'
import { readCredentials, readImage } from './read-image.ts'
import { readLeaks } from './read-leaks.ts'
import { readQuality } from './read-quality.ts'
import { readReportFile } from './read-report-file.ts'
import { readSamples } from './read-samples.ts'
import { readSize } from './read-size.ts'
import { readSmoke } from './read-smoke.ts'
import { readTest } from './read-test.ts'
import { type Circumstances, createReader, type Given } from './reader.ts'

export type Reading = Readonly<{ kind: 'inputs'; inputs: Inputs }> | Readonly<{ kind: 'problems'; problems: readonly Problem[] }>

/** What is wrong with a name that is no input of an action: the one that was meant, or what to write instead. */
export function unknownInput(name: string, declared: Readonly<Record<string, Declared>> = declaredInputs): Problem {
  const instead = Object.hasOwn(foreignInputs, name) ? foreignInputs[name] : undefined
  const near = instead ? undefined : nearest(name, Object.keys(declared))
  const reason = instead ? `is an input of another action, ${instead}` : `is no input of this action${near ? `; did you mean ${near}` : ''}`
  return {
    input: name,
    value: name,
    reason,
    example: near
      ? `${near}: ${declared[near]?.example}`
      : instead
        ? 'docs/migrating.md has all inputs of the docker actions'
        : 'see the README for all inputs',
  }
}

/** Turns the text of all inputs into `Inputs`, or tells every problem there is. Looks at files, runs nothing. */
export function readInputs(given: Given, event: Event, around: Circumstances): Reading {
  const unknown = [...given.keys()].filter((name) => !Object.hasOwn(declaredInputs, name)).map((name) => unknownInput(name))
  const reader = createReader(given, around)
  const image = readImage(reader)
  const credentials = readCredentials(reader, given, image, event)
  const folders = readFolders(reader)
  const { workingDirectory } = folders
  // Also where it names nothing: that is problem enough.
  const build =
    reader.text('from') !== undefined ? nothingBuilt(reader, folders) : readBuild(reader, folders, credentials, event.origin === 'own')
  const test = readTest(reader, workingDirectory, build.dockerfile)
  const smoke = readSmoke(reader, workingDirectory)
  const samples = readSamples(reader, workingDirectory, smoke)
  const reportFile = readReportFile(reader, workingDirectory)
  const inputs: Inputs = {
    ...image,
    notices: [...image.notices, ...samples.notices],
    credentials,
    workspace: reader.workspace,
    workingDirectory,
    build,
    test,
    smoke: { ...smoke, ...samples.read },
    quality: readQuality(reader, workingDirectory, test),
    leaks: readLeaks(reader),
    size: readSize(reader),
    advice: reader.required('advice', oneOf('warn', 'error', 'off')),
    cache: readCache(reader),
    accept: new Set(
      reader.parsed('accept', (value) => parseItems(value).map(oneOf('no-tests', 'untested-platforms', 'unsafe-pr-checkout'))) ?? [],
    ),
    pushTimeoutMs: reader.required('push-timeout', parseDuration),
    attest: reader.required('attest', oneOf('off', 'best-effort', 'required')),
    summary: reader.required('summary', parseBoolean),
    ...(reportFile === undefined ? {} : { reportFile }),
    comment: readComment(reader),
  }
  if (inputs.attest !== 'off' && !test.run && !smoke.run)
    reader.complain('attest', 'has nothing to attest with test: false and smoke: false')
  const problems = [...unknown, ...reader.problems]
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'inputs', inputs }
}
