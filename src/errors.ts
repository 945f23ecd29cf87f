import { diagnosisFailures } from './failures/diagnoses.ts'

/** Where in a run something happened; the order is that of a run. */
export const stages = ['inputs', 'plan', 'test', 'build', 'inspect', 'smoke', 'quality', 'gate', 'publish', 'report'] as const
export type Stage = (typeof stages)[number]

/** Process exit codes of the action and of the command line. */
export const exitCodes = { passed: 0, gate: 1, input: 2, tool: 3 } as const
export type FailureKind = Exclude<keyof typeof exitCodes, 'passed'>

type Failure = Readonly<{ kind: FailureKind; remedy: string }>

/**
 * The closed list of ways a run can fail. `kind` decides the exit code; `remedy` is what to do next, and is printed
 * behind the evidence. docs/troubleshooting.md has one heading for each.
 */
export const failures = {
  'bad-input': { kind: 'input', remedy: 'Correct the inputs named above; nothing has been run.' },
  'unsafe-checkout': {
    kind: 'input',
    remedy: 'Use the pull_request event. Only if the code is trusted, add "unsafe-pr-checkout" to the input accept.',
  },

  'tests-failed': { kind: 'gate', remedy: 'Mend the tests named above; the image was not published.' },
  'tests-not-found': {
    kind: 'gate',
    remedy: 'Add tests (tests/test_*.py), name your own runner with test-command, or switch the gate off with test: false.',
  },
  'tests-not-collected': {
    kind: 'gate',
    remedy:
      'pytest found no test to run: check the names (test_*.py, def test_*) and working-directory. "accept: no-tests" lets a run without tests pass.',
  },
  'tests-vacuous': {
    kind: 'gate',
    remedy:
      'The runner ended with 0 without running a test: a gate that cannot be red is none. Mend the command, or say "accept: no-tests".',
  },
  'tests-hidden-failures': {
    kind: 'gate',
    remedy: 'The report holds failures though the command ended with 0: take the "|| true" (or what hides them) out of it.',
  },
  'tests-import-error': {
    kind: 'gate',
    remedy:
      'A module that the tests import is missing: add it to the requirements, check working-directory, or test where it is with test-in: image.',
  },
  'model-only-in-image': {
    kind: 'gate',
    remedy:
      'The tests look for a model that only the image has, as its build makes it: set test-in: image, or make the model in a fixture.',
  },
  'runner-files-changed': {
    kind: 'gate',
    remedy:
      "The tests wrote into the runner's command files, which would steer later steps: take that out, or run them with test-in: image.",
  },
  'tests-install-failed': {
    kind: 'gate',
    remedy:
      'Mend the requirements, name other files with test-requirements, or use the environment of the job with test-requirements: none.',
  },
  'tests-crashed': {
    kind: 'gate',
    remedy: 'The test runner ended without a verdict (a usage error, a crash, or memory): see the last lines above.',
  },
  'tests-timeout': { kind: 'gate', remedy: 'Find the test that hangs, or allow more time with test-timeout.' },

  'test-image-unsuitable': {
    kind: 'gate',
    remedy:
      'test-in: image needs a Python in the image that can run pytest: use test-in: runner, or a Dockerfile stage with test-in: target:STAGE.',
  },

  'build-failed': { kind: 'gate', remedy: 'Mend the Dockerfile step shown above.' },
  'base-image-unavailable': {
    kind: 'tool',
    remedy:
      'The Dockerfile is not at fault: log in to the registry of the base image before this step, or run the job again when it answers.',
  },
  'disk-full': { kind: 'tool', remedy: 'The disk of the engine is full: free what takes the room, or take a larger runner.' },
  'build-timeout': { kind: 'gate', remedy: 'See at which step it was: mend what hangs, or allow more time with build-timeout.' },

  'secret-in-image': {
    kind: 'gate',
    remedy:
      'Keep it out of the image: files by .dockerignore, what a step needs by the input secrets and RUN --mount=type=secret. Then change the secret. What is none goes into leak-ignore.',
  },

  'image-too-large': {
    kind: 'gate',
    remedy:
      'Make the largest layers above smaller: a slim base, dependencies without their caches or GPU libraries, no datasets in the context, weights in a volume. Or raise max-image-size.',
  },
  'image-grew': {
    kind: 'gate',
    remedy:
      'Take out of the new layers above what the service does not need. If the growth is meant, raise max-size-increase for one run: from then on the published image is what is compared with.',
  },
  advice: {
    kind: 'gate',
    remedy:
      'Take the advice (each has its fix in the report, docs/advice.md says more), silence a rule that does not hold here by a comment above the line (# ml-image: ignore ID), or set advice: warn.',
  },

  'platform-untested': {
    kind: 'gate',
    remedy:
      'Let this machine run it by emulation with docker/setup-qemu-action before this step, build it on a native runner, or publish it untested with "accept: untested-platforms".',
  },
  'container-not-started': { kind: 'gate', remedy: 'Docker could not start the image: check its CMD or ENTRYPOINT, and run-args.' },
  'container-exited': {
    kind: 'gate',
    remedy: 'The server ended instead of serving: its last lines are above. The same happens with: docker run IMAGE.',
  },
  'container-out-of-memory': {
    kind: 'gate',
    remedy: 'The kernel killed the container for memory: load a smaller model, fewer workers, or raise --memory in run-args.',
  },
  'not-listening': {
    kind: 'gate',
    remedy:
      'Nothing answered on the port. The server must listen on 0.0.0.0 (not 127.0.0.1) and on the port that EXPOSE or the input port names; a slow model needs a longer start-timeout.',
  },
  'health-failed': { kind: 'gate', remedy: 'The server answers, but not that it is healthy: see its log above, or set health-path.' },
  'predict-failed': { kind: 'gate', remedy: 'The sample prediction was refused: check predict-path and predict-body against the service.' },
  'predict-timeout': { kind: 'gate', remedy: 'The sample prediction did not come back in time: see the log of the container above.' },
  'predict-mismatch': {
    kind: 'gate',
    remedy: 'The model answers something else than is expected: a changed model, or an expectation that needs to move with it.',
  },

  ...diagnosisFailures,
  'healthcheck-broken': {
    kind: 'gate',
    remedy:
      'An orchestrator would end this service again and again: mend the HEALTHCHECK (a slim base has no curl; its own Python can ask), or take it out.',
  },
  'dependency-unhealthy': {
    kind: 'gate',
    remedy:
      'A service that the image depends on in its compose stack does not come up: see its log above, and try "docker compose up" with that service alone.',
  },
  'dependency-unavailable': {
    kind: 'tool',
    remedy: 'The image of a service in the compose stack could not be had: check its name, log in before this step, or run the job again.',
  },
  'gate-command-failed': { kind: 'gate', remedy: 'The command of gate-command says no: see its last lines above. Nothing was published.' },
  'predictions-changed': {
    kind: 'gate',
    remedy:
      'The model is the same and predicts otherwise: look at what the code does before and after it. If that is meant, publish once with compare: off.',
  },
  'latency-exceeded': {
    kind: 'gate',
    remedy: 'Predictions of the running server take longer than max-latency: make them faster, or allow more.',
  },
  'metrics-unreadable': {
    kind: 'gate',
    remedy: 'Let training or the tests write the file before it is read, and check the path: from working-directory, or image:/PATH.',
  },
  'metric-missing': {
    kind: 'gate',
    remedy: 'Write the name as the file has it (nested names with dots, in quotes if there are spaces), or let training write it.',
  },
  'metric-not-met': { kind: 'gate', remedy: 'The model is not as good as require asks: train a better one, or change the line.' },

  'engine-unavailable': {
    kind: 'tool',
    remedy: 'A running Docker engine is needed: use a runner that has one (ubuntu-latest), or start it and check "docker info".',
  },
  'builder-unavailable': {
    kind: 'tool',
    remedy: 'See "docker buildx ls". Set the builder up before this step (docker/setup-buildx-action), or leave builder out.',
  },
  'build-unsupported': {
    kind: 'tool',
    remedy:
      'Set up a builder that can (docker/setup-buildx-action) and give its name as builder, or use an engine with the containerd image store.',
  },
  'offline-unsupported': {
    kind: 'tool',
    remedy: 'offline: true needs an engine on this machine that is not rootless: leave it out here.',
  },
  'buildx-unavailable': { kind: 'tool', remedy: 'Install the buildx plugin of Docker; hosted runners have it.' },
  'tool-missing': { kind: 'tool', remedy: 'Install the tool named above before this step.' },
  'registry-unavailable': { kind: 'tool', remedy: 'The registry did not answer as it should; run the job again when it does.' },
  'registry-unauthorized': { kind: 'tool', remedy: 'Check username and password: the registry refused them.' },
  'registry-denied': {
    kind: 'tool',
    remedy:
      'The account may not write there. For GHCR the job needs "permissions: packages: write"; elsewhere check that the repository exists and the token may push.',
  },
  'registry-refused': {
    kind: 'tool',
    remedy: 'The registry understood the request and does not take it. Its own words are above.',
  },
  'repository-missing': {
    kind: 'tool',
    remedy:
      'A push does not make this repository: create it first (ECR: aws ecr create-repository; Artifact Registry: gcloud artifacts repositories create; Harbor, GitLab: the project), or correct images.',
  },
  'tag-immutable': {
    kind: 'tool',
    remedy:
      'The repository does not let this tag be moved, and it holds another image: leave the moving tags out (tags: type=sha), or let them be moved in its settings.',
  },
  'quota-exceeded': {
    kind: 'tool',
    remedy: 'The storage of the account or project is used up: remove old images there, or raise the quota.',
  },
  'rate-limited': {
    kind: 'tool',
    remedy:
      'The registry takes no more requests for now: log in, as accounts have higher limits, or run the job again when the limit is over.',
  },
  'layer-too-large': {
    kind: 'tool',
    remedy:
      'Split the layer that holds the weights (GHCR takes 10 GB for each), load them at start, or raise the limit of the proxy before the registry (nginx: client_max_body_size).',
  },
  'clock-skew': { kind: 'tool', remedy: 'Set the clock of this machine (NTP): tokens are good only where both clocks agree.' },
  'push-timeout': {
    kind: 'tool',
    remedy: 'See at which registry it was: allow more time with push-timeout, or run the job again; what has arrived is not sent again.',
  },
  'push-failed': { kind: 'tool', remedy: 'See the message of the engine above; nothing points to the new image.' },
  'attestation-failed': {
    kind: 'tool',
    remedy:
      'The image is pushed and its tags are set; only its attestation is missing. Run the job again, or let it go on without: attest: best-effort.',
  },
  'digest-ungated': {
    kind: 'gate',
    remedy:
      'Let the job that builds it push it: org/ml-image-action with "push: digest" and the same images, in this run or by its digest in digests.',
  },
  'image-not-found': {
    kind: 'tool',
    remedy: 'Check from: NAME@sha256:DIGEST of a registry that may be read, or a name or id as "docker image ls" shows it.',
  },
  'layout-unusable': {
    kind: 'tool',
    remedy:
      'Give the folder as "push: oci:DIR" has written it, whole (actions/download-artifact into DIR), or one of a builder (type=oci,tar=false).',
  },
  'layout-ungated': {
    kind: 'gate',
    remedy: 'Hand over what "push: oci:DIR" has written in a job of this very run, or let the gates run here: leave out smoke: false.',
  },
  'merge-mismatch': {
    kind: 'gate',
    remedy:
      'Merge one image for each platform, all built from one commit: name them in digests, and what the index must hold in platforms.',
  },
  'digest-mismatch': {
    kind: 'tool',
    remedy: 'The registry holds something else than what was tested: do not deploy this tag. Another job may push the same tag.',
  },
  killed: {
    kind: 'tool',
    remedy:
      'See what has ended it: the memory of the runner, the time limit of the job, or a cancel that nobody waited for. The post step has removed what the run had made.',
  },
  cancelled: { kind: 'tool', remedy: 'The run was cancelled; everything it made has been removed.' },
  internal: { kind: 'tool', remedy: 'This is a fault of the action: please open an issue with the log.' },
} as const satisfies Readonly<Record<string, Failure>>

export type FailureCode = keyof typeof failures

/** A tool, a registry or an input that stops the run. A red gate is not an error but a value in the report. */
export class ActionError extends Error {
  readonly code: FailureCode

  constructor(code: FailureCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'ActionError'
    this.code = code
  }
}

/** The text of anything thrown, without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
