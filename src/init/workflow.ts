import { liesOver, type Stack } from './compose.ts'
import type { Folder } from './folder.ts'
import type { Project } from './project.ts'

/** An input of the step, and why it is there. */
export type Given = Readonly<{ name: string; value: string; why?: string }>

/** What a workflow is written from. */
export type WorkflowFacts = Readonly<{
  image: string
  branch: string
  checkout: readonly Given[]
  inputs: readonly Given[]
}>

/** A scalar of YAML that is read as the text that it is. */
const scalar = (text: string) =>
  /^[\w./${}@-][\w ./${}@:-]*$/.test(text) && !/^(?:true|false|yes|no|on|off|null|~|[\d.]+|[-{])$|^[-@{]|: |:$/i.test(text)
    ? text
    : JSON.stringify(text)
const given = ({ name, value, why }: Given) =>
  `${name}: ${/^(true|false)$/.test(value) ? value : scalar(value)}${why === undefined ? '' : ` # ${why}`}`

/** A whole workflow: with the least permissions, without a token in the checkout, on pull requests, the branch and version tags. */
export function workflowText({ image, branch, checkout, inputs }: WorkflowFacts): string {
  const ghcr = image.startsWith('ghcr.io/')
  return [
    'name: image',
    '',
    'on:',
    '  push:',
    `    branches: [${/^[\w./-]+$/.test(branch) ? branch : JSON.stringify(branch)}]`,
    "    tags: ['v*']",
    '  pull_request:',
    '',
    'permissions: {}',
    '',
    'concurrency:',
    '  group: image-${{ github.event.pull_request.number || github.run_id }} # a newer push overtakes in a pull request alone',
    '  cancel-in-progress: true',
    '',
    'jobs:',
    '  image:',
    '    name: model image',
    '    runs-on: ubuntu-latest',
    '    permissions:',
    '      contents: read',
    ...(ghcr ? ['      packages: write # to push to ghcr.io'] : []),
    '    steps:',
    '      - uses: actions/checkout@v5',
    '        with:',
    '          persist-credentials: false # the tests need no token',
    ...checkout.map((one) => `          ${given(one)}`),
    '      - uses: org/ml-image-action@v1',
    '        with:',
    `          images: ${scalar(image)}`,
    ...inputs.map((one) => `          ${given(one)}`),
    '',
  ].join('\n')
}

/** What actions/checkout has to bring along. */
export function checkoutInputs(folder: Folder): readonly Given[] {
  const attributes = folder.paths.filter((path) => /(^|\/)\.gitattributes$/.test(path)).map((path) => folder.read(path) ?? '')
  return [
    ...(attributes.some((text) => /filter=lfs/.test(text)) ? [{ name: 'lfs', value: 'true' }] : []),
    ...(folder.paths.includes('.gitmodules') ? [{ name: 'submodules', value: 'true' }] : []),
  ]
}

/** What makes a model in a test: a training that it imports or calls; train_test_split is none. */
const makes = /\b(?:from|import)\s+[\w.]*\b(?:train(?:ing|er|_model)?|(?:make|build|create)_model)\b|\btrain(?:_model)?\(|\btrain\w*\.py\b/

/** Whether the tests of a project, or what sets them up, make its model. */
export function testsTrain(folder: Folder, tests: readonly string[]): boolean {
  const setUp = [...tests, ...folder.paths.filter((path) => /(^|\/)conftest\.py$/.test(path))]
  return setUp.some((path) => makes.test(folder.read(path) ?? ''))
}

/** Where the tests run: as they are, or, where only the build makes the model that they need, in the image. */
export function testInputs(
  folder: Folder,
  tests: readonly string[],
  project: Project | undefined,
  absent: readonly string[],
): readonly Given[] {
  if (tests.length === 0) return [{ name: 'accept', value: 'no-tests', why: 'there are none yet' }]
  const trains = testsTrain(folder, tests)
  const [first] = absent
  if (first !== undefined)
    return trains ? [{ name: 'test-first', value: 'true', why: `the tests make ${first}, which the Dockerfile copies` }] : []
  if (!project?.model.training || trains) return []
  return [{ name: 'test-in', value: 'image', why: `the build makes ${project.model.missing[0]}` }]
}

/** The path of predictions, where it is not the one that is asked anyway. */
export function predictInputs(project: Project | undefined): readonly Given[] {
  const { predict, framework } = project?.server ?? {}
  const own = framework !== undefined && framework !== 'mlflow' && framework !== 'litserve'
  return own && predict !== undefined && predict !== '/predict' ? [{ name: 'predict-path', value: predict }] : []
}

/** The stack that the image is part of, where others of it run beside the service. */
export function composeInputs(stack: Stack | undefined, project: Project | undefined): readonly Given[] {
  if (!stack || stack.needs.length === 0 || !stack.isWhole) return []
  const { missing = [], there = [], mounted } = project?.model ?? {}
  // A folder of the machine in the place of the model that the build makes.
  if ([...missing, ...there].some((path) => liesOver(stack, path))) return []
  return [
    ...(mounted
      ? [{ name: 'test-first', value: 'true', why: `the tests make ${mounted.paths.join(', ')}, which ${stack.file} mounts` }]
      : []),
    { name: 'compose-file', value: stack.file, why: `with ${stack.needs.join(', ')} beside it` },
    ...(stack.isOnlyOne ? [] : [{ name: 'compose-service', value: stack.service }]),
  ]
}
