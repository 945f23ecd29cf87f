import { basename } from 'node:path'
import { isModelFile } from '../../../model/artefacts.ts'

/** Something that a build context holds and an image has no use for. */
export type LeftIn = Readonly<{
  /** The name of the rule. */
  id: string
  /** As it is told: `holds …`. */
  what: string
  why: string
  /** Whether a path is such a thing; one of a folder that is weighed as a whole ends with `/`. Asking for the bytes costs time. */
  is: (path: string, bytes: () => number) => boolean
  /** What of a path is told: the folder that it lies in. */
  named: (path: string) => string
  /** The line of `.dockerignore` that leaves it out. */
  pattern: (named: string) => string
  /** Below so many bytes together it is not worth a word. */
  from: number
  /** It is no matter of bytes. */
  risk?: string
  /** Also where COPY names it. */
  always?: true
}>

/** A folder of one of these names, wherever it is; the path up to it. */
const inFolder = (names: string, flags = '') => {
  const folder = new RegExp(`^(?:[^/]+/)*?(?:${names})/`, flags)
  return {
    is: (path: string) => folder.test(path),
    named: (path: string) => folder.exec(path)?.[0] ?? path,
  }
}
const anywhere = (named: string) => `**/${basename(named)}`
const asItIs = (named: string) => named.replace(/\/$/, '')
const same = (path: string) => path

const dataFile =
  /\.(csv|tsv|parquet|feather|arrow|jsonl|ndjson|npz|tfrecords?|recordio|hdf5|sqlite3?|avro|orc|zip|tar|tgz|tar\.gz|7z)(\.gz|\.zst|\.bz2)?$/i
const inData = inFolder('data|datasets?|raw_data|training_data|train_data', 'i')
const inCode = inFolder('tests?|testing')
const inRuns = inFolder('mlruns|mlartifacts|wandb|lightning_logs|tensorboard|tb_logs|catboost_info|\\.dvc|\\.neptune|\\.clearml')
const bytecode = inFolder('__pycache__|\\.pytest_cache|\\.ruff_cache|\\.mypy_cache')
const secretEnvironment = /^\.env(\.(?!(?:example|sample|template|dist|defaults?|test)$)[\w.-]+)?$/

/** Larger than what a service is made of (bytes). */
const largeFile = 50e6
/** Files that people write are not that large. */
const small = /\/$|\.(py|pyi|ipynb|js|mjs|ts|tsx|css|html?|md|rst|txt|toml|ya?ml|cfg|ini|sh|lock|svg|png|jpe?g|[ch](pp)?)$/

export const leftIn: readonly LeftIn[] = [
  {
    id: 'env-file-in-image',
    what: 'the variables of a machine',
    why: 'Whoever pulls the image can read what .env holds, and a later layer that deletes it hides it from nobody.',
    is: (path) => secretEnvironment.test(basename(path)),
    named: same,
    pattern: anywhere,
    from: 0,
    risk: 'Passwords and tokens in .env are published with the image.',
    always: true,
  },
  {
    id: 'git-in-image',
    what: 'the history of the project',
    why: 'Each commit changes .git, so the layers of this COPY and of all after it are built anew each time; and all that was ever committed is in the image.',
    is: (path) => /(^|\/)\.(git|hg|svn)\/$/.test(path),
    named: same,
    pattern: anywhere,
    from: 0,
  },
  {
    id: 'venv-in-image',
    what: 'packages that were installed for another machine',
    why: 'The image installs its own. Those of a virtual environment name the Python and the folder of the machine that made them.',
    is: (path) => /\/$/.test(path) && !/(^|\/)(\.git|\.hg|\.svn|__pycache__|\.(pytest|ruff|mypy)_cache)\/$/.test(path),
    named: same,
    pattern: asItIs,
    from: 0,
  },
  {
    id: 'bytecode-in-image',
    what: 'compiled Python of another machine',
    why: 'Python compiles what it imports. These files change without the code, and then the layer is built anew. In .dockerignore a name without **/ means the top folder alone.',
    is: (path) => bytecode.is(path) || /(^|\/)(__pycache__|\.(pytest|ruff|mypy)_cache)\/$/.test(path) || /\.py[co]$/.test(path),
    named: (path) => (path.endsWith('/') ? path : bytecode.is(path) ? bytecode.named(path) : path),
    pattern: (named) => (named.endsWith('/') ? anywhere(named) : '**/*.py[co]'),
    from: 0,
  },
  {
    id: 'tests-in-image',
    what: 'tests',
    why: 'The service does not run them, and each change of a test builds the layer of the code anew.',
    is: (path) => inCode.is(path) && /(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/.test(path),
    named: inCode.named,
    pattern: asItIs,
    from: 0,
  },
  {
    id: 'notebooks-in-image',
    what: 'notebooks',
    why: 'The service does not run them. Their output may be large, and may show data.',
    is: (path) => path.endsWith('.ipynb'),
    named: same,
    pattern: () => '**/*.ipynb',
    from: 0,
  },
  {
    id: 'training-runs-in-image',
    what: 'what training has left',
    why: 'Runs grow with each training, and the service needs one model of them at most.',
    is: inRuns.is,
    named: inRuns.named,
    pattern: asItIs,
    from: 0,
  },
  {
    id: 'dataset-in-image',
    what: 'data',
    why: 'A service predicts, it does not train: data makes the image slow to push and to pull, and shows it to all who may pull.',
    is: (path, bytes) => !isModelFile(path) && (inData.is(path) || (dataFile.test(path) && bytes() >= 1e6)),
    named: (path) => (inData.is(path) ? inData.named(path) : path),
    pattern: asItIs,
    from: 5e6,
  },
  {
    id: 'large-file-in-image',
    what: 'more than code',
    why: 'What is in the layer of the code is pushed and pulled with each change of it. Weights belong into a COPY of their own, before the code.',
    is: (path, bytes) => !small.test(path) && !isModelFile(path) && bytes() >= largeFile,
    named: same,
    pattern: asItIs,
    from: largeFile,
  },
]
