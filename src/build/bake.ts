import type { BuildRequest } from './argv.ts'
import { imageOutput, isOci } from './argv.ts'
import { cacheArguments } from './cache/arguments.ts'
import { baseOf, dockerfileStages, findStage } from './dockerfile.ts'
import { optionAttributes } from './options.ts'

/** What the two targets are called in the definition, and so in the names of steps. */
export const bakeTargets = { image: 'image', test: 'test' } as const

/** A stage that runs the tests, and where its files go if it is one of files alone (`FROM scratch`). */
export type TestTarget = Readonly<{ stage: string; reportFolder?: string }>

/** bake reads the strings of its JSON as templates: what only looks like one is written so that it is none. */
const literal = (text: string) => text.replace(/([$%])\{/g, '$1$1{')
const literals = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, literal(value)]))

/** The bake definition (JSON) of one build with two targets: the image, and the stage that tests. Layers are shared. */
export function bakeDefinition(request: BuildRequest, test: TestTarget): string {
  const { build, labels, annotations = [], cache } = request
  const common = { context: literal(build.context), dockerfile: literal(build.file), args: literals(build.args) }
  const shared = { ...common, ...optionAttributes(build.options, literal) }
  const { from, to } = cacheArguments(cache, request.cacheFolders)
  const image = {
    ...shared,
    ...(build.target === undefined ? {} : { target: build.target }),
    labels: literals(labels),
    ...(build.options.platforms.length === 0 ? {} : { platforms: build.options.platforms }),
    ...(annotations.length === 0 || !isOci(request) ? {} : { annotations: annotations.map(literal) }),
    output: [imageOutput(request)],
    ...(from.length === 0 ? {} : { 'cache-from': from.map(literal) }),
    ...(to.length === 0 ? {} : { 'cache-to': to.map(literal) }),
  }
  const output = test.reportFolder === undefined ? 'type=cacheonly' : `type=local,dest=${test.reportFolder}`
  return JSON.stringify({ target: { image, test: { ...shared, target: test.stage, output: [output] } } })
}

/** argv of that build; the definition is a file of our own. */
export function bakeArgv(request: BuildRequest, definitionFile: string): readonly string[] {
  return [
    ...['docker', 'buildx', 'bake', '--builder', request.builder, '--progress', 'rawjson'],
    ...[`--provenance=${request.build.options.provenance}`, `--sbom=${request.build.options.sbom}`],
    ...request.build.options.allow.flatMap((entitlement) => ['--allow', entitlement]),
    ...['--metadata-file', request.metadataFile, '--file', definitionFile, bakeTargets.image, bakeTargets.test],
  ]
}

/** Whether a stage, by name or number, is one of files alone, which can be exported as a folder. */
export function isScratchStage(dockerfile: string, stage: string): boolean {
  const stages = dockerfileStages(dockerfile)
  const found = findStage(stages, stage)
  return found !== undefined && baseOf(stages, found) === 'scratch'
}
