import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { allSnippets, kindOf, type Snippet, workflowOf } from '../../script/snippets.ts'
import { repositoryRoot } from './action.ts'
import { standIns } from './stand-in-actions.ts'

/** What the documents tell their readers to write, and what of it a runner without a cloud can have. */

type Texts = Readonly<Record<string, unknown>>
export type Step = Readonly<{ id?: string; uses?: string; run?: string; env?: Texts; with?: Texts }>
export type Job = Readonly<{ 'runs-on': unknown; strategy?: unknown; steps: readonly Step[] }>
export type Workflow = Readonly<{ name: string; on: unknown; jobs: Readonly<Record<string, Job>> }>
/** A block of a document, made whole, by the heading above it: lines come and go. */
export type Documented = Readonly<{ place: string; workflow: Workflow }>

function placesOf(snippets: readonly Snippet[]): readonly string[] {
  const seen = new Map<string, number>()
  return snippets.map(({ file, line }) => {
    const before = readFileSync(join(repositoryRoot, file), 'utf8').split('\n').slice(0, line)
    const heading = before.findLast((text) => /^#+ [^a-z]/.test(text))?.replace(/^#+ /, '')
    const place = `${file}, ${heading}`
    const count = (seen.get(place) ?? 0) + 1
    seen.set(place, count)
    return count === 1 ? place : `${place} (${count})`
  })
}

/** Every block that is part of a workflow. */
export function documented(): readonly Documented[] {
  const snippets = allSnippets().filter((snippet) => kindOf(snippet) !== 'samples')
  const places = placesOf(snippets)
  return snippets.map((snippet, at) => ({
    place: places[at] ?? '',
    workflow: parse(workflowOf(snippet), { logLevel: 'error' }) as Workflow,
  }))
}

export const isOurs = ({ uses = '' }: Step) => uses.startsWith('org/ml-image-action@')
export const stepsOf = ({ jobs }: Workflow): readonly Step[] => Object.values(jobs).flatMap(({ steps }) => steps)

/** Actions that are there: act has the second by itself. */
const had = ['org/ml-image-action', 'actions/checkout', ...standIns]

/** What a block needs that is not here. */
export type Lack =
  | 'a cloud, or an identity that GitHub gives'
  | 'a machine of another kind'
  | 'a package index of a company'
  | 'a tool or an image from the net'
  | 'an action of another vendor'
  | 'what jobs of the reader have made'
  | 'several registries with a login each'

/** Why a block cannot be run against the registry of a test; undefined where it can. */
export function lackOf(workflow: Workflow): Lack | undefined {
  const steps = stepsOf(workflow)
  const ours = steps.filter(isOurs)
  const some = (name: string, pattern = /./) => ours.some(({ with: inputs = {} }) => name in inputs && pattern.test(String(inputs[name])))
  const inEnv = (pattern: RegExp) => ours.some(({ env = {} }) => Object.keys(env).some((name) => pattern.test(name)))
  const uses = (...names: readonly string[]) => steps.some((step) => names.some((name) => step.uses?.startsWith(`${name}@`)))
  const foreign = steps.some(({ uses = '' }) => uses !== '' && !had.some((name) => uses.startsWith(`${name}@`)))

  if (some('images', /\.(amazonaws\.com|pkg\.dev|azurecr\.io)\//) || inEnv(/OIDC|_TENANT_ID$/) || some('attest'))
    return 'a cloud, or an identity that GitHub gives'
  if (some('registry-auth')) return 'several registries with a login each'
  if (some('platforms') || some('run-args', /--gpus/) || uses('org/ml-image-action/merge')) return 'a machine of another kind'
  if (inEnv(/INDEX/)) return 'a package index of a company'
  if (some('gate-command')) return 'a tool or an image from the net'
  if (foreign) return 'an action of another vendor'
  // A local name or a folder; a published image is named by digest, or by a step.
  if (some('from', /^[^@$]*$/) && !uses('actions/download-artifact')) return 'what jobs of the reader have made'
  return undefined
}
