import { expect, test } from '@jest/globals'
import { elideArgv, elideText } from '../../src/plan/elide.ts'

test.each([
  [
    ['docker', 'run', '--env', 'HF_TOKEN', '--env', 'A=1', 'IMAGE'],
    ['docker', 'run', '--env', 'HF_TOKEN', '--env', 'A=***', 'IMAGE'],
  ],
  [
    ['-e', 'A=1=2', '-eB=3', '--env=C=4', '-e=D=5', '-eE'],
    ['-e', 'A=***', '-eB=***', '--env=C=***', '-e=D=***', '-eE'],
  ],
  [
    ['--build-arg', 'MODEL=7', '--build-arg', 'HF_TOKEN=abcd', '--build-arg', 'API_KEY=', '--label', 'TOKEN=kept'],
    ['--build-arg', 'MODEL=7', '--build-arg', 'HF_TOKEN=***', '--build-arg', 'API_KEY=***', '--label', 'TOKEN=kept'],
  ],
  [
    ['bash', '-c', 'curl -u me:hunter22 https://x'],
    ['bash', '-c', 'curl -u me:*** https://x'],
  ],
  [
    ['-e', '--env-file', '--entrypoint', 'python'],
    ['-e', '--env-file', '--entrypoint', 'python'],
  ],
])('%j', (argv, shown) => expect(elideArgv(argv, ['hunter22', ''])).toEqual(shown))

test('what is too short to be a secret hides nothing', () => expect(elideText('a ab abc abcd', ['a', 'abc', 'abcd'])).toBe('a ab abc ***'))
