import { ActionError } from '../errors.ts'
import type { Environment, Host } from '../host/host.ts'

/** A builder of buildx as its client describes it. */
export type Builder = Readonly<{
  name: string
  driver: string
  nodes: readonly BuilderNode[]
}>

/** `platforms` are those that it can run steps of. */
export type BuilderNode = Readonly<{ name: string; status: string; error?: string; platforms: readonly string[] }>

const fieldOf = (text: string, name: string): string | undefined => new RegExp(`^${name}: +(.*)$`, 'm').exec(text)?.[1]?.trim()

/** Reads what `docker buildx inspect` prints: one block for the builder, one for each node. buildx has no machine form of it. */
export function parseBuilder(text: string): Builder | undefined {
  const [head = '', rest = ''] = text.split(/^Nodes:\s*$/m)
  const name = fieldOf(head, 'Name')
  const driver = fieldOf(head, 'Driver')
  if (name === undefined || driver === undefined) return undefined
  const nodes = rest
    .split(/^(?=Name:)/m)
    .filter((block) => block.trim() !== '')
    .map((block): BuilderNode => {
      const error = fieldOf(block, 'Error')
      return {
        name: fieldOf(block, 'Name') ?? '',
        status: fieldOf(block, 'Status') ?? '',
        ...(error ? { error } : {}),
        platforms: (fieldOf(block, 'Platforms') ?? '').split(/[,\s*]+/).filter((platform) => platform !== ''),
      }
    })
  return { name, driver, nodes }
}

/**
 * Asks for a builder by its name, without one for that which the job has chosen, and starts it if it does not run.
 * @throws ActionError builder-unavailable when there is none of this name or it does not come up
 */
export async function findBuilder(host: Host, name: string | undefined, env: Environment): Promise<Builder> {
  const argv = ['docker', 'buildx', 'inspect', ...(name === undefined ? [] : [name]), '--bootstrap']
  const { exitCode, stdout, stderr } = await host.capture({ argv, env })
  const builder = parseBuilder(stdout)
  const said =
    stderr
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^ERROR: /, '') ?? ''
  if (exitCode !== 0 || !builder)
    throw new ActionError('builder-unavailable', `The builder ${name ?? 'of this job'} cannot be used (${said}).`)
  const broken = builder.nodes.find(({ status }) => status !== 'running')
  if (builder.nodes.length === 0 || broken)
    throw new ActionError(
      'builder-unavailable',
      `The builder ${builder.name} does not run (${broken ? (broken.error ?? `${broken.name} is ${broken.status || 'not there'}`) : 'it has no node'}).`,
    )
  return builder
}
