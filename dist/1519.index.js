export const id = 1519;
export const ids = [1519];
export const modules = {

/***/ 91519:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   metricsForLabels: () => (/* binding */ metricsForLabels)
/* harmony export */ });
/* harmony import */ var _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(34170);
/* harmony import */ var _read_metrics_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36696);


/** An image is given no more labels of this kind than this, but always those that `require` names. */
const mostLabels = 50;
/**
 * The metrics that the image is labelled with: those of a file in the workspace that is there before the build. None
 * where it cannot be read: the gate says why.
 */
async function metricsForLabels(host, { file, requirements }) {
    if (file?.kind !== 'workspace' || host.files.kind(file.path) === undefined)
        return {};
    try {
        const metrics = [...(await (0,_read_metrics_js__WEBPACK_IMPORTED_MODULE_1__/* .readWorkspaceMetrics */ .dr)(host, file.path))].filter(([, value]) => Number.isFinite(value));
        const asked = new Set(requirements.map(({ name }) => name));
        return Object.fromEntries(metrics.length > mostLabels ? metrics.filter(([name]) => asked.has(name)) : metrics);
    }
    catch (error) {
        if (error instanceof _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO)
            return {};
        throw error;
    }
}


/***/ }),

/***/ 36696:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rE: () => (/* binding */ readImageMetrics),
  Uw: () => (/* binding */ readMetrics),
  dr: () => (/* binding */ readWorkspaceMetrics)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/inputs/parse.js
var parse = __webpack_require__(34170);
;// CONCATENATED MODULE: ./lib/quality/metrics.js
/** More are not read: such a file holds something else. */
const mostMetrics = 10_000;
const isTree = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A number, also as text; NaN for what a writer puts there for it; undefined for everything else. */
function numberOf(value) {
    if (typeof value === 'number')
        return value;
    if (typeof value === 'bigint')
        return Number(value);
    if (value === null)
        return Number.NaN;
    if (typeof value !== 'string')
        return undefined;
    if (/^[+-]?nan$/i.test(value.trim()))
        return Number.NaN;
    const [, sign] = /^([+-]?)inf(inity)?$/i.exec(value.trim()) ?? [];
    if (sign !== undefined)
        return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) ? Number(value) : undefined;
}
/** MLflow's list form: of each key the last step, and of one step the last in time. */
function lastPoints(list) {
    const points = [];
    for (const entry of list) {
        if (!isTree(entry) || typeof entry['key'] !== 'string' || !('value' in entry))
            return undefined;
        points.push({ key: entry['key'], value: entry['value'], step: Number(entry['step'] ?? 0), timestamp: Number(entry['timestamp'] ?? 0) });
    }
    const sorted = points.toSorted((a, b) => a.step - b.step || a.timestamp - b.timestamp);
    return points.length === 0 ? undefined : sorted.map(({ key, value }) => [key, value]);
}
/** The metrics of a run as MLflow's API and `mlflow runs describe` give it (mlflow/entities/run.py: info, data.metrics). */
function mlflowMetrics(value) {
    if (!isTree(value))
        return undefined;
    const run = isTree(value['run']) ? value['run'] : value;
    return isTree(run['data']) && isTree(run['info']) ? run['data']['metrics'] : undefined;
}
/** Makes one list of names and numbers out of what a file of metrics holds; what is no number is left out. */
function flattenMetrics(value) {
    const metrics = new Map();
    const walk = (node, name) => {
        if (metrics.size >= mostMetrics)
            return;
        const points = Array.isArray(node) ? lastPoints(node) : undefined;
        const children = points ?? (Array.isArray(node) ? node.map((one, index) => [String(index), one]) : isTree(node) ? Object.entries(node) : []);
        for (const [key, child] of children)
            walk(child, name === '' ? key : `${name}.${key}`);
        const number = isTree(node) || Array.isArray(node) ? undefined : numberOf(node);
        if (number !== undefined && name !== '')
            metrics.set(name, number);
    };
    walk(mlflowMetrics(value) ?? value, '');
    return metrics;
}

;// CONCATENATED MODULE: ./lib/quality/formats.js


/** What Python's json writes and JSON does not know, outside of texts. */
const beyondJson = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;
function parsePythonJson(text) {
    return JSON.parse(text.replace(beyondJson, (found) => (found.startsWith('"') ? found : `"${found}"`)));
}
async function parseYaml(text) {
    const { parse } = await __webpack_require__.e(/* import() */ 8815).then(__webpack_require__.t.bind(__webpack_require__, 38815, 19));
    return parse(text);
}
async function parseToml(text) {
    const { parse } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 3292));
    return parse(text);
}
/** One row below its names, or rows of a name and a value. */
async function parseCsv(text) {
    const { parse } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 25175));
    const rows = parse(text, { trim: true, skip_empty_lines: true });
    const [names = [], values, ...more] = rows;
    if (values === undefined)
        throw new Error('it has names and no row of values');
    const pairs = names.length === 2 && values.length === 2 && numberOf(values[0]) === undefined;
    if (pairs)
        return Object.fromEntries((numberOf(names[1]) === undefined ? rows.slice(1) : rows).map(([name = '', value]) => [name, value]));
    if (more.length > 0)
        throw new Error(`it has ${more.length + 1} rows of values where one is expected`);
    return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}
const parsers = [
    { names: /\.json$/i, kind: 'JSON', parse: parsePythonJson },
    { names: /\.ya?ml$/i, kind: 'YAML', parse: parseYaml },
    { names: /\.toml$/i, kind: 'TOML', parse: parseToml },
    { names: /\.csv$/i, kind: 'CSV', parse: parseCsv },
];
/**
 * Reads a file of metrics: JSON, YAML, TOML or CSV by its suffix, else JSON or YAML by what it looks like. Flat or nested
 * (as DVC has them), or a run as MLflow gives it. @throws Invalid when it is not that, or holds no number
 */
async function parseMetrics(text, path) {
    const parser = parsers.find(({ names }) => names.test(path)) ?? (/^\s*[[{]/.test(text) ? parsers[0] : parsers[1]);
    let value;
    try {
        value = await parser?.parse(text);
    }
    catch (error) {
        throw new parse/* Invalid */.WO(`is not ${parser?.kind} (${error.message.split('\n')[0]})`);
    }
    const metrics = flattenMetrics(value);
    if (metrics.size === 0)
        throw new parse/* Invalid */.WO('holds no metric: no name with a number');
    return metrics;
}
/** The last value in a file of MLflow's file store, `mlruns/EXPERIMENT/RUN/metrics/NAME`: lines of time, value and step. */
function lastOfHistory(text) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const points = lines.map((line) => line.trim().split(/\s+/));
    if (!points.every(([time = '', , step = '0']) => /^\d+$/.test(time) && /^-?\d+$/.test(step)))
        return undefined;
    const sorted = points.toSorted(([t1, , s1 = '0'], [t2, , s2 = '0']) => Number(s1) - Number(s2) || Number(t1) - Number(t2));
    return numberOf(sorted.at(-1)?.[1]);
}

// EXTERNAL MODULE: ./lib/outcome.js
var outcome = __webpack_require__(63259);
// EXTERNAL MODULE: ./lib/smoke/container.js
var container = __webpack_require__(23378);
;// CONCATENATED MODULE: ./lib/quality/image-file.js




const copyTimeoutMs = 60_000;
/** argv of a container that is never started: a view of the files of an image. */
function createArgv(name, runId, { id, platform }) {
    return [
        ...['docker', 'create', '--pull', 'never', '--name', name, '--label', `${container/* runLabel */.Az}=${runId}`, '--network', 'none'],
        ...(platform === undefined ? [] : ['--platform', platform]),
        // An image without a command has none to be created with; it is not run.
        ...[id, 'none'],
    ];
}
/**
 * The text of a file in an image, by a container that is not started. Links are followed inside the image.
 * @throws Invalid when there is no such file, or it is larger than `largest` (bytes)
 */
async function readFromImage(host, runnable, path, largest, env, signal) {
    const name = `${(0,container/* containerName */.xN)(host.runId)}-files-${runnable.id.replace(/[^a-f0-9]/g, '').slice(-8)}`;
    host.leave({ kind: 'containers', runId: host.runId });
    const created = await host.capture({ argv: createArgv(name, host.runId, runnable), env });
    if (created.exitCode !== 0)
        throw new parse/* Invalid */.WO(`cannot be read: docker create says ${created.stderr.trim().split('\n').at(-1) ?? ''}`);
    const folder = host.files.makeTemp('metrics');
    try {
        host.leave({ kind: 'folder', path: folder });
        const file = (0,external_node_path_.join)(folder, 'file');
        const said = (0,outcome/* tail */.RT)(5);
        const argv = ['docker', 'cp', '--follow-link', `${name}:${path}`, file];
        const ended = await host.stream({ argv, env }, { signal, timeoutMs: copyTimeoutMs, onLine: said.push });
        if (ended.kind === 'timeout')
            throw new parse/* Invalid */.WO(`did not come out of the image in ${copyTimeoutMs / 1000} s`);
        if (ended.kind !== 'exited' || ended.exitCode !== 0) {
            const missing = said.lines.some((line) => /could not find the file|no such file|not found/i.test(line));
            throw new parse/* Invalid */.WO(missing ? 'is not in the image' : `cannot be copied out of the image (${said.lines.at(-1) ?? 'stopped'})`);
        }
        if (host.files.kind(file) === 'directory')
            throw new parse/* Invalid */.WO('is a folder of the image, not a file');
        if ((host.files.stat(file)?.bytes ?? 0) > largest)
            throw new parse/* Invalid */.WO(`is larger than ${largest >> 20} MiB: no file of metrics`);
        const text = host.files.readUntrusted(file);
        if (text === undefined)
            throw new parse/* Invalid */.WO('is no file that can be read');
        return text;
    }
    finally {
        host.files.remove(folder);
        await (0,container/* removeContainer */.od)(host, name, env);
    }
}

;// CONCATENATED MODULE: ./lib/quality/read-metrics.js




/** A file of metrics is no larger (bytes). */
const largestMetrics = 1 << 20;
/** Metrics of MLflow's file store: a folder with a file for each, names with slashes being folders. */
function readFolder({ contents, readUntrusted }, folder, above = '') {
    const metrics = new Map();
    for (const { name, kind } of contents(folder)) {
        const path = (0,external_node_path_.join)(folder, name);
        if (kind === 'directory')
            for (const [key, value] of readFolder({ contents, readUntrusted }, path, `${above}${name}/`))
                metrics.set(key, value);
        const last = kind === 'file' ? lastOfHistory(readUntrusted(path) ?? '') : undefined;
        if (last !== undefined)
            metrics.set(above + name, last);
    }
    return metrics;
}
/** Reads metrics of the workspace; a path that tests have made to lead elsewhere is not followed there. @throws Invalid */
async function readWorkspaceMetrics({ files, workspace, kind }, path) {
    const real = files.realPath(path);
    if (real === undefined)
        throw new parse/* Invalid */.WO('is not there');
    const root = files.realPath(workspace) ?? workspace;
    if (kind === 'runner' && !real.startsWith(`${root}/`))
        throw new parse/* Invalid */.WO('leads out of the workspace');
    if (files.kind(real) === 'directory') {
        const metrics = readFolder(files, real);
        if (metrics.size === 0)
            throw new parse/* Invalid */.WO('is a folder, and not one of metrics as MLflow keeps them');
        return metrics;
    }
    if ((files.stat(real)?.bytes ?? 0) > largestMetrics)
        throw new parse/* Invalid */.WO(`is larger than ${largestMetrics >> 20} MiB: no file of metrics`);
    const text = files.readUntrusted(real);
    if (text === undefined)
        throw new parse/* Invalid */.WO('cannot be read');
    return await parseMetrics(text, path);
}
/** Reads a file of an image; none of it is run. @throws Invalid */
async function readImageMetrics(host, runnable, path, env, signal) {
    return await parseMetrics(await readFromImage(host, runnable, path, largestMetrics, env, signal), path);
}
/** @throws Invalid what is wrong with the file, or that there is none */
async function readMetrics(host, place, inEngine) {
    if (place.kind === 'workspace')
        return await readWorkspaceMetrics(host, place.path);
    const runnable = inEngine?.image.runnables[0];
    if (!inEngine || !runnable)
        throw new parse/* Invalid */.WO('is in an image that this engine does not have');
    return await readImageMetrics(host, runnable, place.path, inEngine.env, inEngine.signal);
}


/***/ })

};
