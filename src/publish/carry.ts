import { randomUUID } from 'node:crypto'
import { ActionError, messageOf } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'
import { tail } from '../outcome.ts'
import { type ImageName, nameText } from '../plan/image-name.ts'
import type { RegistryClient } from '../registry/client.ts'
import type { Credential } from '../registry/credential.ts'
import { makePrivateConfig } from '../registry/private-config.ts'
import { codeOf, engineRefusals } from '../registry/refusals.ts'
import { type Attempt, isTransientError, withRetry } from '../registry/retry.ts'
import { copyOrigin } from './copy-origin.ts'
import { endOf } from './deadline.ts'
import type { Gated } from './gated.ts'
import { tellProgress } from './progress.ts'
import { pushArgv } from './push-argv.ts'
import { putParts } from './put-parts.ts'
import { type Carried, pushRules } from './relay-rules.ts'
import { rootOf } from './root.ts'
import { watchStandstill } from './standstill.ts'
import { storeManifest } from './store-manifest.ts'
import { upload } from './upload.ts'

/** What the engine says where it is not worth another try: of itself, or of a registry that it talks to without us. */
const permanent = /denied|unauthorized|forbidden|not found|does not exist|immutable|quota|too large|no space left/i

type Pushed = Readonly<{ exitCode: number; said: string }>

/** @param giveUp ends it when there is no use in going on: an engine of the classic store would try again for a minute */
async function dockerPush(host: Host, reference: string, env: Environment, signal: AbortSignal, giveUp?: AbortSignal): Promise<Pushed> {
  const said = tail(20)
  const either = giveUp ? AbortSignal.any([signal, giveUp]) : signal
  const ended = await host.stream({ argv: pushArgv(reference), env }, { signal: either, onLine: said.push })
  if (signal.aborted) throw endOf(signal)
  return { exitCode: ended.kind === 'exited' ? ended.exitCode : 1, said: said.lines.join('\n') }
}

function pushError(name: ImageName, said: string): ActionError {
  const line = said.split('\n').at(-1) ?? ''
  return new ActionError(codeOf(engineRefusals, undefined, line) ?? 'push-failed', `${nameText(name)}: ${line}`)
}

/** Under a tag of this run, does it, and has the tag taken away. */
async function withTag<T>(host: Host, image: Gated, reference: string, env: Environment, use: () => Promise<T>): Promise<T> {
  host.leave({ kind: 'image', name: reference })
  const { exitCode, stderr } = await host.capture({ argv: ['docker', 'image', 'tag', image.localName, reference], env })
  if (exitCode !== 0) throw new ActionError('push-failed', `The image cannot be tagged ${reference} (${stderr.trim()}).`)
  try {
    return await use()
  } finally {
    // Nobody waits for it: the name is this run's own, and the engine is busy with the layers it has sent.
    host.letGo({ argv: ['docker', 'image', 'rm', reference], env })
  }
}

/** How a carry ended without the image being there: the engine does not reach our door. */
type Unreached = Readonly<{ kind: 'unreached' }>

async function throughRelay(
  host: Host,
  image: Gated,
  name: ImageName,
  client: RegistryClient,
  env: Environment,
  signal: AbortSignal,
  carried: Carried,
): Promise<string | Unreached> {
  // What cannot be entered is told in the registry's own words, before the engine makes its own of them.
  await client.authorization('pull,push')
  const door = randomUUID()
  const hopeless = new AbortController()
  await using relay = await host.relay(pushRules(client, name.path, door, host.runId, carried, () => hopeless.abort(), nameText(name)))
  const reference = `127.0.0.1:${relay.port}/${door}:${host.runId}`
  const last = await withTag(host, image, reference, env, () =>
    withRetry<Pushed>(host, signal, async (): Promise<Attempt<Pushed>> => {
      const before = carried.blobs
      carried.trouble = undefined
      const ended = new AbortController()
      const stands = () => {
        carried.trouble ??= { what: 'the engine stands still' }
        ended.abort()
      }
      void watchStandstill(host, () => ({ busy: carried.busy, requests: relay.requests() }), ended.signal, stands)
      const end = AbortSignal.any([hopeless.signal, ended.signal])
      const value = await dockerPush(host, reference, env, signal, end).finally(() => ended.abort())
      const { trouble } = carried as Carried
      const hope = relay.requests() > 0 && (trouble !== undefined || !permanent.test(value.said))
      if (value.exitCode === 0 || carried.failure || !hope) return { kind: 'done', value }
      host.log.line(`${nameText(name)}: a layer did not arrive (${trouble?.what ?? value.said.split('\n').at(-1)}): it is sent again`)
      return { kind: 'again', value, retryAfter: trouble?.retryAfter, progress: carried.blobs > before }
    }),
  )
  if (carried.failure) throw carried.failure
  if (last.exitCode === 0 && carried.digest) return carried.digest
  if (relay.requests() === 0) return { kind: 'unreached' }
  const { trouble } = carried as Carried
  if (trouble) throw new ActionError('registry-unavailable', `${nameText(name)} does not take a layer (${trouble.what}).`)
  throw pushError(name, last.said)
}

/** For an engine on another machine: it pushes by itself, under one tag that stays, with a login only it is shown. */
async function byItself(
  host: Host,
  image: Gated,
  name: ImageName,
  fallback: Fallback,
  env: Environment,
  signal: AbortSignal,
): Promise<string> {
  const config = fallback.credential ? makePrivateConfig(host, new Map([[name.registry, fallback.credential]])) : undefined
  try {
    const reference = `${name.registry}/${name.path}:${fallback.tag}`
    const pushed = await withTag(host, image, reference, env, () =>
      withRetry<Pushed>(host, signal, async (): Promise<Attempt<Pushed>> => {
        const value = await dockerPush(host, reference, { ...env, ...config?.variables }, signal)
        return { kind: value.exitCode === 0 || permanent.test(value.said) ? 'done' : 'again', value }
      }),
    )
    if (pushed.exitCode !== 0) throw pushError(name, pushed.said)
    return fallback.tag
  } finally {
    if (config) host.files.remove(config.folder)
  }
}

/** A registry takes an index only when it has all that it names. */
async function putIndex(client: RegistryClient, { manifest, parts, copy }: NonNullable<Gated['index']>): Promise<string> {
  const there = await Promise.all(parts.map((digest) => client.head(digest)))
  for (const [at, digest] of parts.entries()) if (there[at] !== digest) await copy(digest, client)
  await storeManifest(client, manifest)
  return manifest.digest
}

/** What an engine that does not reach us pushes under, and the login for it. */
type Fallback = Readonly<{ tag: string; credential: Credential | undefined }>

/**
 * Brings the image's layers and manifest into a repository without setting any of its tags.
 * @returns what the manifest can be asked for by: its digest, or the carrier tag of an engine that does not reach us
 */
export async function carry(
  host: Host,
  image: Gated,
  name: ImageName,
  client: RegistryClient,
  fallback: Fallback,
  env: Environment,
  signal: AbortSignal,
): Promise<string> {
  const sent: Carried = { blobs: 0, bytes: 0, busy: 0 }
  const over = new AbortController()
  void tellProgress(host, nameText(name), sent, over.signal)
  try {
    if (image.index) return await putIndex(client, image.index)
    if (image.origin) return await copyOrigin(host, image.origin, client, signal, sent)
    if (image.layout) return await upload(host.files, image.layout, client, signal, sent)
    const root = rootOf(image)
    const put = root !== undefined && image.parts ? await putParts(client, root, image.parts) : undefined
    if (put !== undefined) return put
    const digest = await throughRelay(host, image, name, client, env, signal, sent)
    if (typeof digest === 'string') return digest
    host.log.line(`the engine does not reach this machine: it pushes ${nameText(name)}:${fallback.tag} by itself`)
    return await byItself(host, image, name, fallback, env, signal)
  } catch (error) {
    if (error instanceof ActionError) throw error
    throw new ActionError(isTransientError(error) ? 'registry-unavailable' : 'push-failed', `${nameText(name)}: ${messageOf(error)}`, {
      cause: error,
    })
  } finally {
    over.abort()
  }
}
