import { describe, expect, test } from '@jest/globals'
import type { FailureCode } from '../../src/errors.ts'
import { failed, passed, stopped } from '../../src/outcome.ts'
import { gpuNotice, gpuWanted, judgedWithoutGpu, withoutGpu } from '../../src/smoke/gpu.ts'
import { createSmokeReport } from '../builders.ts'

describe('an image is for a GPU', () => {
  test.each<readonly [readonly string[], Readonly<Record<string, string>>, string | undefined]>([
    [['--gpus', 'all'], {}, 'run-args: --gpus all'],
    [['--gpus=2'], {}, 'run-args: --gpus=2'],
    [['--runtime', 'nvidia'], {}, 'run-args: --runtime nvidia'],
    [['--device', 'nvidia.com/gpu=all'], {}, 'run-args: --device nvidia.com/gpu=all'],
    [['--runtime', 'crun', '--device', '/dev/fuse'], {}, undefined],
    [[], { NVIDIA_REQUIRE_CUDA: 'cuda>=12.1' }, 'NVIDIA_REQUIRE_CUDA of its base image'],
    [[], { NVIDIA_VISIBLE_DEVICES: 'all' }, 'NVIDIA_VISIBLE_DEVICES=all'],
    [[], { NVIDIA_VISIBLE_DEVICES: 'void' }, undefined],
    [[], {}, undefined],
  ])('%j %j: %s', (args, env, because) => expect(gpuWanted({ args }, { env })).toBe(because))
  test('and is started without what the engine would refuse', () =>
    expect(withoutGpu(['--memory', '2g', '--gpus', 'all', '--runtime=nvidia', '--device', '/dev/fuse', '--init'])).toEqual([
      ...['--memory', '2g', '--device', '/dev/fuse', '--init'],
    ]))
})

describe('the verdict without one', () => {
  const { imageId, port, portFrom } = createSmokeReport()
  const judge = (outcome: Parameters<typeof judgedWithoutGpu>[0]) => judgedWithoutGpu(outcome, { imageId, port, portFrom }, 'why')
  const red = (line: string, code: FailureCode = 'container-exited') => failed(code, 'No.', ['first', line])
  test('what passed says that it did so on the processor', () =>
    expect(judge(passed(createSmokeReport()))).toEqual(passed(createSmokeReport({ gpuMissing: 'why' }))))
  test.each([
    'RuntimeError: Found no NVIDIA driver on your system. Please check',
    'RuntimeError: No CUDA GPUs are available',
    'CUDA error: CUDA driver version is insufficient for CUDA runtime version',
    'ImportError: libcuda.so.1: cannot open shared object file: No such file or directory',
    'RuntimeError: Failed to infer device type, please set the environment variable',
    'CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected',
  ])('started and no more: %s', (line) =>
    expect(judge(red(line))).toEqual(passed({ imageId, port, portFrom, compared: false, gpuMissing: 'why' })),
  )
  test.each(['ModuleNotFoundError: torch', 'AssertionError: Torch not compiled with CUDA enabled', 'CUDA_VISIBLE_DEVICES is set'])(
    'still red: %s',
    (line) => expect(judge(red(line))).toEqual(red(line)),
  )
  test('stopped is stopped', () => expect(judge(stopped)).toBe(stopped))
  test('is told', () => {
    const { predict: _, ...healthy } = createSmokeReport({ gpuMissing: 'why' })
    const { health: __, ...started } = healthy
    const predict = { path: '/predict', status: 200, ms: 1, body: '' }
    expect(gpuNotice({ ...healthy, predict })).toMatch(/why.*predicts on the processor.*not proven/)
    expect(gpuNotice(healthy)).toMatch(/healthy without/)
    expect(gpuNotice(started)).toMatch(/started and no more/)
  })
})
