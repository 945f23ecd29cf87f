import { describe, expect, test } from '@jest/globals'
import { parseDockerfile } from '../../src/build/instruction.ts'
import { stepsOf } from '../../src/inspect/origin.ts'
import { chainOf } from '../../src/inspect/recipe.ts'
import { assignmentsIn } from '../../src/inspect/surfaces.ts'

const dockerfile = `# syntax=docker/dockerfile:1
ARG TAG=3.11
FROM python:\${TAG} AS base
ENV A=1 \\
    B=2
RUN <<EOF
COPY is no instruction here
EOF

FROM base AS other
RUN false
FROM base
# a comment
COPY . .
CMD ["x"]
`

test('instructions have the line they begin on; a heredoc is none', () => {
  expect(parseDockerfile(dockerfile).map(({ keyword, line }) => `${line} ${keyword}`)).toEqual([
    ...['2 ARG', '3 FROM', '4 ENV', '6 RUN', '10 FROM', '11 RUN', '12 FROM', '14 COPY', '15 CMD'],
  ])
})

test('an image is made by the instructions of its stage, after those of the stages it builds on', () => {
  expect(chainOf(dockerfile, undefined).map(({ line }) => line)).toEqual([4, 6, 14, 15])
  expect(chainOf(dockerfile, 'other').map(({ line }) => line)).toEqual([4, 6, 11])
})

describe('the history', () => {
  const base = [{ created_by: '# debian.sh' }, { created_by: 'CMD ["python3"]', empty_layer: true }]
  const own = [
    { created_by: 'ENV A=1 B=2', empty_layer: true },
    { created_by: 'RUN /bin/sh -c <<EOF' },
    { created_by: 'COPY . . # buildkit' },
    { created_by: 'CMD ["x"]', empty_layer: true },
  ]
  test('ends with what the Dockerfile did, and layers are counted from the first', () => {
    const steps = stepsOf([...base, ...own], chainOf(dockerfile, undefined))
    expect(steps.map((step) => [step.own, step.layer, step.by?.line])).toEqual([
      [false, 0, undefined],
      [false, undefined, undefined],
      [true, undefined, 4],
      [true, 1, 6],
      [true, 2, 14],
      [true, undefined, 15],
    ])
  })
  test.each([
    ['of another Dockerfile', [...base, ...own.slice(1)], chainOf(dockerfile, undefined)],
    ['without a Dockerfile', [...base, ...own], []],
  ])('%s is all the own', (_, history, chain) => expect(stepsOf(history, chain).every((step) => step.own && !step.by)).toBe(true))
})

test.each([
  ['ENV A=1 B="x y"', ['env A=1', 'env B=x y']],
  ['ARG T=abc', ['arg T=abc']],
  ['RUN |2 A=b C=d /bin/sh -c X=y run', ['arg A=b', 'arg C=d']],
  ['RUN /bin/sh -c A=b run', []],
  ['LABEL a.b=c', ['label a.b=c']],
  ['COPY . . # buildkit', []],
])('%s sets %j', (createdBy, wanted) =>
  expect(assignmentsIn(createdBy).map(({ kind, name, value }) => `${kind} ${name}=${value}`)).toEqual(wanted),
)
