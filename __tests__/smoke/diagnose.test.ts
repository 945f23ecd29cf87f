import { describe, expect, test } from '@jest/globals'
import { type FailureCode, failures } from '../../src/errors.ts'
import { diagnosisFailures } from '../../src/failures/diagnoses.ts'
import type { Red } from '../../src/outcome.ts'
import { diagnose, recognise } from '../../src/smoke/diagnose.ts'
import type { Evidence, State } from '../../src/smoke/evidence.ts'
import type { Exchanged } from '../../src/smoke/witness.ts'

type Given = Partial<Omit<Evidence, 'expected' | 'state'>> &
  Readonly<{ expected?: Partial<Evidence['expected']>; state?: Partial<State> | 'none' }>

const ended: State = {
  running: false,
  exitCode: 1,
  oomKilled: false,
  error: '',
  restarts: 0,
  restartPolicy: 'no',
  user: '',
  memoryLimit: 0,
}
const runs: Partial<State> = { running: true, exitCode: 0 }

/** A container that ended with exit code 1 and said nothing. */
function evidenceOf({ expected, state = {}, ...more }: Given = {}): Evidence {
  return {
    step: 'container-exited',
    ...(state === 'none' ? {} : { state: { ...ended, ...state } }),
    lines: [],
    exchanges: [],
    operations: [],
    healthyPaths: [],
    speaksTls: false,
    ...more,
    expected: {
      ...{ container: 'c', port: 8000, portFrom: 'EXPOSE', healthPath: '/health', predictPath: '/predict', startTimeoutMs: 120_000 },
      ...{ envNames: [], command: ['uvicorn', 'main:app', '--host', '0.0.0.0'], workingDirectory: '/app' },
      ...expected,
    },
  }
}

const died = (...lines: readonly string[]) => recognise(evidenceOf({ lines }))
const health = (status: number, body = ''): Exchanged => ({ method: 'GET', path: '/health', status, body })
const predict = (status: number, body = ''): Exchanged => ({ method: 'POST', path: '/predict', status, body })
const refused: Exchanged = { method: 'GET', path: '/health', body: '', error: 'socket hang up' }
const predicted = (answer: Exchanged, lines: readonly string[] = [], more: Given = {}) =>
  recognise(evidenceOf({ step: 'predict-failed', state: runs, lines, exchanges: [health(200, '{"status":"ok"}'), answer], ...more }))
const silent = (more: Given) => recognise(evidenceOf({ step: 'not-listening', state: runs, exchanges: [refused], ...more }))

describe('the last words of a container, as they were seen in the field', () => {
  test.each<readonly [FailureCode, string, RegExp, RegExp]>([
    ['import-error', "ModuleNotFoundError: No module named 'sklearn'", /module sklearn is not installed/, /^scikit-learn /],
    ['import-error', "ModuleNotFoundError: No module named 'sentence_transformers'", /not installed/, /^sentence-transformers /],
    ['import-error', "ImportError: No module named 'app.model'", /app\.model of the project/, /COPY app\//],
    ['import-error', "ModuleNotFoundError: No module named 'main'", /of the project/, /COPY main\//],
    ['import-error', 'RuntimeError: Form data requires "python-multipart" to be installed.', /FastAPI needs/, /python-multipart/],
    [
      'import-error',
      'ImportError: email-validator is not installed, run `pip install pydantic[email]`',
      /FastAPI needs/,
      /email-validator/,
    ],
    [
      'package-skew',
      "ImportError: cannot import name 'url_quote' from 'werkzeug.urls' (/usr/lib/urls.py)",
      /werkzeug\.urls has no url_quote/,
      /werkzeug==/,
    ],
    ['package-skew', "AttributeError: module 'numpy' has no attribute 'bool'", /numpy has no bool/, /numpy==/],
    [
      'package-skew',
      "ImportError: cannot import name 'app' from partially initialized module 'main' (most likely due to a circular import)",
      /circle/,
      /main==/,
    ],
    ['app-module-not-found', 'ERROR:    Error loading ASGI app. Could not import module "app.main".', /no module app\.main/, /COPY app\//],
    [
      'app-attribute-not-found',
      'ERROR:    Error loading ASGI app. Attribute "app" not found in module "main".',
      /main has no app/,
      /main:NAME/,
    ],
    ['app-attribute-not-found', "Failed to find attribute 'app' in 'wsgi'.", /wsgi has no app/, /wsgi:NAME/],
    ['numpy-abi', 'ImportError: numpy.core.multiarray failed to import', /numpy 2/, /numpy<2/],
    ['numpy-abi', "ModuleNotFoundError: No module named 'numpy._core'", /pickled with numpy 2/, /numpy>=2/],
    [
      'numpy-abi',
      'ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88',
      /compiled for/,
      /numpy/,
    ],
    ['sklearn-skew', "ModuleNotFoundError: No module named 'sklearn.ensemble.forest'", /another version/, /scikit-learn==/],
    ['sklearn-skew', 'ValueError: node array from the pickle has an incompatible dtype:', /another version/, /scikit-learn==/],
    ['torch-skew', 'RuntimeError: Error(s) in loading state_dict for ResNet:', /\(ResNet\)/, /torch==/],
    ['torch-skew', '_pickle.UnpicklingError: Weights only load failed. This file can still be loaded', /2\.6/, /weights_only=False/],
    ['lfs-pointer', "_pickle.UnpicklingError: invalid load key, 'v'.", /Git LFS/, /actions\/checkout/],
    ['model-corrupt', "_pickle.UnpicklingError: invalid load key, '<'.", /cut off/, /stat/],
    ['model-corrupt', 'EOFError: Ran out of input', /empty/, /stat/],
    ['model-corrupt', 'RuntimeError: PytorchStreamReader failed reading zip archive: failed finding central directory', /cut off/, /stat/],
    [
      'pickle-class-missing',
      "AttributeError: Can't get attribute 'Scaler' on <module '__main__' from '/usr/bin/uvicorn'>",
      /wants Scaler/,
      /import Scaler/,
    ],
    [
      'file-missing',
      "FileNotFoundError: [Errno 2] No such file or directory: 'models/iris.joblib'",
      /looked for in \/app/,
      /COPY models\/iris\.joblib/,
    ],
    [
      'file-missing',
      "python: can't open file '/app/server.py': [Errno 2] No such file or directory",
      /\/app\/server\.py is not in the image/,
      /COPY server\.py \/app\/server\.py/,
    ],
    ['file-missing', 'Error: Invalid value: File does not exist: app.py', /app\.py/, /COPY app\.py/],
    ['container-out-of-memory', 'MemoryError', /no more memory/, /--memory/],
    [
      'container-out-of-memory',
      'numpy.core._exceptions._ArrayMemoryError: Unable to allocate 74.5 GiB for an array',
      /74\.5 GiB/,
      /--memory/,
    ],
    ['cache-not-writable', "PermissionError: [Errno 13] Permission denied: '/.cache'", /\/\.cache/, /HF_HOME/],
    [
      'cache-not-writable',
      "OSError: PermissionError at /.cache/huggingface when downloading acme/m. Permission denied: '/.cache/huggingface'",
      /cache/,
      /HF_HOME/,
    ],
    [
      'cache-not-writable',
      "RuntimeError: cannot cache function '__shear_dense': no locator available for file '/x.py'",
      /cache/,
      /NUMBA_CACHE_DIR/,
    ],
    ['permission-denied', "PermissionError: [Errno 13] Permission denied: '/app/model.pkl'", /\/app\/model\.pkl/, /--chown/],
    ['read-only-filesystem', "OSError: [Errno 30] Read-only file system: '/app/x.log'", /\/app\/x\.log/, /tmpfs/],
    ['container-disk-full', 'OSError: [Errno 28] No space left on device', /no room/, /tmpfs/],
    [
      'shared-memory-small',
      'RuntimeError: DataLoader worker (pid 42) is killed by signal: Bus error. insufficient shared memory (shm)',
      /64 MB/,
      /shm-size/,
    ],
    ['shared-object-missing', 'ImportError: libGL.so.1: cannot open shared object file: No such file or directory', /libGL/, /headless/],
    [
      'shared-object-missing',
      'OSError: libgomp.so.1: cannot open shared object file: No such file or directory',
      /libgomp/,
      /install -y --no-install-recommends libgomp1 /,
    ],
    ['shared-object-missing', 'OSError: libfoo.so.7: cannot open shared object file: No such file or directory', /libfoo/, /libfoo7 /],
    ['cuda-on-cpu', 'ImportError: libcuda.so.1: cannot open shared object file: No such file or directory', /CUDA/, /whl\/cpu/],
    ['cuda-on-cpu', 'RuntimeError: Found no NVIDIA driver on your system.', /GPU/, /is_available/],
    ['cuda-on-cpu', 'AssertionError: Torch not compiled with CUDA enabled', /GPU/, /is_available/],
    [
      'cuda-on-cpu',
      'RuntimeError: Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False.',
      /saved on a GPU/,
      /map_location/,
    ],
    [
      'cuda-kernel-image',
      'RuntimeError: CUDA error: no kernel image is available for execution on the device',
      /GPU of this machine/,
      /whl\/cu/,
    ],
    ['exec-format', 'exec /usr/local/bin/python: exec format error', /another processor/, /platforms/],
    ['bad-shebang', 'exec /run.sh: no such file or directory', /\/run\.sh/, /sed/],
    ['bad-shebang', "/usr/bin/env: 'bash\\r': No such file or directory", /interpreter/, /eol=lf/],
    [
      'entrypoint-not-executable',
      'OCI runtime create failed: unable to start container process: exec: "/run.sh": permission denied: unknown.',
      /\/run\.sh/,
      /chmod=755 \/run\.sh/,
    ],
    [
      'command-not-found',
      'unable to start container process: exec: "uvicorn": executable file not found in $PATH: unknown.',
      /no program uvicorn/,
      /requirements\.txt/,
    ],
    [
      'command-not-found',
      'unable to start container process: exec: "/app/start": stat /app/start: no such file or directory: unknown',
      /\/app\/start/,
      /COPY start/,
    ],
    ['command-not-found', '/bin/sh: 1: gunicorn: not found', /no program gunicorn/, /requirements/],
    ['command-not-found', '/entry.sh: line 3: curl: command not found', /no program curl/, /install the package/],
    [
      'user-missing',
      'docker: Error response from daemon: unable to find user app: no matching entries in passwd file',
      /user or group app/,
      /useradd/,
    ],
    ['env-missing', "KeyError: 'AIP_HTTP_PORT'", /AIP_HTTP_PORT/, /run-env/],
    ['env-missing', 'environs.exceptions.EnvError: Environment variable "SECRET_KEY" not set', /SECRET_KEY/, /run-env/],
    ['env-missing', 'decouple.UndefinedValueError: DB_URL not found. Declare it as envvar or define a default value.', /DB_URL/, /run-env/],
    ['env-missing', '/run.sh: line 2: MODEL_URI: unbound variable', /MODEL_URI/, /run-env/],
    ['env-missing', 'ValueError: MODEL_NAME environment variable is not set', /MODEL_NAME/, /run-env/],
    [
      'dependency-unreachable',
      'redis.exceptions.ConnectionError: Error -2 connecting to redis:6379. Name or service not known.',
      /redis:6379/,
      /REDIS_URL/,
    ],
    [
      'dependency-unreachable',
      'psycopg2.OperationalError: could not translate host name "db" to address: Name or service not known',
      /reach db/,
      /DB_URL/,
    ],
    ['dependency-unreachable', 'connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused', /localhost/, /URL/],
    [
      'dependency-unreachable',
      "requests.exceptions.ConnectionError: HTTPConnectionPool(host='mlflow', port=5000): Max retries exceeded with url: /api (Caused by NameResolutionError)",
      /mlflow:5000/,
      /MLFLOW_URL/,
    ],
    ['dependency-unreachable', 'kafka.errors.NoBrokersAvailable: NoBrokersAvailable', /another one/, /run-env/],
    ['model-download', "OSError: We couldn't connect to 'https://huggingface.co' to load this file", /huggingface\.co/, /HF_HUB_OFFLINE/],
    [
      'model-download',
      "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='cdn.example.com', port=443): Max retries exceeded with url: /m.bin",
      /cdn\.example\.com/,
      /download\.py/,
    ],
    [
      'model-download',
      "OSError: [E050] Can't find model 'en_core_web_sm'. It doesn't seem to be a Python package",
      /en_core_web_sm/,
      /RUN/,
    ],
    ['token-missing', 'huggingface_hub.errors.GatedRepoError: 401 Client Error. (Request ID: x)', /token/, /hf_token/],
    ['token-missing', 'botocore.exceptions.NoCredentialsError: Unable to locate credentials', /token/, /run-env/],
    [
      'address-in-use',
      "ERROR:    [Errno 98] error while attempting to bind on address ('0.0.0.0', 8000): address already in use",
      /same port/,
      /8001/,
    ],
    ['nan-answer', 'ValueError: Input X contains NaN.', /NaN/, /isfinite/],
    ['syntax-error', 'SyntaxError: invalid syntax', /invalid syntax/, /python:3/],
    ['worker-timeout', '[2026-01-01 00:00:00 +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:9)', /time-out/, /--timeout 120/],
    ['worker-boot-failed', 'ERROR:    Application startup failed. Exiting.', /while it started/, /import main/],
    ['segmentation-fault', 'Fatal Python error: Segmentation fault', /Native code/, /FAULTHANDLER/],
    ['illegal-instruction', 'Illegal instruction (core dumped)', /processor/, /wheel/],
    ['model-corrupt', 'Aborted!', /uvicorn/, /stat/],
    [
      'file-missing',
      'FileNotFoundError: Model file not found: models/iris.joblib',
      /^models\/iris\.joblib is not/,
      /COPY models\/iris\.joblib/,
    ],
    [
      'file-missing',
      'RuntimeError: Model not found at /app/artifacts/model.onnx',
      /^\/app\/artifacts\/model\.onnx is not/,
      /COPY artifacts\/model\.onnx/,
    ],
    ['file-missing', "FileNotFoundError: [Errno 2] No such file or directory: '/app/logs/app.log'", /app\.log/, /mkdir -p \/app\/logs/],
    ['sklearn-skew', "ModuleNotFoundError: No module named '_loss'", /another version/, /scikit-learn==X/],
    ['sklearn-skew', "ModuleNotFoundError: No module named 'sklearn.ensemble._gb_losses'", /another version/, /scikit-learn==X/],
    [
      'model-download',
      'huggingface_hub.errors.LocalEntryNotFoundError: An error happened while trying to locate the file on the Hub',
      /downloads/,
      /HF_HUB/,
    ],
    [
      'model-download',
      "huggingface_hub.errors.LocalEntryNotFoundError: Cannot find an appropriate cached snapshot folder for the specified revision on the local disk and outgoing traffic has been disabled. To enable repo look-ups and downloads online, set 'HF_HUB_OFFLINE=0' as environment variable.",
      /downloads/,
      /HF_HUB/,
    ],
    ['model-download', 'Resource punkt not found.', /punkt/, /RUN/],
    [
      'dependency-unreachable',
      'pymongo.errors.ServerSelectionTimeoutError: mongo:27017: [Errno -2] Name or service not known (configured timeouts: x), Timeout: 0.5s',
      /reach mongo:27017/,
      /MONGODB_URL/,
    ],
    [
      'dependency-unreachable',
      'psycopg2.OperationalError: connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused',
      /localhost:5432/,
      /POSTGRES_URL/,
    ],
    ['env-missing', 'environs.exceptions.EnvNotSetError: Environment variable "SECRET_KEY" not set', /SECRET_KEY/, /run-env/],
  ])('%s: %s', (code, line, what, fix) => {
    const found = died('INFO: starting', line)
    expect(found).toMatchObject({ code, proof: line.slice(0, 300) })
    expect(found?.what).toMatch(what)
    expect(found?.fix.join('\n')).toMatch(fix)
    expect(`${found?.what}\n${found?.fix.join('\n')}`).not.toMatch(/\$\d|undefined| \(\)/)
  })
})

describe('a log is read from its end', () => {
  test('what was caught and survived is not the cause', () =>
    expect(died("ModuleNotFoundError: No module named 'uvloop'", 'falling back', "KeyError: 'MODEL_PATH'")?.code).toBe('env-missing'))
  test('a warning is the cause only where nothing else is known', () => {
    const warning = 'InconsistentVersionWarning: Trying to unpickle estimator SVC from version 1.2.2 when using version 1.5.0. This might'
    expect(died(warning, 'ValueError: node array from the pickle has an incompatible dtype:')?.fix[0]).toMatch(/^scikit-learn==1\.2\.2 /)
    expect(died(warning)).toMatchObject({
      code: 'sklearn-skew',
      what: 'The SVC was trained with scikit-learn 1.2.2, and the image has 1.5.0.',
    })
    expect(died("FileNotFoundError: [Errno 2] No such file or directory: 'x.pkl'", warning)?.code).toBe('file-missing')
  })
  test('fields of settings are read below their headline', () => {
    const lines = [
      'pydantic_core._pydantic_core.ValidationError: 1 validation error for AppSettings',
      'model_uri',
      '  Field required [type=missing]',
    ]
    expect(died(...lines)).toMatchObject({
      code: 'env-missing',
      fix: ['run-env: |', '  MODEL_URI=value', expect.stringContaining('env_prefix')],
    })
    expect(
      died(lines[0]?.replace('AppSettings', 'S') ?? '', 'model_uri', '  Field required [type=missing, input_value={}, input_type=dict]')
        ?.code,
    ).toBe('env-missing')
  })
  test('a program that is called and is not there is no file of the model', () =>
    expect(
      died(
        '  File "/usr/lib/python3.11/subprocess.py", line 1955, in _execute_child',
        "FileNotFoundError: [Errno 2] No such file or directory: 'ffmpeg'",
      ),
    ).toMatchObject({
      code: 'command-not-found',
      fix: [expect.stringContaining('ffmpeg')],
    }))
  test('what None was made of is read above', () =>
    expect(
      died('  File "main.py", line 1', "    port = int(os.getenv('PORT'))", "TypeError: int() argument must be a string, not 'NoneType'"),
    ).toMatchObject({
      code: 'env-missing',
      what: 'The service wants the variable PORT, which the container does not have.',
    }))
  test.each([
    ['a field that is required', 'error: model_path is required'],
    ['a request that does not fit is no missing variable', '1 validation error for Iris'],
    ['a key of the data is none either', "KeyError: 'sepal_length'"],
    ['progress', 'INFO: Loading model from /models/model.pkl'],
    ['a GPU that TensorFlow looks for', 'failed call to cuInit: CUDA_ERROR_NO_DEVICE: no device is detected; falling back to CPU'],
    [
      'the advice of TensorFlow',
      'To enable the following instructions: AVX2 FMA, in other operations, rebuild TensorFlow with the appropriate compiler flags.',
    ],
  ])('%s', (_, line) => expect(died(line)).toBeUndefined())
})

describe('how it ended, where the log is of no help', () => {
  test.each<readonly [FailureCode | undefined, Partial<State>]>([
    ['exits-at-once', { exitCode: 0 }],
    ['illegal-instruction', { exitCode: 132 }],
    ['segmentation-fault', { exitCode: 139 }],
    ['segmentation-fault', { exitCode: 134 }],
    ['shared-memory-small', { exitCode: 135 }],
    ['killed-by-itself', { exitCode: 137 }],
    ['container-out-of-memory', { exitCode: 137, oomKilled: true, memoryLimit: 64 << 20 }],
    ['restart-loop', { exitCode: 1, restartPolicy: 'always' }],
    ['restart-loop', { exitCode: 1, restarts: 3 }],
    [undefined, { exitCode: 1 }],
  ])('%s: %j', (code, state) => expect(recognise(evidenceOf({ state }))?.code).toBe(code))
  test('the kernel comes before all that was written', () =>
    expect(recognise(evidenceOf({ state: { exitCode: 137, oomKilled: true }, lines: ['[CRITICAL] WORKER TIMEOUT (pid:9)'] }))?.code).toBe(
      'container-out-of-memory',
    ))
  test('the log comes before an exit code', () =>
    expect(
      recognise(evidenceOf({ state: { exitCode: 137 }, lines: ["FileNotFoundError: [Errno 2] No such file or directory: 'm.pkl'"] }))?.code,
    ).toBe('file-missing'))
})

describe('sockets, where nothing answers', () => {
  const at = (address: string, port: number) => ({ address, port, loopback: address.startsWith('127.') })
  test.each<readonly [FailureCode | undefined, Given, string]>([
    ['bound-to-loopback', { listening: [at('127.0.0.1', 8000)] }, 'CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"]'],
    ['bound-to-loopback', { listening: [at('127.0.0.1', 5000)] }, 'CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"]'],
    [
      'bound-to-loopback',
      { listening: [at('127.0.0.1', 8000)], expected: { command: ['python', 'app.py'] } },
      'uvicorn.run(app, host="0.0.0.0", port=8000)    # or app.run(host="0.0.0.0", port=8000)',
    ],
    ['wrong-port', { listening: [at('0.0.0.0', 9000)] }, 'port: 9000'],
    ['wrong-port', { listening: [at('::', 80), at('127.0.0.1', 9999)] }, 'port: 80'],
    ['not-answering', { listening: [at('0.0.0.0', 8000)] }, 'start-timeout: 5m'],
    [
      'tls-expected',
      { listening: [at('0.0.0.0', 8000)], speaksTls: true },
      '# serve plain HTTP in the container: without --ssl-keyfile and --ssl-certfile (uvicorn), --keyfile and --certfile (gunicorn)',
    ],
    [
      'worker-timeout',
      { listening: [at('0.0.0.0', 8000)], lines: ['WORKER TIMEOUT (pid:7)'] },
      'CMD gunicorn main:app --timeout 120 --preload',
    ],
    [undefined, { listening: [] }, ''],
    [undefined, {}, ''],
  ])('%s: %j', (code, given, fix) => {
    const found = silent(given)
    expect([found?.code, found?.fix[0] ?? '']).toEqual([code, fix])
  })
})

describe('answers', () => {
  const operations = [
    { method: 'GET', path: '/health' },
    { method: 'POST', path: '/v1/predict' },
  ]
  test.each<readonly [FailureCode | undefined, Exchanged, readonly string[], Given, RegExp]>([
    ['predict-path-wrong', predict(404, '{"detail":"Not Found"}'), [], { operations }, /^predict-path: \/v1\/predict/],
    ['predict-path-wrong', predict(404), [], {}, /^predict-path: /],
    ['predict-method-wrong', predict(405), [], {}, /@app\.post\("\/predict"\)/],
    ['predict-method-wrong', predict(405), [], { operations }, /predict-path: \/v1\/predict/],
    ['predict-body-refused', predict(422, '{"detail":[{"loc":["body","features"],"msg":"Field required"}]}'), [], {}, /"features": \.\.\./],
    ['predict-body-refused', predict(400, 'wrong shape'), [], {}, /predict-body/],
    ['auth-required', predict(401), [], {}, /run-env/],
    ['health-lies', predict(503, '{"detail":"Model not loaded"}'), [], {}, /status_code = 200 if model/],
    ['health-lies', predict(500, "model isn't available yet"), [], {}, /status_code/],
    ['health-lies', predict(503), ["FileNotFoundError: [Errno 2] No such file or directory: 'm.pkl'"], {}, /COPY m\.pkl/],
    ['nan-answer', predict(500), ['ValueError: Out of range float values are not JSON compliant: nan'], {}, /isfinite/],
    ['predict-crashed', predict(500), ['ZeroDivisionError: division by zero'], {}, /docker run/],
    ['predict-crashed', predict(500), ["KeyError: 'SEPAL_LENGTH'"], {}, /docker run/],
    [
      'worker-timeout',
      { method: 'POST', path: '/predict', body: '', error: 'socket hang up' },
      ['WORKER TIMEOUT (pid:7)'],
      {},
      /--timeout/,
    ],
    [undefined, predict(307), [], {}, /^$/],
    [undefined, { method: 'POST', path: '/predict', body: '', error: 'timed out' }, [], {}, /^$/],
  ])('a prediction: %s, %j', (code, answer, lines, more, fix) => {
    const found = predicted(answer, lines, more)
    expect(found?.code).toBe(code)
    expect(found?.fix.join('\n') ?? '').toMatch(fix)
  })
  test('an old error in the log does not make a refused body another thing', () =>
    expect(predicted(predict(422, '{}'), ["ModuleNotFoundError: No module named 'uvloop'"])?.code).toBe('predict-body-refused'))

  test.each<readonly [FailureCode | undefined, Exchanged, Given, RegExp]>([
    ['health-path-wrong', health(404), { healthyPaths: ['/healthz', '/'] }, /^health-path: \/healthz$/],
    ['health-path-wrong', health(404), { healthyPaths: ['/'] }, /^health-path: \/$/],
    ['health-path-wrong', health(404), { operations: [{ method: 'GET', path: '/api/ready' }] }, /^health-path: \/api\/ready$/],
    ['auth-required', health(403), {}, /^run-env/],
    ['auth-required', health(400, '{"type": "InvalidKeyException"}'), {}, /disable-token-auth/],
    ['model-not-loaded', health(503, '{"model_loaded": false}'), {}, /start-timeout/],
    ['model-not-loaded', health(200, '{"ready": false}'), {}, /start-timeout/],
    [undefined, health(500, 'oops'), {}, /^$/],
  ])('health: %s, %j', (code, answer, more, fix) => {
    const found = recognise(evidenceOf({ step: 'health-failed', state: runs, exchanges: [answer], ...more }))
    expect(found?.code).toBe(code)
    expect(found?.fix[0] ?? '').toMatch(fix)
  })
})

describe('a red smoke test', () => {
  const red: Red = { code: 'container-exited', message: 'It ended.', evidence: ['last words'] }
  test('gets the code of its cause; the proof and the fix stand first', () =>
    expect(diagnose(red, evidenceOf({ lines: ["KeyError: 'MODEL_PATH'"] }))).toEqual({
      code: 'env-missing',
      message: 'It ended. The service wants the variable MODEL_PATH, which the container does not have.',
      evidence: [
        "KeyError: 'MODEL_PATH'",
        'fix: run-env: |',
        'fix:   MODEL_PATH=value',
        'fix: # or a default in the Dockerfile: ENV MODEL_PATH=value',
        'last words',
      ],
    }))
  test('of no known kind keeps its code, and the error stands first', () =>
    expect(diagnose(red, evidenceOf({ lines: ['Traceback', 'LookupError: no moon', 'bye'] }))).toEqual({
      ...red,
      evidence: ['LookupError: no moon', 'last words'],
    }))
  test('of which nothing is known stays as it is', () => expect(diagnose(red, evidenceOf({ state: 'none' }))).toEqual(red))
})

test('a cause has a remedy of its own, and is a red gate', () => {
  for (const [code, { kind }] of Object.entries(diagnosisFailures)) expect([code, kind, code in failures]).toEqual([code, 'gate', true])
})

test('what is required of settings is read from its own headline alone', () =>
  expect(
    died(
      '2 validation errors for Settings',
      'db_url',
      '  Field required [type=missing, input_value={}, input_type=dict]',
      'api_token',
      '  Field required [type=missing, input_value={}, input_type=dict]',
    )?.what,
  ).toBe('The settings (Settings) want DB_URL, API_TOKEN, which the container does not have.'))
