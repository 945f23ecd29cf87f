import { argumentValues, expandVariables, findStage, instructions } from '../build/dockerfile.ts'

type Block = Readonly<{ name?: string; base: string; lines: readonly string[] }>

/** The stages of a Dockerfile with their instructions. */
function blocksOf(dockerfile: string): readonly Block[] {
  const blocks: { name?: string; base: string; lines: string[] }[] = []
  for (const line of instructions(dockerfile)) {
    const [, base, name] = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? []
    if (base !== undefined) blocks.push({ base, ...(name === undefined ? {} : { name }), lines: [] })
    else blocks.at(-1)?.lines.push(line)
  }
  return blocks
}

const copiedFrom = (line: string) => /^COPY\s(?:.*\s)?--from=(\S+)/i.exec(line)?.[1]

/** The instructions that an image comes from: `inherited` are those of its own stage and of the stages that one builds on. */
export type Recipe = Readonly<{ all: readonly string[]; inherited: readonly string[]; values: Readonly<Record<string, string>> }>

/** Takes a Dockerfile apart: stages that the target has nothing from are left out. */
export function readRecipe(dockerfile: string, target: string | undefined, args: Readonly<Record<string, string>>): Recipe {
  const values = argumentValues(dockerfile, args)
  const blocks = blocksOf(dockerfile)
  const earlier = (name: string, block: Block) => findStage(blocks.slice(0, blocks.indexOf(block)), expandVariables(name, values))
  const chain: Block[] = []
  for (let block = findStage(blocks, target); block; block = earlier(block.base, block)) chain.unshift(block)
  const wanted = new Set<Block>()
  const want = (block: Block | undefined): void => {
    if (!block || wanted.has(block)) return
    wanted.add(block)
    for (const name of [block.base, ...block.lines.flatMap((line) => copiedFrom(line) ?? [])]) want(earlier(name, block))
  }
  want(chain.at(-1))
  return {
    all: blocks.filter((block) => wanted.has(block)).flatMap(({ lines }) => lines),
    inherited: chain.flatMap(({ lines }) => lines),
    values,
  }
}

const pair = /(\w+)=(?:"([^"]*)"|'([^']*)'|(\S+))/g

/** The RUN instructions, with the variables put in that ARG and ENV set before them or elsewhere. */
export function commandsOf({ all, values }: Recipe): readonly string[] {
  const set = all
    .filter((line) => /^ENV\s/i.test(line))
    .flatMap((line) =>
      [...line.matchAll(pair)].map(([, name = '', ...forms]) => [name, forms.find((form) => form !== undefined) ?? ''] as const),
    )
  const known = { ...Object.fromEntries(set.map(([name, value]) => [name, expandVariables(value, values)])), ...values }
  return all.filter((line) => /^RUN\s/i.test(line)).map((line) => expandVariables(line, known))
}

/** What the image has in a variable: set for good (ENV), or else by an argument (ARG, build-args). */
export function variableOf(name: string, { inherited, values }: Recipe): string | undefined {
  const last = inherited
    .filter((line) => /^ENV\s/i.test(line))
    .flatMap((line) => {
      const [match, ...forms] = new RegExp(`\\s${name}(?:=|\\s+)(?:"([^"]*)"|'([^']*)'|(\\S+))`).exec(line) ?? []
      return match === undefined ? [] : [forms.find((form) => form !== undefined) ?? '']
    })
    .at(-1)
  return expandVariables(last ?? values[name] ?? '', values) || undefined
}

/** The sources of a COPY or ADD that are in the build context, as patterns from its root; '' is all of it. */
function sourcesOf(line: string, values: Readonly<Record<string, string>>): readonly string[] {
  const [, rest] = /^(?:COPY|ADD)\s+(?:--\S+\s+)*(.+)$/i.exec(line) ?? []
  if (rest === undefined || copiedFrom(line) !== undefined) return []
  const words = rest.startsWith('[') ? [...rest.matchAll(/"([^"]*)"/g)].map(([, word = '']) => word) : rest.split(/\s+/)
  return words
    .slice(0, -1)
    .map((word) => expandVariables(word, values))
    .filter((word) => word !== '' && !/^(<<|https?:|git@|[a-z]+:\/\/)/.test(word))
    .map((word) => word.replace(/^(\.?\/)+|\/+$/g, '').replace(/^\.$/, ''))
}

/** Go's filepath.Match, and `**`: what matches a folder matches all in it. */
function matcher(pattern: string): RegExp {
  const source = pattern.replace(/\*\*|[*?]|\[[^\]]*\]|[^*?[]+|\[/g, (part) => {
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    if (part === '?') return '[^/]'
    if (part.length > 2 && part.startsWith('[')) return part.replace(/\\/g, '\\\\')
    return part.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${source}(/|$)`)
}

/** Tells of a path in the build context whether COPY or ADD bring it into the image, or into a stage it comes from. */
export function copiesOf({ all, values }: Recipe): (path: string) => boolean {
  const patterns = all.flatMap((line) => sourcesOf(line, values))
  if (patterns.includes('')) return () => true
  const matchers = patterns.map(matcher)
  return (path) => matchers.some((match) => match.test(path))
}
