import { basename, dirname, join, resolve } from 'node:path'
import { contextCopies } from '../advice/copies.ts'
import { dockerfileSubject, sentFiles } from '../advice/dockerfile.ts'
import { exitCodes } from '../errors.ts'
import type { Environment, Files, Host } from '../host/host.ts'
import { gitFacts } from '../plan/git.ts'
import { gitEvent } from '../plan/git-event.ts'
import { findBody, findSamplesFile } from '../smoke/samples/found.ts'
import { type Folder, readFolder } from './folder.ts'
import { makeOffer, type Offered, type Surroundings } from './offer.ts'
import { recognise } from './project.ts'
import { initText } from './tell.ts'
import type { InitOrder } from './words.ts'

/** What stdout gets, and how the process ends: 2 where the folder holds nothing that a workflow could be written for. */
export type Initialised = Readonly<{ text: string; exitCode: number }>

/** The folder of the project as git knows it in its repository, `services/iris`; '' where it is the root, or there is none. */
async function prefixOf(host: Host, env: Environment): Promise<string> {
  const argv = ['git', '-c', 'safe.directory=*', 'rev-parse', '--show-prefix']
  const answer = await host.capture({ argv, cwd: host.workspace, env }).catch(() => undefined)
  return answer?.exitCode === 0 ? answer.stdout.trim().replace(/\/$/, '') : ''
}

/** What the Dockerfile that is there copies by its name, and the project does not have. */
function absentOf(host: Host, folder: Folder): readonly string[] {
  const { files, workspace } = host
  const file = join(workspace, 'Dockerfile')
  const dockerfile = files.readText(file)
  if (dockerfile === undefined) return []
  const asked = { file, context: workspace, dockerfile, args: {} }
  const subject = dockerfileSubject(asked, { workspace, sent: sentFiles(files, asked, workspace), gpu: false, now: host.now() })
  const sources = subject ? contextCopies(subject).flatMap((copy) => copy.sources) : []
  return sources.filter(
    (one) => one !== '' && !/[*?[$]/.test(one) && !folder.paths.some((path) => path === one || path.startsWith(`${one}/`)),
  )
}

async function lookAround(
  host: Host,
  folder: Folder,
  order: InitOrder,
  env: Environment,
): Promise<Readonly<{ around: Surroundings; remarks: readonly string[] }>> {
  const { files, workspace } = host
  const [git, prefix] = await Promise.all([gitFacts(host, workspace, env), prefixOf(host, env)])
  const { repository, serverUrl } = gitEvent(git)
  const home = join(
    workspace,
    ...prefix
      .split('/')
      .filter(Boolean)
      .map(() => '..'),
    '.github',
    'workflows',
  )
  const workflows = files.list(home)
  const workflow = workflows.find((name) => /\/ml-image-action@/.test(files.readText(join(home, name)) ?? ''))
  const samples = findSamplesFile(workspace, files) ?? findBody(workspace, files)
  const branch = git.originHead ?? (git.branch === undefined || /[/]/.test(git.branch) ? 'main' : git.branch)
  const image = order.image ?? `ghcr.io/\${{ github.repository }}${prefix === '' ? '' : `/${basename(prefix).toLowerCase()}`}`
  const elsewhere = repository !== '' && !/github/.test(serverUrl) && git.originUrl?.startsWith('/') === false
  return {
    around: {
      prefix,
      image,
      imageTold: repository === '' ? image : image.replace('${{ github.repository }}', repository.toLowerCase()),
      branch,
      workflows,
      absent: absentOf(host, folder),
      ...(workflow === undefined ? {} : { workflow }),
      ...(samples === undefined ? {} : { samples }),
    },
    remarks: elsewhere
      ? [`The remote is at ${serverUrl}, and the workflow is one of GitHub's: elsewhere run npx ml-image-action in a job.`]
      : [],
  }
}

const isTaken = (files: Pick<Files, 'kind' | 'list'>, path: string) =>
  files.kind(path) !== undefined || files.list(dirname(path)).includes(basename(path))

/** A file that has come in the meantime is left, and so is a link to nowhere. */
function write({ files, workspace }: Pick<Host, 'files' | 'workspace'>, { path, text }: Offered): boolean {
  const absolute = resolve(workspace, path)
  if (isTaken(files, absolute)) return false
  files.makeFolder(dirname(absolute))
  files.writeText(absolute, text)
  return true
}

/** Looks at the folder, and writes what it needs to be published by the action. Nothing that is there is changed. */
export async function initProject(host: Host, order: InitOrder, env: Environment, columns: number): Promise<Initialised> {
  const { files, workspace } = host
  const folder = await readFolder(host, workspace, env)
  const environment =
    files.readUntrusted(join(workspace, '.venv', 'pyvenv.cfg')) ?? files.readUntrusted(join(workspace, 'venv', 'pyvenv.cfg'))
  const recognised = recognise(folder, host.now(), environment, order.python)
  const { around, remarks } = await lookAround(host, folder, order, env)
  const offer = makeOffer(folder, recognised, around, order.only)
  const done = order.dryRun ? offer.files : offer.files.filter((one) => write(host, one))
  const left = offer.files.filter((one) => !done.includes(one)).map(({ part, path }) => ({ part, why: `${path} is there` }))
  const told = { ...offer, files: done, kept: [...offer.kept, ...left] }
  const text = initText(folder, recognised, around, told, { dryRun: order.dryRun, columns, remarks })
  const hopeless = 'lacks' in recognised && !folder.isThere('Dockerfile')
  return { text, exitCode: hopeless ? exitCodes.input : exitCodes.passed }
}
