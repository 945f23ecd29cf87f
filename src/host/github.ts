import type { Comparison, Host } from './host.ts'

/** One question to GitHub's API is given up after this time (ms). */
const timeLimit = 10_000

/** GitHub's API at GITHUB_API_URL. Loaded when it is asked for the first time: most runs do not need it before their end. */
async function octokit(token: string) {
  const { getOctokit } = await import('@actions/github')
  return getOctokit(token)
}

/** https://docs.github.com/rest/commits/commits#compare-two-commits */
export const compareCommits: Host['compareCommits'] = async (repository, base, head, token): Promise<Comparison> => {
  const [owner = '', repo = ''] = repository.split('/')
  const { rest } = await octokit(token)
  const { data } = await rest.repos.compareCommitsWithBasehead({
    ...{ owner, repo, basehead: `${base}...${head}` },
    request: { signal: AbortSignal.timeout(timeLimit) },
  })
  const { status } = data
  if (status !== 'ahead' && status !== 'behind' && status !== 'identical' && status !== 'diverged')
    throw new Error(`GitHub answers with the status ${status}`)
  return { status, missing: (data.commits ?? []).map(({ sha }) => sha) }
}

/** https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-workflow */
export const runNumbers: Host['runNumbers'] = async (repository, workflow, commit, token) => {
  const [owner = '', repo = ''] = repository.split('/')
  const { rest } = await octokit(token)
  const { data } = await rest.actions.listWorkflowRuns({
    ...{ owner, repo, workflow_id: workflow, head_sha: commit },
    request: { signal: AbortSignal.timeout(timeLimit) },
  })
  return (data.workflow_runs ?? []).map(({ run_number }) => run_number)
}
