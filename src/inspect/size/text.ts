import { bytesText, changeText } from '../../amounts.ts'
import type { SizeReport } from './size.ts'

/** `47.1 MB compressed (+3.1 MB, +0.8 %)` */
export function sizeText({ bytes, previous, platform }: SizeReport): string {
  const change = previous ? ` (${changeText(bytes, previous.bytes)})` : ''
  return `${bytesText(bytes)} compressed${change}${platform === undefined ? '' : ` for ${platform}`}`
}
