/**
 * What a red smoke test is recognised as (src/smoke/diagnoses/): part of the closed list of failure codes. The fix with
 * the values of the case is in the evidence; the remedy says what kind of thing it is.
 */
export const diagnosisFailures = {
  'bound-to-loopback': {
    kind: 'gate',
    remedy: 'Let the server listen on 0.0.0.0: 127.0.0.1 is the container itself, and nobody outside reaches it.',
  },
  'wrong-port': { kind: 'gate', remedy: 'Let EXPOSE, the input port and the command of the server name the same port.' },
  'not-answering': {
    kind: 'gate',
    remedy: 'The server accepts connections and says nothing: load the model before it listens, or allow a longer start-timeout.',
  },
  'tls-expected': { kind: 'gate', remedy: 'Serve plain HTTP in the container, and leave TLS to the proxy before it.' },
  'auth-required': { kind: 'gate', remedy: 'Leave the health path open, or give the server a key for the test with run-env.' },
  'health-path-wrong': { kind: 'gate', remedy: 'Set health-path to the path that the service has.' },
  'health-lies': {
    kind: 'gate',
    remedy: 'Let the health path answer 503 until the model is loaded: an orchestrator would send requests to this container.',
  },
  'model-not-loaded': { kind: 'gate', remedy: 'Find in the log why the model was not loaded; a slow one needs a longer start-timeout.' },
  'dummy-model': { kind: 'gate', remedy: 'Put the real model into the image, and let the start fail where it is missing.' },
  'nan-answer': { kind: 'gate', remedy: 'The model predicts NaN or nothing: check its input, its missing values and its scaling.' },
  'predict-path-wrong': { kind: 'gate', remedy: 'Set predict-path to the path that the service has.' },
  'predict-method-wrong': { kind: 'gate', remedy: 'Set predict-path to one that takes POST, or let the service take it there.' },
  'predict-body-refused': { kind: 'gate', remedy: 'Correct predict-body by the schema of the service; its answer names what it misses.' },
  'predict-crashed': { kind: 'gate', remedy: 'The prediction raised an error inside the service: its traceback is in the log above.' },
  'killed-by-itself': {
    kind: 'gate',
    remedy: 'Nobody ran out of memory: a process of the container killed it, mostly as the model could not be loaded. See its log above.',
  },
  'worker-timeout': {
    kind: 'gate',
    remedy: 'Give the workers more time to load the model (--timeout), or load it once before they start.',
  },
  'worker-boot-failed': { kind: 'gate', remedy: 'The workers of the server end while they start: the first traceback above says why.' },
  'restart-loop': { kind: 'gate', remedy: 'The container ends and is started again: take --restart out of run-args, and see why it ends.' },
  'exits-at-once': { kind: 'gate', remedy: 'CMD must be a server that stays in the foreground.' },
  'illegal-instruction': {
    kind: 'gate',
    remedy: 'A package was compiled for another processor than that of this machine: take a wheel for the oldest one it must run on.',
  },
  'segmentation-fault': { kind: 'gate', remedy: 'Native code crashed: pin the packages together that were built for each other.' },
  'shared-memory-small': {
    kind: 'gate',
    remedy: 'Give the container more shared memory: --shm-size in run-args, and where it is deployed.',
  },
  'container-disk-full': { kind: 'gate', remedy: 'The container found no room to write: see which path it was, and who limits it.' },
  'read-only-filesystem': {
    kind: 'gate',
    remedy: 'Let the service write to a volume or to /tmp alone, or take --read-only out of run-args.',
  },
  'permission-denied': {
    kind: 'gate',
    remedy: 'The user of the image may not read or write the path: give it to that user when it is copied.',
  },
  'cache-not-writable': { kind: 'gate', remedy: 'Set the cache to a folder that the user of the image may write to.' },
  'shared-object-missing': { kind: 'gate', remedy: 'Install the package of the distribution that has the library.' },
  'exec-format': {
    kind: 'gate',
    remedy: 'Build the image for the platform of the runner, and give scripts a first line such as #!/bin/sh.',
  },
  'bad-shebang': { kind: 'gate', remedy: 'Store the script with LF and name an interpreter that is in the image.' },
  'entrypoint-not-executable': { kind: 'gate', remedy: 'Give the entry script the right to be executed.' },
  'command-not-found': { kind: 'gate', remedy: 'Install the program that CMD or ENTRYPOINT names in the stage that ships.' },
  'user-missing': { kind: 'gate', remedy: 'Create the user that USER names, or name it by its number.' },
  'mount-missing': { kind: 'gate', remedy: 'Make the folder before this step, or take the mount out of run-args.' },
  'import-error': { kind: 'gate', remedy: 'Install the package, or copy the module, in the stage that ships.' },
  'package-skew': { kind: 'gate', remedy: 'Two packages do not fit together: pin both to versions that were released for each other.' },
  'syntax-error': {
    kind: 'gate',
    remedy: 'The Python of the image cannot read the code: correct it, or take the Python it was written for.',
  },
  'app-module-not-found': { kind: 'gate', remedy: 'Let CMD name the module as it is found from WORKDIR, and copy it there.' },
  'app-attribute-not-found': { kind: 'gate', remedy: 'Let CMD name the variable that holds the application.' },
  'env-missing': { kind: 'gate', remedy: 'Give the variable with run-env; the container gets none of the job.' },
  'address-in-use': { kind: 'gate', remedy: 'Two processes of the container want the same port: start one of them on another.' },
  'dependency-unreachable': {
    kind: 'gate',
    remedy: 'The service needs another one beside it: start without it, or give a stand-in with run-env.',
  },
  'model-download': { kind: 'gate', remedy: 'Have the model in the image, so that its start needs no network.' },
  'token-missing': { kind: 'gate', remedy: 'Give the token with run-env, or download the model in the build with a mounted secret.' },
  'file-missing': { kind: 'gate', remedy: 'Copy the file into the image, to the path at which it is read.' },
  'lfs-pointer': { kind: 'gate', remedy: 'Set lfs: true on actions/checkout: the image has the pointer of Git LFS in place of the model.' },
  'model-corrupt': { kind: 'gate', remedy: 'The file of the model is cut off or of another kind: make it again, and compare its size.' },
  'pickle-class-missing': { kind: 'gate', remedy: 'Have the class in a module of its own that training and serving both import.' },
  'sklearn-skew': { kind: 'gate', remedy: 'Serve with the version of scikit-learn that trained the model.' },
  'numpy-abi': { kind: 'gate', remedy: 'Have the same major version of numpy where the model is made and where it is served.' },
  'torch-skew': { kind: 'gate', remedy: 'Serve with the version of torch, and of the code of the model, that wrote the file.' },
  'cuda-on-cpu': { kind: 'gate', remedy: 'Let the service use the CPU where there is no GPU, or run this job on a runner that has one.' },
  'cuda-kernel-image': { kind: 'gate', remedy: 'Take a build of the package for the compute capability of this GPU.' },
} as const satisfies Readonly<Record<string, Readonly<{ kind: 'gate'; remedy: string }>>>
