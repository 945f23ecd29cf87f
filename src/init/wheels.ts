import { requirementsFile } from '../model/pins.ts'

/** From which version on a package has wheels for a Python (3.x, by x), the newest first; of older ones it is built from source. Source: their files on PyPI. */
const wheels: Readonly<Record<string, readonly (readonly [minor: number, since: string])[]>> = {
  numpy: [
    [13, '2.1.0'],
    [12, '1.26.0'],
    [11, '1.23.2'],
    [10, '1.21.2'],
  ],
  scipy: [
    [13, '1.14.1'],
    [12, '1.11.2'],
    [11, '1.9.2'],
    [10, '1.7.2'],
  ],
  pandas: [
    [13, '2.2.3'],
    [12, '2.1.1'],
    [11, '1.5.1'],
    [10, '1.3.3'],
  ],
  'scikit-learn': [
    [13, '1.5.2'],
    [12, '1.3.2'],
    [11, '1.1.3'],
    [10, '1.0.2'],
  ],
  torch: [
    [13, '2.5.0'],
    [12, '2.2.0'],
    [11, '2.0.0'],
    [10, '1.11.0'],
  ],
  tensorflow: [
    [13, '2.20.0'],
    [12, '2.16.1'],
    [11, '2.12.0'],
    [10, '2.8.0'],
  ],
  'pydantic-core': [
    [13, '2.20.0'],
    [12, '2.6.0'],
    [11, '2.0.0'],
    [10, '2.0.0'],
  ],
  pydantic: [
    [13, '2.8.0'],
    [12, '1.10.13'],
    [11, '1.10.3'],
    [10, '1.8.0'],
  ],
}

const numbers = (version: string) => version.split(/[.+]/).map((part) => Number.parseInt(part, 10) || 0)

function isBefore(a: string, b: string): boolean {
  const [left, right] = [numbers(a), numbers(b)]
  const at = right.findIndex((part, index) => part !== (left[index] ?? 0))
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0)
}

/** The newest Python (3.x, by x) that all pins of a requirements file have wheels for, and the pin that says so; undefined where none is old. */
export function newestWithWheels(text: string): Readonly<{ minor: number; pin: string }> | undefined {
  const limits = requirementsFile(text).pins.flatMap(({ name, version }) => {
    const rows = Object.hasOwn(wheels, name) ? (wheels[name] ?? []) : []
    const [newest] = rows
    const row = rows.find(([, since]) => !isBefore(version, since))
    return row && newest && row[0] < newest[0] ? [{ minor: row[0], pin: `${name}==${version}` }] : []
  })
  return limits.toSorted((a, b) => a.minor - b.minor)[0]
}
