import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { copiesOf, readRecipe, variableOf } from '../../src/model/copied.ts'

const copies = (dockerfile: string, path: string, target?: string, args = {}) => copiesOf(readRecipe(dockerfile, target, args))(path)

describe('what of the build context goes into an image', () => {
  test.each<readonly [string, string, boolean]>([
    ['COPY . .', 'a/b.pkl', true],
    ['COPY ./ /app/', 'b.pkl', true],
    ['COPY / /app', 'b.pkl', true],
    ['copy --chown=1:1 --link model/ /m/', 'model/b.pkl', true],
    ['COPY ./model /m', 'model/x/b.pkl', true],
    ['COPY model /m', 'model2/b.pkl', false],
    ['COPY a.py b.pkl /app/', 'b.pkl', true],
    ['COPY a.py /b.pkl', 'b.pkl', false],
    ['COPY ["my model.pkl", "/app/"]', 'my model.pkl', true],
    ['COPY *.pkl /app/', 'b.pkl', true],
    ['COPY *.pkl /app/', 'a/b.pkl', false],
    ['COPY m?del/*.p[kt]* /app/', 'model/b.pkl', true],
    ['COPY m+del.pkl /app/', 'mmdel.pkl', false],
    ['COPY **/*.pkl /app/', 'a/b/c.pkl', true],
    ['ADD model /m', 'model/b.pkl', true],
    ['ADD https://example.com/b.pkl /m', 'b.pkl', false],
    ['COPY --from=other /m /m', 'm/b.pkl', false],
    ['RUN cp model/b.pkl /x', 'model/b.pkl', false],
    ['COPY \\\n  model \\\n  /m', 'model/b.pkl', true],
    ['ARG D=model\nCOPY $D/b.pkl /m', 'model/b.pkl', true],
  ])('%s: %s %s', (line, path, expected) => expect(copies(`FROM python:3.11\n${line}\n`, path)).toBe(expected))

  const staged =
    'FROM a AS base\nCOPY base.pkl .\nFROM base AS train\nCOPY train.pkl .\nFROM base AS test\nCOPY test.pkl .\nFROM base\nCOPY --from=train /m /m\n'
  test.each<readonly [string, string | undefined, boolean]>([
    ['base.pkl', undefined, true],
    ['train.pkl', undefined, true],
    ['test.pkl', undefined, false],
    ['test.pkl', 'test', true],
    ['train.pkl', 'test', false],
    ['train.pkl', '1', true],
  ])('%s for target %s: %s', (path, target, expected) => expect(copies(staged, path, target)).toBe(expected))

  test('a build argument says where from', () => {
    const dockerfile = 'FROM a\nARG D=x\nCOPY ${D}/m.pkl .\n'
    expect([copies(dockerfile, 'y/m.pkl', undefined, { D: 'y' }), copies(dockerfile, 'x/m.pkl', undefined, { D: 'y' })]).toEqual([
      true,
      false,
    ])
  })
  test('whatever a Dockerfile says, there is an answer', () => {
    const word = fc.constantFrom('COPY', 'ADD', 'FROM', 'a', '[', ']', '*', '"', '--from=0', '\\', '\n', '(', '.', '$X', '{', '<<EOF', '**')
    fc.assert(
      fc.property(fc.array(word), fc.string(), (words, path) => {
        expect(typeof copies(`FROM x\n${words.join(' ')}`, path)).toBe('boolean')
      }),
    )
  })
})

describe('what the image has in a variable', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, string | undefined]>([
    ['ARG V=1.2', {}, '1.2'],
    ['ARG V=1.2', { V: '3' }, '3'],
    ['ARG V', {}, undefined],
    ['ARG V', { V: '3' }, '3'],
    ['ENV V=1.2', {}, '1.2'],
    ['ENV A=1 V="1 2" B=3', {}, '1 2'],
    ['ENV V 1.2', {}, '1.2'],
    ['ENV V=1.2', { V: '3' }, '1.2'],
    ['ARG V=1\nENV V=$V', { V: '3' }, '3'],
    ['ENV V=1\nENV V=2', {}, '2'],
    ['ENV XV=1', {}, undefined],
    ['RUN V=1 make', {}, undefined],
    ['ARG X=7\nARG V=v$X', {}, 'v7'],
  ])('%j with %j: %s', (lines, args, value) => expect(variableOf('V', readRecipe(`FROM a\n${lines}\n`, undefined, args))).toBe(value))
  test('not what another stage has set for itself', () => {
    const dockerfile = 'FROM a AS made\nENV V=1\nFROM a\nCOPY --from=made /x /x\n'
    expect(variableOf('V', readRecipe(dockerfile, undefined, {}))).toBeUndefined()
    expect(variableOf('V', readRecipe(dockerfile, 'made', {}))).toBe('1')
  })
})
