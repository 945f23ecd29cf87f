import type { About } from './event.ts'

type Payload = Readonly<Record<string, unknown>>

/** Walks into a payload: `at(payload, 'pull_request', 'head', 'sha')`. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return undefined
    here = (here as Payload)[key]
  }
  return here
}

/** The same, for a text that is not empty. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** The payload of an event; an empty one when there is none to read. */
export function parsePayload(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '{}')
  } catch {
    return {}
  }
}

export type RepositoryFacts = Readonly<{ defaultBranch?: string; about?: About }>

/** What a `repository` of GitHub says, in a payload or as the API's answer; parts of a payload may be missing. */
export function readRepository(repository: unknown): RepositoryFacts {
  const defaultBranch = textAt(repository, 'default_branch')
  const name = textAt(repository, 'name')
  const url = textAt(repository, 'html_url')
  // Null is an answer: there is none. Missing is not.
  const whole = at(repository, 'license') !== undefined && at(repository, 'description') !== undefined
  const about = name === undefined || url === undefined || !whole ? undefined : { name, url }
  return {
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    ...(about === undefined
      ? {}
      : {
          about: {
            ...about,
            description: textAt(repository, 'description') ?? '',
            license: textAt(repository, 'license', 'spdx_id') ?? '',
          },
        }),
  }
}
