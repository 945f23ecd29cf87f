/** Metrics by name; what stands for "not a number" (NaN, null) is NaN. Nested names have dots: `val.auc`. */
export type Metrics = ReadonlyMap<string, number>

/** More are not read: such a file holds something else. */
const mostMetrics = 10_000

type Tree = Readonly<Record<string, unknown>>
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A number, also as text; NaN for what a writer puts there for it; undefined for everything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value === null) return Number.NaN
  if (typeof value !== 'string') return undefined
  if (/^[+-]?nan$/i.test(value.trim())) return Number.NaN
  const [, sign] = /^([+-]?)inf(inity)?$/i.exec(value.trim()) ?? []
  if (sign !== undefined) return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) ? Number(value) : undefined
}

type Point = Readonly<{ key: string; value: unknown; step: number; timestamp: number }>

/** MLflow's list form: of each key the last step, and of one step the last in time. */
function lastPoints(list: readonly unknown[]): readonly (readonly [string, unknown])[] | undefined {
  const points: Point[] = []
  for (const entry of list) {
    if (!isTree(entry) || typeof entry['key'] !== 'string' || !('value' in entry)) return undefined
    points.push({ key: entry['key'], value: entry['value'], step: Number(entry['step'] ?? 0), timestamp: Number(entry['timestamp'] ?? 0) })
  }
  const sorted = points.toSorted((a, b) => a.step - b.step || a.timestamp - b.timestamp)
  return points.length === 0 ? undefined : sorted.map(({ key, value }) => [key, value] as const)
}

/** The metrics of a run as MLflow's API and `mlflow runs describe` give it (mlflow/entities/run.py: info, data.metrics). */
function mlflowMetrics(value: unknown): unknown {
  if (!isTree(value)) return undefined
  const run = isTree(value['run']) ? value['run'] : value
  return isTree(run['data']) && isTree(run['info']) ? run['data']['metrics'] : undefined
}

/** Makes one list of names and numbers out of what a file of metrics holds; what is no number is left out. */
export function flattenMetrics(value: unknown): Metrics {
  const metrics = new Map<string, number>()
  const walk = (node: unknown, name: string): void => {
    if (metrics.size >= mostMetrics) return
    const points = Array.isArray(node) ? lastPoints(node) : undefined
    const children: readonly (readonly [string, unknown])[] =
      points ?? (Array.isArray(node) ? node.map((one, index) => [String(index), one] as const) : isTree(node) ? Object.entries(node) : [])
    for (const [key, child] of children) walk(child, name === '' ? key : `${name}.${key}`)
    const number = isTree(node) || Array.isArray(node) ? undefined : numberOf(node)
    if (number !== undefined && name !== '') metrics.set(name, number)
  }
  walk(mlflowMetrics(value) ?? value, '')
  return metrics
}
