import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

const index = '--extra-index-url https://download.pytorch.org/whl/cpu'

const namingIt = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => /^requirements.*\.txt$/.test(name) && readFileSync(join(folder, name), 'utf8').includes(index))

/** The address of what takes the place of the index that has torch for the CPU; none where that can be reached. */
const standIn = (): string => execFileSync(join(import.meta.dirname, 'torch-index'), { encoding: 'utf8' }).trim()

/** Puts the stand-in, where there is one, into the requirements of a folder. It replaces the index: pip and uv insist on each they are given. */
export function reachTorch(folder: string): void {
  const files = namingIt(folder)
  const address = files.length > 0 ? standIn() : ''
  if (address === '') return
  const instead = `--extra-index-url ${address}\n--trusted-host ${new URL(address).hostname}`
  for (const file of files) writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace(index, instead))
}

/** The folder of an example; where its index of torch needs a stand-in, a copy that has it, as a repository of its own. */
export function withTorch(folder: string): Disposable & Readonly<{ folder: string }> {
  if (namingIt(folder).length === 0 || standIn() === '') return { folder, [Symbol.dispose]: () => {} }
  const root = mkdtempSync(join(tmpdir(), 'ml-image-torch-'))
  const copy = join(root, basename(folder))
  cpSync(folder, copy, { recursive: true })
  reachTorch(copy)
  const identity = ['-c', 'user.name=demo', '-c', 'user.email=demo@example.com']
  for (const command of [
    ['init', '--quiet', '--initial-branch', 'main'],
    ['add', '--all'],
    [...identity, 'commit', '--quiet', '-m', 'demo'],
  ])
    execFileSync('git', command, { cwd: copy })
  return { folder: copy, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}
