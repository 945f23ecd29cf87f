import type { SizeInputs } from './inputs.ts'
import { parseIncrease, parseSize } from './parse-size.ts'
import type { Reader } from './reader.ts'

/** How large the image may be, and by how much larger than the one before it. */
export function readSize(reader: Reader): SizeInputs {
  const most = reader.parsed('max-image-size', parseSize)
  const increase = reader.parsed('max-size-increase', parseIncrease)
  return { ...(most ? { most } : {}), ...(increase ? { increase } : {}) }
}
