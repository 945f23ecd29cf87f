import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Lays copies of the packages of @actions beside what is bundled, which tell the bundler that importing them does nothing
 * by itself: that is so, and they do not say it. What a chunk does not use of them is then left out. Without it every
 * start loads an HTTP client (undici, 1 MB) for a request of @actions/core that nobody makes.
 */
const root = join(import.meta.dirname, '..')
const copies = join(root, 'lib', 'node_modules', '@actions')
cpSync(join(root, 'node_modules', '@actions'), copies, { recursive: true, dereference: true })
for (const name of readdirSync(copies)) {
  const file = join(copies, name, 'package.json')
  const said = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>
  writeFileSync(file, JSON.stringify({ ...said, sideEffects: false }))
}
