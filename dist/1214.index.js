export const id = 1214;
export const ids = [1214];
export const modules = {

/***/ 81214:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  refusal: () => (/* binding */ refusal),
  report: () => (/* binding */ schema_report),
  reportSchema: () => (/* binding */ reportSchema)
});

// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/report/report.js
var report = __webpack_require__(45650);
;// CONCATENATED MODULE: ./lib/report/schema/shape.js
const shape_text = { json: { type: 'string' } };
const number = { json: { type: 'number' } };
const count = { json: { type: 'integer', minimum: 0 } };
const yesOrNo = { json: { type: 'boolean' } };
/** JSON has null for NaN. */
const numberOrNaN = { json: { type: ['number', 'null'] } };
/** Whatever JSON has. */
const anything = () => ({ json: {} });
const optional = (shape) => ({ optional: shape });
const orNull = ({ json }) => ({ json: { anyOf: [json, { type: 'null' }] } });
const listOf = ({ json }) => ({ json: { type: 'array', items: json } });
/** An object of any names. */
const recordOf = ({ json }) => ({
    json: { type: 'object', additionalProperties: json },
});
const exactly = (value) => ({ json: { const: value } });
/** One of the words of a union; the keys are all of them. */
const wordOf = (words) => ({ json: { enum: Object.keys(words) } });
/** A schema with a name under `$defs`, for one that holds itself. */
const reference = (name) => ({ json: { $ref: `#/$defs/${name}` } });
/** What a field means, in the schema. */
const said = (description, { json }) => ({ json: { ...json, description } });
function object(fields) {
    const properties = {};
    const required = [];
    for (const [name, field] of Object.entries(fields)) {
        if ('optional' in field)
            properties[name] = field.optional.json;
        else {
            properties[name] = field.json;
            required.push(name);
        }
    }
    return { json: { type: 'object', properties, required, additionalProperties: false } };
}
/** One of several objects, told apart by the word in their field `kind`. */
function byKind(members) {
    return { json: { oneOf: Object.values(members).map(({ json }) => json) } };
}

;// CONCATENATED MODULE: ./lib/report/schema/gates.js

const tests = object({
    tests: count,
    failed: count,
    errors: count,
    skipped: count,
    seconds: number,
    failures: listOf(object({ name: shape_text, message: shape_text, file: optional(shape_text), line: optional(count) })),
    slowest: listOf(object({ name: shape_text, seconds: number })),
});
const exchange = object({ path: shape_text, status: count, ms: number, body: shape_text });
const sample = object({
    name: shape_text,
    source: wordOf({ given: 0, recorded: 0, documented: 0, found: 0, invented: 0 }),
    from: shape_text,
    method: shape_text,
    path: shape_text,
    status: optional(count),
    ms: optional(number),
    result: wordOf({ passed: 0, failed: 0 }),
    compared: yesOrNo,
    nearest: optional(object({ path: shape_text, expected: number, got: number, share: number })),
    why: optional(shape_text),
});
const measured = object({
    coldStart: number,
    firstPredict: optional(number),
    warm: optional(object({
        calls: count,
        failed: count,
        concurrency: exactly(1),
        p50: orNull(number),
        p95: orNull(number),
        p99: orNull(number),
        times: optional(listOf(number)),
    })),
    peakMemory: optional(count),
});
const comparison = object({
    with: shape_text,
    model: wordOf({ same: 0, changed: 0, unknown: 0 }),
    samples: count,
    differing: count,
    largest: optional(object({
        path: shape_text,
        previous: optional(anything()),
        now: optional(anything()),
        delta: optional(number),
        sample: shape_text,
    })),
    changes: optional(listOf(object({ sample: shape_text, path: shape_text, previous: shape_text, now: shape_text, delta: optional(number) }))),
    ignored: listOf(shape_text),
});
/** Its name under `$defs`: it holds one for each further platform. */
const smokeName = 'smoke';
const smoke = object({
    imageId: shape_text,
    platform: optional(shape_text),
    port: count,
    portFrom: shape_text,
    preset: optional(shape_text),
    presetFrom: optional(shape_text),
    health: optional(exchange),
    stayedUpMs: optional(number),
    gpuMissing: optional(shape_text),
    predict: optional(exchange),
    compared: yesOrNo,
    samples: optional(listOf(sample)),
    sampleCount: optional(count),
    unproven: optional(shape_text),
    measured: optional(said('Times in ms, memory in bytes.', measured)),
    comparison: optional(comparison),
    others: optional(listOf(reference(smokeName))),
    untested: optional(listOf(shape_text)),
});
const metrics = object({
    file: shape_text,
    metrics: recordOf(orNull(number)),
    requirements: listOf(object({
        requirement: shape_text,
        name: shape_text,
        state: wordOf({ held: 0, broken: 0, missing: 0, unknown: 0 }),
        got: optional(numberOrNaN),
        bound: optional(numberOrNaN),
        previous: optional(numberOrNaN),
    })),
    previous: optional(shape_text),
});

;// CONCATENATED MODULE: ./lib/report/schema/image.js

const sourceLine = said('A path from the workspace, and a line from 1.', object({ file: shape_text, line: count }));
const cache = object({
    kind: wordOf({ gha: 0, registry: 0, local: 0, image: 0, given: 0, none: 0 }),
    because: shape_text,
    scope: optional(shape_text),
    importMs: optional(number),
    exportMs: optional(number),
    downloadedBytes: optional(count),
    uploadedBytes: optional(count),
    trouble: optional(shape_text),
});
const image_image = object({
    digest: said('As the engine names it; after a push, as the registry does.', shape_text),
    imageid: said('The digest of its configuration; empty where the image is an index.', shape_text),
    store: wordOf({ containerd: 0, classic: 0 }),
    compressedBytes: optional(count),
    steps: object({ hit: count, total: count }),
    stepList: said('Each step of the Dockerfile; times in ms.', listOf(object({ name: shape_text, cached: yesOrNo, ms: optional(number) }))),
    cache: optional(cache),
    inputHash: shape_text,
});
const size = object({
    platform: optional(shape_text),
    bytes: count,
    layers: listOf(object({
        digest: shape_text,
        bytes: count,
        instruction: shape_text,
        own: yesOrNo,
        at: optional(sourceLine),
        isNew: optional(yesOrNo),
    })),
    previous: optional(object({ reference: shape_text, digest: shape_text, bytes: count })),
});
const leaks = object({
    layers: count,
    files: count,
    bytes: count,
    leftOut: listOf(object({ layer: shape_text, why: shape_text })),
    before: optional(count),
    advice: listOf(shape_text),
    ignored: listOf(shape_text),
});
const check = object({ rule: shape_text, message: shape_text, url: optional(shape_text), at: optional(sourceLine) });
const gain = byKind({
    size: object({ kind: exactly('size'), bytes: optional(number) }),
    time: object({ kind: exactly('time'), ms: optional(number) }),
    risk: object({ kind: exactly('risk'), text: shape_text }),
});
const advice = object({ rule: shape_text, message: shape_text, why: shape_text, at: optional(sourceLine), fix: optional(shape_text), gain });
const gate = wordOf({ passed: 0, skipped: 0 });
const merged = object({
    digest: shape_text,
    parts: listOf(object({ platform: shape_text, digest: shape_text, tests: gate, smoke: gate })),
});
const promoted = object({ digest: shape_text, found: shape_text, revision: shape_text, run: optional(shape_text) });
const attested = object({
    about: wordOf({ tests: 0, smoke: 0 }),
    subject: shape_text,
    url: optional(shape_text),
    logIndex: optional(shape_text),
});

;// CONCATENATED MODULE: ./lib/report/schema/schema.js





const stageNames = { test: 0, build: 0, inspect: 0, smoke: 0, quality: 0, gate: 0, publish: 0 };
const { passed: _, ...kinds } = errors/* exitCodes */.hS;
const stage = object({
    stage: wordOf(stageNames),
    state: wordOf({ passed: 0, failed: 0, skipped: 0, stopped: 0, 'not run': 0, reused: 0 }),
    start: number,
    duration: number,
    detail: shape_text,
});
const failure = object({
    stage: wordOf(Object.fromEntries(errors/* stages */._$.map((name) => [name, 0]))),
    code: said('A heading of docs/troubleshooting.md.', wordOf(errors/* failures */.e9)),
    kind: said('Decides the exit code: gate 1, input 2, tool 3.', wordOf(kinds)),
    message: said('What happened, with the value.', shape_text),
    evidence: said('Lines that prove it, such as the end of a log.', listOf(shape_text)),
    cause: optional(object({ name: shape_text, text: shape_text })),
    at: optional(sourceLine),
    remedy: said('What to do next.', shape_text),
});
const push = object({
    push: yesOrNo,
    reason: shape_text,
    only: optional(exactly('digest')),
    layout: optional(object({ kind: exactly('layout'), folder: shape_text, given: shape_text })),
});
const version = said('Raised when a field changes its meaning or goes.', exactly(report/* reportVersion */.fV));
/** A run that came to its stages. */
const schema_report = object({
    version,
    result: said('Whether every gate passed and what was to be pushed is.', wordOf({ passed: 0, failed: 0 })),
    durationMs: said('Of the whole run.', number),
    unfinished: optional(said('The process was ended from outside: this is what was known until then.', exactly(true))),
    source: optional(said('The page of the repository, and the commit.', object({ url: shape_text, revision: shape_text }))),
    names: said('Image names, without a tag.', listOf(shape_text)),
    tags: said('Tags that were computed, without the names.', listOf(shape_text)),
    push: said('Whether it was to be pushed, and why.', push),
    pushed: said('Whether a tag was set, or with push: digest the digest is in a registry.', yesOrNo),
    pushedTags: said('Every name:tag that was set and asked for again.', listOf(shape_text)),
    stages: said('In their order; times in ms, start from that of the run.', listOf(stage)),
    failure: optional(said('Why the run is red.', failure)),
    image: optional(said('The image that was built.', image_image)),
    promoted: optional(said('The image of an earlier run whose gates were reused.', promoted)),
    merged: optional(said('The index that a merge has made, in place of image, tests and smoke.', merged)),
    tests: optional(said('Counts, seconds and failures of the tests.', tests)),
    smoke: optional(said('What the started image answered, and what it costs to run.', reference(smokeName))),
    leaks: optional(said('What was searched for secrets, where none was found.', leaks)),
    size: optional(said('Compressed bytes, layer by layer, beside the image before.', size)),
    metrics: optional(said('The metrics of the model, and how each line of require came out.', metrics)),
    attested: optional(said('What was signed after the push.', listOf(attested))),
    checks: said("What BuildKit's own checks say of the Dockerfile, the gravest first.", listOf(check)),
    advice: optional(said('What could be better, the greatest gain first.', listOf(advice))),
    notices: said('What the run had to say beside its result.', listOf(shape_text)),
});
/** A run that came to none. */
const refusal = object({
    version,
    result: exactly('failed'),
    failure: said('Why nothing was run.', failure),
    problems: said('Everything that is wrong with the inputs; empty where something else broke.', listOf(object({ input: shape_text, value: shape_text, reason: shape_text, example: shape_text }))),
});
/** The report file, as docs/report.schema.json has it. */
const reportSchema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://github.com/org/ml-image-action/blob/v1/docs/report.schema.json`,
    title: 'Report of the ML Image Action',
    description: 'What a run has to tell (input report-file, output report, --json). A run that was refused, or broke before its first stage, has problems in place of stages.',
    anyOf: [{ $ref: '#/$defs/report' }, { $ref: '#/$defs/refusal' }],
    $defs: { report: schema_report.json, refusal: refusal.json, [smokeName]: smoke.json },
};


/***/ })

};
