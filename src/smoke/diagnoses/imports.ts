import { type Sign, sign } from './diagnosis.ts'
import { isOwnModule, libraryPackage, packageOf } from './packages.ts'

const apt = (name: string) => `RUN apt-get update && apt-get install -y --no-install-recommends ${name} && rm -rf /var/lib/apt/lists/*`

/** That of training and that of the image, by scikit-learn's own warning. */
const versions = (lines: readonly string[]): readonly (string | undefined)[] =>
  /from version (\S+) when using version (\S+?)\.?(?: |$)/m.exec(lines.join('\n')) ?? []

/** Modules, packages, libraries and the application itself are not found, or do not fit together. */
export const importSigns: readonly Sign[] = [
  sign(
    'app-module-not-found',
    /Error loading ASGI app\. Could not import module "([^"]+)"|^Error: Could not import '([^']+)'/,
    'The server finds no module $1 to serve.',
    ([, module = ''], { evidence }) => [
      `WORKDIR ${evidence.expected.workingDirectory}`,
      `COPY ${module.split('.')[0]}${module.includes('.') ? '/ ' : '.py '}./${module.includes('.') ? `${module.split('.')[0]}/` : ''}    # ${module}:app is looked for below WORKDIR`,
    ],
  ),
  sign(
    'app-attribute-not-found',
    /Attribute "([^"]+)" not found in module "([^"]+)"|Failed to find attribute '([^']+)' in '([^']+)'/,
    'The module $2 has no $1.',
    ['CMD ["uvicorn", "$2:NAME", "--host", "0.0.0.0"]    # NAME is the variable: NAME = FastAPI()'],
  ),
  sign(
    'numpy-abi',
    /numpy\.core\.multiarray failed to import|No module named '(numpy\._core)|numpy\.(?:dtype|ndarray) size changed|compiled using NumPy 1\.x cannot be run in|_ARRAY_API not found/,
    ([, newer]) =>
      newer
        ? 'The model was pickled with numpy 2, and the image has numpy 1.'
        : 'A package was compiled for numpy 1, and the image has numpy 2.',
    ([, newer]) => [
      newer
        ? 'numpy>=2    # requirements.txt: as in training'
        : 'numpy<2    # requirements.txt: or newer builds of the packages that use it',
    ],
  ),
  sign(
    'sklearn-skew',
    /No module named '_loss'|No module named 'sklearn\.(?:externals|ensemble\.forest|tree\.tree|linear_model\.logistic|svm\.classes|neighbors\.\w+|preprocessing\.(?:label|data|imputation)|_loss\.\w+|[\w.]*_[\w.]*)'|Can't get attribute '(?:__pyx_\w+|_\w+)' on <module 'sklearn|has no attribute '(?:monotonic_cst|_fill_dtype|_infer_precision|_base_fit|base_estimator_|_validate_params)'|node array from the pickle has an incompatible dtype|_RemainderColsList/,
    (_, { lines }) => {
      const [, trained, served] = versions(lines)
      return trained
        ? `The model was trained with scikit-learn ${trained}, and the image has ${served}.`
        : 'The model was pickled with another version of scikit-learn than the image has.'
    },
    (_, { lines }) => {
      const trained = versions(lines)[1] ?? 'X.Y.Z'
      return [`scikit-learn==${trained}    # requirements.txt: python -c "import sklearn; print(sklearn.__version__)" where it is trained`]
    },
  ),
  sign(
    'import-error',
    /requires ["']?python-multipart["']? to be installed|(?:No module named|ImportError:) '?(email_validator)\b|email-validator is not installed/,
    'A package that FastAPI needs for this is not installed.',
    ([text = '']) => [`${/email/.test(text) ? 'email-validator' : 'python-multipart'}    # requirements.txt`],
  ),
  sign(
    'import-error',
    /(?:ModuleNotFoundError|ImportError): No module named '?([\w.]+)'?/,
    ([, module = ''], { evidence }) =>
      isOwnModule(module, evidence.expected.command)
        ? `The module ${module} of the project is not in the image, or not below WORKDIR (${evidence.expected.workingDirectory}).`
        : `The package that has the module ${module} is not installed in the image.`,
    ([, module = ''], { evidence }) => {
      const [top = ''] = module.split('.')
      return isOwnModule(module, evidence.expected.command)
        ? [`COPY ${top}/ ./${top}/    # or ${top}.py; look into .dockerignore, too`, `ENV PYTHONPATH=${evidence.expected.workingDirectory}`]
        : [`${packageOf(top)}    # requirements.txt`]
    },
  ),
  sign(
    'package-skew',
    /ImportError: cannot import name '(\w+)' from (?:partially initialized module )?'([\w.]+)'|AttributeError: module '([\w.]+)' has no attribute '(\w+)'/,
    ([text = '', first = '', second = '']) =>
      /partially initialized/.test(text)
        ? `Modules import each other in a circle: ${second} has no ${first} yet.`
        : /^Attr/.test(text)
          ? `${first} has no ${second} in the version that is installed.`
          : `${second} has no ${first} in the version that is installed.`,
    ([text = '', first = '', second = '']) => [
      `${packageOf((/^Attr/.test(text) ? first : second).split('.')[0] ?? '')}==X.Y.Z    # requirements.txt: the version it was written for`,
    ],
  ),
  sign(
    'cuda-on-cpu',
    /(libcuda\.so\.1|libnvidia-ml\.so\.1|libcudart\.so[.\d]*|libcublas\.so[.\d]*|libcudnn\w*\.so[.\d]*): cannot open shared object file/,
    'A package is built for CUDA and wants $1, which no image without a GPU driver has.',
    ['RUN pip install torch --index-url https://download.pytorch.org/whl/cpu'],
  ),
  sign(
    'shared-object-missing',
    /(lib[\w+.-]+\.so[.\d]*): cannot open shared object file|Library not loaded: \S*?(lib[\w+.-]+)/,
    'The library $1 is not in the image.',
    ([, library = '']) =>
      library === 'libGL.so.1'
        ? ['opencv-python-headless    # requirements.txt: in place of opencv-python', `# or: ${apt('libgl1')}`]
        : [apt(libraryPackage(library))],
  ),
  sign('syntax-error', /^(SyntaxError|IndentationError|TabError): (.*)/, '$1: $2.', [
    'FROM python:3.12-slim    # or the code as the Python of the image reads it: python -m compileall .',
  ]),
]
