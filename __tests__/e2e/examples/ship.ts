import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { isMap, isSeq, parseDocument } from 'yaml'
import { inputsBehind, isAction, isLogin } from '../../../script/example.ts'
import { type Registry, startRegistry } from '../../../script/registry.ts'
import { reachTorch } from '../../../script/torch-index.ts'
import { act, commitAll, installAction, type Line } from '../act.ts'
import { docker, example } from '../action.ts'

type Texts = Readonly<Record<string, string>>

/** The report of a run (docs/report.md), as far as these tests ask. */
export type Report = Readonly<Record<string, unknown>> & Readonly<{ durationMs: number; stages: readonly { duration: number }[] }>

/** What a step of the action gave. */
export type ShippedStep = Readonly<{
  /** The job of the workflow, by its key. */
  job: string
  outputs: Texts
  /** The digest of the image; empty where none was built. */
  digest: string
  report: Report | undefined
  summary: string
  annotations: readonly string[]
  /** Containers, images and networks of the run that are still there. */
  leftovers: readonly string[]
}>

/** What the workflow of an example gave; the fields of a step are those of its first step of the action. */
export type Shipped = Readonly<{
  exitCode: number | null
  /** All that act printed. */
  log: string
  lines: readonly Line[]
  /** The commit that was shipped. */
  sha: string
  registry: Registry
  /** Every NAME:TAG the registry answers with, without its host, sorted. */
  tags: readonly string[]
  /** How many requests so far were to change something in it. */
  writes: number
  steps: readonly ShippedStep[]
}> &
  ShippedStep

/** An example as a repository, with a registry that stands until it is disposed of. */
export interface Shipyard extends Disposable {
  readonly registry: Registry
  /** The repository `acme/NAME`: what is changed in it is shipped, too. */
  readonly folder: string
  readonly ship: (options?: ShipOptions) => Promise<Shipped>
}

export type ShipOptions = Readonly<{
  /** Which of the example's workflows; image.yml unless another is given. */
  workflow?: string
  /** `push` to main, unless another is given. */
  event?: string
  /** What the event holds beside, or instead of, what a push to main does. */
  payload?: Readonly<Record<string, unknown>>
  /** More for act: `--secret NAME=value`, `--var NAME=value`, `--job NAME`. */
  args?: readonly string[]
}>

/** A push that comes from a stranger's copy. */
export const forkPull: ShipOptions = {
  event: 'pull_request',
  payload: {
    number: 7,
    pull_request: {
      number: 7,
      head: { ref: 'fix', sha: 'a'.repeat(40), repo: { full_name: 'stranger/fork' } },
      base: { ref: 'main' },
      user: { login: 'stranger' },
    },
  },
}

/** The workflow with each step of the action pushing to `registry`, one behind it that keeps its report, and no other logins. */
function pushingTo(registry: Registry, text: string, reports: string): string {
  const document = parseDocument(text)
  const jobs = document.get('jobs')
  if (!isMap(jobs)) throw new Error('a workflow without jobs')
  for (const { value: job } of jobs.items) {
    const steps = isMap(job) ? job.get('steps') : undefined
    if (!isSeq(steps)) continue
    steps.items = steps.items.flatMap((step, index) => {
      if (isMap(step) && isLogin(step.get('uses'))) return []
      if (!isMap(step) || !isAction(step.get('uses'))) return [step]
      if (!step.has('id')) step.set('id', `image-${index}`)
      const given = step.get('with')
      const login = { ...registry, password: '${{ secrets.REGISTRY_PASSWORD }}' }
      step.set('with', document.createNode(inputsBehind(login, isMap(given) ? (given.toJSON() as Texts) : {})))
      const env = { REPORT: `\${{ steps.${step.get('id')}.outputs.report }}` }
      return [step, document.createNode({ if: 'always()', env, run: `[ ! -f "$REPORT" ] || cp "$REPORT" '${reports}'` })]
    })
  }
  return document.toString()
}

/** What the registry has. */
async function tagsOf({ host, username, password }: Registry): Promise<readonly string[]> {
  const ask = async (path: string) => {
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
    const answer = await fetch(`http://${host}/v2/${path}`, { headers: { authorization } })
    return (await answer.json()) as { repositories?: readonly string[]; tags?: readonly string[] | null }
  }
  const { repositories = [] } = await ask('_catalog')
  const named = async (name: string) => ((await ask(`${name}/tags/list`)).tags ?? []).map((tag) => `${name}:${tag}`)
  return (await Promise.all(repositories.map(named))).flat().sort()
}

const linesOf = (text: string) => text.split('\n').filter(Boolean)

/** What a run may leave in the engine; its report is named by its id. */
function leftBy(report: string): readonly string[] {
  const id = /([0-9a-f]{12})\.json$/.exec(report)?.[1]
  if (id === undefined) return []
  return [
    ...linesOf(docker('ps', '--all', '--quiet', '--filter', `name=ml-image-${id}`)),
    ...linesOf(docker('network', 'ls', '--quiet', '--filter', `name=ml-image-${id}`)),
    ...linesOf(docker('images', '--quiet', `ml-image-action/run:${id}`)),
  ]
}

/** The steps of the action in what act printed, in the order they ended. */
function stepsIn(lines: readonly Line[], reports: string): readonly ShippedStep[] {
  const ours = lines.filter(({ stage, step }) => stage === 'Main' && isAction(step))
  const keyOf = ({ job = '', stepID = [], matrix = {} }: Line) => JSON.stringify([job, stepID, matrix])
  return [...Map.groupBy(ours, keyOf).values()].map((of): ShippedStep => {
    const outputs = Object.fromEntries(of.flatMap(({ command, name = '', arg = '' }) => (command === 'set-output' ? [[name, arg]] : [])))
    const report = join(reports, basename(outputs['report'] ?? 'none'))
    return {
      job: of[0]?.jobID ?? '',
      outputs,
      digest: outputs['digest'] ?? '',
      report: existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : undefined,
      summary: of.find(({ command }) => command === 'summary')?.content ?? '',
      annotations: of
        .filter(({ command }) => command === 'error' || command === 'warning' || command === 'notice')
        .map(({ command, kvPairs, arg }) => `${command} ${kvPairs?.['title'] ?? ''}::${arg ?? ''}`),
      leftovers: leftBy(outputs['report'] ?? ''),
    }
  })
}

/** Makes a repository of an example, or of what `fill` puts into the folder, and a registry for all names in its workflow. */
export async function openShipyard(
  name: string,
  fill = (folder: string) => cpSync(example(name), folder, { recursive: true }),
): Promise<Shipyard> {
  const registry = await startRegistry()
  const root = mkdtempSync(join(tmpdir(), 'ml-image-example-'))
  const [folder, reports] = [join(root, name), join(root, 'reports')]
  mkdirSync(reports)
  installAction(root)
  fill(folder)
  reachTorch(folder)
  const workflows = join(folder, '.github', 'workflows')
  for (const file of readdirSync(workflows).map((each) => join(workflows, each)))
    writeFileSync(file, pushingTo(registry, readFileSync(file, 'utf8'), reports))
  const sha = commitAll(folder, `acme/${name}`)
  return {
    registry,
    folder,
    ship: async ({ workflow = 'image.yml', event = 'push', payload = {}, args = [] } = {}) => {
      const push = { ref: 'refs/heads/main', repository: { full_name: `acme/${name}`, default_branch: 'main' } }
      const { exitCode, lines, text } = act(root, folder, event, { ...push, ...payload }, registry.password, [
        ...['--workflows', join(workflows, workflow), ...args],
      ])
      const steps = stepsIn(lines, reports)
      const [first] = steps
      if (first === undefined) throw new Error(`no step of the action was run:\n${text.slice(-4000)}`)
      const writes = registry.accessLog().filter(({ method }) => method !== 'GET' && method !== 'HEAD').length
      return { ...first, exitCode, log: text, lines, sha, registry, tags: await tagsOf(registry), writes, steps }
    },
    [Symbol.dispose]: () => {
      const pushed = linesOf(docker('images', '--format', '{{.Repository}}:{{.Tag}}')).filter((name) =>
        name.startsWith(`${registry.host}/`),
      )
      if (pushed.length > 0) docker('image', 'rm', ...pushed)
      registry.stop()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** Ships an example once, by its own workflow. */
export async function shipExample(name: string, options: ShipOptions = {}): Promise<Shipped & Disposable> {
  const yard = await openShipyard(name)
  try {
    return { ...(await yard.ship(options)), [Symbol.dispose]: () => yard[Symbol.dispose]() }
  } catch (error) {
    yard[Symbol.dispose]()
    throw error
  }
}
