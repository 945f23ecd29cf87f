export const id = 9525;
export const ids = [9525,9159,7762];
export const modules = {

/***/ 37762:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createSearch: () => (/* binding */ createSearch),
/* harmony export */   previousOf: () => (/* binding */ previousOf),
/* harmony export */   v: () => (/* binding */ findPrevious)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89916);
/* harmony import */ var _publish_held_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7200);
/* harmony import */ var _publish_pedigree_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(61272);
/* harmony import */ var _registry_digest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(82895);
/* harmony import */ var _registry_open_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(60951);
/* harmony import */ var _registry_registry_error_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(21583);







/**
 * Where the image before this one is: under the tags that this run would move, then under `latest` and the default branch.
 * A pull request is compared with what it goes into, and not with what it was itself.
 */
function previousOf({ names, tags, event }) {
    const [name] = names;
    if (!name)
        return undefined;
    const moving = event.ref.kind === 'pull' ? [] : tags.flatMap((tag) => (tag.moves ? [tag.name] : []));
    const branch = event.defaultBranch && /^\w[\w.-]{0,127}$/.test(event.defaultBranch) ? [event.defaultBranch] : [];
    return { name, references: [...new Set([...moving, 'latest', ...branch])] };
}
/**
 * Asks the registry for the image before this one, with a login for reading. What it does not show us is not there; a
 * registry that does not answer is an error where the run is to push there, as a gate cannot be judged then.
 * @throws ActionError
 */
async function findPrevious(host, plan, wanted, env) {
    const { name, references } = wanted;
    try {
        const { client } = await (0,_registry_open_js__WEBPACK_IMPORTED_MODULE_5__/* .openRepository */ .h_)(host, plan.access, name, env, 'pull');
        for (const reference of references) {
            const manifest = await client.getManifest(reference);
            if (!manifest)
                continue;
            const text = `${(0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__/* .nameText */ .fh)(name)}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
            // What is no image of a container has no labels.
            const { labels, architecture } = await (0,_publish_held_js__WEBPACK_IMPORTED_MODULE_2__/* .saidBy */ .TT)(client, manifest).catch((error) => {
                if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ)
                    throw error;
                return { labels: {}, architecture: undefined };
            });
            // Labels of a base image are inherited: those of another repository are not the image's own.
            const own = (0,_publish_pedigree_js__WEBPACK_IMPORTED_MODULE_3__/* .areOwn */ .Vb)(labels, (0,_publish_pedigree_js__WEBPACK_IMPORTED_MODULE_3__/* .sourceOf */ .vz)(plan.labels)) ? labels : {};
            const machine = architecture === undefined ? {} : { architecture };
            return { kind: 'found', image: { name, reference: text, digest: (0,_registry_digest_js__WEBPACK_IMPORTED_MODULE_4__/* .digestOf */ .o)(manifest.body), manifest, labels: own, ...machine, client } };
        }
        return { kind: 'none', why: `${(0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__/* .nameText */ .fh)(name)} has no image before this one (${references.join(', ')})` };
    }
    catch (error) {
        if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ))
            throw error;
        // It does not have it, or not for us: so it is before a first release.
        if (plan.push.push && !(0,_registry_registry_error_js__WEBPACK_IMPORTED_MODULE_6__/* .isClosed */ .Lx)(error))
            throw error;
        return { kind: 'none', why: `the image before this one cannot be read: ${error.message}` };
    }
}
/** Asks for the image before this one, once, whoever wants to know. */
function createSearch(host, plan, wanted, env) {
    let asked;
    return () => {
        asked ??= wanted ? findPrevious(host, plan, wanted, env) : Promise.resolve({ kind: 'none', why: 'there is no name to look under' });
        // Nobody may be waiting for it yet when it fails.
        asked.catch(() => undefined);
        return asked;
    };
}


/***/ }),

/***/ 49525:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openPrevious: () => (/* binding */ openPrevious)
});

// EXTERNAL MODULE: ./lib/inputs/parse.js
var parse = __webpack_require__(34170);
// EXTERNAL MODULE: ./lib/quality/quality.js + 1 modules
var quality_quality = __webpack_require__(79159);
// EXTERNAL MODULE: ./lib/quality/read-metrics.js + 3 modules
var read_metrics = __webpack_require__(36696);
// EXTERNAL MODULE: ./lib/smoke/compare.js
var smoke_compare = __webpack_require__(58154);
// EXTERNAL MODULE: ./lib/previous/find.js
var find = __webpack_require__(37762);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./lib/build/bring.js
var bring = __webpack_require__(19720);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/outcome.js
var outcome = __webpack_require__(63259);
// EXTERNAL MODULE: ./lib/previous/pull-rules.js
var pull_rules = __webpack_require__(91764);
;// CONCATENATED MODULE: ./lib/previous/pull.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});





const plainPull = (reference) => ['docker', 'pull', '--quiet', reference];
/**
 * Has the engine pull an image through a door of ours, so that it needs no login. What it lacks comes, no more. The image
 * is the caller's to remove. Never throws: an image that cannot be had is told with the reason.
 */
async function pullPrevious(host, seeking, platform, env, signal) {
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const sought = await seeking;
            if (sought.kind === 'none')
                return sought;
            const { image } = sought;
            const door = (0,external_node_crypto_.randomUUID)();
            const relay = __addDisposableResource(env_1, await host.relay((0,pull_rules/* pullRules */.L)(image.client, image.name.path, door)), true);
            const localName = `127.0.0.1:${relay.port}/${door}@${image.digest}`;
            host.leave({ kind: 'image', name: localName });
            const said = (0,outcome/* tail */.RT)(5);
            const argv = platform === undefined ? plainPull(localName) : (0,bring/* pullArgv */.W8)(localName, platform);
            const ended = await host.stream({ argv, env }, { signal, onLine: said.push });
            if (ended.kind === 'exited' && ended.exitCode === 0)
                return { kind: 'pulled', image, localName };
            const why = relay.requests() === 0 ? 'the engine does not reach this machine' : (said.lines.at(-1) ?? ended.kind);
            return { kind: 'none', why: `${image.reference} cannot be pulled: ${why}` };
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = __disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (error) {
        return { kind: 'none', why: `the image to compare with cannot be had: ${(0,errors/* messageOf */.bD)(error)}` };
    }
}

;// CONCATENATED MODULE: ./lib/previous/open.js






/**
 * Asks for the image before this one beside everything else, and has the engine pull it where its labels are not enough:
 * to compare predictions, or to read a file of metrics that is in it.
 */
function openPrevious({ host, inputs, plan, env, signal, scope, notice, seek }) {
    const { quality, smoke, build } = inputs;
    const { compare } = smoke;
    const search = seek.ask;
    const platform = build.options.platforms.length === 1 ? build.options.platforms[0] : undefined;
    const pull = (seeking) => {
        const pulling = pullPrevious(host, seeking, platform, env, signal);
        scope.defer(async () => {
            const had = await pulling;
            if (had.kind === 'pulled')
                await host.capture({ argv: ['docker', 'image', 'rm', had.localName], env }).catch(() => undefined);
        });
        return pulling;
    };
    const names = quality.requirements.flatMap(({ name, bound }) => (bound.kind === 'previous' ? [name] : []));
    const inImage = names.length > 0 && quality.file?.kind === 'image' ? quality.file : undefined;
    const compares = smoke.run ? compare.kind : 'off';
    if (names.length > 0)
        void search().catch(() => undefined);
    const pulled = inImage || compares === 'previous' ? pull(search()) : undefined;
    const other = compare.kind === 'image' && compares === 'image'
        ? pull((0,find.createSearch)(host, plan, { name: compare.name, references: [compare.reference] }, env)())
        : undefined;
    const rival = compares === 'off' ? undefined : (other ?? pulled);
    /** From the file itself: what is known only after a build is no label. */
    const fromFile = async (path) => {
        const had = await pulled;
        if (had?.kind !== 'pulled')
            return undefined;
        try {
            const metrics = await (0,read_metrics/* readImageMetrics */.rE)(host, { id: had.localName }, path, env, signal);
            return { kind: 'known', reference: had.image.reference, metrics };
        }
        catch (error) {
            if (error instanceof parse/* Invalid */.WO)
                return undefined;
            throw error;
        }
    };
    return {
        metrics: async () => (inImage && (await fromFile(inImage.path))) ?? (0,quality_quality/* metricsOfLabels */.A)(await search(), names),
        ...(rival ? { rivalOf: (labels) => ({ pulled: rival, modelDigest: labels[smoke_compare/* modelDigestLabel */._Q], notice }) } : {}),
    };
}


/***/ }),

/***/ 91764:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ pullRules)
/* harmony export */ });
const answer = (status) => ({ kind: 'answer', status, headers: {}, body: status === 200 ? '{}' : '' });
/**
 * The rules of a door from which the engine pulls an image of repository `path`, as `door`, which only this run knows.
 * Requests go on with our login, so the engine needs none. Nothing but reading by digest goes through.
 */
function pullRules(client, path, door) {
    const ours = `/v2/${door}/`;
    return {
        route: async ({ method, path: asked }) => {
            if (method !== 'GET' && method !== 'HEAD')
                return answer(405);
            if (/^\/v2\/?$/.test(asked))
                return answer(200);
            const rest = asked.startsWith(ours) ? asked.slice(ours.length) : '';
            if (!/^(manifests|blobs)\/sha256:[a-f0-9]{64}$/.test(rest))
                return answer(404);
            return {
                kind: 'forward',
                method,
                url: `${await client.base()}/v2/${path}/${rest}`,
                headers: await client.authorization('pull'),
                ...(client.ca === undefined ? {} : { ca: client.ca }),
            };
        },
        // The registry itself is reached through us; a storage by an address that lets one in.
        location: (location, sentTo) => {
            const target = new URL(location, sentTo);
            const theirs = `/v2/${path}/`;
            const atHome = target.origin === new URL(sentTo).origin && target.pathname.startsWith(theirs);
            return atHome ? `${ours}${target.pathname.slice(theirs.length)}${target.search}` : target.href;
        },
    };
}


/***/ }),

/***/ 79159:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  judgeQuality: () => (/* binding */ judgeQuality),
  A: () => (/* binding */ metricsOfLabels)
});

// EXTERNAL MODULE: ./lib/inputs/inputs.js
var inputs = __webpack_require__(78864);
// EXTERNAL MODULE: ./lib/inputs/parse.js
var parse = __webpack_require__(34170);
// EXTERNAL MODULE: ./lib/outcome.js
var outcome = __webpack_require__(63259);
// EXTERNAL MODULE: ./lib/plan/labels/own.js
var own = __webpack_require__(35595);
// EXTERNAL MODULE: ./lib/inputs/nearest.js
var nearest = __webpack_require__(83231);
// EXTERNAL MODULE: ./lib/quality/requirement.js
var requirement = __webpack_require__(54822);
;// CONCATENATED MODULE: ./lib/quality/judge.js


/** Holds each line against the metrics. Nothing holds for NaN. */
function judgeMetrics(requirements, metrics, previous) {
    return requirements.map(({ name, operator, bound, text }) => {
        const before = previous?.get(name);
        // A previous value that is no number binds nobody.
        const known = before === undefined || Number.isNaN(before) ? {} : { previous: before };
        const got = metrics.get(name);
        const base = { requirement: text, name, ...known };
        if (got === undefined)
            return { ...base, state: 'missing' };
        const limit = (0,requirement/* boundValue */.O)(bound, known.previous);
        if (limit === undefined)
            return { ...base, got, state: Number.isNaN(got) ? 'broken' : 'unknown' };
        return { ...base, got, bound: limit, state: (0,requirement/* holds */.v9)(got, operator, limit) ? 'held' : 'broken' };
    });
}
const shownNames = 12;
/** The name that was probably meant: one that ends so (`auc` of `val.auc`), or one written nearly so. */
function meantMetric(name, names) {
    const wanted = name.toLowerCase();
    const ends = names.filter((one) => one.toLowerCase() === wanted || one.toLowerCase().endsWith(`.${wanted}`));
    return ends[0] ?? (0,nearest/* nearest */.p)(name, names);
}
/** What a broken or missing line says, in one sentence without its end. */
function verdictText(verdict, metrics) {
    const { requirement, name, got, bound, previous, state } = verdict;
    if (state === 'missing') {
        const names = [...metrics.keys()];
        const near = meantMetric(name, names);
        const others = names.length > shownNames ? `${names.slice(0, shownNames).join(', ')} and ${names.length - shownNames} more` : names.join(', ');
        return `${requirement}: there is no metric ${name}${near ? `; did you mean ${near}` : ''}. There are: ${others}`;
    }
    if (got !== undefined && Number.isNaN(got))
        return `${requirement}: ${name} is not a number (NaN)`;
    const limit = bound === undefined ? '' : `, the bound is ${bound}`;
    return `${requirement}: ${name} is ${got}${previous === undefined ? '' : `, it was ${previous} in the previous image`}${limit}`;
}
const cell = (value) => (value === undefined ? '-' : String(value));
/** All lines as a table with aligned columns: the line, what was got, the bound, the previous value, the result. */
function verdictTable(verdicts) {
    const rows = [
        ['require', 'got', 'bound', 'previous', ''],
        ...verdicts.map(({ requirement, got, bound, previous, state }) => [requirement, cell(got), cell(bound), cell(previous), state]),
    ];
    const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
    return rows.map((row) => row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd());
}

// EXTERNAL MODULE: ./lib/quality/read-metrics.js + 3 modules
var read_metrics = __webpack_require__(36696);
;// CONCATENATED MODULE: ./lib/quality/quality.js






/** Of the labels of an image the metrics that the lines ask for. */
function metricsOfLabels(sought, names) {
    if (sought.kind !== 'found')
        return { kind: 'unknown', why: sought.why };
    const { labels, reference } = sought.image;
    const metrics = new Map();
    for (const name of names) {
        const value = labels[(0,own/* metricLabel */.B)(name)];
        if (value !== undefined && value.trim() !== '' && Number.isFinite(Number(value)))
            metrics.set(name, Number(value));
    }
    return { kind: 'known', reference, metrics };
}
const named = (verdicts, state) => verdicts.filter((verdict) => verdict.state === state);
/** What to say of lines that ask for a previous value where there is none. */
function unknownText(verdicts, previous) {
    const lines = named(verdicts, 'unknown');
    if (lines.length === 0)
        return undefined;
    const names = [...new Set(lines.map(({ name }) => name))].join(', ');
    const why = previous?.kind === 'known' ? `${previous.reference} does not say its ${names}` : (previous?.why ?? 'there is no previous image');
    return `Not judged, as ${why}: ${lines.map(({ requirement }) => requirement).join('; ')}.`;
}
/**
 * The quality gate: reads the metrics and holds the lines of `require` against them. A line about a previous value is
 * left out with a notice where there is none, as in a first release.
 */
async function judgeQuality(host, { file, requirements }, inEngine, askPrevious, log, notice) {
    if (!file)
        return (0,outcome/* skipped */.hT)('no metrics-file');
    const where = (0,inputs/* placeText */.Z9)(file);
    let metrics;
    try {
        metrics = await (0,read_metrics/* readMetrics */.Uw)(host, file, inEngine);
    }
    catch (error) {
        if (!(error instanceof parse/* Invalid */.WO))
            throw error;
        return (0,outcome/* failed */.gz)('metrics-unreadable', `The metrics-file ${where} ${error.message}.`);
    }
    const previous = requirements.some(({ bound }) => bound.kind === 'previous') ? await askPrevious() : undefined;
    const verdicts = judgeMetrics(requirements, metrics, previous?.kind === 'known' ? previous.metrics : undefined);
    const table = verdicts.length > 0 ? verdictTable(verdicts) : [];
    log.line(`${where}: ${metrics.size} ${metrics.size === 1 ? 'metric' : 'metrics'}${previous?.kind === 'known' ? `, previous: ${previous.reference}` : ''}`);
    for (const row of table)
        log.line(row);
    const unjudged = unknownText(verdicts, previous);
    if (unjudged)
        notice(unjudged);
    const [missing] = named(verdicts, 'missing');
    const [broken] = named(verdicts, 'broken');
    if (broken)
        return (0,outcome/* failed */.gz)('metric-not-met', `${verdictText(broken, metrics)}.`, table);
    if (missing)
        return (0,outcome/* failed */.gz)('metric-missing', `${verdictText(missing, metrics)}.`, table);
    return (0,outcome/* passed */.bF)({
        file: where,
        metrics: Object.fromEntries([...metrics].map(([name, value]) => [name, Number.isFinite(value) ? value : null])),
        requirements: verdicts,
        ...(previous?.kind === 'known' ? { previous: previous.reference } : {}),
    });
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

// UNUSED EXPORTS: largestMetrics

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
