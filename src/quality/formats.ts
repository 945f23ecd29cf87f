import { Invalid } from '../inputs/parse.ts'
import { flattenMetrics, type Metrics, numberOf } from './metrics.ts'

/** What Python's json writes and JSON does not know, outside of texts. */
const beyondJson = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g

function parsePythonJson(text: string): unknown {
  return JSON.parse(text.replace(beyondJson, (found) => (found.startsWith('"') ? found : `"${found}"`)))
}

async function parseYaml(text: string): Promise<unknown> {
  const { parse } = await import('yaml')
  return parse(text)
}

async function parseToml(text: string): Promise<unknown> {
  const { parse } = await import('smol-toml')
  return parse(text)
}

/** One row below its names, or rows of a name and a value. */
async function parseCsv(text: string): Promise<unknown> {
  const { parse } = await import('csv-parse/sync')
  const rows = parse(text, { trim: true, skip_empty_lines: true }) as readonly (readonly string[])[]
  const [names = [], values, ...more] = rows
  if (values === undefined) throw new Error('it has names and no row of values')
  const pairs = names.length === 2 && values.length === 2 && numberOf(values[0]) === undefined
  if (pairs) return Object.fromEntries((numberOf(names[1]) === undefined ? rows.slice(1) : rows).map(([name = '', value]) => [name, value]))
  if (more.length > 0) throw new Error(`it has ${more.length + 1} rows of values where one is expected`)
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
}

const parsers: readonly Readonly<{ names: RegExp; kind: string; parse: (text: string) => unknown }>[] = [
  { names: /\.json$/i, kind: 'JSON', parse: parsePythonJson },
  { names: /\.ya?ml$/i, kind: 'YAML', parse: parseYaml },
  { names: /\.toml$/i, kind: 'TOML', parse: parseToml },
  { names: /\.csv$/i, kind: 'CSV', parse: parseCsv },
]

/**
 * Reads a file of metrics: JSON, YAML, TOML or CSV by its suffix, else JSON or YAML by what it looks like. Flat or nested
 * (as DVC has them), or a run as MLflow gives it. @throws Invalid when it is not that, or holds no number
 */
export async function parseMetrics(text: string, path: string): Promise<Metrics> {
  const parser = parsers.find(({ names }) => names.test(path)) ?? (/^\s*[[{]/.test(text) ? parsers[0] : parsers[1])
  let value: unknown
  try {
    value = await parser?.parse(text)
  } catch (error) {
    throw new Invalid(`is not ${parser?.kind} (${(error as Error).message.split('\n')[0]})`)
  }
  const metrics = flattenMetrics(value)
  if (metrics.size === 0) throw new Invalid('holds no metric: no name with a number')
  return metrics
}

/** The last value in a file of MLflow's file store, `mlruns/EXPERIMENT/RUN/metrics/NAME`: lines of time, value and step. */
export function lastOfHistory(text: string): number | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const points = lines.map((line) => line.trim().split(/\s+/))
  if (!points.every(([time = '', , step = '0']) => /^\d+$/.test(time) && /^-?\d+$/.test(step))) return undefined
  const sorted = points.toSorted(([t1, , s1 = '0'], [t2, , s2 = '0']) => Number(s1) - Number(s2) || Number(t1) - Number(t2))
  return numberOf(sorted.at(-1)?.[1])
}
