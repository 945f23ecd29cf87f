import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes dist/licenses.txt: the licence and the notices of every package that the lock file has for production. ncc collects
 * them only for the files that are loaded on demand, and nothing of a package that has no licence file.
 */

const root = join(import.meta.dirname, '..')

type Locked = Readonly<{ version?: string; license?: string; dev?: boolean }>
export type Licensed = Readonly<{ name: string; version: string; license: string; text: string }>

/** Packages of jest that `debug` looks for, and so are bundled where they are found. */
const found: readonly string[] = ['node_modules/has-flag', 'node_modules/supports-color']

const granted: Readonly<Record<string, string>> = {
  MIT: `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
  ISC: `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`,
}

const isLicence = (file: string) => /^(licen[cs]e|copying)|notice/i.test(file)

/** The licence as a package brings it: its files, else that part of its README; empty where it has neither. */
function broughtText(folder: string): string {
  const files = readdirSync(folder).sort()
  const texts = files.filter(isLicence).map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
  if (texts.length > 0) return texts.join('\n\n')
  const readme = files.find((file) => /^readme/i.test(file))
  const part = /^#* *licen[cs]e\b.*$([\s\S]*)/im.exec(readme === undefined ? '' : readFileSync(join(folder, readme), 'utf8'))?.[1] ?? ''
  return /permission|copyright/i.test(part) ? part.replaceAll('\r\n', '\n').trim() : ''
}

/** A package that only names its licence: the text of it, with whom the package names as its author. */
function namedText(folder: string, license: string): string | undefined {
  const { author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { author?: string | Readonly<{ name: string }> }
  const text = granted[license]
  return text === undefined ? undefined : `Copyright (c) ${typeof author === 'object' ? author.name : (author ?? 'its authors')}\n\n${text}`
}

/** The packages of a lock file that are there, and not for development alone, with their licences. @throws Error where one has none */
export function licensedPackages(folder: string): readonly Licensed[] {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as { packages: Readonly<Record<string, Locked>> }
  const used = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && (!dev || found.includes(path)) && existsSync(join(folder, path)))
    .map(([path, { version = '', license = '' }]) => {
      const name = path.replace(/^.*node_modules\//, '')
      return { name, version, license, place: join(folder, path), text: broughtText(join(folder, path)) }
    })
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
  // Apache's text names nobody: that of another package says the same.
  const apache = used.find(({ license, text }) => license === 'Apache-2.0' && text !== '')?.text
  return used.map(({ place, ...one }) => {
    const text = one.text || namedText(place, one.license) || (one.license === 'Apache-2.0' ? apache : undefined)
    if (!text) throw new Error(`${one.name} has no text of its licence (${one.license}). Add that of the licence to script/licences.ts.`)
    return { ...one, text }
  })
}

/** Every text once, below all packages that come with it. */
export function licencesText(packages: readonly Licensed[]): string {
  const texts = new Map<string, Licensed[]>()
  for (const one of packages) texts.set(one.text, [...(texts.get(one.text) ?? []), one])
  const parts = [...texts].map(
    ([text, all]) => `${all.map(({ name, version, license }) => `${name} ${version} (${license})`).join('\n')}\n\n${text}\n`,
  )
  return parts.join(`\n${'-'.repeat(80)}\n\n`)
}

if (import.meta.main) writeFileSync(join(root, 'dist', 'licenses.txt'), licencesText(licensedPackages(root)))
