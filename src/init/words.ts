import { parseImageName } from '../plan/image-name.ts'

/** What `init` may write. */
export const parts = ['workflow', 'dockerfile', 'dockerignore', 'samples'] as const
export type Part = (typeof parts)[number]

/** `ml-image-action init [--dry-run] [--image NAME] [--python VERSION] [--only PART,...]`. */
export type InitOrder = Readonly<{ dryRun: boolean; image?: string; python?: string; only: ReadonlySet<Part> }>

/** Reads the words behind `init`. @throws Error on what is none of its flags */
export function parseInitWords(words: readonly string[]): InitOrder {
  const given = new Map<string, string>()
  let dryRun = false
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    const [, name, inline] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? []
    if (name === undefined) throw new Error(`init takes no "${word}": it looks at the folder that it is called in`)
    if (name === 'dry-run') {
      if (inline !== undefined && inline !== 'true' && inline !== 'false') throw new Error(`--dry-run is true or false, not "${inline}"`)
      dryRun = inline !== 'false'
      continue
    }
    const flag = name === 'images' ? 'image' : name
    if (flag !== 'image' && flag !== 'python' && flag !== 'only')
      throw new Error(`init has no flag --${name}: it takes --dry-run, --image, --python and --only`)
    const value = inline ?? words[++i]
    if (value === undefined || value === '' || (inline === undefined && value.startsWith('--'))) throw new Error(`--${name} needs a value`)
    given.set(flag, value)
  }
  const [image, python, only] = [given.get('image'), given.get('python'), given.get('only')]
  if (image !== undefined) checkImage(image)
  if (python !== undefined && !/^3\.\d{1,2}$/.test(python)) throw new Error(`--python is "${python}", and takes a version such as 3.12`)
  return {
    dryRun,
    ...(image === undefined ? {} : { image }),
    ...(python === undefined ? {} : { python }),
    only: only === undefined ? new Set(parts) : partsIn(only),
  }
}

function checkImage(image: string): void {
  try {
    parseImageName(image)
  } catch (error) {
    throw new Error(`--image "${image}" ${(error as Error).message}. An image name is such as ghcr.io/acme/iris`)
  }
}

function partsIn(text: string): ReadonlySet<Part> {
  const names = text.split(',').map((one) => one.trim())
  const found = parts.filter((part) => names.includes(part))
  const [unknown] = names.filter((name) => !parts.some((part) => part === name))
  if (unknown !== undefined) throw new Error(`--only has "${unknown}", and takes ${parts.join(', ')}, with commas`)
  return new Set(found)
}
