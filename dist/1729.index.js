export const id = 1729;
export const ids = [1729,7762];
export const modules = {

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

/***/ 21729:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openComment: () => (/* binding */ openComment)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/host/environment.js
var environment = __webpack_require__(48647);
// EXTERNAL MODULE: ./lib/plan/image-name.js
var image_name = __webpack_require__(89916);
// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(63021);
// EXTERNAL MODULE: ./lib/report/text.js
var report_text = __webpack_require__(44639);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./lib/report/comment/identity.js

const hashOf = (...texts) => (0,external_node_crypto_.createHash)('sha256').update(texts.join('\0')).digest('hex').slice(0, 12);
const plain = (text) => text.replace(/[^\w./:-]|--+/g, '_');
/** Whatever the order in which it was written. */
function matrixText(matrix) {
    return JSON.stringify(Object.entries(matrix).sort(([a], [b]) => (a < b ? -1 : 1)));
}
const longestValue = 40;
const valueText = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, longestValue);
/**
 * A job of a matrix has the id of all others (GITHUB_JOB), two steps of a job have other ids (GITHUB_ACTION), and two
 * workflows may have jobs of one name: image and job are for people to read, the hash tells them apart. `variant` is what
 * else makes it another image: file, target, platforms.
 */
function identify(env, image, matrix = {}, variant = []) {
    const job = env['GITHUB_JOB'] ?? '';
    const [workflow = ''] = (env['GITHUB_WORKFLOW_REF'] ?? '').split('@');
    const values = matrixText(matrix);
    return {
        marker: `<!-- ml-image-action:${plain(image)}:${plain(job)}:${hashOf(workflow, job, env['GITHUB_ACTION'] ?? '', values)} -->`,
        figures: hashOf(image, values, ...variant),
        job,
        leg: Object.values(matrix).map(valueText).join(', '),
    };
}
/** Undefined outside of a run of GitHub's. */
function stampOf(env) {
    const [id, attempt] = [Number(env['GITHUB_RUN_ID'] || Number.NaN), Number(env['GITHUB_RUN_ATTEMPT'] || 1)];
    return Number.isSafeInteger(id) && Number.isSafeInteger(attempt) ? { id, attempt } : undefined;
}
const stampText = ({ id, attempt }) => `<!-- run ${id}.${attempt} -->`;
function readStamp(body) {
    const [, id, attempt] = /^<!-- run (\d{1,15})\.(\d{1,6}) -->$/m.exec(body) ?? [];
    return id === undefined ? undefined : { id: Number(id), attempt: Number(attempt) };
}
/** Whether a run was begun after another: GitHub counts them up over the whole site. */
function isLater(one, than) {
    return one !== undefined && than !== undefined && (one.id > than.id || (one.id === than.id && one.attempt > than.attempt));
}

;// CONCATENATED MODULE: ./lib/report/comment/body.js



/** GitHub takes 65,536 characters; what is hidden may become longer when it is masked. */
const longest = 60_000;
/** In steps: the last is short, whatever happened. */
const rooms = [
    { evidence: 40, tests: 50, layers: 20, line: 500 },
    { evidence: 20, tests: 20, layers: 10, line: 300 },
    { evidence: 10, tests: 5, layers: 5, line: 200 },
    { evidence: 0, tests: 0, layers: 0, line: 200 },
];
/** One line without what a terminal would make of it; of a text that may be a megabyte only the beginning is looked at. */
const line = (text, most) => text
    .slice(0, 2 * most)
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .slice(0, most);
/**
 * Text of others in a line. A comment is more than a summary: GitHub makes links of `#1`, `GH-1` and addresses, and tells
 * the issue or the person that is named; a space without width keeps it from that.
 */
function quoted(text, most = 300) {
    return (0,markdown/* escapeMarkdown */.FV)(line(text, most))
        .replace(/#/g, '#\u200b')
        .replace(/\bGH-/gi, 'GH\u200b-')
        .replace(/:\/\//g, ':\u200b//')
        .replace(/\bwww\./gi, 'www\u200b.');
}
const code = (text) => `\`${line(text, 300).replaceAll('`', "'")}\``;
const block = (lines, most) => (0,markdown/* fenced */.OF)(lines.map((one) => line(one, most)));
function heading({ report, rows }) {
    const { failure } = report;
    if (failure)
        return `### ML image: stopped at ${failure.stage} (${failure.code})`;
    const moved = rows.flatMap((row) => row.moved ?? []);
    return `### ML image: gates passed${moved.length > 0 ? `, ${moved.join(', ')}` : ''}`;
}
function place({ report, identity: { job, leg } }) {
    const name = code(report.names[0] ?? 'the image');
    return `${name}${job === '' ? '' : `, job ${code(job)}`}${leg === '' ? '' : ` (${code(leg)})`}, ${(0,report_text/* seconds */.YA)(report.durationMs)}`;
}
function failureParts({ message, evidence, at, cause, remedy }, room) {
    return [
        block(message.split('\n').slice(0, 20), room.line),
        ...(evidence.length > 0 && room.evidence > 0 ? [block(evidence.slice(-room.evidence), room.line)] : []),
        ...(at ? [code(`${at.file}:${at.line}`)] : []),
        ...(cause ? [`**Cause:** ${quoted(cause.text, 1_000)}`] : []),
        `**Next:** ${quoted(remedy, 1_000)}`,
    ];
}
function table(rows, compared) {
    if (rows.length === 0)
        return [];
    const lines = rows.map(({ name, before, now, change, moved }) => {
        const shown = moved === undefined || change === '' ? change : `**${change}**`;
        return compared ? `| ${name} | ${before} | ${now} | ${shown} |` : `| ${name} | ${now} |`;
    });
    const head = compared ? ['| | Before | Now | Change |', '|:--|--:|--:|--:|'] : ['| | Now |', '|:--|--:|'];
    return [[...head, ...lines].join('\n')];
}
function testParts({ tests }, room) {
    const failures = tests?.failures ?? [];
    if (failures.length === 0 || room.tests === 0)
        return [];
    const told = failures.slice(0, room.tests).flatMap(({ name, file, line: at, message }) => {
        const where = file ? `${file}${at === undefined ? '' : `:${at}`} ` : '';
        return [`${where}${name}`, `    ${message}`];
    });
    const more = failures.length > room.tests ? [`and ${failures.length - room.tests} more`] : [];
    return [`<details open><summary>Failed tests (${failures.length})</summary>\n\n${block([...told, ...more], room.line)}\n</details>`];
}
/** What the image has that the one before it had not; of an image that did not move nobody wants to know. */
function layerParts({ size }, rows, room) {
    const moved = rows.some(({ name, moved }) => name.startsWith('Image') && moved !== undefined);
    const fresh = (size?.layers ?? []).filter(({ isNew }) => isNew).toSorted((a, b) => b.bytes - a.bytes);
    if (!moved || fresh.length === 0 || room.layers === 0)
        return [];
    const told = fresh
        .slice(0, room.layers)
        .map(({ bytes, instruction, at }) => `${(0,report_text/* megabytes */.ix)(bytes).padStart(10)}  ${at ? `${at.file}:${at.line} ` : ''}${instruction}`);
    return [`<details><summary>Layers that are new (${fresh.length})</summary>\n\n${block(told, room.line)}\n</details>`];
}
function footer({ against, event }) {
    const { reference, digest, revision } = against;
    const run = event.runUrl ? `[This run](${event.runUrl})` : 'This run';
    const image = reference === undefined ? [] : [`${code(reference)}${digest ? ` (${code(digest.slice(0, 19))})` : ''}`];
    const commit = revision ? [`the published run of ${code(revision.slice(0, 7))}`] : [];
    const before = [...image, ...commit].join(' and ');
    return `${run}${event.sha ? ` of ${code(event.sha.slice(0, 7))}` : ''}${before ? `, compared with ${before}` : ''}.`;
}
function parts(order, room) {
    const { report, rows, against } = order;
    const compared = against.reference !== undefined || against.revision !== undefined;
    const found = report.advice?.length ?? 0;
    return [
        heading(order),
        place(order),
        ...(report.failure ? failureParts(report.failure, room) : []),
        ...testParts(report, room),
        ...table(rows, compared),
        ...layerParts(report, rows, room),
        ...(found > 0 ? [`${found} ${found === 1 ? 'piece' : 'pieces'} of advice in the summary of the run.`] : []),
        footer(order),
    ].join('\n\n');
}
/** The comment (GitHub markdown) without its marker: outcome first, then what moved; under 65,536 characters. */
function commentText(order) {
    const stamp = order.stamp ? `${stampText(order.stamp)}\n` : '';
    const texts = rooms.map((room) => parts(order, room));
    const text = texts.find((one) => one.length <= longest) ?? (texts.at(-1) ?? '').slice(0, longest);
    return `${stamp}${text}\n`.toWellFormed();
}

// EXTERNAL MODULE: ./lib/previous/find.js
var find = __webpack_require__(37762);
;// CONCATENATED MODULE: ./lib/report/comment/figures.js
/** Tests that were switched off are none; of a run that ended before they did nothing is known. */
function testsOf({ tests, stages, result }) {
    if (tests)
        return { passed: tests.tests - tests.failed - tests.errors - tests.skipped, skipped: tests.skipped };
    const left = stages.some(({ stage, state }) => stage === 'test' && state === 'skipped');
    return left && result === 'passed' ? { passed: 0, skipped: 0 } : undefined;
}
function figuresOf(report) {
    const { image, smoke } = report;
    const { warm, coldStart, peakMemory } = smoke?.measured ?? {};
    const tests = testsOf(report);
    const latency = warm && warm.failed === 0 && warm.p50 !== null && warm.p95 !== null ? { p50: warm.p50, p95: warm.p95 } : undefined;
    return {
        ...(image?.compressedBytes ? { bytes: image.compressedBytes } : {}),
        ...(tests ? { tests } : {}),
        ...(latency ? { latency } : {}),
        ...(coldStart === undefined ? {} : { coldStart }),
        ...(peakMemory === undefined ? {} : { peakMemory }),
    };
}
const isAmount = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const textOf = (value) => (typeof value === 'string' ? value : '');
/** The named amounts of an object, if it has them all. */
function amounts(value, ...names) {
    const fields = typeof value === 'object' && value !== null ? value : {};
    if (!names.every((name) => isAmount(fields[name])))
        return undefined;
    return Object.fromEntries(names.map((name) => [name, fields[name]]));
}
/** Reads what a run has kept. Whoever could write into the cache could write this: numbers and hashes, or nothing. */
function parseFigures(text) {
    let said;
    try {
        said = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    if (typeof said !== 'object' || said?.['version'] !== 1)
        return undefined;
    const [digest, revision] = [textOf(said['digest']), textOf(said['revision'])];
    if (!/^sha256:[a-f0-9]{64}$/.test(digest) || !/^([a-f0-9]{40,64})?$/.test(revision))
        return undefined;
    const tests = amounts(said['tests'], 'passed', 'skipped');
    const latency = amounts(said['latency'], 'p50', 'p95');
    return {
        version: 1,
        ...{ digest, revision },
        ...amounts(said, 'bytes'),
        ...(tests ? { tests } : {}),
        ...(latency ? { latency } : {}),
        ...amounts(said, 'coldStart'),
        ...amounts(said, 'peakMemory'),
    };
}

;// CONCATENATED MODULE: ./lib/report/comment/carry.js



/**
 * Figures of what was published travel by GitHub's cache service from the run on a branch to the pull requests into it:
 * that is who may read them, and nothing is written to a registry for it.
 */
const prefixOf = ({ figures }) => `ml-image-figures-1-${figures}-`;
/** The same path in every run: it is part of what a cache is found by. */
function folderOf({ env }, identity) {
    const temp = env['RUNNER_TEMP'];
    return temp && (0,external_node_path_.join)(temp, prefixOf(identity).slice(0, -1));
}
const fileName = 'figures.json';
/** The figures of the last run that published. Undefined where there are none to be had, for whatever reason. */
async function restoreFigures(host, identity) {
    const folder = folderOf(host, identity);
    if (!host.packageCache || !folder)
        return undefined;
    try {
        host.leave({ kind: 'folder', path: folder });
        const prefix = prefixOf(identity);
        // No run has this very key: the newest that begins like it is taken.
        const key = await host.packageCache.restore(folder, `${prefix}of-none`, [prefix]);
        return key === undefined ? undefined : parseFigures(host.files.readText((0,external_node_path_.join)(folder, fileName)) ?? '');
    }
    catch {
        return undefined;
    }
    finally {
        host.files.remove(folder);
    }
}
/** Keeps the figures of a run that published. Never throws. */
async function saveFigures(host, identity, report, revision) {
    const folder = folderOf(host, identity);
    const { image, pushed, promoted } = report;
    // What was promoted was measured by another run.
    if (!host.packageCache || !folder || !image || !pushed || promoted || report.failure)
        return;
    const carried = { ...figuresOf(report), version: 1, digest: image.digest, revision };
    const run = `${host.env['GITHUB_RUN_ID'] ?? host.runId}.${host.env['GITHUB_RUN_ATTEMPT'] ?? '1'}`;
    try {
        host.leave({ kind: 'folder', path: folder });
        host.files.makeFolder(folder);
        host.files.writePrivate((0,external_node_path_.join)(folder, fileName), JSON.stringify(carried));
        await host.packageCache.save(folder, `${prefixOf(identity)}${run}`);
    }
    catch {
        // The next run that publishes keeps its own.
    }
    finally {
        host.files.remove(folder);
    }
}
const parse = (body) => JSON.parse(new TextDecoder().decode(body));
/** Asks the registry; nothing is pulled. Undefined where it has none, or does not show it to us. */
async function weighPrevious(host, plan, env) {
    try {
        const wanted = (0,find.previousOf)(plan);
        const sought = wanted && (await (0,find/* findPrevious */.v)(host, plan, wanted, env));
        if (sought?.kind !== 'found')
            return undefined;
        const { reference, digest, manifest, client } = sought.image;
        let json = parse(manifest.body);
        const images = json.manifests?.filter(({ platform }) => platform?.os !== 'unknown') ?? [];
        const only = images.length === 1 ? images[0]?.digest : undefined;
        if (only !== undefined)
            json = parse((await client.getManifest(only))?.body ?? new TextEncoder().encode('{}'));
        const bytes = json.layers ? [json.config, ...json.layers].reduce((sum, part) => sum + (part?.size ?? 0), 0) : undefined;
        return { reference, digest, ...(bytes ? { bytes } : {}) };
    }
    catch {
        return undefined;
    }
}
const nothingBefore = { figures: {} };
async function readBaseline(host, plan, identity, env) {
    const [carried, weighed] = await Promise.all([restoreFigures(host, identity), weighPrevious(host, plan, env)]);
    const { version: _, digest, revision, ...figures } = carried ?? { version: 1 };
    return {
        figures: { ...figures, ...(weighed?.bytes === undefined ? {} : { bytes: weighed.bytes }) },
        ...(weighed ? { reference: weighed.reference, digest: weighed.digest } : digest === undefined ? {} : { digest }),
        ...(revision ? { revision } : {}),
    };
}

;// CONCATENATED MODULE: ./lib/report/comment/movement.js

/** From here on a difference is worth a comment. Two runs of one image stay below; docs/comment.md gives them. */
const thresholds = {
    /** Of the compressed image: a share of what it was, or bytes; whichever is reached first. */
    image: { share: 0.05, bytes: 10_000_000 },
    /** Of the median of warm predictions, which must be beyond the 95th percentile of the other image besides. */
    latency: { share: 0.25, ms: 5 },
    /** Of the first good answer after the start. Both must be reached. */
    coldStart: { share: 0.5, ms: 2_000 },
};
const signed = (value, text) => (value === 0 ? '' : `${value < 0 ? '−' : '+'}${text(Math.abs(value))}`);
const percent = (share) => `${(share * 100).toFixed(1)} %`;
const shareOf = (difference, before) => (before > 0 ? difference / before : 0);
const milliseconds = (ms) => (ms < 999.5 ? `${Math.round(ms * 10) / 10} ms` : (0,report_text/* seconds */.YA)(ms));
/** Where MB would be 0.0, kB. */
const sizes = (bytes) => (bytes < 50_000 ? `${Math.ceil(bytes / 1000)} kB` : (0,report_text/* megabytes */.ix)(bytes));
function imageRow(before, now) {
    if (now === undefined)
        return [];
    const row = { name: 'Image, compressed', before: before === undefined ? '' : (0,report_text/* megabytes */.ix)(before), now: (0,report_text/* megabytes */.ix)(now) };
    if (before === undefined || before === now)
        return [{ ...row, change: '' }];
    const difference = now - before;
    const share = shareOf(difference, before);
    const change = `${signed(difference, sizes)} (${signed(share, percent)})`;
    const { image } = thresholds;
    if (Math.abs(difference) < image.bytes && Math.abs(share) < image.share)
        return [{ ...row, change }];
    const moved = `image ${difference > 0 ? 'grew' : 'shrank'} by ${sizes(Math.abs(difference))} (${percent(Math.abs(share))})`;
    return [{ ...row, change, moved }];
}
const testsText = ({ passed, skipped }) => `${passed} passed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
/** More tests are no news; fewer are. */
function testsRow(before, now) {
    if (!now || (!before && now.passed + now.skipped === 0))
        return [];
    const row = { name: 'Tests', before: before ? testsText(before) : '', now: testsText(now) };
    const difference = before ? now.passed - before.passed : 0;
    const change = difference === 0 ? '' : `${Math.abs(difference)} ${difference > 0 ? 'more' : 'fewer'}`;
    return [{ ...row, change, ...(difference < 0 ? { moved: `${change} ${difference === -1 ? 'test' : 'tests'} passed` } : {}) }];
}
function latencyRows(before, now) {
    if (!now)
        return [];
    const row = (name, was, is) => ({
        ...{ name, before: was === undefined ? '' : milliseconds(was), now: milliseconds(is) },
        change: was === undefined ? '' : signed(Math.round((is - was) * 10) / 10, milliseconds),
    });
    const { share, ms } = thresholds.latency;
    const enough = before && Math.abs(now.p50 - before.p50) >= Math.max(ms, share * before.p50);
    const moved = before && enough && now.p50 > before.p95
        ? 'predictions are slower'
        : before && enough && now.p95 < before.p50
            ? 'predictions are faster'
            : '';
    return [
        { ...row('Warm prediction, median', before?.p50, now.p50), ...(moved ? { moved } : {}) },
        row('Warm prediction, 95th percentile', before?.p95, now.p95),
    ];
}
function startRow(before, now) {
    if (now === undefined)
        return [];
    const difference = now - (before ?? now);
    const { share, ms } = thresholds.coldStart;
    const isMove = before !== undefined && Math.abs(difference) >= Math.max(ms, share * before);
    return [
        {
            ...{
                name: 'Cold start',
                before: before === undefined ? '' : (0,report_text/* seconds */.YA)(before),
                now: (0,report_text/* seconds */.YA)(now),
                change: signed(difference, report_text/* seconds */.YA),
            },
            ...(isMove ? { moved: `it starts ${difference > 0 ? 'slower' : 'faster'}` } : {}),
        },
    ];
}
/** What the kernel keeps of files is in it, so it says little by itself. */
function memoryRow(before, now) {
    if (now === undefined)
        return [];
    const change = signed(now - (before ?? now), sizes);
    return [{ name: 'Peak memory', before: before === undefined ? '' : (0,report_text/* megabytes */.ix)(before), now: (0,report_text/* megabytes */.ix)(now), change }];
}
/** A row for each figure that this run has, beside that of the image before it. */
function compare(before, now) {
    return [
        ...imageRow(before.bytes, now.bytes),
        ...testsRow(before.tests, now.tests),
        ...latencyRows(before.latency, now.latency),
        ...startRow(before.coldStart, now.coldStart),
        ...memoryRow(before.peakMemory, now.peakMemory),
    ];
}

// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
;// CONCATENATED MODULE: ./lib/report/comment/publish-comment.js


/** Pages of a hundred that are looked through; GitHub allows 2,500 comments. */
const mostPages = 25;
/** Before it is asked again (ms), where GitHub does not say itself how long. */
const pauses = [500, 2_000];
const longestPause = 5_000;
const ofJobs = 'github-actions[bot]';
/** The comment of this job, whoever else has written its marker: others could be anybody, and could change it later. */
async function findOwn(comments, marker) {
    let viewer;
    for (let page = 1; page <= mostPages; page++) {
        const { comments: found, last } = await comments.page(page);
        for (const comment of found) {
            if (!comment.body.trimStart().startsWith(marker))
                continue;
            viewer ??= await comments.viewer().catch(() => ofJobs);
            if (comment.author === viewer || comment.author === `${viewer}[bot]`)
                return comment;
        }
        if (last)
            break;
    }
    return undefined;
}
async function put(comments, { identity: { marker }, text, stamp, silent }) {
    const own = await findOwn(comments, marker);
    if (!own)
        return silent ? { kind: 'silent' } : { kind: 'created', url: await comments.create(`${marker}\n${text}`) };
    if (isLater(readStamp(own.body), stamp))
        return { kind: 'overtaken', url: own.url };
    return { kind: 'updated', url: await comments.update(own.id, `${marker}\n${text}`) };
}
/** What GitHub says, without the page of its documentation that the client adds. */
const wordsOf = (error) => (0,errors/* messageOf */.bD)(error)
    .replace(/ - https:\/\/docs\.github\.com\S*$/, '')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
/** The client calls a network that is not there a 500, too, but one without a response. */
function statusOf(error) {
    const { status, response } = error;
    return response || status !== 500 ? status : undefined;
}
/** How long to wait before asking again (ms); undefined where that is of no use. `tries` have been made. */
function pauseAfter(error, tries) {
    const status = statusOf(error);
    const headers = error.response?.headers ?? {};
    const asked = Number(headers['retry-after'] ?? Number.NaN) * 1000;
    // The limit for those who write often is a 403 with words, or with a time.
    const limited = status === 429 || (status === 403 && (Number.isFinite(asked) || /rate limit|abuse/i.test((0,errors/* messageOf */.bD)(error))));
    const passing = limited || status === undefined || status >= 500;
    const pause = Number.isFinite(asked) ? asked : pauses[tries];
    return passing && tries < pauses.length && pause !== undefined && pause <= longestPause ? pause : undefined;
}
/** Writes the comment of this job, or writes it anew; all is looked up again after a fault, as it may have come through. */
async function publishComment(host, comments, wanted, signal) {
    for (let tries = 0;; tries++) {
        try {
            return await put(comments, wanted);
        }
        catch (error) {
            const pause = signal.aborted ? undefined : pauseAfter(error, tries);
            if (pause === undefined)
                return { kind: 'refused', status: statusOf(error), why: wordsOf(error) };
            await host.sleep(pause, signal).catch(() => undefined);
        }
    }
}

;// CONCATENATED MODULE: ./lib/report/comment/comment.js









/** Longest time for all of it (ms): a comment is not worth a longer wait. */
const timeBox = 10_000;
/** What was asked beside the gates and has not been answered by their end will hardly come (ms). */
const patience = 3_000;
/** Waits for `work` until `ms` are over or the run is cancelled, whether it heeds its signal or not. */
async function within(host, ms, cancel, work) {
    const over = new AbortController();
    const ended = new AbortController();
    const late = host.sleep(ms, AbortSignal.any([ended.signal, cancel])).catch(() => undefined);
    const out = late.then(() => {
        over.abort();
        return undefined;
    });
    try {
        return await Promise.race([work(over.signal), out]);
    }
    finally {
        ended.abort();
        await out;
    }
}
/** The sizes that belong together: both as the gate for the size has them, else both of manifests. */
function withSizes(report, baseline) {
    const now = figuresOf(report);
    const { size } = report;
    if (!size?.previous)
        return { now: size && now.bytes === undefined ? { ...now, bytes: size.bytes } : now, before: baseline };
    const { bytes, reference, digest } = size.previous;
    return { now: { ...now, bytes: size.bytes }, before: { ...baseline, reference, digest, figures: { ...baseline.figures, bytes } } };
}
/** One line of what came of it; what GitHub refuses is the one notice. */
function toldOf(commented, foreign) {
    const notice = (why) => ({ level: 'notice', text: `No comment on the pull request: ${why}` });
    const line = (text) => ({ level: 'line', text: `Comment: ${text}` });
    if (commented === undefined)
        return notice(`GitHub gave no answer within ${timeBox / 1000} s.`);
    switch (commented.kind) {
        case 'created':
            return line(commented.url);
        case 'updated':
            return line(`${commented.url} (updated)`);
        case 'overtaken':
            return line(`${commented.url} is of a later run, and stays.`);
        case 'silent':
            return line('none, nothing moved (comment: on-change).');
        case 'refused': {
            const { status, why } = commented;
            const closed = status === 404 || /not accessible/i.test(why);
            const fix = foreign ? ' A run for a fork or by Dependabot may only read.' : ' The job needs permissions: pull-requests: write.';
            return notice(`${status === undefined ? '' : `${status}, `}${why}.${closed ? fix : ''}`);
        }
    }
}
function commentator(host, { comment, credentials }, plan, identity, cancel) {
    const { event } = plan;
    const { githubToken } = credentials;
    const pull = event.ref.kind === 'pull' ? event.ref.number : undefined;
    if (pull === undefined || !host.comments || !githubToken) {
        if (pull !== undefined)
            host.log.notice('No comment on the pull request: there is no github-token.');
        return async () => undefined;
    }
    const { comments } = host;
    // Beside the gates, which take longer.
    const asking = readBaseline(host, plan, identity, (0,environment/* childEnvironment */.Qc)('engine', host.env)).catch(() => nothingBefore);
    return async (report) => {
        if (cancel.aborted || report.failure?.code === 'cancelled')
            return;
        const commented = await within(host, timeBox, cancel, async (signal) => {
            const { now, before } = withSizes(report, (await within(host, patience, signal, () => asking)) ?? nothingBefore);
            const rows = compare(before.figures, now);
            const stamp = stampOf(host.env);
            const { figures: _, ...against } = before;
            const text = host.masked(commentText({ report, identity, rows, against, event, stamp }));
            const silent = comment.when === 'on-change' && report.result === 'passed' && rows.every(({ moved }) => moved === undefined);
            return await publishComment(host, comments(event.repository, pull, githubToken, signal), { identity, text, stamp, silent }, signal);
        });
        if (cancel.aborted)
            return;
        const { level, text } = toldOf(commented, event.origin !== 'own');
        host.log[level](text);
    };
}
/**
 * What `comment` has to do in a run: comment on its pull request, having asked for what to compare with beside the gates;
 * or, where a branch is published, keep the figures for the pull requests into it.
 */
function openComment(host, inputs, plan, cancel) {
    const { event, names, push } = plan;
    const [image] = names;
    if (event.source !== 'github' || !image)
        return undefined;
    const { file, target = '', options } = inputs.build;
    const variant = [(0,external_node_path_.relative)(inputs.workspace, file), target, ...options.platforms.toSorted()];
    const identity = identify(host.env, (0,image_name/* nameText */.fh)(image), inputs.comment.matrix, variant);
    if (event.ref.kind === 'pull')
        return commentator(host, inputs, plan, identity, cancel);
    if (event.ref.kind !== 'branch' || !push.push)
        return undefined;
    return async (report) => void (await within(host, timeBox, cancel, () => saveFigures(host, identity, report, event.sha)));
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
