export const id = 3075;
export const ids = [3075];
export const modules = {

/***/ 43075:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  initProject: () => (/* binding */ initProject)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/advice/copies.js
var copies = __webpack_require__(17091);
// EXTERNAL MODULE: ./lib/advice/dockerfile.js
var advice_dockerfile = __webpack_require__(34180);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/plan/git.js
var plan_git = __webpack_require__(28163);
// EXTERNAL MODULE: ./lib/plan/git-event.js
var git_event = __webpack_require__(79818);
// EXTERNAL MODULE: ./lib/smoke/samples/found.js
var found = __webpack_require__(89641);
// EXTERNAL MODULE: ./lib/build/context.js
var context = __webpack_require__(99411);
;// CONCATENATED MODULE: ./lib/init/folder.js


/** What people write by hand is smaller (bytes); notebooks hold pictures. */
const longestText = 4 << 20;
/** What git has or would take; undefined where there is no git, no repository, or nothing in it. */
async function tracked(host, root, env) {
    const argv = ['git', '-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const listed = await host.capture({ argv, cwd: root, env }).catch(() => undefined);
    const paths = listed?.exitCode === 0 ? listed.stdout.split('\0').filter(Boolean) : [];
    return paths.length === 0 ? undefined : [...new Set(paths)].sort();
}
/** The folder without what git ignores: a model that lies there on this machine alone is none that a runner has. */
async function readFolder(host, root, env) {
    const { files } = host;
    // All that is there, whatever a .dockerignore says.
    const all = (0,context/* readContext */.y)({ contents: files.contents, readText: () => undefined }, root).paths;
    const known = await tracked(host, root, env);
    const own = known === undefined ? undefined : new Set(known);
    const { ignores } = (0,context/* readContext */.y)({ contents: () => [], readText: files.readText }, root);
    const bytes = (path) => files.stat((0,external_node_path_.join)(root, path))?.bytes;
    return {
        paths: own ? all.filter((path) => own.has(path)) : all,
        read: (path) => ((bytes(path) ?? Number.POSITIVE_INFINITY) > longestText ? undefined : files.readUntrusted((0,external_node_path_.join)(root, path))),
        bytes: (path) => bytes(path) ?? 0,
        isThere: (path) => files.kind((0,external_node_path_.join)(root, path)) !== undefined,
        leftOut: ignores,
    };
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./lib/init/compose.js


const isFields = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
/** In the order in which compose looks for them. */
const names = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
function servicesOf(text) {
    try {
        const content = (0,dist.parse)(text, { merge: true, logLevel: 'silent' });
        const services = isFields(content) ? content['services'] : undefined;
        return isFields(services) ? Object.entries(services).filter((entry) => isFields(entry[1])) : [];
    }
    catch {
        return [];
    }
}
/** Whether it is built from the root of the project, by its Dockerfile. */
function isBuiltHere({ build }) {
    if (typeof build === 'string')
        return external_node_path_.posix.normalize(`${build}/`) === './';
    if (!isFields(build) || (build['dockerfile'] ?? 'Dockerfile') !== 'Dockerfile')
        return false;
    return external_node_path_.posix.normalize(`${build['context'] ?? '.'}/`) === './';
}
/** The port of the container in `8000:80`, `127.0.0.1:8000:80/tcp`, `80` or the long form. */
function targetOf(port) {
    const text = isFields(port)
        ? String(port['target'])
        : String(port)
            .replace(/\/\w+$/, '')
            .split(':')
            .at(-1);
    return /^\d{1,5}$/.test(text ?? '') ? Number(text) : undefined;
}
/** Files and folders of the project that lie in the container. */
function bindsOf({ volumes }) {
    return listOf(volumes).flatMap((volume) => {
        const [source = '', target = ''] = isFields(volume)
            ? [String(volume['source'] ?? ''), String(volume['target'] ?? '')]
            : String(volume).split(':');
        return /^\.{1,2}(\/|$)/.test(source) ? [{ source: external_node_path_.posix.normalize(source).replace(/\/$/, ''), target: target.replace(/\/$/, '') }] : [];
    });
}
/** The stack that the project is part of; undefined where no compose file builds it, or none says which service is the one. */
function findStack(folder) {
    const file = names.find((name) => folder.paths.includes(name));
    if (file === undefined)
        return undefined;
    const built = servicesOf(folder.read(file) ?? '').filter(([, service]) => isBuiltHere(service));
    const published = built.filter(([, { ports }]) => listOf(ports).length > 0);
    const [only] = built.length === 1 ? built : published;
    if (only === undefined || (built.length > 1 && published.length > 1))
        return undefined;
    const [service, fields] = only;
    const ports = [...new Set(listOf(fields['ports']).flatMap((one) => targetOf(one) ?? []))];
    const { depends_on: depends } = fields;
    const binds = bindsOf(fields);
    const read = [...binds.map(({ source }) => source), ...listOf(fields['env_file']).map((one) => external_node_path_.posix.normalize(String(one)))];
    const has = (path) => path === '.' || folder.paths.some((one) => one === path || one.startsWith(`${path}/`));
    return {
        file,
        service,
        isOnlyOne: built.length === 1,
        needs: isFields(depends) ? Object.keys(depends) : listOf(depends).map(String),
        mounts: binds.map(({ target }) => target),
        isWhole: read.every(has),
        ...(ports.length === 1 && ports[0] !== undefined ? { port: ports[0] } : {}),
    };
}
/** Whether a folder of the machine lies over a path of the image. */
function liesOver({ mounts }, path) {
    return mounts.some((mount) => `/app/${path}/`.startsWith(`${mount}/`));
}

// EXTERNAL MODULE: ./lib/advice/rules/dockerfile/cuda.js
var cuda = __webpack_require__(43112);
// EXTERNAL MODULE: ./lib/advice/rules/dockerfile/weights.js
var weights = __webpack_require__(19642);
// EXTERNAL MODULE: ./lib/test/uv.js
var uv = __webpack_require__(4553);
;// CONCATENATED MODULE: ./lib/init/shipped.js

/** What a service has no use for, by its name at the top of a project. */
const aside = new RegExp(`^(?:${[
    '\\..*|.*\\.(?:md|rst|ipynb|lock|log|csv|tsv|parquet|db|sqlite3?|zip|tar|gz|sh|bat|toml|ini|cfg)|LICEN[CS]E.*|NOTICE.*|AUTHORS.*',
    '(?:.*\\.)?Dockerfile.*|(?:docker-)?compose.*\\.ya?ml|Makefile|Procfile|justfile|Taskfile.*|Jenkinsfile|Pipfile|MANIFEST\\.in|CODEOWNERS',
    'requirements.*|constraints.*|setup\\.py|environment.*\\.ya?ml|noxfile\\.py|tasks\\.py|runtime\\.txt|app\\.json|dvc\\.ya?ml|params\\.ya?ml',
    'mkdocs\\.ya?ml|codecov\\.ya?ml|package(?:-lock)?\\.json|renovate\\.json|conftest\\.py|test_.*\\.py|.*_test\\.py',
    'tests?|testing|docs?|notebooks?|examples?|scripts?|bin|data|datasets?|raw_data|mlruns|mlartifacts|wandb|lightning_logs|tensorboard|logs',
    'node_modules|monitoring|prometheus|grafana|k8s|kubernetes|helm|charts|terraform|infra|deploy(?:ment)?|build|dist|.*\\.egg-info|images|assets|reports?|venv|env',
].join('|')})$`, 'i');
const topOf = (path) => path.split('/')[0] ?? path;
/** Weights of less (bytes) may be pushed with the code. */
const worthALayer = 10_000_000;
/** `COPY` lines that put files where they lie in the project, a line for each folder. */
function asTheyLie(paths) {
    const folders = new Map();
    for (const path of paths) {
        const to = external_node_path_.posix.dirname(path) === '.' ? './' : `./${external_node_path_.posix.dirname(path)}/`;
        folders.set(to, [...(folders.get(to) ?? []), path]);
    }
    return [...folders].map(([to, sources]) => ({ sources, to }));
}
const named = (folder, text) => [...text.matchAll(/["']([^"'\n]{1,100})["']/g)]
    .map(([, one = '']) => topOf(external_node_path_.posix.normalize(one.replace(/^(\.?\/)+/, ''))))
    .filter((one) => folder.paths.some((path) => topOf(path) === one));
/**
 * What of a project goes into its image: first the files that are the model, then the code with what it names. A script that
 * trains and that the server does not import stays behind; so does what a `.dockerignore` that is there leaves out.
 */
function shippedOf(folder, server, model) {
    const paths = folder.paths.filter((path) => !folder.leftOut(path));
    const there = new Set(model.there);
    const wanted = new Set(server.files.flatMap((file) => [topOf(file), ...named(folder, folder.read(file) ?? '')]));
    const pure = (top) => paths.filter((path) => topOf(path) === top).every((path) => there.has(path) || !/\.(py|html|js)$/.test(path));
    // A folder that is kept by its .gitignore alone.
    const hollow = (top) => paths.filter((path) => topOf(path) === top).every((path) => path !== top && external_node_path_.posix.basename(path).startsWith('.'));
    const modelTops = [...new Set(paths.filter((path) => there.has(path)).map(topOf))].filter((top) => pure(top) && !/^(tests?|notebooks?|docs?)$/.test(top));
    const { by } = model.training ?? model.mounted ?? {};
    const training = by === undefined || server.files.includes(by) ? undefined : by;
    const tops = [...new Set(paths.map(topOf))].filter((top) => {
        if (modelTops.includes(top) || top === training || hollow(top))
            return false;
        return wanted.has(top)
            ? !/^((.*\.)?Dockerfile.*|\.git.*|tests?)$/.test(top) || server.files.some((file) => topOf(file) === top)
            : !aside.test(top);
    });
    const isFile = (top) => paths.includes(top);
    // What only training has a use for: a folder without code that no file of the server names.
    const idle = (top) => !wanted.has(top) && !isFile(top) && !paths.some((path) => topOf(path) === top && /\.(py|ya?ml|json|txt|html|css|js)$/.test(path));
    /** A folder as a whole; one that mixes weights with code by what is in it, so that each can have its layer. */
    const apart = (path) => {
        const inside = paths.filter((one) => one.startsWith(`${path}/`));
        const bytes = inside.filter((one) => there.has(one)).reduce((sum, one) => sum + folder.bytes(one), 0);
        if (isFile(path) || bytes < worthALayer || !inside.some((one) => one.endsWith('.py')))
            return [path];
        return [...new Set(inside.map((one) => `${path}/${topOf(one.slice(path.length + 1))}`))].flatMap(apart);
    };
    const copies = (all) => [
        ...all.filter((path) => !isFile(path)).map((path) => ({ sources: [`${path}/`], to: `./${path}/` })),
        ...asTheyLie(all.filter(isFile)),
    ];
    const code = tops.filter((top) => !idle(top)).flatMap(apart);
    return { model: copies([...modelTops, ...code.filter((path) => there.has(path))]), code: copies(code.filter((path) => !there.has(path))) };
}

;// CONCATENATED MODULE: ./lib/init/dockerfile.js





/** What is installed beside the packages of the project, in versions that are known to work together. */
const pinned = {
    uv: `uv==${uv/* uvVersion */.ez}`,
    // pip installs what the lock says: by whatever index and certificates pip is set up for.
    poetry: 'poetry==2.5.1 poetry-plugin-export==1.10.1',
    pipenv: 'pipenv==2026.10.3',
    gunicorn: 'gunicorn==27.0.1',
    uvicorn: 'uvicorn==0.54.0',
    notebook: 'nbconvert==7.17.2 ipykernel==7.4.0',
};
/** Libraries of Debian that wheels need and a slim image does not have. */
const systemLibraries = {
    lightgbm: ['libgomp1'],
    'opencv-python': ['libgl1', 'libglib2.0-0'],
    'opencv-contrib-python': ['libgl1', 'libglib2.0-0'],
    pytesseract: ['tesseract-ocr'],
    pdf2image: ['poppler-utils'],
    pydub: ['ffmpeg'],
    'ffmpeg-python': ['ffmpeg'],
    'openai-whisper': ['ffmpeg'],
    graphviz: ['graphviz'],
};
const copyLine = ({ sources, to }) => {
    const words = [...sources, to];
    return words.some((word) => /\s/.test(word)) ? `COPY ${JSON.stringify(words)}` : `COPY ${words.join(' ')}`;
};
const execForm = (keyword, words) => `${keyword} [${words.map((word) => JSON.stringify(word)).join(', ')}]`;
/** The server that a framework needs and the packages of the project do not have. */
function missingServer({ framework }, { names }) {
    if (framework === 'fastapi' || framework === 'starlette')
        return names.has('uvicorn') ? undefined : pinned.uvicorn;
    return framework === 'flask' && !names.has('gunicorn') && !names.has('waitress') ? pinned.gunicorn : undefined;
}
/** What the image runs: the server of production of its framework. */
function commandOf({ framework, file, root, module, application, factory, port }, { names }) {
    const target = `${module}:${application}`;
    const bound = `0.0.0.0:${port}`;
    switch (framework) {
        case 'fastapi':
        case 'starlette':
            return ['uvicorn', target, ...(factory ? ['--factory'] : []), '--host', '0.0.0.0', '--port', String(port)];
        case 'flask':
            return names.has('waitress') && !names.has('gunicorn')
                ? ['waitress-serve', `--listen=${bound}`, ...(factory ? ['--call'] : []), target]
                : ['gunicorn', '--bind', bound, factory ? `${target}()` : target];
        case 'litserve':
            return root === '' && file.includes('/') ? ['python', '-m', module] : ['python', file];
        case 'bentoml':
            return ['bentoml', 'serve', target, '--host', '0.0.0.0', '--port', String(port)];
        case 'mlflow':
            return ['mlflow', 'models', 'serve', '-m', file, '--env-manager', 'local', '--host', '0.0.0.0', '--port', String(port)];
    }
}
/** Packages in a folder of their own, where what installs them does not belong into the image. */
function packagesStage(packages, python, extra) {
    const { manager, files, names, text } = packages;
    const git = /\bgit\+/.test(text);
    // The whole image has git and compilers, which only this stage needs.
    const from = `FROM python:${python}${git ? '' : '-slim'} AS packages`;
    const copies = ['WORKDIR /app', ...asTheyLie(files).map(copyLine)];
    const alone = (install) => (extra === undefined ? [] : [`RUN ${install} ${extra}`]);
    const venvPip = '/opt/venv/bin/pip install --no-cache-dir';
    const venvUv = 'uv pip install --no-cache --python /opt/venv';
    switch (manager) {
        case 'uv':
            return [
                from,
                `RUN pip install --no-cache-dir ${pinned.uv}`,
                'ENV UV_PROJECT_ENVIRONMENT=/opt/venv UV_PYTHON_DOWNLOADS=never',
                ...copies,
                'RUN uv sync --frozen --no-dev --no-install-project --no-cache',
                ...alone(venvUv),
            ];
        case 'poetry':
            return [
                from,
                `RUN pip install --no-cache-dir ${pinned.poetry} && python -m venv /opt/venv`,
                ...copies,
                `RUN poetry export --output locked.txt && ${venvPip} -r locked.txt`,
                ...alone(venvPip),
            ];
        case 'pipenv':
            return [
                from,
                `RUN pip install --no-cache-dir ${pinned.pipenv} && python -m venv /opt/venv`,
                ...copies,
                `RUN pipenv requirements > locked.txt && ${venvPip} -r locked.txt`,
                ...alone(venvPip),
            ];
        case 'pyproject':
            return [
                from,
                `RUN pip install --no-cache-dir ${pinned.uv} && python -m venv /opt/venv`,
                ...copies,
                `RUN ${venvUv}${forCpu(names, text) ? ' --torch-backend=cpu' : ''} -r pyproject.toml`,
                ...alone(venvUv),
            ];
        case 'pip':
            return [from, 'RUN python -m venv /opt/venv', ...copies, `RUN ${venvPip} ${pipWords(packages, extra)}`];
    }
}
/** torch comes for CUDA unless it is told otherwise. */
const forCpu = (names, text) => [...names].some((name) => cuda/* needsTorch */.EP.test(name)) && !cuda/* elsewhere */.Jn.test(text);
function pipWords({ files, names, text }, extra) {
    const index = forCpu(names, text) ? ['--extra-index-url https://download.pytorch.org/whl/cpu'] : [];
    return [...index, `-r ${files[0]}`, ...(extra === undefined ? [] : [extra])].join(' ');
}
const inPlace = ({ manager, text }) => manager === 'pip' && !/\bgit\+/.test(text);
function systemLines(names) {
    const wanted = [
        ...new Set([...names].flatMap((name) => (Object.hasOwn(systemLibraries, name) ? (systemLibraries[name] ?? []) : []))),
    ].sort();
    return wanted.length === 0
        ? []
        : [`RUN apt-get update && apt-get install -y --no-install-recommends ${wanted.join(' ')} \\`, '    && rm -rf /var/lib/apt/lists/*'];
}
/** What training and serving share. */
function baseLines({ server, packages, python, folder }, isBase) {
    const env = [
        'PYTHONDONTWRITEBYTECODE=1',
        'PYTHONUNBUFFERED=1',
        ...(server.root === '' ? [] : [`PYTHONPATH=/app/${server.root}`]),
        ...(inPlace(packages) ? [] : ['PATH=/opt/venv/bin:$PATH']),
    ];
    const extra = missingServer(server, packages);
    const models = [...new Set(server.files.flatMap((file) => weights/* fetches */.z.exec(folder.read(file) ?? '')?.[1] ?? []))];
    return [
        `FROM python:${python.version}-slim${isBase ? ' AS base' : ''}`,
        `ENV ${env.join(' \\\n    ')}`,
        'WORKDIR /app',
        ...systemLines(packages.names),
        ...(inPlace(packages)
            ? [...asTheyLie(packages.files).map(copyLine), `RUN pip install --no-cache-dir ${pipWords(packages, extra)}`]
            : ['COPY --from=packages /opt/venv /opt/venv']),
        ...(models.length === 0
            ? []
            : [
                '# The weights of the hub, so that no start waits for it.',
                'ENV HF_HOME=/opt/huggingface',
                ...models.map((model) => `RUN python -c "from huggingface_hub import snapshot_download; snapshot_download('${model}')"`),
            ]),
    ];
}
/** The stage that makes the model; of all that it leaves only that is taken over. */
function trainingLines({ model, extraTraining }) {
    const { training, missing } = model;
    if (!training)
        return [];
    const folders = [...new Set(missing.map((path) => external_node_path_.posix.dirname(path)))].filter((one) => one !== '.');
    const run = folders.length === 0 ? training.command : `mkdir -p ${folders.join(' ')} && ${training.command}`;
    return [
        '',
        `# Makes ${missing.join(', ')}.`,
        'FROM base AS train',
        ...(extraTraining === undefined
            ? []
            : [copyLine({ sources: [extraTraining], to: './' }), `RUN pip install --no-cache-dir -r ${external_node_path_.posix.basename(extraTraining)}`]),
        ...(training.notebook ? [`RUN pip install --no-cache-dir ${pinned.notebook}`] : []),
        ...trainingCopies(training.files).map(copyLine),
        `RUN ${run}`,
    ];
}
/** Files to where they lie; a folder as a whole. */
function trainingCopies(files) {
    const folders = files.filter((path) => !/\.\w+$/.test(external_node_path_.posix.basename(path)));
    const alone = files.filter((path) => !folders.some((one) => path === one || path.startsWith(`${one}/`)));
    return [...asTheyLie(alone), ...folders.map((one) => ({ sources: [`${one}/`], to: `./${one}/` }))];
}
const check = (code) => [
    'HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \\',
    `    ${execForm('CMD', ['python', '-c', code])}`,
];
function healthLines({ port, health }) {
    return health === undefined
        ? check(`import socket; socket.create_connection(('127.0.0.1', ${port}), timeout=3)`)
        : check(`import urllib.request; urllib.request.urlopen('http://127.0.0.1:${port}${health}', timeout=3)`);
}
/** The Dockerfile of a project: packages before the model before the code, not as root, with a check of its health. */
function dockerfileText(project) {
    const { server, packages, python, model, shipped } = project;
    const trains = model.training !== undefined;
    const lines = [
        ...(inPlace(packages) ? [] : [...packagesStage(packages, python.version, missingServer(server, packages)), '']),
        ...baseLines(project, trains),
        ...trainingLines(project),
        ...(trains ? ['', 'FROM base'] : []),
        'RUN useradd --create-home --uid 10001 app',
        ...(trains ? model.missing.map((path) => `COPY --from=train /app/${path} ./${path}`) : []),
        ...shipped.model.map(copyLine),
        ...shipped.code.map(copyLine),
        'USER app',
        `EXPOSE ${server.port}`,
        ...healthLines(server),
        execForm('CMD', commandOf(server, packages)),
    ];
    return `${lines.join('\n')}\n`;
}

// EXTERNAL MODULE: ./lib/build/ignored.js
var ignored = __webpack_require__(2694);
;// CONCATENATED MODULE: ./lib/init/dockerignore.js

/** What no build has a use for, in any project. */
const usual = [
    ...[
        '.git',
        '.github',
        '.env',
        '.env.*',
        '.venv',
        'venv',
        '**/__pycache__',
        '**/*.py[co]',
        '**/.pytest_cache',
        '**/.ruff_cache',
        '**/.mypy_cache',
    ],
    ...['.ipynb_checkpoints', '**/*.ipynb', 'tests', '**/tests', 'mlruns', 'wandb', 'data', '*.md'],
];
/** Whether a pattern leaves out something that a COPY takes by its name, or all of what it takes. */
function breaks(pattern, copies, paths) {
    const ignores = (0,ignored/* ignoredBy */.g)(pattern);
    return copies.some((source) => {
        const bare = source.replace(/\/$/, '');
        const inside = paths.filter((path) => path === bare || path.startsWith(`${bare}/`));
        return ignores(bare) || (inside.length > 0 && inside.every((path) => ignores(path)));
    });
}
/** The `.dockerignore` of a project: what is usual, without what its own Dockerfile takes. */
function dockerignoreText({ folder, packages, model, server, shipped }) {
    const sources = (all) => all.flatMap((one) => one.sources);
    const copies = [
        ...packages.files,
        ...sources(shipped.model),
        ...sources(shipped.code),
        ...(model.training?.files ?? []),
        ...server.files,
        ...model.there,
    ];
    return `${usual.filter((pattern) => !breaks(pattern, copies, folder.paths)).join('\n')}\n`;
}

// EXTERNAL MODULE: ./lib/test/find.js
var find = __webpack_require__(99089);
// EXTERNAL MODULE: ./lib/model/artefacts.js
var model_artefacts = __webpack_require__(95370);
;// CONCATENATED MODULE: ./lib/init/modules.js

const statement = /^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)|import[ \t]+([^\n#]+))/gm;
const namesIn = (text) => text
    .replace(/[()\\]/g, ' ')
    .split(',')
    .map((one) => one.trim().split(/\s+/)[0] ?? '')
    .filter((one) => /^[\w.]+$/.test(one));
function importsIn(text) {
    return [...text.matchAll(statement)].flatMap(([, dots = '', module = '', from, plain]) => from !== undefined
        ? [{ dots: dots.length, module, names: namesIn(from) }]
        : namesIn(plain ?? '').map((name) => ({ dots: 0, module: name, names: [] })));
}
/** The files of the folder that an import of a file means, where modules are looked for from `root` ('' is the folder itself). */
function filesMeant(paths, file, root, { dots, module, names }) {
    const base = dots === 0 ? root : external_node_path_.posix.join(external_node_path_.posix.dirname(file), ...Array.from({ length: dots - 1 }, () => '..'));
    const at = (dotted) => external_node_path_.posix.join(base, dotted.replaceAll('.', '/')).replace(/^\.\/?/, '');
    const fileOf = (path) => [`${path}.py`, path === '' ? '__init__.py' : `${path}/__init__.py`].find((one) => paths.has(one));
    const own = module === '' ? undefined : fileOf(at(module));
    const below = names.flatMap((name) => fileOf(at(module === '' ? name : `${module}.${name}`)) ?? []);
    return [...(own === undefined ? [] : [own]), ...below];
}
/** The folders above a file, itself the folder of the file, the nearest last; '' is the project. */
function rootsOf(file) {
    const parts = file.split('/').slice(0, -1);
    return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}
/** The folder that holds the package of a file; of one that is in no package the project. */
function aboveItsPackage(paths, file) {
    let folder = external_node_path_.posix.dirname(file);
    if (!paths.has(external_node_path_.posix.join(folder, '__init__.py')))
        return '';
    while (paths.has(external_node_path_.posix.join(folder, '__init__.py')))
        folder = external_node_path_.posix.dirname(folder);
    return folder.replace(/^\.$/, '');
}
/**
 * The folder that modules are looked for from when a file runs: from which most of its imports lead to a file. Of equal ones the
 * folder above its package.
 */
function rootOf(folder, file) {
    const paths = new Set(folder.paths);
    const imports = importsIn(folder.read(file) ?? '').filter(({ dots }) => dots === 0);
    const relative = /^[ \t]*from[ \t]+\./m.test(folder.read(file) ?? '');
    const roots = rootsOf(file).filter((root) => !relative || root !== external_node_path_.posix.dirname(file).replace(/^\.$/, ''));
    const found = (root) => imports.filter((one) => filesMeant(paths, file, root, one).length > 0).length;
    // Who else imports it says its name.
    const module = (root) => (root === '' ? file : file.slice(root.length + 1)).replace(/\.py$/, '').replaceAll('/', '.');
    const others = folder.paths.filter((path) => path.endsWith('.py') && path !== file);
    const named = (root) => others.some((path) => importsIn(folder.read(path) ?? '').some((one) => one.dots === 0 && one.module === module(root))) ? 1 : 0;
    const own = aboveItsPackage(paths, file);
    const ranked = roots.map((root) => ({ root, rank: found(root) * 4 + named(root) * 2 + (root === own ? 1 : 0) }));
    return ranked.reduce((best, one) => (one.rank > best.rank ? one : best), ranked[0] ?? { root: '', rank: 0 }).root;
}
/** More files are not read for what they import. */
const mostFiles = 300;
/** The file and all of the folder that it imports, directly or not. */
function importedBy(folder, file, root) {
    const paths = new Set(folder.paths);
    const found = new Set();
    const visit = (path) => {
        if (found.has(path) || found.size > mostFiles)
            return;
        found.add(path);
        // A package runs its __init__.py first.
        for (const above of rootsOf(path)) {
            const init = above === '' ? '' : `${above}/__init__.py`;
            if (above !== root && paths.has(init))
                visit(init);
        }
        for (const one of importsIn(folder.read(path) ?? ''))
            filesMeant(paths, path, root, one).forEach(visit);
    };
    visit(file);
    return [...found].sort();
}
/** `src.api.app` of `src/api/app.py`, as it is imported from `root`. */
function moduleOf(file, root) {
    return (root === '' ? file : file.slice(root.length + 1)).replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');
}

;// CONCATENATED MODULE: ./lib/init/notebook.js
const sourceOf = ({ source }) => Array.isArray(source) ? source.filter((line) => typeof line === 'string').join('') : typeof source === 'string' ? source : '';
/** The Python of a notebook, a cell behind the other; nothing of what is no notebook (nbformat 4). */
function notebookCode(text) {
    try {
        const { cells } = JSON.parse(text);
        const all = Array.isArray(cells) ? cells.filter((cell) => typeof cell === 'object' && cell !== null) : [];
        return all
            .filter(({ cell_type }) => cell_type === 'code')
            .map(sourceOf)
            .join('\n');
    }
    catch {
        return '';
    }
}

// EXTERNAL MODULE: ./lib/smoke/candidates.js
var smoke_candidates = __webpack_require__(61007);
;// CONCATENATED MODULE: ./lib/init/server.js




/** How a framework is called, and where it listens and tells its health where the code does not say it. */
const frameworks = {
    fastapi: { title: 'FastAPI', port: 8000 },
    starlette: { title: 'Starlette', port: 8000 },
    flask: { title: 'Flask', port: 8000 },
    litserve: { title: 'LitServe', port: 8000, health: '/health', predict: '/predict' },
    bentoml: { title: 'BentoML', port: 3000, health: '/readyz', predict: '/predict' },
    mlflow: { title: 'MLflow', port: 8080, health: '/ping', predict: '/invocations' },
};
/** Python without comments and docstrings; lines stay where they are. */
const codeOf = (text) => text.replace(/("""|''')[\s\S]*?\1/g, (all) => '\n'.repeat(all.split('\n').length - 1)).replace(/(^|\s)#.*$/gm, '$1');
const calls = [
    { framework: 'fastapi', call: '(?:fastapi\\.)?FastAPI' },
    { framework: 'flask', call: '(?:flask\\.)?(?:Flask|APIFlask|OpenAPI)' },
    { framework: 'starlette', call: '(?:starlette\\.applications\\.)?Starlette' },
];
/** The application that a text of Python makes. */
function applicationIn(text) {
    const code = codeOf(text);
    const [, service] = /^@bentoml\.service\b[\s\S]*?^class\s+(\w+)/m.exec(code) ?? [];
    if (service !== undefined)
        return { framework: 'bentoml', application: service, factory: false };
    if (/\bLitServer\(/.test(code) && /\.run\(/.test(code))
        return { framework: 'litserve', application: '', factory: false };
    for (const { framework, call } of calls) {
        const [, name] = new RegExp(`^(\\w+)\\s*(?::[^=\\n]+)?=\\s*${call}\\(`, 'm').exec(code) ?? [];
        if (name !== undefined)
            return { framework, application: name, factory: false };
        const inside = new RegExp(`^[ \\t]+\\w+\\s*(?::[^=\\n]+)?=\\s*${call}\\(|^[ \\t]+return\\s+${call}\\(`, 'm').exec(code);
        if (!inside)
            continue;
        // Arguments without a default are nothing that a server could give.
        const [maker, given] = [...code.slice(0, inside.index).matchAll(/^def\s+(\w+)\(([^)]*)\)/gm)].at(-1)?.slice(1) ?? [];
        if (maker === undefined)
            continue;
        const [, kept] = new RegExp(`^(\\w+)\\s*=\\s*${maker}\\(`, 'm').exec(code) ?? [];
        if (kept !== undefined)
            return { framework, application: kept, factory: false };
        const free = (given ?? '').split(',').every((one) => one.trim() === '' || /=|^\s*\*/.test(one));
        if (free && /app|server|api/.test(maker))
            return { framework, application: maker, factory: true };
    }
    return undefined;
}
/** The routes that a text of Python adds, in their order; those of a router with a prefix are told with it. */
function routesIn(text) {
    const code = codeOf(text);
    const prefixes = new Map([...code.matchAll(/^(\w+)\s*=\s*(?:APIRouter|Blueprint)\([^)]*?\b(?:url_)?prefix\s*=\s*["']([^"']*)["']/gm)].map(([, name = '', prefix = '']) => [name, prefix]));
    return [
        ...code.matchAll(/^[ \t]*@(\w+)\.(get|post|put|route|api_route)\(\s*(?:path\s*=\s*|rule\s*=\s*)?["']([^"']+)["']([^\n]*)/gm),
    ].flatMap(([, owner = '', verb = '', path = '', rest = '']) => {
        const told = [...rest.matchAll(/["'](GET|POST|PUT)["']/g)].map(([, method = '']) => method);
        const methods = verb === 'route' || verb === 'api_route' ? (told.length > 0 ? told : ['GET']) : [verb.toUpperCase()];
        return methods.map((method) => ({ method, path: (prefixes.get(owner) ?? '') + path }));
    });
}
/** The paths that a service of BentoML answers to: the names of its methods. */
const bentoRoutes = (text) => [...codeOf(text).matchAll(/^[ \t]+@bentoml\.api\b[^\n]*\n\s*(?:async\s+)?def\s+(\w+)/gm)].map(([, name = '']) => ({
    method: 'POST',
    path: `/${name}`,
}));
const predicting = /(^|[/_-])(predict\w*|infer\w*|invocations|score|classify|generate|embed\w*|detect|forecast|recommend\w*|sentiment|summari[sz]e|translate)([/_-]|$)/i;
/** The first of the words that people name predictions by; else the only path that is posted to. */
function predictPath(routes) {
    const posted = routes.filter(({ method, path }) => method === 'POST' && !/[<{]/.test(path)).map(({ path }) => path);
    return (posted.find((path) => path === '/predict') ??
        posted.find((path) => predicting.test(path)) ??
        (posted.length === 1 ? posted[0] : undefined));
}
const portNumber = (text) => text !== undefined && Number(text) > 0 && Number(text) <= 65_535 ? Number(text) : undefined;
/** The port that `run(port=…)` says, a default behind a variable too. */
function portIn(code) {
    const [, given = ''] = /\.run\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/.exec(code) ?? [];
    return portNumber(/\bport\s*=\s*(?:int\(\s*)?(?:os\.(?:environ\.get|getenv)\([^,]+,\s*)?["']?(\d{2,5})\b/.exec(given)?.[1]);
}
/** `app.main:app` of the command in a Procfile, or of the usual names that tell how a server is started. */
function toldApplication(folder) {
    for (const source of ['Procfile', 'Makefile', 'justfile', 'README.md']) {
        for (const [, module = '', application = ''] of (folder.read(source) ?? '').matchAll(/\b(?:uvicorn|gunicorn|hypercorn|waitress-serve)\b[^\n]*?\s([A-Za-z_][\w.]*):([A-Za-z_]\w*)/g)) {
            const tail = `${module.replaceAll('.', '/')}.py`;
            const file = folder.paths.find((path) => path === tail || path.endsWith(`/${tail}`));
            if (file !== undefined)
                return { file, application };
        }
    }
    return undefined;
}
const server_aside = /(^|\/)(tests?|testing|examples?|docs?|notebooks?|scripts?|benchmarks?|tutorials?)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/;
const usualName = /(^|\/)(app|main|server|serve|api|service|wsgi|asgi|application)\.py$/;
/** MLflow serves a model without any code: the folder that has one. */
function mlflowModel(folder) {
    const model = folder.paths.find((path) => external_node_path_.posix.basename(path) === 'MLmodel' && !server_aside.test(path));
    if (model === undefined)
        return undefined;
    const { port, health = '', predict = '' } = frameworks.mlflow;
    const file = external_node_path_.posix.dirname(model);
    return { framework: 'mlflow', file, root: '', module: '', application: '', factory: false, port, health, predict, files: [] };
}
/** The server of a folder: what a Procfile names, else the application of the likeliest file. Undefined where there is none. */
function findServer(folder) {
    const told = toldApplication(folder);
    const candidates = folder.paths.filter((path) => path.endsWith('.py') && !server_aside.test(path));
    const rank = (path) => (path === told?.file ? -100 : 0) + (usualName.test(path) ? 0 : 10) + path.split('/').length;
    const found = candidates
        .flatMap((file) => {
        const made = applicationIn(folder.read(file) ?? '');
        return made ? [{ file, made }] : [];
    })
        .toSorted((a, b) => rank(a.file) - rank(b.file));
    const [best] = found;
    if (!best)
        return mlflowModel(folder);
    const { file, made } = best;
    const root = rootOf(folder, file);
    const files = importedBy(folder, file, root);
    const read = made.framework === 'bentoml' ? bentoRoutes : routesIn;
    const routes = files.flatMap((path) => read(folder.read(path) ?? ''));
    const answers = routes.filter(({ method }) => method === 'GET').map(({ path }) => path);
    const defaults = frameworks[made.framework];
    const health = smoke_candidates/* usualPaths */.Z.find((path) => answers.includes(path)) ?? defaults.health;
    const predict = predictPath(routes) ?? defaults.predict;
    // What others of a stack call it by.
    const port = findStack(folder)?.port ?? portIn(codeOf(folder.read(file) ?? '')) ?? defaults.port;
    return {
        ...made,
        file,
        root,
        module: moduleOf(file, root),
        port,
        files,
        ...(health === undefined ? {} : { health }),
        ...(predict === undefined ? {} : { predict }),
    };
}

;// CONCATENATED MODULE: ./lib/init/model.js





const quoted = `["']([^"'\\n]+)["']`;
const literals = new RegExp(quoted, 'g');
/** `Path("models") / "a.pkl"`, `join("models", "a.pkl")`: texts with `/`, or of one join, behind each other. */
const joined = new RegExp(`(?:${quoted}\\s*\\)?\\s*/\\s*)?(?:${quoted}\\s*\\)?\\s*/\\s*)?${quoted}`, 'g');
const asArguments = /\bjoin\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g;
const ownFolder = /(?:__file__\s*\)*(?:\.resolve\(\)|\.absolute\(\))?)((?:\.parent|\.parents\[\d\])+)/;
/** The paths of models that a text of Python names, as they are from the folder that the server starts in. */
function modelPaths(file, text) {
    const code = codeOf(text);
    // A folder that is named by the file itself is where the file lies.
    const [, ups] = ownFolder.exec(code) ?? [];
    const folder = external_node_path_.posix.dirname(file);
    const above = ups === undefined ? undefined : external_node_path_.posix.join(folder, ...Array.from({ length: (ups.match(/\.parent\b/g) ?? []).length - 1 }, () => '..'));
    const chains = [
        ...[...code.matchAll(joined)].map((found) => ({ parts: found.slice(1).filter((part) => part !== undefined), at: found.index })),
        ...[...code.matchAll(asArguments)].map((found) => ({
            parts: [...(found[1] ?? '').matchAll(literals)].map(([, part = '']) => part),
            at: found.index,
        })),
    ];
    const paths = chains.flatMap(({ parts, at }) => {
        const path = parts.join('/');
        if (!(0,model_artefacts/* isModelFile */.i)(path) || /[{}*$\s:]/.test(path))
            return [];
        const beside = above !== undefined &&
            !path.startsWith('/') &&
            /(\bparent\b|[A-Z_]{3,}|_dir\b|\bhere\b|\broot\b|\bbase\b)[^\n]*$/i.test(code.slice(0, at).split('\n').at(-1) ?? '');
        return [external_node_path_.posix.normalize(beside ? external_node_path_.posix.join(above, path) : path).replace(/^\/app\//, '')];
    });
    // The last part of a longer one is found once more by itself.
    return [...new Set(paths)].filter((path) => !paths.some((other) => other !== path && other.endsWith(`/${path}`)));
}
const saves = /\b(?:joblib|pickle|cloudpickle|dill|skops|sio)\.dumps?\(|\.save_model\(|\btorch\.save\(|\.save\(|\bsave_pretrained\(|\bto_onnx\(/;
const model_aside = /(^|\/)(tests?|testing|docs?)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/;
/** The arguments by which a script is told where its model goes. */
function outputArguments(text, model) {
    const option = /(?:add_argument|click\.option|typer\.Option)\(\s*(?:["']-\w["']\s*,\s*)?["'](--(?:output|out|model|model-path|model_path|output-path|output_path|save-path|save_path|model-out|model-file|(?:output|out|model)[-_]dir))["']([^\n]*)/;
    const [, name, rest = ''] = option.exec(text) ?? [];
    // What has a default goes where the server looks for it, or nowhere that anybody knows.
    if (name === undefined || /\bdefault\s*=/.test(rest))
        return '';
    return ` ${name} ${/[-_]dir$/.test(name) ? external_node_path_.posix.dirname(model) : model}`;
}
/** Files and folders of the project that a text names, as they are from the folder that it runs in: data, a configuration. */
function namedFiles(folder, text, runsIn = '') {
    const named = [...codeOf(text).matchAll(literals)].map(([, one = '']) => external_node_path_.posix.join(runsIn, one.replace(/^\/+/, '')).replace(/\/$/, ''));
    return [...new Set(named)].filter((path) => path !== '' && path !== '.' && folder.paths.some((one) => one === path || one.startsWith(`${path}/`)));
}
/** What a script is called that makes a model. */
const maker = /train|fit|(?:make|build|create|export)_model/;
/**
 * The likeliest file that writes the model: by its name, and by naming what is missing, or the constant of the server
 * that does.
 */
function trainingOf(folder, server, missing, constant) {
    const names = [...missing.map((path) => external_node_path_.posix.basename(path)), ...(constant === undefined ? [] : [constant])];
    const scored = folder.paths
        .filter((path) => /\.(py|ipynb)$/.test(path) && !model_aside.test(path) && path !== server.file)
        .flatMap((path) => {
        const written = folder.read(path) ?? '';
        const notebook = path.endsWith('.ipynb');
        const text = notebook ? notebookCode(written) : written;
        if (!saves.test(text))
            return [];
        const about = names.filter((name) => text.includes(name)).length;
        const runs = notebook || /__name__\s*==|@click\.command|@app\.command/.test(text) || !server.files.includes(path);
        const score = about * 4 + (maker.test(external_node_path_.posix.basename(path)) ? 2 : 0) + (notebook ? 0 : 1);
        return runs && (about > 0 || maker.test(external_node_path_.posix.basename(path))) ? [{ path, text, score, notebook }] : [];
    })
        .toSorted((a, b) => b.score - a.score);
    const [best] = scored;
    if (!best)
        return undefined;
    const { path, text, notebook } = best;
    if (notebook)
        return {
            by: path,
            command: `jupyter nbconvert --to notebook --execute --ExecutePreprocessor.kernel_name=python3 --output-dir /tmp ${path}`,
            files: [path, ...namedFiles(folder, text, external_node_path_.posix.dirname(path))],
            notebook,
        };
    const root = rootOf(folder, path);
    const files = importedBy(folder, path, root);
    const data = files.flatMap((file) => namedFiles(folder, folder.read(file) ?? ''));
    const asModule = root === '' && path.includes('/');
    const program = asModule ? `python -m ${moduleOf(path, root)}` : `python ${path}`;
    return { by: path, command: program + outputArguments(text, missing[0] ?? ''), files: [...new Set([...files, ...data])], notebook };
}
const loadsFolder = /\b(?:from_pretrained|pipeline|SentenceTransformer)\(/;
const folderConstant = /^(\w*MODEL\w*(?:PATH|DIR|FOLDER)\w*)\s*(?::[^=\n]+)?=[^\n]*["'](?:\.\/|\/app\/)?([\w-]+(?:\/[\w.-]+)*)["']\)*\s*$/m;
/** A folder that the server loads as a whole, as transformers does. What looks like one may be a name of a hub. */
function loadedFolder(folder, { files }) {
    const texts = files.map((file) => codeOf(folder.read(file) ?? ''));
    if (!texts.some((text) => loadsFolder.test(text)))
        return undefined;
    const [, constant, path] = texts.map((text) => folderConstant.exec(text)).find((found) => found !== null) ?? [];
    return constant === undefined || path === undefined || (0,model_artefacts/* isModelFile */.i)(path) ? undefined : { path, constant };
}
/** The model of a project: what is there, and else what of the project makes it. */
function findModel(folder, server) {
    const artefacts = (0,model_artefacts/* artefactFiles */.g)(folder.paths).filter((path) => !/(^|\/)(mlruns|mlartifacts|wandb|lightning_logs)\//.test(path));
    const whole = loadedFolder(folder, server);
    if (whole && !folder.paths.some((path) => path.startsWith(`${whole.path}/`) && artefacts.includes(path))) {
        const training = trainingOf(folder, server, [whole.path], whole.constant);
        if (training)
            return { there: artefacts, missing: [whole.path], training };
    }
    const wanted = server.files.flatMap((file) => modelPaths(file, folder.read(file) ?? ''));
    const has = (path) => folder.paths.some((one) => one === path || one.endsWith(`/${path}`)) || external_node_path_.posix.isAbsolute(path);
    const missing = [...new Set(wanted)].filter((path) => !has(path) && !path.startsWith('..'));
    const training = missing.length === 0 ? undefined : trainingOf(folder, server, missing);
    return { there: artefacts, missing, ...(training ? { training } : {}) };
}

// EXTERNAL MODULE: ./node_modules/smol-toml/dist/index.js + 8 modules
var smol_toml_dist = __webpack_require__(3292);
// EXTERNAL MODULE: ./lib/model/pins.js
var pins = __webpack_require__(67165);
// EXTERNAL MODULE: ./lib/test/pyproject.js
var test_pyproject = __webpack_require__(52332);
;// CONCATENATED MODULE: ./lib/init/packages.js




const plain = (name) => name.toLowerCase().replace(/[-_.]+/g, '-');
const packages_usual = [
    'requirements.txt',
    'requirements/prod.txt',
    'requirements/production.txt',
    'requirements/base.txt',
    'requirements/requirements.txt',
    'requirements-prod.txt',
    'requirements_prod.txt',
];
/** `fastapi[standard]` brings a server. */
const withExtras = {
    'fastapi[standard]': ['uvicorn'],
    'fastapi[all]': ['uvicorn'],
    bentoml: ['uvicorn'],
    litserve: ['uvicorn'],
};
/** The names in a list of requirements, with what some are known to bring. */
function packages_namesIn(lines) {
    const found = lines.flatMap((line) => {
        const [, name, extra] = /^\s*([A-Za-z0-9][\w.-]*)\s*(\[[^\]]*\])?/.exec(line) ?? [];
        if (name === undefined)
            return [];
        const own = plain(name);
        return [own, ...(withExtras[own] ?? []), ...(withExtras[`${own}${(extra ?? '').replace(/\s/g, '')}`] ?? [])];
    });
    return new Set(found);
}
const lockedNames = (text) => new Set([...text.matchAll(/^name = "([^"]+)"$/gm)].map(([, name = '']) => plain(name)));
/** A requirements file with those that it takes in. */
function withTaken(folder, file, seen = new Set()) {
    const text = seen.has(file) ? undefined : folder.read(file);
    if (text === undefined)
        return [];
    const taken = [...text.matchAll(/^\s*(?:-c|--constraint)[\s=]+(\S+)/gm)].map(([, name = '']) => name);
    const next = [...(0,pins/* requirementsFile */.d7)(text).included, ...taken].map((name) => external_node_path_.posix.join(external_node_path_.posix.dirname(file), name));
    return [...new Set([file, ...next.flatMap((one) => withTaken(folder, one, new Set([...seen, file])))])];
}
function attempt(read, otherwise) {
    try {
        return read();
    }
    catch {
        return otherwise;
    }
}
/** Poetry wrote its own table before it knew of [project]. */
const isPoetry = (text) => attempt(() => 'poetry' in ((0,smol_toml_dist.parse)(text)['tool'] ?? {}), false);
/** What installs the packages of a project, the exact before the loose. `also` is a requirements file that counts where there is no other. */
function findPackages(folder, also) {
    const has = (path) => folder.paths.includes(path);
    const read = (path) => folder.read(path) ?? '';
    const pip = (file) => {
        const files = withTaken(folder, file);
        const text = files.map(read).join('\n');
        return { manager: 'pip', files, names: packages_namesIn(text.split(/\r?\n/)), text };
    };
    const lock = (manager, file) => ({
        manager,
        files: ['pyproject.toml', file],
        names: lockedNames(read(file)),
        text: read('pyproject.toml'),
    });
    if (has('pyproject.toml') && has('uv.lock'))
        return lock('uv', 'uv.lock');
    if (has('pyproject.toml') && has('poetry.lock'))
        return lock('poetry', 'poetry.lock');
    if (has('Pipfile.lock') && has('Pipfile')) {
        const names = attempt(() => (0,pins/* pipfilePins */.cV)(read('Pipfile.lock')).map(({ name }) => name), []);
        return { manager: 'pipenv', files: ['Pipfile', 'Pipfile.lock'], names: new Set(names), text: read('Pipfile') };
    }
    const file = packages_usual.find(has);
    if (file !== undefined)
        return pip(file);
    if (has('pyproject.toml') && !isPoetry(read('pyproject.toml'))) {
        const dependencies = (0,test_pyproject/* readPyproject */.x)(read('pyproject.toml'))?.dependencies;
        if (dependencies)
            return { manager: 'pyproject', files: ['pyproject.toml'], names: packages_namesIn(dependencies), text: dependencies.join('\n') };
    }
    return also !== undefined && has(also) ? pip(also) : undefined;
}
/** How it is told. */
function packagesText({ manager, files }) {
    const by = { pip: 'pip', uv: 'uv', poetry: 'Poetry', pipenv: 'Pipenv', pyproject: 'uv, without a lock' }[manager];
    return `${files.join(', ')} (${by})`;
}

// EXTERNAL MODULE: ./lib/advice/rules/dockerfile/releases.js
var releases = __webpack_require__(3133);
;// CONCATENATED MODULE: ./lib/init/wheels.js

/** From which version on a package has wheels for a Python (3.x, by x), the newest first; of older ones it is built from source. Source: their files on PyPI. */
const wheels = {
    numpy: [
        [13, '2.1.0'],
        [12, '1.26.0'],
        [11, '1.23.2'],
        [10, '1.21.2'],
    ],
    scipy: [
        [13, '1.14.1'],
        [12, '1.11.2'],
        [11, '1.9.2'],
        [10, '1.7.2'],
    ],
    pandas: [
        [13, '2.2.3'],
        [12, '2.1.1'],
        [11, '1.5.1'],
        [10, '1.3.3'],
    ],
    'scikit-learn': [
        [13, '1.5.2'],
        [12, '1.3.2'],
        [11, '1.1.3'],
        [10, '1.0.2'],
    ],
    torch: [
        [13, '2.5.0'],
        [12, '2.2.0'],
        [11, '2.0.0'],
        [10, '1.11.0'],
    ],
    tensorflow: [
        [13, '2.20.0'],
        [12, '2.16.1'],
        [11, '2.12.0'],
        [10, '2.8.0'],
    ],
    'pydantic-core': [
        [13, '2.20.0'],
        [12, '2.6.0'],
        [11, '2.0.0'],
        [10, '2.0.0'],
    ],
    pydantic: [
        [13, '2.8.0'],
        [12, '1.10.13'],
        [11, '1.10.3'],
        [10, '1.8.0'],
    ],
};
const numbers = (version) => version.split(/[.+]/).map((part) => Number.parseInt(part, 10) || 0);
function isBefore(a, b) {
    const [left, right] = [numbers(a), numbers(b)];
    const at = right.findIndex((part, index) => part !== (left[index] ?? 0));
    return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0);
}
/** The newest Python (3.x, by x) that all pins of a requirements file have wheels for, and the pin that says so; undefined where none is old. */
function newestWithWheels(text) {
    const limits = (0,pins/* requirementsFile */.d7)(text).pins.flatMap(({ name, version }) => {
        const rows = Object.hasOwn(wheels, name) ? (wheels[name] ?? []) : [];
        const [newest] = rows;
        const row = rows.find(([, since]) => !isBefore(version, since));
        return row && newest && row[0] < newest[0] ? [{ minor: row[0], pin: `${name}==${version}` }] : [];
    });
    return limits.toSorted((a, b) => a.minor - b.minor)[0];
}

;// CONCATENATED MODULE: ./lib/init/python-version.js



const minorIn = (text, pattern) => pattern.exec(text ?? '')?.[1];
/** What names one Python: the pattern's group is its line. The first file that is there and has it counts. */
const sources = [
    { file: '.python-version', pattern: /^\s*(?:python-|cpython-)?(3\.\d+)/m },
    { file: '.tool-versions', pattern: /^python\s+(3\.\d+)/m },
    { file: 'mise.toml', pattern: /^python\s*=\s*"(3\.\d+)/m },
    { file: 'runtime.txt', pattern: /^python-(3\.\d+)/m },
    { file: 'Pipfile', pattern: /^python(?:_full)?_version\s*=\s*"(3\.\d+)/m },
    { file: 'pyproject.toml', pattern: /^requires-python\s*=\s*["'](?:==|~=)\s*(3\.\d+)\.(?:\*|\d+)["']/m },
    { file: 'pyproject.toml', pattern: /^python\s*=\s*["'](?:==|~|~=)?\s*(3\.\d+)(?:\.(?:\*|\d+))?["']/m },
];
/** What `>=3.10,<3.13` or `^3.11` allows, as minor versions, both ends in it. */
function boundsOf(specifier) {
    const [, low] = /(?:>=|\^|~=)\s*3\.(\d+)/.exec(specifier) ?? [];
    const [, below] = /<\s*3\.(\d+)/.exec(specifier) ?? [];
    const [, most] = /<=\s*3\.(\d+)/.exec(specifier) ?? [];
    const high = most !== undefined ? Number(most) : below !== undefined ? Number(below) - 1 : Number.POSITIVE_INFINITY;
    return { low: Number(low ?? 0), high };
}
/** The newest line that is mended, but for the very newest, for which many packages have no wheels yet. */
function newest(now, { low, high }) {
    const alive = releases/* pythonReleases */.T3.filter(({ ends }) => Date.parse(ends) > now).map(({ name }) => name);
    const minor = (name) => Number(name.split('.')[1]);
    const fits = alive.filter((name) => minor(name) >= low && minor(name) <= high);
    return fits.toReversed().find((name) => name !== alive.at(-1)) ?? fits.at(-1) ?? alive.at(-2) ?? '3.13';
}
/**
 * The Python that a project is for: what its files name, what its virtual environment was made with (`environment` is the text
 * of pyvenv.cfg), what its workflows test with, what its notebook ran on; else a new one that its
 * own limits allow, and that what it pins (`pinned` is the text of its requirements) has wheels for.
 */
function choosePython(folder, environment, pinned, now) {
    for (const { file, pattern } of sources) {
        const version = folder.paths.includes(file) ? minorIn(folder.read(file), pattern) : undefined;
        if (version !== undefined)
            return { version, from: file };
    }
    const venv = minorIn(environment, /^version(?:_info)?\s*=\s*(3\.\d+)/m);
    if (venv !== undefined)
        return { version: venv, from: '.venv' };
    for (const path of folder.paths.filter((one) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(one))) {
        const version = minorIn(folder.read(path), /^\s*python-version:\s*["']?(3\.\d+)/m);
        if (version !== undefined)
            return { version, from: path };
    }
    for (const path of folder.paths.filter((one) => one.endsWith('.ipynb'))) {
        const version = minorIn(folder.read(path), /"language_info"[\s\S]*?"version":\s*"(3\.\d+)/);
        if (version !== undefined)
            return { version, from: path };
    }
    const pyproject = folder.read('pyproject.toml') ?? '';
    const specifier = (0,test_pyproject/* readPyproject */.x)(pyproject)?.requiresPython ?? minorIn(pyproject, /^python\s*=\s*["']([^"']*)["']/m);
    const limit = newestWithWheels(pinned);
    const { low, high } = boundsOf(specifier ?? '');
    const version = newest(now, { low, high: Math.min(high, limit?.minor ?? Number.POSITIVE_INFINITY) });
    if (limit && version === `3.${limit.minor}`)
        return { version, from: `${limit.pin} has wheels up to it` };
    return { version, from: specifier === undefined ? 'nothing says which' : `pyproject.toml: ${specifier}` };
}

;// CONCATENATED MODULE: ./lib/init/workflow.js

/** A scalar of YAML that is read as the text that it is. */
const scalar = (text) => /^[\w./${}@-][\w ./${}@:-]*$/.test(text) && !/^(?:true|false|yes|no|on|off|null|~|[\d.]+|[-{])$|^[-@{]|: |:$/i.test(text)
    ? text
    : JSON.stringify(text);
const given = ({ name, value, why }) => `${name}: ${/^(true|false)$/.test(value) ? value : scalar(value)}${why === undefined ? '' : ` # ${why}`}`;
/** A whole workflow: with the least permissions, without a token in the checkout, on pull requests, the branch and version tags. */
function workflowText({ image, branch, checkout, inputs }) {
    const ghcr = image.startsWith('ghcr.io/');
    return [
        'name: image',
        '',
        'on:',
        '  push:',
        `    branches: [${/^[\w./-]+$/.test(branch) ? branch : JSON.stringify(branch)}]`,
        "    tags: ['v*']",
        '  pull_request:',
        '',
        'permissions: {}',
        '',
        'concurrency:',
        '  group: image-${{ github.event.pull_request.number || github.run_id }} # a newer push overtakes in a pull request alone',
        '  cancel-in-progress: true',
        '',
        'jobs:',
        '  image:',
        '    name: model image',
        '    runs-on: ubuntu-latest',
        '    permissions:',
        '      contents: read',
        ...(ghcr ? ['      packages: write # to push to ghcr.io'] : []),
        '    steps:',
        '      - uses: actions/checkout@v5',
        '        with:',
        '          persist-credentials: false # the tests need no token',
        ...checkout.map((one) => `          ${given(one)}`),
        '      - uses: org/ml-image-action@v1',
        '        with:',
        `          images: ${scalar(image)}`,
        ...inputs.map((one) => `          ${given(one)}`),
        '',
    ].join('\n');
}
/** What actions/checkout has to bring along. */
function checkoutInputs(folder) {
    const attributes = folder.paths.filter((path) => /(^|\/)\.gitattributes$/.test(path)).map((path) => folder.read(path) ?? '');
    return [
        ...(attributes.some((text) => /filter=lfs/.test(text)) ? [{ name: 'lfs', value: 'true' }] : []),
        ...(folder.paths.includes('.gitmodules') ? [{ name: 'submodules', value: 'true' }] : []),
    ];
}
/** What makes a model in a test: a training that it imports or calls; train_test_split is none. */
const makes = /\b(?:from|import)\s+[\w.]*\b(?:train(?:ing|er|_model)?|(?:make|build|create)_model)\b|\btrain(?:_model)?\(|\btrain\w*\.py\b/;
/** Whether the tests of a project, or what sets them up, make its model. */
function testsTrain(folder, tests) {
    const setUp = [...tests, ...folder.paths.filter((path) => /(^|\/)conftest\.py$/.test(path))];
    return setUp.some((path) => makes.test(folder.read(path) ?? ''));
}
/** Where the tests run: as they are, or, where only the build makes the model that they need, in the image. */
function testInputs(folder, tests, project, absent) {
    if (tests.length === 0)
        return [{ name: 'accept', value: 'no-tests', why: 'there are none yet' }];
    const trains = testsTrain(folder, tests);
    const [first] = absent;
    if (first !== undefined)
        return trains ? [{ name: 'test-first', value: 'true', why: `the tests make ${first}, which the Dockerfile copies` }] : [];
    if (!project?.model.training || trains)
        return [];
    return [{ name: 'test-in', value: 'image', why: `the build makes ${project.model.missing[0]}` }];
}
/** The path of predictions, where it is not the one that is asked anyway. */
function predictInputs(project) {
    const { predict, framework } = project?.server ?? {};
    const own = framework !== undefined && framework !== 'mlflow' && framework !== 'litserve';
    return own && predict !== undefined && predict !== '/predict' ? [{ name: 'predict-path', value: predict }] : [];
}
/** The stack that the image is part of, where others of it run beside the service. */
function composeInputs(stack, project) {
    if (!stack || stack.needs.length === 0 || !stack.isWhole)
        return [];
    const { missing = [], there = [], mounted } = project?.model ?? {};
    // A folder of the machine in the place of the model that the build makes.
    if ([...missing, ...there].some((path) => liesOver(stack, path)))
        return [];
    return [
        ...(mounted
            ? [{ name: 'test-first', value: 'true', why: `the tests make ${mounted.paths.join(', ')}, which ${stack.file} mounts` }]
            : []),
        { name: 'compose-file', value: stack.file, why: `with ${stack.needs.join(', ')} beside it` },
        ...(stack.isOnlyOne ? [] : [{ name: 'compose-service', value: stack.service }]),
    ];
}

;// CONCATENATED MODULE: ./lib/init/project.js








const noServer = 'No server was recognised. A Dockerfile is written for FastAPI, Flask, Starlette, LitServe and BentoML (a module that makes the application, such as app = FastAPI()) and for a folder with an MLmodel. Write one, and run init again for the workflow.';
const noPackages = 'There is nothing that says which packages it needs. Write them down (pip freeze > requirements.txt, uv lock, poetry lock), and run init again.';
/** A model that a compose file mounts, and that the tests make, does not belong into the image. */
function mountedOr(model, folder) {
    const { there, missing: paths, training } = model;
    const stack = findStack(folder);
    const isMounted = stack?.isWhole && stack.needs.length > 0 && paths.every((path) => liesOver(stack, path));
    return training && isMounted && testsTrain(folder, testsOf(folder)) ? { there, missing: [], mounted: { paths, by: training.by } } : model;
}
/** Reads what a Dockerfile has to be made for. `environment` is the text of .venv/pyvenv.cfg, `python` what the user has said. */
function recognise(folder, now, environment, python) {
    const server = findServer(folder);
    const packages = findPackages(folder, server?.framework === 'mlflow' ? `${server.file}/requirements.txt`.replace(/^\.\//, '') : undefined);
    if (!server || !packages)
        return { lacks: [...(server ? [] : [noServer]), ...(packages ? [] : [noPackages])] };
    const model = mountedOr(findModel(folder, server), folder);
    const extraTraining = ['requirements-train.txt', 'requirements-training.txt'].find((path) => folder.paths.includes(path));
    return {
        project: {
            folder,
            server,
            packages,
            model,
            python: python === undefined ? choosePython(folder, environment, packages.text, now) : { version: python, from: '--python' },
            shipped: shippedOf(folder, server, model),
            ...(extraTraining === undefined ? {} : { extraTraining }),
        },
    };
}
/** The tests of a folder, as pytest names them. */
function testsOf(folder) {
    return folder.paths.filter((path) => (0,find/* isTestFile */.h)(path.split('/').at(-1) ?? ''));
}

;// CONCATENATED MODULE: ./lib/init/literal.js
const words = { True: true, False: false, None: null, true: true, false: false, null: null };
const escapes = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };
const deepest = 20;
/**
 * The value of a literal of Python that begins at `from`: numbers, texts, lists, tuples, dictionaries with texts as keys.
 * Undefined for everything else, such as a name: what it stands for is not known without running the code.
 */
function readLiteral(source, from) {
    let at = from;
    const match = (pattern) => {
        pattern.lastIndex = at;
        const found = pattern.exec(source);
        if (found)
            at += found[0].length;
        return found ?? undefined;
    };
    const skip = () => void match(/(?:\s|#[^\n]*)*/y);
    const taken = (character) => {
        const found = source[at] === character;
        if (found)
            at++;
        return found;
    };
    const text = () => {
        const found = match(/"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/y);
        const raw = found?.[1] ?? found?.[2];
        // \x, \u and octal numbers are rare enough to be no literal that is understood.
        if (raw === undefined || !/^(?:[^\\]|\\[ntr\\'"])*$/.test(raw))
            return undefined;
        return raw.replace(/\\(.)/g, (_, one) => escapes[one] ?? one);
    };
    const several = (closing, depth) => {
        const all = [];
        for (;;) {
            skip();
            if (taken(closing))
                return all;
            const one = value(depth);
            skip();
            if (one === undefined)
                return undefined;
            all.push(one);
            if (!taken(',') && source[at] !== closing)
                return undefined;
        }
    };
    const dictionary = (depth) => {
        const entries = [];
        for (;;) {
            skip();
            if (taken('}'))
                return Object.fromEntries(entries);
            const key = text();
            skip();
            if (key === undefined || !taken(':'))
                return undefined;
            const one = value(depth);
            skip();
            if (one === undefined)
                return undefined;
            entries.push([key, one]);
            if (!taken(',') && source[at] !== '}')
                return undefined;
        }
    };
    const value = (depth) => {
        skip();
        const opening = source[at];
        if (depth > deepest)
            return undefined;
        if (opening === '"' || opening === "'")
            return text();
        if (taken('['))
            return several(']', depth + 1);
        if (taken('('))
            return several(')', depth + 1);
        if (taken('{'))
            return dictionary(depth + 1);
        const number = match(/[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/y)?.[0];
        if (number !== undefined)
            return Number(number.replaceAll('_', ''));
        const word = match(/[A-Za-z]+(?![\w.([])/y)?.[0] ?? '';
        return Object.hasOwn(words, word) ? words[word] : undefined;
    };
    const read = value(0);
    return read === undefined ? undefined : { value: read, end: at };
}

;// CONCATENATED MODULE: ./lib/init/sample.js



/** The literal at a place, or that which a name there was given at the top of the text; nothing that is changed on the way. */
function valueAt(text, at) {
    const literal = readLiteral(text, at);
    if (literal)
        return /^\s*[,)]/.test(text.slice(literal.end, literal.end + 200)) ? literal.value : undefined;
    const [, name] = /^\s*([A-Za-z_]\w*)\s*[,)]/.exec(text.slice(at, at + 200)) ?? [];
    const given = name === undefined ? null : new RegExp(`^${name}\\s*(?::[^=\\n]+)?=\\s*`, 'm').exec(text);
    return given ? readLiteral(text, given.index + given[0].length)?.value : undefined;
}
/** A request of a test that the service has to answer by 200. */
function inTests(folder, predict) {
    for (const from of folder.paths.filter((path) => (0,find/* isTestFile */.h)(path.split('/').at(-1) ?? ''))) {
        const text = folder.read(from) ?? '';
        for (const call of text.matchAll(/\.post\(\s*f?["']([^"'{}]+)["']\s*,\s*json\s*=/g)) {
            const [whole, path = ''] = call;
            const rest = text.slice(call.index + whole.length);
            const end = /\n\s*(?:async\s+)?def\s|\.post\(/.exec(rest)?.index ?? rest.length;
            const body = valueAt(text, call.index + whole.length);
            if (body === undefined ||
                !/==\s*(?:200|HTTPStatus\.OK|status\.HTTP_200_OK)\b|\.raise_for_status\(|\.is_success\b/.test(rest.slice(0, end)))
                continue;
            if (path.startsWith('/') && (predict === undefined || path === predict))
                return { path, body, from };
        }
    }
    return undefined;
}
/** The body of a class at the top of a text. */
const classIn = (text, name) => new RegExp(`^class\\s+${name}\\b[^\\n]*\\n((?:[ \\t]+[^\\n]*\\n|[ \\t]*\\n)*)`, 'm').exec(`${text}\n`)?.[1];
/** The example of a pydantic model: of the whole, or one made of those of its fields. */
function exampleIn(model) {
    for (const found of model.matchAll(/\bexamples?["']?\s*[:=]\s*(?=[[{])/g)) {
        const value = readLiteral(model, found.index + found[0].length)?.value;
        const [first] = Array.isArray(value) ? value : [value];
        if (typeof first === 'object' && first !== null && !Array.isArray(first))
            return first;
    }
    const fields = [...model.matchAll(/^(?: {4}|\t)([a-z]\w*)\s*:\s*[^=\n]+?(?:=\s*([\s\S]*?))?(?=\n(?: {4}|\t)[\w@]|\n*$(?![\s\S]))/gm)];
    const entries = fields.flatMap(([, name = '', given]) => {
        const at = /\bexamples?\s*=\s*/.exec(given ?? '');
        const value = given !== undefined && at ? readLiteral(given, at.index + at[0].length)?.value : undefined;
        const one = at?.[0].startsWith('examples') && Array.isArray(value) ? value[0] : value;
        const needed = given === undefined || (/^Field\(/.test(given) && !/^Field\(\s*(?!\.\.\.)(?:default\s*=|["'\d[{]|None|True|False)/.test(given));
        return one === undefined && !needed ? [] : [[name, one]];
    });
    return entries.length === 0 || entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries);
}
/** The example of what the handler of predictions takes. */
function inModels(folder, { files, predict }) {
    if (predict === undefined)
        return undefined;
    const texts = files.map((file) => ({ file, code: codeOf(folder.read(file) ?? '') }));
    for (const { code } of texts) {
        const route = code.indexOf(`"${predict}"`) >= 0 ? code.indexOf(`"${predict}"`) : code.indexOf(`'${predict}'`);
        const [, parameters = ''] = route < 0 ? [] : (/\bdef\s+\w+\(([\s\S]*?)\)\s*(?:->[^:]+)?:/.exec(code.slice(route)) ?? []);
        for (const [, type = ''] of parameters.matchAll(/:\s*(?:Annotated\[)?([A-Z]\w*)/g)) {
            for (const { file, code: other } of texts) {
                const body = exampleIn(classIn(other, type) ?? '');
                if (body !== undefined)
                    return { path: predict, body, from: file };
            }
        }
    }
    return undefined;
}
/** A sample prediction that somebody has written down: in a test, or as the example of a pydantic model. */
function findSample(folder, server) {
    return inTests(folder, server.predict) ?? inModels(folder, server);
}
/** The samples file of it: no expectation, which `--record` fills in. */
function samplesText({ path, body, from }) {
    const request = { ...(path === '/predict' ? {} : { path }), body };
    return `[\n  { "name": ${JSON.stringify(`as in ${from}`)}, "request": ${JSON.stringify(request)} }\n]\n`;
}

;// CONCATENATED MODULE: ./lib/init/offer.js






/** The first name that nobody has taken. */
const freeName = (taken) => ['image.yml', 'model-image.yml', 'ml-image.yml'].find((name) => !taken.includes(name));
function offerWorkflow(folder, { prefix, image, branch, workflow, workflows }, inputs) {
    if (workflow !== undefined)
        return { part: 'workflow', why: `.github/workflows/${workflow} uses the action already` };
    const name = freeName(workflows);
    if (name === undefined)
        return { part: 'workflow', why: 'image.yml, model-image.yml and ml-image.yml are there, and use something else' };
    const place = prefix === '' ? [] : [{ name: 'working-directory', value: prefix }];
    const up = prefix === '' ? '' : '../'.repeat(prefix.split('/').length);
    const text = workflowText({ image, branch, checkout: checkoutInputs(folder), inputs: [...place, ...inputs] });
    return { part: 'workflow', path: `${up}.github/workflows/${name}`, text };
}
function offerSamples(folder, project, { samples }) {
    if (samples !== undefined)
        return { part: 'samples', why: `${samples} is found by the action` };
    const found = project && findSample(folder, project.server);
    if (!found) {
        const discovered = /^(fastapi|bentoml|litserve|mlflow)$/.test(project?.server.framework ?? '');
        const instead = discovered ? 'the action looks into what the service documents of itself' : 'the smoke test asks for health alone';
        return {
            part: 'samples',
            why: `no test and no pydantic model has a request to take over: ${instead}. A request in tests/golden.json proves the model (docs/samples.md)`,
        };
    }
    return { part: 'samples', path: 'tests/golden.json', text: samplesText(found), why: `the request is from ${found.from}` };
}
/** What is to be written into a folder. Nothing of it is there yet. */
function makeOffer(folder, recognised, around, only) {
    const project = 'project' in recognised ? recognised.project : undefined;
    const has = (path) => folder.isThere(path) ? { part: path === 'Dockerfile' ? 'dockerfile' : 'dockerignore', why: `${path} is there` } : undefined;
    const dockerfile = has('Dockerfile');
    // The workflow is for what is there in the end: without any Dockerfile it would only be red.
    const hopeless = !project && !dockerfile;
    const own = dockerfile ? undefined : project;
    const inputs = [
        ...testInputs(folder, testsOf(folder), own, around.absent),
        ...predictInputs(project),
        ...composeInputs(findStack(folder), own),
    ];
    const one = (part) => {
        if (!only.has(part) || hopeless)
            return undefined;
        switch (part) {
            case 'dockerfile':
                return dockerfile ?? (project && { part, path: 'Dockerfile', text: dockerfileText(project) });
            case 'dockerignore':
                if (has('.dockerignore'))
                    return has('.dockerignore');
                // What another Dockerfile takes is not known so well that something could be left out.
                return dockerfile || !project
                    ? { part, why: 'the Dockerfile that is there may need any file; the advice of a run tells what to leave out' }
                    : { part, path: '.dockerignore', text: dockerignoreText(project) };
            case 'workflow':
                return offerWorkflow(folder, around, inputs);
            case 'samples':
                return offerSamples(folder, project, around);
        }
    };
    const all = ['dockerfile', 'dockerignore', 'workflow', 'samples'].flatMap((part) => one(part) ?? []);
    return { files: all.flatMap((one) => ('path' in one ? [one] : [])), kept: all.flatMap((one) => ('path' in one ? [] : [one])), inputs };
}

// EXTERNAL MODULE: ./lib/report/wrap.js
var wrap = __webpack_require__(15820);
;// CONCATENATED MODULE: ./lib/init/tell.js




const widest = 110;
function serverText({ framework, file, module, application, factory, port, health, predict }) {
    const target = framework === 'mlflow' ? file : framework === 'litserve' ? file : `${module}:${application}${factory ? '()' : ''} (${file})`;
    const paths = [
        health === undefined ? 'no health path' : `health at ${health}`,
        ...(predict === undefined ? [] : [`predicts at ${predict}`]),
    ];
    return [frameworks[framework].title, target, `port ${port}`, ...paths].join(', ');
}
function foundLines(folder, recognised, { imageTold, branch }) {
    const tests = testsOf(folder);
    const shared = [
        ['tests', tests.length === 0 ? 'none' : `${tests.slice(0, 3).join(', ')}${tests.length > 3 ? ` and ${tests.length - 3} more` : ''}`],
        ['image', imageTold],
        ['branch', branch],
    ];
    if (!('project' in recognised))
        return shared;
    const { server, packages, python, model } = recognised.project;
    const there = model.there.slice(0, 3).join(', ') + (model.there.length > 3 ? ` and ${model.there.length - 3} more` : '');
    const made = model.training ? `${model.missing.join(', ')}, made by ${model.training.by} in the build` : '';
    const mounted = model.mounted === undefined ? '' : `${model.mounted.paths.join(', ')}, in a volume; the tests make it`;
    return [
        ['server', serverText(server)],
        ['packages', packagesText(packages)],
        ['Python', `${python.version} (${python.from})`],
        ['model', [there, made, mounted].filter(Boolean).join('; ') || 'no file of the project'],
        ...shared,
    ];
}
const section = (title, lines) => (lines.length === 0 ? [] : [title, ...lines, '']);
/** What `init` says: what it found, what it has written (or would), what it has left, and what to do next. */
function initText(folder, recognised, around, { files, kept, inputs }, { dryRun, columns, remarks }) {
    const width = Math.min(columns, widest);
    const item = (text) => (0,wrap/* wrap */.L)(`  ${text}`, width, '    ');
    const found = foundLines(folder, recognised, around).flatMap(([name, value]) => (0,wrap/* wrap */.L)(`  ${name.padEnd(9)} ${value}`, width, ' '.repeat(12)));
    const contents = dryRun ? files.flatMap(({ path, text }) => [`--- ${path}`, text.trimEnd(), '']) : [];
    const missing = 'lacks' in recognised && !folder.isThere('Dockerfile') ? recognised.lacks : [];
    const lost = 'project' in recognised && !recognised.project.model.training ? recognised.project.model.missing : [];
    const flags = inputs.map(({ name, value }) => ` --${name} ${value}`).join('');
    const toDo = [
        ...missing,
        ...lost.map((path) => `${path} is loaded by the server; the project does not have it (or git ignores it), and nothing was found that makes it. Commit it, with Git LFS if it is large.`),
        ...remarks,
        ...(files.length === 0 || dryRun
            ? []
            : [`Read what was written, and run all gates here: npx ml-image-action --images try/it${flags}`, 'Then commit it, and push.']),
    ];
    return [
        ...section('Found', found),
        ...contents,
        ...section(dryRun ? 'Would write' : 'Written', files.flatMap(({ path, why }) => item(why === undefined ? path : `${path}: ${why}`))),
        ...section('Left as it is', kept.flatMap(({ part, why }) => item(`${part}: ${why}`))),
        ...section('Next', toDo.flatMap(item)),
    ].join('\n');
}

;// CONCATENATED MODULE: ./lib/init/main.js











/** The folder of the project as git knows it in its repository, `services/iris`; '' where it is the root, or there is none. */
async function prefixOf(host, env) {
    const argv = ['git', '-c', 'safe.directory=*', 'rev-parse', '--show-prefix'];
    const answer = await host.capture({ argv, cwd: host.workspace, env }).catch(() => undefined);
    return answer?.exitCode === 0 ? answer.stdout.trim().replace(/\/$/, '') : '';
}
/** What the Dockerfile that is there copies by its name, and the project does not have. */
function absentOf(host, folder) {
    const { files, workspace } = host;
    const file = (0,external_node_path_.join)(workspace, 'Dockerfile');
    const dockerfile = files.readText(file);
    if (dockerfile === undefined)
        return [];
    const asked = { file, context: workspace, dockerfile, args: {} };
    const subject = (0,advice_dockerfile/* dockerfileSubject */.zZ)(asked, { workspace, sent: (0,advice_dockerfile/* sentFiles */.MA)(files, asked, workspace), gpu: false, now: host.now() });
    const sources = subject ? (0,copies/* contextCopies */.f7)(subject).flatMap((copy) => copy.sources) : [];
    return sources.filter((one) => one !== '' && !/[*?[$]/.test(one) && !folder.paths.some((path) => path === one || path.startsWith(`${one}/`)));
}
async function lookAround(host, folder, order, env) {
    const { files, workspace } = host;
    const [git, prefix] = await Promise.all([(0,plan_git/* gitFacts */.g)(host, workspace, env), prefixOf(host, env)]);
    const { repository, serverUrl } = (0,git_event/* gitEvent */.H)(git);
    const home = (0,external_node_path_.join)(workspace, ...prefix
        .split('/')
        .filter(Boolean)
        .map(() => '..'), '.github', 'workflows');
    const workflows = files.list(home);
    const workflow = workflows.find((name) => /\/ml-image-action@/.test(files.readText((0,external_node_path_.join)(home, name)) ?? ''));
    const samples = (0,found/* findSamplesFile */.Z)(workspace, files) ?? (0,found/* findBody */.q)(workspace, files);
    const branch = git.originHead ?? (git.branch === undefined || /[/]/.test(git.branch) ? 'main' : git.branch);
    const image = order.image ?? `ghcr.io/\${{ github.repository }}${prefix === '' ? '' : `/${(0,external_node_path_.basename)(prefix).toLowerCase()}`}`;
    const elsewhere = repository !== '' && !/github/.test(serverUrl) && git.originUrl?.startsWith('/') === false;
    return {
        around: {
            prefix,
            image,
            imageTold: repository === '' ? image : image.replace('${{ github.repository }}', repository.toLowerCase()),
            branch,
            workflows,
            absent: absentOf(host, folder),
            ...(workflow === undefined ? {} : { workflow }),
            ...(samples === undefined ? {} : { samples }),
        },
        remarks: elsewhere
            ? [`The remote is at ${serverUrl}, and the workflow is one of GitHub's: elsewhere run npx ml-image-action in a job.`]
            : [],
    };
}
const isTaken = (files, path) => files.kind(path) !== undefined || files.list((0,external_node_path_.dirname)(path)).includes((0,external_node_path_.basename)(path));
/** A file that has come in the meantime is left, and so is a link to nowhere. */
function write({ files, workspace }, { path, text }) {
    const absolute = (0,external_node_path_.resolve)(workspace, path);
    if (isTaken(files, absolute))
        return false;
    files.makeFolder((0,external_node_path_.dirname)(absolute));
    files.writeText(absolute, text);
    return true;
}
/** Looks at the folder, and writes what it needs to be published by the action. Nothing that is there is changed. */
async function initProject(host, order, env, columns) {
    const { files, workspace } = host;
    const folder = await readFolder(host, workspace, env);
    const environment = files.readUntrusted((0,external_node_path_.join)(workspace, '.venv', 'pyvenv.cfg')) ?? files.readUntrusted((0,external_node_path_.join)(workspace, 'venv', 'pyvenv.cfg'));
    const recognised = recognise(folder, host.now(), environment, order.python);
    const { around, remarks } = await lookAround(host, folder, order, env);
    const offer = makeOffer(folder, recognised, around, order.only);
    const done = order.dryRun ? offer.files : offer.files.filter((one) => write(host, one));
    const left = offer.files.filter((one) => !done.includes(one)).map(({ part, path }) => ({ part, why: `${path} is there` }));
    const told = { ...offer, files: done, kept: [...offer.kept, ...left] };
    const text = initText(folder, recognised, around, told, { dryRun: order.dryRun, columns, remarks });
    const hopeless = 'lacks' in recognised && !folder.isThere('Dockerfile');
    return { text, exitCode: hopeless ? errors/* exitCodes */.hS.input : errors/* exitCodes */.hS.passed };
}


/***/ }),

/***/ 99089:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ hasPytestFiles),
/* harmony export */   h: () => (/* binding */ isTestFile)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);

const elsewhere = /^(\.|node_modules$|venv$|env$|site-packages$|dist$|build$|__pycache__$)/;
const testFile = /^(test_.*|.*_test)\.py$/;
const deepest = 4;
/** Whether pytest collects a file of this name by its defaults. */
function isTestFile(name) {
    return testFile.test(name);
}
/** Whether there is a file that pytest would collect by its default names. */
function hasPytestFiles(files, folder, depth = 0) {
    const names = files.list(folder).filter((name) => !elsewhere.test(name));
    if (names.some((name) => testFile.test(name)))
        return true;
    return (depth < deepest &&
        names.some((name) => files.kind((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, name)) === 'directory' && hasPytestFiles(files, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, name), depth + 1)));
}


/***/ })

};
