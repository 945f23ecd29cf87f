export const id = 8079;
export const ids = [8079];
export const modules = {

/***/ 16200:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ cacheFigures),
/* harmony export */   P: () => (/* binding */ figuresText)
/* harmony export */ });
/* harmony import */ var _amounts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8790);

function cacheFigures({ because }, { cache, door }, { cacheTimes, cacheTrouble }) {
    const trouble = door?.trouble() ?? cacheTrouble;
    return {
        kind: cache.kind,
        because,
        ...('scope' in cache ? { scope: cache.scope } : {}),
        ...cacheTimes,
        ...(door ? { downloadedBytes: door.traffic.downloaded, uploadedBytes: door.traffic.uploaded } : {}),
        ...(trouble === undefined ? {} : { trouble }),
    };
}
/** The same in one line of the log. */
function figuresText(report, { hit, total }) {
    const took = (word, ms) => (ms === undefined ? [] : [`${word} in ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_0__/* .timeText */ .Tc)(ms)}`]);
    const size = (word, bytes) => (bytes ? [`${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_0__/* .bytesText */ .pV)(bytes)} ${word}`] : []);
    const parts = [
        `${hit} of ${total} steps cached`,
        ...took('looked up', report.importMs),
        ...size('read', report.downloadedBytes),
        ...took('exported', report.exportMs),
        ...size('written', report.uploadedBytes),
    ];
    return `Layer cache: ${parts.join(', ')}.`;
}


/***/ }),

/***/ 28079:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  summaryMarkdown: () => (/* binding */ summaryMarkdown)
});

// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(63021);
// EXTERNAL MODULE: ./lib/report/text.js
var report_text = __webpack_require__(44639);
// EXTERNAL MODULE: ./lib/amounts.js
var amounts = __webpack_require__(8790);
// EXTERNAL MODULE: ./lib/report/gain.js
var report_gain = __webpack_require__(85639);
;// CONCATENATED MODULE: ./lib/report/place.js

const repositoryUrl = /^https?:\/\/[\w.:-]+(\/[\w.-]+)+$/;
const commit = /^[a-f0-9]{40,64}$/;
/** Paths of Linux are not longer (PATH_MAX, bytes). */
const longestPath = 4_096;
/** The page of a line in the commit of a run; undefined where the run knows none, or the path would lead elsewhere. */
function sourceUrl(source, { file, line }) {
    if (!source || file.length > longestPath || !repositoryUrl.test(source.url) || !commit.test(source.revision))
        return undefined;
    const parts = file.toWellFormed().split('/');
    if (parts.some((part) => part === '' || part === '.' || part === '..'))
        return undefined;
    const path = parts.map((part) => encodeURIComponent(part).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)).join('/');
    return `${source.url}/blob/${source.revision}/${path}${line === undefined ? '' : `#L${line}`}`;
}
const placeText = ({ file, line }) => (line === undefined ? (0,markdown/* clip */.$Q)(file, 500) : `${(0,markdown/* clip */.$Q)(file, 500)}:${line}`);
/** In a label of a link a bracket is one even in code, and may end it: a text that has any is written in plain letters. */
function linked(text, url, shown) {
    const label = url !== undefined && /[[\]]/.test(text) ? (0,markdown/* escapeMarkdown */.FV)(text) : shown(text);
    return url === undefined || label === '' ? label : `[${label}](${url})`;
}
/** A place as a link in a line of markdown, or as code where there is nothing to link to. */
function placeLink({ source }, place) {
    return linked(placeText(place), sourceUrl(source, place), markdown/* code */.aY);
}
/** The same in a cell of a table. */
function placeCell({ source }, place) {
    return place ? linked(placeText(place), sourceUrl(source, place), markdown/* cellCode */.GA) : '';
}

// EXTERNAL MODULE: ./lib/report/summary/section.js
var section = __webpack_require__(342);
;// CONCATENATED MODULE: ./lib/report/summary/advice.js





/** How many are told, and whether with the change that mends them. */
const advice_forms = [
    { most: 50, fixes: true },
    { most: 50, fixes: false },
    { most: 10, fixes: false },
];
const longestFix = 5_000;
/** The checks come from whatever frontend the Dockerfile names. */
const ofDocker = /^https:\/\/docs\.docker\.com\/[\w./#-]{0,300}$/;
function oneAdvice(report, { rule, message, why, at, fix, gain }, fixes) {
    const head = [`**${(0,markdown/* escapeMarkdown */.FV)(message)}**`, (0,markdown/* escapeMarkdown */.FV)((0,markdown/* clip */.$Q)((0,report_gain/* gainText */.N)(gain), 200)), at ? placeLink(report, at) : '', (0,markdown/* code */.aY)(rule)];
    const diff = fixes && fix !== undefined ? [(0,markdown/* fenced */.OF)((0,markdown/* clip */.$Q)(fix, longestFix).split('\n'), 'diff')] : [];
    return [head.filter(Boolean).join(' · '), (0,markdown/* escapeMarkdown */.FV)(why), ...diff].filter(Boolean).join('\n\n');
}
function oneCheck(report, { rule, message, url, at }) {
    const name = (0,markdown/* code */.aY)(rule.replace(/[[\]]/g, ' '));
    const linked = url !== undefined && name !== '' && ofDocker.test(url) ? `[${name}](${url})` : name;
    return `- ${[(0,markdown/* escapeMarkdown */.FV)(message), at ? placeLink(report, at) : '', linked].filter(Boolean).join(' · ')}`;
}
/** What could be better: our advice with its gain and the change to make, and what BuildKit's checks say. */
const advice = (report) => {
    const { checks, advice: given = [] } = report;
    if (given.length === 0 && checks.length === 0)
        return [];
    const title = [
        ...(given.length > 0 ? [(0,amounts/* count */.U9)(given.length, 'piece of advice', 'pieces of advice')] : []),
        ...(checks.length > 0 ? [(0,amounts/* count */.U9)(checks.length, 'check of the Dockerfile', 'checks of the Dockerfile')] : []),
    ].join(', ');
    return advice_forms.map(({ most, fixes }) => {
        const ours = (0,section/* firstOf */.K)(given, most);
        const theirs = (0,section/* firstOf */.K)(checks, most);
        const told = [
            ...(given.length > 0 ? [`${ours.shown.map((one) => oneAdvice(report, one, fixes)).join('\n\n')}${(0,section/* andMore */.v)(ours.more)}`] : []),
            ...(checks.length > 0 ? [`${theirs.shown.map((one) => oneCheck(report, one)).join('\n')}${(0,section/* andMore */.v)(theirs.more)}`] : []),
        ];
        return (0,markdown/* fold */.AU)(`What could be better: ${title}`, told.join('\n\n'));
    });
};

// EXTERNAL MODULE: ./lib/build/cache/figures.js
var figures = __webpack_require__(16200);
;// CONCATENATED MODULE: ./lib/report/summary/build.js



const mostSteps = 10;
/** A step that is over sooner is not worth a look (ms). */
const worthTelling = 1_000;
const isTimed = (step) => step.ms !== undefined && step.ms >= worthTelling;
/** What the layer cache has given and cost, and the steps that took longest. */
const build = ({ image }) => {
    if (!image)
        return [];
    const { cache, steps, stepList } = image;
    const used = cache && cache.kind !== 'none' ? cache : undefined;
    const slowest = stepList.filter(isTimed).toSorted((a, b) => b.ms - a.ms);
    if (!used && slowest.length === 0)
        return [];
    const trouble = used?.trouble === undefined ? '' : ` The cache could not be used: ${used.trouble}`;
    const rows = slowest.slice(0, mostSteps).map(({ name, ms }) => [(0,amounts/* timeText */.Tc)(ms), (0,markdown/* cellCode */.GA)((0,markdown/* clip */.$Q)(name, 200))]);
    const told = [
        ...(used ? [(0,markdown/* escapeMarkdown */.FV)(`${(0,figures/* figuresText */.P)(used, steps)} It is ${used.kind}: ${used.because}.${trouble}`)] : []),
        ...(rows.length > 0 ? [(0,markdown/* table */.tp)([{ name: 'Time', right: true }, { name: 'Step' }], rows)] : []),
    ];
    const ran = steps.total - steps.hit;
    return [(0,markdown/* fold */.AU)(`Build: ${steps.hit} of ${steps.total} steps from the cache, ${ran} run`, told.join('\n\n'))];
};

;// CONCATENATED MODULE: ./lib/report/summary/failure.js



const mostLines = 200;
const longestLine = 2_000;
/** What happened, what proves it, and what to do. Of long proof an excerpt stands there, so that this is not far down. */
const failure = (report) => {
    const { failure: red } = report;
    if (!red)
        return [];
    const lines = red.evidence.slice(0, mostLines).map((line) => (0,markdown/* clip */.$Q)(line, longestLine));
    const shown = (0,report_text/* excerpt */.Kb)(lines);
    const told = [
        (0,markdown/* escapeMarkdown */.FV)(red.message),
        ...(shown.length > 0 ? [(0,markdown/* fenced */.OF)(shown)] : []),
        ...(red.at ? [placeLink(report, red.at)] : []),
        ...(red.cause ? [`**Cause:** ${(0,markdown/* escapeMarkdown */.FV)(red.cause.text)}`] : []),
        `**Next:** ${(0,markdown/* escapeMarkdown */.FV)(red.remedy)}`,
    ].join('\n\n');
    const short = [(0,markdown/* escapeMarkdown */.FV)(red.message), `**Next:** ${(0,markdown/* escapeMarkdown */.FV)(red.remedy)}`].join('\n\n');
    const whole = shown.length < lines.length ? [`${told}\n\n${(0,markdown/* fold */.AU)(`All ${red.evidence.length} lines`, (0,markdown/* fenced */.OF)(lines))}`] : [];
    return [...whole, told, short];
};

;// CONCATENATED MODULE: ./lib/report/summary/image.js


const mostTags = 200;
/** Of GitHub, with what its own pages are called by. */
const page = /^https?:\/\/[\w.:-]{1,300}(\/[\w.-]{1,200}){1,10}$/;
const image_linked = (label, url) => (url !== undefined && page.test(url) ? `[${label}](${url})` : label);
const attestedText = ({ about, url }) => image_linked(about, url);
function promotion({ found, revision, run }) {
    const by = run === undefined ? '' : `, by ${image_linked('its run', run)}`;
    return `${(0,markdown/* code */.aY)(found)} was gated and published for commit ${(0,markdown/* code */.aY)(revision.slice(0, 12))}${by}: nothing was run again.`;
}
/** How to have it by its digest, and the tags that were set, ready to be copied. */
function pulling({ names, pushedTags }, digest) {
    const { shown, more } = (0,section/* firstOf */.K)(pushedTags, mostTags);
    return [`docker pull ${names[0]}@${digest}`, ...(shown.length > 0 ? [''] : []), ...shown, ...(more > 0 ? [`and ${more} more`] : [])];
}
/** Where the image is and by what names. */
const image_image = (report) => {
    const { merged, promoted, attested, pushed, push } = report;
    const digest = report.image?.digest || merged?.digest;
    const told = [
        ...(promoted ? [promotion(promoted)] : []),
        ...(attested && attested.length > 0 ? [`Attested: ${attested.map(attestedText).join(', ')}`] : []),
        ...(digest && !pushed ? [`Image ${(0,markdown/* code */.aY)(digest)}${push.layout ? `, in ${(0,markdown/* escapeMarkdown */.FV)(push.layout.given)}` : ''}`] : []),
        ...(digest && pushed ? [(0,markdown/* fold */.AU)('Tags and digest', (0,markdown/* fenced */.OF)(pulling(report, digest)))] : []),
    ];
    return told.length > 0 ? [told.join('\n\n')] : [];
};

// EXTERNAL MODULE: ./lib/inspect/size/text.js
var size_text = __webpack_require__(25129);
;// CONCATENATED MODULE: ./lib/report/summary/layers.js




const most = [40, 10];
const bytesOf = (layers) => layers.reduce((sum, { bytes }) => sum + bytes, 0);
/** Whether the image before this one has it; nothing where nobody knows. */
function news(layers) {
    const known = layers.filter(({ isNew }) => isNew !== undefined);
    const fresh = known.filter(({ isNew }) => isNew).length;
    if (known.length === 0 || fresh === 0)
        return '';
    return fresh === layers.length ? 'new' : `${fresh} new`;
}
/** The largest of the build's own layers in the order of the image, and all of its base as one row. */
function rows(report, { layers }, size) {
    const own = layers.filter((layer) => layer.own);
    const base = layers.filter((layer) => !layer.own);
    const largest = new Set(own.toSorted((a, b) => b.bytes - a.bytes).slice(0, size));
    const rest = own.filter((layer) => !largest.has(layer));
    return [
        ...(base.length > 0 ? [[(0,amounts/* bytesText */.pV)(bytesOf(base)), news(base), `base image, ${(0,amounts/* count */.U9)(base.length, 'layer')}`, '']] : []),
        ...own
            .filter((layer) => largest.has(layer))
            .map((layer) => [
            (0,amounts/* bytesText */.pV)(layer.bytes),
            news([layer]),
            (0,markdown/* cellCode */.GA)((0,markdown/* clip */.$Q)((0,markdown/* clip */.$Q)(layer.instruction, 2_000).replace(/\s+/g, ' ').trim(), 200)),
            placeCell(report, layer.at),
        ]),
        ...(rest.length > 0 ? [[(0,amounts/* bytesText */.pV)(bytesOf(rest)), news(rest), `${(0,amounts/* count */.U9)(rest.length, 'smaller layer')}`, '']] : []),
    ];
}
/** What the image weighs, layer by layer, and which of them are not in the image before it. */
const layers_layers = (report) => {
    const { size } = report;
    if (!size || size.layers.length === 0)
        return [];
    const { previous } = size;
    const columns = [{ name: 'Size', right: true }, { name: '' }, { name: 'Layer' }, { name: 'At' }];
    const beside = previous ? `\n\nBeside ${(0,markdown/* code */.aY)(previous.reference)} (${(0,amounts/* bytesText */.pV)(previous.bytes)}).` : '';
    return most.map((number) => (0,markdown/* fold */.AU)(`Layers: ${(0,size_text/* sizeText */.l)(size)}`, `${(0,markdown/* table */.tp)(columns, rows(report, size, number))}${beside}`));
};

;// CONCATENATED MODULE: ./lib/report/summary/leaks.js


const leaks_most = [50, 10];
/** Of the search for secrets what is not plainly good: what was not looked at, what was left out, what looks like one. */
const leaks = ({ leaks: found }) => {
    if (!found)
        return [];
    const lines = [
        ...found.advice.map((place) => ['looks like a secret, in a package of others: ', place]),
        ...found.leftOut.map(({ layer, why }) => ['not looked at: ', layer, ', ', why]),
        ...found.ignored.map((place) => ['left out by leak-ignore: ', place]),
    ];
    if (lines.length === 0)
        return [];
    return leaks_most.map((size) => {
        const { shown, more } = (0,section/* firstOf */.K)(lines, size);
        return (0,markdown/* fold */.AU)(`Search for secrets: ${lines.length} remarks`, `${shown.map((words) => `- ${(0,markdown/* escapeMarkdown */.FV)(words.map((word) => (0,markdown/* clip */.$Q)(word, 500)).join(''))}`).join('\n')}${(0,section/* andMore */.v)(more)}`);
    });
};

;// CONCATENATED MODULE: ./lib/report/summary/measured.js


const columns = [
    { name: 'Cold start', right: true },
    { name: 'First prediction', right: true },
    { name: 'Warm p50', right: true },
    { name: 'p95', right: true },
    { name: 'p99', right: true },
    { name: 'Calls', right: true },
    { name: 'Peak memory', right: true },
];
const mostPlatforms = 20;
const milliseconds = (value) => (value === null ? 'failed' : (0,amounts/* callText */.WT)(value));
function row({ platform, measured }) {
    if (!measured)
        return [];
    const { coldStart, firstPredict, warm, peakMemory } = measured;
    return [
        [
            (0,markdown/* cellCode */.GA)(platform ?? ''),
            (0,amounts/* timeText */.Tc)(coldStart),
            firstPredict === undefined ? '' : (0,amounts/* timeText */.Tc)(firstPredict),
            ...(warm ? [warm.p50, warm.p95, warm.p99].map(milliseconds) : ['', '', '']),
            warm ? `${warm.calls}${warm.failed > 0 ? ` (${warm.failed} failed)` : ''}` : '',
            peakMemory === undefined ? '' : (0,amounts/* bytesText */.pV)(peakMemory),
        ],
    ];
}
/** How long the container takes to start and to predict, and what memory it takes. Calls are made one at a time. */
const measured = ({ smoke }) => {
    const all = smoke ? [smoke, ...(smoke.others ?? [])].slice(0, mostPlatforms) : [];
    const rows = all.flatMap(row);
    if (rows.length === 0)
        return [];
    const body = all.some(({ platform }) => platform !== undefined)
        ? (0,markdown/* table */.tp)([{ name: 'Platform' }, ...columns], rows)
        : (0,markdown/* table */.tp)(columns, rows.map(([, ...figures]) => figures));
    return [(0,markdown/* fold */.AU)('Latency and memory', body)];
};

;// CONCATENATED MODULE: ./lib/report/summary/metrics.js



const metrics_most = [50, 10];
const states = {
    held: '✅ held',
    broken: '❌ broken',
    missing: '❌ missing',
    unknown: 'no previous value',
};
const shown = (value) => (value === undefined ? '' : (0,amounts/* numberText */.$4)(value, 6));
/** The metrics of the model: each line of `require` with what it was held against, or else all there are. */
const metrics = ({ metrics: found }) => {
    if (!found)
        return [];
    const { requirements, previous } = found;
    const names = Object.entries(found.metrics);
    const beside = previous === undefined ? '' : `\n\nPrevious values are of ${(0,markdown/* code */.aY)(previous)}.`;
    return metrics_most.map((size) => {
        if (requirements.length > 0) {
            const { shown: lines, more } = (0,section/* firstOf */.K)(requirements, size);
            const rows = lines.map((line) => [
                (0,markdown/* cellCode */.GA)((0,markdown/* clip */.$Q)(line.requirement, 200)),
                shown(line.got),
                shown(line.bound),
                shown(line.previous),
                states[line.state],
            ]);
            const columns = [
                { name: 'Line' },
                { name: 'Got', right: true },
                { name: 'Bound', right: true },
                { name: 'Previous', right: true },
                { name: 'Result' },
            ];
            const held = requirements.filter(({ state }) => state === 'held').length;
            return (0,markdown/* fold */.AU)(`Metrics: ${held} of ${requirements.length} lines held`, `${(0,markdown/* table */.tp)(columns, rows)}${(0,section/* andMore */.v)(more)}${beside}`);
        }
        const { shown: some, more } = (0,section/* firstOf */.K)(names, size);
        const rows = some.map(([name, value]) => [(0,markdown/* cellCode */.GA)((0,markdown/* clip */.$Q)(name, 200)), (0,amounts/* numberText */.$4)(value, 6)]);
        return (0,markdown/* fold */.AU)(`Metrics: ${names.length}`, `${(0,markdown/* table */.tp)([{ name: 'Metric' }, { name: 'Value', right: true }], rows)}${(0,section/* andMore */.v)(more)}`);
    });
};

;// CONCATENATED MODULE: ./lib/report/summary/notices.js


const notices_most = [50, 10, 3];
/** What the user should know, each in a quote of its own. */
const notices = (report) => report.notices.length === 0
    ? []
    : notices_most.map((size) => {
        const { shown, more } = (0,section/* firstOf */.K)(report.notices, size);
        return [...shown.map((notice) => `> ${(0,markdown/* escapeMarkdown */.FV)(notice)}`), ...(more > 0 ? [`> And ${more} more.`] : [])].join('\n\n');
    });

;// CONCATENATED MODULE: ./lib/report/summary/parts.js


const parts_most = 50;
/** The images of a merge. */
const parts = ({ merged }) => {
    if (!merged)
        return [];
    const { shown, more } = (0,section/* firstOf */.K)(merged.parts, parts_most);
    const rows = shown.map(({ platform, digest, tests, smoke }) => [(0,markdown/* cellCode */.GA)(platform), tests, smoke, (0,markdown/* cellCode */.GA)(digest)]);
    return [`${(0,markdown/* table */.tp)([{ name: 'Platform' }, { name: 'Test' }, { name: 'Smoke' }, { name: 'Image' }], rows)}${(0,section/* andMore */.v)(more)}`];
};

// EXTERNAL MODULE: ./lib/smoke/comparison.js
var smoke_comparison = __webpack_require__(26784);
;// CONCATENATED MODULE: ./lib/report/summary/predictions.js



const predictions_columns = [
    { name: 'Sample' },
    { name: 'Path' },
    { name: 'Was', right: true },
    { name: 'Is', right: true },
    { name: 'Change', right: true },
];
const longestValue = 200;
const predictions_most = [10, 1];
const written = (json) => (json === undefined ? 'nothing' : JSON.stringify(json));
/** The changes, the gravest first; of a report that has only the largest, that. */
function rowsOf({ changes, largest }) {
    if (changes)
        return changes;
    return largest ? [{ ...largest, previous: written(largest.previous), now: written(largest.now) }] : [];
}
const cells = ({ sample, path, previous, now, delta }) => [
    (0,markdown/* cellCode */.GA)((0,markdown/* clip */.$Q)(sample, 100)),
    ...[path, previous, now].map((text) => (0,markdown/* cellCode */.GA)((0,markdown/* clip */.$Q)(text, longestValue))),
    delta === undefined ? '' : `${delta > 0 ? '+' : ''}${Number(delta.toPrecision(6))}`,
];
/** How predictions stand to those of another image: open where they differ, with the largest changes. */
const predictions = ({ smoke }) => {
    const { comparison } = smoke ?? {};
    if (!comparison)
        return [];
    const { largest, differing, samples } = comparison;
    const text = (0,markdown/* escapeMarkdown */.FV)((0,markdown/* shortDigests */.sY)((0,smoke_comparison/* comparisonText */.VF)(comparison)));
    if (!largest)
        return [(0,markdown/* fold */.AU)(`Predictions: ${samples - differing} of ${samples} agree with another image`, text)];
    return predictions_most.map((size) => {
        const { shown, more } = (0,section/* firstOf */.K)(rowsOf(comparison), size);
        return (0,markdown/* fold */.AU)(`Predictions: ${differing} of ${samples} differ`, `${text}\n\n${(0,markdown/* table */.tp)(predictions_columns, shown.map(cells))}${(0,section/* andMore */.v)(more)}`, 'open');
    });
};

;// CONCATENATED MODULE: ./lib/report/summary/samples.js



const samples_most = [100, 20, 5];
const samples_columns = [
    { name: 'Sample' },
    { name: 'Request' },
    { name: 'Status', right: true },
    { name: 'Time', right: true },
    { name: 'Result' },
];
function samples_row({ name, method, path, status, ms, result, why, compared }) {
    const passed = compared ? '✅ as expected' : '✅ answered';
    return [
        (0,markdown/* cellCode */.GA)((0,markdown/* clip */.$Q)(name, 100)),
        (0,markdown/* cellCode */.GA)(`${(0,markdown/* clip */.$Q)(method, 20)} ${(0,markdown/* clip */.$Q)(path, 200)}`),
        status === undefined ? '' : String(status),
        ms === undefined ? '' : (0,amounts/* timeText */.Tc)(ms),
        result === 'passed' ? passed : `❌ ${(0,markdown/* escapeMarkdown */.FV)((0,markdown/* clip */.$Q)(why ?? '', 300))}`,
    ];
}
/** The samples and their answers, where there are several or one was not as expected; those first. */
const samples = ({ smoke }) => {
    const all = smoke?.samples ?? [];
    const failed = all.filter(({ result }) => result === 'failed');
    if (all.length < 2 && failed.length === 0)
        return [];
    const number = smoke?.sampleCount ?? all.length;
    const sorted = [...failed, ...all.filter(({ result }) => result === 'passed')];
    return samples_most.map((size) => {
        const { shown } = (0,section/* firstOf */.K)(sorted, size);
        const body = `${(0,markdown/* table */.tp)(samples_columns, shown.map(samples_row))}${(0,section/* andMore */.v)(number - shown.length)}`;
        return (0,markdown/* fold */.AU)(`Samples: ${number - failed.length} of ${number} as expected`, body, failed.length > 0 ? 'open' : 'closed');
    });
};

;// CONCATENATED MODULE: ./lib/report/summary/stages.js



const longestDetail = 500;
const marks = {
    passed: '✅ passed',
    failed: '❌ failed',
    skipped: 'skipped',
    stopped: 'stopped',
    'not run': 'not run',
    reused: '✅ reused',
};
/** What ran has a time; so has what was stopped, unless nobody has seen it end. */
function tookText({ state, duration }) {
    if (state === 'passed' || state === 'failed')
        return (0,amounts/* timeText */.Tc)(duration);
    return state === 'stopped' && duration > 0 ? (0,amounts/* timeText */.Tc)(duration) : '';
}
/** A row for each stage. */
const stages = (report) => [
    (0,markdown/* table */.tp)([{ name: 'Stage' }, { name: 'Result' }, { name: 'Time', right: true }, { name: 'Detail' }], report.stages.map((stage) => [
        report_text/* stageNames */.hL[stage.stage],
        marks[stage.state],
        tookText(stage),
        (0,markdown/* escapeMarkdown */.FV)((0,markdown/* shortDigests */.sY)((0,markdown/* clip */.$Q)(stage.detail, longestDetail))),
    ])),
];

;// CONCATENATED MODULE: ./lib/report/summary/tests.js




/** As many are read; those behind them are folded. */
const mostOpen = 10;
/** Of failed tests: how many are told, and how much of a message (characters). */
const failedForms = [
    { most: 200, longest: 2_000 },
    { most: 50, longest: 1_000 },
    { most: 10, longest: 300 },
];
function oneFailed(report, { name, message, file, line }, longest) {
    const place = file === undefined ? '' : placeLink(report, { file, ...(line === undefined ? {} : { line }) });
    const head = [`**${(0,markdown/* code */.aY)((0,markdown/* clip */.$Q)(name, 500)) || 'without a name'}**`, place].filter(Boolean).join(' · ');
    const said = (0,markdown/* clip */.$Q)(message, longest);
    return said.trim() === '' ? head : `${head}\n\n${(0,markdown/* fenced */.OF)([said])}`;
}
/** What failed, where and with what, the first of them open. */
const failedTests = (report) => {
    const { failures = [] } = report.tests ?? {};
    if (failures.length === 0)
        return [];
    return failedForms.map(({ most, longest }) => {
        const { shown, more } = (0,section/* firstOf */.K)(failures, most);
        const told = shown.map((failed) => oneFailed(report, failed, longest));
        const behind = told.slice(mostOpen);
        return [
            (0,markdown/* fold */.AU)((0,amounts/* count */.U9)(failures.length, 'failed test'), told.slice(0, mostOpen).join('\n\n'), 'open'),
            ...(behind.length > 0 ? [(0,markdown/* fold */.AU)(`The next ${behind.length}`, `${behind.join('\n\n')}${(0,section/* andMore */.v)(more)}`)] : []),
            ...(behind.length === 0 && more > 0 ? [`And ${(0,amounts/* count */.U9)(more, 'more failed test')}.`] : []),
        ].join('\n\n');
    });
};
/** A suite that is over sooner is not asked where its time goes (timeText). */
const tests_worthTelling = 1;
/** The slowest tests, where they take any time. */
const slowTests = ({ tests }) => {
    const slowest = tests?.slowest ?? [];
    const [first] = slowest;
    if (!first || first.seconds < tests_worthTelling)
        return [];
    const rows = slowest.slice(0, 20).map((one) => [(0,amounts/* timeText */.Tc)(one.seconds * 1_000), (0,markdown/* cellCode */.GA)((0,markdown/* clip */.$Q)(one.name, 300))]);
    return [
        (0,markdown/* fold */.AU)(`Slowest tests (${(0,amounts/* timeText */.Tc)(first.seconds * 1_000)} and less)`, (0,markdown/* table */.tp)([{ name: 'Time', right: true }, { name: 'Test' }], rows)),
    ];
};

;// CONCATENATED MODULE: ./lib/report/summary/timeline.js


/** Seconds between the lines of the scale: at most eight, and none that reads like the one before it. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
function tickInterval(ms) {
    const step = steps.find((seconds) => ms / 1000 / seconds <= 8) ?? 7200;
    return step % 60 === 0 ? `${step / 60}minute` : `${step}second`;
}
const kinds = { passed: 'done', failed: 'crit', stopped: 'active' };
/** Stages beside and behind each other, as a diagram (mermaid), where there are two or more. Nothing of others is in it. */
const timeline = ({ stages }) => {
    const bars = stages.flatMap(({ stage, state, start, duration }) => {
        const kind = kinds[state];
        if (kind === undefined || duration <= 0)
            return [];
        return [`  section ${report_text/* stageNames */.hL[stage]}\n  ${(0,amounts/* timeText */.Tc)(duration)} :${kind}, ${Math.round(start)}, ${Math.round(start + duration)}`];
    });
    if (bars.length < 2)
        return [];
    const end = Math.max(...stages.map(({ start, duration }) => start + duration));
    const scale = ['  dateFormat x', '  axisFormat %M:%S', `  tickInterval ${tickInterval(end)}`];
    return [['```mermaid', 'gantt', ...scale, ...bars, '```'].join('\n')];
};

;// CONCATENATED MODULE: ./lib/report/summary/summary.js

















/** The runner drops a summary over 1 MiB whole. What is hidden from it may yet make it longer. */
const largest = 900 << 10;
const longestFigure = 200;
/** Of a green run one line; of a red one they come after what happened. */
const figureLine = (report) => {
    const all = (0,report_text/* figures */.u5)(report).map((figure) => `**${(0,markdown/* escapeMarkdown */.FV)((0,markdown/* clip */.$Q)(figure, longestFigure))}**`);
    return all.length > 0 ? [all.join(' · ')] : [];
};
/** In the order of reading. */
const sections = {
    failure: failure,
    figures: figureLine,
    stages: stages,
    timeline: timeline,
    notices: notices,
    parts: parts,
    image: image_image,
    'failed tests': failedTests,
    predictions: predictions,
    samples: samples,
    metrics: metrics,
    'what could be better': advice,
    layers: layers_layers,
    latency: measured,
    build: build,
    'slow tests': slowTests,
    'search for secrets': leaks,
};
/** Which section gets shorter when there is no room: each as far as it goes before the next. */
const givesWay = [
    ...['slow tests', 'build', 'search for secrets', 'layers', 'samples', 'metrics', 'latency', 'predictions'],
    ...['what could be better', 'failed tests', 'notices', 'failure', 'parts', 'image', 'timeline', 'figures', 'stages'],
];
/** The one that failed is never left out altogether. */
const mustStay = new Set(['failure']);
/** The longest forms that fit, by shortening one after the other. */
function shorten(head, report, most) {
    const forms = new Map(Object.entries(sections).map(([name, of]) => [name, of(report).filter((form) => form !== '')]));
    const level = new Map();
    const cut = new Set();
    const formOf = (name) => forms.get(name)?.[level.get(name) ?? 0];
    let bytes = Buffer.byteLength(head);
    for (const name of forms.keys())
        bytes += Buffer.byteLength(formOf(name) ?? '') + 2;
    for (const name of givesWay) {
        const last = (forms.get(name)?.length ?? 0) - (mustStay.has(name) ? 1 : 0);
        while (bytes > most && (level.get(name) ?? 0) < last) {
            bytes -= Buffer.byteLength(formOf(name) ?? '');
            level.set(name, (level.get(name) ?? 0) + 1);
            bytes += Buffer.byteLength(formOf(name) ?? '');
            cut.add(name);
        }
    }
    const shown = [...forms.keys()].flatMap((name) => formOf(name) ?? []);
    return { text: [head, ...shown].join('\n\n'), cut: givesWay.filter((name) => cut.has(name)) };
}
/**
 * The job summary (GitHub markdown): the first line says it all, what is long is folded, and it is never too long to be shown.
 * Source of the limit: GitHub's docs, "Workflow commands", 1 MiB for a step.
 */
function summaryMarkdown(report) {
    const { text, cut } = shorten(`### ML image: ${(0,markdown/* escapeMarkdown */.FV)((0,report_text/* headline */.Pl)(report))}`, report, largest);
    const notice = cut.length === 0 ? '' : `\n\n> Shortened or left out, as a summary has room for 1 MiB: ${cut.join(', ')}. The report file has all.`;
    return `${text}${notice}\n`;
}


/***/ }),

/***/ 26784:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   An: () => (/* binding */ sameModel),
/* harmony export */   VF: () => (/* binding */ comparisonText),
/* harmony export */   ZN: () => (/* binding */ compareAnswers)
/* harmony export */ });
/* harmony import */ var _judge_json_path_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48055);
/* harmony import */ var _predictions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(40243);


const mostChanges = 50;
function sameModel(digest, previous) {
    if (digest === undefined || previous === undefined)
        return 'unknown';
    return digest === previous ? 'same' : 'changed';
}
/** Holds the answers of two images against each other, but for what says nothing of their model or is not to be compared. */
function compareAnswers(previous, now, reference, model, rules = new Map()) {
    const ignored = new Set();
    const found = [];
    const compared = [...now].filter(([name]) => previous.has(name));
    const differing = compared.filter(([sample, ours]) => {
        const theirs = previous.get(sample) ?? [];
        const moving = new Set([...(0,_predictions_js__WEBPACK_IMPORTED_MODULE_1__/* .volatilePaths */ .Zd)(theirs), ...(0,_predictions_js__WEBPACK_IMPORTED_MODULE_1__/* .volatilePaths */ .Zd)(ours)]);
        for (const path of moving)
            ignored.add(path);
        const { tolerance, ignore = [] } = rules.get(sample) ?? {};
        const left = ({ path, at }) => moving.has(path) || ignore.some((one) => (0,_judge_json_path_js__WEBPACK_IMPORTED_MODULE_0__/* .names */ .Dy)(one, at));
        const changes = (0,_predictions_js__WEBPACK_IMPORTED_MODULE_1__/* .changesOf */ .fs)(theirs[0], ours[0], tolerance).filter((change) => !left(change));
        // A tensor has more changes than a call may have arguments.
        for (const change of changes)
            found.push({ ...change, sample });
        return changes.length > 0;
    });
    const { at: _, ...largest } = (0,_predictions_js__WEBPACK_IMPORTED_MODULE_1__/* .largestChange */ .Zt)(found) ?? { at: [] };
    return {
        ...{ with: reference, model, samples: compared.length, differing: differing.length },
        ...('path' in largest ? { largest } : {}),
        ...(found.length > 0 ? { changes: gravest(found, mostChanges).map(shownChange) } : {}),
        ignored: [...ignored],
    };
}
const shown = (value) => {
    const text = value === undefined ? 'nothing' : JSON.stringify(value);
    return text.length > 100 ? `${text.slice(0, 100)}...` : text;
};
const size = ({ delta }) => (delta === undefined ? Number.POSITIVE_INFINITY : Math.abs(delta));
/** The gravest first, those that are alike in their order; of a million it keeps no more than these. */
function gravest(changes, most) {
    const kept = [];
    for (const change of changes) {
        if (kept.length === most && size(kept.at(-1) ?? change) >= size(change))
            continue;
        const before = kept.findIndex((one) => size(one) < size(change));
        kept.splice(before < 0 ? kept.length : before, 0, change);
        if (kept.length > most)
            kept.pop();
    }
    return kept;
}
function shownChange({ sample, path, previous, now, delta }) {
    return { sample, path, previous: shown(previous), now: shown(now), ...(delta === undefined ? {} : { delta }) };
}
const models = {
    same: 'the model is the same',
    changed: 'the model has changed',
    unknown: 'whether the model has changed is not known',
};
/** What a comparison has found, in one sentence without its end. */
function comparisonText({ with: reference, model, samples, differing, largest, ignored }) {
    const left = ignored.length > 0 ? ` (left out, as they differ from call to call: ${ignored.slice(0, 5).join(', ')})` : '';
    if (samples === 0)
        return `${reference} answers no sample of this image: nothing is compared`;
    if (!largest)
        return `Predictions agree with ${reference}: ${samples} ${samples === 1 ? 'sample' : 'samples'}, ${models[model]}${left}`;
    const delta = largest.delta === undefined ? '' : ` (${largest.delta > 0 ? '+' : ''}${Number(largest.delta.toPrecision(6))})`;
    return `Predictions differ from ${reference} in ${differing} of ${samples} ${samples === 1 ? 'sample' : 'samples'}, and ${models[model]}. Largest: ${largest.sample} ${largest.path} was ${shown(largest.previous)}, is ${shown(largest.now)}${delta}${left}`;
}


/***/ }),

/***/ 40243:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JN: () => (/* binding */ readAnswer),
/* harmony export */   Zd: () => (/* binding */ volatilePaths),
/* harmony export */   Zt: () => (/* binding */ largestChange),
/* harmony export */   fs: () => (/* binding */ changesOf)
/* harmony export */ });
/* harmony import */ var _judge_json_path_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48055);
/* harmony import */ var _sample_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(29703);


const isList = (value) => Array.isArray(value);
const isObject = (value) => typeof value === 'object' && value !== null && !isList(value);
/** What stands beside each other in two values; a list as by its places, an object by its keys, whichever has them. */
function children(previous, now) {
    if (isList(previous) && isList(now)) {
        const length = Math.max(previous.length, now.length);
        return Array.from({ length }, (_, index) => [index, previous[index], now[index]]);
    }
    if (!isObject(previous) || !isObject(now))
        return undefined;
    const keys = [...new Set([...Object.keys(previous), ...Object.keys(now)])];
    const at = (value, key) => (Object.hasOwn(value, key) ? value[key] : undefined);
    return keys.map((key) => [key, at(previous, key), at(now, key)]);
}
/** All places where two values differ: numbers by more than the tolerance (atol + rtol * |previous|), all else at all. */
function changesOf(previous, now, tolerance = _sample_js__WEBPACK_IMPORTED_MODULE_1__/* .defaultTolerance */ .TH, at = []) {
    const path = (0,_judge_json_path_js__WEBPACK_IMPORTED_MODULE_0__/* .locationText */ .fN)(at);
    if (previous === undefined || now === undefined)
        return previous === now ? [] : [{ path, at, previous, now }];
    const inside = children(previous, now);
    if (inside)
        return inside.flatMap(([key, before, after]) => changesOf(before, after, tolerance, [...at, key]));
    if (typeof previous === 'number' && typeof now === 'number') {
        const delta = now - previous;
        return Math.abs(delta) <= tolerance.atol + tolerance.rtol * Math.abs(previous) ? [] : [{ path, at, previous, now, delta }];
    }
    return previous === now ? [] : [{ path, at, previous, now }];
}
/** An answer as JSON, or the text that it is. */
function readAnswer(body) {
    try {
        return JSON.parse(body);
    }
    catch {
        return body;
    }
}
/** The gravest: what is another kind of thing before what is another number, and of numbers the one that is furthest off. */
function largestChange(changes) {
    const size = ({ delta }) => (delta === undefined ? Number.POSITIVE_INFINITY : Math.abs(delta));
    return changes.reduce((most, change) => (most && size(most) >= size(change) ? most : change), undefined);
}
/** Paths at which the answers of one image to one request differ from each other: they say nothing of its model. */
function volatilePaths(answers) {
    const [first, ...others] = answers;
    return new Set(others.flatMap((other) => changesOf(first, other).map(({ path }) => path)));
}


/***/ })

};
