export const id = 433;
export const ids = [433];
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

/***/ 25534:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ stoppable)
/* harmony export */ });
/** A host whose requests and pauses `signal` ends. */
function stoppable(host, signal) {
    return {
        ...host,
        request: (asked) => host.request({ ...asked, signal }),
        sleep: (ms) => host.sleep(ms, signal),
    };
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

/***/ 12007:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ copyImage)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);
/* harmony import */ var _publish_copy_blobs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(55779);
/* harmony import */ var _registry_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82895);



/** Layers on their way at the same time: each lies on this machine's disk meanwhile. */
const atOnce = 2;
/**
 * Copies an image byte for byte from one repository to another: the layers that it lacks, through a file each, then the
 * manifest. @throws ActionError
 */
async function copyImage(host, digest, from, to, signal) {
    const manifest = await from.getManifest(digest);
    if (!manifest || (0,_registry_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .o)(manifest.body) !== digest)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('digest-mismatch', `${digest} is not to be had any more from where it was read.`);
    const { config, layers = [] } = JSON.parse(new TextDecoder().decode(manifest.body));
    const blobs = [...new Set([...(config ? [config] : []), ...layers].map((part) => part.digest))];
    const cancelled = () => new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('cancelled', 'The run was cancelled while an image was copied.');
    await (0,_publish_copy_blobs_js__WEBPACK_IMPORTED_MODULE_1__/* .copyBlobs */ .w)(host, { blobs, of: digest, from, to }, atOnce, () => (signal.aborted ? cancelled() : undefined));
    await to.putManifest(digest, { ...manifest, digest });
}


/***/ }),

/***/ 60433:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  promoteImage: () => (/* binding */ promoteImage)
});

// EXTERNAL MODULE: ./lib/host/environment.js
var environment = __webpack_require__(48647);
// EXTERNAL MODULE: ./lib/inputs/inputs.js
var inputs = __webpack_require__(78864);
// EXTERNAL MODULE: ./lib/merge/copy.js
var merge_copy = __webpack_require__(12007);
// EXTERNAL MODULE: ./lib/outcome.js
var outcome = __webpack_require__(63259);
// EXTERNAL MODULE: ./lib/outputs.js
var outputs = __webpack_require__(5077);
// EXTERNAL MODULE: ./lib/plan/image-name.js
var image_name = __webpack_require__(89916);
// EXTERNAL MODULE: ./lib/plan/labels.js + 2 modules
var plan_labels = __webpack_require__(24866);
// EXTERNAL MODULE: ./lib/publish/deadline.js
var deadline = __webpack_require__(6895);
// EXTERNAL MODULE: ./lib/publish/declare.js
var declare = __webpack_require__(8989);
// EXTERNAL MODULE: ./lib/publish/gated.js
var gated = __webpack_require__(134);
// EXTERNAL MODULE: ./lib/publish/history.js
var publish_history = __webpack_require__(37771);
// EXTERNAL MODULE: ./lib/publish/publish.js + 12 modules
var publish = __webpack_require__(42495);
// EXTERNAL MODULE: ./lib/report/draft.js
var report_draft = __webpack_require__(78605);
// EXTERNAL MODULE: ./lib/report/of-publish.js
var of_publish = __webpack_require__(82231);
// EXTERNAL MODULE: ./lib/report/text.js
var report_text = __webpack_require__(44639);
// EXTERNAL MODULE: ./lib/stage-runner.js
var stage_runner = __webpack_require__(53780);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/host/stoppable.js
var stoppable = __webpack_require__(25534);
// EXTERNAL MODULE: ./lib/publish/announced.js + 1 modules
var announced = __webpack_require__(63049);
// EXTERNAL MODULE: ./lib/publish/held.js
var publish_held = __webpack_require__(7200);
// EXTERNAL MODULE: ./lib/publish/keep-record.js
var keep_record = __webpack_require__(32718);
// EXTERNAL MODULE: ./lib/registry/digest.js
var digest = __webpack_require__(82895);
// EXTERNAL MODULE: ./lib/registry/open.js
var registry_open = __webpack_require__(60951);
// EXTERNAL MODULE: ./lib/plan/input-hash.js
var input_hash = __webpack_require__(94516);
// EXTERNAL MODULE: ./lib/plan/labels/own.js
var own = __webpack_require__(35595);
;// CONCATENATED MODULE: ./lib/promote/mismatch.js



/** Architectures as images name them, by RUNNER_ARCH. */
const architectures = { X64: 'amd64', ARM64: 'arm64', ARM: 'arm', X86: '386' };
const modelLabel = `${own/* labelPrefix */.Tb}.model.digest`;
/**
 * Why an image that is there cannot stand for the one that this run would make; undefined when it can.
 * @param machine RUNNER_ARCH
 */
function mismatch({ labels, architecture }, { labels: asked }, inputs, machine) {
    if (labels[plan_labels/* inputHashLabel */.Tc] === undefined)
        return `has no label ${plan_labels/* inputHashLabel */.Tc}: it is not known what was asked of it`;
    if (!(0,plan_labels/* wasAskedTheSame */.$k)(labels, asked)) {
        const others = (0,input_hash/* differences */.tX)(labels[plan_labels/* inputPartsLabel */.X2], asked[plan_labels/* inputPartsLabel */.X2]);
        const isElsewhere = labels[plan_labels/* revisionLabel */.wc] !== asked[plan_labels/* revisionLabel */.wc] && others.every((other) => other === input_hash/* partTexts */.qi.commit);
        if (isElsewhere)
            return `is of commit ${labels[plan_labels/* revisionLabel */.wc]?.slice(0, 7) ?? 'unknown'}`;
        return `was made with ${others.length > 0 ? others.join(', ') : 'other inputs'}`;
    }
    // The model may come from elsewhere than the commit. Where the tests make it, it is not there yet.
    if (!(0,own/* testsComeFirst */.Y9)(inputs) && labels[modelLabel] !== asked[modelLabel])
        return 'has another model than the build context';
    const wanted = architectures[machine ?? ''];
    if (inputs.build.options.platforms.length === 0 && architecture && wanted && architecture !== wanted)
        return `is for ${architecture}, and this machine is ${wanted}`;
    return undefined;
}

;// CONCATENATED MODULE: ./lib/promote/working-copy.js
/**
 * What `git status --porcelain=v2 --branch -z` says: the commit, and the paths that are not as the commit has them. Of a
 * rename the new path.
 */
function parseStatus(text) {
    const entries = text.split('\0');
    let commit;
    const paths = [];
    for (let at = 0; at < entries.length; at++) {
        const entry = entries[at] ?? '';
        const [, oid] = /^# branch\.oid ([0-9a-f]{40,64})$/.exec(entry) ?? [];
        commit ??= oid;
        // So many fields come before the path, by the kind of the entry; a rename has its old path in an entry behind.
        const [, path] = /^(?:1(?: \S+){7}|2(?: \S+){8}|u(?: \S+){9}|\?) (.+)$/s.exec(entry) ?? [];
        if (path !== undefined)
            paths.push(path);
        if (entry.startsWith('2 '))
            at++;
    }
    return { ...(commit === undefined ? {} : { commit }), paths };
}
/** What Python and pytest leave behind wherever they run. */
const leftBehind = /(^|\/)(__pycache__|\.pytest_cache)\/|\.pyc$/;
const asking = ['git', '--no-optional-locks', '-c', 'safe.directory=*', '-c', 'core.fsmonitor=false', 'status'];
const told = ['--porcelain=v2', '--branch', '--untracked-files=all', '-z', '--', '.'];
/**
 * Why what would be built is not what the commit has, as far as git knows it: another commit is checked out, or files were
 * changed or added that git does not ignore. Those of the model may come from elsewhere: their digest is compared.
 * @param folders those it matters in: project and build context, absolute
 * @param models paths of the model, from the build context
 */
async function departure(host, [project, context], models, commit, env) {
    const argv = [...asking, ...told, context];
    const { exitCode, stdout } = await host.capture({ argv, cwd: project, env }).catch(() => ({ exitCode: 128, stdout: '' }));
    if (exitCode !== 0)
        return undefined;
    const found = parseStatus(stdout);
    if (found.commit !== undefined && found.commit !== commit)
        return `the commit ${found.commit.slice(0, 7)} is checked out, and the event is about ${commit.slice(0, 7)}`;
    const isModel = (path) => models.some((model) => path === model || path.endsWith(`/${model}`));
    const [other, ...more] = found.paths.filter((path) => !leftBehind.test(path) && !isModel(path));
    if (other === undefined)
        return undefined;
    return `the commit does not have ${other} as it is here${more.length > 0 ? `, nor ${more.length} more` : ''}`;
}

;// CONCATENATED MODULE: ./lib/promote/find.js












/** Longest time (ms) that a run waits for what only saves time. */
const patience = 10_000;
/**
 * Tags that the image of this commit may be under: those of this run that stay and have the commit in their name, else
 * as docker/metadata-action writes them by default; of a merge also that of its pull request.
 */
function tagsOfCommit({ tags, event }) {
    const staying = tags.flatMap(({ name, moves, version }) => (moves || version ? [] : [name]));
    const own = (0,announced/* namesOfCommits */.m)(staying, [event.sha]);
    const named = own.length > 0 ? own : [`sha-${event.sha.slice(0, 7)}`, `sha-${event.sha}`];
    return event.merged === undefined || event.ref.kind === 'tag' ? named : [...named, `pr-${event.merged}`];
}
/** Whether every gate that is asked for now was passed by the run that made the image. */
function covers({ gates, inputHash, revision }, { labels }, { test, smoke, accept }) {
    const tested = gates.tests === 'passed' || !test.run || accept.has('no-tests');
    const isOfIt = inputHash === labels[plan_labels/* inputHashLabel */.Tc] && revision === labels[plan_labels/* revisionLabel */.wc];
    return isOfIt && tested && (gates.smoke === 'passed' || !smoke.run);
}
async function look(host, plan, name, env) {
    const { client } = await (0,registry_open/* openRepository */.h_)(host, plan.access, name, env, 'pull');
    for (const tag of tagsOfCommit(plan)) {
        const held = await client.getManifest(tag);
        if (!held)
            continue;
        const manifest = { ...held, digest: (0,digest/* digestOf */.o)(held.body) };
        const [said, records] = await Promise.all([(0,publish_held/* saidBy */.TT)(client, manifest), (0,keep_record/* attachedRecords */.Zg)(client, manifest.digest)]);
        return { name, client, reference: `${(0,image_name/* nameText */.fh)(name)}:${tag}`, manifest, said, records };
    }
    return undefined;
}
/**
 * Asks every registry for the image of this commit, and git whether the working copy is that commit, side by side. Nothing
 * is written. Never throws. @param models paths of the model in the build context
 */
async function findPublished(host, inputs, plan, models, env, cancel) {
    const over = new AbortController();
    const late = new AbortController();
    void host.sleep(patience, over.signal).then(() => late.abort(), () => { });
    const hasty = (0,stoppable/* stoppable */.p)(host, AbortSignal.any([late.signal, cancel]));
    try {
        const folders = [inputs.workingDirectory, inputs.build.context];
        const departing = departure(host, folders, models, plan.event.sha, (0,environment/* childEnvironment */.Qc)('code', host.env));
        const looked = await Promise.all(plan.names.map((name) => look(hasty, plan, name, env)));
        const there = looked.filter((one) => one !== undefined);
        const [image] = there;
        if (!image)
            return { kind: 'none', reason: `no image of this commit is there as ${tagsOfCommit(plan).join(' or ')}` };
        const other = there.find(({ manifest }) => manifest.digest !== image.manifest.digest);
        if (other)
            return { kind: 'none', reason: `${image.reference} and ${other.reference} are two images` };
        const why = mismatch(image.said, plan, inputs, host.env['RUNNER_ARCH']);
        if (why !== undefined)
            return { kind: 'none', reason: `${image.reference} ${why}` };
        const departed = await departing;
        if (departed !== undefined)
            return { kind: 'none', reason: departed };
        const record = there.flatMap(({ records }) => records ?? []).find((one) => covers(one, image.said, inputs));
        if (!record && there.some(({ records }) => records !== undefined))
            return { kind: 'none', reason: `${image.reference} has no record that its gates were passed, which its registry would have` };
        return { kind: 'found', image, record, lacking: plan.names.filter((_, at) => looked[at] === undefined) };
    }
    catch (error) {
        return { kind: 'none', reason: late.signal.aborted ? 'a registry has not answered in ten seconds' : (0,errors/* messageOf */.bD)(error) };
    }
    finally {
        over.abort();
    }
}

;// CONCATENATED MODULE: ./lib/promote/promote.js

















/** The image as gated, with the way to a registry that lacks it. */
function gatedImage(host, plan, { client, reference, manifest, said }, cancel) {
    const { config, manifests } = JSON.parse(new TextDecoder().decode(manifest.body));
    const copy = async (digest, to) => {
        host.log.line(`${digest} is copied from ${reference}`);
        await (0,merge_copy/* copyImage */.L)(host, digest, client, to, cancel);
    };
    const image = {
        digest: manifest.digest,
        ...(config?.digest === undefined ? {} : { configDigest: config.digest }),
        store: 'containerd',
        localName: '',
        index: { manifest, parts: manifests?.map(({ digest }) => digest) ?? [manifest.digest], copy },
    };
    return (0,gated/* promote */.p)(image, said.labels, plan.labels);
}
/** Where the run of a record can be looked at. */
function runUrl({ event }, record) {
    return record?.run && event.repository ? `${event.serverUrl}/${event.repository}/actions/runs/${record.run.id}` : undefined;
}
/** The stages that an earlier run has passed; what is turned off was left out there, too. */
function reusedStages({ test, smoke, quality, leaks, size }, detail) {
    const stage = (name, off) => ({
        ...{ stage: name, start: 0, duration: 0 },
        ...(off === undefined ? { state: 'reused', detail } : { state: 'skipped', detail: off }),
    });
    return [
        stage('test', test.run ? undefined : 'test: false'),
        stage('build'),
        stage('inspect', leaks.check || (0,inputs/* limitsSize */.mK)(size) ? undefined : 'leak-check: false'),
        stage('smoke', smoke.run ? undefined : 'smoke: false'),
        ...(quality.file ? [stage('quality')] : []),
        ...(smoke.gateCommand === undefined ? [] : [stage('gate')]),
    ];
}
/**
 * Sets the tags of this run on the image that a run before it has gated and published for the same inputs, by the rules
 * of every push. Needs no engine, and runs nothing. Undefined, and the reason told, where there is no such image.
 * @param models paths of the model in the build context
 */
async function promoteImage(host, inputs, plan, models, cancel) {
    const start = host.now();
    const env = (0,environment/* childEnvironment */.Qc)('engine', host.env);
    const found = await findPublished(host, inputs, plan, models, env, cancel);
    const gated = found.kind === 'found' ? gatedImage(host, plan, found.image, cancel) : undefined;
    if (found.kind === 'none' || !gated) {
        if (!cancel.aborted)
            host.log.line(`Not promoted: ${found.kind === 'none' ? found.reason : 'its labels are of another run'}.`);
        return undefined;
    }
    const { reference, said } = found.image;
    const revision = said.labels[plan_labels/* revisionLabel */.wc] ?? '';
    const code = revision === plan.event.sha ? 'this commit' : `commit ${revision.slice(0, 7)} with the tree of this one`;
    const byRun = runUrl(plan, found.record);
    (0,outputs/* tellPlan */.f)(host, inputs, plan);
    (0,outputs/* setOutputs */.n)(host, { digest: gated.digest, ...(gated.configDigest === undefined ? {} : { imageid: gated.configDigest }) });
    host.log.line(`Promoted: ${reference} was gated and published for ${code} and these inputs${byRun ? ` by ${byRun}` : ''}; nothing is run again.`);
    for (const name of found.lacking)
        host.log.line(`${(0,image_name/* nameText */.fh)(name)} lacks it, and gets a copy.`);
    const notices = [...plan.notices];
    const draft = (0,report_draft/* openDraft */.Ud)(host, plan, inputs.summary);
    const stages = (0,stage_runner/* createStageRunner */.t)(host, start, cancel, (all) => draft({ stages: all, notices, durationMs: host.now() - start }));
    let published;
    const publishing = await stages.run('publish', async (log) => {
        const code = (0,environment/* childEnvironment */.Qc)('code', host.env);
        const history = (0,publish_history/* createHistory */.n)(host, plan.event, inputs.credentials.githubToken, inputs.workingDirectory, code);
        const publication = await (0,deadline/* withinDeadline */.i)(host, inputs.pushTimeoutMs, cancel, (timed, signal) => (0,publish/* publish */.mk)(timed, plan, gated, history, env, log, signal));
        published = publication.published;
        notices.push(...publication.kept);
        if (publication.failure)
            return (0,outcome/* failed */.gz)(publication.failure.code, publication.failure.message);
        (0,declare/* declareArtifacts */.I)(host, publication.arrived, log);
        return (0,outcome/* passed */.bF)(published);
    }, report_text/* publishDetail */.Lb);
    const [cancelled, durationMs] = [cancel.aborted, host.now() - start];
    const report = (0,of_publish/* reportOfPublish */.$)({ plan, publishing, published, cancelled, stages: stages.reports(), notices, durationMs });
    const bytes = published?.compressedBytes;
    return {
        ...report,
        stages: [...reusedStages(inputs, byRun ? `of ${byRun}` : `of ${reference}`), ...report.stages],
        image: {
            digest: gated.digest,
            imageid: gated.configDigest ?? '',
            store: gated.store,
            ...(bytes ? { compressedBytes: bytes } : {}),
            steps: { hit: 0, total: 0 },
            stepList: [],
            inputHash: plan.labels[plan_labels/* inputHashLabel */.Tc] ?? '',
        },
        promoted: { digest: gated.digest, found: reference, revision, ...(byRun ? { run: byRun } : {}) },
    };
}


/***/ }),

/***/ 134:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ gate),
/* harmony export */   p: () => (/* binding */ promote)
/* harmony export */ });
/* harmony import */ var _plan_labels_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24866);

const open = (outcome) => outcome.kind === 'passed' || outcome.kind === 'skipped';
/** The image as gated, if no gate is red: each was passed, or left out by the user in so many words. */
function gate(image, tests, smoke, quality, command, inspected) {
    return open(tests) && open(smoke) && open(quality) && open(command) && open(inspected) ? image : undefined;
}
/**
 * An image that is published already as gated, if its labels say that a run made it which was asked the same, of the same
 * commit or tree. This action sets a tag only when the gates are green.
 * @param said the labels of the image @param asked those that this run would give it
 */
function promote(image, said, asked) {
    return (0,_plan_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .wasAskedTheSame */ .$k)(said, asked) ? image : undefined;
}


/***/ }),

/***/ 82231:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ reportOfPublish)
/* harmony export */ });
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89916);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45650);


/** The report of such a run, with nothing of its image. */
function reportOfPublish({ plan, publishing, published, cancelled, stages, notices, durationMs }) {
    const red = publishing.kind === 'failed' ? publishing.red : undefined;
    const broken = red ?? (cancelled ? { code: 'cancelled', message: 'The run was cancelled.', evidence: [] } : undefined);
    const pushedTags = published?.pushedTags ?? [];
    return {
        version: _report_js__WEBPACK_IMPORTED_MODULE_1__/* .reportVersion */ .fV,
        result: broken ? 'failed' : 'passed',
        durationMs,
        names: plan.names.map(_plan_image_name_js__WEBPACK_IMPORTED_MODULE_0__/* .nameText */ .fh),
        tags: plan.tags.map(({ name }) => name),
        push: plan.push,
        pushed: pushedTags.length > 0,
        pushedTags,
        stages: stages.filter(({ stage }) => stage === 'publish'),
        ...(broken ? { failure: (0,_report_js__WEBPACK_IMPORTED_MODULE_1__/* .failureReport */ .LK)('publish', broken) } : {}),
        checks: [],
        notices,
    };
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
