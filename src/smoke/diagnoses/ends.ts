import type { Diagnosis } from './diagnosis.ts'

const mebibytes = (bytes: number) => `${Math.round(bytes / (1 << 20))} MiB`

/** The kernel's own word: before anything that the service wrote. */
export const memoryDiagnoses: readonly Diagnosis[] = [
  {
    code: 'container-out-of-memory',
    find: ({ step, state, peakMemory }) => {
      if (!state?.oomKilled) return undefined
      const limit = state.memoryLimit > 0 ? `its limit of ${mebibytes(state.memoryLimit)}` : 'what the machine has'
      const more = Math.max(512, Math.ceil((state.memoryLimit * 2) / (1 << 20)))
      return {
        proof: `State.OOMKilled: true, exit code ${state.exitCode}${peakMemory ? `, peak ${mebibytes(peakMemory)}` : ''}`,
        what: `${step === 'container-out-of-memory' ? 'It' : 'The kernel killed a process of the container for memory: it'} went over ${limit}.`,
        fix: [`run-args: --memory ${more}m`, '# or one worker (--workers 1): each loads its own copy of the model'],
      }
    },
  },
]

/** How it ended, where the log says nothing that is known. Exit codes above 128 are signals (man 7 signal). */
export const endDiagnoses: readonly Diagnosis[] = [
  {
    code: 'restart-loop',
    find: ({ state, step }) =>
      state && (state.restarts > 0 || (step === 'container-exited' && state.restartPolicy !== 'no'))
        ? {
            proof: `restart policy ${state.restartPolicy}, RestartCount: ${state.restarts}`,
            what: 'The container ended, and is started again each time it does.',
            fix: ['run-args: ...    # without --restart'],
          }
        : undefined,
  },
  {
    code: 'illegal-instruction',
    find: ({ state }, phase) =>
      phase === 'stopped' && state?.exitCode === 132
        ? {
            proof: 'exit code 132: SIGILL',
            what: 'A package executes instructions that this processor does not have (AVX, AVX2, AVX-512).',
            fix: ['RUN pip install --no-binary :none: PACKAGE    # a wheel in place of a build with -march=native'],
          }
        : undefined,
  },
  {
    code: 'segmentation-fault',
    find: ({ state }, phase) =>
      phase === 'stopped' && (state?.exitCode === 139 || state?.exitCode === 134)
        ? {
            proof: state.exitCode === 139 ? 'exit code 139: SIGSEGV' : 'exit code 134: SIGABRT',
            what: 'Native code crashed the process.',
            fix: ['ENV PYTHONFAULTHANDLER=1    # prints which package it was', '# then pin it to the version that was tested'],
          }
        : undefined,
  },
  {
    code: 'shared-memory-small',
    find: ({ state }, phase) =>
      phase === 'stopped' && state?.exitCode === 135
        ? {
            proof: 'exit code 135: SIGBUS',
            what: 'The process was killed by a bus error: most often /dev/shm is full, which has 64 MB in a container.',
            fix: ['run-args: --shm-size 1g'],
          }
        : undefined,
  },
  {
    code: 'killed-by-itself',
    find: ({ state }, phase) =>
      phase === 'stopped' && state?.exitCode === 137 && !state.oomKilled
        ? {
            proof: 'exit code 137 (SIGKILL), State.OOMKilled: false',
            what: 'The container was killed, but not by the kernel for want of memory: its own supervisor did it (truss, a gunicorn master, an entry script).',
            fix: ['# the log above has the error of loading; run it in the foreground to see more: docker run --rm -it IMAGE'],
          }
        : undefined,
  },
  {
    code: 'exits-at-once',
    find: ({ state, expected }, phase) =>
      phase === 'stopped' && state?.exitCode === 0 && !state.running
        ? {
            proof: `exit code 0 of ${JSON.stringify(expected.command)}`,
            what: 'The command ended without an error: it is no server, or it went to the background.',
            fix: ['CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"]    # what starts the server, and stays'],
          }
        : undefined,
  },
]
