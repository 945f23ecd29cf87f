import { expect, test } from '@jest/globals'
import { silences } from '../../src/advice/silence.ts'

const text = `# syntax=docker/dockerfile:1
# ml-image: ignore root-user
FROM python:3.12
# ml-image: ignore pip-cache , apt-lists
# a remark
RUN a

#ml-image:ignore large-base
ENV A=b
COPY . . # ml-image: ignore no-dockerignore
`
const silenced = silences(text)

test.each([
  ['root-user', 3, true],
  ['root-user', 10, true],
  ['root-user', undefined, true],
  ['pip-cache', 6, true],
  ['apt-lists', 6, true],
  ['large-base', 6, false],
  ['pip-cache', 9, false],
  ['large-base', 9, true],
  ['large-base', 10, false],
  ['no-dockerignore', 10, true],
  ['pip-cache', undefined, false],
  ['pip', 6, false],
])('%s at line %s: %s', (rule, line, expected) => expect(silenced(rule, line)).toBe(expected))

test('a text of comments alone silences for the whole file', () => expect(silences('# ml-image: ignore a-b')('a-b', 1)).toBe(true))
