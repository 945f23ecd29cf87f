import type { Environment, Host } from '../host/host.ts'
import type { GitFacts } from './git-event.ts'

async function ask(host: Host, cwd: string, env: Environment, ...args: readonly string[]): Promise<string | undefined> {
  const answer = await host.capture({ argv: ['git', '-c', 'safe.directory=*', ...args], cwd, env }).catch(() => undefined)
  const text = answer?.exitCode === 0 ? answer.stdout.trim() : ''
  return text === '' ? undefined : text
}

/** What git knows of the working copy that holds `folder`; nothing where there is no git or no repository. */
export async function gitFacts(host: Host, folder: string, env: Environment): Promise<GitFacts> {
  const [commit, branch, tag, originHead, originUrl] = await Promise.all([
    ask(host, folder, env, 'log', '-1', '--format=%H %cI %T'),
    ask(host, folder, env, 'symbolic-ref', '--quiet', '--short', 'HEAD'),
    ask(host, folder, env, 'describe', '--tags', '--exact-match'),
    ask(host, folder, env, 'symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'),
    ask(host, folder, env, 'config', '--get', 'remote.origin.url'),
  ])
  const [sha, committed, tree] = commit?.split(' ') ?? []
  return {
    ...(branch === undefined ? {} : { branch }),
    ...(tag === undefined ? {} : { tag }),
    ...(sha === undefined ? {} : { sha }),
    ...(committed === undefined ? {} : { committed }),
    ...(tree === undefined ? {} : { tree }),
    ...(originHead === undefined ? {} : { originHead: originHead.replace(/^origin\//, '') }),
    ...(originUrl === undefined ? {} : { originUrl }),
  }
}
