import type { SourceLine } from '../build/source-line.ts'
import type { Hit } from './leaks/search.ts'

/** Where in an image a secret is. */
export type Place =
  | Readonly<{ kind: 'file'; path: string }>
  | Readonly<{ kind: 'env' | 'arg' | 'label' | 'annotation'; name: string }>
  | Readonly<{ kind: 'command' | 'history' | 'provenance' | 'config' }>

/** The instruction that made a layer or an entry of the history, as the Dockerfile has it. */
export type Instruction = Readonly<{ text: string; keyword: string; line: number }>

/** A secret in the image. `by` is the instruction that put it there, where that is known. */
export type Finding = Pick<Hit, 'rule' | 'what' | 'weight' | 'secret' | 'excerpt'> &
  Readonly<{ place: Place; by?: Instruction; at?: SourceLine; platform?: string }>

/** A place in the words that `leak-ignore` takes. */
export function placeText(place: Place): string {
  switch (place.kind) {
    case 'file':
      return place.path
    case 'env':
    case 'arg':
    case 'label':
    case 'annotation':
      return `${place.kind}:${place.name}`
    default:
      return place.kind
  }
}

const longestInstruction = 80

/** An instruction on one line, without what it may hold of a secret. */
export function instructionText({ text }: Instruction, secrets: readonly string[]): string {
  const line = secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text.replace(/\s+/g, ' '))
  return line.length > longestInstruction ? `${line.slice(0, longestInstruction)}...` : line
}
