import { join, posix } from 'node:path'
import { csvField } from '../build/csv.ts'
import type { BuiltImage } from '../build/image.ts'
import { childEnvironment, containerVariables } from '../host/environment.ts'
import type { Environment, Files } from '../host/host.ts'
import { bounded, longestOutput, sanitiseLine } from '../host/sanitise.ts'
import { failed, type Outcome, skipped, tail } from '../outcome.ts'
import { containerName, removeContainer, runLabel } from '../smoke/container.ts'
import { pytestOptions } from './command.ts'
import { conclude, withoutTests } from './conclude.ts'
import { hasPytestFiles, isTestFile } from './find.ts'
import { type ImagePython, makeOverlay, probeScript, readProbe } from './overlay.ts'
import { readPyproject } from './pyproject.ts'
import type { TestSession } from './session.ts'
import type { TestVerdict } from './verdict.ts'

/** Where things are in the container, beside what the image has. */
const inside = { overlay: '/ml-image/overlay', out: '/ml-image/out' } as const

/** What the tests consist of in a project: folders that hold test files, test files at its root, and pytest's settings. */
export function testPaths(
  files: Pick<Files, 'list' | 'kind'>,
  folder: string,
): Readonly<{ tests: readonly string[]; settings: readonly string[] }> {
  const names = files.list(folder).filter((name) => !name.startsWith('.'))
  const folders = names.filter(
    (name) => /^tests?$/.test(name) && files.kind(join(folder, name)) === 'directory' && hasPytestFiles(files, join(folder, name)),
  )
  const settings = names.filter((name) => /^(conftest\.py|pytest\.ini|tox\.ini|setup\.cfg|pyproject\.toml)$/.test(name))
  return { tests: [...folders, ...names.filter(isTestFile)], settings }
}

/** Programs that may be the Python of the service: beside the one that CMD starts, else by name. */
export function pythonCandidates(command: readonly string[]): readonly string[] {
  const [program = ''] = command
  const beside = program.startsWith('/')
    ? [posix.join(posix.dirname(program), 'python3'), posix.join(posix.dirname(program), 'python')]
    : []
  return [...beside, 'python3', 'python']
}

type Mount = Readonly<{ source: string; target: string; writable?: boolean }>

/** argv of the container that runs the tests: the image as it is, no capabilities, no sockets, what is ours read-only. */
export function inImageArgv(
  runId: string,
  image: string,
  python: ImagePython,
  run: Readonly<{ mounts: readonly Mount[]; env: Environment; workingDirectory: string; arguments: readonly string[] }>,
): readonly string[] {
  return [
    ...['docker', 'run', '--pull', 'never', '--name', `${containerName(runId)}-test`, '--label', `${runLabel}=${runId}`],
    ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
    ...run.mounts.flatMap(({ source, target, writable }) => [
      '--mount',
      ['type=bind', `source=${source}`, `target=${target}`, ...(writable ? [] : ['readonly'])].map(csvField).join(','),
    ]),
    ...containerVariables(run.env).args,
    ...['--workdir', run.workingDirectory, '--entrypoint', run.arguments[0] ?? python.command, image],
    ...run.arguments.slice(1),
  ]
}

async function findPython(session: TestSession, image: BuiltImage, env: Environment): Promise<ImagePython | undefined> {
  for (const command of pythonCandidates(image.config.command)) {
    const argv = [
      'docker',
      'run',
      '--rm',
      '--pull',
      'never',
      '--network',
      'none',
      '--label',
      `${runLabel}=${session.host.runId}`,
      '--entrypoint',
      command,
      image.digest,
      '-c',
      probeScript,
    ]
    const { exitCode, stdout } = await session.host.capture({ argv, env })
    const found = exitCode === 0 ? readProbe(command, stdout.trim()) : undefined
    if (found) return found
  }
  return undefined
}

/** Runs the tests in a container of the built image: its own Python and packages, its own model. */
export async function runTestsInImage(session: TestSession, image: BuiltImage): Promise<Outcome<TestVerdict>> {
  const { host, inputs, log, signal } = session
  const { test, workingDirectory: cwd } = inputs
  if (!test.run) return skipped(test.leftOut ?? 'test: false')
  const { tests, settings } = testPaths(host.files, cwd)
  if (tests.length === 0 && test.command === undefined)
    return withoutTests(inputs, 'There is no tests folder and no test_*.py or *_test.py in the working directory.')
  const env = childEnvironment('engine', host.env)
  const folder = host.files.makeTemp('test')
  host.leave({ kind: 'folder', path: folder })
  host.leave({ kind: 'containers', runId: host.runId })
  try {
    const print = bounded((line) => log.line(sanitiseLine(line)))
    const python = await findPython(session, image, env)
    if (!python)
      return failed(
        'test-image-unsuitable',
        `No Python was found in the image (tried ${pythonCandidates(image.config.command).join(', ')}).`,
      )
    const pyproject = readPyproject(host.files.readText(join(cwd, 'pyproject.toml')) ?? '')
    const overlay = await makeOverlay(
      host,
      { folder, cwd, given: test.requirements, lines: test.requirements ? [] : (pyproject?.testDependencies ?? []) },
      python,
      print,
      signal,
    )
    if (overlay.kind !== 'passed') return overlay
    log.line(`environment: Python ${python.version} and ${python.packages.length} packages of the image`)

    const out = join(folder, 'out')
    host.files.makeFolder(out)
    host.files.share(out, 'write')
    host.files.share(overlay.value, 'read')
    const at = image.config.workingDirectory
    const mounts: readonly Mount[] = [
      { source: overlay.value, target: inside.overlay },
      { source: out, target: inside.out, writable: true },
      ...[...tests, ...settings].map((name) => ({ source: join(cwd, name), target: posix.join(at, name) })),
    ]
    const variables = {
      ...test.env,
      PYTHONPATH: [image.config.env['PYTHONPATH'], inside.overlay].filter(Boolean).join(':'),
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUNBUFFERED: '1',
      PYTEST_ADDOPTS: pytestOptions(inside.out, test.env['PYTEST_ADDOPTS'], '/tmp/pytest-cache'),
    }
    const words =
      test.command === undefined
        ? [python.command, '-m', 'pytest', ...tests]
        : ['sh', '-ec', test.command.replace(/^pytest\b/, `${python.command} -m pytest`)]
    const argv = inImageArgv(host.runId, image.digest, python, { mounts, env: variables, workingDirectory: at, arguments: words })
    const last = tail(60, print)
    const ended = await host.stream(
      { argv, env: { ...env, ...containerVariables(variables).env } },
      {
        signal,
        timeoutMs: test.timeoutMs,
        mostBytes: longestOutput,
        onLine: last.push,
      },
    )
    return conclude(session, ended, join(out, 'junit.xml'), last.lines).outcome
  } finally {
    // The client's end is not the container's.
    await removeContainer(host, `${containerName(host.runId)}-test`, env)
    host.files.remove(folder)
  }
}
