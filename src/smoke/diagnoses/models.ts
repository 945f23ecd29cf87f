import { type Place, type Sign, sign } from './diagnosis.ts'

/** `models/iris.pkl is not in the image`, and where it is looked for. */
const missing = ([, path = '']: readonly string[], { evidence }: Place) =>
  `${path} is not in the image${path.startsWith('/') ? '' : `: it is looked for in ${evidence.expected.workingDirectory}`}.`

/** How a file comes to where it is read; what is written at a start needs its folder alone. */
function copied([, path = '']: readonly string[]): readonly string[] {
  if (/\.log$|(?:^|\/)logs?\//.test(path)) return [`RUN mkdir -p ${path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'}`]
  const inContext = path.replace(/^\/(app|code|srv|home\/\w+|workspace|opt\/\w+)\//, '').replace(/^(\.\/|\/)/, '')
  return [`COPY ${inContext} ${path}    # and not in .dockerignore; test-first: true if the tests make it`]
}

/** The file of the model is not there, is another thing, or was made by other versions. */
export const modelSigns: readonly Sign[] = [
  sign(
    'lfs-pointer',
    /invalid load key, 'v'|git-lfs\.github\.com\/spec|MetadataIncompleteBuffer.*(?:LFS|lfs)/,
    'The model is a pointer of Git LFS and not the model: the checkout did not fetch it.',
    ['- uses: actions/checkout@v4', '  with:', '    lfs: true'],
  ),
  sign(
    'pickle-class-missing',
    /Can't get attribute '(\w+)' on <module '?(\w+)'?/,
    'The pickle wants $1 from the module $2, where training had it and the server has not.',
    ['# model_classes.py has $1, training and serving both import it:', 'from model_classes import $1'],
  ),
  sign('torch-skew', /(Weights only load failed|weights_only)/, 'torch 2.6 and later load weights alone, and this file holds more.', [
    'torch.load(path, weights_only=False)    # or save the state_dict',
    'torch<2.6    # requirements.txt',
  ]),
  sign(
    'torch-skew',
    /Error\(s\) in loading state_dict for (\w+)|(?:size mismatch for|Missing key\(s\) in state_dict|Unexpected key\(s\) in state_dict)[: ]+(\S+)/,
    'The weights do not fit the code of the model ($1).',
    ['# COPY the model code of the commit that trained it; torch==X.Y.Z as in training'],
  ),
  sign(
    'model-corrupt',
    /^Aborted!$/,
    'The command line of uvicorn (click) says no more of an EOFError: a file that is read while the application is imported is empty or cut off.',
    ['RUN test $(stat -c %s model.pkl) -gt 1000    # fails the build where the file is not whole'],
  ),
  sign(
    'model-corrupt',
    /EOFError: Ran out of input|UnpicklingError: (pickle data was truncated|invalid load key, .*)|PytorchStreamReader failed|SafetensorError: (.*)|BadZipFile|Unable to (?:synchronously )?open file|HeaderTooLarge|Invalid magic number|InvalidProtobuf/,
    'The file of the model cannot be read: it is cut off, empty or of another kind ($1).',
    ['RUN test $(stat -c %s model.pkl) -gt 1000    # fails the build where the file is not whole'],
  ),
  sign(
    'command-not-found',
    /FileNotFoundError: \[Errno 2\] No such file or directory: '([\w-]+)'/,
    'The service calls the program $1, which the image does not have.',
    ['RUN apt-get update && apt-get install -y --no-install-recommends $1 && rm -rf /var/lib/apt/lists/*'],
    (_, { lines, index }) => lines.slice(Math.max(0, index - 8), index).some((line) => /subprocess\.py/.test(line)),
  ),
  sign(
    'file-missing',
    /(?:FileNotFoundError|IsADirectoryError|NotADirectoryError): .*?['"]([^'"]+)['"]|can't open file '([^']+)'|(?:OSError|RuntimeError|ValueError): .*?(?:No file or directory found at|unable to open file|file does not exist:?|No such file or directory:?) ?['"]?([^\s'")]+)|File does not exist: (\S+)/,
    missing,
    copied,
    ([text = ''], { lines, index }) => !/\/\.cache/.test(text) && !/huggingface|hf\.co/.test(lines[index + 1] ?? ''),
  ),
  sign(
    'file-missing',
    /FileNotFoundError: .*?((?:[\w.-]*\/)+[\w.-]+|[\w-]+\.\w{2,11})\b|[Mm]odel (?:file |artifacts? )?(?:was |is )?(?:not found|not exist|missing|does not exist)(?: at| in|:)? ?['"]?((?:[\w.-]*\/)+[\w.-]+|[\w-]+\.\w{2,11})\b/,
    missing,
    copied,
  ),
  sign(
    'nan-answer',
    /Out of range float values are not JSON compliant(?:: (\S+))?|cannot convert float (?:NaN|infinity)|Input (?:X )?contains NaN/,
    'The model gave or got a number that JSON does not have (NaN or infinity).',
    ['if not math.isfinite(score): raise HTTPException(422, "not a number")    # and impute what is missing in the input'],
  ),
  sign(
    'container-out-of-memory',
    /(?:^|[\s.])MemoryError\b|Unable to allocate ([\d.]+ \w?iB)|DefaultCPUAllocator: (?:not enough memory|can't allocate memory)|std::bad_alloc|Cannot allocate memory|CUDA out of memory/,
    'A process of the container got no more memory ($1).',
    ['run-args: --memory 4g', '# or one worker (--workers 1), or a smaller model'],
  ),
]

/** A warning: the cause where nothing else is known. */
export const warningSigns: readonly Sign[] = [
  sign(
    'sklearn-skew',
    /Trying to unpickle estimator (\w+) from version (\S+) when using version (\S+?)\.?(?: |$)/,
    'The $1 was trained with scikit-learn $2, and the image has $3.',
    ['scikit-learn==$2    # requirements.txt'],
  ),
  sign('sklearn-skew', /InconsistentVersionWarning/, 'The model was trained with another version of scikit-learn than the image has.', [
    'scikit-learn==X.Y.Z    # requirements.txt: as in training',
  ]),
]
