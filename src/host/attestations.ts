import type { Attestations } from './host.ts'

/** The URL of an instance that signs follows from the name and GITHUB_SERVER_URL, in the library. */
const sign: Attestations['sign'] = async ({ subject, predicateType, predicate }, instance) => {
  const { attest } = await import('@actions/attest')
  const { bundle, tlogID } = await attest({
    subjects: subject.map(({ name, digest }) => ({ name, digest: { ...digest } })),
    predicateType,
    predicate,
    sigstore: instance,
    token: '',
    // Stored by us: where GitHub does not take it, the registry still can.
    skipWrite: true,
  })
  return { bundle: JSON.stringify(bundle), mediaType: bundle.mediaType, ...(tlogID === undefined ? {} : { logIndex: tlogID }) }
}

/** https://docs.github.com/rest/repos/attestations#create-an-attestation */
const store: Attestations['store'] = async (repository, bundle, token, signal) => {
  const { getOctokit } = await import('@actions/github')
  const [owner = '', repo = ''] = repository.split('/')
  const { data } = await getOctokit(token).request('POST /repos/{owner}/{repo}/attestations', {
    ...{ owner, repo, bundle: JSON.parse(bundle) as Record<string, unknown> },
    request: { signal },
  })
  return String((data as Readonly<{ id?: number | string }>).id ?? '')
}

/** Sigstore by @actions/attest, and GitHub's store of attestations; both libraries are loaded when they are asked. */
export const attestations: Attestations = { sign, store }
