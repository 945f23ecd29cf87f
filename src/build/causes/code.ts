import type { KnownCause } from '../causes.ts'

/** Code of the project that is run in a step: a model is trained, loaded or converted. */
export const codeCauses: readonly KnownCause[] = [
  {
    name: 'lfs-pointer',
    pattern: /invalid load key, 'v'|git-lfs\.github\.com\/spec|HeaderTooLarge|git: 'lfs' is not a git command/i,
    cause: 'The model is a pointer of Git LFS, not the model itself: the checkout did not fetch it.',
    fix: 'Set lfs: true on actions/checkout.',
  },
  {
    name: 'numpy-versions',
    pattern: /numpy\.dtype size changed|numpy\.core\.multiarray failed to import|No module named 'numpy\._core'|compiled using NumPy 1\.x/i,
    cause: 'Packages or the model were made with another major version of numpy than the one installed.',
    fix: 'Pin numpy to the version that the model was made with (numpy<2 for packages compiled before).',
  },
  {
    name: 'missing-module',
    pattern: /No module named '?([\w.]+)/,
    cause: 'The module $1 is not installed, or not yet copied, when this step runs it.',
    fix: 'Add its package to the requirements that are installed before; a module of your own needs a COPY before the step.',
  },
  {
    name: 'missing-file',
    pattern: /No such file or directory: '?([^\s']+)|can't open file '?([^\s']+)|cannot stat '?([^\s']+)|^FileNotFoundError(?!.*No such)/i,
    cause: 'A file that the step reads is not in the image at this point ($1$2$3).',
    fix: 'COPY it before the step; look into .dockerignore, and at WORKDIR for paths that do not start with /.',
  },
]
