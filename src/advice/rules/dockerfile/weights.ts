import { bytesText } from '../../../amounts.ts'
import { isModelFile } from '../../../model/artefacts.ts'
import { broughtBy, copiesAll, copyOf, environmentOf } from '../../chain.ts'
import { before, fixOf, replaced } from '../../edit.ts'
import type { DockerfileSubject, Rule } from '../../rule.ts'
import { serverCode } from '../../server.ts'
import { commandsOf, pipInstall } from '../../shell.ts'

/** Weights of less (bytes) are pushed again in a second or so. */
const worthALayer = 10_000_000
const topOf = (path: string) => path.split('/')[0] ?? path

/** Weights in the layer of the code. */
export const weightsWithCode: Rule<DockerfileSubject> = {
  id: 'weights-with-code',
  look: (subject) =>
    subject.lineage.flatMap((stage) =>
      stage.instructions.flatMap((copying) => {
        const { sent } = subject
        const brought = broughtBy(subject, copying)
        const weights = brought.filter(isModelFile)
        const bytes = weights.reduce((sum, path) => sum + sent.bytes(path), 0)
        if (bytes < worthALayer || !brought.some((path) => path.endsWith('.py'))) return []
        const copy = copyOf(copying)
        const apart = [...new Set(weights.map(topOf))]
        const mixed = brought.some((path) => apart.includes(topOf(path)) && path.endsWith('.py'))
        const others = [...new Set(brought.map(topOf))].filter(
          (name) => !apart.includes(name) && !/^(Dockerfile(\..*)?|.*\.dockerignore|\.git\w*)$/.test(name),
        )
        const plain = copiesAll(copying) && copy?.sources.length === 1 && !mixed && others.every((name) => !/\s/.test(name))
        const to = (name: string) =>
          `${copy?.to.replace(/\/+$/, '') || ''}/`.replace(/^\.?\/$/, copy?.to.startsWith('/') ? '/' : './') + name
        const flags = copying.flags.map((flag) => `${flag} `).join('')
        const isFolder = (name: string) => brought.some((path) => path.startsWith(`${name}/`))
        const folder = (name: string) => `COPY ${flags}${name}/ ${to(name)}/`
        const files = (names: readonly string[]) => (names.length === 0 ? [] : [`COPY ${flags}${names.join(' ')} ${to('')}`])
        const lines = [
          ...apart.filter(isFolder).map(folder),
          ...files(apart.filter((name) => !isFolder(name))),
          ...others.filter(isFolder).map(folder),
          ...files(others.filter((name) => !isFolder(name))),
        ]
        return [
          {
            message: `One layer holds ${bytesText(bytes)} of weights and the code.`,
            why: 'Each change of the code pushes and pulls the weights again. In a layer before the code they move only when the model does; a volume leaves them out of the image altogether.',
            at: { file: subject.file, line: copying.line },
            ...(plain ? fixOf(subject, [replaced(copying, lines)]) : {}),
            gain: { kind: 'size', bytes },
          },
        ]
      }),
    ),
}

/** Calls that fetch a model by its name on a hub; the first group is that name. */
export const fetches =
  /\b(?:from_pretrained|hf_hub_download|snapshot_download|SentenceTransformer|CrossEncoder|pipeline)\(\s*(?:[^()]*?\b(?:model|repo_id|pretrained_model_name_or_path)\s*=\s*)?["']([A-Za-z0-9][\w.-]*\/[\w.-]+)["']/

/** The model is downloaded whenever a container starts. */
export const downloadAtStart: Rule<DockerfileSubject> = {
  id: 'download-at-start',
  look: (subject) => {
    const code = serverCode(subject)
    const found = code && fetches.exec(code.text)
    const [, model = ''] = found ?? []
    if (!code || !found || subject.sent.paths.some((path) => path.startsWith(`${model}/`))) return []
    const env = environmentOf(subject)
    const inBuild = subject.stages.some(({ instructions }) =>
      instructions.some((one) =>
        commandsOf(one).some((command) =>
          /from_pretrained|snapshot_download|hf_hub_download|(huggingface-cli|hf)\s+download|SentenceTransformer\(/.test(command),
        ),
      ),
    )
    if (
      inBuild ||
      env['HF_HUB_OFFLINE'] === '1' ||
      env['TRANSFORMERS_OFFLINE'] === '1' ||
      subject.chain.some(({ keyword }) => keyword === 'VOLUME')
    )
      return []
    const line = code.text.slice(0, found.index).split('\n').length
    const { target } = subject
    const installing = target.instructions.findLast((one) => commandsOf(one).some((command) => pipInstall(command)))
    const next = target.instructions[target.instructions.indexOf(installing ?? target.from) + 1]
    const lines = [
      ...(env['HF_HOME'] === undefined ? ['ENV HF_HOME=/opt/huggingface'] : []),
      `RUN python -c "from huggingface_hub import snapshot_download; snapshot_download('${model}')"`,
    ]
    return [
      {
        message: `The server downloads ${model} when it starts.`,
        why: 'Each start waits for the hub, fails with it (429, no network), and may get other weights than were tested. In the image they are what the smoke test has seen (offline: true proves it).',
        at: { file: code.file, line },
        ...(installing && next ? fixOf(subject, [before(subject, next, lines)]) : {}),
        gain: { kind: 'risk', text: 'no start without the hub, and other weights than tested' },
      },
    ]
  },
}
