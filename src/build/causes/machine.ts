import type { KnownCause } from '../causes.ts'

/** The machine that builds is at its end: disk, memory, architecture. */
export const machineCauses: readonly KnownCause[] = [
  {
    name: 'several-nodes',
    pattern: /multi-node builds currently not supported/,
    of: 'buildkit',
    code: 'build-unsupported',
    cause:
      'Several nodes of this builder would build, and what they make BuildKit joins only in a registry, where nothing is put before the gates are green.',
    fix: 'Give each platform a job of its own that pushes by digest, and join them by the action merge (docs/fan-out.md); or build on a single node.',
  },
  {
    name: 'no-space',
    pattern: /no space left on device|\bENOSPC\b|disk quota exceeded/i,
    code: 'disk-full',
    cause: 'The disk of the engine is full.',
    fix: 'Make the image smaller (PyTorch for CPUs from --index-url https://download.pytorch.org/whl/cpu, COPY --chown instead of RUN chown -R), leave free-disk: auto, or take a larger runner.',
  },
  {
    name: 'out-of-memory',
    pattern:
      /exit code: 137|signal: killed|Killed signal terminated program|cannot allocate memory|virtual memory exhausted|std::bad_alloc|^MemoryError|Java heap space/i,
    cause: 'The step was killed, or could get no more memory: the machine that builds has too little of it.',
    fix: 'Compile with fewer jobs at once (MAKEFLAGS=-j1, MAX_JOBS=1), install wheels instead of compiling, train outside of the build, or take a larger runner.',
  },
  {
    name: 'wrong-architecture',
    pattern: /exec format error/i,
    cause: 'A program for another processor than that of this machine was started.',
    fix: 'Take a base image and binaries for the architecture of the runner; to build for another one, set up QEMU with docker/setup-qemu-action before this step. A script needs a first line such as #!/bin/sh.',
  },
]
