export const id = 7946;
export const ids = [7946];
export const modules = {

/***/ 8790:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $4: () => (/* binding */ numberText),
/* harmony export */   Tc: () => (/* binding */ timeText),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   WT: () => (/* binding */ callText),
/* harmony export */   fL: () => (/* binding */ percentText),
/* harmony export */   k0: () => (/* binding */ changeText),
/* harmony export */   pV: () => (/* binding */ bytesText),
/* harmony export */   x8: () => (/* binding */ signed),
/* harmony export */   yU: () => (/* binding */ someOf)
/* harmony export */ });
/** Amounts as people read them: in the log, in reports, in advice. Nothing here is read by a machine. */
const minus = '\u2212';
/** Bytes in decimal units, as registries tell them: `812 B`, `12.3 kB`, `47.1 MB`, `1.25 GB`. */
function bytesText(bytes) {
    if (bytes < 0)
        return `${minus}${bytesText(-bytes)}`;
    if (bytes < 999.5)
        return `${Math.round(bytes)} B`;
    if (bytes < 999_950)
        return `${(bytes / 1e3).toFixed(1)} kB`;
    if (bytes < 999_950_000)
        return `${(bytes / 1e6).toFixed(1)} MB`;
    return `${(bytes / 1e9).toFixed(2)} GB`;
}
/** How long something took (ms): `820 ms`, `1.9 s`, `2m 5s`. */
function timeText(ms) {
    if (ms < 999.5)
        return `${Math.round(ms)} ms`;
    if (ms < 59_950)
        return `${(ms / 1000).toFixed(1)} s`;
    const whole = Math.round(ms / 1000);
    return `${Math.floor(whole / 60)}m ${whole % 60}s`;
}
/** The time of a call (ms), where tenths matter: `4.1 ms`, `212 ms`, `1520 ms`, `12.0 s`. */
function callText(ms) {
    if (ms < 99.95)
        return `${Number(ms.toFixed(1))} ms`;
    return ms < 9_999.5 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
/** A share of 1: `0.8 %`. */
function percentText(share) {
    return `${(share * 100).toFixed(1)} %`;
}
/** With its sign, also of what is more. */
function signed(amount, text) {
    return `${amount < 0 ? minus : '+'}${text(Math.abs(amount))}`;
}
/** How many bytes more or less than before: `+3.1 MB, +0.8 %`; without per cent where there was nothing before. */
function changeText(bytes, before) {
    const change = bytes - before;
    if (change === 0)
        return 'as before';
    const share = before > 0 ? [signed(change / before, percentText)] : [];
    return [signed(change, bytesText), ...share].join(', ');
}
/** `1 layer`, `2 layers`. */
function count(number, one, many = `${one}s`) {
    return `${number} ${number === 1 ? one : many}`;
}
/** The first of many, and how many more: `a, b, c and 4 more`. */
function someOf(names, most = 3) {
    const more = names.length - most;
    return `${names.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
/** A number with so many digits that say something. */
function numberText(value, digits = 6) {
    return value === null || value === undefined ? 'not a number' : String(Number(value.toPrecision(digits)));
}


/***/ }),

/***/ 25129:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ sizeText)
/* harmony export */ });
/* harmony import */ var _amounts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8790);

/** `47.1 MB compressed (+3.1 MB, +0.8 %)` */
function sizeText({ bytes, previous, platform }) {
    const change = previous ? ` (${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_0__/* .changeText */ .k0)(bytes, previous.bytes)})` : '';
    return `${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_0__/* .bytesText */ .pV)(bytes)} compressed${change}${platform === undefined ? '' : ` for ${platform}`}`;
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

/***/ 85639:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ gainText)
/* harmony export */ });
/* harmony import */ var _amounts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8790);

/** What following a piece of advice wins, in a few words. */
function gainText(gain) {
    switch (gain.kind) {
        case 'size':
            return gain.bytes === undefined ? 'a smaller image' : `${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_0__/* .bytesText */ .pV)(gain.bytes)} less`;
        case 'time':
            return gain.ms === undefined ? 'a faster build' : `${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_0__/* .timeText */ .Tc)(gain.ms)} less`;
        case 'risk':
            return gain.text;
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
/* harmony export */   ZJ: () => (/* binding */ smokeDetail),
/* harmony export */   _0: () => (/* binding */ testDetail),
/* harmony export */   gI: () => (/* binding */ inspectDetail),
/* harmony export */   hL: () => (/* binding */ stageNames),
/* harmony export */   kY: () => (/* binding */ failureText),
/* harmony export */   u5: () => (/* binding */ figures)
/* harmony export */ });
/* harmony import */ var _amounts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8790);
/* harmony import */ var _inspect_size_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(25129);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45650);



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
    const took = `${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(report.durationMs)}${report.smoke?.gpuMissing ? ' (model not proven: no GPU)' : ''}`;
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
    const took = (0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(durationMs);
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
        ...(smoke?.health ? [`${smoke.health.path} ${smoke.health.status} in ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(smoke.health.ms)}`] : []),
        ...(smoke?.stayedUpMs ? [`stayed up for ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(smoke.stayedUpMs)}`] : []),
        ...(smoke?.predict ? [`${smoke.predict.path} ${smoke.predict.status}, ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(smoke.predict.ms)}`] : []),
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
    return [`image ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .bytesText */ .pV)(bytes)}${size?.previous ? ` (${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .changeText */ .k0)(size.bytes, size.previous.bytes)})` : ''}`];
}
function measuredFigures({ coldStart, warm, peakMemory }) {
    return [
        `cold start ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(coldStart)}`,
        ...(warm && warm.p50 !== null && warm.p95 !== null ? [`warm p50 ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .callText */ .WT)(warm.p50)}, p95 ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .callText */ .WT)(warm.p95)}`] : []),
        ...(peakMemory === undefined ? [] : [`memory ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .bytesText */ .pV)(peakMemory)}`]),
    ];
}
const mostFigures = 5;
/** The metrics that were asked for, else the first. */
function metricFigures({ metrics, requirements }) {
    const asked = [...new Set(requirements.map(({ name }) => name))];
    const names = (asked.length > 0 ? asked : Object.keys(metrics)).slice(0, mostFigures);
    return names.map((name) => `${name} ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .numberText */ .$4)(metrics[name], 4)}`);
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
    return [layout?.root.digest ?? origin?.root.digest ?? digest, ...(compressedBytes ? [(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .bytesText */ .pV)(compressedBytes)] : []), how].join(', ');
}
function inspectDetail({ leaks, size }) {
    const searched = leaks ? leakDetail(leaks) : 'not searched for secrets (leak-check: false)';
    return size ? `${searched}; ${(0,_inspect_size_text_js__WEBPACK_IMPORTED_MODULE_2__/* .sizeText */ .l)(size)}` : searched;
}
function leakDetail({ layers, files, bytes, leftOut, ignored, before = 0 }) {
    const read = `no secret in ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(files, 'file')} of ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(layers, 'layer')} (${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .bytesText */ .pV)(bytes)})`;
    const most = leftOut.length === 0 ? '' : `; not looked at: ${leftOut.map(({ layer, why }) => `${layer}, ${why}`).join('; ')}`;
    const known = before > 0 ? `, ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(before, 'layer')} searched before` : '';
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
        return `stayed up for ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(stayedUpMs)}, nothing was called`;
    const asked = predict ? `, ${predict.path} ${predict.status} in ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(predict.ms)}${compared ? ', as expected' : ''}` : '';
    return `${health.path} ${health.status} after ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(health.ms)}${asked}${gpuMissing ? `; ${notProven}` : ''}`;
}


/***/ })

};
