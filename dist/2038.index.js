export const id = 2038;
export const ids = [2038];
export const modules = {

/***/ 44114:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ declaredMergeInputs)
/* harmony export */ });
/* harmony import */ var _declared_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(16307);

const { images, tags, flavor, registry, username, password, ecr, attest, summary } = _declared_js__WEBPACK_IMPORTED_MODULE_0__/* .declaredInputs */ .W;
/** Every input of the sub-action merge, in the order of merge/action.yml; what it shares with the action means the same. */
const declaredMergeInputs = {
    images,
    digests: {
        group: 'image',
        default: '',
        help: 'Digests to join, one a line, or the outputs of the jobs as JSON. Default: all that this run has pushed with push: digest.',
        example: '${{ toJSON(needs) }}',
    },
    platforms: {
        group: 'image',
        default: '',
        help: 'Platforms that the index must hold, no more and no fewer. Default: those of the digests.',
        example: 'linux/amd64,linux/arm64',
    },
    tags,
    flavor,
    annotations: {
        group: 'image',
        default: '',
        help: 'More annotations of the index, one a line: NAME=VALUE. They may hold expressions, and win over those of the action.',
        example: 'org.opencontainers.image.title=Iris',
    },
    push: {
        group: 'image',
        default: 'auto',
        help: 'auto sets tags on the default branch, tags, releases, schedule and dispatch; true also on branches and pull requests of the same repository; false never.',
        example: 'auto',
    },
    registry,
    username,
    password,
    'registry-auth': _declared_js__WEBPACK_IMPORTED_MODULE_0__/* .declaredInputs */ .W['registry-auth'],
    ecr,
    'github-token': _declared_js__WEBPACK_IMPORTED_MODULE_0__/* .declaredInputs */ .W['github-token'],
    attest,
    summary,
    'report-file': _declared_js__WEBPACK_IMPORTED_MODULE_0__/* .declaredInputs */ .W['report-file'],
};


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

/***/ 22038:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  mergeMain: () => (/* binding */ mergeMain)
});

// EXTERNAL MODULE: ./lib/attest/possible.js
var possible = __webpack_require__(81294);
// EXTERNAL MODULE: ./lib/inputs/inputs.js
var inputs_inputs = __webpack_require__(78864);
// EXTERNAL MODULE: ./lib/inputs/declared-merge.js
var declared_merge = __webpack_require__(44114);
// EXTERNAL MODULE: ./lib/inputs/parse.js
var inputs_parse = __webpack_require__(34170);
// EXTERNAL MODULE: ./lib/inputs/read.js + 13 modules
var read = __webpack_require__(34814);
// EXTERNAL MODULE: ./lib/inputs/read-build-options.js
var read_build_options = __webpack_require__(64815);
// EXTERNAL MODULE: ./lib/inputs/read-image.js + 3 modules
var read_image = __webpack_require__(74678);
// EXTERNAL MODULE: ./lib/inputs/read-report-file.js
var read_report_file = __webpack_require__(67503);
// EXTERNAL MODULE: ./lib/inputs/reader.js
var inputs_reader = __webpack_require__(70178);
;// CONCATENATED MODULE: ./lib/inputs/read-merge.js







const digestAtEnd = /(?:^|@)(sha256:[a-f0-9]{64})$/;
/** Every digest among the texts of a JSON value, as in `toJSON(needs)`. */
function digestsIn(value) {
    if (typeof value === 'string')
        return [digestAtEnd.exec(value)?.[1] ?? ''].filter(Boolean);
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(digestsIn) : [];
}
function parseJsonDigests(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (error) {
        throw new inputs_parse/* Invalid */.WO(`is not JSON (${error.message})`);
    }
    const found = digestsIn(value);
    if (found.length === 0)
        throw new inputs_parse/* Invalid */.WO('has no digest in it: do the jobs have an output with that of the action?');
    return found;
}
/** Digests, also as `name@digest`, one a line or with commas; or JSON that holds some. Each once. @throws Invalid */
function parseDigests(text) {
    const digests = /^[{["]/.test(text.trim())
        ? parseJsonDigests(text)
        : (0,inputs_parse/* parseItems */.mo)(text).map((item) => {
            const [, digest] = digestAtEnd.exec(item) ?? [];
            if (digest === undefined)
                throw new inputs_parse/* Invalid */.WO(`has "${item.slice(0, 80)}", which is not a digest such as sha256: with 64 hexadecimal digits`);
            return digest;
        });
    return [...new Set(digests)];
}
/** Turns the inputs of a merge into `MergeInputs`, or tells every problem there is. Runs nothing. */
function readMerge(given, event, around) {
    const unknown = [...given.keys()].filter((name) => !Object.hasOwn(declared_merge/* declaredMergeInputs */.g, name));
    const reader = (0,inputs_reader/* createReader */.W)(given, around);
    const listed = (name, parse) => {
        const text = given.get(name) ?? '';
        try {
            return text.trim() === '' ? [] : parse(text);
        }
        catch (error) {
            if (!(error instanceof inputs_parse/* Invalid */.WO))
                throw error;
            reader.complain(name, error.message, text, `${name}: ${declared_merge/* declaredMergeInputs */.g[name].example}`);
            return [];
        }
    };
    reader.parsed('push', (0,inputs_parse/* oneOf */.yL)('auto', 'true', 'false'));
    const image = (0,read_image/* readImage */.A)(reader);
    const inputs = {
        ...image,
        credentials: (0,read_image/* readCredentials */.L)(reader, given, image, event),
        digests: listed('digests', parseDigests),
        platforms: listed('platforms', read_build_options/* parsePlatforms */.q),
        attest: reader.required('attest', (0,inputs_parse/* oneOf */.yL)('off', 'best-effort', 'required')),
        summary: reader.required('summary', inputs_parse/* parseBoolean */.yG),
    };
    (0,read_report_file/* readReportFile */.$)(reader, reader.workspace);
    const problems = [...unknown.map((name) => (0,read/* unknownInput */.p)(name, declared_merge/* declaredMergeInputs */.g)), ...reader.problems];
    return problems.length > 0 ? { kind: 'problems', problems: onceEach(problems) } : { kind: 'inputs', inputs };
}
/** `push` is read by a narrower rule first. */
function onceEach(problems) {
    return problems.filter(({ input, value }, at) => input !== 'push' || problems.findIndex((one) => one.input === input && one.value === value) === at);
}

// EXTERNAL MODULE: ./lib/inputs/read-registry-auth.js
var read_registry_auth = __webpack_require__(44028);
// EXTERNAL MODULE: ./lib/main.js + 6 modules
var main = __webpack_require__(98245);
// EXTERNAL MODULE: ./lib/outputs.js
var outputs = __webpack_require__(5077);
// EXTERNAL MODULE: ./lib/plan/clock.js
var clock = __webpack_require__(36741);
// EXTERNAL MODULE: ./lib/plan/event.js
var plan_event = __webpack_require__(77627);
// EXTERNAL MODULE: ./lib/plan/labels.js + 2 modules
var plan_labels = __webpack_require__(24866);
// EXTERNAL MODULE: ./lib/plan/plan.js + 2 modules
var plan_plan = __webpack_require__(44907);
// EXTERNAL MODULE: ./lib/plan/tags/libraries.js
var libraries = __webpack_require__(29574);
// EXTERNAL MODULE: ./lib/plan/tags.js + 2 modules
var tags = __webpack_require__(45338);
// EXTERNAL MODULE: ./lib/registry/hide.js
var hide = __webpack_require__(68151);
// EXTERNAL MODULE: ./lib/registry/job-config.js
var job_config = __webpack_require__(17027);
// EXTERNAL MODULE: ./lib/report/tell.js + 1 modules
var tell = __webpack_require__(70390);
// EXTERNAL MODULE: ./lib/host/environment.js
var environment = __webpack_require__(48647);
// EXTERNAL MODULE: ./lib/outcome.js
var outcome = __webpack_require__(63259);
// EXTERNAL MODULE: ./lib/plan/image-name.js
var image_name = __webpack_require__(89916);
// EXTERNAL MODULE: ./lib/publish/declare.js
var declare = __webpack_require__(8989);
// EXTERNAL MODULE: ./lib/publish/history.js
var publish_history = __webpack_require__(37771);
// EXTERNAL MODULE: ./lib/publish/publish.js + 12 modules
var publish = __webpack_require__(42495);
// EXTERNAL MODULE: ./lib/publish/record.js
var record = __webpack_require__(20618);
// EXTERNAL MODULE: ./lib/registry/open.js
var registry_open = __webpack_require__(60951);
// EXTERNAL MODULE: ./lib/report/draft.js
var report_draft = __webpack_require__(78605);
// EXTERNAL MODULE: ./lib/report/of-publish.js
var of_publish = __webpack_require__(82231);
// EXTERNAL MODULE: ./lib/report/text.js
var report_text = __webpack_require__(44639);
// EXTERNAL MODULE: ./lib/stage-runner.js
var stage_runner = __webpack_require__(53780);
// EXTERNAL MODULE: ./lib/merge/copy.js
var copy = __webpack_require__(12007);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/publish/keep-record.js
var keep_record = __webpack_require__(32718);
// EXTERNAL MODULE: ./lib/build/platforms.js
var platforms = __webpack_require__(52936);
// EXTERNAL MODULE: ./lib/registry/digest.js
var registry_digest = __webpack_require__(82895);
;// CONCATENATED MODULE: ./lib/merge/part.js




const parse = (body) => JSON.parse(new TextDecoder().decode(body));
const attestationOf = 'vnd.docker.reference.digest';
/** @throws ActionError digest-ungated when the registry does not have it, digest-mismatch when it has something else */
async function manifestOf(client, name, digest) {
    const manifest = await client.getManifest(digest);
    if (!manifest)
        throw new errors/* ActionError */.lZ('digest-ungated', `${(0,image_name/* nameText */.fh)(name)} does not have ${digest}, of which a record says that it is gated.`);
    const actual = (0,registry_digest/* digestOf */.o)(manifest.body);
    if (actual !== digest)
        throw new errors/* ActionError */.lZ('digest-mismatch', `${(0,image_name/* nameText */.fh)(name)} answers ${actual} where ${digest} was asked for.`);
    return { ...manifest, digest };
}
async function configOf(client, { digest, body }) {
    const config = parse(body).config?.digest;
    const blob = config === undefined ? undefined : await client.getBlob(config);
    if (!blob)
        throw new errors/* ActionError */.lZ('digest-mismatch', `${digest} is not the manifest of an image.`);
    return parse(blob);
}
const textOf = ({ os, architecture, variant }) => (0,platforms/* normalPlatform */.Je)([os, architecture, ...(variant ? [variant] : [])].join('/'));
async function partOf(client, manifest, entry, attestations, record) {
    const { os = 'linux', architecture = 'unknown', variant, 'os.version': version, config } = await configOf(client, manifest);
    const own = { architecture, os, ...(variant ? { variant } : {}), ...(version ? { 'os.version': version } : {}) };
    const platform = entry.platform ?? own;
    return {
        platform: textOf(platform),
        entries: [{ ...entry, platform }, ...attestations],
        revision: config?.Labels?.['org.opencontainers.image.revision'] ?? '',
        record,
    };
}
/** The platforms of an image that is gated: one of a plain manifest, of an index each, with their attestations. */
async function partsOf(client, name, record) {
    const root = await manifestOf(client, name, record.image);
    const { manifests } = parse(root.body);
    if (!manifests) {
        const entry = { mediaType: root.mediaType, digest: root.digest, size: root.body.length };
        return [await partOf(client, root, entry, [], record)];
    }
    // Attestations are filed under unknown/unknown, and name what they are about.
    const images = manifests.filter(({ platform }) => platform?.os !== 'unknown');
    return await Promise.all(images.map(async (entry) => {
        const attestations = manifests.filter(({ annotations }) => annotations?.[attestationOf] === entry.digest);
        return await partOf(client, await manifestOf(client, name, entry.digest), entry, attestations, record);
    }));
}

;// CONCATENATED MODULE: ./lib/merge/gather.js




const unread = (whole) => (whole ? '' : ', as far as its tags were looked through');
/** Most often what is named is of this run: then its own records do. */
async function findRecords(client, digests, run) {
    const own = run && (await (0,keep_record/* recordsOfRun */.DZ)(client, run));
    const all = own && digests.every((digest) => own.records.some(({ image }) => image === digest));
    return all ? own : await (0,keep_record/* recordsOfDigests */.Tb)(client, digests);
}
async function recordsFor(client, name, { digests, run, repository, revision }) {
    if (digests.length > 0) {
        const { records, whole } = await findRecords(client, digests, run);
        return digests.map((digest) => {
            const found = records.filter(({ image }) => image === digest);
            // Of a digest that several runs have gated, this run's own is what it is about.
            const record = found.find((one) => one.run?.id === run?.id) ?? found[0];
            if (!record)
                throw new errors/* ActionError */.lZ('digest-ungated', `${(0,image_name/* nameText */.fh)(name)} has no record that ${digest} passed its gates${unread(whole)}.`);
            return record;
        });
    }
    if (!run)
        throw new errors/* ActionError */.lZ('digest-ungated', 'Outside of a run of GitHub Actions nothing says what to join: digests has to.');
    const { records, whole } = await (0,keep_record/* recordsOfRun */.DZ)(client, run);
    // Runners of other makers may number all their runs alike.
    const own = records.filter((record) => record.repository === repository && record.revision === revision);
    if (own.length === 0)
        throw new errors/* ActionError */.lZ('digest-ungated', `No job of this run (${run.id}) has pushed a gated image to ${(0,image_name/* nameText */.fh)(name)}${unread(whole)}.`);
    return own;
}
/** Of a job that was run again what it made first does not count. */
function latestAttempts(parts) {
    const attemptOf = ({ record }) => record.run?.attempt ?? 0;
    return parts.filter((part) => !parts.some((other) => other.platform === part.platform && attemptOf(other) > attemptOf(part)));
}
/**
 * The gated images that are to be joined, sorted by platform. Each has a record that was written after its gates.
 * @throws ActionError digest-ungated
 */
async function gather(client, name, wanted) {
    const records = await recordsFor(client, name, wanted);
    const parts = (await Promise.all(records.map((record) => partsOf(client, name, record)))).flat();
    const counted = wanted.digests.length > 0 ? parts : latestAttempts(parts);
    return counted.toSorted((a, b) => (a.platform < b.platform ? -1 : 1));
}

;// CONCATENATED MODULE: ./lib/merge/join.js


const mediaType = 'application/vnd.oci.image.index.v1+json';
const join_short = (revision) => revision.slice(0, 12) || 'no commit';
/** What keeps parts from being one image; undefined when nothing does. */
function faultOf(parts, platforms, revision) {
    const byPlatform = Map.groupBy(parts, ({ platform }) => platform);
    for (const [platform, same] of byPlatform) {
        if (same.length > 1)
            return `${platform} is there ${same.length} times: ${same.map(({ entries }) => entries[0].digest).join(', ')}.`;
    }
    const missing = platforms.filter((platform) => !byPlatform.has(platform));
    if (missing.length > 0)
        return `${missing.join(', ')} is missing: there is ${[...byPlatform.keys()].join(', ') || 'nothing'}.`;
    const more = platforms.length === 0 ? [] : [...byPlatform.keys()].filter((platform) => !platforms.includes(platform));
    if (more.length > 0)
        return `${more.join(', ')} is there, which platforms does not name.`;
    // What no label says is not known to be of another commit; its record says of which it is.
    const commitOf = (part) => part.revision || part.record.revision;
    const strange = revision === '' ? undefined : parts.find((part) => commitOf(part) !== revision);
    if (strange)
        return `${strange.platform} is of ${join_short(commitOf(strange))}, this run is about ${join_short(revision)}.`;
    const [first, ...others] = parts;
    const other = others.find((part) => first && commitOf(part) !== commitOf(first));
    if (first && other)
        return `${first.platform} is of ${join_short(commitOf(first))}, ${other.platform} of ${join_short(commitOf(other))}.`;
    return undefined;
}
/** The index of these images, sorted by platform: the same images give the same bytes. */
function indexOf(parts, annotations) {
    const manifests = parts.toSorted((a, b) => (a.platform < b.platform ? -1 : 1)).flatMap(({ entries }) => entries);
    const sorted = Object.fromEntries(Object.entries(annotations).sort(([a], [b]) => (a < b ? -1 : 1)));
    const json = { schemaVersion: 2, mediaType, manifests, ...(Object.keys(sorted).length > 0 ? { annotations: sorted } : {}) };
    const body = new TextEncoder().encode(JSON.stringify(json));
    return { digest: (0,registry_digest/* digestOf */.o)(body), mediaType, body };
}
/**
 * One image of gated ones, itself gated.
 * @param platforms what it must hold; empty: whatever there is
 * @param revision the commit of this run, empty when unknown
 * @param copy brings one of its images to a registry that lacks it
 * @throws ActionError merge-mismatch
 */
function join(parts, platforms, revision, annotations, copy) {
    const fault = faultOf(parts, platforms, revision);
    if (fault !== undefined)
        throw new errors/* ActionError */.lZ('merge-mismatch', `The digests do not make one image: ${fault}`);
    const manifest = indexOf(parts, annotations);
    const needed = parts.flatMap(({ entries }) => entries.map(({ digest }) => digest));
    const image = { digest: manifest.digest, store: 'containerd', localName: '', index: { manifest, parts: needed, copy } };
    return image;
}

;// CONCATENATED MODULE: ./lib/merge/merge.js
















/** Annotations of the index: what its labels would be, as an index has none, and those of the user over them. */
function annotationsOf({ labels, metadata }) {
    const given = metadata.annotations.map((line) => line.replace(/^[a-z-]+(\[[^\]]*\])?:/, ''));
    const pairs = given.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
    const all = { ...labels, ...Object.fromEntries(pairs) };
    // That no tag moves is said, too: else what the images say of it would count.
    return Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== '' || name === plan_labels/* movingTagsLabel */.Y9));
}
/** What of the gates of its parts an index does not have, said in so many words. */
function gaps(parts) {
    return parts.flatMap(({ platform, record }) => {
        const { gates, untested } = record;
        const left = [
            ...(gates.tests === 'skipped' ? ['its tests were left out'] : []),
            ...(gates.smoke === 'skipped' || untested.includes(platform) ? ['it was not started'] : []),
        ];
        return left.length > 0 ? [`${platform}: ${left.join(', ')}, as its job was told.`] : [];
    });
}
const childOf = ({ platform, entries, record }) => ({
    platform,
    digest: entries[0].digest,
    tests: record.gates.tests,
    smoke: record.untested.includes(platform) ? 'skipped' : record.gates.smoke,
});
/** The first that succeeds; else the error of the first. */
async function findFirst(all, attempt) {
    let failure;
    for (const one of all) {
        try {
            return await attempt(one);
        }
        catch (error) {
            failure ??= error;
        }
    }
    throw failure;
}
/** Joins what jobs have pushed by digest, and publishes that as any image: digest everywhere, then tags. Needs no engine. */
async function merge(host, inputs, plan, cancel) {
    const start = host.now();
    const env = (0,environment/* childEnvironment */.Qc)('code', host.env);
    const notices = [...plan.notices];
    const draft = (0,report_draft/* openDraft */.Ud)(host, plan, inputs.summary);
    const stages = (0,stage_runner/* createStageRunner */.t)(host, start, cancel, (all) => draft({ stages: all, notices, durationMs: host.now() - start }));
    let parts = [];
    let published;
    let attested = [];
    const attests = inputs.attest !== 'off';
    const publishing = await stages.run('publish', async (log) => {
        if (!plan.push.push)
            return (0,outcome/* skipped */.hT)(plan.push.reason);
        const { repository, sha } = plan.event;
        const wanted = { digests: inputs.digests, run: (0,record/* runNumber */.dZ)(host.env), repository, revision: sha };
        const found = await findFirst(plan.names, async (name) => {
            const { client } = await (0,registry_open/* openRepository */.h_)(host, plan.access, name, env, 'push');
            return { client, name, parts: await gather(client, name, wanted) };
        });
        parts = found.parts;
        for (const { platform, entries, record } of parts)
            log.line(`${platform} ${entries[0].digest}: tests ${record.gates.tests}, smoke ${record.gates.smoke}`);
        const image = join(parts, inputs.platforms, sha, annotationsOf(plan), async (digest, to) => {
            log.line(`${digest} is copied from ${(0,image_name/* nameText */.fh)(found.name)}`);
            await (0,copy/* copyImage */.L)(host, digest, found.client, to, cancel);
        });
        notices.push(...gaps(parts));
        if (cancel.aborted)
            return outcome/* stopped */.ce;
        const history = (0,publish_history/* createHistory */.n)(host, plan.event, inputs.credentials.githubToken, host.workspace, env);
        const publication = await (0,publish/* publish */.mk)(host, plan, image, history, env, log, cancel);
        published = publication.published;
        notices.push(...publication.kept);
        if (publication.failure)
            return (0,outcome/* failed */.gz)(publication.failure.code, publication.failure.message);
        (0,declare/* declareArtifacts */.I)(host, publication.arrived, log);
        if (attests) {
            const warn = (text) => {
                notices.push(text);
                host.log.warning(text);
            };
            const [{ openAttestor }, { joinedSuite }] = await Promise.all([__webpack_require__.e(/* import() */ 7705).then(__webpack_require__.bind(__webpack_require__, 87705)), __webpack_require__.e(/* import() */ 9216).then(__webpack_require__.bind(__webpack_require__, 39216))]);
            const attestor = openAttestor({ host, inputs: { ...inputs, workingDirectory: host.workspace }, plan, warn });
            attested = (await attestor?.({ smoke: joinedSuite(parts.map(childOf)) }, publication.arrived, log, cancel)) ?? [];
        }
        return (0,outcome/* passed */.bF)(published);
    }, report_text/* publishDetail */.Lb);
    const [cancelled, durationMs] = [cancel.aborted, host.now() - start];
    return {
        ...(0,of_publish/* reportOfPublish */.$)({ plan, publishing, published, cancelled, stages: stages.reports(), notices, durationMs }),
        ...(parts.length > 0 ? { merged: { digest: published?.digest ?? '', parts: parts.map(childOf) } } : {}),
        ...(attested.length > 0 ? { attested } : {}),
    };
}

;// CONCATENATED MODULE: ./lib/merge/main.js
















/** The sub-action: reads, plans, joins, reports; never throws. Asks neither git, which has no checkout here, nor an engine. */
async function mergeMain(host, given, event, cancel) {
    return (0,main/* keepReport */.kA)(host, given, await walk(host, given, event, cancel));
}
async function walk(host, given, event, cancel) {
    try {
        (0,hide/* hideGiven */.A)(host, given);
        const templateFault = await (0,libraries/* loadTemplateCheck */.zp)(['tags', 'flavor', 'annotations'].map((name) => given.get(name) ?? ''));
        const reading = readMerge(given, event, { ...host, templateFault, ...(await (0,read_registry_auth/* loadAuthParser */.k)(given)) });
        if (reading.kind === 'problems')
            return (0,main/* refuse */.TR)(host, reading.problems, given.get('summary') !== 'false');
        const { inputs } = reading;
        (0,hide/* hideLogins */.v)(host, inputs, event);
        const token = inputs.credentials.githubToken;
        const asks = token && event.source === 'github' && event.repository && !(event.defaultBranch && event.about);
        const known = asks ? await host.repository(event.repository, token) : {};
        const whole = (0,plan_event/* completeEvent */.id)(event, known);
        const dockerConfig = (0,job_config/* readJobConfig */.m)(host, inputs.images);
        const epoch = host.env['SOURCE_DATE_EPOCH'];
        const tools = { libraries: await (0,libraries/* loadLibraries */.k5)({ ...inputs, tags: (0,tags/* rulesOf */.fD)(inputs.tags) }, whole), now: (0,clock/* clockOf */.i)(epoch) ?? host.now() };
        const planning = (0,plan_plan/* planImage */.F)(inputs, whole, dockerConfig, tools, (tags) => (0,plan_labels/* computeIndexLabels */.Ne)(whole, tags, epoch));
        if (planning.kind === 'problems')
            return (0,main/* refuse */.TR)(host, planning.problems, inputs.summary);
        const { plan } = planning;
        const unsigned = (0,possible/* missingToAttest */.p)(inputs.attest, plan.push, whole, host.env, token);
        if (unsigned && inputs.attest === 'required')
            return (0,main/* refuse */.TR)(host, [unsigned], inputs.summary);
        if (unsigned)
            host.log.warning(`Nothing will be attested. ${(0,inputs_inputs/* problemText */.fI)(unsigned)}.`);
        for (const notice of plan.notices)
            host.log.notice(notice);
        host.log.line(`Tags: ${plan.references.join(', ') || 'none'}`);
        host.log.line(plan.push.push ? `Merge: yes (${plan.push.reason}).` : `Merge: no (${plan.push.reason}).`);
        (0,outputs/* tellPlan */.f)(host, inputs, plan);
        return await (0,tell.tell)(host, await merge(host, inputs, plan, cancel), inputs.summary);
    }
    catch (error) {
        return (0,main/* broken */.mw)(host, error, given.get('summary') !== 'false');
    }
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

/***/ 70390:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  tell: () => (/* binding */ tell)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/outputs.js
var outputs = __webpack_require__(5077);
// EXTERNAL MODULE: ./lib/host/annotations.js
var annotations = __webpack_require__(43004);
// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(63021);
// EXTERNAL MODULE: ./lib/report/text.js
var report_text = __webpack_require__(44639);
;// CONCATENATED MODULE: ./lib/report/annotations.js



const longestTitle = 200;
const longestMessage = 2_000;
const longestFailure = 10_000;
function ofFailure(failure, more) {
    const { stage, code, at } = failure;
    return { level: 'error', title: `ML image: ${stage} ${code}`, message: `${(0,markdown/* clip */.$Q)((0,report_text/* failureText */.kY)(failure), longestFailure)}${more}`, ...at };
}
function ofTest({ name, message, file, line }) {
    return {
        level: 'error',
        title: (0,markdown/* clip */.$Q)(name, longestTitle),
        message: (0,markdown/* clip */.$Q)(message, longestMessage) || 'failed',
        ...(file === undefined ? {} : { file }),
        ...(file === undefined || line === undefined ? {} : { line }),
    };
}
/** What happened first, with what to do; then each failed test at its line, as far as there is room. */
function annotations_errors({ failure, tests }, room) {
    const failed = (tests?.failures ?? []).filter(({ file }) => file !== undefined);
    if (!failure)
        return [];
    const shown = failed.slice(0, Math.max(0, room - 1));
    const more = failed.length - shown.length;
    const rest = more === 0 ? '' : `\n${shown.length} failed tests are annotated; ${more} more are in the summary.`;
    return [ofFailure(failure, rest), ...shown.map(ofTest)].slice(0, room);
}
function ofCheck({ rule, message, url, at }) {
    return {
        level: 'warning',
        title: `Dockerfile: ${(0,markdown/* clip */.$Q)(rule, longestTitle)}`,
        message: url ? `${(0,markdown/* clip */.$Q)(message, longestMessage)}\n${(0,markdown/* clip */.$Q)(url, 300)}` : (0,markdown/* clip */.$Q)(message, longestMessage),
        ...at,
    };
}
function ofAdvice({ rule, message, why, at }) {
    return {
        level: 'warning',
        title: `Advice: ${(0,markdown/* clip */.$Q)(rule, longestTitle)}`,
        message: `${(0,markdown/* clip */.$Q)(message, longestMessage)}\n${(0,markdown/* clip */.$Q)(why, longestMessage)}`,
        ...at,
    };
}
/** One of each in turn: both come with the gravest first. */
function inTurn(a, b) {
    return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => [
        ...a.slice(index, index + 1),
        ...b.slice(index, index + 1),
    ]).flat();
}
/**
 * Findings in files, the gravest first; where there are more than have room, the last one says so. Of a red run the summary
 * has the advice: beside what stopped it that would be noise.
 */
function warnings({ checks, advice: given = [], failure }, room) {
    const advice = failure && failure.code !== 'advice' ? [] : given;
    const all = inTurn(checks.map(ofCheck), advice.filter(({ at }) => at !== undefined).map(ofAdvice));
    if (all.length <= room)
        return all;
    const shown = all.slice(0, Math.max(0, room - 1));
    const more = {
        level: 'warning',
        title: 'ML image: more findings',
        message: `${all.length - shown.length} more findings in the Dockerfile and the files around it are in the summary.`,
    };
    return [...shown, more].slice(0, room);
}
/** The annotations of a run: the best first, and of no level more than are shown. Files are paths from the workspace. */
function annotationsOf(report, room = () => annotations/* mostAnnotations */.Y) {
    return [...annotations_errors(report, room('error')), ...warnings(report, room('warning'))];
}

// EXTERNAL MODULE: ./lib/report/draft.js
var draft = __webpack_require__(78605);
// EXTERNAL MODULE: ./lib/report/outputs.js
var report_outputs = __webpack_require__(8568);
// EXTERNAL MODULE: ./lib/report/summary/summary.js + 16 modules
var summary_summary = __webpack_require__(28079);
;// CONCATENATED MODULE: ./lib/report/tell.js








/** Makes a report known: outputs, summary, the annotations, the comment on a pull request, and the last line of the log. */
async function tell(host, report, summary, comment) {
    const temp = host.env['RUNNER_TEMP'];
    const path = temp && (0,external_node_path_.join)(temp, `ml-image-report-${host.runId}.json`);
    if (path)
        host.files.writePrivate(path, host.masked(`${JSON.stringify(report, null, 2)}\n`));
    (0,outputs/* setOutputs */.n)(host, { ...(0,report_outputs/* reportOutputs */.rY)(report), ...(path ? { report: path } : {}) });
    if (summary)
        host.summary((0,summary_summary.summaryMarkdown)(report));
    (0,draft/* closeDraft */.W$)(host);
    const { failure } = report;
    const result = { exitCode: failure ? errors/* exitCodes */.hS[failure.kind] : errors/* exitCodes */.hS.passed, report };
    // A command line shows the report as a whole (cli/show.ts).
    if (host.kind === 'terminal')
        return result;
    for (const annotation of annotationsOf(report, host.annotationRoom))
        host.annotate(annotation);
    await comment?.(report);
    for (const figure of (0,report_text/* figures */.u5)(report))
        host.log.line(`  ${figure}`);
    host.log.line(`Result: ${report.result}. ${(0,report_text/* headline */.Pl)(report)}`);
    return result;
}


/***/ })

};
