import type { Comments } from './host.ts'

const perPage = 100

/**
 * https://docs.github.com/rest/issues/comments: a pull request is an issue to it. The client is loaded when it is asked
 * for the first time, and finds the API at GITHUB_API_URL.
 */
export function pullComments(repository: string, pull: number, token: string, signal: AbortSignal): Comments {
  const [owner = '', repo = ''] = repository.split('/')
  const common = { owner, repo, request: { signal } }
  const octokit = async () => (await import('@actions/github')).getOctokit(token)
  return {
    page: async (page) => {
      const { rest } = await octokit()
      const { data, headers } = await rest.issues.listComments({ ...common, issue_number: pull, per_page: perPage, page })
      const comments = data.map(({ id, body, user, html_url }) => ({ id, body: body ?? '', author: user?.login ?? '', url: html_url }))
      return { comments, last: !/rel="next"/.test(headers.link ?? '') }
    },
    create: async (body) => {
      const { rest } = await octokit()
      return (await rest.issues.createComment({ ...common, issue_number: pull, body })).data.html_url
    },
    update: async (id, body) => {
      const { rest } = await octokit()
      return (await rest.issues.updateComment({ ...common, comment_id: id, body })).data.html_url
    },
    // REST has no answer for the token of a job; GraphQL has.
    viewer: async () => {
      const { graphql } = await octokit()
      return (await graphql<{ viewer: { login: string } }>('query { viewer { login } }', { request: { signal } })).viewer.login
    },
  }
}
