import { ignoredBy } from '../build/ignored.ts'
import type { Project } from './project.ts'
import type { Shipped } from './shipped.ts'

/** What no build has a use for, in any project. */
const usual = [
  ...[
    '.git',
    '.github',
    '.env',
    '.env.*',
    '.venv',
    'venv',
    '**/__pycache__',
    '**/*.py[co]',
    '**/.pytest_cache',
    '**/.ruff_cache',
    '**/.mypy_cache',
  ],
  ...['.ipynb_checkpoints', '**/*.ipynb', 'tests', '**/tests', 'mlruns', 'wandb', 'data', '*.md'],
] as const

/** Whether a pattern leaves out something that a COPY takes by its name, or all of what it takes. */
function breaks(pattern: string, copies: readonly string[], paths: readonly string[]): boolean {
  const ignores = ignoredBy(pattern)
  return copies.some((source) => {
    const bare = source.replace(/\/$/, '')
    const inside = paths.filter((path) => path === bare || path.startsWith(`${bare}/`))
    return ignores(bare) || (inside.length > 0 && inside.every((path) => ignores(path)))
  })
}

/** The `.dockerignore` of a project: what is usual, without what its own Dockerfile takes. */
export function dockerignoreText({ folder, packages, model, server, shipped }: Project): string {
  const sources = (all: readonly Shipped[]) => all.flatMap((one) => one.sources)
  const copies = [
    ...packages.files,
    ...sources(shipped.model),
    ...sources(shipped.code),
    ...(model.training?.files ?? []),
    ...server.files,
    ...model.there,
  ]
  return `${usual.filter((pattern) => !breaks(pattern, copies, folder.paths)).join('\n')}\n`
}
