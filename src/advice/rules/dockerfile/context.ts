import { copiesAll, neededStages } from '../../chain.ts'
import { newFileDiff } from '../../diff.ts'
import type { DockerfileSubject, Rule } from '../../rule.ts'

/** What nobody wants in an image, whatever the project. */
const usual = ['.git', '.github', '.env', '.env.*', '.venv', 'venv', '__pycache__', '*.pyc', '.pytest_cache', '.ipynb_checkpoints', 'tests']

/** All of the context is copied, and nothing is left out of it. */
export const noDockerignore: Rule<DockerfileSubject> = {
  id: 'no-dockerignore',
  look: (subject) => {
    const { sent } = subject
    const copying = neededStages(subject)
      .flatMap(({ instructions }) => instructions)
      .find(copiesAll)
    if (!copying || sent.ignoreFile !== undefined) return []
    return [
      {
        message: 'The whole context is copied, and there is no .dockerignore.',
        why: 'The history of git, .env files, environments and data go into the image, where everybody who pulls it can read them; and each of them that changes makes the layer anew.',
        at: { file: subject.file, line: copying.line },
        fix: newFileDiff(sent.name('.dockerignore'), usual),
        gain: { kind: 'risk', text: '.env and the history of git in the image' },
      },
    ]
  },
}
