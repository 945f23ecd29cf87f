import { ActionError } from '../errors.ts'
import { childEnvironment } from '../host/environment.ts'
import type { Attestations, Host, Signed, StageLog } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { nameText } from '../plan/image-name.ts'
import type { Plan } from '../plan/plan.ts'
import type { Arrived } from '../publish/set-tags.ts'
import { attachReferrers, referrerOf } from '../registry/referrer.ts'
import { type Attempt, withRetry } from '../registry/retry.ts'
import { missingToAttest } from './possible.ts'
import { circumstancesOf, commitSubject, imageSubject, type Statement, type Subject, type Suite, testResult } from './statement.ts'
import { isUntaken, mayPass, troubleText } from './trouble.ts'

/** A statement that is signed, and where it is kept. */
export type Attested = Readonly<{
  about: 'tests' | 'smoke'
  /** `name@algorithm:digest` */
  subject: string
  /** At GitHub; none where it did not take it. */
  url?: string
  /** In the public log, where it was written there. */
  logIndex?: string
}>

/** What has been run, and came out green. */
export type Suites = Readonly<{ tests?: Suite | undefined; smoke?: Suite | undefined }>

/** Attests an image that registries have, tags and all. @throws ActionError attestation-failed where it is required */
export type Attestor = (suites: Suites, arrived: readonly Arrived[], log: StageLog, cancel: AbortSignal) => Promise<readonly Attested[]>

export type AttestorOrder = Readonly<{
  host: Host
  inputs: Pick<Inputs, 'attest' | 'credentials' | 'workingDirectory'>
  plan: Pick<Plan, 'event' | 'push'>
  warn: (text: string) => void
}>

/** Longest time (ms) for all of it: who does not insist on it is not kept waiting. */
const limits = { 'best-effort': 30_000, required: 180_000 } as const

type Draft = Readonly<{ about: Attested['about']; statement: Statement }>
type Sealed = Draft & Readonly<{ signed: Signed }>

const subjectText = ({ name, digest }: Subject) => `${name}@${Object.entries(digest).map((pair) => pair.join(':'))[0] ?? ''}`

/** The commit that is checked out: that of the tests, also where it is GitHub's merge of a pull request. */
async function askCommit({ host, inputs, plan }: AttestorOrder): Promise<string> {
  const argv = ['git', '-c', 'safe.directory=*', 'rev-parse', '--verify', 'HEAD']
  const asked = { argv, cwd: inputs.workingDirectory, env: childEnvironment('code', host.env) }
  const answer = await host.capture(asked).catch(() => undefined)
  const said = answer?.exitCode === 0 ? answer.stdout.trim() : ''
  return /^[a-f0-9]{40,64}$/.test(said) ? said : plan.event.context.sha || plan.event.sha
}

function draft({ host, plan }: AttestorOrder, { tests, smoke }: Suites, arrived: readonly Arrived[], commit: string): readonly Draft[] {
  const { serverUrl, repository } = plan.event
  const circumstances = circumstancesOf(host.env, serverUrl)
  const images = arrived.map(({ name, image }) => imageSubject(nameText(name), image.digest))
  const onCommit = [commitSubject(serverUrl, repository, commit)]
  return [
    ...(tests && commit !== '' ? [{ about: 'tests' as const, statement: testResult(onCommit, tests, circumstances) }] : []),
    ...(smoke ? [{ about: 'smoke' as const, statement: testResult(images, smoke, circumstances) }] : []),
  ]
}

/** With its retries; by GitHub's id. */
async function store(
  host: Host,
  { store: ask }: Attestations,
  repository: string,
  bundle: string,
  token: string,
  signal: AbortSignal,
): Promise<string> {
  type Answer = Readonly<{ id: string }> | Readonly<{ error: unknown }>
  const answer = await withRetry<Answer>(host, signal, async (): Promise<Attempt<Answer>> => {
    try {
      return { kind: 'done', value: { id: await ask(repository, bundle, token, signal) } }
    } catch (error) {
      if (!mayPass(error)) throw error
      return { kind: 'again', value: { error } }
    }
  })
  if ('error' in answer) throw answer.error
  return answer.id
}

/** Beside the image in its repository, as actions/attest and cosign put it there. */
async function attach(host: Host, { client, name, image }: Arrived, sealed: readonly Sealed[]): Promise<void> {
  const referrers = sealed.map(({ statement, signed }) =>
    referrerOf(image.manifest, signed.mediaType, signed.bundle, {
      'org.opencontainers.image.created': new Date(host.now()).toISOString(),
      'dev.sigstore.bundle.content': 'dsse-envelope',
      'dev.sigstore.bundle.predicateType': statement.predicateType,
    }),
  )
  await attachReferrers(host, client, name, image.digest, referrers)
}

/** Does it within a time (ms), or says what it waits for; what goes on in a library then is left alone. */
async function within<T>(
  host: Host,
  ms: number,
  cancel: AbortSignal,
  waitingFor: () => string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController()
  const signal = AbortSignal.any([over.signal, cancel])
  const late = host.sleep(ms, signal).then(() => {
    throw new Error(`${waitingFor()} has not answered after ${ms / 1000} s`)
  })
  try {
    return await Promise.race([work(signal), late])
  } finally {
    over.abort()
  }
}

/**
 * Begins with what has to be known before the tests run: the commit. What fails later is one warning, or thrown where it is
 * required. Undefined where there is nobody to sign.
 */
export function openAttestor(order: AttestorOrder): Attestor | undefined {
  const { host, inputs, plan, warn } = order
  const { attest } = inputs
  const token = inputs.credentials.githubToken ?? ''
  const { attestations } = host
  if (attest === 'off' || !attestations || missingToAttest(attest, plan.push, plan.event, host.env, token)) return undefined
  const { repository, serverUrl, publicRepository } = plan.event
  const asked = askCommit(order)

  return async (suites, arrived, log, cancel) => {
    const troubles: string[] = []
    const attested: Attested[] = []
    let waitingFor = 'Sigstore'
    const note = (error: unknown) => {
      if (!cancel.aborted) troubles.push(troubleText(error))
    }
    const keep = async (sealed: Sealed, signal: AbortSignal): Promise<void> => {
      const { about, statement, signed } = sealed
      const id = await store(host, attestations, repository, signed.bundle, token, signal).catch((error: unknown) => {
        // The registry has it, and GitHub's word about a kind of subject is final.
        if (about === 'tests' && isUntaken(error)) log.line('GitHub takes no statement about a commit: it is in the registry alone')
        else if (!signal.aborted) note(error)
        return undefined
      })
      const [subject] = statement.subject
      attested.push({
        about,
        subject: subject ? subjectText(subject) : '',
        // It becomes part of a link.
        ...(id && /^[\w-]{1,64}$/.test(id) ? { url: `${serverUrl}/${repository}/attestations/${id}` } : {}),
        ...(signed.logIndex === undefined ? {} : { logIndex: signed.logIndex }),
      })
    }
    try {
      await within(
        host,
        limits[attest],
        cancel,
        () => waitingFor,
        async (signal) => {
          const drafts = draft(order, suites, arrived, await asked)
          const instance = publicRepository ? 'public-good' : 'github'
          const sealed = await Promise.all(
            drafts.map(async (one): Promise<Sealed> => ({ ...one, signed: await attestations.sign(one.statement, instance) })),
          )
          waitingFor = 'GitHub, or the registry,'
          const attached = arrived.map((there) => attach(host, there, sealed).catch(note))
          await Promise.all([...sealed.map((one) => keep(one, signal)), ...attached])
        },
      )
    } catch (error) {
      note(error)
    }
    if (cancel.aborted) throw new ActionError('cancelled', 'The run was cancelled while the image was attested.')
    const sorted = attested.toSorted((a, b) => (a.about < b.about ? 1 : -1))
    for (const { about, subject, url } of sorted) log.line(`${about}: attested for ${subject}${url ? ` (${url})` : ''}`)
    const text = [...new Set(troubles)].join(' ')
    if (text !== '' && attest === 'required')
      throw new ActionError('attestation-failed', `The image is pushed, but not attested as asked: ${text}`)
    if (text !== '') warn(`The image is pushed, but not attested as asked: ${text}`)
    return sorted
  }
}
