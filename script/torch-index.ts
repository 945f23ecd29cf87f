import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const index = '--extra-index-url https://download.pytorch.org/whl/cpu'

/**
 * Where the index that has torch for the CPU cannot be reached, puts its stand-in (script/torch-index) into the requirements
 * of a copy of an example. It replaces the index: pip and uv insist on one they are given.
 */
export function reachTorch(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => /^requirements.*\.txt$/.test(name))
    .map((name) => join(folder, name))
  for (const file of files.filter((path) => readFileSync(path, 'utf8').includes(index))) {
    const standIn = execFileSync(join(import.meta.dirname, 'torch-index'), { encoding: 'utf8' }).trim()
    if (standIn === '') return
    const instead = `--extra-index-url ${standIn}\n--trusted-host ${new URL(standIn).hostname}`
    writeFileSync(file, readFileSync(file, 'utf8').replace(index, instead))
  }
}
