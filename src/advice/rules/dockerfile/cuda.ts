import { posix } from 'node:path'
import { expandVariables } from '../../../build/dockerfile.ts'
import type { Instruction } from '../../../build/instruction.ts'
import { requirementsFile } from '../../../model/pins.ts'
import { environmentOf } from '../../chain.ts'
import { changed, fixOf } from '../../edit.ts'
import type { DockerfileSubject, Rule, Sent } from '../../rule.ts'
import { commandsOf, installFiles, pipInstall } from '../../shell.ts'
import { referenceOf } from './base.ts'

/** A pip call of what ships, and all that it is asked for: its arguments, and what its files say. */
type Call = Readonly<{ run: Instruction; command: string; asked: string }>

function textOf(sent: Sent, file: string, seen: readonly string[] = []): string {
  const tail = file.replace(/^(\.{0,2}\/)+/, '')
  const path = sent.paths.find((one) => one === tail) ?? sent.paths.find((one) => tail.endsWith(`/${one}`) || one.endsWith(`/${tail}`))
  if (path === undefined || seen.includes(path)) return ''
  const text = sent.read(path) ?? ''
  const included = requirementsFile(text).included.map((name) => textOf(sent, posix.join(posix.dirname(path), name), [...seen, path]))
  return [text, ...included].join('\n')
}

/** Every pip call in a stage that goes into what ships. */
function calls(subject: DockerfileSubject): readonly Call[] {
  const env = { ...subject.args, ...environmentOf(subject) }
  const used = subject.stages.filter(
    (stage) => subject.lineage.includes(stage) || subject.chain.some(({ flags }) => flags.includes(`--from=${stage.name}`)),
  )
  return used.flatMap(({ instructions }) =>
    instructions.flatMap((run) =>
      commandsOf(run).flatMap((written): readonly Call[] => {
        const command = expandVariables(written, env)
        const pip = pipInstall(command)
        if (!pip) return []
        const files = installFiles(pip.arguments).map((file) => textOf(subject.sent, file))
        return [{ run, command, asked: [pip.arguments, ...files].join('\n') }]
      }),
    ),
  )
}

/** CUDA of base images, as torch names its builds, with the patch release that is on Docker Hub. */
const releases: Readonly<Record<string, string>> = {
  '11.7': '11.7.1',
  '11.8': '11.8.0',
  '12.1': '12.1.1',
  '12.4': '12.4.1',
  '12.6': '12.6.3',
  '12.8': '12.8.1',
  '12.9': '12.9.1',
  '13.0': '13.0.1',
}

/** torch is built for another CUDA than the base image has. */
export const cudaMismatch: Rule<DockerfileSubject> = {
  id: 'cuda-mismatch',
  look: (subject) => {
    const { name, tag } = referenceOf(subject.base)
    const [, has] = /^nvidia\/cuda$/.test(name) ? (/^(\d+\.\d+)/.exec(tag) ?? []) : []
    if (has === undefined) return []
    for (const { run, asked } of calls(subject)) {
      const [, digits] = /(?:\+|whl\/)cu(\d{3})\b/.exec(asked) ?? []
      const wants = digits && `${digits.slice(0, 2)}.${digits.slice(2)}`
      if (!wants || wants === has) continue
      const root = subject.lineage[0]?.from
      const release = releases[wants]
      const edit =
        root && release !== undefined
          ? changed(subject, root, new RegExp(`(nvidia/cuda:)${has.replace('.', '\\.')}(?:\\.\\d+)?`), `$1${release}`)
          : undefined
      return [
        {
          message: `torch is built for CUDA ${wants} (line ${run.line}), the base image has ${has}.`,
          why: 'The wheel brings its own CUDA, so that of the base is carried for nothing; it still asks each host for a driver that is new enough for it, and what is compiled in the image is for the wrong one.',
          at: { file: subject.file, line: root?.line ?? run.line },
          ...fixOf(subject, [edit]),
          gain: { kind: 'risk', text: 'hosts refuse the container, or extensions do not load' },
        },
      ]
    }
    return []
  },
}

/** Packages that bring torch along. */
export const needsTorch =
  /^\s*["']?(torch|torchvision|torchaudio|sentence-transformers|ultralytics|timm|accelerate|lightning|pytorch-lightning|easyocr|fastai|openai-whisper|transformers\[(?:torch|[^\]]*,torch)[^\]]*\])(?=[\s\]=<>!~;"',[]|$)/im
export const elsewhere = /whl\/(cpu|cu\d+|rocm)|\+(cpu|cu\d+|rocm)|--torch-backend/
const cudaBase = /^(nvidia\/|nvcr\.io\/nvidia\/|pytorch\/|vllm\/|rocm\/|huggingface\/.*gpu|tensorflow\/)/

/** What the CUDA build of torch and the nvidia-* wheels that it needs weigh more than the one for the CPU (bytes to download, at least: those of torch 2.5 to 2.9 on PyPI). */
const cudaWheels = 2_600_000_000

/** A service without a GPU gets the wheels for one. */
export const cudaWheelsOnCpu: Rule<DockerfileSubject> = {
  id: 'cuda-wheels-on-cpu',
  look: (subject) => {
    const env = environmentOf(subject)
    const { name, tag } = referenceOf(subject.base)
    if (subject.gpu || cudaBase.test(name) || /cuda|gpu|rocm/.test(tag) || Object.keys(env).some((key) => key.startsWith('NVIDIA_')))
      return []
    if ([env['PIP_INDEX_URL'], env['PIP_EXTRA_INDEX_URL'], env['UV_TORCH_BACKEND']].some((value) => value !== undefined)) return []
    const all = calls(subject)
    if (all.some(({ asked }) => elsewhere.test(asked))) return []
    const found = all.find(({ asked }) =>
      asked
        .split(/\n/)
        .flatMap((line) => [line, ...line.split(/\s+/)])
        .some((word) => needsTorch.test(word)),
    )
    if (!found) return []
    const { run, command } = found
    const put = /^\S*uv\s/.test(command) ? '--torch-backend=cpu' : '--extra-index-url https://download.pytorch.org/whl/cpu'
    const option = run.words ? undefined : changed(subject, run, /\b(pip[\d.]*\s+(?:-\S+\s+)*install)\b(?!\s+--upgrade pip)/, `$1 ${put}`)
    return [
      {
        message: 'torch is installed with the libraries of CUDA, and nothing here asks for a GPU.',
        why: 'On Linux PyPI has torch for CUDA alone, with some three GB of nvidia-* wheels; the index of PyTorch has it for the CPU. With a GPU say so: run-args: --gpus all, or a CUDA base image.',
        at: { file: subject.file, line: run.line },
        ...fixOf(subject, [option]),
        gain: { kind: 'size', bytes: cudaWheels },
      },
    ]
  },
}
