export const id = 6080;
export const ids = [6080];
export const modules = {

/***/ 26080:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  diagnose: () => (/* binding */ diagnose),
  recognise: () => (/* binding */ recognise)
});

;// CONCATENATED MODULE: ./lib/smoke/diagnoses/diagnosis.js
/** Puts in what was caught; brackets around nothing go. */
const fill = (text, caught) => text.replace(/\$(\d)/g, (_, index) => caught[Number(index)] ?? '').replaceAll(' ()', '');
/**
 * A sign by a pattern. `$1` in its texts is what was caught; of alternatives the groups that caught nothing are dropped,
 * so that `$1` is the first that did.
 */
function sign(code, pattern, what, fix, when = () => true) {
    return {
        code,
        read: (line, place) => {
            const [whole, ...groups] = pattern.exec(line) ?? [];
            if (whole === undefined)
                return undefined;
            const caught = [whole, ...groups.filter((group) => group !== undefined && group !== '')];
            if (!when(caught, place))
                return undefined;
            return {
                what: typeof what === 'function' ? what(caught, place) : fill(what, caught),
                fix: typeof fix === 'function' ? fix(caught, place) : fix.map((one) => fill(one, caught)),
            };
        },
    };
}
/** How far the service came, from what was seen. */
function phaseOf({ step, state, exchanges, expected }) {
    if (/^container-/.test(step) || !state?.running)
        return 'stopped';
    if (exchanges.some(isPrediction(expected.healthPath)))
        return 'predict';
    return exchanges.some(({ status }) => status !== undefined) ? 'health' : 'silent';
}
const isPrediction = (healthPath) => (one) => one.method !== 'GET' && one.path !== healthPath;
/** The last answer to a request for a prediction. */
const predictionOf = ({ exchanges, expected }) => exchanges.findLast(isPrediction(expected.healthPath));
/** What the health path said last; where it was never asked, any other that was read. */
function healthOf({ exchanges, expected }) {
    const read = exchanges.filter(({ method }) => method === 'GET');
    return read.find(({ path }) => path === expected.healthPath) ?? read.at(-1);
}
/** An exchange in one line. */
function exchangeText({ method, path, status, body, error }) {
    if (status === undefined)
        return `${method} ${path} gave no answer (${error ?? 'none came'})`;
    const said = body.replace(/\s+/g, ' ').trim().slice(0, 300);
    return `${method} ${path} answered ${status}${said === '' ? '' : `: ${said}`}`;
}

;// CONCATENATED MODULE: ./lib/smoke/diagnoses/symptoms.js

/** What services answer that have no model: in their own words, or as a flag. */
const noModel = /"?(?:model_?loaded|model_?ready|loaded|is_?ready|ready)"?\s*:\s*(?:false|null|0)\b|model[\w\s'"]{0,30}\b(?:not|isn'?t)\b[\w\s'"]{0,12}\b(?:loaded|ready|available|initiali[sz]ed|found)|no model (?:is )?(?:loaded|found|available)|model (?:is )?(?:unavailable|missing|still loading)/i;
/** Whether the body of an answer says that there is no model. */
const isNotLoaded = (body) => noModel.test(body);
/** What the answers show and the log may explain: code and sentence stand, the fix is that of the deeper cause if it is known. */
const symptomDiagnoses = [
    {
        code: 'health-lies',
        find: (evidence, phase) => {
            const [health, answer] = [healthOf(evidence), predictionOf(evidence)];
            if (phase !== 'predict' || !answer || (answer.status ?? 0) < 400)
                return undefined;
            if (!health || Math.floor((health.status ?? 0) / 100) !== 2)
                return undefined;
            if (!isNotLoaded(answer.body) && answer.status !== 503 && !isNotLoaded(health.body))
                return undefined;
            return {
                proof: `${exchangeText(health)}; ${exchangeText(answer)}`,
                what: `${health.path} says that all is well, and there is no model: ${answer.path} answered ${answer.status}.`,
                fix: [
                    `@app.get("${health.path}")`,
                    'def health(response: Response):',
                    '    response.status_code = 200 if model is not None else 503',
                ],
            };
        },
    },
    {
        code: 'model-not-loaded',
        find: (evidence, phase) => {
            const health = healthOf(evidence);
            if (phase !== 'health' || !health || !isNotLoaded(health.body))
                return undefined;
            return {
                proof: exchangeText(health),
                what: `${health.path} still says that the model is not loaded after ${evidence.expected.startTimeoutMs / 1000} s.`,
                fix: ['start-timeout: 5m    # if loading takes that long', '# else the log says why the model was not loaded'],
            };
        },
    },
];
/** A prediction that raised an error of no known kind. */
const crashDiagnoses = [
    {
        code: 'predict-crashed',
        find: (evidence, phase) => {
            const answer = predictionOf(evidence);
            if (phase !== 'predict' || !answer || (answer.status ?? 0) < 500)
                return undefined;
            const raised = evidence.lines.findLast((line) => /^[\w.]*(?:Error|Exception)\b/.test(line));
            return {
                proof: raised ?? exchangeText(answer),
                what: `The prediction raised an error in the service${raised ? ` (${raised.slice(0, 200)})` : ''}.`,
                fix: [
                    '# the same on your machine: docker run IMAGE, then',
                    `curl -d @body.json -H 'content-type: application/json' localhost:${evidence.expected.port}${answer.path}`,
                ],
            };
        },
    },
];

;// CONCATENATED MODULE: ./lib/smoke/diagnoses/answers.js


/** `GET /a, POST /b` of a service that documents itself; at most ten. */
const listed = ({ operations }) => operations
    .slice(0, 10)
    .map(({ method, path }) => `${method} ${path}`)
    .join(', ');
/** The path that is most likely meant for predictions. */
const likelyPrediction = ({ operations }) => {
    const posts = operations.filter(({ method, path }) => method === 'POST' && !path.includes('{'));
    return (posts.find(({ path }) => /predict|infer|invocations|score|generate|classif/i.test(path)) ?? posts[0])?.path;
};
/** What a refusal says of the body: `body.features: Field required`, from FastAPI's list or any `detail`. */
function refusalOf(body) {
    try {
        const { detail, error, message } = JSON.parse(body);
        if (!Array.isArray(detail))
            return [detail ?? error ?? message].filter((one) => typeof one === 'string');
        return detail
            .slice(0, 5)
            .map(({ loc, msg }) => `${(loc ?? []).join('.')}: ${String(msg)}`);
    }
    catch {
        return [];
    }
}
/** Told by the status of an answer alone: what the log says does not change it. */
const answerDiagnoses = [
    {
        code: 'predict-path-wrong',
        find: (evidence, phase) => {
            const answer = predictionOf(evidence);
            if (phase !== 'predict' || answer?.status !== 404 || isNotLoaded(answer.body))
                return undefined;
            const path = likelyPrediction(evidence);
            return {
                proof: exchangeText(answer),
                what: `The service has no ${answer.path}${evidence.operations.length > 0 ? `; it has ${listed(evidence)}` : ''}.`,
                fix: [`predict-path: ${path ?? '/invocations    # as in the code of the service'}`],
            };
        },
    },
    {
        code: 'predict-method-wrong',
        find: (evidence, phase) => {
            const answer = predictionOf(evidence);
            if (phase !== 'predict' || answer?.status !== 405)
                return undefined;
            const methods = evidence.operations.filter(({ path }) => path === answer.path).map(({ method }) => method);
            const path = likelyPrediction(evidence);
            return {
                proof: exchangeText(answer),
                what: `${answer.path} does not take ${answer.method}${methods.length > 0 ? `; it takes ${methods.join(', ')}` : ''}.`,
                fix: path && path !== answer.path ? [`predict-path: ${path}`] : [`@app.post("${answer.path}")    # a prediction is sent as a body`],
            };
        },
    },
    {
        code: 'predict-body-refused',
        find: (evidence, phase) => {
            const answer = predictionOf(evidence);
            if (phase !== 'predict' || !answer || ![400, 413, 415, 422].includes(answer.status ?? 0))
                return undefined;
            const reasons = refusalOf(answer.body);
            const fields = [...answer.body.matchAll(/"loc"\s*:\s*\[\s*"body"\s*,\s*"(\w+)"/g)].map(([, field = '']) => field);
            return {
                proof: exchangeText(answer),
                what: `The service does not take the body${reasons.length > 0 ? ` (${reasons.join('; ')})` : ''}.`,
                fix: fields.length > 0
                    ? [`predict-body: '{${fields.map((field) => `"${field}": ...`).join(', ')}}'`]
                    : ["predict-body: '{...}'    # as the service documents it (/docs)"],
            };
        },
    },
    {
        code: 'auth-required',
        find: (evidence, phase) => {
            const answer = phase === 'predict' ? predictionOf(evidence) : healthOf(evidence);
            const refused = answer && (answer.status === 401 || answer.status === 403 || /InvalidKeyException/.test(answer.body));
            if (!refused || phase === 'stopped')
                return undefined;
            return {
                proof: exchangeText(answer),
                what: `${answer.path} asks for a key.`,
                fix: /InvalidKeyException/.test(answer.body)
                    ? ['CMD ["torchserve", "--foreground", "--disable-token-auth", ...]']
                    : ['run-env: |', '  API_KEY=${{ secrets.API_KEY }}', `# and exempt ${answer.path} from it, as an orchestrator has no key`],
            };
        },
    },
    {
        code: 'health-path-wrong',
        find: (evidence, phase) => {
            const answer = healthOf(evidence);
            if (phase !== 'health' || answer?.status !== 404)
                return undefined;
            const documented = evidence.operations.find(({ method, path }) => method === 'GET' && /health|ready|live|ping/i.test(path))?.path;
            const path = evidence.healthyPaths.find((one) => one !== '/') ?? documented ?? evidence.healthyPaths[0];
            return {
                proof: exchangeText(answer),
                what: `The service has no ${answer.path}${path ? `, but ${path}` : ''}.`,
                fix: [`health-path: ${path ?? '/    # a path of the service that answers 200'}`],
            };
        },
    },
];

;// CONCATENATED MODULE: ./lib/smoke/diagnoses/environment.js

const envFix = ([, name = 'NAME']) => [
    'run-env: |',
    `  ${name}=value`,
    `# or a default in the Dockerfile: ENV ${name}=value`,
];
const wants = 'The service wants the variable $1, which the container does not have.';
/** The lines of its traceback. */
const above = ({ lines, index }) => lines.slice(Math.max(0, index - 6), index);
/** Whether the error comes from the environment: at the start by what it is called, later by its traceback alone. */
const readsEnvironment = (_, place) => place.phase === 'stopped' || above(place).some((line) => /environ|<frozen os>|os\.py/.test(line));
/** Settings of pydantic: the line after the headline names the field, the one after that says what is wrong with it. */
const settings = {
    code: 'env-missing',
    read: (line, { lines, index, phase }) => {
        const [, type = ''] = /validation errors? for (\w+)/.exec(line) ?? [];
        if (type === '')
            return undefined;
        const below = lines.slice(index + 1, index + 30);
        // Of another name it is one if it was read from nothing while the service started.
        if (!/Settings|Config|Env/.test(type) && !(phase === 'stopped' && below.some((one) => /input_value=\{\}/.test(one))))
            return undefined;
        const fields = below.filter((_, at) => /^\s+field required/i.test(below[at + 1] ?? '')).map((field) => field.trim().toUpperCase());
        if (fields.length === 0)
            return undefined;
        return {
            what: `The settings (${type}) want ${fields.join(', ')}, which the container does not have.`,
            fix: ['run-env: |', ...fields.map((field) => `  ${field}=value`), '# with their env_prefix before the name, if they have one'],
        };
    },
};
/** `os.getenv` gives None for what is not there, and something else stumbles over it. */
const none = {
    code: 'env-missing',
    read: (line, place) => {
        if (!/^(?:TypeError|AttributeError|ValueError): .*None/.test(line))
            return undefined;
        const [, name] = /(?:getenv|environ\.get)\(\s*['"](\w+)['"]\s*\)/.exec(above(place).join('\n')) ?? [];
        return name === undefined ? undefined : { what: wants.replace('$1', name), fix: envFix(['', name]) };
    },
};
/** A variable that the container does not have. */
const environmentSigns = [
    settings,
    none,
    sign('env-missing', /^KeyError: '([A-Z][A-Z0-9]*_?[A-Z0-9_]+)'$/, wants, envFix, readsEnvironment),
    sign('env-missing', /[Ee]nv(?:ironment)?[ _][Vv]ar(?:iable)?s?:? ['"`]?([A-Z][A-Z0-9_]+)['"`]? (?:is |was |are )?(?:not set|missing|required|not found|must be set|undefined)/, wants, envFix),
    sign('env-missing', /\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)['"`]? (?:environment variable )?(?:is not set|is required|must be set|is missing|not set\b)|\b(\w+) not found\. Declare it as envvar/, wants, envFix),
    sign('env-missing', /(?:[Mm]issing|[Rr]equired) (?:required )?environment variables?:? ['"`[]*([A-Z][A-Z0-9_]+)|(\w+): (?:unbound variable|parameter null or not set|parameter not set)/, wants, envFix),
];

;// CONCATENATED MODULE: ./lib/smoke/diagnoses/around.js


/** Who is meant by a host that is known in a compose file only. */
const isPublic = (host) => /\.[a-z]{2,}$/i.test(host) && !/\.(local|internal|svc|lan)$/i.test(host);
const hubs = /huggingface\.co|hf\.co|cdn-lfs|download\.pytorch\.org|tfhub|storage\.googleapis|s3[.-]|github\.com|githubusercontent|kaggle|zenodo/;
const service = (host, port) => {
    const known = {
        6379: 'redis',
        5432: 'postgres',
        3306: 'mysql',
        27017: 'mongodb',
        9092: 'kafka',
        5672: 'rabbitmq',
        9200: 'elasticsearch',
        6333: 'qdrant',
    };
    return known[port] ?? host;
};
const dependencyFix = ([, host = '', port = '']) => [
    'run-env: |',
    `  ${service(host, port).toUpperCase().replace(/\W/g, '_')}_URL=    # what the service does without it; or let it start when ${host} is away`,
];
/** Whether what could not be reached is in the internet: by its name, or by the address in the lines of the traceback. */
function isDownload([text = '', host = ''], { lines, index }) {
    const before = lines.slice(Math.max(0, index - 40), index).join('\n');
    const named = host === '' ? /https?:\/\/([\w.-]+)/.exec(before)?.[1] : host;
    return hubs.test(text) || (named !== undefined && isPublic(named));
}
/** What the service wants from outside: variables, other services, the network, tokens. */
const surroundingSigns = [
    ...environmentSigns,
    sign('token-missing', /GatedRepoError|Cannot access gated repo|Access to model (\S+) is restricted|(?:401|403) Client Error: .*?(https?:\/\/\S+)|Invalid (?:user token|credentials in Authorization header)|Unable to locate credentials|NoCredentialsError|DefaultCredentialsError|InvalidKeyException|HF_TOKEN.*(?:required|must|not set)|(?:openai|anthropic)\.\w*(?:AuthenticationError|OpenAIError)|api_key client option must be set/, 'A token is missing or wrong ($1).', [
        'RUN --mount=type=secret,id=hf_token,env=HF_TOKEN python download.py    # in the Dockerfile, so that a start needs none',
        'secrets: hf_token=${{ secrets.HF_TOKEN }}',
        '# or at the start: run-env: HF_TOKEN',
    ]),
    sign('model-download', /We couldn't connect to '([^']+)'|(LocalEntryNotFoundError|OfflineModeIsEnabled)|(?:Cannot find the requested files|outgoing traffic has been disabled)|Can't load (?:tokenizer|the model|the configuration|feature extractor)\w* (?:for|of) '([^']+)'|Resource '?\S*?(punkt|stopwords|wordnet|vader_lexicon)\S*'? ?not found|Can't find model '([^']+)'/, 'The service downloads its model when it starts, and could not ($1).', [
        'ENV HF_HOME=/opt/hf HF_HUB_OFFLINE=1',
        'RUN HF_HUB_OFFLINE=0 python -c "from huggingface_hub import snapshot_download; snapshot_download(\'ORG/MODEL\')"',
    ]),
    sign('model-download', /host='([^']+)', port=(?:443|80)\b.*(?:Max retries|NameResolution|Failed to (?:resolve|establish))|(?:Failed to resolve|Could not resolve host:?|HTTPSConnectionPool\(host=) ?'?([\w.-]+)'?|urlopen error .*(?:Name or service not known|Temporary failure)/, 'The service downloads something when it starts, and could not ($1).', ['RUN python download.py    # in the Dockerfile: what a start needs is in the image', 'ENV HF_HUB_OFFLINE=1'], isDownload),
    sign('dependency-unreachable', /host='([\w.-]+)', port=(\d+)/, 'The service could not reach $1:$2, which is not there in this test.', dependencyFix, ([text = '', host = ''], { lines, index }) => /Max retries|NameResolution|Failed to|refused|timed out/.test(lines[index] ?? text) && !isPublic(host)),
    sign('dependency-unreachable', /(?:connecting to|connect to|connection to server at|could not translate host name|getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|ECONNREFUSED|Failed to resolve|resolve host(?: name)?:?|ServerSelectionTimeoutError:) ["'(]*([\w.-]+)["']?(?:.{0,30}?(?::|port )(\d{2,5})\b)?/i, ([, host = '', port = '']) => `The service could not reach ${host}${port ? `:${port}` : ''}, which is not there in this test.`, dependencyFix, (_, { lines, index }) => /refused|not known|resolution|resolve|translate|ENOTFOUND|EAI_AGAIN|no such host|timed out/i.test(lines[index] ?? '')),
    sign('dependency-unreachable', /^(?:[\w.]*(?:ConnectionError|ConnectionRefusedError|OperationalError|ServerSelectionTimeoutError|NoBrokersAvailable|gaierror|ConnectError))\b:? ?(?:\[Errno -?\d+\] )?(.*)/, 'The service could not reach another one that it needs ($1).', ['run-env: |', '  SERVICE_URL=    # what the service does without it; or let it start when the other is away']),
    sign('address-in-use', /[Aa]ddress already in use|EADDRINUSE|Errno 98|Connection in use: (.*)/, 'Two processes of the container want the same port.', ['# start one server alone; a second one (metrics, a second worker) on a port of its own: --port 8001']),
];

;// CONCATENATED MODULE: ./lib/smoke/diagnoses/ends.js
const mebibytes = (bytes) => `${Math.round(bytes / (1 << 20))} MiB`;
/** The kernel's own word: before anything that the service wrote. */
const memoryDiagnoses = [
    {
        code: 'container-out-of-memory',
        find: ({ step, state, peakMemory }) => {
            if (!state?.oomKilled)
                return undefined;
            const limit = state.memoryLimit > 0 ? `its limit of ${mebibytes(state.memoryLimit)}` : 'what the machine has';
            const more = Math.max(512, Math.ceil((state.memoryLimit * 2) / (1 << 20)));
            return {
                proof: `State.OOMKilled: true, exit code ${state.exitCode}${peakMemory ? `, peak ${mebibytes(peakMemory)}` : ''}`,
                what: `${step === 'container-out-of-memory' ? 'It' : 'The kernel killed a process of the container for memory: it'} went over ${limit}.`,
                fix: [`run-args: --memory ${more}m`, '# or one worker (--workers 1): each loads its own copy of the model'],
            };
        },
    },
];
/** How it ended, where the log says nothing that is known. Exit codes above 128 are signals (man 7 signal). */
const endDiagnoses = [
    {
        code: 'restart-loop',
        find: ({ state, step }) => state && (state.restarts > 0 || (step === 'container-exited' && state.restartPolicy !== 'no'))
            ? {
                proof: `restart policy ${state.restartPolicy}, RestartCount: ${state.restarts}`,
                what: 'The container ended, and is started again each time it does.',
                fix: ['run-args: ...    # without --restart'],
            }
            : undefined,
    },
    {
        code: 'illegal-instruction',
        find: ({ state }, phase) => phase === 'stopped' && state?.exitCode === 132
            ? {
                proof: 'exit code 132: SIGILL',
                what: 'A package executes instructions that this processor does not have (AVX, AVX2, AVX-512).',
                fix: ['RUN pip install --no-binary :none: PACKAGE    # a wheel in place of a build with -march=native'],
            }
            : undefined,
    },
    {
        code: 'segmentation-fault',
        find: ({ state }, phase) => phase === 'stopped' && (state?.exitCode === 139 || state?.exitCode === 134)
            ? {
                proof: state.exitCode === 139 ? 'exit code 139: SIGSEGV' : 'exit code 134: SIGABRT',
                what: 'Native code crashed the process.',
                fix: ['ENV PYTHONFAULTHANDLER=1    # prints which package it was', '# then pin it to the version that was tested'],
            }
            : undefined,
    },
    {
        code: 'shared-memory-small',
        find: ({ state }, phase) => phase === 'stopped' && state?.exitCode === 135
            ? {
                proof: 'exit code 135: SIGBUS',
                what: 'The process was killed by a bus error: most often /dev/shm is full, which has 64 MB in a container.',
                fix: ['run-args: --shm-size 1g'],
            }
            : undefined,
    },
    {
        code: 'killed-by-itself',
        find: ({ state }, phase) => phase === 'stopped' && state?.exitCode === 137 && !state.oomKilled
            ? {
                proof: 'exit code 137 (SIGKILL), State.OOMKilled: false',
                what: 'The container was killed, but not by the kernel for want of memory: its own supervisor did it (truss, a gunicorn master, an entry script).',
                fix: ['# the log above has the error of loading; run it in the foreground to see more: docker run --rm -it IMAGE'],
            }
            : undefined,
    },
    {
        code: 'exits-at-once',
        find: ({ state, expected }, phase) => phase === 'stopped' && state?.exitCode === 0 && !state.running
            ? {
                proof: `exit code 0 of ${JSON.stringify(expected.command)}`,
                what: 'The command ended without an error: it is no server, or it went to the background.',
                fix: ['CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"]    # what starts the server, and stays'],
            }
            : undefined,
    },
];

;// CONCATENATED MODULE: ./lib/smoke/diagnoses/packages.js
/** Packages of PyPI that are imported by another name. */
const packages_packages = {
    cv2: 'opencv-python-headless',
    sklearn: 'scikit-learn',
    skimage: 'scikit-image',
    PIL: 'pillow',
    yaml: 'pyyaml',
    dotenv: 'python-dotenv',
    multipart: 'python-multipart',
    jose: 'python-jose',
    jwt: 'pyjwt',
    bs4: 'beautifulsoup4',
    dateutil: 'python-dateutil',
    attr: 'attrs',
    google: 'protobuf',
    pkg_resources: 'setuptools<81',
    distutils: 'setuptools',
    MySQLdb: 'mysqlclient',
    psycopg2: 'psycopg2-binary',
    faiss: 'faiss-cpu',
    sentence_transformers: 'sentence-transformers',
    prometheus_client: 'prometheus-client',
    pydantic_settings: 'pydantic-settings',
};
const packageOf = (module) => packages_packages[module] ?? module.replaceAll('_', '-');
/** What projects call their own modules. */
const ownNames = /^(app|src|main|server|api|model|models|utils?|helpers?|config|settings|core|lib|common|schemas?|services?|routes?|routers?|predict(or|ion)?|inference|train(ing)?|features?|preprocess(ing|or)?|pipelines?|data|database|db|constants|ml|backend|code)$/;
/** Whether a module that is missing is one of the project and not a package. */
function isOwnModule(module, command) {
    const [top = ''] = module.split('.');
    const started = command.join(' ').match(/\b([A-Za-z_]\w*)(?=[.\w]*:[A-Za-z_]\w*)/)?.[1];
    return ownNames.test(top) || top === started;
}
/** Packages of Debian and Ubuntu by the library they bring. */
const libraries = {
    'libGL.so.1': 'libgl1',
    'libgomp.so.1': 'libgomp1',
    'libglib-2.0.so.0': 'libglib2.0-0',
    'libgthread-2.0.so.0': 'libglib2.0-0',
    'libsndfile.so.1': 'libsndfile1',
    'libSM.so.6': 'libsm6',
    'libXext.so.6': 'libxext6',
    'libXrender.so.1': 'libxrender1',
    'libpq.so.5': 'libpq5',
    'libmagic.so.1': 'libmagic1',
    'libmariadb.so.3': 'libmariadb3',
    'libopenblas.so.0': 'libopenblas0',
    'libquadmath.so.0': 'libquadmath0',
    'libgfortran.so.5': 'libgfortran5',
    'libstdc++.so.6': 'libstdc++6',
    'libgdal.so.32': 'libgdal32',
    'libxml2.so.2': 'libxml2',
};
/** The package that has a library, by the rule of Debian's names where it is not a known one. */
function libraryPackage(library) {
    const known = libraries[library];
    if (known)
        return known;
    const [, name = library, version = ''] = /^(lib.+?)\.so(?:\.(\d+))?/.exec(library) ?? [];
    return `${name.toLowerCase()}${version}`;
}

;// CONCATENATED MODULE: ./lib/smoke/diagnoses/imports.js


const apt = (name) => `RUN apt-get update && apt-get install -y --no-install-recommends ${name} && rm -rf /var/lib/apt/lists/*`;
/** That of training and that of the image, by scikit-learn's own warning. */
const versions = (lines) => /from version (\S+) when using version (\S+?)\.?(?: |$)/m.exec(lines.join('\n')) ?? [];
/** Modules, packages, libraries and the application itself are not found, or do not fit together. */
const importSigns = [
    sign('app-module-not-found', /Error loading ASGI app\. Could not import module "([^"]+)"|^Error: Could not import '([^']+)'/, 'The server finds no module $1 to serve.', ([, module = ''], { evidence }) => [
        `WORKDIR ${evidence.expected.workingDirectory}`,
        `COPY ${module.split('.')[0]}${module.includes('.') ? '/ ' : '.py '}./${module.includes('.') ? `${module.split('.')[0]}/` : ''}    # ${module}:app is looked for below WORKDIR`,
    ]),
    sign('app-attribute-not-found', /Attribute "([^"]+)" not found in module "([^"]+)"|Failed to find attribute '([^']+)' in '([^']+)'/, 'The module $2 has no $1.', ['CMD ["uvicorn", "$2:NAME", "--host", "0.0.0.0"]    # NAME is the variable: NAME = FastAPI()']),
    sign('numpy-abi', /numpy\.core\.multiarray failed to import|No module named '(numpy\._core)|numpy\.(?:dtype|ndarray) size changed|compiled using NumPy 1\.x cannot be run in|_ARRAY_API not found/, ([, newer]) => newer
        ? 'The model was pickled with numpy 2, and the image has numpy 1.'
        : 'A package was compiled for numpy 1, and the image has numpy 2.', ([, newer]) => [
        newer
            ? 'numpy>=2    # requirements.txt: as in training'
            : 'numpy<2    # requirements.txt: or newer builds of the packages that use it',
    ]),
    sign('sklearn-skew', /No module named '_loss'|No module named 'sklearn\.(?:externals|ensemble\.forest|tree\.tree|linear_model\.logistic|svm\.classes|neighbors\.\w+|preprocessing\.(?:label|data|imputation)|_loss\.\w+|[\w.]*_[\w.]*)'|Can't get attribute '(?:__pyx_\w+|_\w+)' on <module 'sklearn|has no attribute '(?:monotonic_cst|_fill_dtype|_infer_precision|_base_fit|base_estimator_|_validate_params)'|node array from the pickle has an incompatible dtype|_RemainderColsList/, (_, { lines }) => {
        const [, trained, served] = versions(lines);
        return trained
            ? `The model was trained with scikit-learn ${trained}, and the image has ${served}.`
            : 'The model was pickled with another version of scikit-learn than the image has.';
    }, (_, { lines }) => {
        const trained = versions(lines)[1] ?? 'X.Y.Z';
        return [`scikit-learn==${trained}    # requirements.txt: python -c "import sklearn; print(sklearn.__version__)" where it is trained`];
    }),
    sign('import-error', /requires ["']?python-multipart["']? to be installed|(?:No module named|ImportError:) '?(email_validator)\b|email-validator is not installed/, 'A package that FastAPI needs for this is not installed.', ([text = '']) => [`${/email/.test(text) ? 'email-validator' : 'python-multipart'}    # requirements.txt`]),
    sign('import-error', /(?:ModuleNotFoundError|ImportError): No module named '?([\w.]+)'?/, ([, module = ''], { evidence }) => isOwnModule(module, evidence.expected.command)
        ? `The module ${module} of the project is not in the image, or not below WORKDIR (${evidence.expected.workingDirectory}).`
        : `The package that has the module ${module} is not installed in the image.`, ([, module = ''], { evidence }) => {
        const [top = ''] = module.split('.');
        return isOwnModule(module, evidence.expected.command)
            ? [`COPY ${top}/ ./${top}/    # or ${top}.py; look into .dockerignore, too`, `ENV PYTHONPATH=${evidence.expected.workingDirectory}`]
            : [`${packageOf(top)}    # requirements.txt`];
    }),
    sign('package-skew', /ImportError: cannot import name '(\w+)' from (?:partially initialized module )?'([\w.]+)'|AttributeError: module '([\w.]+)' has no attribute '(\w+)'/, ([text = '', first = '', second = '']) => /partially initialized/.test(text)
        ? `Modules import each other in a circle: ${second} has no ${first} yet.`
        : /^Attr/.test(text)
            ? `${first} has no ${second} in the version that is installed.`
            : `${second} has no ${first} in the version that is installed.`, ([text = '', first = '', second = '']) => [
        `${packageOf((/^Attr/.test(text) ? first : second).split('.')[0] ?? '')}==X.Y.Z    # requirements.txt: the version it was written for`,
    ]),
    sign('cuda-on-cpu', /(libcuda\.so\.1|libnvidia-ml\.so\.1|libcudart\.so[.\d]*|libcublas\.so[.\d]*|libcudnn\w*\.so[.\d]*): cannot open shared object file/, 'A package is built for CUDA and wants $1, which no image without a GPU driver has.', ['RUN pip install torch --index-url https://download.pytorch.org/whl/cpu']),
    sign('shared-object-missing', /(lib[\w+.-]+\.so[.\d]*): cannot open shared object file|Library not loaded: \S*?(lib[\w+.-]+)/, 'The library $1 is not in the image.', ([, library = '']) => library === 'libGL.so.1'
        ? ['opencv-python-headless    # requirements.txt: in place of opencv-python', `# or: ${apt('libgl1')}`]
        : [apt(libraryPackage(library))]),
    sign('syntax-error', /^(SyntaxError|IndentationError|TabError): (.*)/, '$1: $2.', [
        'FROM python:3.12-slim    # or the code as the Python of the image reads it: python -m compileall .',
    ]),
];

// EXTERNAL MODULE: ./lib/smoke/sockets.js
var sockets = __webpack_require__(73007);
;// CONCATENATED MODULE: ./lib/smoke/diagnoses/command.js
/** A command as a Dockerfile has it: the text of a shell form, else the JSON of an exec form. */
function commandLine(command) {
    const [shell, flag, ...rest] = command;
    if (/^(\/bin\/)?(ba|da)?sh$/.test(shell ?? '') && flag === '-c' && rest.length > 0)
        return `CMD ${rest.join(' ')}`;
    return `CMD [${command.map((word) => JSON.stringify(word)).join(', ')}]`;
}
/** The flags by which servers are told where to listen. */
const flags = [
    { server: /\bgunicorn\b/, bind: /^(--bind|-b)(=.*)?$/, say: (port) => ['--bind', `0.0.0.0:${port}`] },
    {
        server: /\bstreamlit\b/,
        host: /^--server\.address(=.*)?$/,
        port: /^--server\.port(=.*)?$/,
        say: (port) => ['--server.address=0.0.0.0', `--server.port=${port}`],
    },
    {
        server: /\b(uvicorn|hypercorn|flask|fastapi|mlflow|bentoml|waitress-serve|vllm)\b/,
        host: /^(--host|-h|--bind|-b)(=.*)?$/,
        port: /^(--port|-p)(=.*)?$/,
        say: (port) => ['--host', '0.0.0.0', '--port', String(port)],
    },
];
/** The words without a flag and its value. */
function without(words, flag) {
    if (!flag)
        return words;
    return words.filter((word, index) => {
        const before = words[index - 1];
        return !flag.test(word) && !(before !== undefined && flag.test(before) && !before.includes('='));
    });
}
/**
 * The command so that it listens on all addresses at a port. Undefined where the program decides that by itself, in its
 * code.
 */
function listeningCommand(command, port) {
    const [shell, dashC, script, ...more] = command;
    const shellForm = dashC === '-c' && script !== undefined && more.length === 0;
    const words = shellForm ? script.split(/\s+/) : command;
    const known = flags.find(({ server }) => words.slice(0, 4).some((word) => server.test(word)));
    if (!known)
        return undefined;
    const bare = [known.host, known.port, known.bind].reduce(without, words);
    const told = [...bare, ...known.say(port)];
    return commandLine(shellForm ? [shell ?? 'sh', '-c', told.join(' ')] : told);
}

;// CONCATENATED MODULE: ./lib/smoke/diagnoses/listens.js


/** Told by the sockets of the container: nobody was heard of, though it runs. */
const listeningDiagnoses = [
    {
        code: 'bound-to-loopback',
        find: ({ listening = [], expected }, phase) => {
            const own = listening.filter(({ loopback }) => loopback);
            const socket = own.find(({ port }) => port === expected.port) ?? own[0];
            if (phase !== 'silent' || !socket || listening.some(({ loopback }) => !loopback))
                return undefined;
            const command = listeningCommand(expected.command, expected.port);
            return {
                proof: `listening inside: ${own.map(sockets/* socketText */.hx).join(', ')}`,
                what: `The server listens on ${(0,sockets/* socketText */.hx)(socket)}, which is the container itself: nobody outside reaches it.`,
                fix: command
                    ? [command]
                    : [`uvicorn.run(app, host="0.0.0.0", port=${expected.port})    # or app.run(host="0.0.0.0", port=${expected.port})`],
            };
        },
    },
    {
        code: 'tls-expected',
        find: ({ speaksTls, expected, exchanges }, phase) => phase === 'silent' && speaksTls
            ? {
                proof: `https://127.0.0.1:${expected.port} answers with a certificate; http: ${exchanges.at(-1)?.error ?? 'no answer'}`,
                what: `Port ${expected.port} speaks TLS, and was asked in plain HTTP.`,
                fix: [
                    '# serve plain HTTP in the container: without --ssl-keyfile and --ssl-certfile (uvicorn), --keyfile and --certfile (gunicorn)',
                ],
            }
            : undefined,
    },
    {
        code: 'wrong-port',
        find: ({ listening = [], expected }, phase) => {
            const open = listening.filter(({ loopback }) => !loopback);
            const [socket] = open;
            if (phase !== 'silent' || !socket || listening.some(({ port }) => port === expected.port))
                return undefined;
            const command = listeningCommand(expected.command, expected.port);
            return {
                proof: `listening inside: ${open.map(sockets/* socketText */.hx).join(', ')}`,
                what: `The server listens on port ${socket.port}, and was looked for on ${expected.port} (${expected.portFrom}).`,
                fix: [`port: ${socket.port}`, `# or in the Dockerfile: EXPOSE ${socket.port}`, ...(command ? [`# or: ${command}`] : [])],
            };
        },
    },
];
/** When nothing in the log is known either. */
const silentDiagnoses = [
    {
        code: 'not-answering',
        find: ({ listening = [], expected, exchanges }, phase) => {
            const socket = listening.find(({ port }) => port === expected.port);
            if (phase !== 'silent' || !socket)
                return undefined;
            return {
                proof: `listening inside: ${(0,sockets/* socketText */.hx)(socket)}; ${exchanges.at(-1)?.error ?? 'no answer'}`,
                what: `The server listens on ${(0,sockets/* socketText */.hx)(socket)} and answers nothing: its start, or the handler of the health path, hangs.`,
                fix: ['start-timeout: 5m', '# better: load the model before the server listens, and keep the health path free of work'],
            };
        },
    },
];

;// CONCATENATED MODULE: ./lib/smoke/diagnoses/machine.js

const cacheFix = [
    'ENV HF_HOME=/tmp/hf MPLCONFIGDIR=/tmp/mpl XDG_CACHE_HOME=/tmp/cache NUMBA_CACHE_DIR=/tmp/numba',
    '# or with the model in it: COPY --chown=app:app hf/ /home/app/.cache/huggingface/',
];
const path = `['"]([^'"]+)['"]`;
/** What keeps a container from starting at all: told by the engine, or by the shell that is its first process. */
const startSigns = [
    sign('bad-shebang', /env: .?.?(?:python3?|bash|sh)\\r|bad interpreter:? ?(.*)|: (?:not found|No such file or directory)\r|\/bin\/sh\^M|\\r': (?:No such file|command not found)|exec (\S+): no such file or directory/, 'The script $1 names an interpreter that is not in the image; with line ends of Windows it is one with \\r behind its name.', ["RUN sed -i 's/\\r$//' $1", '*.sh text eol=lf    # .gitattributes']),
    sign('exec-format', /exec (\S+): exec format error|(\S+): cannot execute binary file/i, '$1 is for another processor, or a script without a first line that names its interpreter.', ['#!/bin/sh', 'platforms: linux/amd64    # that of the runner']),
    sign('entrypoint-not-executable', /exec: "([^"]+)": (?:permission denied|is a directory)|exec (\S+): permission denied|: exec: "?([^":]+)"?: permission denied/, '$1 may not be executed.', ['COPY --chmod=755 $1 $1', 'git update-index --chmod=+x $1']),
    sign('command-not-found', /exec: "([^"]+)": (?:executable file not found|stat [^:]+: no such file)|(?:^|: )(?:line \d+: |\d+: )?(\S+?): (?:command )?not found$/, 'The image has no program $1.', ([, program = '']) => /^(uvicorn|gunicorn|flask|fastapi|streamlit|mlflow|bentoml|hypercorn|litserve|torchserve|mlserver|celery|gradio|waitress-serve)$/.test(program)
        ? [
            `${program}    # requirements.txt, installed in the stage that ships`,
            `# or, where it is in a virtual environment: ENV PATH=/opt/venv/bin:$PATH`,
        ]
        : [`COPY ${program.split('/').at(-1)} ${program}    # or install the package that has it`]),
    sign('user-missing', /unable to find (?:user|group) (\S+): no matching entries/, 'The image has no user or group $1.', [
        'RUN useradd --create-home $1',
        'USER $1',
    ]),
    sign('mount-missing', /bind source path does not exist: (\S+)|invalid mount config .*?(\/\S+)/, 'The path $1, which run-args mounts, is not on this machine.', ['- run: mkdir -p $1']),
];
/** Rights, room and processors. */
const machineSigns = [
    sign('cache-not-writable', /(?:Permission denied|not writable|Read-only file system|cannot cache function).*?(\/[^\s'"]*(?:\.cache|\.config\/matplotlib|huggingface|\.keras|nltk_data|\.EasyOCR|mplconfig|__pycache__)[^\s'"]*|TRANSFORMERS_CACHE|HF_HOME)|no locator available for file/i, 'The user of the image may not write its cache ($1).', cacheFix),
    sign('container-disk-full', /No space left on device(?:: ['"]([^'"]+)['"])?/, 'The container found no room to write ($1).', ['run-args: --tmpfs /tmp:size=2g    # or --shm-size 1g, where it was /dev/shm'], ([text = '']) => !/\/dev\/shm/.test(text)),
    sign('shared-memory-small', /(?:insufficient shared memory|No space left on device.*\/dev\/shm|unable to (?:open|allocate|write).*shared memory|DataLoader worker .* killed by signal: Bus error|Bus error)/, 'The shared memory of the container is full: it has 64 MB.', ['run-args: --shm-size 1g']),
    sign('read-only-filesystem', new RegExp(`Read-only file system(?:: ${path})?`), 'The service writes where it may not ($1): its file system is read-only.', ['run-args: --tmpfs /tmp    # and let the service write there']),
    sign('permission-denied', new RegExp(`PermissionError: .*?${path}|(\\S+): Permission denied|Permission denied: ${path}`), ([, what = ''], { evidence }) => `The user of the container${evidence.state?.user ? ` (${evidence.state.user})` : ''} may not read or write ${what}.`, ([, what = ''], { evidence }) => [
        `COPY --chown=${evidence.state?.user || 'app'} --chmod=u=rwX,go=rX ${what.split('/').at(-1)} ${what}`,
    ]),
    sign('illegal-instruction', /Illegal instruction|requires? (?:a CPU with )?(AVX\S*)|compiled to use (AVX\S*).* not available/, 'A package executes instructions that this processor does not have ($1).', ['# requirements.txt: a wheel for x86-64 without them'], ([text = '']) => !/rebuild TensorFlow/.test(text)),
    sign('segmentation-fault', /Segmentation fault|Fatal Python error: (Segmentation fault|Aborted)/, 'Native code crashed the process.', [
        'ENV PYTHONFAULTHANDLER=1    # prints which package it was',
    ]),
    sign('cuda-kernel-image', /no kernel image is available for execution on the device|CUDA capability sm_(\d+) is not compatible/, 'The package has no code for the GPU of this machine ($1).', ['RUN pip install torch --index-url https://download.pytorch.org/whl/cu126    # with the capability of this GPU']),
    sign('cuda-on-cpu', /Attempting to deserialize object on a CUDA device/, 'The model was saved on a GPU and is to be loaded onto one, which this machine has not.', ['torch.load(path, map_location="cpu")']),
    sign('cuda-on-cpu', /Found no NVIDIA driver|Torch not compiled with CUDA enabled|No CUDA GPUs are available|CUDA driver version is insufficient|CUDA_ERROR_NO_DEVICE.*(?:abort|fatal)|could not select device driver|no CUDA-capable device|nvidia-container-cli: .*|NVIDIA-SMI has failed/i, 'The service wants a GPU, and this machine has none.', ['device = "cuda" if torch.cuda.is_available() else "cpu"', 'runs-on: RUNNER-WITH-A-GPU    # where only a GPU will do']),
];

;// CONCATENATED MODULE: ./lib/smoke/diagnoses/models.js

/** `models/iris.pkl is not in the image`, and where it is looked for. */
const missing = ([, path = ''], { evidence }) => `${path} is not in the image${path.startsWith('/') ? '' : `: it is looked for in ${evidence.expected.workingDirectory}`}.`;
/** How a file comes to where it is read; what is written at a start needs its folder alone. */
function copied([, path = '']) {
    if (/\.log$|(?:^|\/)logs?\//.test(path))
        return [`RUN mkdir -p ${path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'}`];
    const inContext = path.replace(/^\/(app|code|srv|home\/\w+|workspace|opt\/\w+)\//, '').replace(/^(\.\/|\/)/, '');
    return [`COPY ${inContext} ${path}    # and not in .dockerignore; test-first: true if the tests make it`];
}
/** The file of the model is not there, is another thing, or was made by other versions. */
const modelSigns = [
    sign('lfs-pointer', /invalid load key, 'v'|git-lfs\.github\.com\/spec|MetadataIncompleteBuffer.*(?:LFS|lfs)/, 'The model is a pointer of Git LFS and not the model: the checkout did not fetch it.', ['- uses: actions/checkout@v4', '  with:', '    lfs: true']),
    sign('pickle-class-missing', /Can't get attribute '(\w+)' on <module '?(\w+)'?/, 'The pickle wants $1 from the module $2, where training had it and the server has not.', ['# model_classes.py has $1, training and serving both import it:', 'from model_classes import $1']),
    sign('torch-skew', /(Weights only load failed|weights_only)/, 'torch 2.6 and later load weights alone, and this file holds more.', [
        'torch.load(path, weights_only=False)    # or save the state_dict',
        'torch<2.6    # requirements.txt',
    ]),
    sign('torch-skew', /Error\(s\) in loading state_dict for (\w+)|(?:size mismatch for|Missing key\(s\) in state_dict|Unexpected key\(s\) in state_dict)[: ]+(\S+)/, 'The weights do not fit the code of the model ($1).', ['# COPY the model code of the commit that trained it; torch==X.Y.Z as in training']),
    sign('model-corrupt', /^Aborted!$/, 'The command line of uvicorn (click) says no more of an EOFError: a file that is read while the application is imported is empty or cut off.', ['RUN test $(stat -c %s model.pkl) -gt 1000    # fails the build where the file is not whole']),
    sign('model-corrupt', /EOFError: Ran out of input|UnpicklingError: (pickle data was truncated|invalid load key, .*)|PytorchStreamReader failed|SafetensorError: (.*)|BadZipFile|Unable to (?:synchronously )?open file|HeaderTooLarge|Invalid magic number|InvalidProtobuf/, 'The file of the model cannot be read: it is cut off, empty or of another kind ($1).', ['RUN test $(stat -c %s model.pkl) -gt 1000    # fails the build where the file is not whole']),
    sign('command-not-found', /FileNotFoundError: \[Errno 2\] No such file or directory: '([\w-]+)'/, 'The service calls the program $1, which the image does not have.', ['RUN apt-get update && apt-get install -y --no-install-recommends $1 && rm -rf /var/lib/apt/lists/*'], (_, { lines, index }) => lines.slice(Math.max(0, index - 8), index).some((line) => /subprocess\.py/.test(line))),
    sign('file-missing', /(?:FileNotFoundError|IsADirectoryError|NotADirectoryError): .*?['"]([^'"]+)['"]|can't open file '([^']+)'|(?:OSError|RuntimeError|ValueError): .*?(?:No file or directory found at|unable to open file|file does not exist:?|No such file or directory:?) ?['"]?([^\s'")]+)|File does not exist: (\S+)/, missing, copied, ([text = ''], { lines, index }) => !/\/\.cache/.test(text) && !/huggingface|hf\.co/.test(lines[index + 1] ?? '')),
    sign('file-missing', /FileNotFoundError: .*?((?:[\w.-]*\/)+[\w.-]+|[\w-]+\.\w{2,11})\b|[Mm]odel (?:file |artifacts? )?(?:was |is )?(?:not found|not exist|missing|does not exist)(?: at| in|:)? ?['"]?((?:[\w.-]*\/)+[\w.-]+|[\w-]+\.\w{2,11})\b/, missing, copied),
    sign('nan-answer', /Out of range float values are not JSON compliant(?:: (\S+))?|cannot convert float (?:NaN|infinity)|Input (?:X )?contains NaN/, 'The model gave or got a number that JSON does not have (NaN or infinity).', ['if not math.isfinite(score): raise HTTPException(422, "not a number")    # and impute what is missing in the input']),
    sign('container-out-of-memory', /(?:^|[\s.])MemoryError\b|Unable to allocate ([\d.]+ \w?iB)|DefaultCPUAllocator: (?:not enough memory|can't allocate memory)|std::bad_alloc|Cannot allocate memory|CUDA out of memory/, 'A process of the container got no more memory ($1).', ['run-args: --memory 4g', '# or one worker (--workers 1), or a smaller model']),
];
/** A warning: the cause where nothing else is known. */
const warningSigns = [
    sign('sklearn-skew', /Trying to unpickle estimator (\w+) from version (\S+) when using version (\S+?)\.?(?: |$)/, 'The $1 was trained with scikit-learn $2, and the image has $3.', ['scikit-learn==$2    # requirements.txt']),
    sign('sklearn-skew', /InconsistentVersionWarning/, 'The model was trained with another version of scikit-learn than the image has.', [
        'scikit-learn==X.Y.Z    # requirements.txt: as in training',
    ]),
];

;// CONCATENATED MODULE: ./lib/smoke/diagnoses/servers.js

/** The server itself. */
const serverSigns = [
    sign('worker-timeout', /WORKER TIMEOUT|Worker timeout|worker .*(?:timed out|failed to boot in time)/, 'The server killed a worker that took longer than its time-out, while it loaded the model or predicted.', (_, { evidence }) => {
        const command = evidence.expected.command.join(' ');
        return [`CMD ${/gunicorn/.test(command) ? command.replace(/^(?:\S*sh -c )/, '') : 'gunicorn main:app'} --timeout 120 --preload`];
    }),
];
/** A worker that ended for a reason that no other line tells. */
const workerSigns = [
    sign('killed-by-itself', /was sent SIGKILL! Perhaps out of memory|sending SIGKILL|os\.kill\(.*SIGKILL/, 'A process of the container was killed by another one of it.', ['# the log above has the error of loading; docker run --rm -it IMAGE shows all of it']),
    sign('worker-boot-failed', /Worker failed to boot|Exception in worker process|Application startup failed/, 'The application raised an error while it started.', ['docker run --rm -it IMAGE python -c "import main"    # the module that CMD names']),
];

;// CONCATENATED MODULE: ./lib/smoke/diagnose.js










/** Told by a line of the log; of one line the first that fits. */
const signs = [...importSigns, ...modelSigns, ...machineSigns, ...surroundingSigns];
const signsOfEnd = [...startSigns, ...signs];
/** From the end: what was said last is why it ended, and what was caught and survived stands before it. */
function readLog(table, evidence, phase) {
    const { lines } = evidence;
    for (let index = lines.length - 1; index >= 0; index--) {
        const line = lines[index]?.trim() ?? '';
        for (const { code, read } of table) {
            const told = read(line, { lines, index, evidence, phase });
            if (told)
                return { code, proof: line.slice(0, 300), ...told };
        }
    }
    return undefined;
}
function findFirst(table, evidence, phase) {
    for (const { code, find } of table) {
        const finding = find(evidence, phase);
        if (finding)
            return { code, ...finding };
    }
    return undefined;
}
/**
 * What a red smoke test is recognised as. What the kernel, the sockets and the status of an answer say is sure and comes
 * first, then the log from its end, then how the container ended.
 */
function recognise(evidence) {
    const phase = phaseOf(evidence);
    const sure = findFirst([...memoryDiagnoses, ...answerDiagnoses, ...listeningDiagnoses], evidence, phase) ?? readLog(serverSigns, evidence, phase);
    if (sure)
        return sure;
    const logged = readLog(phase === 'stopped' ? signsOfEnd : signs, evidence, phase) ?? readLog(warningSigns, evidence, phase);
    const symptom = findFirst(symptomDiagnoses, evidence, phase);
    if (symptom && logged)
        return { ...symptom, what: `${symptom.what} ${logged.what}`, fix: [`# ${logged.proof}`, ...logged.fix] };
    return (symptom ??
        logged ??
        readLog(workerSigns, evidence, phase) ??
        findFirst([...crashDiagnoses, ...silentDiagnoses, ...endDiagnoses], evidence, phase));
}
/** The line of a traceback that says what was raised. */
const raised = /^[\w.]*(?:Error|Exception|Exit|Interrupt)\b(?:: .*)?$/;
/**
 * A red smoke test with its cause, if it is a known one: its code, a sentence with the values, and as evidence the line
 * that proves it, the fix, and what was there before. Else as it is, the error that was raised last put first.
 */
function diagnose(red, evidence) {
    const found = recognise(evidence);
    if (!found) {
        const error = evidence.lines.findLast((line) => raised.test(line));
        return error === undefined || red.evidence.slice(0, 8).includes(error) ? red : { ...red, evidence: [error, ...red.evidence] };
    }
    return {
        ...red,
        code: found.code,
        message: `${red.message} ${found.what}`,
        evidence: [found.proof, ...found.fix.map((line) => `fix: ${line}`), ...red.evidence],
    };
}


/***/ })

};
