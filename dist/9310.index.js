export const id = 9310;
export const ids = [9310,8958,9870];
export const modules = {

/***/ 29870:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   abandon: () => (/* binding */ abandon)
/* harmony export */ });
/* harmony import */ var _host_clean_up_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(529);
/* harmony import */ var _outputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5077);
/* harmony import */ var _report_ended_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(87790);



/** Of a cancelled run that is not out in time: tells so, and removes what it has made. What a registry holds is not known. */
async function abandon(host) {
    host.log.line('The run was cancelled, and what it was doing did not end in time: what it has made is removed.');
    (0,_outputs_js__WEBPACK_IMPORTED_MODULE_1__/* .setOutputs */ .n)(host, { result: 'failed', 'failure-code': 'cancelled' });
    (0,_report_ended_js__WEBPACK_IMPORTED_MODULE_2__.tellEnded)(host, host.traces, 'cancelled');
    for (const removed of await (0,_host_clean_up_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanUp */ .n)(host, [...host.traces]))
        host.log.line(`removed ${removed}`);
}


/***/ }),

/***/ 25129:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k0: () => (/* binding */ changeText),
/* harmony export */   lP: () => (/* binding */ sizeText),
/* harmony export */   pV: () => (/* binding */ bytesText)
/* harmony export */ });
/** Bytes for people, in decimal units as registries tell them: `812 B`, `12.3 kB`, `47.1 MB`, `1.25 GB`. */
function bytesText(bytes) {
    if (bytes < 1e3)
        return `${bytes} B`;
    if (bytes < 999_950)
        return `${(bytes / 1e3).toFixed(1)} kB`;
    if (bytes < 999_950_000)
        return `${(bytes / 1e6).toFixed(1)} MB`;
    return `${(bytes / 1e9).toFixed(2)} GB`;
}
/** How much more or less than before: `+3.1 MB, +0.8 %`; without per cent where there was nothing before. */
function changeText(bytes, before) {
    const change = bytes - before;
    if (change === 0)
        return 'as before';
    const sign = change < 0 ? '-' : '+';
    const percent = before > 0 ? `, ${sign}${((Math.abs(change) / before) * 100).toFixed(1)} %` : '';
    return `${sign}${bytesText(Math.abs(change))}${percent}`;
}
/** `47.1 MB compressed (+3.1 MB, +0.8 %)` */
function sizeText({ bytes, previous, platform }) {
    const change = previous ? ` (${changeText(bytes, previous.bytes)})` : '';
    return `${bytesText(bytes)} compressed${change}${platform === undefined ? '' : ` for ${platform}`}`;
}


/***/ }),

/***/ 87790:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   tellEnded: () => (/* binding */ tellEnded)
/* harmony export */ });
/* harmony import */ var _draft_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(78605);
/* harmony import */ var _summary_summary_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28079);


/** Writes the summary of a run that did not come to do so itself, from what it had written down, which is removed. Never throws. */
function tellEnded(host, traces, code) {
    for (const trace of traces) {
        if (trace.kind !== 'draft')
            continue;
        try {
            const draft = (0,_draft_js__WEBPACK_IMPORTED_MODULE_0__/* .readDraft */ .kF)(host.files, trace.path);
            if (draft)
                host.summary((0,_summary_summary_js__WEBPACK_IMPORTED_MODULE_1__.summaryMarkdown)((0,_draft_js__WEBPACK_IMPORTED_MODULE_0__/* .endedDraft */ .ip)(draft, code)));
            host.files.remove(trace.path);
        }
        catch {
            // Tests run as the same user: what they have made of it may be anything.
            host.log.line('What the run had written down for a summary cannot be read.');
        }
    }
}


/***/ }),

/***/ 44639:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AY: () => (/* binding */ buildDetail),
/* harmony export */   HE: () => (/* binding */ qualityDetail),
/* harmony export */   Kb: () => (/* binding */ excerpt),
/* harmony export */   Lb: () => (/* binding */ publishDetail),
/* harmony export */   Pl: () => (/* binding */ headline),
/* harmony export */   YA: () => (/* binding */ seconds),
/* harmony export */   ZJ: () => (/* binding */ smokeDetail),
/* harmony export */   _0: () => (/* binding */ testDetail),
/* harmony export */   b8: () => (/* binding */ shownNumber),
/* harmony export */   gI: () => (/* binding */ inspectDetail),
/* harmony export */   hL: () => (/* binding */ stageNames),
/* harmony export */   ix: () => (/* binding */ megabytes),
/* harmony export */   kY: () => (/* binding */ failureText),
/* harmony export */   u5: () => (/* binding */ figures)
/* harmony export */ });
/* harmony import */ var _inspect_size_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(25129);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45650);


function seconds(ms) {
    if (ms < 999.5)
        return `${Math.round(ms)} ms`;
    if (ms < 59_950)
        return `${(ms / 1000).toFixed(1)} s`;
    const whole = Math.round(ms / 1000);
    return `${Math.floor(whole / 60)}m ${whole % 60}s`;
}
function megabytes(bytes) {
    return `${(bytes / 1e6).toFixed(1)} MB`;
}
const stageNames = {
    test: 'Test',
    build: 'Build',
    inspect: 'Inspect',
    smoke: 'Smoke',
    quality: 'Quality',
    gate: 'Gate command',
    publish: 'Publish',
};
/** The one sentence that says how a run ended; first line of summary, log and annotation. */
function headline(report) {
    const name = report.names[0] ?? 'the image';
    if (report.unfinished)
        return unfinishedHeadline(report);
    if (report.failure) {
        const nothing = report.pushed ? (report.push.only ? 'the digest is in a registry' : 'some tags were pushed') : 'nothing was pushed';
        return `stopped at ${report.failure.stage} (${report.failure.code}), ${nothing}`;
    }
    if (report.promoted)
        return promotedHeadline(report, report.promoted);
    const took = `${seconds(report.durationMs)}${report.smoke?.gpuMissing ? ' (model not proven: no GPU)' : ''}`;
    if (!report.pushed && report.push.push)
        return `gates passed in ${took}, no tag of ${name} was moved: what they hold is newer`;
    if (!report.pushed)
        return `gates passed in ${took}, ${name} not pushed: ${report.push.reason}`;
    if (report.pushedTags.length === 0)
        return `pushed ${name}@${report.image?.digest ?? ''} in ${took}, no tag (push: digest)`;
    const first = `${name}:${report.tags[0] ?? ''}`;
    return `pushed ${report.pushedTags.includes(first) ? first : report.pushedTags[0]} in ${took}`;
}
/** Nobody was there to tell: whether a push that had begun has arrived is not known. */
function unfinishedHeadline({ failure, stages }) {
    const pushing = stages.some(({ stage, state }) => stage === 'publish' && state === 'stopped');
    return `ended during ${failure?.stage ?? 'plan'} (${failure?.code ?? 'killed'}), ${pushing ? 'what was pushed is not known' : 'nothing was pushed'}`;
}
function promotedHeadline({ names, tags, pushedTags, durationMs }, { found }) {
    const wanted = tags.map((tag) => `${names[0] ?? ''}:${tag}`).filter((tag) => tag !== found);
    const shown = wanted.find((tag) => pushedTags.includes(tag)) ?? pushedTags[0];
    const took = seconds(durationMs);
    if (shown === undefined)
        return `no tag of ${names[0] ?? 'the image'} was moved onto ${found} in ${took}: what they hold is newer`;
    return `promoted ${found} to ${shown} in ${took}`;
}
/** How many samples there were, or whose the one was that nobody has given. */
function samplesFigure(smoke) {
    const samples = smoke?.samples ?? [];
    const failed = samples.filter(({ result }) => result === 'failed').length;
    const count = smoke?.sampleCount ?? samples.length;
    if (count > 1)
        return [`${count - failed} of ${count} samples as expected`];
    const [only] = samples;
    return only && only.result === 'passed' && only.source !== 'given' ? [`sample ${only.source}: ${only.from}`] : [];
}
const notProven = 'started, model not proven: no GPU here';
/** One line of what was measured. */
function figures(report) {
    const { tests, image, smoke, metrics, merged } = report;
    return [
        ...(tests ? [`${tests.tests - tests.failed - tests.errors - tests.skipped} of ${tests.tests} tests passed`] : []),
        ...(report.promoted ? ['tested and built before'] : []),
        ...(image && image.steps.total > 0 ? [`cache ${image.steps.hit}/${image.steps.total} steps`] : []),
        ...imageFigure(report),
        ...(smoke?.gpuMissing ? [notProven] : []),
        ...(smoke?.health ? [`${smoke.health.path} ${smoke.health.status} in ${seconds(smoke.health.ms)}`] : []),
        ...(smoke?.stayedUpMs ? [`stayed up for ${seconds(smoke.stayedUpMs)}`] : []),
        ...(smoke?.predict ? [`${smoke.predict.path} ${smoke.predict.status}, ${seconds(smoke.predict.ms)}`] : []),
        ...(merged
            ? [
                `${merged.parts.length} platforms: ${merged.parts
                    .slice(0, 20)
                    .map(({ platform }) => platform)
                    .join(', ')}`,
            ]
            : []),
        ...(smoke && !smoke.gpuMissing && (smoke.unproven || !smoke.predict) ? ['predict not proven'] : []),
        ...samplesFigure(smoke),
        ...(smoke?.measured ? measuredFigures(smoke.measured) : []),
        ...(metrics ? metricFigures(metrics) : []),
        ...(report.attested ? [`attested: ${report.attested.map(({ about }) => about).join(', ')}`] : []),
    ];
}
/** `image 412.0 MB (+3.1 MB, +0.8 %)`: what it weighs, and against the one before. */
function imageFigure(report) {
    const { size } = report;
    const bytes = (0,_report_js__WEBPACK_IMPORTED_MODULE_0__/* .imageBytes */ .vb)(report);
    if (!bytes)
        return [];
    return [`image ${megabytes(bytes)}${size?.previous ? ` (${(0,_inspect_size_text_js__WEBPACK_IMPORTED_MODULE_1__/* .changeText */ .k0)(size.bytes, size.previous.bytes)})` : ''}`];
}
function measuredFigures({ coldStart, warm, peakMemory }) {
    return [
        `cold start ${seconds(coldStart)}`,
        ...(warm && warm.p95 !== null ? [`warm p50 ${warm.p50} ms, p95 ${warm.p95} ms`] : []),
        ...(peakMemory === undefined ? [] : [`memory ${megabytes(peakMemory)}`]),
    ];
}
/** A number with so many digits that say something. */
function shownNumber(value, digits) {
    return value === null || value === undefined ? 'not a number' : String(Number(value.toPrecision(digits)));
}
const mostFigures = 5;
/** The metrics that were asked for, else the first. */
function metricFigures({ metrics, requirements }) {
    const asked = [...new Set(requirements.map(({ name }) => name))];
    const names = (asked.length > 0 ? asked : Object.keys(metrics)).slice(0, mostFigures);
    return names.map((name) => `${name} ${shownNumber(metrics[name], 4)}`);
}
const proofShown = 10;
/** The proof of a failure stands first, and the last line of a log says most. */
function excerpt(lines) {
    if (lines.length <= proofShown)
        return lines;
    return [...lines.slice(0, proofShown / 2), '...', ...lines.slice(-proofShown / 2)];
}
/** What happened, what to do: for the annotation and the end of the log. */
function failureText(failure) {
    const proof = excerpt(failure.evidence).map((line) => `  ${line.slice(0, 300)}`);
    return [failure.message, ...proof, ...(failure.cause ? [failure.cause.text] : []), failure.remedy].join('\n');
}
/** What a stage that passed has to tell, in one line. */
function testDetail({ report }) {
    if (!report)
        return 'passed';
    const ran = report.tests - report.skipped;
    return `${ran} passed${report.skipped > 0 ? `, ${report.skipped} skipped` : ''}`;
}
function buildDetail({ digest, steps, compressedBytes, taken, layout, origin }) {
    const how = taken === undefined ? `${steps.hit} of ${steps.total} steps cached` : `taken from ${taken}`;
    return [layout?.root.digest ?? origin?.root.digest ?? digest, ...(compressedBytes ? [megabytes(compressedBytes)] : []), how].join(', ');
}
function inspectDetail({ leaks, size }) {
    const searched = leaks ? leakDetail(leaks) : 'not searched for secrets (leak-check: false)';
    return size ? `${searched}; ${(0,_inspect_size_text_js__WEBPACK_IMPORTED_MODULE_1__/* .sizeText */ .lP)(size)}` : searched;
}
function leakDetail({ layers, files, bytes, leftOut, ignored, before = 0 }) {
    const read = `no secret in ${files} ${files === 1 ? 'file' : 'files'} of ${layers} ${layers === 1 ? 'layer' : 'layers'} (${megabytes(bytes)})`;
    const most = leftOut.length === 0 ? '' : `; not looked at: ${leftOut.map(({ layer, why }) => `${layer}, ${why}`).join('; ')}`;
    const known = before > 0 ? `, ${before} ${before === 1 ? 'layer' : 'layers'} searched before` : '';
    return `${read}${known}${most}${ignored.length > 0 ? `; ${ignored.length} left out by leak-ignore` : ''}`;
}
function qualityDetail({ file, metrics, requirements }) {
    const held = requirements.filter(({ state }) => state === 'held').length;
    const shown = requirements.length > 0 ? `${held} of ${requirements.length} lines held` : `${Object.keys(metrics).length} metrics`;
    return `${file}: ${shown}`;
}
function publishDetail({ digest, pushedTags, layout }) {
    if (layout !== undefined)
        return `written to ${layout}, ${digest}`;
    return `${pushedTags.length === 0 ? 'no' : pushedTags.length} ${pushedTags.length === 1 ? 'tag' : 'tags'}, ${digest}`;
}
function smokeDetail({ health, stayedUpMs = 0, predict, compared, gpuMissing }) {
    if (!health && gpuMissing)
        return notProven;
    if (!health)
        return `stayed up for ${seconds(stayedUpMs)}, nothing was called`;
    const asked = predict ? `, ${predict.path} ${predict.status} in ${seconds(predict.ms)}${compared ? ', as expected' : ''}` : '';
    return `${health.path} ${health.status} after ${seconds(health.ms)}${asked}${gpuMissing ? `; ${notProven}` : ''}`;
}


/***/ })

};
