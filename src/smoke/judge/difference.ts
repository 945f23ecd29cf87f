/** Where an answer is not as expected: a path such as `$.scores[1]`, or `status`. `delta`: got - expected, of numbers. */
export type Difference = Readonly<{ path: string; expected: string; got: string; delta?: number }>

const longestValue = 200
const mostRows = 20

/** A value as it is shown: JSON, shortened. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value))
  return text.length > longestValue ? `${text.slice(0, longestValue)}...` : text
}

const deltaText = (delta: number | undefined) =>
  delta === undefined ? '' : `${delta > 0 ? '+' : ''}${Number.isFinite(delta) ? Number(delta.toPrecision(4)) : delta}`

/** The differences as a table of text: path, expected, got, and delta where numbers differ. At most 20 rows. */
export function differenceTable(differences: readonly Difference[]): readonly string[] {
  const cut = (text: string) => (text.length > 48 ? `${text.slice(0, 45)}...` : text)
  const rows = differences.slice(0, mostRows).map(({ path, expected, got, delta }) => [path, cut(expected), cut(got), deltaText(delta)])
  const table = [['path', 'expected', 'got', rows.some((row) => row[3] !== '') ? 'delta' : ''], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const left = differences.length - mostRows
  return left > 0 ? [...lines, `and ${left >= 1_000 - mostRows ? 'many' : left} more`] : lines
}

/** The largest difference between numbers, if there is one. */
export function largestDelta(differences: readonly Difference[]): Difference | undefined {
  const size = ({ delta }: Difference) => Math.abs(delta ?? 0)
  return differences.reduce<Difference | undefined>(
    (best, one) => (one.delta !== undefined && size(one) > size(best ?? { path: '', expected: '', got: '' }) ? one : best),
    undefined,
  )
}
