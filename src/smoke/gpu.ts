import type { ImageConfig } from '../build/image.ts'
import type { SmokeInputs } from '../inputs/inputs.ts'
import { type Outcome, passed } from '../outcome.ts'
import type { SmokeReport } from './smoke-report.ts'

const gpuFlag = /^--gpus$|^--gpus=|^--runtime=nvidia$|^--device=nvidia\.com\/gpu/

/** `--gpus all` and `--device nvidia.com/gpu=all` as one word, as docker takes them too. */
function flags(args: readonly string[]): readonly (readonly string[])[] {
  const all: (readonly string[])[] = []
  for (let i = 0; i < args.length; i++) {
    const [arg = '', next] = args.slice(i, i + 2)
    const takesNext = /^--(gpus|runtime|device)$/.test(arg) && next !== undefined
    all.push(takesNext ? [arg, next] : [arg])
    if (takesNext) i++
  }
  return all
}

const asksForGpu = (words: readonly string[]) => gpuFlag.test(words.join('='))

/** What tells that an image is for a GPU: run-args, or the variables that NVIDIA's base images set; undefined when nothing does. */
export function gpuWanted({ args }: Pick<SmokeInputs, 'args'>, { env }: Pick<ImageConfig, 'env'>): string | undefined {
  const asked = flags(args).find(asksForGpu)
  if (asked) return `run-args: ${asked.join(' ')}`
  if (env['NVIDIA_REQUIRE_CUDA']) return 'NVIDIA_REQUIRE_CUDA of its base image'
  const visible = env['NVIDIA_VISIBLE_DEVICES']
  return visible && !/^(void|none)$/.test(visible) ? `NVIDIA_VISIBLE_DEVICES=${visible}` : undefined
}

/** Arguments of docker run that an engine without GPUs takes. */
export function withoutGpu(args: readonly string[]): readonly string[] {
  return flags(args)
    .filter((words) => !asksForGpu(words))
    .flat()
}

/** What servers say where there is no GPU. Not "not compiled with CUDA", which is so on every host. */
const noGpu =
  /found no NVIDIA driver|No CUDA GPUs are available|driver version is insufficient|no CUDA-capable device|libcuda\.so\.1|CUDA_ERROR_NO_DEVICE|Failed to infer device type|NVIDIA Driver was not detected|could not find (an )?(NVIDIA )?GPU/i

/**
 * The verdict on an image that is for a GPU, on a host that has none: never plain green. What failed for the lack of
 * one was started and no more; what passed has passed on the processor. Another failure stays red.
 */
export function judgedWithoutGpu(
  outcome: Outcome<SmokeReport>,
  started: Pick<SmokeReport, 'imageId' | 'port' | 'portFrom'>,
  because: string,
): Outcome<SmokeReport> {
  if (outcome.kind === 'passed') return passed({ ...outcome.value, gpuMissing: because })
  if (outcome.kind === 'failed' && outcome.red.evidence.some((line) => noGpu.test(line)))
    return passed({ ...started, compared: false, gpuMissing: because })
  return outcome
}

/** The same in a sentence. */
export function gpuNotice({ health, predict, gpuMissing }: SmokeReport): string {
  const seen = predict ? 'its model predicts on the processor' : health ? 'it is healthy without' : 'it was started and no more'
  return `The image is for a GPU (${gpuMissing}), and this host has none: ${seen}. That its model runs on a GPU was not proven.`
}
