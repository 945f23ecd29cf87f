import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const composite = (inputs: readonly string[], ...lines: readonly string[]) =>
  // JSON is YAML.
  JSON.stringify({
    name: 'stand-in',
    description: 'What a test needs of an action that is not here',
    inputs: Object.fromEntries(inputs.map((name) => [name, { description: name, default: '' }])),
    runs: { using: 'composite', steps: [{ shell: 'bash', run: ['set -eu', ...lines].join('\n') }] },
  })

/** A Python of the job's own, and artifacts in a folder of the workflow. */
const actions = (artifacts: string) => {
  const kept = `"${artifacts}/\${{ github.workflow }}/\${{ inputs.name }}"`
  return {
    'actions/setup-python': composite(
      ['python-version'],
      'python3 -m venv "$RUNNER_TEMP/python"',
      'echo "$RUNNER_TEMP/python/bin" >>"$GITHUB_PATH"',
    ),
    'actions/upload-artifact': composite(
      ['name', 'path', 'compression-level', 'retention-days'],
      `mkdir -p ${kept}`,
      `cp -r "\${{ inputs.path }}/." ${kept}`,
    ),
    'actions/download-artifact': composite(['name', 'path'], 'mkdir -p "${{ inputs.path }}"', `cp -r ${kept}/. "\${{ inputs.path }}"`),
  }
}

/** Names of the actions that have one. */
export const standIns = Object.keys(actions(''))

/** Puts stand-ins of actions of GitHub into `root`. @returns the arguments by which act takes them for those that are used */
export function installStandIns(root: string, used: readonly string[]): readonly string[] {
  for (const [name, text] of Object.entries(actions(join(root, 'artifacts')))) {
    mkdirSync(join(root, 'stand-ins', name), { recursive: true })
    writeFileSync(join(root, 'stand-ins', name, 'action.yml'), text)
  }
  return [...new Set(used)].flatMap((uses) => {
    const name = uses.replace(/@.*/, '')
    return standIns.includes(name) ? ['--local-repository', `${uses}=${join(root, 'stand-ins', name)}`] : []
  })
}
