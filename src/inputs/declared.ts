export type InputGroup = 'image' | 'credentials' | 'test' | 'build' | 'cache' | 'smoke' | 'gates' | 'after'

/** An input as it is declared. */
export type Declared = Readonly<{ group: InputGroup; default: string; help: string; example: string }>

/**
 * Every input, in the order of action.yml, which a test holds equal to this table; `--help` and the README are
 * made from it. The default is what stands in action.yml: an empty one means "not given".
 */
export const declaredInputs = {
  images: {
    group: 'image',
    default: '',
    help: 'Image names without a tag, one a line or separated by commas; several registries allowed. Required.',
    example: 'ghcr.io/acme/iris',
  },
  tags: {
    group: 'image',
    default: '',
    help: 'Tags, one a line, as docker/metadata-action reads them: type=schedule, semver, pep440, match, edge, ref, raw or sha; type=defaults for ours. Without it: ours.',
    example: 'type=raw,value=v2',
  },
  flavor: {
    group: 'image',
    default: '',
    help: 'What all tags get, as docker/metadata-action reads it: latest=auto|true|false, prefix=TEXT, suffix=TEXT, each of these with onlatest=true for latest too.',
    example: 'suffix=-cpu,onlatest=true',
  },
  labels: {
    group: 'image',
    default: '',
    help: 'More labels, one a line: NAME=VALUE. They may hold expressions, and win over the labels of the action.',
    example: 'org.opencontainers.image.title=Iris',
  },
  annotations: {
    group: 'image',
    default: '',
    help: 'Annotations of the manifest, one a line: NAME=VALUE. They may hold expressions. Without it the manifest gets none.',
    example: 'org.opencontainers.image.title=Iris',
  },
  push: {
    group: 'image',
    default: 'auto',
    help: 'auto pushes on the default branch, tags, releases, schedule and dispatch; true also on branches and pull requests of the same repository; digest as true, but without tags, which org/ml-image-action/merge sets; oci:DIR writes the green image into that folder, for another job to publish; false never.',
    example: 'auto',
  },
  from: {
    group: 'image',
    default: '',
    help: 'An image that is there already, gated and published in place of a build: oci:DIR (as push: oci:DIR has written it), NAME@sha256:DIGEST in a registry, or a name or id of this engine.',
    example: 'ghcr.io/acme/iris@sha256:9b0f1c7e2d3a4b5c6d7e8f90123456789abcdef0123456789abcdef012345678',
  },
  promote: {
    group: 'image',
    default: 'auto',
    help: 'auto: a release tag, a re-run, or a merge with the same tree, whose image was published for the same inputs moves the tags onto that image and runs nothing again; off never.',
    example: 'off',
  },
  'dry-run': { group: 'image', default: 'false', help: 'Print what would be run, tagged and pushed, and do nothing.', example: 'true' },

  registry: {
    group: 'credentials',
    default: '',
    help: 'Registry that username and password are for. Default: that of images.',
    example: 'ghcr.io',
  },
  username: {
    group: 'credentials',
    default: '',
    help: 'User of the registry. Default for GHCR: the actor of the job.',
    example: '${{ vars.DOCKERHUB_USERNAME }}',
  },
  password: {
    group: 'credentials',
    default: '',
    help: 'Password or access token. Default for GHCR: github-token; elsewhere a login the job already has. On the command line: @FILE.',
    example: '${{ secrets.DOCKERHUB_TOKEN }}',
  },
  'registry-auth': {
    group: 'credentials',
    default: '',
    help: 'Logins to several registries, a YAML list of: registry, username, password, use (pull or push alone), ca (PEM or @FILE), plain-http, ecr.',
    example: '- {registry: quay.io, username: acme+ci, password: "${{ secrets.QUAY }}"}',
  },
  ecr: {
    group: 'credentials',
    default: 'auto',
    help: 'Log in to ECR by AWS credentials: auto where the registry is one of AWS, with username and password as an access key pair, else those of the job; true, false.',
    example: 'false',
  },
  'github-token': {
    group: 'credentials',
    default: '${{ github.token }}',
    help: 'Token for GHCR and the GitHub API.',
    example: '${{ github.token }}',
  },

  test: { group: 'test', default: 'true', help: 'Run the tests; false skips this gate, and the report says so.', example: 'false' },
  'test-command': {
    group: 'test',
    default: '',
    help: 'Command that runs the tests, by bash, in the environment made for them. Default: pytest where tests are found.',
    example: 'pytest -m "not slow"',
  },
  'test-in': {
    group: 'test',
    default: 'runner',
    help: 'Where the tests run: runner, image (in a container of the built image), or target:STAGE (a stage of the Dockerfile).',
    example: 'image',
  },
  'test-report': {
    group: 'test',
    default: '',
    help: 'JUnit file that test-command writes, from working-directory. pytest needs none.',
    example: 'reports/junit.xml',
  },
  'test-requirements': {
    group: 'test',
    default: '',
    help: 'Requirements files for the tests, one a line, or none for the environment of the job. Default: requirements.txt with -test and -dev, uv.lock, poetry.lock, Pipfile.lock, or pyproject.toml with its test and dev extras and groups.',
    example: 'requirements/ci.txt',
  },
  'python-version': {
    group: 'test',
    default: '',
    help: 'Python to test with. Default: .python-version, pyproject.toml, or that of the base image.',
    example: '3.11',
  },
  'test-env': {
    group: 'test',
    default: '',
    help: 'Variables for the tests, one a line: NAME=value, or NAME to take it from the job.',
    example: 'MODEL_DIR=models',
  },
  'test-first': {
    group: 'test',
    default: 'false',
    help: 'Build only after the tests, for projects whose tests make the model that the Dockerfile copies.',
    example: 'true',
  },
  'test-timeout': { group: 'test', default: '20m', help: 'Longest time for the tests.', example: '5m' },
  'working-directory': {
    group: 'test',
    default: '',
    help: 'Folder of the project. Default: context, or the workspace.',
    example: 'services/iris',
  },

  context: { group: 'build', default: '', help: 'Folder that is the build context. Default: working-directory.', example: 'services/iris' },
  file: {
    group: 'build',
    default: '',
    help: 'Path of the Dockerfile, from the workspace. Default: Dockerfile in the context.',
    example: 'docker/serve.Dockerfile',
  },
  target: { group: 'build', default: '', help: 'Stage of the Dockerfile to build. Default: the last.', example: 'serve' },
  'build-args': {
    group: 'build',
    default: '',
    help: 'Build arguments, one a line: NAME=value, or NAME to take it from the job. Not for secrets.',
    example: 'MODEL_VERSION=7',
  },
  'build-contexts': {
    group: 'build',
    default: '',
    help: 'Further build contexts, one a line: NAME=folder, or NAME=docker-image://IMAGE.',
    example: 'shared=../shared',
  },
  secrets: {
    group: 'build',
    default: '',
    help: 'Secrets that steps mount (RUN --mount=type=secret,id=ID), one a line: ID=value; in double quotes when it has several lines.',
    example: 'hf_token=${{ secrets.HF_TOKEN }}',
  },
  'secret-envs': {
    group: 'build',
    default: '',
    help: 'Secrets from variables of the job, one a line: ID=NAME.',
    example: 'hf_token=HF_TOKEN',
  },
  'secret-files': { group: 'build', default: '', help: 'Secrets from files, one a line: ID=path.', example: 'netrc=./netrc' },
  ssh: {
    group: 'build',
    default: '',
    help: 'Agents or keys for steps that mount ssh, one a line: default, or ID=path.',
    example: 'default',
  },
  platforms: {
    group: 'build',
    default: '',
    help: 'Platforms of the image, one a line or with commas; several make one index, each is smoke-tested. Default: that of the engine.',
    example: 'linux/amd64,linux/arm64',
  },
  builder: {
    group: 'build',
    default: '',
    help: "Builder of buildx to build with. Default: the engine's own, which is the fastest.",
    example: '${{ steps.buildx.outputs.name }}',
  },
  'image-store': {
    group: 'build',
    default: 'auto',
    help: 'auto switches a fresh GitHub-hosted runner to the containerd image store; keep leaves the engine as it is.',
    example: 'keep',
  },
  'no-cache': { group: 'build', default: 'false', help: 'Build every step anew.', example: 'true' },
  'no-cache-filters': {
    group: 'build',
    default: '',
    help: 'Stages to build anew, one a line or with commas.',
    example: 'serve',
  },
  pull: { group: 'build', default: 'false', help: 'Ask the registry for newer base images.', example: 'true' },
  network: { group: 'build', default: '', help: 'Network of RUN steps: default, none or host.', example: 'none' },
  'add-hosts': {
    group: 'build',
    default: '',
    help: 'Names for RUN steps, host:ip, one a line or with commas.',
    example: 'pypi.local:10.0.0.5',
  },
  allow: {
    group: 'build',
    default: '',
    help: 'Entitlements for the build: network.host, security.insecure, device.',
    example: 'network.host',
  },
  'shm-size': { group: 'build', default: '', help: 'Size of /dev/shm in RUN steps.', example: '2g' },
  ulimit: { group: 'build', default: '', help: 'Limits of RUN steps, one a line or with commas.', example: 'nofile=65536:65536' },
  provenance: {
    group: 'build',
    default: 'false',
    help: 'Provenance attestation in the image index: true, or attributes such as mode=max. Makes an index of a single image.',
    example: 'mode=max',
  },
  sbom: { group: 'build', default: 'false', help: 'SBOM attestation in the image index: true, or generator=IMAGE.', example: 'true' },
  compression: {
    group: 'build',
    default: 'auto',
    help: 'Layers: auto (zstd; gzip for bases of Lambda and SageMaker), zstd, gzip, estargz or uncompressed.',
    example: 'gzip',
  },
  'build-timeout': { group: 'build', default: '60m', help: 'Longest time for the build.', example: '20m' },
  'free-disk': {
    group: 'build',
    default: 'auto',
    help: 'auto removes folders of unused tools (Android, .NET, GHC, CodeQL) from a GitHub-hosted runner whose disk is short; off leaves them.',
    example: 'off',
  },

  cache: {
    group: 'cache',
    default: 'auto',
    help: 'Layer cache: auto (registry if cache-image is given, else gha where the runner gives it), gha, registry, local or none.',
    example: 'local',
  },
  'cache-mode': {
    group: 'cache',
    default: 'auto',
    help: 'What is kept: max (auto) the layers of every stage, min those of the image; with ",mounts" the directories of RUN --mount=type=cache too.',
    example: 'max,mounts',
  },
  'cache-image': {
    group: 'cache',
    default: '',
    help: 'Image that a registry cache is kept as, not one of images with its tags. Without a tag it gets the scope as one.',
    example: 'ghcr.io/acme/iris-cache',
  },
  'cache-from': {
    group: 'cache',
    default: '',
    help: 'Caches to read, one a line, as for buildx. With cache-to in place of all other inputs for the cache.',
    example: 'type=registry,ref=ghcr.io/acme/iris:cache',
  },
  'cache-to': {
    group: 'cache',
    default: '',
    help: 'Caches to write, one a line, as for buildx; one that cannot be written never fails the build.',
    example: 'type=registry,ref=ghcr.io/acme/iris:cache,mode=max',
  },
  'cache-scope': {
    group: 'cache',
    default: '',
    help: 'Name of the layer cache. Default: from image, Dockerfile, target and platform.',
    example: 'iris',
  },

  smoke: {
    group: 'smoke',
    default: 'true',
    help: 'Start the image and call it; false skips this gate, and the report says so.',
    example: 'false',
  },
  preset: {
    group: 'smoke',
    default: 'auto',
    help: 'What kind of server it is: auto (recognised by labels, command, environment and answers), fastapi, flask, mlflow, bentoml, cog, kserve-v1, oip-v2, mlserver, triton, torchserve, tfserving, vllm, tgi, tei, sagemaker, vertex, azureml, ray-serve, litserve, truss, hf-space, or none for an image without HTTP.',
    example: 'mlflow',
  },
  port: {
    group: 'smoke',
    default: '',
    help: 'Port of the server in the container. Default: EXPOSE, PORT, the port in the command, that of the preset, or the one it listens on.',
    example: '8080',
  },
  'health-path': {
    group: 'smoke',
    default: '',
    help: 'Path that answers 2xx when the server is up, without saying that its model is not loaded. Default: that of the preset, or the usual ones.',
    example: '/healthz',
  },
  'health-expect': {
    group: 'smoke',
    default: '',
    help: 'What the answer of health-path must hold: JSON (a subset), /regex/, or @FILE. Default: nothing that says "not ready".',
    example: '{"model_loaded": true}',
  },
  'ready-path': {
    group: 'smoke',
    default: '',
    help: 'Path that answers 2xx when the model can be used, where that is not health-path. Default: that of the preset.',
    example: '/v2/models/iris/ready',
  },
  'predict-path': {
    group: 'smoke',
    default: '',
    help: 'Path that predict-body is posted to; {model} is the first model of the server. Default: that of the preset, or /predict.',
    example: '/invocations',
  },
  'predict-body': {
    group: 'smoke',
    default: '',
    help: 'JSON of a sample prediction, or @FILE. Default: samples, else what the service documents, else one made up from its schema.',
    example: '{"features": [5.1, 3.5, 1.4, 0.2]}',
  },
  'predict-expect': {
    group: 'smoke',
    default: '',
    help: 'What the answer must hold: JSON (a subset, numbers within rtol=1e-4, atol=1e-6), /regex/, or @FILE.',
    example: '{"prediction": 0}',
  },
  samples: {
    group: 'smoke',
    default: '',
    help: 'Files with sample requests and what their answers must be (.json, .jsonl, .yaml), one a line. Default: tests/golden.* if there is one.',
    example: 'tests/golden.json',
  },
  'start-timeout': {
    group: 'smoke',
    default: '',
    help: 'Longest time from the start of the container to its first good answer. Default: 120s, more for presets that load large models.',
    example: '5m',
  },
  'max-latency': {
    group: 'smoke',
    default: '',
    help: 'Longest time for a prediction of the running server: red when the 95th percentile of repeated sample predictions is above.',
    example: '50ms',
  },
  compare: {
    group: 'smoke',
    default: 'off',
    help: 'Ask another image for the same predictions: previous (what the moving tag holds now), or NAME:TAG. Red when the model is the same and they differ.',
    example: 'previous',
  },
  'run-env': {
    group: 'smoke',
    default: '',
    help: 'Variables for the container, one a line: NAME=value, or NAME to take it from the job.',
    example: 'MODEL_NAME=iris',
  },
  'run-env-file': {
    group: 'smoke',
    default: '',
    help: 'Files of variables for the container, one a line, as for docker run --env-file; run-env wins.',
    example: 'smoke.env',
  },
  'run-args': { group: 'smoke', default: '', help: 'More arguments for docker run, as in a shell.', example: '--memory 2g --read-only' },
  'run-command': {
    group: 'smoke',
    default: '',
    help: 'Command in place of the CMD of the image, as in a shell.',
    example: 'gunicorn --bind 0.0.0.0:8000 app:app',
  },
  offline: {
    group: 'smoke',
    default: 'false',
    help: 'Start the container with no way out to a network: a model that is downloaded at start is found out.',
    example: 'true',
  },
  'compose-file': {
    group: 'smoke',
    default: '',
    help: 'Compose files, one a line, of a stack that the image is a service of: it is brought up with what that service depends on.',
    example: 'docker-compose.yml',
  },
  'compose-service': {
    group: 'smoke',
    default: '',
    help: 'The service of compose-file that is this image. Default: the one that has a build.',
    example: 'api',
  },
  'gate-command': {
    group: 'smoke',
    default: '',
    help: 'Last gate before the push, by bash in working-directory, with $IMAGE, $DIGEST and $BASE_URL of the running container.',
    example: 'trivy image --exit-code 1 --severity CRITICAL "$IMAGE"',
  },

  'metrics-file': {
    group: 'gates',
    default: '',
    help: 'Metrics of the model (JSON, YAML, TOML, CSV; flat, DVC, MLflow): a path in the workspace, or image:/PATH for a file in the image.',
    example: 'metrics.json',
  },
  require: {
    group: 'gates',
    default: '',
    help: 'What the metrics must hold, one a line: NAME, one of >= > <= < == !=, and a number or previous (+ - *), the value of the previous image.',
    example: 'accuracy >= 0.95',
  },
  'max-image-size': {
    group: 'gates',
    default: '',
    help: 'The image may weigh this much, compressed as a registry has it: 500MB, 1.5GB, 2GiB. Of several platforms each.',
    example: '500MB',
  },
  'max-size-increase': {
    group: 'gates',
    default: '',
    help: 'The image may be this much larger, compressed, than the one before it under a tag of this run, latest or the default branch: per cent (10%) or a size (50MB).',
    example: '10%',
  },
  'leak-check': {
    group: 'gates',
    default: 'true',
    help: 'Search the image for secrets before it is pushed: those of the job, private keys, tokens, .env files, in its configuration, history and own layers.',
    example: 'false',
  },
  'leak-ignore': {
    group: 'gates',
    default: '',
    help: 'What is no secret, one a line: globs of paths in the image, env:NAME, arg:NAME, label:NAME, annotation:NAME, or rule:ID for a rule of docs/leaks.md.',
    example: '/app/tests/fixtures/**',
  },
  accept: {
    group: 'gates',
    default: '',
    help: 'What would be red but is meant, one a line: no-tests, untested-platforms, unsafe-pr-checkout.',
    example: 'no-tests',
  },
  'push-timeout': {
    group: 'after',
    default: '30m',
    help: 'Longest time for publishing: all registries, layers and tags. A layer that stands still for a minute is sent again before.',
    example: '1h',
  },
  attest: {
    group: 'after',
    default: 'off',
    help: 'Sign that the tests passed on the commit, and the smoke test on the image, and store that with GitHub and in the registry: off, best-effort (a warning where it cannot be), or required.',
    example: 'best-effort',
  },
  summary: { group: 'after', default: 'true', help: 'Write the job summary.', example: 'false' },
  comment: {
    group: 'after',
    default: 'off',
    help: 'Comment on the pull request, in one comment that is kept up to date: off; on-change, when the run is red, or size, tests or times of the image moved against the previous one; or always. Needs pull-requests: write.',
    example: 'on-change',
  },
  matrix: {
    group: 'after',
    default: '${{ toJSON(matrix) }}',
    help: 'What tells the jobs of a matrix apart, so that each keeps a comment of its own. Leave it as it is.',
    example: '{"python": "3.12"}',
  },
} as const satisfies Readonly<Record<string, Declared>>

export type InputName = keyof typeof declaredInputs

/** Names that people bring along from the docker actions, and what to write here instead. */
export const foreignInputs: Readonly<Record<string, string>> = {
  load: 'not needed: the image is in the engine for the smoke test, and stays there with push: false',
  outputs: 'not needed: use push, or push: false to keep the image in the engine',
  attests: 'not needed: provenance and sbom are inputs, and attest signs what was tested',
  'sep-tags': 'not needed: outputs are one item a line',
  'sep-labels': 'not needed: outputs are one item a line',
  'sep-annotations': 'not needed: outputs are one item a line',
  logout: 'not needed: the login of this step is private to it and always removed',
}
