import type { Host } from '../host/host.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { installCommand, packageSource, testPackages, venvCommand } from './environment.ts'
import { wantedPython } from './python.ts'
import { findRequirements, type Requirements } from './requirements.ts'

function sourcesOf(requirements: Requirements): readonly string[] {
  switch (requirements.kind) {
    case 'files':
      return requirements.files.flatMap((file) => ['-r', file])
    case 'lines':
    case 'uv-lock':
      return ['-r', 'REQUIREMENTS']
    case 'project':
      return [packageSource(requirements.extras), ...(requirements.lines.length > 0 ? ['-r', 'REQUIREMENTS'] : [])]
    case 'unsupported':
    case 'job':
    case 'none':
      return []
  }
}

/**
 * The commands that would make the environment of tests on this machine, as far as files tell; none where the job's own
 * is used. With uv: that it can be had is seen only by a run.
 */
export function plannedInstall(host: Pick<Host, 'files'>, { test, build, workingDirectory }: Inputs): readonly (readonly string[])[] {
  const requirements = findRequirements(host.files, workingDirectory, test.requirements)
  if (!test.run || test.place.kind !== 'runner' || requirements.kind === 'job') return []
  const python = wantedPython(host, workingDirectory, test.pythonVersion, build)?.version ?? 'python3'
  return [venvCommand('uv', { python, managed: true }, 'VENV'), installCommand('uv', 'VENV', [...sourcesOf(requirements), ...testPackages])]
}
