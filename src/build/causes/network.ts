import type { KnownCause } from '../causes.ts'

/** A step does not get through to where it downloads from, or is not let in. */
export const networkCauses: readonly KnownCause[] = [
  {
    name: 'gated-model',
    pattern: /GatedRepoError|Cannot access gated repo|huggingface\.co\S* .*\b40[13]\b|\b40[13]\b.*huggingface\.co/i,
    cause:
      'Hugging Face does not let this build download the model: it is gated or private, and no token of an account with access was given.',
    fix: 'Mount a token: RUN --mount=type=secret,id=hf_token,env=HF_TOKEN in the Dockerfile and secrets: hf_token=${{ secrets.HF_TOKEN }} here.',
  },
  {
    name: 'private-index',
    pattern:
      /\b40[13] Error, Credentials not correct|HTTP error 40[13] while getting|\b40[13] Client Error|\(40[13] (?:Unauthorized|Forbidden)\)|^User for \S+:/i,
    cause: 'A package index refuses the build: its login is missing or wrong. The steps of a build see none of the variables of the job.',
    fix: 'Mount the login as a secret: RUN --mount=type=secret,id=netrc,target=/root/.netrc pip install ... in the Dockerfile and secret-files: netrc=./netrc (or secrets) here.',
  },
  {
    name: 'untrusted-index',
    pattern: /The repository located at (\S+) is not a trusted or secure host/i,
    cause: 'pip leaves the package index $1 out, as it is not asked by https.',
    fix: 'Give its address with https://, or say --trusted-host where it is yours and near.',
  },
  {
    name: 'private-download',
    pattern: /curl: \(22\) .*\b40[13]\b|ERROR 40[13]: |HTTP Error 40[13]\b/,
    cause: 'A download is refused: its login is missing or wrong. The steps of a build see none of the variables of the job.',
    fix: 'Mount the token: RUN --mount=type=secret,id=token,env=TOKEN in the Dockerfile and secrets (or secret-envs) here.',
  },
  {
    name: 'private-git',
    pattern:
      /could not read Username for '?(https?:\/\/[^'\s:]+)|Host key verification failed|Permission denied \(publickey|fatal: Authentication failed for/i,
    cause: 'A private Git repository is cloned without a login.',
    fix: 'Mount one: RUN --mount=type=ssh with the input ssh: default, or RUN --mount=type=secret with a token.',
  },
  {
    name: 'certificate',
    pattern:
      /CERTIFICATE_VERIFY_FAILED|certificate verify failed|self[- ]signed certificate|unable to get local issuer certificate|x509: /i,
    cause:
      'A step does not trust the certificate of the server it downloads from: a proxy with a CA of its own, or a base image without ca-certificates.',
    fix: 'Install ca-certificates, and COPY the CA of the proxy into the image or name it (PIP_CERT, SSL_CERT_FILE) before the download.',
  },
  {
    name: 'rate-limit',
    pattern: /\b429\b:? (?:Client Error|Too Many Requests)|HTTP Error 429|Too Many Requests for url/i,
    cause: 'A server that the step downloads from allows no more requests for now.',
    fix: 'Log in there with a mounted secret, keep the download in a layer or cache mount, or run the job again later.',
  },
  {
    name: 'network',
    pattern:
      /Temporary failure (?:in name resolution|resolving '?([^'\s]+))|Could not resolve(?: host)?:? '?([^'\s]+)|Name or service not known|NameResolutionError|NewConnectionError|getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|Cannot connect to proxy|ProxyError|proxyconnect|Network is unreachable|Connection timed out|Read timed out|Failed to connect to \S+|dns error|error sending request for url/i,
    cause: 'A step could not reach the network: no answer of DNS, of a proxy, or of the server itself.',
    fix: 'Run the job again if it is a passing fault. Behind a proxy hand its address on to the build (build-args: https_proxy). With network: none nothing can be downloaded.',
  },
]
