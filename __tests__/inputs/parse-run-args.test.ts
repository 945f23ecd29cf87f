import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Invalid, parseRunArgs } from '../../src/inputs/parse.ts'

describe('run-args are words of a shell line', () => {
  test.each([
    ['--memory 2g --read-only', ['--memory', '2g', '--read-only']],
    ['--memory=2g\n# why\n--cpus 1.5\r\n-v "my data":/data:ro', ['--memory=2g', '--cpus', '1.5', '-v', 'my data:/data:ro']],
    ["--env 'A=$HOME'", ['--env', 'A=$HOME']],
    ['--gpus all', ['--gpus', 'all']],
    ['--env PATTERN=*.onnx', ['--env', 'PATTERN=*.onnx']],
    ['--network my-net', ['--network', 'my-net']],
    ['-m 512m --shm-size 1g --ulimit nofile=1024:2048', ['-m', '512m', '--shm-size', '1g', '--ulimit', 'nofile=1024:2048']],
    ['', []],
  ])('%j', (text, words) => expect(parseRunArgs(text)).toEqual(words))
})

describe('what would break how the container is found, reached or removed is refused, with the word at fault', () => {
  test.each([
    ['--name other', '--name'],
    ['--name=other', '--name=other'],
    ['--rm', '--rm'],
    ['-d', '-d'],
    ['-itd', '-itd'],
    ['--detach=false', '--detach=false'],
    ['--memory 2g -p 8080:80', '-p'],
    ['-p8080:80', '-p8080:80'],
    ['-P', '-P'],
    ['--publish=80:80', '--publish=80:80'],
    ['--publish-all', '--publish-all'],
    ['--cidfile x', '--cidfile'],
    ['--network host', 'takes the network away'],
    ['--network=none', 'takes the network away'],
    ['--net host', 'takes the network away'],
    ['other/image --flag', '"other/image"'],
    ['--env A=$HOME', '$HOME'],
    ['--env A=${HOME}', '$HOME'],
    ['--memory 2g; rm -rf /', 'a shell operator'],
    ['--memory 2g && x', 'a shell operator'],
    ['--env A=1 | tee', 'a shell operator'],
    ['--env A=$(id)', 'uses $'],
  ])('%j', (text, evidence) => {
    expect(() => parseRunArgs(text)).toThrow(Invalid)
    expect(() => parseRunArgs(text)).toThrow(evidence)
  })
})

test('a long flag that only begins like one of ours is let through', () => {
  expect(parseRunArgs('--platform linux/amd64 --pids-limit 100 --dns 1.1.1.1')).toHaveLength(6)
})

test('a short flag with its value attached is not taken for -d or -p', () => {
  expect(parseRunArgs('-vdata:/data -eAPP=x')).toEqual(['-vdata:/data', '-eAPP=x'])
})

test.each(['-dP', '-Pd', '-dp8080:80', '-itdP', '-dv /a:/b'])('-d, -p and -P are refused also among other letters: %s', (text) =>
  expect(() => parseRunArgs(text)).toThrow('which the action sets itself'),
)

test('arbitrary text is read or refused, never a crash', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      try {
        return parseRunArgs(text).every((word) => typeof word === 'string')
      } catch (error) {
        return error instanceof Invalid
      }
    }),
  )
})
