import type { Finding, Place } from './finding.ts'
import { ownRules } from './leaks/rules.ts'
import type { Search } from './leaks/search.ts'
import { givesSecret } from './leaks/variables.ts'
import type { HistoryEntry, Step } from './origin.ts'

/** What of an image's configuration (OCI image spec, config.md) is looked at. */
export type ImageJson = Readonly<{
  os?: string
  architecture?: string
  variant?: string
  config?: Readonly<{
    User?: string
    Env?: readonly string[] | null
    Labels?: Readonly<Record<string, string>> | null
    Entrypoint?: readonly string[] | null
    Cmd?: readonly string[] | null
    Healthcheck?: Readonly<{ Test?: readonly string[] | null }> | null
  }> | null
  history?: readonly HistoryEntry[]
  rootfs?: Readonly<{ diff_ids?: readonly string[] }>
}>

const latin1 = (text: string) => Buffer.from(text).toString('latin1')

/** `NAME=value` pairs of an entry of the history: of ENV, of ARG, and the arguments before a RUN (`RUN |2 A=b C=d /bin/sh`). */
export function assignmentsIn(createdBy: string): readonly Readonly<{ kind: 'env' | 'arg' | 'label'; name: string; value: string }>[] {
  const [, keyword = '', rest = ''] = /^(ENV|ARG|LABEL|RUN \|\d+)\s+([\s\S]*)$/.exec(createdBy) ?? []
  const kind = keyword === 'ENV' ? 'env' : keyword === 'LABEL' ? 'label' : 'arg'
  if (keyword === '') return []
  const text = keyword.startsWith('RUN') ? (rest.split(/ (?=\/|cmd |powershell )/, 1)[0] ?? '') : rest
  return [...text.matchAll(/(?:^|\s)(?<name>[A-Za-z_][\w.-]*)=(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>\S*))/g)].map(({ groups = {} }) => ({
    kind,
    name: groups['name'] ?? '',
    value: groups['quoted'] ?? groups['plain'] ?? '',
  }))
}

type Told = Omit<Finding, 'by'>

const variableHit = (place: Place, name: string, value: string): readonly Told[] =>
  givesSecret(name, value)
    ? [{ rule: 'secret-variable', what: ownRules['secret-variable'], weight: 'red', secret: value, excerpt: `${name}=***`, place }]
    : []

/** Looks at a text that belongs to a place; the name of a variable tells that its value is secret where nothing else does. */
function look(search: Search, place: Place, text: string, name?: string): readonly Told[] {
  const hits = search(latin1(text)).map(({ index: _, ...hit }) => ({ ...hit, place, ...(name ? { excerpt: `${name}=***` } : {}) }))
  return hits.some(({ weight }) => weight === 'red') || name === undefined ? hits : [...hits, ...variableHit(place, name, text)]
}

/**
 * Secrets in what every image tells of itself: variables, labels, commands and history. What the base image brings is
 * searched for the job's own secrets alone.
 */
export function searchConfig(json: ImageJson, steps: readonly Step[], search: Search): readonly Finding[] {
  const { Env, Labels, Entrypoint, Cmd, Healthcheck } = json.config ?? {}
  const own = steps.filter((step) => step.own)
  const set = own.flatMap((step) => assignmentsIn(step.createdBy).map((assignment) => ({ ...assignment, step })))
  const setterOf = (kind: string, name: string) => set.findLast((one) => one.kind === kind && one.name === name)?.step
  const inherited = ({ rule, weight }: Told) => rule !== 'job-secret' && weight === 'red'
  const with_ = (told: readonly Told[], step: Step | undefined): readonly Finding[] =>
    told.map((one) => ({ ...one, ...(step?.by ? { by: step.by } : {}) }))

  const env = (Env ?? []).flatMap((pair) => {
    const name = pair.split('=', 1)[0] ?? ''
    const step = setterOf('env', name)
    const told = look(search, { kind: 'env', name }, pair.slice(name.length + 1), name)
    return with_(step ? told : told.filter((one) => !inherited(one)), step)
  })
  const labels = Object.entries(Labels ?? {}).flatMap(([name, value]) =>
    with_(look(search, { kind: 'label', name }, value), setterOf('label', name)),
  )
  const commands = [Entrypoint, Cmd, Healthcheck?.Test].flatMap((words) => look(search, { kind: 'command' }, (words ?? []).join(' ')))
  const history = steps.flatMap((step) => {
    const told = look(search, { kind: 'history' }, step.createdBy)
    if (!step.own) return told.filter((one) => !inherited(one))
    const variables = assignmentsIn(step.createdBy).flatMap(({ kind, name, value }) => variableHit({ kind, name }, name, value))
    return with_([...told, ...variables], step)
  })
  return onceEach([...env, ...labels, ...commands, ...history])
}

/** One secret is told once, where it is found first. */
export function onceEach(findings: readonly Finding[]): readonly Finding[] {
  const known = new Set<string>()
  return findings.filter(({ secret, place }) => {
    const key = place.kind === 'file' ? `${secret}\n${place.path}` : secret
    if (known.has(key)) return false
    known.add(key)
    return true
  })
}

/** `"NAME": "value"` of a provenance, where build arguments have a prefix. */
const jsonPair = /"(?:build-arg:|label:|context:)?(?<name>[A-Za-z_][\w.-]{0,100})"\s*:\s*"(?<value>(?:[^"\\]|\\.){1,4000})"/g

/** Secrets in a text of JSON beside the image: its attestations, and the annotations of manifests. */
export function searchJson(text: string, kind: 'provenance' | 'config', search: Search): readonly Finding[] {
  const pairs = [...text.matchAll(jsonPair)].flatMap(({ groups = {} }) => {
    const name = groups['name'] ?? ''
    return variableHit({ kind }, name, groups['value'] ?? '')
  })
  return onceEach([...look(search, { kind }, text), ...pairs])
}
