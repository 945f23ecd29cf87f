import { setTimeout as sleep } from 'node:timers/promises'
import { type RepositoryFacts, readRepository } from '../plan/payload.ts'

type GitHub = ReturnType<typeof import('@actions/github')['getOctokit']>
/** What every request of one question is given. */
type Common = Readonly<{ owner: string; repo: string; request: Readonly<{ signal: AbortSignal }> }>

const pauses = [250, 1_000]

/**
 * Asks GitHub's API (`GITHUB_API_URL`) about a repository; again after a 5xx. Whatever goes wrong, the answer is
 * nothing, after `patience` (ms, for all tries together) at the latest: a label is not worth a longer wait.
 */
async function ask<T>(
  repository: string,
  token: string,
  patience: number,
  question: (github: GitHub, common: Common) => Promise<T>,
): Promise<T | undefined> {
  const { getOctokit } = await import('@actions/github')
  const [owner = '', repo = ''] = repository.split('/')
  const signal = AbortSignal.timeout(patience)
  for (const pause of [...pauses, undefined]) {
    try {
      return await question(getOctokit(token), { owner, repo, request: { signal } })
    } catch (error) {
      // The client calls a network that is not there a 500 too, but one without a response.
      const { response } = error as { response?: { status: number } }
      if (pause === undefined || response === undefined || response.status < 500) break
      await sleep(pause, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) break
    }
  }
  return undefined
}

/** What a repository is. */
export async function askRepository(repository: string, token: string, patience = 10_000): Promise<RepositoryFacts> {
  const get = async (github: GitHub, common: Common) => readRepository((await github.rest.repos.get(common)).data)
  return (await ask(repository, token, patience, get)) ?? {}
}

/** When a commit was made (ISO 8601). */
export async function askCommitTime(repository: string, sha: string, token: string, patience = 10_000): Promise<string | undefined> {
  return await ask(
    repository,
    token,
    patience,
    async (github, common) => (await github.rest.repos.getCommit({ ...common, ref: sha })).data.commit.committer?.date,
  )
}
