import { setTimeout as sleep } from 'node:timers/promises'
import { type RepositoryFacts, readRepository } from '../plan/event.ts'

const pauses = [250, 1_000]

/**
 * Asks GitHub's API (`GITHUB_API_URL`) what a repository is; again after a 5xx. Whatever goes wrong, the answer is
 * nothing, after `patience` (ms, for all tries together) at the latest: a label is not worth a longer wait.
 */
export async function askRepository(repository: string, token: string, patience = 10_000): Promise<RepositoryFacts> {
  const { getOctokit } = await import('@actions/github')
  const [owner = '', repo = ''] = repository.split('/')
  const signal = AbortSignal.timeout(patience)
  for (const pause of [...pauses, undefined]) {
    try {
      return readRepository((await getOctokit(token).rest.repos.get({ owner, repo, request: { signal } })).data)
    } catch (error) {
      // The client calls a network that is not there a 500 too, but one without a response.
      const { response } = error as { response?: { status: number } }
      if (pause === undefined || response === undefined || response.status < 500) break
      await sleep(pause, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) break
    }
  }
  return {}
}
