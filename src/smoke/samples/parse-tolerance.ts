import { nearest } from '../../inputs/nearest.ts'
import { Invalid, type Json } from '../../inputs/parse.ts'
import { defaultTolerance, type Tolerance } from '../sample.ts'

const example = 'write {rtol: 1e-3, atol: 0} or rtol=1e-3,atol=0'

function part(name: string, value: Json): readonly [string, number] {
  if (name !== 'rtol' && name !== 'atol') {
    const near = nearest(name, ['rtol', 'atol'])
    throw new Invalid(`has "${name}", which is ${near ? `not known; did you mean ${near}` : `neither rtol nor atol: ${example}`}`)
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new Invalid(`has ${name} ${JSON.stringify(value)}, which is no number`)
  if (number < 0) throw new Invalid(`has ${name} ${number}, which is below 0`)
  return [name, number]
}

/** `{rtol, atol}` or `rtol=1e-3,atol=0`; what is left out is the default. @throws Invalid */
export function parseTolerance(value: Json): Tolerance {
  if (typeof value === 'string') {
    const words = value.split(',').map((word) => /^\s*([^=\s]+)\s*=\s*(\S+)\s*$/.exec(word))
    const parts = words.map((found) => {
      if (!found) throw new Invalid(`is no tolerance: ${example}`)
      return part(found[1] ?? '', found[2] ?? '')
    })
    return { ...defaultTolerance, ...Object.fromEntries(parts) }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Invalid(`is no tolerance: ${example}`)
  return { ...defaultTolerance, ...Object.fromEntries(Object.entries(value).map(([name, one]) => part(name, one as Json))) }
}
