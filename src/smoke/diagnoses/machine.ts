import { type Sign, sign } from './diagnosis.ts'

const cacheFix = [
  'ENV HF_HOME=/tmp/hf MPLCONFIGDIR=/tmp/mpl XDG_CACHE_HOME=/tmp/cache NUMBA_CACHE_DIR=/tmp/numba',
  '# or with the model in it: COPY --chown=app:app hf/ /home/app/.cache/huggingface/',
]
const path = `['"]([^'"]+)['"]`

/** What keeps a container from starting at all: told by the engine, or by the shell that is its first process. */
export const startSigns: readonly Sign[] = [
  sign(
    'bad-shebang',
    /env: .?.?(?:python3?|bash|sh)\\r|bad interpreter:? ?(.*)|: (?:not found|No such file or directory)\r|\/bin\/sh\^M|\\r': (?:No such file|command not found)|exec (\S+): no such file or directory/,
    'The script $1 names an interpreter that is not in the image; with line ends of Windows it is one with \\r behind its name.',
    ["RUN sed -i 's/\\r$//' $1", '*.sh text eol=lf    # .gitattributes'],
  ),
  sign(
    'exec-format',
    /exec (\S+): exec format error|(\S+): cannot execute binary file/i,
    '$1 is for another processor, or a script without a first line that names its interpreter.',
    ['#!/bin/sh', 'platforms: linux/amd64    # that of the runner'],
  ),
  sign(
    'entrypoint-not-executable',
    /exec: "([^"]+)": (?:permission denied|is a directory)|exec (\S+): permission denied|: exec: "?([^":]+)"?: permission denied/,
    '$1 may not be executed.',
    ['COPY --chmod=755 $1 $1', 'git update-index --chmod=+x $1'],
  ),
  sign(
    'command-not-found',
    /exec: "([^"]+)": (?:executable file not found|stat [^:]+: no such file)|(?:^|: )(?:line \d+: |\d+: )?(\S+?): (?:command )?not found$/,
    'The image has no program $1.',
    ([, program = '']) =>
      /^(uvicorn|gunicorn|flask|fastapi|streamlit|mlflow|bentoml|hypercorn|litserve|torchserve|mlserver|celery|gradio|waitress-serve)$/.test(
        program,
      )
        ? [
            `${program}    # requirements.txt, installed in the stage that ships`,
            `# or, where it is in a virtual environment: ENV PATH=/opt/venv/bin:$PATH`,
          ]
        : [`COPY ${program.split('/').at(-1)} ${program}    # or install the package that has it`],
  ),
  sign('user-missing', /unable to find (?:user|group) (\S+): no matching entries/, 'The image has no user or group $1.', [
    'RUN useradd --create-home $1',
    'USER $1',
  ]),
  sign(
    'mount-missing',
    /bind source path does not exist: (\S+)|invalid mount config .*?(\/\S+)/,
    'The path $1, which run-args mounts, is not on this machine.',
    ['- run: mkdir -p $1'],
  ),
]

/** Rights, room and processors. */
export const machineSigns: readonly Sign[] = [
  sign(
    'cache-not-writable',
    /(?:Permission denied|not writable|Read-only file system|cannot cache function).*?(\/[^\s'"]*(?:\.cache|\.config\/matplotlib|huggingface|\.keras|nltk_data|\.EasyOCR|mplconfig|__pycache__)[^\s'"]*|TRANSFORMERS_CACHE|HF_HOME)|no locator available for file/i,
    'The user of the image may not write its cache ($1).',
    cacheFix,
  ),
  sign(
    'container-disk-full',
    /No space left on device(?:: ['"]([^'"]+)['"])?/,
    'The container found no room to write ($1).',
    ['run-args: --tmpfs /tmp:size=2g    # or --shm-size 1g, where it was /dev/shm'],
    ([text = '']) => !/\/dev\/shm/.test(text),
  ),
  sign(
    'shared-memory-small',
    /(?:insufficient shared memory|No space left on device.*\/dev\/shm|unable to (?:open|allocate|write).*shared memory|DataLoader worker .* killed by signal: Bus error|Bus error)/,
    'The shared memory of the container is full: it has 64 MB.',
    ['run-args: --shm-size 1g'],
  ),
  sign(
    'read-only-filesystem',
    new RegExp(`Read-only file system(?:: ${path})?`),
    'The service writes where it may not ($1): its file system is read-only.',
    ['run-args: --tmpfs /tmp    # and let the service write there'],
  ),
  sign(
    'permission-denied',
    new RegExp(`PermissionError: .*?${path}|(\\S+): Permission denied|Permission denied: ${path}`),
    ([, what = ''], { evidence }) =>
      `The user of the container${evidence.state?.user ? ` (${evidence.state.user})` : ''} may not read or write ${what}.`,
    ([, what = ''], { evidence }) => [
      `COPY --chown=${evidence.state?.user || 'app'} --chmod=u=rwX,go=rX ${what.split('/').at(-1)} ${what}`,
    ],
  ),
  sign(
    'illegal-instruction',
    /Illegal instruction|requires? (?:a CPU with )?(AVX\S*)|compiled to use (AVX\S*).* not available/,
    'A package executes instructions that this processor does not have ($1).',
    ['# requirements.txt: a wheel for x86-64 without them'],
    ([text = '']) => !/rebuild TensorFlow/.test(text),
  ),
  sign('segmentation-fault', /Segmentation fault|Fatal Python error: (Segmentation fault|Aborted)/, 'Native code crashed the process.', [
    'ENV PYTHONFAULTHANDLER=1    # prints which package it was',
  ]),
  sign(
    'cuda-kernel-image',
    /no kernel image is available for execution on the device|CUDA capability sm_(\d+) is not compatible/,
    'The package has no code for the GPU of this machine ($1).',
    ['RUN pip install torch --index-url https://download.pytorch.org/whl/cu126    # with the capability of this GPU'],
  ),
  sign(
    'cuda-on-cpu',
    /Attempting to deserialize object on a CUDA device/,
    'The model was saved on a GPU and is to be loaded onto one, which this machine has not.',
    ['torch.load(path, map_location="cpu")'],
  ),
  sign(
    'cuda-on-cpu',
    /Found no NVIDIA driver|Torch not compiled with CUDA enabled|No CUDA GPUs are available|CUDA driver version is insufficient|CUDA_ERROR_NO_DEVICE.*(?:abort|fatal)|could not select device driver|no CUDA-capable device|nvidia-container-cli: .*|NVIDIA-SMI has failed/i,
    'The service wants a GPU, and this machine has none.',
    ['device = "cuda" if torch.cuda.is_available() else "cpu"', 'runs-on: RUNNER-WITH-A-GPU    # where only a GPU will do'],
  ),
]
