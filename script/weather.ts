import { writeFileSync } from 'node:fs'
import { everythingAsked } from '../__tests__/doubles/fault-proxy.ts'
import { type Ended, runCell, runPlainPush } from './conditions/cell.ts'
import { type Cell, finalCells, keptPause, oftens, passing, passingCells, roads } from './conditions/table.ts'
import { buildTestImage } from './conditions/world.ts'
import { startRegistry } from './registry.ts'

/** The clock of passing weather runs so many times as fast: what takes a minute takes three seconds. */
const speed = 20
/** Cells at the same time. */
const atOnce = 4
/** A plain push that hangs is given up after so long (ms). */
const plainMs = 10_000

type Done<C extends Cell> = Readonly<{ cell: C; ended: Ended }>

const [part = ''] = process.argv.slice(2)
const nameOf = ({ road, fault, often, rule }: Cell) => `${road}: ${fault} on ${rule.on} ${often}`
const wanted = <C extends Cell>(cells: readonly C[]) => cells.filter((cell) => nameOf(cell).includes(part))

async function inTurn<T, R>(items: readonly T[], most: number, work: (item: T, index: number) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = []
  let next = 0
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T, index)
  }
  await Promise.all(Array.from({ length: most }, worker))
  return results
}

await using registry = await startRegistry()
using image = buildTestImage(`ml-image-weather/run:${process.pid}`)

const tell = (cell: Cell, { tags, code, message, ms }: Ended, right: boolean) =>
  console.log(`${right ? 'ok  ' : 'FAIL'} ${nameOf(cell)}: tags ${tags}, ${(ms / 1000).toFixed(1)} s${code ? `, ${code}: ${message}` : ''}`)

const survived = ({ ended }: Done<Cell>) => ended.tags === 'right' && ended.code === undefined
const pauseKept = ({ cell, ended }: Done<Cell>) => keptPause(cell, ended.seen)
const passed = await inTurn(wanted(passingCells), atOnce, async (cell, index): Promise<Done<Cell>> => {
  const ended = await runCell(registry, image, `weather/passing-${index}`, cell.road, [cell.rule], speed)
  tell(cell, ended, survived({ cell, ended }) && pauseKept({ cell, ended }))
  return { cell, ended }
})

const prompt = ({ cell, ended }: Done<(typeof finalCells)[number]>) => ended.tags === 'none' && ended.code === cell.code && ended.ms < 2_000
const final = await inTurn(wanted(finalCells), 1, async (cell, index) => {
  const ended = await runCell(registry, image, `weather/final-${index}`, cell.road, [cell.rule], 1)
  tell(cell, ended, prompt({ cell, ended }))
  return { cell, ended }
})

const short = passingCells.filter(({ road, rule }) => road === 'engine' && 'times' in rule.often)
const plain = await inTurn(part === '' ? short : [], 4, async (cell, index) => {
  const tags = await runPlainPush(registry, image, `weather/plain-${index}`, [cell.rule], plainMs)
  console.log(`     docker push: ${cell.fault} on ${cell.rule.on} ${cell.often}: ${tags === 'right' ? 'tags right' : `tags ${tags}`}`)
  return { cell, tags }
})

const percent = (some: number, all: number) => `${((100 * some) / Math.max(all, 1)).toFixed(1)} %`
const seconds = (ms: number) => (ms / 1000).toFixed(1)
const half = passed.filter(({ ended }) => ended.tags === 'half').length
const rightPlain = plain.filter(({ tags }) => tags === 'right').length
console.log(
  `${passed.filter(survived).length} of ${passed.length} survived, ${half} half-tagged, ${passed.filter((done) => !pauseKept(done)).length} came back too early; ` +
    `${final.filter(prompt).length} of ${final.length} final in time; docker push: ${rightPlain} of ${plain.length}`,
)

/** One table for a road: a row for each fault, a column for each request, the slowest cell of each frequency. */
function tableOf(road: string): string {
  const cellText = (fault: string, on: string) => {
    const times = Object.keys(oftens).flatMap((often) => {
      const done = passed.find(({ cell }) => cell.road === road && cell.fault === fault && cell.rule.on === on && cell.often === often)
      return done ? [survived(done) ? (done.ended.ms / 1000).toFixed(0) : `**${done.ended.tags}**`] : []
    })
    return times.join(' / ') || 'final'
  }
  const rows = Object.keys(passing).map((fault) => `| ${[fault, ...everythingAsked.map((on) => cellText(fault, on))].join(' | ')} |`)
  return [`| | ${everythingAsked.join(' | ')} |`, `|---${'|---'.repeat(everythingAsked.length)}|`, ...rows].join('\n')
}

const plainText = (fault: string, on: string) =>
  plain
    .flatMap(({ cell, tags }) => (cell.fault === fault && cell.rule.on === on ? [tags === 'right' ? 'ok' : `**${tags}**`] : []))
    .join(' / ')
const plainTable = [
  `| | ${everythingAsked.join(' | ')} |`,
  `|---${'|---'.repeat(everythingAsked.length)}|`,
  ...Object.keys(passing).map((fault) => `| ${[fault, ...everythingAsked.map((on) => plainText(fault, on))].join(' | ')} |`),
].join('\n')

const text = `# Weather

How publishing fares when the registry, or the way to it, has a bad minute. \`script/weather\` writes this page: an image of
three layers is published to a real distribution registry with htpasswd behind a proxy that asks for tokens and makes the
faults (\`__tests__/doubles/fault-proxy.ts\`), once by the engine through the relay, once from files by our own client, with two tags: one that
stays and one that moves. Afterwards the registry itself is asked what the tags hold. Connections, bytes and processes are
real; the clock runs ${speed} times as fast.

| | |
|---|---|
| cells of trouble that passes | ${passed.length} |
| every tag right | ${passed.filter(survived).length} (${percent(passed.filter(survived).length, passed.length)}) |
| half-tagged | ${half} |
| came back before \`Retry-After\` | ${passed.filter((done) => !pauseKept(done)).length} |
| plain \`docker push\`, the same weather (1 and 3 times) | ${rightPlain} of ${plain.length} (${percent(rightPlain, plain.length)}) |
| cells of what does not pass: the right code, no tag, in less than 2 s | ${final.filter(prompt).length} of ${final.length} |
| the slowest of them | ${seconds(Math.max(...final.map(({ ended }) => ended.ms)))} s |

## What passes

Seconds until every tag was right, by the clock of the run, for ${Object.keys(oftens).join(' / ')}. A hang counts its time-out: 30 s
of a request, 60 s of a layer that stands still. A push without trouble takes half a second, or on a busy machine one or two: with this clock 10 to 40 s of each figure.
A 401 means a token that is good no more; of the request for a token itself it is final.

${roads.map((road) => `### ${road === 'engine' ? 'The engine, through the relay' : 'Files, by our own client'}\n\n${tableOf(road)}`).join('\n\n')}

## Plain docker push

The same proxy, the same image, \`docker push\` of each tag; once / 3 times. \`none\`: no tag was set, \`half\`: one of the two,
\`hangs\`: still there after ${plainMs / 1000} s.

${plainTable}

## What does not pass

With a clock that runs as fast as any other. No tag was set.

| answer | to | code | by the engine | from files |
|---|---|---|---|---|
${final
  .filter(({ cell }) => cell.road === 'engine')
  .map(({ cell, ended }) => {
    const files = final.find(
      (other) => other.cell.road === 'files' && other.cell.fault === cell.fault && other.cell.rule.on === cell.rule.on,
    )
    return `| ${cell.fault} | ${cell.rule.on} | \`${ended.code}\` | ${seconds(ended.ms)} s | ${files ? seconds(files.ended.ms) : '-'} s |`
  })
  .join('\n')}
`
if (part === '') writeFileSync(new URL('../docs/weather.md', import.meta.url), text)
process.exitCode = passed.every(survived) && passed.every(pauseKept) && final.every(prompt) ? 0 : 1
