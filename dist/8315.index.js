export const id = 8315;
export const ids = [8315];
export const modules = {

/***/ 88315:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  record: () => (/* binding */ record),
  recorded: () => (/* binding */ recorded),
  volatilePlaces: () => (/* binding */ volatilePlaces)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/outcome.js
var outcome = __webpack_require__(63259);
// EXTERNAL MODULE: ./lib/smoke/ask.js
var ask = __webpack_require__(26764);
// EXTERNAL MODULE: ./lib/smoke/judge/compare.js
var compare = __webpack_require__(47934);
// EXTERNAL MODULE: ./lib/smoke/judge/json-path.js
var json_path = __webpack_require__(48055);
// EXTERNAL MODULE: ./lib/smoke/judge/judge.js + 1 modules
var judge = __webpack_require__(37676);
// EXTERNAL MODULE: ./lib/smoke/judge/strict-json.js
var strict_json = __webpack_require__(49799);
// EXTERNAL MODULE: ./lib/smoke/sample.js
var sample = __webpack_require__(29703);
;// CONCATENATED MODULE: ./lib/smoke/samples/write-samples.js

function statusField(rule) {
    switch (rule.kind) {
        case 'success':
            return {};
        case 'error':
            return { error: true };
        case 'codes':
            return { status: rule.codes.length === 1 ? (rule.codes[0] ?? 200) : [...rule.codes] };
    }
}
const ranks = (list, single) => Object.fromEntries(list.map(({ path, keys }) => [path.text, single(keys)]));
const filled = (name, fields) => (Object.keys(fields).length > 0 ? { [name]: fields } : {});
const listed = (name, paths) => paths.length > 0 ? { [name]: paths.map(({ text }) => text) } : {};
/** The `expect` of a sample as it is written; reading it gives the same again. */
function expectFields(expect) {
    const { tolerance, json, pattern, schema, batch } = expect;
    const usual = tolerance.rtol === sample/* defaultTolerance */.TH.rtol && tolerance.atol === sample/* defaultTolerance */.TH.atol;
    return {
        ...statusField(expect.status),
        ...(json === undefined ? {} : { json }),
        ...listed('ignore', expect.ignore),
        ...(usual ? {} : { tolerance: { ...tolerance } }),
        ...(pattern === undefined ? {} : { regex: pattern }),
        ...filled('headers', expect.headers),
        ...(schema === undefined ? {} : { schema }),
        ...(expect.notFinite === 'allowed' ? { finite: false } : listed('finite', expect.numeric)),
        ...listed('sums-to-one', expect.sumsToOne),
        ...filled('argmax', ranks(expect.argmax, ([key = 0]) => key)),
        ...filled('top-k', ranks(expect.topK, (keys) => [...keys])),
        ...filled('shape', Object.fromEntries(expect.shapes.map(({ path, shape }) => [path.text, [...shape]]))),
        ...(batch === undefined ? {} : { batch: { request: batch.request.text, answer: batch.answer.text } }),
    };
}
/** A body is written as JSON where that says the same. */
function bodyField(body) {
    try {
        const value = JSON.parse(body);
        return typeof value === 'string' || JSON.stringify(value) !== body.replace(/\s+(?=(?:[^"]|"(?:[^"\\]|\\.)*")*$)/g, '') ? body : value;
    }
    catch {
        return body;
    }
}
function requestFields({ method, path, headers, body, file }) {
    const carries = body !== undefined || file !== undefined;
    const own = Object.entries(headers).filter(([name, value]) => !((name === 'content-type' || name === 'accept') && value === 'application/json'));
    return {
        ...(method === (carries ? 'POST' : 'GET') ? {} : { method }),
        path,
        ...filled('headers', Object.fromEntries(own)),
        ...(body === undefined ? {} : { body: bodyField(body) }),
        ...(file === undefined ? {} : { file }),
    };
}
/** A sample as it is written in a samples file. */
function sampleFields({ name, request, expect }) {
    const expected = expectFields(expect);
    const plain = Object.keys(expected).length === 0 && expect.status.kind === sample/* anyAnswer */.H2.status.kind;
    return { name, request: requestFields(request), ...(plain ? {} : { expect: expected }) };
}

// EXTERNAL MODULE: ./lib/smoke/samples-of.js
var samples_of = __webpack_require__(58830);
;// CONCATENATED MODULE: ./lib/smoke/record.js










/** How often each request is asked: what differs from one answer to the next is not the model's. */
const times = 3;
const timeoutMs = 60_000;
/** Names of values that are another one in every answer, though they may be equal in three. */
const passing = /^(.*_)?(latency|elapsed|duration|took|timestamp|created(_at)?|request_?id|trace_?id|uuid|((inference|processing|response|prediction|predict)_?time))(_?(ms|s|us|ns|sec|seconds|millis))?$/i;
const kindOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);
/** Every place where two answers differ, or whose name says that they will. */
function volatilePlaces(one, other, at = []) {
    const key = at.at(-1);
    if (typeof key === 'string' && passing.test(key))
        return [at];
    if (kindOf(one) !== kindOf(other))
        return [at];
    if (typeof one === 'number')
        return (0,compare/* isClose */.Zj)(one, other, sample/* defaultTolerance */.TH) ? [] : [at];
    const [inside, others] = [(0,json_path/* children */.Y_)(one, at), (0,json_path/* children */.Y_)(other ?? null, at)];
    if (inside.length === 0 && others.length === 0)
        return one === other || typeof one === 'object' ? [] : [at];
    if (Array.isArray(one) && inside.length !== others.length)
        return [at];
    return inside.flatMap((child) => {
        const twin = others.find((candidate) => candidate.at.at(-1) === child.at.at(-1));
        return volatilePlaces(child.value, twin?.value, child.at);
    });
}
/** A place as it is ignored: what changes in one row changes in all. */
const pathOf = (at) => (0,json_path/* parseJsonPath */.Hf)((0,json_path/* locationText */.fN)(at).replace(/\[\d+\]/g, '[*]'));
/** The value without what is ignored, as far as objects can do without it. */
function without(value, ignore, at = []) {
    if (Array.isArray(value))
        return value.map((item, index) => without(item, ignore, [...at, index]));
    if (typeof value !== 'object' || value === null)
        return value;
    const kept = Object.entries(value).filter(([key]) => !ignore.some((path) => (0,json_path/* names */.Dy)(path, [...at, key])));
    return Object.fromEntries(kept.map(([key, item]) => [key, without(item, ignore, [...at, key])]));
}
/** The sample with what was answered as what is expected; what else was expected stays. */
function recorded(sample, answers) {
    const { expect } = sample;
    const values = answers.map(({ body }) => (0,strict_json/* parseAnswer */.W)(body));
    const [first, ...more] = values.map((parsed) => (parsed.kind === 'json' ? parsed.value : undefined));
    // What a service documents of itself it can say better another time.
    const { json: _, schema, ...others } = expect;
    const own = sample.source === 'given' || sample.source === 'recorded';
    const rest = { ...others, ...(own && schema !== undefined ? { schema } : {}) };
    // The words of a refusal are not the model's either.
    if (first === undefined || expect.status.kind === 'error')
        return { ...sample, source: 'recorded', expect: rest };
    const found = [first, ...more].flatMap((other) => volatilePlaces(first, other)).map(pathOf);
    const known = new Set(expect.ignore.map(({ text }) => text));
    const ignore = [...expect.ignore, ...[...new Map(found.map((path) => [path.text, path])).values()].filter(({ text }) => !known.has(text))];
    const whole = ignore.some((path) => (0,json_path/* names */.Dy)(path, []));
    return {
        ...sample,
        source: 'recorded',
        expect: { ...rest, ...(whole ? {} : { json: without(first, ignore) }), ignore: ignore.filter((path) => !(0,json_path/* names */.Dy)(path, [])) },
    };
}
async function textOf(path, samples, imageId) {
    const fields = samples.map(sampleFields);
    if (/\.jsonl$/.test(path))
        return `${fields.map((one) => JSON.stringify(one)).join('\n')}\n`;
    if (/\.ya?ml$/.test(path))
        return (await __webpack_require__.e(/* import() */ 8815).then(__webpack_require__.t.bind(__webpack_require__, 38815, 19))).stringify({ recorded: imageId, samples: fields }, { lineWidth: 0 });
    return `${JSON.stringify({ recorded: imageId, samples: fields }, null, 2)}\n`;
}
/**
 * Asks every request three times and writes the answers down as what is expected from now on: `path` is a samples file
 * afterwards, from the workspace. Nothing is written where one is refused.
 */
async function record(host, { baseUrl, imageId }, samples, path) {
    if (samples.length === 0)
        return (0,outcome/* failed */.gz)('predict-failed', 'There is no request to record: give predict-body, or samples with requests and no expectations.');
    const written = [];
    for (const sample of samples) {
        const answers = [];
        for (let i = 0; i < times; i++) {
            const answer = await (0,ask/* ask */.k)(host, baseUrl, sample.request, timeoutMs);
            if (typeof answer === 'string')
                return (0,outcome/* failed */.gz)('predict-timeout', `${(0,samples_of/* requestText */.T9)(sample)} gave no answer (${answer}).`);
            if (!(0,judge/* statusFits */.l7)(sample.expect.status, answer.status))
                return (0,outcome/* failed */.gz)('predict-failed', `${sample.name} answered ${answer.status}, which is not recorded.`, [
                    (0,samples_of/* requestText */.T9)(sample),
                    answer.body.slice(0, 2_000),
                ]);
            answers.push(answer);
        }
        const [answer] = answers;
        if (answer)
            written.push({ sample: recorded(sample, answers), answer });
    }
    const file = (0,external_node_path_.resolve)(host.workspace, path);
    host.files.makeFolder((0,external_node_path_.dirname)(file));
    host.files.writeText(file, await textOf(path, written.map(({ sample }) => sample), imageId));
    return (0,outcome/* passed */.bF)(written);
}


/***/ })

};
