import type { BuildOptions, BuildSecret, Compression } from '../inputs/build-options.ts'
import { csvField } from './csv.ts'
import { baseOf, dockerfileStages, findStage } from './dockerfile.ts'

/** The variable of the buildx client that holds the secret of this number: by its own name it could be one that buildx reads itself. */
const variableOf = (index: number) => `ML_IMAGE_SECRET_${index}`

const secretSpec = (secret: BuildSecret, index: number) =>
  [`id=${secret.id}`, secret.kind === 'file' ? `src=${secret.path}` : `env=${variableOf(index)}`].map(csvField).join(',')

/** What the buildx client alone has in its environment: the values of secrets, which stand in no argv and on no disk. */
export function secretVariables(secrets: readonly BuildSecret[]): Readonly<Record<string, string>> {
  return Object.fromEntries(secrets.flatMap((secret, index) => (secret.kind === 'value' ? [[variableOf(index), secret.value]] : [])))
}

/** Arguments of `docker buildx build`. */
export function optionArguments(options: BuildOptions): readonly string[] {
  const each = (flag: string, values: readonly string[]) => values.flatMap((value) => [flag, value])
  return [
    ...each(
      '--build-context',
      Object.entries(options.contexts).map(([name, source]) => `${name}=${source}`),
    ),
    ...each('--secret', options.secrets.map(secretSpec)),
    ...each('--ssh', options.ssh),
    ...(options.noCache ? ['--no-cache'] : []),
    ...each('--no-cache-filter', options.noCacheFilters),
    ...(options.pull ? ['--pull'] : []),
    ...(options.network === undefined ? [] : ['--network', options.network]),
    ...each('--add-host', options.addHosts),
    ...each('--allow', options.allow),
    ...(options.shmSize === undefined ? [] : ['--shm-size', options.shmSize]),
    ...each('--ulimit', options.ulimits),
  ]
}

/** The same for every target of a bake definition; `literal` keeps bake from reading a string as a template. */
export function optionAttributes(options: BuildOptions, literal: (text: string) => string): Readonly<Record<string, unknown>> {
  const attributes = {
    contexts: Object.fromEntries(Object.entries(options.contexts).map(([name, source]) => [name, literal(source)])),
    secret: options.secrets.map(secretSpec).map(literal),
    ssh: options.ssh.map(literal),
    'no-cache': options.noCache,
    'no-cache-filter': options.noCacheFilters,
    pull: options.pull,
    network: options.network,
    'extra-hosts': Object.fromEntries(options.addHosts.map((entry) => [entry.split(/[:=]/, 1)[0], entry.replace(/^[^:=]+[:=]/, '')])),
    entitlements: options.allow,
    'shm-size': options.shmSize,
    ulimits: options.ulimits,
  }
  const isGiven = (value: string | boolean | readonly string[] | Readonly<Record<string, string>> | undefined) =>
    typeof value === 'object' ? Object.keys(value).length > 0 : value !== undefined && value !== false
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => isGiven(value)))
}

/** Repositories of base images for services that read gzip layers alone: Lambda, and SageMaker's own containers. */
const gzipOnly =
  /^(public\.ecr\.aws\/(lambda|sam)\/|(amazon|public\.ecr\.aws)\/aws-lambda-|[^/]*\.dkr\.ecr\.[^/]+\/(sagemaker-|huggingface-|pytorch-|tensorflow-|djl-))/

/** How layers are compressed, and the base image that decided it where `auto` chose gzip. */
export function chooseCompression(
  asked: Compression,
  dockerfile: string,
  target: string | undefined,
  args: Readonly<Record<string, string>>,
): Readonly<{ compression: Exclude<Compression, 'auto'>; because?: string }> {
  if (asked !== 'auto') return { compression: asked }
  const stages = dockerfileStages(dockerfile, args)
  const stage = findStage(stages, target)
  const base = stage && baseOf(stages, stage)
  return base !== undefined && gzipOnly.test(base) ? { compression: 'gzip', because: base } : { compression: 'zstd' }
}
