import type { KnownCause } from '../causes.ts'

/** The Dockerfile itself, and what it takes from the build context and the inputs. */
export const dockerfileCauses: readonly KnownCause[] = [
  {
    name: 'not-in-stage',
    pattern: /(?:COPY|ADD) .*--from=(\S+).*(?:"([^"]+)": not found|lstat (\S+): no such file)/i,
    of: 'buildkit',
    cause: '$2$3 is not in $1, which it is copied from.',
    fix: 'Check the path there: what a step of that stage makes depends on its WORKDIR.',
  },
  {
    name: 'not-in-context',
    pattern: /"([^"]+)": not found/,
    of: 'buildkit',
    cause: '$1 is not in the build context.',
    fix: 'If the tests make it, set test-first: true. Else look into .dockerignore, Git LFS and DVC, and check the input context.',
  },
  {
    name: 'missing-secret',
    pattern: /secret "?([^\s":]+)"?: not found|failed to find secret|secret (\S+) is required/i,
    of: 'buildkit',
    cause: 'The step mounts a secret that the build was not given.',
    fix: 'Give it with secrets, secret-envs or secret-files under the same id.',
  },
  {
    name: 'missing-ssh',
    pattern: /unset ssh forward key|no ssh forwarded|could not parse ssh/i,
    of: 'buildkit',
    cause: 'The step mounts an SSH agent that the build was not given.',
    fix: 'Give one with ssh: default, after a step that starts an agent with a key.',
  },
  {
    name: 'entitlement',
    pattern: /granting entitlement (\S+)|additional privileges requested|(?:network\.host|security\.insecure)\S* is not allowed/i,
    of: 'buildkit',
    cause: 'The step asks for something that builds may not do without being allowed to.',
    fix: 'Allow it with the input allow (network.host, security.insecure), where the builder does, too.',
  },
  {
    name: 'syntax',
    pattern:
      /dockerfile parse error|unknown instruction|unknown flag|requires at least|circular dependency|invalid reference format|base name .* should not be blank/i,
    of: 'buildkit',
    cause: 'The Dockerfile is not well-formed.',
    fix: 'Correct the line. A build argument that is used in FROM needs an ARG with a default before the first FROM.',
  },
  {
    name: 'missing-program',
    pattern: /(?:^|: )([\w./+-]+): (?:command )?not found$|exec: "([^"]+)": (?:executable file not found|stat)|exit code: 127/,
    cause: 'A program that the step calls is not in the image ($1$2).',
    fix: 'Install it before; slim bases have no curl, git or wget. In a stage of its own a program must be copied from where it was installed.',
  },
]
