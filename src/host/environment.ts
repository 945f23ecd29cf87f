import type { Environment } from './host.ts'

type Source = Readonly<Record<string, string | undefined>>

/** What every child may see of the job: where things are, the language, proxies, certificates; no credentials. */
const common =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|LANG|LANGUAGE|LC_[A-Z]+|TZ|COLUMNS|TMPDIR|TMP|TEMP|CI|RUNNER_TRACKING_ID|(https?|no|all)_proxy|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|GIT_SSL_CAINFO)$/i
const languages =
  /^(PYTHON[A-Z0-9_]*|pythonLocation|VIRTUAL_ENV|PYENV_[A-Z_]+|CONDA[A-Z0-9_]*|MAMBA_[A-Z_]+|JAVA_HOME|CUDA_[A-Z0-9_]+|NVIDIA_[A-Z_]+|LD_LIBRARY_PATH)$/
const installer = /^(PIP_[A-Z0-9_]+|UV_[A-Z0-9_]+|NETRC|XDG_CACHE_HOME)$/
const engine =
  /^(DOCKER_(HOST|CONTEXT|CONFIG|CERT_PATH|TLS|TLS_VERIFY|API_VERSION)|BUILDX_[A-Z_]+|BUILDKIT_[A-Z_]+|SSH_AUTH_SOCK|XDG_(RUNTIME_DIR|CONFIG_HOME))$/
const cacheService = /^ACTIONS_(RUNTIME_TOKEN|RUNTIME_URL|RESULTS_URL|CACHE_URL|CACHE_SERVICE_V2)$/
const telling = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY/i

/** Whether a variable is called as credentials are. */
export function looksSecret(name: string): boolean {
  return telling.test(name)
}

const lists = {
  /** Tests and other code of the user. */
  code: [common, languages],
  /** pip and uv, which may need a private index. */
  installer: [common, languages, installer],
  /** The docker client. */
  engine: [common, engine],
} as const

/** The environment of a child: of the job only what its kind is allowed, and `added` on top. */
export function childEnvironment(kind: keyof typeof lists, job: Source, added: Environment = {}): Environment {
  const allowed = Object.entries(job).flatMap(([name, value]) =>
    value !== undefined && lists[kind].some((list) => list.test(name) && (list === installer || !looksSecret(name)))
      ? [[name, value] as const]
      : [],
  )
  return { ...Object.fromEntries(allowed), ...added }
}

/** Whether the runner gives this job the cache service at all. */
export function cacheServiceGiven(job: Source): boolean {
  return (
    Boolean(job['ACTIONS_RUNTIME_TOKEN'] && (job['ACTIONS_RESULTS_URL'] || job['ACTIONS_CACHE_URL'])) &&
    job['ACTIONS_CACHE_MODE'] !== 'none'
  )
}

/** The variables by which buildx reaches the cache service of the job; for its client alone. */
export function cacheServiceEnvironment(job: Source): Environment {
  return Object.fromEntries(Object.entries(job).flatMap(([name, value]) => (value && cacheService.test(name) ? [[name, value]] : [])))
}

/** Names of the job's variables that the tests do not get, for the hint on a red test. */
export function withheldNames(job: Source, given: Environment): readonly string[] {
  return Object.keys(job).filter(
    (name) => !(name in given) && !/^(INPUT_|ACTIONS_|GITHUB_|RUNNER_|STATE_|npm_|_$|PWD$|OLDPWD$|SHLVL$)/.test(name),
  )
}

/** Whether the docker client reads a variable of this name itself, so that it cannot carry a value for a container. */
export function readByEngineClient(name: string): boolean {
  return [common, engine].some((list) => list.test(name)) || /^(DOCKER|COMPOSE|BUILDX|BUILDKIT)_/.test(name)
}

/**
 * Variables for a container: arguments of `docker run`, and what its client needs in its own environment for them.
 * Values may be secret and stay out of argv; those of names that the client itself reads cannot.
 */
export function containerVariables(values: Environment): Readonly<{ args: readonly string[]; env: Environment }> {
  const entries = Object.entries(values)
  return {
    args: entries.flatMap(([name, value]) => ['--env', readByEngineClient(name) ? `${name}=${value}` : name]),
    env: Object.fromEntries(entries.filter(([name]) => !readByEngineClient(name))),
  }
}
