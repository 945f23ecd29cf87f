export const id = 7064;
export const ids = [7064];
export const modules = {

/***/ 7064:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  adviseOn: () => (/* binding */ adviseOn)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/inputs/nearest.js
var nearest = __webpack_require__(83231);
// EXTERNAL MODULE: ./lib/build/source-line.js
var source_line = __webpack_require__(3870);
// EXTERNAL MODULE: ./lib/smoke/gpu.js
var gpu = __webpack_require__(50327);
;// CONCATENATED MODULE: ./lib/advice/look.js
/** What the rules say of a subject, in their order. */
function lookBy(rules, subject) {
    return rules.flatMap(({ id, look }) => look(subject).map((finding) => ({ ...finding, rule: id })));
}

// EXTERNAL MODULE: ./lib/smoke/compose/config.js
var config = __webpack_require__(7422);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./lib/advice/compose-file.js


const textOf = (node) => ((0,dist.isScalar)(node) ? String(node.value) : '');
/**
 * The services of a compose file, with where they stand; of a file that is no YAML none. Variables stay as they are written.
 * https://docs.docker.com/reference/compose-file/
 */
function servicesIn(text) {
    try {
        return read(text);
    }
    catch {
        // An alias of nothing, or one that would grow without end: compose refuses the file.
        return [];
    }
}
function read(text) {
    const counter = new dist.LineCounter();
    const document = (0,dist.parseDocument)(text, { lineCounter: counter, merge: true });
    if (document.errors.length > 0)
        return [];
    const services = document.get('services');
    if (!(0,dist.isMap)(services))
        return [];
    const lineAt = (offset) => counter.linePos(offset).line;
    const endOf = (node) => lineAt(Math.max(0, text.slice(0, node.range?.[1] ?? 0).trimEnd().length - 1));
    const js = (node) => ((0,dist.isScalar)(node) || (0,dist.isMap)(node) || (0,dist.isSeq)(node) ? node.toJS(document) : null);
    const placed = ({ key, value }) => {
        const line = lineAt(key.range?.[0] ?? 0);
        const node = value;
        const items = (0,dist.isSeq)(value)
            ? value.items.map((item) => ({ value: js(item), line: lineAt(item.range?.[0] ?? 0), end: endOf(item) }))
            : (0,dist.isMap)(value)
                ? value.items.map((pair) => {
                    const { items: _, ...own } = placed(pair);
                    return { key: textOf(pair.key), ...own };
                })
                : [];
        return { value: js(value), line, end: node?.range ? Math.max(line, endOf(node)) : line, items };
    };
    return services.items.flatMap((pair) => {
        const { key, value } = pair;
        if (!(0,dist.isMap)(value))
            return [];
        const [first] = value.items;
        const column = first ? counter.linePos(first.key.range?.[0] ?? 0).col : 1;
        return [
            {
                name: textOf(key),
                value: (0,config/* objectOf */.Xy)(js(value)),
                line: lineAt(key.range?.[0] ?? 0),
                indent: ' '.repeat(column - 1),
                keys: new Map(value.items.map((one) => [textOf(one.key), placed(one)])),
            },
        ];
    });
}
/** `${NAME:-VALUE}` by its default; other variables stay. */
const withDefaults = (text) => text.replace(/\$\{\w+:?-([^{}]*)\}/g, '$1');

;// CONCATENATED MODULE: ./lib/advice/compose-service.js



const folderOf = (file) => (external_node_path_.posix.dirname(file) === '.' ? '' : external_node_path_.posix.dirname(file));
const joined = (...parts) => external_node_path_.posix.join(...parts).replace(/^\.$|^\.\/|\/$/g, '');
/** Whether a service is built from the Dockerfile that is looked at. */
function isOurs({ file, context, dockerfile }, { value }) {
    const { build } = value;
    if (build === undefined || build === null || !dockerfile)
        return false;
    const given = (0,config/* textOf */.b6)(build) || (0,config/* textOf */.b6)((0,config/* objectOf */.Xy)(build)['context']) || '.';
    const folder = joined(folderOf(file), given);
    const named = (0,config/* textOf */.b6)((0,config/* objectOf */.Xy)(build)['dockerfile']) || 'Dockerfile';
    return folder === context && joined(folder, named) === dockerfile.file;
}
/** The volumes of a service, in the order of the file. */
function volumesOf({ file, context }, { keys }) {
    return (keys.get('volumes')?.items ?? []).flatMap(({ value, line, end }) => {
        const long = (0,config/* objectOf */.Xy)(value);
        const [source = '', target = '', mode = ''] = typeof value === 'string'
            ? withDefaults(value).split(':')
            : [(0,config/* textOf */.b6)(long['source']), (0,config/* textOf */.b6)(long['target']), long['read_only'] === true ? 'ro' : ''];
        if (target === '')
            return [];
        const isBind = /^[.~/]/.test(source);
        const path = joined(folderOf(file), source);
        const below = context === '' ? path : path === context ? '' : path.startsWith(`${context}/`) ? path.slice(context.length + 1) : undefined;
        const inContext = isBind && source.startsWith('.') && below !== undefined && !below.startsWith('..');
        return [
            {
                ...(inContext ? { path: below } : {}),
                isBind,
                target: target.replace(/(?<=.)\/$/, ''),
                readOnly: mode.split(',').includes('ro'),
                line,
                end,
                short: typeof value === 'string',
            },
        ];
    });
}
/** The variables of a service as far as they are written there: `- NAME=value`, `NAME: value`. */
function environmentIn({ keys }) {
    return (keys.get('environment')?.items ?? []).flatMap(({ key, value, line }) => {
        if (key !== undefined)
            return value === null ? [] : [{ name: key, value: String(value), line }];
        const text = (0,config/* textOf */.b6)(value);
        const at = text.indexOf('=');
        return at < 0 ? [] : [{ name: text.slice(0, at), value: text.slice(at + 1), line }];
    });
}
/** Names of the services that a service waits for, with what it waits for. */
function waitsFor({ value, keys }) {
    const dependsOn = value['depends_on'];
    const at = keys.get('depends_on');
    return (at?.items ?? []).map(({ key, value: item, line }) => ({
        name: key ?? (0,config/* textOf */.b6)(item),
        condition: Array.isArray(dependsOn) ? 'service_started' : (0,config/* textOf */.b6)((0,config/* objectOf */.Xy)(item)['condition']) || 'service_started',
        line,
    }));
}
const words = (value) => [(0,config/* textOf */.b6)(value), ...(0,config/* listOf */.c3)(value).map(config/* textOf */.b6)].join(' ');
/** What a service is started with in place of the image's own command. */
const commandIn = ({ value }) => `${words(value['entrypoint'])} ${words(value['command'])}`.trim();

// EXTERNAL MODULE: ./lib/advice/diff.js
var diff = __webpack_require__(57745);
// EXTERNAL MODULE: ./lib/advice/shell.js
var advice_shell = __webpack_require__(38686);
// EXTERNAL MODULE: ./lib/build/dockerfile.js
var build_dockerfile = __webpack_require__(45168);
// EXTERNAL MODULE: ./lib/advice/server.js
var advice_server = __webpack_require__(34713);
;// CONCATENATED MODULE: ./lib/advice/rules/compose/ports.js






/** The port that the command line of a server names. */
function portIn(command) {
    const [, long, bound] = /(?:^|\s)(?:(?:--port|--server\.port|--http-port|-p)[=\s]+["']?(\d{2,5})\b|(?:--bind|-b|--listen)[=\s]+\S*:(\d{2,5})\b)/.exec(command) ?? [];
    return long === undefined && bound === undefined ? undefined : Number(long ?? bound);
}
/** The ports that a service listens on as far as it is written: by its command, else by that of its image and EXPOSE. */
function portsOf(dockerfile, command) {
    const own = portIn(command);
    if (own !== undefined || !dockerfile)
        return own === undefined ? [] : [own];
    const started = portIn((0,advice_server/* serverCommand */.vg)(dockerfile)?.line ?? '');
    return [...new Set([...(started === undefined ? [] : [started]), ...(0,build_dockerfile/* exposedPorts */.LZ)(dockerfile.text, dockerfile.args)])];
}
const portMismatch = {
    id: 'published-port-mismatch',
    look: (subject) => servicesIn(subject.text).flatMap((service) => {
        if (!isOurs(subject, service))
            return [];
        const ports = portsOf(subject.dockerfile, commandIn(service));
        const [listens] = ports;
        if (listens === undefined || (commandIn(service) !== '' && !ports.length))
            return [];
        const set = new Set(environmentIn(service).map(({ value }) => value));
        return (service.keys.get('ports')?.items ?? []).flatMap(({ value, line, end }) => {
            const text = withDefaults(String(value ?? ''));
            const { target } = (0,config/* objectOf */.Xy)(value);
            const [, short] = /^(?:.*:)?(\d+)(?:\/tcp)?$/.exec(typeof value === 'object' ? '' : text) ?? [];
            const port = typeof target === 'number' ? target : Number(short ?? Number.NaN);
            if (!Number.isInteger(port) || ports.includes(port) || set.has(String(port)))
                return [];
            const lines = subject.text.split(/\r?\n/).slice(line - 1, end);
            const at = lines.findLastIndex((one) => new RegExp(`\\b${port}\\b`).test(one.replace(/\s#.*$/, '')));
            const insert = lines.map((one, index) => index === at ? one.replace(new RegExp(`\\b${port}\\b(?!.*\\b${port}\\b)`), String(listens)) : one);
            return [
                {
                    message: `${service.name} publishes port ${port} of the container, and its server listens on ${ports.join(', ')}.`,
                    why: 'In HOST:CONTAINER the second number is the port that the server listens on in the container; the first one is yours to choose.',
                    at: { file: subject.file, line },
                    fix: (0,diff/* unifiedDiff */.WH)(subject.file, subject.text, [{ line, remove: end - line + 1, insert }]),
                    gain: { kind: 'risk', text: 'Whoever calls the published port gets no answer.' },
                },
            ];
        });
    }),
};

;// CONCATENATED MODULE: ./lib/advice/rules/compose/health.js






/** How an image that others wait for is asked whether it is ready, by a program that it has. */
const checks = [
    { image: /(^|\/)(redis|redis-stack-server)(:|@|$)/, test: ['CMD', 'redis-cli', 'ping'] },
    { image: /(^|\/)valkey(:|@|$)/, test: ['CMD', 'valkey-cli', 'ping'] },
    { image: /(^|\/)(postgres|postgis|pgvector|timescaledb)(:|@|$)/, test: ['CMD-SHELL', 'pg_isready -U $${POSTGRES_USER:-postgres}'] },
    { image: /(^|\/)mysql(:|@|$)/, test: ['CMD', 'mysqladmin', 'ping', '-h', '127.0.0.1'] },
    { image: /(^|\/)mariadb(:|@|$)/, test: ['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized'] },
    { image: /(^|\/)mongo(:|@|$)/, test: ['CMD', 'mongosh', '--quiet', '--eval', "db.adminCommand('ping')"] },
    { image: /(^|\/)rabbitmq(:|@|$)/, test: ['CMD', 'rabbitmq-diagnostics', '-q', 'ping'] },
    { image: /(^|\/)minio(:|@|$)/, test: ['CMD', 'mc', 'ready', 'local'] },
    { image: /(^|\/)prometheus(:|@|$)/, test: ['CMD', 'wget', '-q', '--spider', 'http://127.0.0.1:9090/-/ready'] },
    { image: /(^|\/)grafana(:|@|$)/, test: ['CMD', 'wget', '-q', '--spider', 'http://127.0.0.1:3000/api/health'] },
    { image: /(^|\/)mlflow(:|@|$)/, test: pythonCheck(5000, '/health') },
];
function pythonCheck(port, path) {
    return ['CMD', 'python', '-c', `import urllib.request as r; r.urlopen('http://127.0.0.1:${port}${path}')`];
}
const hasHealthcheck = ({ value }) => value['healthcheck'] !== undefined && (0,config/* objectOf */.Xy)(value['healthcheck'])['disable'] !== true;
const imageHasOne = (subject, service) => isOurs(subject, service) && (subject.dockerfile?.chain ?? []).some(({ keyword, rest }) => keyword === 'HEALTHCHECK' && rest !== 'NONE');
function checkOf(subject, service) {
    const image = (0,config/* textOf */.b6)(service.value['image']);
    if (service.value['build'] === undefined)
        return checks.find((one) => one.image.test(image))?.test;
    const [port] = isOurs(subject, service) ? portsOf(subject.dockerfile, commandIn(service)) : [];
    return port === undefined || !/python/.test(subject.dockerfile?.base ?? '') ? undefined : pythonCheck(port, '/health');
}
const quoted = (word) => JSON.stringify(word);
const checkLines = ({ indent }, test) => [
    `${indent}healthcheck:`,
    `${indent}  test: [${test.map(quoted).join(', ')}]`,
    ...['interval: 5s', 'timeout: 3s', 'retries: 20'].map((line) => `${indent}  ${line}`),
];
/** Behind what says which image it is, where everybody looks. */
const insertAt = ({ keys, line }) => ((keys.get('image') ?? keys.get('build'))?.end ?? line) + 1;
/** The edits that have `service` wait until those it needs are healthy; undefined where nothing tells how to ask them. */
function waiting(subject, services, service) {
    const at = service.keys.get('depends_on');
    const edits = [];
    const entries = [];
    for (const { name, condition } of waitsFor(service)) {
        const other = services.find((one) => one.name === name);
        const started = condition === 'service_started';
        entries.push(`${service.indent}  ${name}:`, `${service.indent}    condition: ${started ? 'service_healthy' : condition}`);
        if (!started || !other || hasHealthcheck(other) || imageHasOne(subject, other))
            continue;
        const test = checkOf(subject, other);
        if (!test)
            return undefined;
        edits.push({ line: insertAt(other), remove: 0, insert: checkLines(other, test) });
    }
    return at ? [...edits, { line: at.line, remove: at.end - at.line + 1, insert: [`${service.indent}depends_on:`, ...entries] }] : undefined;
}
const dependsOn = {
    id: 'depends-on-without-health',
    look: (subject) => {
        const services = servicesIn(subject.text);
        return services.flatMap((service) => {
            const early = waitsFor(service).filter(({ condition }) => condition === 'service_started');
            const [first] = early;
            if (!first)
                return [];
            const names = early.map(({ name }) => name).join(', ');
            const edits = waiting(subject, services, service);
            return [
                {
                    message: `${service.name} starts as soon as the process of ${names} has, ready or not (depends_on).`,
                    why: 'depends_on alone waits for the start of a process. With condition: service_healthy it waits until the other one answers.',
                    at: { file: subject.file, line: first.line },
                    ...(edits ? { fix: (0,diff/* unifiedDiff */.WH)(subject.file, subject.text, edits) } : {}),
                    gain: { kind: 'risk', text: 'The first start fails on a slow machine and passes on a fast one.' },
                },
            ];
        });
    },
};
const noHealthcheck = {
    id: 'service-without-healthcheck',
    look: (subject) => {
        const services = servicesIn(subject.text);
        const waited = new Set(services
            .flatMap(waitsFor)
            .filter(({ condition }) => condition === 'service_healthy')
            .map(({ name }) => name));
        return services.flatMap((service) => {
            // Of an image of others only compose knows whether it has one.
            if (service.value['build'] === undefined || hasHealthcheck(service) || imageHasOne(subject, service))
                return [];
            if (!waited.has(service.name))
                return [];
            const test = checkOf(subject, service);
            const edit = { line: insertAt(service), remove: 0, insert: test ? checkLines(service, test) : [] };
            return [
                {
                    message: `Others wait for ${service.name} to be healthy, and neither it nor its image has a healthcheck.`,
                    why: 'compose ends with "container has no healthcheck configured", and the others never start.',
                    at: { file: subject.file, line: service.line },
                    ...(test ? { fix: (0,diff/* unifiedDiff */.WH)(subject.file, subject.text, [edit]) } : {}),
                    gain: { kind: 'risk', text: 'The stack does not come up.' },
                },
            ];
        });
    },
};
const missingProgram = {
    id: 'compose-healthcheck-tool',
    look: (subject) => {
        const { dockerfile } = subject;
        if (!dockerfile || !/^(docker\.io\/)?(library\/)?(python|debian):\S*(slim)/.test(dockerfile.base))
            return [];
        return servicesIn(subject.text).flatMap((service) => {
            const test = (0,config/* objectOf */.Xy)(service.value['healthcheck'])['test'];
            const line = service.keys.get('healthcheck')?.items.find(({ key }) => key === 'test');
            if (!line || !isOurs(subject, service))
                return [];
            const text = [(0,config/* textOf */.b6)(test), ...(0,config/* listOf */.c3)(test).map(config/* textOf */.b6)].join(' ');
            const [, program, port, path = '/'] = /(?:^|[\s/])(curl|wget)\s.*?https?:\/\/[^\s/:]+:?(\d*)(\/[^\s"'|;&]*)?/.exec(text) ?? [];
            if (program === undefined)
                return [];
            const installed = dockerfile.chain.flatMap(advice_shell/* commandsOf */.Kf).flatMap((command) => (0,advice_shell/* systemPackages */.l2)(command) ?? []);
            if (installed.includes(program))
                return [];
            const instead = `${' '.repeat(service.indent.length + 2)}test: [${pythonCheck(Number(port || 80), path)
                .map(quoted)
                .join(', ')}]`;
            return [
                {
                    message: `The healthcheck of ${service.name} calls ${program}, which ${dockerfile.base} does not have.`,
                    why: 'A check whose program is missing fails each time: the service counts as unhealthy though it answers, and who waits for it never starts.',
                    at: { file: subject.file, line: line.line },
                    ...(dockerfile.base.includes('python')
                        ? { fix: (0,diff/* unifiedDiff */.WH)(subject.file, subject.text, [{ line: line.line, remove: line.end - line.line + 1, insert: [instead] }]) }
                        : {}),
                    gain: { kind: 'risk', text: 'The service never becomes healthy.' },
                },
            ];
        });
    },
};

// EXTERNAL MODULE: ./lib/inspect/leaks/variables.js
var variables = __webpack_require__(3750);
;// CONCATENATED MODULE: ./lib/advice/rules/compose/secrets.js






/** A user and a password before the host of an address, with the password. */
const inAddress = /^[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:([^\s@/]+)@/i;
const isSecret = (name, value) => {
    const [, password] = inAddress.exec(value) ?? [];
    return password === undefined ? (0,variables/* givesSecret */.t)(name, value) : (0,variables/* givesSecret */.t)('PASSWORD', password);
};
const secretInCompose = {
    id: 'secret-in-compose',
    look: (subject) => servicesIn(subject.text).flatMap((service) => environmentIn(service)
        .filter(({ name, value }) => isSecret(name, value))
        .map(({ name, line }) => ({
        message: `${name} of ${service.name} has its value in ${subject.file}.`,
        why: `Whoever may read the repository has the secret, and it stays in its history. Write ${name}: \${${name}:?} and give the value by the environment, or by a .env that git leaves out; then give the service a new one.`,
        at: { file: subject.file, line },
        // No diff: it would show the secret that it takes out.
        gain: { kind: 'risk', text: 'A secret is in the repository.' },
    }))),
};
const pathsOf = ({ keys }) => {
    const at = keys.get('env_file');
    if (!at)
        return [];
    const one = (value, line) => ({
        path: typeof value === 'string' ? value : (0,config/* textOf */.b6)((0,config/* objectOf */.Xy)(value)['path']),
        line,
    });
    return at.items.length > 0 ? at.items.map(({ value, line }) => one(value, line)) : [one(at.value, at.line)];
};
/** Whether git leaves a file out, as far as a plain line of .gitignore says so: gitignore(5). */
function isLeftOutByGit(gitignore, path) {
    let out = false;
    for (const line of gitignore.split(/\r?\n/).map((one) => one.trim())) {
        if (line === '' || line.startsWith('#'))
            continue;
        const negated = line.startsWith('!');
        const pattern = line.replace(/^!/, '').replace(/^\//, '');
        const fits = external_node_path_.posix.matchesGlob(path, pattern) || (!pattern.includes('/') && external_node_path_.posix.matchesGlob(external_node_path_.posix.basename(path), pattern));
        if (fits)
            out = !negated;
    }
    return out;
}
const envFile = {
    id: 'env-file-in-repository',
    look: (subject) => {
        const gitignore = subject.read('.gitignore');
        const seen = new Set();
        return servicesIn(subject.text).flatMap((service) => pathsOf(service).flatMap(({ path, line }) => {
            const file = external_node_path_.posix.normalize(path);
            const text = seen.has(file) || file.startsWith('..') ? undefined : subject.read(file);
            if (text === undefined || isLeftOutByGit(gitignore ?? '', file))
                return [];
            seen.add(file);
            const names = text.split(/\r?\n/).flatMap((one) => {
                const [, name = '', value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*["']?(.*?)["']?\s*$/.exec(one) ?? [];
                return name !== '' && isSecret(name, value) ? [name] : [];
            });
            if (names.length === 0)
                return [];
            const folder = external_node_path_.posix.dirname(subject.file) === '.' ? '' : `${external_node_path_.posix.dirname(subject.file)}/`;
            const count = (gitignore ?? '').split('\n').length - (gitignore === undefined || gitignore.endsWith('\n') || gitignore === '' ? 1 : 0);
            const fix = gitignore === undefined
                ? (0,diff/* newFileDiff */.mK)(`${folder}.gitignore`, [`/${file}`])
                : (0,diff/* unifiedDiff */.WH)(`${folder}.gitignore`, gitignore, [{ line: count + 1, remove: 0, insert: [`/${file}`] }]);
            return [
                {
                    message: `${service.name} takes ${names.join(', ')} from ${file}, and no .gitignore beside ${subject.file} leaves ${file} out.`,
                    why: 'A file of variables is for one machine. In the repository whoever may read it has the secrets, and they stay in its history: git rm --cached it, and give the services new ones.',
                    at: { file: subject.file, line },
                    fix,
                    gain: { kind: 'risk', text: 'Secrets are in the repository, or will be with the next git add.' },
                },
            ];
        }));
    },
};

// EXTERNAL MODULE: ./lib/advice/chain.js
var chain = __webpack_require__(17861);
// EXTERNAL MODULE: ./lib/advice/copies.js
var advice_copies = __webpack_require__(17091);
;// CONCATENATED MODULE: ./lib/advice/rules/compose/volumes.js






const model = /(^|\/)(models?|weights?|checkpoints?|artifacts?|model[_-]?(store|repository|data))(\/|$)|\.(joblib|pkl|pt|pth|onnx|safetensors|gguf|h5|keras)$/i;
const within = (path, folder) => folder === '/' || path === folder || path.startsWith(`${folder}/`);
const writableModel = {
    id: 'model-volume-writable',
    look: (subject) => servicesIn(subject.text).flatMap((service) => volumesOf(subject, service)
        .filter(({ isBind, target, readOnly }) => isBind && !readOnly && model.test(target))
        .map(({ target, line, end, short }) => {
        const lines = subject.text.split(/\r?\n/).slice(line - 1, end);
        const [first = ''] = lines;
        const [, head = '', tail = ''] = /^(\s*-\s*(?:"[^"]*|'[^']*|[^\s#"']+))(.*)$/.exec(first) ?? [];
        const pad = /^\s*-\s*/.exec(first)?.[0].length ?? 0;
        const insert = short ? [`${head}${/:rw$/.test(head) ? '' : ':ro'}${tail}`] : [...lines, `${' '.repeat(pad)}read_only: true`];
        return {
            message: `${service.name} may write to the model it serves: ${target} is mounted without :ro.`,
            why: 'A service reads its model. What may be written may be overwritten, by a library that updates its cache or by whoever gets into the service.',
            at: { file: subject.file, line },
            ...(head.endsWith(':rw') ? {} : { fix: (0,diff/* unifiedDiff */.WH)(subject.file, subject.text, [{ line, remove: end - line + 1, insert }]) }),
            gain: { kind: 'risk', text: 'The model on the machine changes under the service, and under all others that mount it.' },
        };
    })),
};
/** Mounts that hide what the image has from the build context, of the service that is built from it. */
function hiding(subject) {
    const { dockerfile } = subject;
    if (!dockerfile)
        return [];
    const copies = (0,advice_copies/* contextCopies */.f7)(dockerfile).filter(({ ships }) => ships);
    return servicesIn(subject.text)
        .filter((service) => isOurs(subject, service))
        .flatMap((service) => volumesOf(subject, service).flatMap((volume) => {
        if (volume.path === undefined || subject.leftOut(volume.path))
            return [];
        const copy = copies.find((one) => volume.path !== undefined && (0,advice_copies/* landsAt */.YD)(one, volume.path) === volume.target);
        const above = volume.path === '' ? copies.find(({ to }) => within(to.replace(/(?<=.)\/$/, ''), volume.target)) : undefined;
        const by = copy ?? above;
        return by ? [{ service, volume, by }] : [];
    }));
}
const withoutLine = ({ text, file }, service, { line, end }) => {
    const all = service.keys.get('volumes');
    // The last entry takes its key along.
    const [from, to] = all && all.items.length === 1 ? [all.line, all.end] : [line, end];
    return (0,diff/* unifiedDiff */.WH)(file, text, [{ line: from, remove: to - from + 1, insert: [] }]);
};
const weightsTwice = {
    id: 'weights-in-image-and-volume',
    look: (subject) => hiding(subject)
        .filter(({ volume }) => volume.path !== undefined && model.test(volume.path))
        .map(({ service, volume, by }) => {
        const bytes = sentBytes(subject, volume.path ?? '');
        return {
            message: `${service.name} mounts ${volume.path} over ${volume.target}, where the image has it from ${by.instruction.text}: the weights are carried twice.`,
            why: 'Either the image has the model, and is one thing that was tested as it is served, or a volume has it and the image is small. With both, the image that passed its gates is not what answers.',
            at: { file: subject.file, line: volume.line },
            fix: withoutLine(subject, service, volume),
            gain: bytes > 0 ? { kind: 'size', bytes } : { kind: 'risk', text: 'What was tested is not what answers.' },
        };
    }),
};
const sentBytes = ({ dockerfile }, folder) => (dockerfile?.sent.paths ?? []).filter((path) => within(path, folder)).reduce((sum, path) => sum + (dockerfile?.sent.bytes(path) ?? 0), 0);
const sourceMounted = {
    id: 'source-mounted-over-image',
    look: (subject) => hiding(subject)
        .filter(({ volume }) => !model.test(volume.path ?? ''))
        .map(({ service, volume, by }) => ({
        message: `${service.name} mounts ${volume.path === '' ? 'the project' : volume.path} over ${volume.target}, where the image has its code from ${by.instruction.text}.`,
        why: 'What runs is what lies on the machine, and no longer the image that passed its gates. While you write code, docker compose watch or a compose.override.yaml does the same without being part of the stack.',
        at: { file: subject.file, line: volume.line },
        fix: withoutLine(subject, service, volume),
        gain: { kind: 'risk', text: 'What was tested is not what runs.' },
    })),
};
const pathName = /(^|_)(MODEL|WEIGHTS|CHECKPOINT|ARTIFACT)S?(_(PATH|DIR|FILE|URI|NAME|LOCATION))?$/;
const leftOutModel = {
    id: 'model-left-out',
    look: (subject) => {
        const { dockerfile } = subject;
        if (!dockerfile)
            return [];
        const copies = (0,advice_copies/* contextCopies */.f7)(dockerfile).filter(({ ships }) => ships);
        const folder = (0,chain/* folderAt */.w3)(dockerfile.target, { ...dockerfile.target.from, line: Number.POSITIVE_INFINITY }, dockerfile.args);
        return servicesIn(subject.text).flatMap((service) => {
            if (!isOurs(subject, service))
                return [];
            const volumes = volumesOf(subject, service);
            const own = environmentIn(service);
            const inherited = Object.entries((0,chain/* environmentOf */.p7)(dockerfile)).map(([name, value]) => ({ name, value, line: service.line }));
            return [...own, ...inherited.filter(({ name }) => !own.some((one) => one.name === name))].flatMap(({ name, value, line }) => {
                if (!pathName.test(name) || !/[/.]/.test(value) || /[:$]/.test(value))
                    return [];
                const path = external_node_path_.posix.resolve(folder, value);
                const from = (0,advice_copies/* comesFrom */._7)(copies, path);
                const above = from === undefined ? [] : from.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
                if (from === undefined || !(0,advice_copies/* takenBy */.bL)(copies, from) || !above.some(subject.leftOut))
                    return [];
                if (volumes.some(({ target }) => within(path, target)))
                    return [];
                return [
                    {
                        message: `${name} of ${service.name} names ${value}, which .dockerignore keeps out of the image (${from}), and no volume brings it.`,
                        why: 'The image has to have its model, or a volume has to: a service that finds none ends, or answers "not loaded".',
                        at: { file: subject.file, line },
                        gain: { kind: 'risk', text: 'The service has no model.' },
                    },
                ];
            });
        });
    },
};

;// CONCATENATED MODULE: ./lib/advice/rules/compose/rules.js






const latest = {
    id: 'latest-in-compose',
    look: (subject) => {
        const services = servicesIn(subject.text);
        const built = new Set(services.filter(({ value }) => value['build'] !== undefined).map(({ value }) => value['image']));
        return services.flatMap((service) => {
            const image = (0,config/* textOf */.b6)(service.value['image']);
            const line = service.keys.get('image')?.line;
            // With build, here or in another service, the name is that of what is built; a variable is another's to give.
            if (line === undefined || image === '' || service.value['build'] !== undefined || built.has(image) || /[$@]/.test(image))
                return [];
            const [, tag] = /:([\w][\w.-]*)$/.exec(image) ?? [];
            if (tag !== undefined && tag !== 'latest')
                return [];
            return [
                {
                    message: `${service.name} runs ${image}, which is another image each time it is pulled.`,
                    why: 'latest moves with each release. A stack that came up yesterday fails today on a machine that pulls anew, and nobody has changed anything.',
                    at: { file: subject.file, line },
                    gain: {
                        kind: 'risk',
                        text: `A release of somebody else changes the stack. Name the version: ${image.replace(/:latest$/, '')}:1.2.3.`,
                    },
                },
            ];
        });
    },
};
/** What of a compose file works on the machine of its author, or not even there. */
const composeRules = [
    secretInCompose,
    envFile,
    leftOutModel,
    portMismatch,
    missingProgram,
    noHealthcheck,
    dependsOn,
    weightsTwice,
    sourceMounted,
    writableModel,
    latest,
];

// EXTERNAL MODULE: ./lib/amounts.js
var amounts = __webpack_require__(8790);
// EXTERNAL MODULE: ./lib/model/artefacts.js
var artefacts = __webpack_require__(95370);
;// CONCATENATED MODULE: ./lib/advice/rules/context/left-in.js


/** A folder of one of these names, wherever it is; the path up to it. */
const inFolder = (names, flags = '') => {
    const folder = new RegExp(`^(?:[^/]+/)*?(?:${names})/`, flags);
    return {
        is: (path) => folder.test(path),
        named: (path) => folder.exec(path)?.[0] ?? path,
    };
};
const anywhere = (named) => `**/${(0,external_node_path_.basename)(named)}`;
const asItIs = (named) => named.replace(/\/$/, '');
const same = (path) => path;
const dataFile = /\.(csv|tsv|parquet|feather|arrow|jsonl|ndjson|npz|tfrecords?|recordio|hdf5|sqlite3?|avro|orc|zip|tar|tgz|tar\.gz|7z)(\.gz|\.zst|\.bz2)?$/i;
const inData = inFolder('data|datasets?|raw_data|training_data|train_data', 'i');
const inCode = inFolder('tests?|testing');
const inRuns = inFolder('mlruns|mlartifacts|wandb|lightning_logs|tensorboard|tb_logs|catboost_info|\\.dvc|\\.neptune|\\.clearml');
const bytecode = inFolder('__pycache__|\\.pytest_cache|\\.ruff_cache|\\.mypy_cache');
const secretEnvironment = /^\.env(\.(?!(?:example|sample|template|dist|defaults?|test)$)[\w.-]+)?$/;
/** Larger than what a service is made of (bytes). */
const largeFile = 50e6;
/** Files that people write are not that large. */
const small = /\/$|\.(py|pyi|ipynb|js|mjs|ts|tsx|css|html?|md|rst|txt|toml|ya?ml|cfg|ini|sh|lock|svg|png|jpe?g|[ch](pp)?)$/;
const leftIn = [
    {
        id: 'env-file-in-image',
        what: 'the variables of a machine',
        why: 'Whoever pulls the image can read what .env holds, and a later layer that deletes it hides it from nobody.',
        is: (path) => secretEnvironment.test((0,external_node_path_.basename)(path)),
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
        is: (path, bytes) => !(0,artefacts/* isModelFile */.i)(path) && (inData.is(path) || (dataFile.test(path) && bytes() >= 1e6)),
        named: (path) => (inData.is(path) ? inData.named(path) : path),
        pattern: asItIs,
        from: 5e6,
    },
    {
        id: 'large-file-in-image',
        what: 'more than code',
        why: 'What is in the layer of the code is pushed and pulled with each change of it. Weights belong into a COPY of their own, before the code.',
        is: (path, bytes) => !small.test(path) && !(0,artefacts/* isModelFile */.i)(path) && bytes() >= largeFile,
        named: same,
        pattern: asItIs,
        from: largeFile,
    },
];

;// CONCATENATED MODULE: ./lib/advice/rules/context/rules.js




/** What everybody leaves out; what is found besides is added to it. */
const usual = ['.git', '.github', '.env', '.env.*', '**/__pycache__', '**/*.py[co]', '.venv', 'venv', 'tests', '**/*.ipynb'];
/** More files are told, and not weighed: it would take longer than it is worth. */
const mostWeighed = 2_000;
const known = new WeakMap();
/** What of each kind the image takes, looked up once for all rules. */
function findAll(subject) {
    const found = known.get(subject) ?? look(subject);
    known.set(subject, found);
    return found;
}
/** Each kind has what those before it in the table have left. */
function look(subject) {
    const copies = (0,advice_copies/* contextCopies */.f7)(subject.dockerfile).filter(({ ships }) => ships);
    const found = new Map();
    if (copies.length === 0)
        return new Map();
    const all = [
        ...subject.aside.map(({ path, bytes, more = false }) => ({ path, bytes: () => bytes, more })),
        ...subject.sent.paths.map((path) => ({ path, bytes: () => subject.sent.bytes(path), more: false })),
    ];
    let left = mostWeighed;
    const kinds = leftIn.filter(({ id }) => !(id === 'tests-in-image' && subject.testsInImage));
    for (const { path, bytes, more } of all) {
        const by = (0,advice_copies/* takenBy */.bL)(copies, path);
        // What COPY names is meant.
        const kind = by && kinds.find((one) => one.is(path, bytes) && (one.always || (0,advice_copies/* takenAlong */.zz)(copies, one.named(path))));
        if (!kind)
            continue;
        const sum = found.get(kind.id) ?? { named: new Set(), bytes: 0, more: false, copy: by };
        sum.named.add(kind.named(path));
        const weighed = left-- > 0;
        if (weighed)
            sum.bytes += bytes();
        sum.more ||= more || !weighed;
        found.set(kind.id, sum);
    }
    return new Map([...found].map(([id, { named, ...rest }]) => [id, { ...rest, named: [...named] }]));
}
/** The diff that puts lines at the end of `.dockerignore`, or makes it. */
function leaveOut({ file, text, sent }, lines) {
    if (sent.ignoreFile === undefined)
        return (0,diff/* newFileDiff */.mK)(file, lines);
    const count = text.split('\n').length - (text === '' || text.endsWith('\n') ? 1 : 0);
    return (0,diff/* unifiedDiff */.WH)(file, text, [{ line: count + 1, remove: 0, insert: lines }]);
}
const atCopy = ({ dockerfile }, { instruction }) => ({ file: dockerfile.file, line: instruction.line });
const isThere = ({ sent }) => sent.ignoreFile !== undefined;
const ruleOf = (kind) => ({
    id: kind.id,
    look: (subject) => {
        // Without a .dockerignore one advice says all.
        if (!isThere(subject) && !kind.always)
            return [];
        const found = findAll(subject).get(kind.id);
        if (!found || found.bytes < kind.from)
            return [];
        const patterns = [...new Set(found.named.map(kind.pattern))].slice(0, 20);
        const weight = kind.risk ? '' : ` (${found.more ? 'more than ' : ''}${(0,amounts/* bytesText */.pV)(found.bytes)})`;
        return [
            {
                message: `${found.copy.instruction.text.slice(0, 80)} takes ${kind.what} into the image: ${(0,amounts/* someOf */.yU)(found.named)}${weight}.`,
                why: kind.why,
                at: atCopy(subject, found.copy),
                fix: leaveOut(subject, patterns),
                gain: kind.risk ? { kind: 'risk', text: kind.risk } : { kind: 'size', bytes: found.bytes },
            },
        ];
    },
});
const noIgnoreFile = {
    id: 'no-dockerignore',
    look: (subject) => {
        if (isThere(subject))
            return [];
        const whole = (0,advice_copies/* contextCopies */.f7)(subject.dockerfile).find(({ sources }) => sources.includes(''));
        if (!whole)
            return [];
        const all = findAll(subject);
        const kinds = leftIn.filter(({ id, from }) => (all.get(id)?.bytes ?? -1) >= from);
        const found = kinds.flatMap(({ id }) => all.get(id) ?? []);
        const bytes = found.reduce((sum, one) => sum + one.bytes, 0);
        const patterns = kinds.flatMap(({ id, pattern }) => (all.get(id)?.named ?? []).map(pattern));
        const kept = subject.testsInImage ? usual.filter((line) => line !== 'tests') : usual;
        const names = found.flatMap(({ named }) => named);
        return [
            {
                message: `${whole.instruction.text} takes all of the folder, and there is no .dockerignore${names.length > 0 ? `: ${(0,amounts/* someOf */.yU)(names)} (${(0,amounts/* bytesText */.pV)(bytes)}) goes along` : ''}.`,
                why: 'All that lies beside the code is sent to the build, and a change of any of it builds the layer anew; a .env, a .git and data end up in the image.',
                at: atCopy(subject, whole),
                fix: leaveOut(subject, [...new Set([...kept, ...patterns])]),
                gain: { kind: 'risk', text: 'What lies beside the code, today or tomorrow, is published with it.' },
            },
        ];
    },
};
/** What the image takes from its build context and has no use for. */
const contextRules = [noIgnoreFile, ...leftIn.map(ruleOf)];

// EXTERNAL MODULE: ./node_modules/smol-toml/dist/index.js + 8 modules
var smol_toml_dist = __webpack_require__(3292);
;// CONCATENATED MODULE: ./lib/advice/requirement.js

const plain = (name) => name.toLowerCase().replace(/[-_.]+/g, '-');
const requirement_form = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(@\s*\S+|\(?(?:[=<>!~]=?=?[^;#]*)?\)?)\s*(?:;(.*))?$/;
const address = /^(?:-e\s+|--editable[\s=]+)?((?:git|hg|svn|bzr)\+\S+|https?:\/\/\S+\.(?:whl|zip|tar\.gz)\S*)/;
function requirementOf(text, line) {
    const bare = text
        .replace(/(^|\s)#.*$/, '')
        .replace(/\s--(?:hash|config-settings|global-option)[=\s]\S+/g, '')
        .trim();
    const [, from] = address.exec(bare) ?? [];
    if (from !== undefined) {
        const [, egg] = /#(?:.*&)?egg=([\w.-]+)/.exec(text) ?? [];
        const [, last = from] = /([\w.-]+?)(?:\.git)?(?:@[^/]*)?(?:#.*)?$/.exec(from) ?? [];
        return [{ name: plain(egg ?? last), written: egg ?? last, specifier: `@ ${from}`, marker: '', line }];
    }
    const [, written, specifier = '', marker = ''] = requirement_form.exec(bare) ?? [];
    return written === undefined
        ? []
        : [{ name: plain(written), written, specifier: specifier.replace(/^\(|\)$/g, '').trim(), marker: marker.trim(), line }];
}
/** The requirements of a requirements file; options and files that it takes in are left out. https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
function ofFile(text) {
    const found = [];
    let joined = '';
    let start = 0;
    for (const [index, line] of text.split(/\r?\n/).entries()) {
        if (joined === '')
            start = index + 1;
        if (/\\$/.test(line) && !/^\s*#/.test(line)) {
            joined += `${line.slice(0, -1)} `;
            continue;
        }
        found.push(...requirementOf(joined + line, start));
        joined = '';
    }
    return found;
}
const table = (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});
const texts = (value) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
/** The line behind the head of a table on which a text stands. */
const lineWith = (lines, from, fits) => {
    const head = Math.max(0, lines.findIndex((line) => from.test(line)));
    const at = lines.findIndex((line, index) => index >= head && fits(line));
    return at < 0 ? head + 1 : at + 1;
};
function ofToml(text) {
    let document;
    try {
        document = table((0,smol_toml_dist.parse)(text));
    }
    catch {
        return [];
    }
    const lines = text.split(/\r?\n/);
    const listed = texts(table(document['project'])['dependencies']).flatMap((one) => requirementOf(one, lineWith(lines, /^\s*\[project\]/, (line) => line.includes(JSON.stringify(one)) || line.includes(`'${one}'`))));
    const keyed = (entries, head) => Object.entries(entries).flatMap(([written, wanted]) => {
        const { version, git, rev, url } = table(wanted);
        const spec = typeof wanted === 'string' ? wanted : typeof version === 'string' ? version : '';
        const from = typeof git === 'string' ? `@ git+${git}${typeof rev === 'string' ? `@${rev}` : ''}` : typeof url === 'string' ? `@ ${url}` : '';
        if (plain(written) === 'python')
            return [];
        // Poetry's bare version is a range: `^`.
        const specifier = from || (spec === '*' ? '' : spec);
        const line = lineWith(lines, head, (one) => new RegExp(`^\\s*["']?${written.replace(/\./g, '\\.')}["']?\\s*=`).test(one));
        return [{ name: plain(written), written, specifier, marker: '', line }];
    });
    const poetry = table(table(document['tool'])['poetry']);
    return [
        ...listed,
        ...keyed(table(poetry['dependencies']), /^\s*\[tool\.poetry\.dependencies\]/),
        ...keyed(table(document['packages']), /^\s*\[packages\]/),
    ];
}
/** What a file asks the installer for. Any text gives some; whether they are good ones is the installer's to say. */
function requirementsIn({ file, text }) {
    return /\.toml$|(^|\/)Pipfile$/.test(file) ? ofToml(text) : ofFile(text);
}
/** Whether a requirement names one version: a pin, a hash of a file, or a commit. */
function isPinned({ specifier }) {
    return /^={2,3}\s*[^*,\s]+$/.test(specifier) || specifier.startsWith('@');
}

;// CONCATENATED MODULE: ./lib/advice/rules/requirements/edits.js

/** Where a requirement stands. */
const at = ({ file }, { line }) => ({ file, line });
const rawLine = ({ text }, line) => text.split(/\r?\n/)[line - 1] ?? '';
/** Of a file with one requirement a line a line can be changed or taken out. */
const isList = ({ file }) => !/\.toml$|(^|\/)Pipfile$/.test(file);
/** A line that the next one belongs to, as with hashes, is left to its author. */
const goesOn = (line) => /\\$|--hash/.test(line);
function fixOf(subject, edits) {
    return edits.length > 0 && isList(subject) ? { fix: (0,diff/* unifiedDiff */.WH)(subject.file, subject.text, edits) } : {};
}
/** The diff that takes requirements out. */
const without = (subject, lines) => lines.some(({ line }) => goesOn(rawLine(subject, line)))
    ? {}
    : fixOf(subject, lines.map(({ line }) => ({ line, remove: 1, insert: [] })));
/** The diff that gives a requirement another name. */
function renamed(subject, { line, written }, name) {
    const before = rawLine(subject, line);
    return fixOf(subject, [{ line, remove: 1, insert: [before.replace(written, name)] }]);
}

;// CONCATENATED MODULE: ./lib/advice/rules/requirements/tables.js
/** Names on PyPI that are not what they say, and the one that is meant; each fails or installs something else. */
const misnamed = {
    sklearn: { meant: 'scikit-learn', what: 'a package without code, whose installation fails since 2023' },
    pytorch: { meant: 'torch', what: 'a package without code, whose installation fails' },
    'tensorflow-gpu': { meant: 'tensorflow', what: 'no longer published: its installation fails since 2.12' },
    opencv: { meant: 'opencv-python-headless', what: 'not there' },
    cv2: { meant: 'opencv-python-headless', what: 'the name of the module, and no package' },
    pil: { meant: 'pillow', what: 'dead since 2009' },
    skimage: { meant: 'scikit-image', what: 'the name of the module, and another package' },
    yaml: { meant: 'pyyaml', what: 'the name of the module, and no package' },
    dotenv: { meant: 'python-dotenv', what: 'another package, whose installation fails' },
};
/** What tests and their authors need. */
const testTools = new Set([
    ...['pytest', 'tox', 'nox', 'coverage', 'hypothesis', 'mock', 'moto', 'responses', 'respx', 'faker', 'factory-boy', 'locust', 'nose'],
    ...['black', 'ruff', 'flake8', 'pylint', 'pycodestyle', 'isort', 'mypy', 'pyright', 'bandit', 'autopep8', 'yapf', 'pre-commit'],
    ...['pip-tools', 'ipdb', 'pudb', 'twine', 'bumpversion', 'commitizen', 'sphinx', 'mkdocs', 'mkdocs-material'],
]);
const isTestTool = (name) => testTools.has(name) || name.startsWith('pytest-') || name.startsWith('types-');
/** What people look at data and models with, and the modules that they import of it. */
const deskTools = {
    jupyter: [],
    jupyterlab: [],
    notebook: [],
    ipykernel: [],
    ipywidgets: ['ipywidgets'],
    ipython: ['IPython'],
    nbconvert: ['nbconvert'],
    'jupyter-client': ['jupyter_client'],
    matplotlib: ['matplotlib', 'pylab', 'mpl_toolkits'],
    seaborn: ['seaborn'],
    plotly: ['plotly'],
    bokeh: ['bokeh'],
    tensorboard: ['tensorboard'],
    tensorboardx: ['tensorboardX'],
    wandb: ['wandb'],
    dvc: ['dvc'],
    kaggle: ['kaggle'],
    optuna: ['optuna'],
    'pandas-profiling': ['pandas_profiling'],
    'ydata-profiling': ['ydata_profiling'],
};
/** opencv with windows, and the same without. */
const withWindows = /^(opencv-(?:contrib-)?python)$/;

;// CONCATENATED MODULE: ./lib/advice/rules/requirements/packages.js





/** What a package weighs in the image, where that is known. */
const weightOf = ({ installed }, found) => {
    const bytes = found.reduce((sum, { name }) => sum + (installed?.get(name)?.bytes ?? 0), 0);
    return { kind: 'size', ...(bytes > 0 ? { bytes } : {}) };
};
const testing = {
    id: 'test-tools-in-image',
    look: (subject) => {
        const found = requirementsIn(subject).filter(({ name }) => isTestTool(name));
        const [first] = found;
        if (!first)
            return [];
        return [
            {
                message: `${subject.file} has the image install ${(0,amounts/* someOf */.yU)(found.map(({ name }) => name))}, which only tests need.`,
                why: 'They and what they need are in every pull of the image. The tests install requirements-test.txt beside it.',
                at: at(subject, first),
                ...without(subject, found),
                gain: weightOf(subject, found),
            },
        ];
    },
};
const desk = {
    id: 'desk-tools-in-image',
    look: (subject) => {
        const named = requirementsIn(subject).filter(({ name }) => Object.hasOwn(deskTools, name));
        if (named.length === 0)
            return [];
        const imported = subject.imports();
        const found = named.filter(({ name }) => !(deskTools[name] ?? []).some((module) => imported.has(module)));
        const [first] = found;
        if (!first)
            return [];
        return [
            {
                message: `${subject.file} has the image install ${(0,amounts/* someOf */.yU)(found.map(({ name }) => name))}, which none of its code imports.`,
                why: 'Notebooks, plots and trackers of experiments bring many packages along, and a service has no use for them.',
                at: at(subject, first),
                ...without(subject, found),
                gain: weightOf(subject, found),
            },
        ];
    },
};
const windows = {
    id: 'opencv-with-windows',
    look: (subject) => {
        const { base, chain } = subject.dockerfile;
        if (!/slim|alpine|minbase|distroless/.test(base))
            return [];
        const installed = chain.flatMap(advice_shell/* commandsOf */.Kf).flatMap((command) => (0,advice_shell/* systemPackages */.l2)(command) ?? []);
        if (installed.some((name) => /^(libgl1|libgl1-mesa|libgl1-mesa-glx|mesa-gl|ffmpeg|libopencv)/.test(name)))
            return [];
        return requirementsIn(subject)
            .filter(({ name }) => withWindows.test(name))
            .map((one) => ({
            message: `${one.name} needs libGL to be imported, which ${base} does not have.`,
            why: 'It brings the parts that open windows on a screen; opencv-python-headless is the same without them, and smaller.',
            at: at(subject, one),
            ...renamed(subject, one, `${one.name}-headless`),
            gain: { kind: 'risk', text: 'The service ends with "libGL.so.1: cannot open shared object file".' },
        }));
    },
};

;// CONCATENATED MODULE: ./lib/advice/rules/requirements/versions.js




const unpinned = {
    id: 'unpinned-requirement',
    look: (subject) => {
        // A lock says the versions.
        if (!isList(subject) && subject.locked)
            return [];
        const loose = requirementsIn(subject).filter((one) => !isPinned(one));
        const [first] = loose;
        if (!first)
            return [];
        const known = loose.flatMap(({ name, line, specifier }) => {
            const version = subject.installed?.get(name)?.version;
            const text = rawLine(subject, line);
            if (version === undefined || goesOn(text))
                return [];
            const [, head = '', tail = ''] = /^(\s*[\w.-]+\s*(?:\[[^\]]*\])?)\s*[^;#]*?(\s*[;#].*)?$/.exec(text) ?? [];
            return head === '' || specifier.startsWith('@') ? [] : [{ line, remove: 1, insert: [`${head.trimEnd()}==${version}${tail}`] }];
        });
        return [
            {
                message: `${(0,amounts/* someOf */.yU)(loose.map(({ name, specifier }) => `${name}${specifier}`))} in ${subject.file} ${loose.length === 1 ? 'has' : 'have'} no version.`,
                why: 'The same commit gives another image tomorrow, and a model that was trained with one version of a library may fail or answer otherwise with the next.',
                at: at(subject, first),
                ...(known.length === loose.length ? fixOf(subject, known) : {}),
                gain: { kind: 'risk', text: 'A release of somebody else changes what the service answers.' },
            },
        ];
    },
};
const twice = {
    id: 'duplicate-requirement',
    look: (subject) => {
        const known = new Map();
        return requirementsIn(subject).flatMap((one) => {
            const key = `${one.name};${one.marker}`;
            const before = known.get(key);
            known.set(key, before ?? one);
            if (!before)
                return [];
            const contradicts = before.specifier !== one.specifier;
            return [
                {
                    message: contradicts
                        ? `${one.name} is asked for as ${before.specifier || 'any version'} in line ${before.line} and as ${one.specifier || 'any version'} in line ${one.line} of ${subject.file}.`
                        : `${one.name} is in ${subject.file} twice, in lines ${before.line} and ${one.line}.`,
                    why: contradicts
                        ? 'pip refuses two pins of one package, and of a pin and a range nobody sees which one counts.'
                        : 'Who changes one of them leaves the other.',
                    at: at(subject, one),
                    ...without(subject, [one]),
                    gain: {
                        kind: 'risk',
                        text: contradicts ? 'The build fails, or installs another version than the one that was read.' : 'The two drift apart.',
                    },
                },
            ];
        });
    },
};
const commit = {
    id: 'git-requirement-without-commit',
    look: (subject) => requirementsIn(subject).flatMap((one) => {
        const [, url = '', ref] = /^@ git\+([a-z+]+:\/\/(?:[^@/\s]+@)?[^@#\s]+)(?:@([^#\s]+))?/.exec(one.specifier) ?? [];
        if (url === '' || (ref !== undefined && /^[0-9a-f]{7,40}$/.test(ref)))
            return [];
        // A tag is moved by nobody who means well.
        if (ref !== undefined && /^v?\d+(\.\d+)+([-.+]?[a-z0-9]+)*$/i.test(ref))
            return [];
        return [
            {
                message: `${one.name} in ${subject.file} is what ${ref ?? 'the default branch'} of ${url.replace(/\/\/[^@/]+@/, '//')} is on the day of the build.`,
                why: 'A branch moves: the layer cache keeps what it was, and a machine without the cache gets what it is.',
                at: at(subject, one),
                gain: { kind: 'risk', text: 'Two builds of one commit differ. Name the commit: git+https://…@1f2e3d4.' },
            },
        ];
    }),
};
const wrongName = {
    id: 'misnamed-package',
    look: (subject) => requirementsIn(subject).flatMap((one) => {
        const known = Object.hasOwn(misnamed, one.name) ? misnamed[one.name] : undefined;
        if (!known || one.specifier.startsWith('@'))
            return [];
        const { meant, what } = known;
        return [
            {
                message: `${one.written} in ${subject.file} is ${what}: ${meant} is meant.`,
                why: 'The package of that name on PyPI is not the library, and anybody may fill a name that people mistype.',
                at: at(subject, one),
                ...renamed(subject, one, meant),
                gain: { kind: 'risk', text: 'The build fails, or installs what nobody meant.' },
            },
        ];
    }),
};

;// CONCATENATED MODULE: ./lib/advice/rules/requirements/rules.js


/** What the requirements of an image say that will be missed, or not be needed, when it runs. */
const requirementsRules = [wrongName, windows, testing, desk, unpinned, twice, commit];

// EXTERNAL MODULE: ./lib/build/ignored.js
var ignored = __webpack_require__(2694);
;// CONCATENATED MODULE: ./lib/advice/aside.js


/** Folders that no look at a build context goes into. */
const aside = /^(\.git|\.hg|\.svn|node_modules|\.?venv|env|\.tox|\.nox|\.conda|__pycache__|\.pytest_cache|\.ruff_cache|\.mypy_cache)$/;
/** So many files are weighed, of all such folders together: more would take longer than it is worth. */
const aside_mostWeighed = 2_000;
const deepest = 3;
/**
 * Finds what a look at the context steps over, where `.dockerignore` (`rules`) does not leave it out, and weighs it. Paths are from
 * the context, with `/` at their end. Patterns are those of Docker: https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
function foldersAside(files, context, rules) {
    const ignores = (0,ignored/* ignoredBy */.g)(rules);
    const found = [];
    let left = aside_mostWeighed;
    const weigh = (folder) => {
        let [bytes, more] = [0, false];
        for (const { name, kind } of files.contents(folder)) {
            if (left <= 0)
                return { bytes, more: true };
            const path = (0,external_node_path_.join)(folder, name);
            if (kind === 'file') {
                left--;
                bytes += files.stat(path)?.bytes ?? 0;
                continue;
            }
            const below = weigh(path);
            bytes += below.bytes;
            more ||= below.more;
        }
        return { bytes, more };
    };
    const isAside = (name, path) => aside.test(name) ? name !== 'env' || files.kind((0,external_node_path_.join)(path, 'pyvenv.cfg')) === 'file' : files.kind((0,external_node_path_.join)(path, 'pyvenv.cfg')) === 'file';
    const walk = (folder, depth) => {
        for (const { name, kind } of files.contents((0,external_node_path_.join)(context, folder))) {
            const path = folder === '' ? name : `${folder}/${name}`;
            if (kind !== 'directory' || ignores(path))
                continue;
            if (isAside(name, (0,external_node_path_.join)(context, path))) {
                const { bytes, more } = weigh((0,external_node_path_.join)(context, path));
                found.push({ path: `${path}/`, bytes, ...(more ? { more } : {}) });
            }
            else if (depth < deepest)
                walk(path, depth + 1);
        }
    };
    walk('', 1);
    return found;
}

;// CONCATENATED MODULE: ./lib/advice/imports.js
const importLine = /^\s*(?:from\s+([A-Za-z_]\w*)|import\s+([A-Za-z_][\w.]*(?:\s+as\s+\w+)?(?:\s*,\s*[A-Za-z_][\w.]*(?:\s+as\s+\w+)?)*))/gm;
/** The modules that a text of Python imports, by the first part of their names. */
function importsOf(text) {
    return [...text.matchAll(importLine)].flatMap(([, from, names]) => from !== undefined ? [from] : (names ?? '').split(',').map((name) => name.trim().split(/[.\s]/)[0] ?? ''));
}

;// CONCATENATED MODULE: ./lib/advice/subjects.js






const ignoreText = (files, workspace, { sent }) => (sent.ignoreFile === undefined ? undefined : files.readText((0,external_node_path_.join)(workspace, sent.ignoreFile))) ?? '';
/** The build context as its rules look at it. */
function contextSubject(files, { workspace, build, test }, dockerfile) {
    const { sent } = dockerfile;
    const text = ignoreText(files, workspace, dockerfile);
    const takesFolders = (0,advice_copies/* contextCopies */.f7)(dockerfile).some(({ ships }) => ships);
    return {
        file: sent.ignoreFile ?? sent.name('.dockerignore'),
        text,
        sent,
        aside: takesFolders ? foldersAside(files, build.context, text) : [],
        testsInImage: test.place.kind !== 'runner',
        dockerfile,
    };
}
/** More files of Python are not read for what they import. */
const mostRead = 300;
/** The modules that the code which ships imports. */
function shippedImports(dockerfile) {
    let known;
    return () => {
        const copies = (0,advice_copies/* contextCopies */.f7)(dockerfile).filter(({ ships }) => ships);
        known ??= new Set(dockerfile.sent.paths
            .filter((path) => path.endsWith('.py') && (0,advice_copies/* takenBy */.bL)(copies, path))
            .slice(0, mostRead)
            .flatMap((path) => importsOf(dockerfile.sent.read(path) ?? '')));
        return known;
    };
}
const included = (text) => [...text.matchAll(/^[ \t]*(?:-r|--requirement)[\s=]+["']?([^\s"'#]+)/gm)].map(([, file = '']) => file);
const givenToPip = (command) => [...command.matchAll(/(?:^|\s)(?:-r|--requirement)[\s=]*["']?([^\s"']+)/g)].map(([, file = '']) => file);
/** What installs a project from its own file. */
const ofProject = [
    {
        file: 'pyproject.toml',
        by: /\b(?:pip[\d.]*\s+(?:\S+\s+)*?install\s+(?:\S+\s+)*?["']?\.(?:\[[^\]]*\])?["']?(?:\s|$)|uv\s+sync|poetry\s+(?:\S+\s+)*?install|pdm\s+(?:sync|install))/,
    },
    { file: 'Pipfile', by: /\bpipenv\s+(?:\S+\s+)*?(?:install|sync)/ },
];
const locks = ['uv.lock', 'poetry.lock', 'pdm.lock', 'Pipfile.lock'];
/** The requirements files that the stages of the image install, each once, with those that they take in. */
function requirementsSubjects(dockerfile) {
    const { sent } = dockerfile;
    const commands = [...(0,advice_copies/* stagesMaking */.p7)(dockerfile)].flatMap(({ instructions }) => instructions.flatMap(advice_shell/* commandsOf */.Kf));
    const copied = (0,advice_copies/* contextCopies */.f7)(dockerfile).flatMap(({ sources }) => sources);
    /** The file of the context that a path in the image means. */
    const meant = (given) => {
        const path = external_node_path_.posix.normalize(given).replace(/^\/+/, '');
        const named = copied.filter((source) => (0,external_node_path_.basename)(source) === (0,external_node_path_.basename)(path));
        const below = copied.filter((source) => source !== '').map((source) => external_node_path_.posix.join(source, (0,external_node_path_.basename)(path)));
        return [path, ...named, (0,external_node_path_.basename)(path), ...below].find((one) => !one.startsWith('..') && sent.read(one) !== undefined);
    };
    const found = new Map();
    const add = (path) => {
        const text = path === undefined || found.has(path) ? undefined : sent.read(path);
        if (path === undefined || text === undefined)
            return;
        found.set(path, text);
        for (const other of included(text))
            add(external_node_path_.posix.join(external_node_path_.posix.dirname(path), other));
    };
    for (const given of commands.flatMap(givenToPip))
        add(meant(given));
    for (const { file, by } of ofProject)
        if (commands.some((command) => by.test(command)))
            add(meant(file));
    const imports = shippedImports(dockerfile);
    const locked = locks.some((file) => sent.bytes(file) > 0);
    return [...found].map(([path, text]) => ({ file: sent.name(path), text, dockerfile, locked, imports }));
}
const usualNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
/** The compose files of the run, or the one that compose would take by itself. */
function composeSubjects(files, { workspace, build, smoke }, dockerfile) {
    const found = [...new Set([build.context, workspace])].flatMap((folder) => usualNames
        .map((name) => (0,external_node_path_.join)(folder, name))
        .filter((path) => files.kind(path) === 'file')
        .slice(0, 1));
    const ignores = (0,ignored/* ignoredBy */.g)(dockerfile ? ignoreText(files, workspace, dockerfile) : '');
    return (smoke.compose?.files ?? found.slice(0, 1)).flatMap((path) => {
        const text = files.readText(path);
        if (text === undefined)
            return [];
        return [
            {
                file: (0,external_node_path_.relative)(workspace, path),
                text,
                context: (0,external_node_path_.relative)(workspace, build.context),
                read: (beside) => files.readUntrusted(external_node_path_.posix.join(external_node_path_.posix.dirname(path), beside)),
                leftOut: (one) => one !== '' && ignores(one),
                ...(dockerfile ? { dockerfile } : {}),
            },
        ];
    });
}

;// CONCATENATED MODULE: ./lib/advice/around.js





/** What can be said of the files around a Dockerfile: what the build is sent, what it installs, and the stack it is part of. */
function lookAround(files, asked, dockerfile) {
    return [
        ...lookBy(contextRules, contextSubject(files, asked, dockerfile)),
        ...requirementsSubjects(dockerfile).flatMap((subject) => lookBy(requirementsRules, subject)),
        ...composeSubjects(files, asked, dockerfile).flatMap((subject) => lookBy(composeRules, subject)),
    ];
}

// EXTERNAL MODULE: ./lib/advice/dockerfile.js
var dockerfile = __webpack_require__(34180);
// EXTERNAL MODULE: ./lib/advice/edit.js
var advice_edit = __webpack_require__(65502);
;// CONCATENATED MODULE: ./lib/advice/rules/dockerfile/apt.js


const aptUpdate = /^(?:sudo\s+)?apt(?:-get)?\s+(?:-\S+\s+)*update\b/;
const removesLists = /\brm\s+-\w*r\w*\s.*\/var\/lib\/apt(\/lists)?\b/;
const onlyApt = /\bapt(?:-get)?\s+(?:-\S+\s+)*(update|install|upgrade|dist-upgrade|clean|autoremove)\b/;
/** What `apt-get update` leaves in a layer of debian:bookworm (measured; compressed, as the lists are). */
const listBytes = 20_000_000;
/** The lists of apt stay in a layer. */
const aptLists = {
    id: 'apt-lists',
    look: (subject) => subject.chain.flatMap((instruction) => {
        const commands = (0,advice_shell/* commandsOf */.Kf)(instruction);
        if (!commands.some((command) => aptUpdate.test(command)) || commands.some((command) => removesLists.test(command)))
            return [];
        if (instruction.flags.some((flag) => /^--mount=.*(target|dst|destination)=\/var\/lib\/apt/.test(flag)))
            return [];
        const last = commands.at(-1) ?? '';
        const removal = '&& rm -rf /var/lib/apt/lists/*';
        const shell = !instruction.words && instruction.heredocs.length === 0 && onlyApt.test(last);
        return [
            {
                message: 'The package lists of apt stay in the image.',
                why: 'They are of no use at run time, and removed by a later RUN they would stay in this layer.',
                at: { file: subject.file, line: instruction.line },
                ...(shell
                    ? (0,advice_edit/* fixOf */.BW)(subject, [
                        (0,advice_edit/* changed */.tD)(subject, instruction, /\s*$/, instruction.line === instruction.end ? ` ${removal}` : ` \\\n    ${removal}`),
                    ])
                    : {}),
                gain: { kind: 'size', bytes: listBytes },
            },
        ];
    }),
};
const upgrade = /\s*(?:apt|apt-get)\s+(?:-\S+\s+)*(?:upgrade|dist-upgrade|full-upgrade)(?:\s+-\S+)*\s*/;
const isUpgrade = /^(?:sudo\s+)?(?:apt|apt-get)\s+(?:-\S+\s+)*(?:upgrade|dist-upgrade|full-upgrade)\b/;
/** The system is upgraded within the build. */
const aptUpgrade = {
    id: 'apt-upgrade',
    look: (subject) => subject.chain.flatMap((instruction) => {
        if (!(0,advice_shell/* commandsOf */.Kf)(instruction).some((command) => isUpgrade.test(command)))
            return [];
        const shell = !instruction.words && instruction.heredocs.length === 0;
        const out = new RegExp(`&&(?:\\s|\\\\\\n)*${upgrade.source}(?=&&|;|\\\\?\\n|$)`);
        const first = new RegExp(`${upgrade.source}&&\\s*`);
        return [
            {
                message: 'The packages of the base image are upgraded in the build.',
                why: 'The layer cache keeps that step as it was the first time, so it is neither new nor the same everywhere; what it changes is in the image twice. A newer base image (pull: true) brings the same.',
                at: { file: subject.file, line: instruction.line },
                ...(shell ? (0,advice_edit/* fixOf */.BW)(subject, [(0,advice_edit/* changed */.tD)(subject, instruction, out, '') ?? (0,advice_edit/* changed */.tD)(subject, instruction, first, ' ')]) : {}),
                gain: { kind: 'risk', text: 'two builds of one commit have other packages' },
            },
        ];
    }),
};

// EXTERNAL MODULE: ./lib/advice/rules/dockerfile/base.js
var dockerfile_base = __webpack_require__(80782);
;// CONCATENATED MODULE: ./lib/advice/rules/dockerfile/caches.js



const mounts = ({ flags }, path) => flags.some((flag) => flag.startsWith('--mount=') && /type=cache|type=tmpfs/.test(flag) && path.test(flag));
/** Downloads of pip stay in a layer. */
const pipCache = {
    id: 'pip-cache',
    look: (subject) => {
        const env = (0,chain/* environmentOf */.p7)(subject);
        if (/^(1|true|on|yes|off)$/i.test(env['PIP_NO_CACHE_DIR'] ?? '') || env['PIP_CACHE_DIR'] === '/dev/null')
            return [];
        return subject.chain.flatMap((instruction) => {
            const commands = (0,advice_shell/* commandsOf */.Kf)(instruction);
            const pips = commands.filter((command) => {
                const call = (0,advice_shell/* pipInstall */.jf)(command);
                return call !== undefined && !call.program.startsWith('uv') && !/--no-cache-dir|--cache-dir/.test(command);
            });
            const removed = commands.some((command) => /\brm\s+-\w*r\w*\s.*\.cache|\bpip\S*\s+cache\s+purge/.test(command));
            if (pips.length === 0 || removed || mounts(instruction, /\.cache/) || /PIP_NO_CACHE_DIR=/.test(instruction.text))
                return [];
            const edit = instruction.words
                ? (0,advice_edit/* changed */.tD)(subject, instruction, /("pip[\d.]*",\s*"install")/, '$1, "--no-cache-dir"')
                : (0,advice_edit/* changed */.tD)(subject, instruction, /\b(pip[\d.]*\s+(?:-\S+\s+)*install)\b(?!\s+--no-cache-dir)/g, '$1 --no-cache-dir');
            return [
                {
                    message: 'pip keeps what it has downloaded in the image.',
                    why: 'Its cache is for the next pip on the same disk; in an image nothing reads it. It holds each wheel a second time.',
                    at: { file: subject.file, line: instruction.line },
                    ...(0,advice_edit/* fixOf */.BW)(subject, [edit]),
                    gain: { kind: 'size' },
                },
            ];
        });
    },
};
/** Packages of conda stay in a layer twice. */
const condaCache = {
    id: 'conda-cache',
    look: (subject) => subject.chain.flatMap((instruction) => {
        const commands = (0,advice_shell/* commandsOf */.Kf)(instruction);
        const program = commands
            .map((command) => /^(?:\S*\/)?(conda|mamba|micromamba)\s+(?:-\S+\s+)*(?:install|create|update|env\s+(?:create|update))\b/.exec(command)?.[1])
            .find(Boolean);
        if (!program ||
            commands.some((command) => /^(?:\S*\/)?(conda|mamba|micromamba)\s+clean\b|\brm\s.*\/pkgs/.test(command)) ||
            mounts(instruction, /pkgs/))
            return [];
        const clean = `&& ${program} clean -afy`;
        const shell = !instruction.words && instruction.heredocs.length === 0;
        const edit = (0,advice_edit/* changed */.tD)(subject, instruction, /\s*$/, instruction.line === instruction.end ? ` ${clean}` : ` \\\n    ${clean}`);
        return [
            {
                message: `${program} keeps its packages and archives in the image.`,
                why: 'They are for the next environment on the same disk; in an image nothing reads them.',
                at: { file: subject.file, line: instruction.line },
                ...(shell ? (0,advice_edit/* fixOf */.BW)(subject, [edit]) : {}),
                gain: { kind: 'size' },
            },
        ];
    }),
};

;// CONCATENATED MODULE: ./lib/advice/rules/dockerfile/code.js


const route = /^(\s*)@\w+\.(?:post|get|put|route|api_route|websocket)\(/;
const loads = /\b(?:joblib\.load|pickle\.load|cloudpickle\.load|torch\.load|torch\.jit\.load|\w*\.from_pretrained|(?:\w+\.)*load_model|onnxruntime\.InferenceSession|ort\.InferenceSession|rt\.InferenceSession|InferenceSession|SentenceTransformer|tf\.saved_model\.load|pipeline)\(/;
const indent = (line) => /^\s*/.exec(line)?.[0].length ?? 0;
const isBlank = (line) => /^\s*(#|$)/.test(line);
function handlers(lines) {
    const found = [];
    for (let top = 0; top < lines.length; top++) {
        const depth = route.exec(lines[top] ?? '')?.[1]?.length;
        if (depth === undefined)
            continue;
        const begins = lines.findIndex((line, at) => at > top && indent(line) === depth && /^\s*(?:async\s+)?def\s/.test(line));
        if (begins < 0)
            continue;
        const colon = lines.findIndex((line, at) => at >= begins && /:\s*(#.*)?$/.test(line));
        if (colon < 0)
            continue;
        const after = lines.findIndex((line, at) => at > colon && !isBlank(line) && indent(line) <= depth);
        found.push({ top, body: colon + 1, end: after < 0 ? lines.length : after, depth });
        top = colon;
    }
    return found;
}
/** Where a load stands: its own line, with that of the `with open(…)` around it. */
function loadIn({ text }) {
    const lines = text.split(/\r?\n/);
    for (const handler of handlers(lines)) {
        const at = lines.findIndex((line, index) => index >= handler.body && index < handler.end && !isBlank(line) && loads.test(line));
        if (at < 0)
            continue;
        const above = lines.slice(handler.body, at).join('\n');
        // Loaded once and kept: `if model is None`, `global model`.
        if (/\bglobal\s|\bis\s+None\b|\bnot\s+in\b|\bif\s+not\b/.test(above))
            continue;
        const opened = /^\s*with\s+open\(/.test(lines[at - 1] ?? '') && indent(lines[at - 1] ?? '') < indent(lines[at] ?? '');
        return { handler, from: opened ? at - 1 : at, to: at + 1, lines };
    }
    return undefined;
}
/** A model is loaded for each request. */
const loadPerRequest = {
    id: 'load-per-request',
    look: (subject) => {
        const code = (0,advice_server/* serverCode */.XY)(subject);
        const found = code && loadIn(code);
        if (!code || !found)
            return [];
        const { handler, from, to, lines } = found;
        const moved = lines.slice(from, to);
        const base = indent(moved[0] ?? '');
        const last = moved.at(-1) ?? '';
        // A whole statement, with nothing in it that the request brings.
        const whole = /^\s*\w+\s*=\s*[^#]*\)\s*(#.*)?$/.test(last) && (last.match(/\(/g) ?? []).length === (last.match(/\)/g) ?? []).length;
        const given = lines
            .slice(handler.top, handler.body)
            .join(' ')
            .match(/\b[a-z_]\w*(?=\s*:)/gi) ?? [];
        const free = !given.some((name) => new RegExp(`\\b${name}\\b`).test(moved.join(' ')));
        const alone = lines.slice(to, handler.end).every((line) => isBlank(line) || indent(line) <= base || moved.length === 1);
        const edits = whole && free && alone && handler.depth === 0
            ? [
                { line: handler.top + 1, remove: 0, insert: [...moved.map((line) => line.slice(base)), '', ''] },
                { line: from + 1, remove: to - from, insert: [] },
            ]
            : [];
        return [
            {
                message: 'The model is loaded anew for each request.',
                why: 'Loading takes longer than predicting, and each request in flight holds a model of its own in memory. Loaded once, when the module is imported, it serves all.',
                at: { file: code.file, line: from + 1 },
                ...(0,advice_edit/* fixOf */.BW)(code, edits),
                gain: { kind: 'time' },
            },
        ];
    },
};

;// CONCATENATED MODULE: ./lib/advice/rules/dockerfile/compilers.js




const compiler = /^(build-essential|gcc(-\d+)?|g\+\+(-\d+)?|clang(-\d+)?|make|cmake|ninja-build|gfortran|rustc|cargo|golang(-go)?|pkg-config|autoconf|automake|libtool|python3(\.\d+)?-dev|libpython3(\.\d+)?-dev|build-base)$/;
const removal = /^(?:sudo\s+)?(?:apt-get|apt|apk)\s+(?:-\S+\s+)*(?:purge|remove|autoremove|del)\s+(.*)$/s;
/** What the compilers weigh in the layer of python:3.11-slim (measured; compressed): build-essential has nearly all of it. */
const compilerBytes = 97_000_000;
/** What a RUN installs and does not remove again. */
function staying(run) {
    const commands = (0,advice_shell/* commandsOf */.Kf)(run);
    const gone = new Set(commands.flatMap((command) => (0,advice_shell/* wordsOf */.Z9)(removal.exec(command)?.[1] ?? '')));
    return commands.flatMap((command) => (0,advice_shell/* systemPackages */.l2)(command) ?? []).filter((name) => !gone.has(name) && !gone.has('.build-deps'));
}
const repeated = /^(WORKDIR|ENV|ARG|LABEL|SHELL|USER)$/;
const manifests = (copy) => (0,chain/* copyOf */.zP)(copy)?.sources.every((source) => /(^|\/)(requirements[\w./-]*|constraints[\w.-]*)$/.test(source)) === true;
/** A stage that installs, and one that takes over what it has installed; for the plain shape alone. */
function stagedFix(subject, run, kept) {
    const { target } = subject;
    const { instructions, from } = target;
    const last = instructions.findLast((instruction) => (0,advice_shell/* commandsOf */.Kf)(instruction).some((command) => (0,advice_shell/* pipInstall */.jf)(command)));
    if (target.parent || !last || !instructions.includes(run) || (0,dockerfile_base/* referenceOf */.Bz)(subject.base).name !== 'python' || run.heredocs.length > 0)
        return {};
    const early = instructions.slice(0, instructions.indexOf(last) + 1);
    if (last.line < run.line || subject.stages.some(({ name }) => name === 'packages'))
        return {};
    const plain = early.every((instruction) => {
        const { keyword } = instruction;
        if (repeated.test(keyword) || (keyword === 'COPY' && manifests(instruction)))
            return true;
        return (keyword === 'RUN' &&
            !instruction.words &&
            (0,advice_shell/* commandsOf */.Kf)(instruction).every((command) => (0,advice_shell/* pipInstall */.jf)(command) ?? (0,advice_shell/* systemPackages */.l2)(command) ?? /^(apt-get|apt|rm)\s/.test(command)));
    });
    const pips = early.filter((instruction) => (0,advice_shell/* commandsOf */.Kf)(instruction).some((command) => (0,advice_shell/* installFiles */.DG)((0,advice_shell/* pipInstall */.jf)(command)?.arguments ?? '').length > 0));
    if (!plain || pips.length === 0 || pips.some(({ text }) => /--(prefix|target|user)\b|\buv\s/.test(text)))
        return {};
    const asked = (0,advice_edit/* rawLines */.Ep)(subject, from).join('\n');
    const unnamed = asked.replace(/\s+AS\s+\S+\s*$/i, '');
    const others = early.filter((one) => one !== run && one.keyword === 'RUN' && (0,advice_shell/* commandsOf */.Kf)(one).some((command) => (0,advice_shell/* systemPackages */.l2)(command)));
    const again = [
        '',
        ...asked.split('\n'),
        ...early.filter(({ keyword }) => repeated.test(keyword)).flatMap((instruction) => (0,advice_edit/* rawLines */.Ep)(subject, instruction)),
        ...others.flatMap((instruction) => (0,advice_edit/* rawLines */.Ep)(subject, instruction)),
        ...(kept.length === 0
            ? []
            : [`RUN apt-get update && apt-get install -y --no-install-recommends ${kept.join(' ')} \\`, '    && rm -rf /var/lib/apt/lists/*']),
        'COPY --from=packages /install /usr/local',
    ];
    const prefixed = pips.map((instruction) => (0,advice_edit/* changed */.tD)(subject, instruction, /\binstall\b(?=(?:(?!&&|;)[\s\S])*\s(?:-r|--requirement))/, 'install --prefix=/install'));
    const own = prefixed.at(-1);
    const ending = pips.at(-1) === last && own ? (0,advice_edit/* replaced */.$3)(last, [...own.insert, ...again]) : (0,advice_edit/* replaced */.$3)(last, [...(0,advice_edit/* rawLines */.Ep)(subject, last), ...again]);
    return (0,advice_edit/* fixOf */.BW)(subject, [
        (0,advice_edit/* replaced */.$3)(from, `${unnamed} AS packages`.split('\n')),
        ...(pips.at(-1) === last ? prefixed.slice(0, -1) : prefixed),
        ending,
    ]);
}
/** What compiles stays in what serves. */
const compilersLeft = {
    id: 'compilers-left',
    look: (subject) => subject.chain.flatMap((run) => {
        const packages = staying(run);
        const found = packages.filter((name) => compiler.test(name));
        if (found.length === 0)
            return [];
        return [
            {
                message: `${found.join(', ')} ${found.length === 1 ? 'stays' : 'stay'} in the image that ships.`,
                why: 'A compiler is needed while packages are installed, and by nobody after; it is also what an intruder would like to find.',
                at: { file: subject.file, line: run.line },
                ...stagedFix(subject, run, packages.filter((name) => !compiler.test(name))),
                gain: {
                    kind: 'size',
                    ...(found.some((name) => /^(build-essential|gcc|g\+\+|clang|rustc|cargo|golang)/.test(name)) ? { bytes: compilerBytes } : {}),
                },
            },
        ];
    }),
};

// EXTERNAL MODULE: ./lib/advice/rules/dockerfile/cuda.js
var cuda = __webpack_require__(43112);
;// CONCATENATED MODULE: ./lib/advice/rules/dockerfile/development.js



const why = 'A server of development watches files, shows tracebacks (Flask: with a console that runs code) and takes one request after the other.';
const gain = { kind: 'risk', text: 'tracebacks and a console for everybody, one request at a time' };
function inCommand(subject, command) {
    const at = { file: subject.file, line: command.by.at(-1)?.line ?? 1 };
    const option = ['--reload', '--debug'].find((word) => command.words.includes(word) || new RegExp(`\\s${word}(\\s|$)`).test(command.line));
    const served = /(^|[\s/])(uvicorn|gunicorn|hypercorn|flask|fastapi|mlflow|bentoml)(\s|$)/.test(command.line);
    if (option !== undefined && served && !/(^|[\s/])flask\s/.test(command.line))
        return [
            {
                message: `The server is started with ${option}.`,
                why,
                at,
                ...(0,advice_edit/* fixOf */.BW)(subject, [(0,advice_server/* withWord */.$H)(subject, command, option, undefined)]),
                gain,
            },
        ];
    if (/(^|[\s/])fastapi\s+dev(\s|$)/.test(command.line))
        return [
            { message: 'The server is started by "fastapi dev".', why, at, ...(0,advice_edit/* fixOf */.BW)(subject, [(0,advice_server/* withWord */.$H)(subject, command, 'dev', 'run')]), gain },
        ];
    if (!/(^|[\s/])flask\s+(.*\s)?run(\s|$)/.test(command.line))
        return [];
    return [{ message: 'The server is started by "flask run", which is for development.', why, at, ...gunicornFix(subject, command), gain }];
}
/** `gunicorn` in the place of `flask run`, where it is among the requirements. */
function gunicornFix(subject, { line, by }) {
    const { sent } = subject;
    const requirements = sent.paths.filter((path) => /(^|\/)requirements[\w.-]*\.txt$|(^|\/)pyproject\.toml$/.test(path));
    const [only] = by;
    if (by.length !== 1 || !only?.words || !requirements.some((path) => /^\s*"?gunicorn\b/m.test(sent.read(path) ?? '')))
        return {};
    const env = (0,chain/* environmentOf */.p7)(subject);
    const module = (/(?:--app|-A)[\s=]([\w./:]+)/.exec(line)?.[1] ?? env['FLASK_APP'] ?? 'app').replace(/\.py$/, '').replaceAll('/', '.');
    const port = /(?:-p|--port)[\s=](\d+)/.exec(line)?.[1] ?? env['FLASK_RUN_PORT'] ?? '5000';
    const application = module.includes(':') ? module : `${module}:app`;
    return (0,advice_edit/* fixOf */.BW)(subject, [(0,advice_edit/* replaced */.$3)(only, [(0,advice_edit/* execLine */.SD)('CMD', ['gunicorn', '--bind', `0.0.0.0:${port}`, application])])]);
}
const debugging = /^(FLASK_DEBUG|FLASK_ENV|DEBUG)$/;
function inEnvironment(subject) {
    for (const instruction of subject.chain) {
        const set = (0,chain/* variablesOf */.ht)(instruction).find(([name, value]) => name === 'FLASK_ENV' ? value === 'development' : name === 'FLASK_DEBUG' && /^(1|true|on|yes)$/i.test(value));
        if (!set || !debugging.test(set[0]) || (0,chain/* lastOf */.g1)(subject, 'CMD') === undefined)
            continue;
        const alone = (0,chain/* variablesOf */.ht)(instruction).length === 1;
        const edit = alone
            ? (0,advice_edit/* replaced */.$3)(instruction, [])
            : (0,advice_edit/* changed */.tD)(subject, instruction, new RegExp(`${set[0]}=\\S+`), `${set[0]}=${set[0] === 'FLASK_ENV' ? 'production' : '0'}`);
        return [
            {
                message: `${set[0]}=${set[1]} turns the debugger on.`,
                why,
                at: { file: subject.file, line: instruction.line },
                ...(0,advice_edit/* fixOf */.BW)(subject, [edit]),
                gain,
            },
        ];
    }
    return [];
}
/** `debug=True`, `reload=True` in the code that the command starts as a script. */
function development_inCode(subject, command) {
    const code = /\.py(\s|$)/.test(command.line) ? (0,advice_server/* serverCode */.XY)(subject) : undefined;
    const found = code && /^(?!\s*#).*\.run\([^#\n]*?(,\s*)?\b(debug|reload)\s*=\s*True/m.exec(code.text);
    if (!code || !found)
        return [];
    const option = found[2] ?? 'debug';
    const line = code.text.slice(0, found.index).split('\n').length;
    const before = code.text.split(/\r?\n/)[line - 1] ?? '';
    const edit = { line, remove: 1, insert: [before.replace(new RegExp(`\\b${option}\\s*=\\s*True`), `${option}=False`)] };
    return [{ message: `The code starts its server with ${option}=True.`, why, at: { file: code.file, line }, ...(0,advice_edit/* fixOf */.BW)(code, [edit]), gain }];
}
/** A server of development in an image that ships. */
const developmentServer = {
    id: 'development-server',
    look: (subject) => {
        const command = (0,advice_server/* serverCommand */.vg)(subject);
        if (!command)
            return [];
        return [...inCommand(subject, command), ...inEnvironment(subject), ...development_inCode(subject, command)];
    },
};

// EXTERNAL MODULE: ./lib/smoke/choose-port.js
var choose_port = __webpack_require__(47462);
;// CONCATENATED MODULE: ./lib/advice/rules/dockerfile/healthcheck.js






const serves = /(^|[\s/"'])(uvicorn|gunicorn|hypercorn|flask|fastapi|mlflow|bentoml|waitress-serve|litserve)(\s|$|["'])/;
/** Python of the image asks by itself: a slim base has neither curl nor wget. */
const asking = (url) => `CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('${url}', timeout=3)"]`;
const connecting = (port) => `CMD ["python", "-c", "import socket; socket.create_connection(('127.0.0.1', ${port}), timeout=3)"]`;
const hasPython = ({ base, chain }) => /(^|\/)python$/.test((0,dockerfile_base/* referenceOf */.Bz)(base).name) ||
    chain.some((one) => (0,advice_shell/* commandsOf */.Kf)(one).some((command) => (0,advice_shell/* systemPackages */.l2)(command)?.includes('python-is-python3')));
function portOf(subject) {
    const command = (0,advice_server/* serverCommand */.vg)(subject);
    const env = { ...subject.args, ...(0,chain/* environmentOf */.p7)(subject) };
    const told = command && (0,choose_port/* commandPort */.J)(command.words, env);
    const exposed = Number.parseInt((0,chain/* lastOf */.g1)(subject, 'EXPOSE')?.rest ?? '', 10);
    return told ?? (Number.isNaN(exposed) ? undefined : exposed);
}
/** A server without HEALTHCHECK. */
const healthcheck_noHealthcheck = {
    id: 'no-healthcheck',
    look: (subject) => {
        const command = (0,advice_server/* serverCommand */.vg)(subject);
        const last = command?.by.at(-1);
        if (!command || !last || !serves.test(command.line) || (0,chain/* lastOf */.g1)(subject, 'HEALTHCHECK'))
            return [];
        const port = portOf(subject);
        const [, path] = /["'](\/(?:api\/)?(?:healthz?|health_check|readyz?|ping|livez))["']/.exec((0,advice_server/* serverCode */.XY)(subject)?.text ?? '') ?? [];
        const check = port === undefined || !hasPython(subject)
            ? undefined
            : path === undefined
                ? connecting(port)
                : asking(`http://127.0.0.1:${port}${path}`);
        const lines = ['HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \\', `    ${check}`];
        return [
            {
                message: 'There is no HEALTHCHECK.',
                why: 'Docker, Compose (depends_on: service_healthy) and Swarm take a server that hangs, or has not loaded its model, for a good one. Kubernetes has probes of its own.',
                at: { file: subject.file, line: last.line },
                ...(check === undefined ? {} : (0,advice_edit/* fixOf */.BW)(subject, [(0,advice_edit/* before */.gM)(subject, command.by[0] ?? last, lines)])),
                gain: { kind: 'risk', text: 'a hanging server counts as up' },
            },
        ];
    },
};
const bare = /(^|[-.\d])slim|^(bookworm|bullseye|buster|trixie|\d+)(-slim)?$/;
/** What a base image is known to lack. */
function lacks(base, tool) {
    const { name, tag } = (0,dockerfile_base/* referenceOf */.Bz)(base);
    if (name === 'python' || name === 'node')
        return /alpine/.test(tag) ? tool === 'curl' : bare.test(tag) && /slim/.test(tag);
    if (name === 'alpine')
        return tool === 'curl';
    return /^(debian|ubuntu|nvidia\/cuda)$/.test(name);
}
/** HEALTHCHECK calls a tool that the image does not have. */
const healthcheckTool = {
    id: 'healthcheck-tool',
    look: (subject) => {
        const check = (0,chain/* lastOf */.g1)(subject, 'HEALTHCHECK');
        const [, tool] = /\bCMD\b.*?\b(curl|wget)\b/s.exec(check?.text ?? '') ?? [];
        if (!check || tool === undefined || !lacks(subject.base, tool))
            return [];
        const installed = subject.chain.some((one) => (0,advice_shell/* commandsOf */.Kf)(one).some((command) => (0,advice_shell/* systemPackages */.l2)(command)?.includes(tool)));
        const copied = subject.chain.some(({ keyword, text }) => /^(COPY|ADD)$/.test(keyword) && new RegExp(`/${tool}\\b`).test(text));
        if (installed || copied)
            return [];
        const [, url] = /(https?:\/\/[^\s"'|]+)/.exec(check.text) ?? [];
        const flags = check.flags.join(' ');
        const lines = [`HEALTHCHECK ${flags}${flags === '' ? '' : ' '}\\`, `    ${asking(url ?? '')}`];
        const python = hasPython(subject) && url !== undefined && !/[$`]/.test(url);
        return [
            {
                message: `HEALTHCHECK calls ${tool}, which ${subject.base} does not have: the container is never healthy.`,
                why: 'The check fails whatever the server does, and an orchestrator ends the service again and again.',
                at: { file: subject.file, line: check.line },
                ...(python ? (0,advice_edit/* fixOf */.BW)(subject, [(0,advice_edit/* replaced */.$3)(check, lines)]) : {}),
                gain: { kind: 'risk', text: 'a healthy server is ended as unhealthy' },
            },
        ];
    },
};

;// CONCATENATED MODULE: ./lib/advice/rules/dockerfile/interpreter.js




/** `python3` of a distribution, by what a tag says of it. */
const ofDistribution = [
    [/ubuntu-?20\.04|^(20\.04|focal)/, '3.8'],
    [/ubuntu-?22\.04|^(22\.04|jammy)/, '3.10'],
    [/ubuntu-?24\.04|^(24\.04|noble)/, '3.12'],
    [/bullseye|^11\b/, '3.9'],
    [/bookworm|^12\b/, '3.11'],
    [/trixie|^13\b/, '3.13'],
];
const interpreter_why = 'Each Python has a folder of packages of its own: what one installs the other cannot import.';
const interpreter_gain = { kind: 'risk', text: 'ModuleNotFoundError in the server' };
/** Debian's Python beside that of an official image. */
function besideOwn(subject) {
    return subject.chain.flatMap((run) => {
        const packages = (0,advice_shell/* commandsOf */.Kf)(run).flatMap((command) => (0,advice_shell/* systemPackages */.l2)(command) ?? []);
        const found = packages.filter((name) => /^python3?(-pip|-venv|-setuptools|-numpy|-scipy|-sklearn|-pandas|-opencv|-matplotlib|-torch|-yaml|-requests)?$/.test(name));
        if (found.length === 0)
            return [];
        const all = found.length === packages.length;
        const text = run.heredocs.length > 0 || run.words || all
            ? undefined
            : (0,advice_edit/* changed */.tD)(subject, run, new RegExp(`(?:\\s|\\\\\\n)+(?:${found.join('|')})(?=\\s|$)`, 'g'), '');
        return [
            {
                message: `${found.join(', ')} ${found.length === 1 ? 'is' : 'are'} for Debian's Python, not for that of ${subject.base}.`,
                why: interpreter_why,
                at: { file: subject.file, line: run.line },
                ...(0,advice_edit/* fixOf */.BW)(subject, [text]),
                gain: interpreter_gain,
            },
        ];
    });
}
/** pip of the distribution's Python where another one was installed to serve. */
function besideOther(subject) {
    const { tag } = (0,dockerfile_base/* referenceOf */.Bz)(subject.base);
    const default_ = ofDistribution.find(([pattern]) => pattern.test(tag))?.[1];
    const installed = subject.chain.flatMap((run) => (0,advice_shell/* commandsOf */.Kf)(run).flatMap((command) => (0,advice_shell/* systemPackages */.l2)(command) ?? []));
    const other = installed.map((name) => /^python(3\.\d+)$/.exec(name)?.[1]).find((version) => version !== undefined && version !== default_);
    const linked = subject.chain.some((run) => /update-alternatives|ln\s+-\w*s|get-pip|ensurepip|-m\s+venv|\bvirtualenv\b/.test(run.text));
    if (default_ === undefined || other === undefined || linked)
        return [];
    const command = (0,advice_server/* serverCommand */.vg)(subject);
    const served = /(?:^|[\s/])python(3\.\d+)/.exec(command?.line ?? '')?.[1];
    if (served !== undefined && served !== other)
        return [];
    const runs = subject.chain.filter((run) => (0,advice_shell/* commandsOf */.Kf)(run).some((one) => /^(pip3?|python3?\s+-m\s+pip)$/.test((0,advice_shell/* pipInstall */.jf)(one)?.program ?? '')));
    const [first] = runs;
    if (!first)
        return [];
    const edits = runs.map((run) => (0,advice_edit/* changed */.tD)(subject, run, /(?<![\w./-])(?:python3?\s+-m\s+pip|pip3?)(?=\s+(?:-\S+\s+)*install\b)/g, `python${other} -m pip`));
    return [
        {
            message: `pip installs for Python ${default_} of the base image, not for Python ${other} that was installed.`,
            why: interpreter_why,
            at: { file: subject.file, line: first.line },
            ...(0,advice_edit/* fixOf */.BW)(subject, edits),
            gain: interpreter_gain,
        },
    ];
}
/** Packages go to another Python than the one that serves. */
const otherPython = {
    id: 'other-python',
    look: (subject) => {
        const { name, tag } = (0,dockerfile_base/* referenceOf */.Bz)(subject.base);
        if (name === 'python')
            return /alpine/.test(tag) ? [] : besideOwn(subject);
        return /^(ubuntu|debian|nvidia\/cuda)$/.test(name) ? besideOther(subject) : [];
    },
};

;// CONCATENATED MODULE: ./lib/advice/rules/dockerfile/listen.js





const loopback = /((?:--host|--bind|--server-name|-h|-b)(?:=|\s+|",\s*"))(?:127\.0\.0\.1|localhost|\[::1\])(?=[:"\s]|$)/;
/** Servers that listen on 127.0.0.1 unless they are told otherwise: by an option, a variable, or a file of their own. */
const shy = [
    {
        name: 'gunicorn',
        started: /(^|[\s/])gunicorn(\s|$)/,
        told: /\s(-b|--bind|-c|--config)[\s=]|\s-b\S/,
        variables: ['PORT', 'GUNICORN_CMD_ARGS'],
        files: ['gunicorn.conf.py'],
        more: ['--bind', '0.0.0.0:8000'],
    },
    {
        name: 'hypercorn',
        started: /(^|[\s/])hypercorn(\s|$)/,
        told: /\s(-b|--bind|-c|--config)[\s=]/,
        variables: [],
        more: ['--bind', '0.0.0.0:8000'],
    },
    {
        name: 'uvicorn',
        started: /(^|[\s/])uvicorn(\s|$)/,
        told: /\s(--host|--uds|--fd)[\s=]/,
        variables: ['UVICORN_HOST'],
        more: ['--host', '0.0.0.0'],
    },
    {
        name: 'flask run',
        started: /(^|[\s/])flask\b.*\srun(\s|$)/,
        told: /\s(-h|--host)[\s=]/,
        variables: ['FLASK_RUN_HOST'],
        more: ['--host', '0.0.0.0'],
    },
    { name: 'fastapi dev', started: /(^|[\s/])fastapi\s+dev(\s|$)/, told: /\s--host[\s=]/, variables: [], more: ['--host', '0.0.0.0'] },
    {
        name: 'mlflow',
        started: /(^|[\s/])mlflow\s+(models\s+serve|server|ui)(\s|$)/,
        told: /\s(-h|--host)[\s=]/,
        variables: ['MLFLOW_HOST'],
        more: ['--host', '0.0.0.0'],
    },
];
const listen_why = 'On 127.0.0.1 a server is heard in its own container only: no published port, no orchestrator and no other service reaches it.';
const listen_gain = { kind: 'risk', text: 'nobody can reach the service' };
function byCommand(subject, command) {
    const at = { file: subject.file, line: command.by.at(-1)?.line ?? 1 };
    for (const instruction of command.by) {
        if (!loopback.test(instruction.text))
            continue;
        const { line } = instruction;
        const fix = (0,advice_edit/* fixOf */.BW)(subject, [(0,advice_edit/* changed */.tD)(subject, instruction, loopback, '$10.0.0.0')]);
        return [{ message: 'The server is told to listen on 127.0.0.1.', why: listen_why, at: { ...at, line }, ...fix, gain: listen_gain }];
    }
    const server = shy.find(({ started }) => started.test(command.line));
    if (!server || server.told.test(` ${command.line}`))
        return [];
    const env = (0,chain/* environmentOf */.p7)(subject);
    if (server.variables.some((name) => env[name] !== undefined))
        return [];
    if (server.files?.some((file) => subject.sent.paths.some((path) => path === file || path.endsWith(`/${file}`))))
        return [];
    const fix = (0,advice_edit/* fixOf */.BW)(subject, [(0,advice_server/* withMoreWords */.jz)(subject, command, server.more)]);
    return [{ message: `${server.name} listens on 127.0.0.1 unless its command says another address.`, why: listen_why, at, ...fix, gain: listen_gain }];
}
const calls = [
    { name: 'uvicorn.run()', call: /\buvicorn\.run\(([^()]*(?:\([^()]*\)[^()]*)*)\)/, option: 'host', variable: 'UVICORN_HOST' },
    {
        name: "Flask's run()",
        call: /\b(?:app|application|server)\.run\(([^()]*(?:\([^()]*\)[^()]*)*)\)/,
        option: 'host',
        needs: /\bflask\b/i,
        variable: 'FLASK_RUN_HOST',
    },
    {
        name: "Gradio's launch()",
        call: /\.launch\(([^()]*(?:\([^()]*\)[^()]*)*)\)/,
        option: 'server_name',
        needs: /\bgradio\b/,
        variable: 'GRADIO_SERVER_NAME',
    },
];
function byCode(subject, code) {
    const env = (0,chain/* environmentOf */.p7)(subject);
    for (const { name, call, option, variable, ...more } of calls) {
        const found = call.exec(code.text);
        if (!found || ('needs' in more && !more.needs.test(code.text)) || (option === 'server_name' && env[variable] !== undefined))
            continue;
        const [whole, given = ''] = found;
        const host = new RegExp(`\\b${option}\\s*=\\s*(["'])(127\\.0\\.0\\.1|localhost)\\1`);
        const open = !new RegExp(`\\b${option}\\s*=`).test(given) && !/\*\*\w/.test(given);
        if (!open && !host.test(given))
            continue;
        const line = code.text.slice(0, found.index).split('\n').length;
        const put = open
            ? whole.replace(/\)$/, `${given.trim() === '' || given.trim().endsWith(',') ? '' : ', '}${option}="0.0.0.0")`)
            : whole.replace(host, `${option}="0.0.0.0"`);
        const rows = code.text.split(/\r?\n/);
        const span = whole.split('\n').length;
        const before = rows.slice(line - 1, line - 1 + span).join('\n');
        const edit = { line, remove: span, insert: before.replace(whole, () => put).split(/\r?\n/) };
        return [
            {
                message: `${name} listens on 127.0.0.1 unless ${option} says otherwise.`,
                why: listen_why,
                at: { file: code.file, line },
                ...(0,advice_edit/* fixOf */.BW)(code, [edit]),
                gain: listen_gain,
            },
        ];
    }
    return [];
}
/** A server that only its own container can reach. */
const loopbackServer = {
    id: 'loopback-server',
    look: (subject) => {
        const command = (0,advice_server/* serverCommand */.vg)(subject);
        if (!command)
            return [];
        const found = byCommand(subject, command);
        if (found.length > 0 || !/(^|[\s/])python[\d.]*\s+(-\w+\s+)*\S+\.py/.test(command.line))
            return found;
        const code = (0,advice_server/* serverCode */.XY)(subject);
        return code ? byCode(subject, code) : [];
    },
};
/** EXPOSE says another port than the one the command names. */
const listen_portMismatch = {
    id: 'port-mismatch',
    look: (subject) => {
        const command = (0,advice_server/* serverCommand */.vg)(subject);
        const env = { ...subject.args, ...(0,chain/* environmentOf */.p7)(subject) };
        const port = command && (0,choose_port/* commandPort */.J)(command.words, env);
        const exposing = subject.chain.filter(({ keyword }) => keyword === 'EXPOSE');
        const exposed = exposing.flatMap(({ rest }) => (0,build_dockerfile/* expandVariables */.i7)(rest, env).split(/\s+/));
        const [first] = exposing;
        if (port === undefined || !first || exposed.length === 0 || !exposed.every((text) => /^\d+(\/(tcp|udp))?$/i.test(text)))
            return [];
        if (exposed.some((text) => Number.parseInt(text, 10) === port))
            return [];
        const one = exposed.length === 1 && /^\d+/.test(first.rest);
        const edit = one ? (0,advice_edit/* changed */.tD)(subject, first, /\d+/, String(port)) : (0,advice_edit/* changed */.tD)(subject, first, /\s*$/, ` ${port}`);
        return [
            {
                message: `The command listens on port ${port}, EXPOSE says ${exposed.join(' ')}.`,
                why: 'Orchestrators, docker run -P, proxies and this action take the port from EXPOSE, and find nobody there.',
                at: { file: subject.file, line: first.line },
                ...(0,advice_edit/* fixOf */.BW)(subject, [edit]),
                gain: { kind: 'risk', text: 'requests go to a port that nothing listens on' },
            },
        ];
    },
};

;// CONCATENATED MODULE: ./lib/advice/rules/dockerfile/order.js





const local = /(?:^|\s)(?:-e\s|--editable[\s=])?["']?\.{1,2}(?:\/\S*)?(?:\[\S*\])?["']?(?=\s|$)/;
function installOf(instruction) {
    const found = (0,advice_shell/* commandsOf */.Kf)(instruction).flatMap((command) => {
        const pip = (0,advice_shell/* pipInstall */.jf)(command);
        if (pip)
            return local.test(pip.arguments) ? [] : [{ files: (0,advice_shell/* installFiles */.DG)(pip.arguments) }];
        const [, environment] = /^(?:\S*\/)?(?:conda|mamba|micromamba)\s.*(?:-f|--file|-n\s+base\s+-f)[\s=](\S+)/.exec(command) ?? [];
        if (environment !== undefined)
            return [{ files: [environment] }];
        if (/^(?:\S*\/)?uv\s+sync\b(?!.*--no-install-(project|workspace))/.test(command))
            return [{ files: ['pyproject.toml', 'uv.lock'], alter: [/\buv\s+sync\b/, 'uv sync --no-install-project'] }];
        if (/^(?:\S*\/)?poetry\s+install\b/.test(command))
            return [
                {
                    files: ['pyproject.toml', 'poetry.lock'],
                    ...(/--no-root|--only-root/.test(command) ? {} : { alter: [/\bpoetry\s+install\b/, 'poetry install --no-root'] }),
                },
            ];
        return [];
    });
    return found.length === 0 ? undefined : { files: found.flatMap(({ files }) => files), ...found.find(({ alter }) => alter) };
}
const manifest = /(^|\/)(requirements[\w./-]*|constraints[\w.-]*|pyproject\.toml|[\w.-]*\.lock|Pipfile|setup\.(py|cfg)|environment[\w.-]*\.ya?ml|conftest\.py|_?version\.py)$/;
const isCode = (path) => !manifest.test(path) && (/\.py$/.test(path) || (0,artefacts/* isModelFile */.i)(path));
/** A COPY that brings in code or a model. */
const bringsCode = (subject, instruction) => (0,chain/* copiesAll */.vU)(instruction) || (0,chain/* broughtBy */.dB)(subject, instruction).some(isCode);
const harmless = (instruction) => {
    if (/^(WORKDIR|ENV|ARG|LABEL|EXPOSE|USER|SHELL|VOLUME)$/.test(instruction.keyword))
        return true;
    const commands = (0,advice_shell/* commandsOf */.Kf)(instruction);
    const known = (command) => (0,advice_shell/* systemPackages */.l2)(command) !== undefined ||
        /^(?:apt-get|apt|apk|rm|mkdir|pip\S*\s+cache|useradd|groupadd|adduser)\b/.test(command) ||
        ((0,advice_shell/* pipInstall */.jf)(command) !== undefined && installOf(instruction) !== undefined);
    return commands.length > 0 && commands.every((command) => known(command) || installOf(instruction) !== undefined);
};
/** The files an installation reads, with those that these take in. */
function allFiles(subject, contextPath, files) {
    const all = new Set();
    const visit = (file) => {
        const path = contextPath(file);
        if (path === undefined)
            return false;
        if (all.has(path))
            return true;
        all.add(path);
        const text = subject.sent.read(path) ?? '';
        if (/^\s*(-e\s|--editable|\.{1,2}(\/|$))/m.test(text))
            return false;
        const taken = [...text.matchAll(/^\s*(?:-r|-c|--requirement|--constraint)[\s=]+(\S+)/gm)].map(([, name = '']) => external_node_path_.posix.join(external_node_path_.posix.dirname(file), name));
        return taken.every(visit);
    };
    return files.every(visit) ? [...all] : undefined;
}
function fixFor(subject, stage, copying, runs) {
    const { args } = subject;
    const copy = (0,chain/* copyOf */.zP)(copying);
    const last = runs.at(-1);
    const source = copy?.sources[0];
    if (!copy || !last || source === undefined || copy.sources.length !== 1 || /[*?[$]/.test(source))
        return {};
    const folder = (0,chain/* folderAt */.w3)(stage, copying, args);
    if (runs.some((run) => (0,chain/* folderAt */.w3)(stage, run, args) !== folder) && !copy.to.startsWith('/'))
        return {};
    const to = external_node_path_.posix.resolve(folder, copy.to);
    const inContext = (image) => {
        const path = external_node_path_.posix.relative(to, image);
        return path.startsWith('..') || path === '' ? undefined : external_node_path_.posix.normalize(external_node_path_.posix.join(source, path));
    };
    const wanted = new Map();
    for (const run of runs) {
        const place = (0,chain/* folderAt */.w3)(stage, run, args);
        const files = installOf(run)?.files ?? [];
        const contextPath = (file) => inContext(external_node_path_.posix.resolve(place, file));
        const all = allFiles(subject, contextPath, files);
        if (!all)
            return {};
        for (const path of all)
            wanted.set(path, external_node_path_.posix.dirname(external_node_path_.posix.resolve(to, external_node_path_.posix.relative(source, path))));
    }
    const owner = copy.owner === undefined ? '' : `--chown=${copy.owner} `;
    const lines = [...new Set(wanted.values())].map((place) => {
        const files = [...wanted].filter(([, where]) => where === place).map(([path]) => path);
        return `COPY ${owner}${files.join(' ')} ${place === folder ? './' : `${place.replace(/\/$/, '')}/`}`;
    });
    const altered = runs.flatMap((run) => {
        const alter = installOf(run)?.alter;
        return alter ? [(0,advice_edit/* changed */.tD)(subject, run, ...alter)] : [];
    });
    const anew = runs.some((run) => /\buv\s+sync\b/.test(run.text)) ? (0,advice_edit/* rawLines */.Ep)(subject, last) : [];
    const moved = [...(0,advice_edit/* rawLines */.Ep)(subject, copying), ...anew];
    const own = altered.find((edit) => edit?.line === last.line);
    const ending = own ? [(0,advice_edit/* replaced */.$3)(last, [...own.insert, ...moved])] : [(0,advice_edit/* behind */.Ry)(last, moved)];
    return (0,advice_edit/* fixOf */.BW)(subject, [(0,advice_edit/* replaced */.$3)(copying, lines), ...altered.filter((edit) => edit !== own), ...ending]);
}
function lookAt(subject, stage) {
    const { instructions } = stage;
    for (const [index, copying] of instructions.entries()) {
        if (!bringsCode(subject, copying))
            continue;
        const behindIt = instructions.slice(index + 1);
        const runs = behindIt.filter((instruction) => installOf(instruction) !== undefined);
        const before = instructions.slice(0, index).some((instruction) => /\buv\s+sync\b|\bpoetry\s+install\b/.test(instruction.text));
        const [first] = runs;
        const last = runs.at(-1);
        if (!first || !last || before)
            continue;
        const between = behindIt.slice(0, behindIt.indexOf(last));
        const movable = between.every((instruction) => harmless(instruction) || installOf(instruction) !== undefined);
        return [
            {
                message: `The code is copied before the packages are installed (line ${first.line}): each change of it installs them again.`,
                why: 'A step comes from the layer cache only while everything before it is the same.',
                at: { file: subject.file, line: copying.line },
                timeOf: last.line,
                ...(movable ? fixFor(subject, stage, copying, runs) : {}),
                gain: { kind: 'time' },
            },
        ];
    }
    return [];
}
/** Code before dependencies. */
const codeBeforePackages = {
    id: 'code-before-packages',
    look: (subject) => (0,chain/* neededStages */.xB)(subject).flatMap((stage) => lookAt(subject, stage)),
};

;// CONCATENATED MODULE: ./lib/advice/rules/dockerfile/training.js





const trains = /(?:^|[\s/"'])python[\d.]*\s+(?:-\w+\s+)*(\S*\btrain\w*\.py)\b([^&;|]*)/;
/** What a training writes, by its arguments or by its code. */
function modelOf(subject, script, given) {
    const [, named] = /--(?:output|out|model|model-path|save-path)[\s=]["']?([\w./-]+)/.exec(given) ?? [];
    if (named !== undefined)
        return named;
    const tail = script.replace(/^(\.?\/)+/, '');
    const path = subject.sent.paths.find((one) => one === tail) ?? subject.sent.paths.find((one) => one.endsWith(`/${tail.split('/').at(-1)}`));
    const text = path === undefined ? '' : (subject.sent.read(path) ?? '');
    return /(?:\bdump\([^,()]+,\s*|\bsave\([^,()]+,\s*|\.save(?:_model)?\(\s*|\bopen\(\s*)["']([\w./-]+\.\w+)["']/.exec(text)?.[1];
}
/** A container trains its model before it serves. */
const trainAtStart = {
    id: 'train-at-start',
    look: (subject) => {
        const command = (0,advice_server/* serverCommand */.vg)(subject);
        const found = command && trains.exec(command.line);
        const last = command?.by.at(-1);
        if (!command || !found || !last)
            return [];
        const whole = last.words && /^(\/bin\/)?(ba)?sh$/.test(last.words[0] ?? '') ? (last.words.at(-1) ?? '') : last.rest;
        const [training = '', serving, ...more] = whole.split(/\s*&&\s*/);
        const words = serving === undefined ? [] : (0,advice_shell/* wordsOf */.Z9)(serving.replace(/^exec\s+/, ''));
        const plain = command.by.length === 1 && trains.test(training) && more.length === 0 && words.length > 0 && !/[|;<>$]/.test(whole);
        return [
            {
                message: `Each container runs ${found[1]} before it serves.`,
                why: 'A start takes as long as a training, needs the data, and each container may serve another model; none is the one that was tested.',
                at: { file: subject.file, line: last.line },
                ...(plain ? (0,advice_edit/* fixOf */.BW)(subject, [(0,advice_edit/* replaced */.$3)(last, [`RUN ${training}`, (0,advice_edit/* execLine */.SD)(last.keyword, words)])]) : {}),
                gain: { kind: 'risk', text: 'each container serves another model, untested' },
            },
        ];
    },
};
/** The image that ships is the one that trained. */
const trainedInPlace = {
    id: 'trained-in-place',
    look: (subject) => {
        const { target, args } = subject;
        return target.instructions.flatMap((run) => {
            const found = (0,advice_shell/* commandsOf */.Kf)(run)
                .map((command) => trains.exec(command))
                .find((match) => match !== null);
            if (!found)
                return [];
            const [, script = '', given = ''] = found;
            const folder = (0,chain/* folderAt */.w3)(target, run, args);
            const model = modelOf(subject, script, given);
            const path = model && external_node_path_.posix.resolve(folder, model);
            const name = target.name ?? 'base';
            const named = target.name === undefined ? (0,advice_edit/* changed */.tD)(subject, target.from, /\s*$/, ' AS base') : undefined;
            const other = subject.stages.some((stage) => stage.name === 'train' || (stage !== target && stage.name === name));
            const apart = ['', `FROM ${name} AS train`, ...(0,advice_edit/* rawLines */.Ep)(subject, run), '', `FROM ${name}`, `COPY --from=train ${path} ${path}`];
            const possible = path !== undefined && !other && (0,advice_shell/* commandsOf */.Kf)(run).length === 1;
            return [
                {
                    message: `${script} runs in the stage that ships.`,
                    why: 'What training leaves (checkpoints, caches, its data) ships with the model, and each change before this line trains another one. In a stage of its own only the model is taken over.',
                    at: { file: subject.file, line: run.line },
                    timeOf: run.line,
                    ...(possible ? (0,advice_edit/* fixOf */.BW)(subject, [...(target.name === undefined ? [named] : []), (0,advice_edit/* replaced */.$3)(run, apart)]) : {}),
                    gain: { kind: 'size' },
                },
            ];
        });
    },
};

;// CONCATENATED MODULE: ./lib/advice/rules/dockerfile/user.js







/** Base images whose user is root, by what they are made of; of others it is not known. */
const asRoot = /^(python|debian|ubuntu|alpine|nvidia\/cuda|nvcr\.io\/nvidia\/.+|pytorch\/pytorch|tensorflow\/tensorflow|continuumio\/.+|condaforge\/.+|tiangolo\/.+|ghcr\.io\/astral-sh\/uv)$/;
/** The server runs as root. */
const rootUser = {
    id: 'root-user',
    look: (subject) => {
        const { chain, target } = subject;
        const user = chain.findLast(({ keyword }) => keyword === 'USER');
        const said = user && (0,build_dockerfile/* expandVariables */.i7)(user.rest, subject.args);
        if (said !== undefined && !/^(root|0)(:|$)/.test(said))
            return [];
        const { name, tag } = (0,dockerfile_base/* referenceOf */.Bz)(subject.base);
        if ((said === undefined && !asRoot.test(name)) || !(0,advice_server/* serverCommand */.vg)(subject))
            return [];
        const alpine = /alpine/.test(`${name}:${tag}`);
        const add = alpine ? 'adduser -D -u 10001 app' : 'useradd --create-home --uid 10001 app';
        const command = target.instructions.find(({ keyword }) => /^(CMD|ENTRYPOINT)$/.test(keyword));
        const lines = [`RUN ${add}`, 'USER app'];
        const end = { line: (target.instructions.at(-1) ?? target.from).end + 1, remove: 0, insert: lines };
        const later = user && command && user.line > command.line;
        return [
            {
                message: said === undefined ? 'The server runs as root: there is no USER.' : `The server runs as root: USER ${said}.`,
                why: 'Whoever breaks into the server (a pickle runs code when it is loaded) has all rights in the container, and clusters refuse such pods.',
                at: { file: subject.file, line: user?.line ?? command?.line ?? target.from.line },
                ...(0,advice_edit/* fixOf */.BW)(subject, [command && !later ? (0,advice_edit/* before */.gM)(subject, command, lines) : end]),
                gain: { kind: 'risk', text: 'all rights in the container for who breaks in' },
            },
        ];
    },
};
const changes = /^(chown|chmod)\s+((?:-\S+\s+)*)(\S+)\s+(.+)$/;
const makesUser = /^(?:useradd|adduser|addgroup|groupadd)\b/;
/** `app:app` as it is, `$USER` not known. */
const plainOwner = (owner) => (/^[\w.-]+(:[\w.-]*)?$/.test(owner) ? owner : undefined);
/** A recursive chown or chmod writes all that it touches into a second layer. */
const chownCopies = {
    id: 'chown-copies',
    look: (subject) => {
        const { args } = subject;
        return subject.lineage.flatMap((stage) => stage.instructions.flatMap((run, index) => {
            const commands = (0,advice_shell/* commandsOf */.Kf)(run);
            const [found] = commands.flatMap((command) => {
                const [, program, flags = '', what = '', paths = ''] = changes.exec(command) ?? [];
                return program !== undefined && /-\w*R|--recursive/.test(flags) ? [{ program, what, paths }] : [];
            });
            if (!found)
                return [];
            const folder = (0,chain/* folderAt */.w3)(stage, run, args);
            const touched = found.paths.split(/\s+/).map((path) => external_node_path_.posix.resolve(folder, path.replace(/["']/g, '')));
            const copies = stage.instructions.slice(0, index).filter((instruction) => {
                const copy = (0,chain/* copyOf */.zP)(instruction);
                if (!copy)
                    return false;
                const to = external_node_path_.posix.resolve((0,chain/* folderAt */.w3)(stage, instruction, args), copy.to);
                return touched.some((path) => to === path || to.startsWith(`${path}/`));
            });
            if (copies.length === 0)
                return [];
            const bytes = copies.flatMap((copy) => sizes(subject, copy)).reduce((sum, one) => sum + one, 0);
            const fix = found.program === 'chown'
                ? ownedFix(subject, stage.instructions.slice(0, index), run, copies, plainOwner(found.what))
                : modeFix(subject, run, copies, found.what);
            return [
                {
                    message: `${found.program} -R writes what COPY has brought (line ${copies.map(({ line }) => line).join(', ')}) into the image a second time.`,
                    why: 'A layer holds whole files: a change of owner or mode stores the file again, the weights too.',
                    at: { file: subject.file, line: run.line },
                    ...fix,
                    gain: { kind: 'size', ...(bytes > 0 ? { bytes } : {}) },
                },
            ];
        }));
    },
};
function sizes({ sent, args }, copy) {
    const taken = (0,chain/* copyOf */.zP)(copy);
    if (!taken || taken.from !== undefined)
        return [];
    const sources = taken.sources.map((source) => (0,build_dockerfile/* expandVariables */.i7)(source, args)
        .replace(/^(\.?\/)+|\/+$/g, '')
        .replace(/^\.$/, ''));
    return sent.paths
        .filter((path) => sources.some((source) => source === '' || path === source || path.startsWith(`${source}/`)))
        .map(sent.bytes);
}
const withFlag = (subject, copy, flag) => (0,advice_edit/* changed */.tD)(subject, copy, /^(\s*(?:COPY|ADD))\b/i, `$1 ${flag}`);
/** COPY gives the owner, and the folder alone is changed behind it; who owns must be made before. */
function ownedFix(subject, earlier, run, copies, owner) {
    const [first] = copies;
    if (owner === undefined || !first || copies.some((copy) => (0,chain/* copyOf */.zP)(copy)?.owner !== undefined))
        return {};
    const makers = [...earlier, run].filter((instruction) => (0,advice_shell/* commandsOf */.Kf)(instruction).some((command) => makesUser.test(command)));
    const late = makers.filter(({ line }) => line > first.line);
    const numeric = /^\d+(:\d+)?$/.test(owner);
    if (!numeric && makers.length === 0)
        return {};
    const own = late.includes(run);
    if (late.some((maker) => maker !== run && !(0,advice_shell/* commandsOf */.Kf)(maker).every((command) => makesUser.test(command))))
        return {};
    const making = own ? (0,advice_shell/* commandsOf */.Kf)(run).filter((command) => makesUser.test(command)) : [];
    const moved = [
        ...late.filter((maker) => maker !== run).map(({ text }) => text),
        ...(making.length > 0 ? [`RUN ${making.join(' && ')}`] : []),
    ];
    const rest = (0,advice_shell/* commandsOf */.Kf)(run)
        .filter((command) => !making.includes(command))
        .map((command) => (/^chown\s/.test(command) ? command.replace(/\s-\w*R\w*(?=\s)|\s--recursive(?=\s)/, '') : command));
    const edits = copies.map((copy) => withFlag(subject, copy, `--chown=${owner}`));
    const top = moved.length > 0 && !numeric ? [(0,advice_edit/* before */.gM)(subject, first, moved)] : [];
    const gone = numeric ? [] : late.filter((maker) => maker !== run).map((maker) => (0,advice_edit/* replaced */.$3)(maker, []));
    return (0,advice_edit/* fixOf */.BW)(subject, [
        ...top,
        ...edits,
        ...gone,
        (0,advice_edit/* replaced */.$3)(run, rest.length === 0 ? [] : [`RUN ${rest.join(' \\\n    && ')}`].flatMap((text) => text.split('\n'))),
    ]);
}
function modeFix(subject, run, copies, mode) {
    const alone = (0,advice_shell/* commandsOf */.Kf)(run).length === 1;
    if (!alone || !/^[0-7]{3,4}$/.test(mode))
        return {};
    return (0,advice_edit/* fixOf */.BW)(subject, [...copies.map((copy) => withFlag(subject, copy, `--chmod=${mode}`)), (0,advice_edit/* replaced */.$3)(run, [])]);
}

// EXTERNAL MODULE: ./lib/advice/rules/dockerfile/weights.js
var weights = __webpack_require__(19642);
;// CONCATENATED MODULE: ./lib/advice/rules/dockerfile/table.js














/** The rules on a Dockerfile and on the code that its command starts; of equal gain the first is told first. */
const dockerfileRules = [
    loopbackServer,
    healthcheckTool,
    listen_portMismatch,
    otherPython,
    cuda/* cudaMismatch */.SZ,
    dockerfile_base/* endOfLifeBase */._0,
    developmentServer,
    trainAtStart,
    weights/* downloadAtStart */.ii,
    rootUser,
    dockerfile_base/* unpinnedBase */.ff,
    cuda/* cudaWheelsOnCpu */.$,
    dockerfile_base/* largeBase */.TX,
    compilersLeft,
    weights/* weightsWithCode */.Hg,
    chownCopies,
    codeBeforePackages,
    loadPerRequest,
    trainedInPlace,
    pipCache,
    condaCache,
    aptLists,
    aptUpgrade,
    healthcheck_noHealthcheck,
];

;// CONCATENATED MODULE: ./lib/advice/silence.js
const order = /#\s*ml-image:\s*ignore\s+([a-z][a-z0-9-]*(?:\s*,\s*[a-z][a-z0-9-]*)*)/;
const named = (line) => order.exec(line)?.[1]?.split(/\s*,\s*/) ?? [];
const isComment = (line) => line.trimStart().startsWith('#');
/**
 * Tells whether a comment `# ml-image: ignore ID` (several with commas) silences a rule at a line of this text: one in
 * the lines of comments right above it, one at its end, or for the whole text one above the first line that is no comment.
 */
function silences(text) {
    if (!text.includes('ml-image:'))
        return () => false;
    const lines = text.split(/\r?\n/);
    const first = lines.findIndex((line) => line.trim() !== '' && !isComment(line));
    const everywhere = new Set(lines.slice(0, first < 0 ? lines.length : first).flatMap(named));
    return (rule, line) => {
        if (everywhere.has(rule))
            return true;
        if (line === undefined)
            return false;
        if (named(lines[line - 1] ?? '').includes(rule))
            return true;
        for (let above = line - 2; above >= 0 && isComment(lines[above] ?? ''); above--)
            if (named(lines[above] ?? '').includes(rule))
                return true;
        return false;
    };
}
/** Every rule that is named in such a comment, with its line: a name that is none silences nothing. */
function silenced(text) {
    return text.split(/\r?\n/).flatMap((line, index) => named(line).map((rule) => ({ rule, line: index + 1 })));
}

;// CONCATENATED MODULE: ./lib/advice/advise.js







/** Bytes that a push and a pull move in a ms together, as a guess that gains can be compared by. */
const bytesPerMs = 25_000;
/** What a risk counts (ms), and a gain that nobody has measured. */
const ofRisk = 60_000;
const unmeasured = 3_000;
function advise_weightOf(gain) {
    switch (gain.kind) {
        case 'risk':
            return ofRisk;
        case 'size':
            return gain.bytes === undefined ? unmeasured : gain.bytes / bytesPerMs;
        case 'time':
            return gain.ms ?? unmeasured;
    }
}
/** The greatest gain first; of equal ones in the order they came. */
function byGain(all) {
    return all.toSorted((a, b) => advise_weightOf(b.gain) - advise_weightOf(a.gain));
}
/** Without what a comment silences in the file that it is about; `read` gives the text of a file by its path from the workspace. */
function unsilenced(all, read) {
    const known = new Map();
    return all.filter(({ rule, at }) => {
        if (!at)
            return true;
        const silenced = known.get(at.file) ?? silences(read(at.file) ?? '');
        known.set(at.file, silenced);
        return !silenced(rule, at.line);
    });
}
/** What rules on the Dockerfile look at in this run; undefined where there is none. */
function subjectOf(host, { build, smoke, workspace }) {
    const sent = (0,dockerfile/* sentFiles */.MA)(host.files, build, workspace);
    return (0,dockerfile/* dockerfileSubject */.zZ)(build, { workspace, sent, gpu: (0,gpu/* gpuWanted */.U6)(smoke, { env: {} }) !== undefined, now: host.now() });
}
/** All advice that can be given before the build, the greatest gain first. Only files are read. */
function advise(host, inputs) {
    const subject = subjectOf(host, inputs);
    if (!subject)
        return [];
    const found = [...lookBy(dockerfileRules, subject), ...lookAround(host.files, inputs, subject)];
    const read = (file) => (file === subject.file ? subject.text : host.files.readUntrusted(`${inputs.workspace}/${file}`));
    return byGain(unsilenced(found, read));
}
/** The advice with what the build has measured: the time of the steps that taking it would save. */
function measured(all, dockerfile, steps) {
    const times = new Map(steps.flatMap(({ name, cached, ms }) => (cached || ms === undefined ? [] : [[(0,source_line/* lineOfStep */.AT)(dockerfile, name), ms]])));
    const advice = all.map(({ timeOf, ...rest }) => {
        const ms = timeOf === undefined ? undefined : times.get(timeOf);
        // A path out of the workspace is none that an annotation can stand at.
        const { at, ...without } = rest;
        const placed = at && !at.file.startsWith('..') ? { ...without, at } : without;
        return ms === undefined || rest.gain.kind !== 'time' ? placed : { ...placed, gain: { kind: 'time', ms } };
    });
    return byGain(advice);
}

;// CONCATENATED MODULE: ./lib/advice/image-files.js
/** More files are not kept in mind: those that come later count for nothing. */
const mostFiles = 300_000;
const opaque = '.wh..wh..opq';
const whiteout = '.wh.';
const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);
const image_files_folderOf = (path) => path.slice(0, path.lastIndexOf('/'));
function* above(path) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
        yield path.slice(0, at);
}
/**
 * Remembers what layers hold, and lays them over each other as a container has them: OCI image spec, layer.md, "Whiteouts".
 * Whether two files are the same is told by path and size, as a digest of each would cost as much as the search for secrets.
 */
function imageFilesReader() {
    const layers = new Map();
    let count = 0;
    return {
        add: (layer, { path, bytes }) => {
            if (++count > mostFiles)
                return;
            const files = layers.get(layer) ?? new Map();
            files.set(path, bytes);
            layers.set(layer, files);
        },
        end: () => {
            const live = new Map();
            const again = new Map();
            const lost = new Map();
            const note = (to, from, layer, path, bytes, most) => {
                const key = `${from} ${layer}`;
                const known = to.get(key) ?? { from, to: layer, files: 0, bytes: 0, largest: path };
                const larger = bytes > (most.get(key) ?? -1);
                if (larger)
                    most.set(key, bytes);
                to.set(key, { ...known, files: known.files + 1, bytes: known.bytes + bytes, largest: larger ? path : known.largest });
            };
            const [mostAgain, mostLost] = [new Map(), new Map()];
            for (const [layer, files] of [...layers].sort(([a], [b]) => a - b)) {
                const gone = new Set();
                const emptied = new Set();
                for (const path of files.keys()) {
                    const name = nameOf(path);
                    if (name === opaque)
                        emptied.add(image_files_folderOf(path));
                    else if (name.startsWith(whiteout))
                        gone.add(`${image_files_folderOf(path)}/${name.slice(whiteout.length)}`);
                }
                if (gone.size + emptied.size > 0)
                    for (const [path, { bytes, layer: from }] of live) {
                        const folders = [...above(path)];
                        if (!gone.has(path) && !folders.some((folder) => gone.has(folder) || emptied.has(folder)))
                            continue;
                        live.delete(path);
                        note(lost, from, layer, path, bytes, mostLost);
                    }
                for (const [path, bytes] of files) {
                    if (nameOf(path).startsWith(whiteout))
                        continue;
                    const before = live.get(path);
                    if (before?.bytes === bytes)
                        note(again, before.layer, layer, path, bytes, mostAgain);
                    else if (before)
                        note(lost, before.layer, layer, path, before.bytes, mostLost);
                    live.set(path, { bytes, layer });
                }
            }
            const largestFirst = (all) => [...all.values()].sort((a, b) => b.bytes - a.bytes);
            return { live, again: largestFirst(again), lost: largestFirst(lost) };
        },
    };
}

;// CONCATENATED MODULE: ./lib/advice/image-subject.js


/** What rules on the image look at: what was seen of it, beside the Dockerfile it was made from. `budget` in bytes. */
function imageSubject({ user, layers }, dockerfile, budget) {
    const reader = imageFilesReader();
    for (const [index, { held = [] }] of layers.entries())
        for (const file of held)
            reader.add(index, file);
    return {
        user,
        layers: layers.map(({ bytes, own, instruction, line }) => ({
            bytes,
            own,
            instruction,
            ...(dockerfile && line !== undefined ? { at: { file: dockerfile.file, line } } : {}),
        })),
        ...(layers.some(({ held }) => held) ? { files: reader.end() } : {}),
        gpu: dockerfile ? dockerfile.gpu || /cuda|nvidia|rocm|gpu/i.test(dockerfile.base) : true,
        ...(budget === undefined ? {} : { budget }),
        ...(dockerfile ? { dockerfile, imports: shippedImports(dockerfile) } : {}),
    };
}

;// CONCATENATED MODULE: ./lib/advice/measured.js

const sameLine = (one, other) => one.rule === other.rule && one.at?.file === other.at?.file && one.at?.line === other.at?.line;
/**
 * Puts what was seen in the image to what the files have foretold: of one rule both are told once, by the words and the line
 * that can be changed, with the gain that was measured and the diff that only the image could give.
 */
function withMeasured(foretold, seen) {
    const bytes = new Map();
    for (const { rule, gain } of seen)
        if (gain.kind === 'size' && gain.bytes !== undefined)
            bytes.set(rule, (bytes.get(rule) ?? 0) + gain.bytes);
    const known = new Set(foretold.map(({ rule }) => rule));
    const once = new Set();
    return byGain([
        ...foretold.map((advice) => {
            // The bytes of a rule are those of all that it has found.
            const measured = once.has(advice.rule) || advice.gain.kind !== 'size' ? undefined : bytes.get(advice.rule);
            once.add(advice.rule);
            const fix = advice.fix ?? seen.find((one) => sameLine(one, advice))?.fix;
            return {
                ...advice,
                ...(fix === undefined ? {} : { fix }),
                ...(measured === undefined ? {} : { gain: { kind: 'size', bytes: measured } }),
            };
        }),
        ...seen.filter(({ rule }) => !known.has(rule)),
    ]);
}

;// CONCATENATED MODULE: ./lib/advice/packages.js
const inPackages = /\/(?:site|dist)-packages\/([^/]+)(?:\/|$)/;
const info = /^([A-Za-z0-9][\w.]*?)-(\d[^/]*?)\.(?:dist|egg)-info$/;
/** As PEP 503 has it; `_pytest` is a part of pytest. */
const packages_plain = (name) => name
    .toLowerCase()
    .replace(/[-_.]+/g, '-')
    .replace(/^-(?=.)/, '');
/**
 * What is installed, the largest first, by the folders of site-packages. The name of a folder is that of a module; where a
 * `*.dist-info` has the same it gives the version.
 */
function installedPackages({ live }) {
    const bytes = new Map();
    const versions = new Map();
    const requested = new Set();
    for (const [path, file] of live) {
        const [, folder] = inPackages.exec(path) ?? [];
        if (folder === undefined || folder === '__pycache__')
            continue;
        const [, named, version] = info.exec(folder) ?? [];
        const name = packages_plain(named ?? folder.replace(/\.libs$/, '').replace(/\.(py|pth|so|abi3\.so|cpython-[\w-]+\.so)$/, ''));
        if (version !== undefined)
            versions.set(name, version);
        if (version !== undefined && path.endsWith('/REQUESTED'))
            requested.add(name);
        bytes.set(name, (bytes.get(name) ?? 0) + file.bytes);
    }
    return [...bytes]
        .map(([name, sum]) => ({
        name,
        bytes: sum,
        ...(versions.has(name) ? { version: versions.get(name) ?? '' } : {}),
        ...(requested.has(name) ? { requested: true } : {}),
    }))
        .sort((a, b) => b.bytes - a.bytes);
}

;// CONCATENATED MODULE: ./lib/advice/rules/image/leftovers.js


const cached = 'Nothing installs when the service runs. A cache mount keeps them for the next build and out of the image: RUN --mount=type=cache.';
const leftovers = [
    {
        id: 'compilers-left',
        what: 'compilers',
        why: 'They build wheels, and nothing compiles when the service runs. Build in a stage of its own and COPY --from it what it made.',
        is: /^\/usr\/(libexec|lib)\/gcc\/|^\/usr\/bin\/(?:[\w-]+-)?(gcc|g\+\+|cc1|cpp|make|cmake|ld|as|rustc|cargo|nvcc)(-[\d.]+)?$|^\/usr\/include\/|^\/usr\/local\/cuda[^/]*\/(bin\/nvcc|nvvm\/)|^\/root\/\.(cargo|rustup)\//,
        from: 20e6,
    },
    {
        id: 'shell-history-in-image',
        what: 'what somebody has typed',
        why: 'A history of a shell or a client holds commands with their arguments, passwords among them.',
        is: /\/\.(bash_history|ash_history|zsh_history|sh_history|python_history|node_repl_history|psql_history|mysql_history|rediscli_history|sqlite_history|lesshst|viminfo|wget-hsts)$|\/\.ipython\/profile_\w+\/history\.sqlite$/,
        from: 0,
        risk: 'Commands with their arguments are published with the image.',
    },
    {
        id: 'pip-cache',
        what: 'what pip has downloaded',
        why: cached,
        is: /^\/(root|home\/[^/]+)\/\.cache\/pip\//,
        from: 1e6,
        remove: 'rm -rf /root/.cache/pip',
    },
    {
        id: 'conda-cache',
        what: 'what conda has downloaded',
        why: cached,
        is: /^\/opt\/[^/]*conda[^/]*\/pkgs\/|^\/(root|home\/[^/]+)\/\.conda\/pkgs\//,
        from: 1e6,
        remove: 'conda clean -afy',
    },
    {
        id: 'apt-lists',
        what: 'lists of packages',
        why: cached,
        is: /^\/var\/cache\/(apt|apk|yum|dnf)\/|^\/var\/lib\/apt\/lists\/[^/]+_/,
        from: 1e6,
        remove: 'rm -rf /var/lib/apt/lists/* /var/cache/apt/*',
    },
    {
        id: 'caches-in-image',
        what: 'caches of installers',
        why: cached,
        is: /^\/(root|home\/[^/]+)\/\.(cache\/(uv|pypoetry|pipenv|pdm|matplotlib|pre-commit|go-build)|npm|cargo\/registry)\//,
        from: 1e6,
        remove: 'rm -rf /root/.cache',
    },
    {
        id: 'timestamps-in-image',
        what: 'logs with the time of the build',
        why: 'The same instructions give another layer each time, with another digest: nothing that was pushed before can be used again, and nobody can show that two images are the same.',
        is: /^\/var\/log\/(apt\/|dpkg\.log|alternatives\.log|yum\.log|dnf)|^\/var\/cache\/ldconfig\/aux-cache$/,
        from: 0,
        remove: 'rm -rf /var/log/apt /var/log/dpkg.log /var/log/alternatives.log /var/cache/ldconfig/aux-cache',
    },
];
/** At the end of the RUN that made a layer; only where a shell runs it. */
function fix({ dockerfile, layers }, layer, remove) {
    const line = layers[layer]?.at?.line;
    const run = dockerfile?.instructions.find((one) => one.line === line && one.keyword === 'RUN');
    if (!dockerfile || !run || run.words || run.heredocs.length > 0)
        return {};
    return (0,advice_edit/* fixOf */.BW)(dockerfile, [(0,advice_edit/* changed */.tD)(dockerfile, run, /[ \t]*$/, ` \\\n    && ${remove}`)]);
}
const leftovers_ruleOf = ({ id, what, why, is, from, risk, remove }) => ({
    id,
    look: (subject) => {
        const found = [...(subject.files?.live ?? [])].filter(([path, { layer }]) => subject.layers[layer]?.own && is.test(path));
        const bytes = found.reduce((sum, [, file]) => sum + file.bytes, 0);
        if (found.length === 0 || bytes < from)
            return [];
        const [[first, { layer }] = ['', { layer: 0 }]] = found.toSorted(([, a], [, b]) => b.bytes - a.bytes);
        const place = subject.layers[layer]?.at;
        const others = found.length > 1 ? ` and ${found.length - 1} more` : '';
        return [
            {
                message: `The image holds ${what}: ${first}${others} (${(0,amounts/* bytesText */.pV)(bytes)}).`,
                why,
                ...(place ? { at: place } : {}),
                ...(remove === undefined ? {} : fix(subject, layer, remove)),
                gain: risk ? { kind: 'risk', text: risk } : { kind: 'size', bytes },
            },
        ];
    },
});
const leftoverRules = leftovers.map(leftovers_ruleOf);

;// CONCATENATED MODULE: ./lib/advice/rules/image/waste.js

/** Less is not worth a word (bytes, unpacked). */
const leastWaste = 1_000_000;
/** Of an earlier layer so much is in a later one that only changes owner or mode. */
const almostAll = 0.8;
const madeBy = (layer) => (layer ? layer.instruction.replace(/\s+/g, ' ').slice(0, 80) : 'an earlier layer');
const waste_at = (layer) => (layer?.at ? { at: layer.at } : {});
const changesOwner = /\b(chown|chmod|chgrp|setfacl|touch)\b/;
const again = ({ layers }, { from, to, bytes, files, largest }) => ({
    message: `${madeBy(layers[to])} writes ${files} ${files === 1 ? 'file' : 'files'} of "${madeBy(layers[from])}" into the image a second time (${(0,amounts/* bytesText */.pV)(bytes)}, ${largest}).`,
    why: 'A layer holds whole files: a change of owner, mode or time stores the file again. COPY --chown and --chmod give both as the file comes.',
    ...waste_at(layers[to]),
    gain: { kind: 'size', bytes },
});
/** Layers that nobody has looked into, as of weights, tell by their sizes. */
function bySize(subject) {
    return subject.layers.flatMap((layer, index) => {
        if (!layer.own || !/^(RUN|\/bin\/sh)/.test(layer.instruction) || !changesOwner.test(layer.instruction) || layer.bytes < leastWaste)
            return [];
        if (subject.files?.again.some(({ to }) => to === index))
            return [];
        const copied = subject.layers.findLast((one, before) => before < index &&
            /^(COPY|ADD)\b/.test(one.instruction) &&
            layer.bytes >= one.bytes * almostAll &&
            layer.bytes * almostAll <= one.bytes);
        return copied
            ? [
                {
                    message: `${madeBy(layer)} has as many bytes as "${madeBy(copied)}": its files are in the image twice (${(0,amounts/* bytesText */.pV)(layer.bytes)} compressed).`,
                    why: 'A layer holds whole files: a change of owner or mode stores the file again, the weights too.',
                    ...waste_at(layer),
                    gain: { kind: 'size', bytes: layer.bytes },
                },
            ]
            : [];
    });
}
const waste_twice = {
    id: 'chown-copies',
    look: (subject) => [
        ...(subject.files?.again ?? [])
            .filter(({ to, bytes }) => bytes >= leastWaste && subject.layers[to]?.own && changesOwner.test(subject.layers[to]?.instruction ?? ''))
            .map((one) => again(subject, one)),
        ...bySize(subject),
    ],
};
const wasted = {
    id: 'wasted-bytes',
    look: (subject) => {
        const { files, layers } = subject;
        const copied = (files?.again ?? []).filter(({ to }) => !changesOwner.test(layers[to]?.instruction ?? ''));
        return [...(files?.lost ?? []), ...copied]
            .filter(({ from, bytes }) => bytes >= leastWaste && layers[from]?.own)
            .map(({ from, to, bytes, files: count, largest }) => ({
            message: `${madeBy(layers[to])} deletes or replaces ${count} ${count === 1 ? 'file' : 'files'} (${(0,amounts/* bytesText */.pV)(bytes)}, ${largest}) that "${madeBy(layers[from])}" has brought: they stay in the image.`,
            why: 'A later layer hides a file, it does not take it out of the earlier one. Delete in the RUN that makes it, or make it in a stage of its own.',
            ...waste_at(layers[from]),
            gain: { kind: 'size', bytes },
        }));
    },
};

;// CONCATENATED MODULE: ./lib/advice/rules/image/weight.js



/** Of a budget so much may be used before it is told. */
const nearBudget = 0.9;
/** An image that is pulled in more than a minute at 100 MB/s, unpacked (bytes, compressed). */
const large = 4e9;
const largestLayers = ({ layers }) => layers
    .filter(({ own }) => own)
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, 3)
    .map(({ instruction, bytes, at }) => `${at ? `line ${at.line}` : instruction.slice(0, 40)} ${(0,amounts/* bytesText */.pV)(bytes)}`);
const heavy = {
    id: 'large-image',
    look: (subject) => {
        const { layers, budget, files } = subject;
        const bytes = layers.reduce((sum, layer) => sum + layer.bytes, 0);
        const near = budget !== undefined && bytes > budget * nearBudget && bytes <= budget;
        if (!near && (budget !== undefined || bytes < large))
            return [];
        const packages = files
            ? installedPackages(files)
                .slice(0, 5)
                .map(({ name, bytes: weight }) => `${name} ${(0,amounts/* bytesText */.pV)(weight)}`)
            : [];
        const place = layers.filter(({ own }) => own).toSorted((a, b) => b.bytes - a.bytes)[0]?.at;
        return [
            {
                message: near
                    ? `The image has ${(0,amounts/* bytesText */.pV)(bytes)}, ${Math.round((bytes / budget) * 100)} % of max-image-size (${(0,amounts/* bytesText */.pV)(budget)}).`
                    : `The image has ${(0,amounts/* bytesText */.pV)(bytes)} compressed.`,
                why: `Most of it is in ${(0,amounts/* someOf */.yU)(largestLayers(subject))}${packages.length > 0 ? `; of its packages ${(0,amounts/* someOf */.yU)(packages, 5)} unpacked` : ''}.`,
                ...(place ? { at: place } : {}),
                gain: near ? { kind: 'risk', text: 'The next package is over the budget, and red.' } : { kind: 'size' },
            },
        ];
    },
};
const unused = (id, what, why, least, is) => ({
    id,
    look: (subject) => {
        const found = subject.files ? installedPackages(subject.files).filter((one) => is(one, subject)) : [];
        const bytes = found.reduce((sum, one) => sum + one.bytes, 0);
        if (found.length === 0 || bytes < least)
            return [];
        const names = found.map(({ name, bytes: weight }) => `${name} ${(0,amounts/* bytesText */.pV)(weight)}`);
        return [{ message: `The image holds ${what}: ${(0,amounts/* someOf */.yU)(names)}.`, why, gain: { kind: 'size', bytes } }];
    },
});
const packageRules = [
    unused('test-tools-in-image', 'what only tests need', 'It is in every pull of the image. Put it into requirements-test.txt, which the tests install beside it.', 1e5, ({ name, requested }) => requested === true && isTestTool(name)),
    unused('desk-tools-in-image', 'what people look at data with', 'Notebooks and plots bring many packages along, and a service has no use for them.', 1e6, ({ name, requested }, { imports }) => requested === true &&
        Object.hasOwn(deskTools, name) &&
        imports !== undefined &&
        !(deskTools[name] ?? []).some((one) => imports().has(one))),
    unused('cuda-wheels-on-cpu', 'the libraries of CUDA, and nothing asks for a GPU', 'On x86-64 PyPI has torch for CUDA alone; the index https://download.pytorch.org/whl/cpu has it for the CPU. With a GPU say so: run-args: --gpus all, or a CUDA base image.', 100e6, ({ name }, { gpu }) => !gpu && /^(nvidia($|-)|triton$)/.test(name)),
];
const weight_rootUser = {
    id: 'root-user',
    look: ({ user }) => !/^(|root|0)(:|$)/.test(user)
        ? []
        : [
            {
                message: `The server runs as root: the image has ${user === '' ? 'no USER' : `USER ${user}`}.`,
                why: 'Whoever breaks into the server (a pickle runs code when it is loaded) has all rights in the container, and clusters refuse such pods.',
                gain: { kind: 'risk', text: 'all rights in the container for who breaks in' },
            },
        ],
};

;// CONCATENATED MODULE: ./lib/advice/rules/image/rules.js



/** What an image shows when it is built. A rule of the Dockerfile with the same name has foretold it: this one has measured it. */
const imageRules = [waste_twice, wasted, ...packageRules, ...leftoverRules, heavy, weight_rootUser];

;// CONCATENATED MODULE: ./lib/advice/rules/table.js





/** The names of all rules: headings of docs/advice.md, and what a comment may silence. What the image shows may have been foretold by the same name. */
const adviceIds = [
    ...new Set([...dockerfileRules, ...contextRules, ...requirementsRules, ...composeRules, ...imageRules].map(({ id }) => id)),
];

;// CONCATENATED MODULE: ./lib/advice/advising.js













/** `Dockerfile:3 large-base: python:3.11 brings ...` */
const advising_textOf = ({ rule, message, at }) => `${at ? `${at.file}:${at.line} ` : ''}${rule}: ${message}`;
function redOf(found) {
    const [first] = found;
    if (!first)
        return {};
    const more = found.length > 1 ? ` There ${found.length === 2 ? 'is 1' : `are ${found.length - 1}`} more.` : '';
    const red = {
        code: 'advice',
        message: `${first.message}${more}`,
        evidence: found.map(advising_textOf),
        ...(first.at ? { at: first.at } : {}),
    };
    return { red: { kind: 'failed', red } };
}
/**
 * What the image shows. A rule that a comment silences in the Dockerfile or in the requirements is silent here as well, wherever
 * the comment stands: what is in an image has no line of its own.
 */
function adviseOnImage(host, inputs, image) {
    const subject = subjectOf(host, inputs);
    const requirements = subject ? requirementsSubjects(subject) : [];
    const texts = subject ? [subject.text, ...requirements.map(({ text }) => text)] : [];
    const silent = new Set(texts.flatMap(silenced).map(({ rule }) => rule));
    const shown = imageSubject(image, subject, inputs.size.most?.bytes);
    const found = lookBy(imageRules, shown);
    // The versions that it has are those to pin.
    const installed = new Map((shown.files ? installedPackages(shown.files) : []).map((one) => [one.name, { version: one.version }]));
    const pins = installed.size === 0 ? [] : requirements.flatMap((one) => lookBy([unpinned], { ...one, installed }));
    return [...found, ...pins.filter(({ fix }) => fix !== undefined)].filter(({ rule }) => !silent.has(rule));
}
/** A comment that silences what is no rule: a slip of the pen, or a rule that is no more. */
function tellUnknown({ log }, { build, workspace }) {
    for (const { rule, line } of silenced(build.dockerfile)) {
        if (adviceIds.includes(rule))
            continue;
        const near = (0,nearest/* nearest */.p)(rule, adviceIds);
        log.notice(`${(0,external_node_path_.relative)(workspace, build.file)}:${line} silences ${rule}, which is no rule of docs/advice.md${near ? `: did you mean ${near}` : ''}.`);
    }
}
/** Looks at the files of the run. A rule that breaks on what nobody has thought of costs the advice and nothing else. */
function adviseOn(host, inputs) {
    const attempt = (what, look, otherwise) => {
        try {
            return look();
        }
        catch (error) {
            host.log.notice(`There is no advice on this ${what}, a rule broke on it: ${(0,errors/* messageOf */.bD)(error)}`);
            return otherwise;
        }
    };
    const found = attempt('Dockerfile', () => advise(host, inputs), []);
    attempt('Dockerfile', () => tellUnknown(host, inputs), undefined);
    let shown = [];
    return {
        ...(inputs.advice === 'error' ? redOf(found) : {}),
        onSeen: (image) => {
            shown = attempt('image', () => adviseOnImage(host, inputs, image), []);
        },
        after: (steps) => withMeasured(measured(found, inputs.build.dockerfile, steps), measured(shown, '', [])),
    };
}


/***/ })

};
