import { posix } from 'node:path'
import { argumentValues, baseOf, dockerfileStages, expandVariables, instructions } from '../dockerfile.ts'

/** A directory of `RUN --mount=type=cache`: what BuildKit knows it by, and what it is made with. */
export type CacheMount = Readonly<{ id: string; owner: readonly string[] }>

/** Those of a Dockerfile, each once, and the image that the first stage with one comes from: it has a shell. */
export type CacheMounts = Readonly<{ base: string; mounts: readonly CacheMount[] }>

/** Options of the flags of a RUN: `--mount=type=cache,target=/x`. */
function mountsOf(line: string): readonly ReadonlyMap<string, string>[] {
  const [, flags = ''] = /^RUN\s+((?:--\S+\s+)*)/i.exec(line) ?? []
  return [...flags.matchAll(/--mount=(\S+)/g)].map(
    ([, text = '']) =>
      new Map(
        text
          .replace(/["']/g, '')
          .split(',')
          .map((option) => {
            const at = option.indexOf('=')
            return at < 0 ? [option.toLowerCase(), ''] : [option.slice(0, at).toLowerCase(), option.slice(at + 1)]
          }),
      ),
  )
}

/**
 * Finds the cache mounts of a Dockerfile. Left out: those with contents of their own (`from`), and those whose name holds
 * a variable that no ARG gives. The id is by default the target (BuildKit, dockerfile2llb/convert_runmount.go).
 */
export function findCacheMounts(dockerfile: string, args: Readonly<Record<string, string>>): CacheMounts | undefined {
  const values = argumentValues(dockerfile, args)
  const stages = dockerfileStages(dockerfile, args)
  const found = new Map<string, CacheMount>()
  let stage = -1
  let base: string | undefined
  for (const line of instructions(dockerfile)) {
    if (/^FROM\s/i.test(line)) stage++
    for (const options of mountsOf(line)) {
      if (options.get('type') !== 'cache' || options.has('from')) continue
      const target = options.get('target') ?? options.get('dst') ?? options.get('destination') ?? ''
      const named = options.get('id') ?? (target === '' ? '' : posix.normalize(target).replace(/(.)\/$/, '$1'))
      if ([...named.matchAll(/\$\{?(\w+)/g)].some(([, name = '']) => !(name in values))) continue
      const id = expandVariables(named, values)
      const current = stages[stage]
      if (id === '' || /["\s,]/.test(id) || current === undefined) continue
      base ??= baseOf(stages, current)
      const owner = ['uid', 'gid', 'mode'].flatMap((name) => (options.has(name) ? [`${name}=${options.get(name)}`] : []))
      if (!found.has(id)) found.set(id, { id, owner })
    }
  }
  return base === undefined ? undefined : { base, mounts: [...found.values()] }
}

const mounted = ({ id, owner }: CacheMount, index: number) =>
  `--mount=${[`type=cache`, `id=${id}`, `target=/ml-image-mounts/${index}`, ...owner].join(',')}`

/** `run` makes the step another one each time: what is in a mount is no part of its key. */
const stageOf = ({ base, mounts }: CacheMounts, flags: readonly string[], run: string, each: (index: number) => string) =>
  `FROM ${base} AS mounts\nUSER 0\nRUN --network=none ${[...flags, ...mounts.map(mounted)].join(' ')} : ${run}${mounts.map((_, index) => `; ${each(index)}`).join('')}\n`

/** A Dockerfile whose build leaves an archive of each mount (`0.tar` …) as its output. */
export function extracting(mounts: CacheMounts, run: string): string {
  const each = (index: number) => `tar -cf /ml-image-kept/${index}.tar -C /ml-image-mounts/${index} .`
  const stage = stageOf(mounts, [], run, each).replace(` : ${run};`, ` mkdir /ml-image-kept && : ${run};`)
  return `${stage}FROM scratch\nCOPY --from=mounts /ml-image-kept /\n`
}

/** A Dockerfile whose build fills the mounts from such archives, its context. */
export function injecting(mounts: CacheMounts, run: string): string {
  const each = (index: number) =>
    `if [ -f /ml-image-kept/${index}.tar ]; then tar -xf /ml-image-kept/${index}.tar -C /ml-image-mounts/${index}; fi`
  return stageOf(mounts, ['--mount=type=bind,target=/ml-image-kept'], run, each)
}
