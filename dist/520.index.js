export const id = 520;
export const ids = [520];
export const modules = {

/***/ 20520:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openFrom: () => (/* binding */ openFrom)
});

// EXTERNAL MODULE: ./lib/build/platforms.js
var build_platforms = __webpack_require__(52936);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/inputs/inputs.js
var inputs_inputs = __webpack_require__(78864);
// EXTERNAL MODULE: ./lib/outcome.js
var outcome = __webpack_require__(63259);
// EXTERNAL MODULE: ./lib/publish/record.js
var publish_record = __webpack_require__(20618);
// EXTERNAL MODULE: ./lib/test/find.js
var find = __webpack_require__(99089);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/build/layout.js
var build_layout = __webpack_require__(27564);
// EXTERNAL MODULE: ./lib/registry/digest.js
var registry_digest = __webpack_require__(82895);
// EXTERNAL MODULE: ./lib/handover/place.js
var handover_place = __webpack_require__(45764);
;// CONCATENATED MODULE: ./lib/handover/open-layout.js






/** Reads a small blob. @throws ActionError digest-mismatch when it is not what its name says */
function readChecked(files, path) {
    const text = files.readUntrusted(path);
    const [, hex] = /\/blobs\/sha256\/([a-f0-9]{64})$/.exec(path) ?? [];
    if (text !== undefined && hex !== undefined && (0,registry_digest/* digestOf */.o)(text) !== `sha256:${hex}`)
        throw new errors/* ActionError */.lZ('digest-mismatch', `sha256:${hex} has changed on its way: its bytes are now ${(0,registry_digest/* digestOf */.o)(text)}.`);
    return text;
}
/** Of several records the first that is about this image. */
function findRecord(files, folder, entries, image) {
    for (const { digest, artifactType } of entries) {
        if (artifactType !== publish_record/* recordType */.io || typeof digest !== 'string')
            continue;
        const manifest = readChecked(files, (0,build_layout/* blobPath */.n)(folder, digest));
        const artifact = manifest === undefined ? undefined : (0,publish_record/* readArtifact */.R9)(new TextEncoder().encode(manifest));
        const content = artifact?.subject === image ? readChecked(files, (0,build_layout/* blobPath */.n)(folder, artifact.content)) : undefined;
        const record = content === undefined ? undefined : (0,publish_record/* parseRecord */.Hh)(new TextEncoder().encode(content));
        if (record?.image === image)
            return record;
    }
    return undefined;
}
function readEntries(files, { folder, given }) {
    const text = files.readUntrusted((0,external_node_path_.join)(folder, 'index.json'));
    if (text === undefined)
        throw new errors/* ActionError */.lZ('layout-unusable', `${given} is no OCI layout: it has no index.json.`);
    return JSON.parse(text).manifests ?? [];
}
/**
 * Opens a layout: its one image, or that with the digest `wanted`. Manifests and configurations are held against their
 * digests; layers are not read yet. @throws ActionError layout-unusable, digest-mismatch
 */
function openLayout(files, place, wanted) {
    const { folder } = place;
    try {
        const entries = readEntries(files, place);
        const images = entries.filter(({ artifactType }) => artifactType !== publish_record/* recordType */.io);
        const digests = [...new Set(images.flatMap(({ digest }) => (typeof digest === 'string' ? [digest] : [])))];
        const [digest, ...others] = digests.filter((one) => wanted === undefined || one === wanted);
        if (digest === undefined)
            throw new errors/* ActionError */.lZ('layout-unusable', `${(0,handover_place/* placeText */.Z)(place)} holds no image${wanted === undefined ? '' : ` ${wanted}`}.`);
        if (others.length > 0)
            throw new errors/* ActionError */.lZ('layout-unusable', `${(0,handover_place/* placeText */.Z)(place)} holds ${digests.length} images: say which, as ${(0,handover_place/* placeText */.Z)(place)}@${digest}.`);
        const layout = (0,build_layout/* readLayout */.T)({ readText: (path) => readChecked(files, path) }, folder, digest);
        for (const part of [...layout.blobs, ...layout.manifests]) {
            const bytes = files.stat((0,build_layout/* blobPath */.n)(folder, part.digest))?.bytes;
            if (bytes === undefined)
                throw new errors/* ActionError */.lZ('layout-unusable', `${(0,handover_place/* placeText */.Z)(place)} lacks ${part.digest}, a part of its image.`);
            if (bytes !== part.bytes)
                throw new errors/* ActionError */.lZ('digest-mismatch', `${part.digest} has changed on its way: it has ${bytes} bytes, not ${part.bytes}.`);
        }
        if (layout.children.length === 0)
            throw new errors/* ActionError */.lZ('layout-unusable', `${(0,handover_place/* placeText */.Z)(place)} holds no image that could be run.`);
        const record = findRecord(files, folder, entries, digest);
        return { layout, ...(record ? { record } : {}) };
    }
    catch (error) {
        if (error instanceof errors/* ActionError */.lZ && error.code !== 'internal')
            throw error;
        throw new errors/* ActionError */.lZ('layout-unusable', `${(0,handover_place/* placeText */.Z)(place)} is no whole layout (${(0,errors/* messageOf */.bD)(error)}).`, { cause: error });
    }
}
/** Blobs that are read at the same time. */
const atOnce = 2;
/** Reads every blob and holds it against its digest. @throws ActionError digest-mismatch */
async function verifyBlobs(files, { folder, blobs }, signal) {
    const waiting = blobs.toSorted((a, b) => b.bytes - a.bytes);
    const verify = async () => {
        for (let blob = waiting.shift(); blob && !signal.aborted; blob = waiting.shift()) {
            const hex = await files.digest((0,build_layout/* blobPath */.n)(folder, blob.digest));
            if (`sha256:${hex}` === blob.digest)
                continue;
            waiting.length = 0;
            throw new errors/* ActionError */.lZ('digest-mismatch', `${blob.digest} has changed on its way: its bytes are now ${hex === undefined ? 'gone' : `sha256:${hex}`}.`);
        }
    };
    await Promise.all(Array.from({ length: atOnce }, verify));
}

;// CONCATENATED MODULE: ./lib/handover/reuse.js
const reuse_short = (commit) => commit.slice(0, 7) || 'no commit';
/**
 * A record in a layout is not signed: it is worth what the store of artifacts is worth that it came by. Within one run that
 * is the run itself; what another run has left counts for nothing.
 */
function trustIn(record, { repository, sha }, run) {
    const strange = (why) => ({ kind: 'strange', why });
    if (!record)
        return strange('it has no record of gates');
    if (!run)
        return strange('outside of a run of GitHub Actions a record proves nothing');
    if (record.run?.id !== run.id)
        return strange(`its record is of ${record.run ? `run ${record.run.id}` : 'no run'}, this is run ${run.id}`);
    if (record.repository !== repository)
        return strange(`its record is of ${record.repository || 'no repository'}`);
    if (record.revision !== sha)
        return strange(`its record is of ${reuse_short(record.revision)}, this run is about ${reuse_short(sha)}`);
    return { kind: 'trusted', record };
}
/** The inputs without the gates that the record says were passed in the job before. */
function withoutPassed(inputs, { gates, run }) {
    const leftOut = `passed in the job that handed it over (run ${run?.id}, attempt ${run?.attempt})`;
    const { test, smoke } = inputs;
    return {
        ...inputs,
        ...(gates.tests === 'passed' && test.run ? { test: { ...test, run: false, leftOut } } : {}),
        ...(gates.smoke === 'passed' && smoke.run ? { smoke: { ...smoke, run: false, leftOut } } : {}),
    };
}

// EXTERNAL MODULE: ./lib/build/brought.js + 1 modules
var brought = __webpack_require__(43168);
// EXTERNAL MODULE: ./lib/registry/open.js
var registry_open = __webpack_require__(60951);
// EXTERNAL MODULE: ./lib/build/image.js
var build_image = __webpack_require__(23965);
;// CONCATENATED MODULE: ./lib/handover/open-engine.js



/**
 * Looks an image of the engine up by its name or id, and gives it a name of this run: whatever its own name is moved to
 * meanwhile, this is the image that is gated. @throws ActionError image-not-found
 */
async function pin(host, reference, localName, env) {
    const { exitCode, stdout, stderr } = await host.capture({ argv: ['docker', 'image', 'inspect', reference], env });
    const image = exitCode === 0 ? JSON.parse(stdout)[0] : undefined;
    if (!image)
        throw new errors/* ActionError */.lZ('image-not-found', `${reference} is not in this engine (${stderr.trim().split('\n').at(-1) ?? ''}). One in a registry is given by its digest.`);
    const named = [...(image.RepoTags ?? []), ...(image.RepoDigests ?? [])].length > 0;
    if (named)
        host.leave({ kind: 'image', name: localName });
    const tagged = await host.capture({ argv: ['docker', 'image', 'tag', image.Id, localName], env });
    if (tagged.exitCode !== 0)
        throw new errors/* ActionError */.lZ('engine-unavailable', `The engine cannot name ${image.Id} (${tagged.stderr.trim()}).`);
    const { Os = 'linux', Architecture = '', Variant } = image;
    return {
        id: image.Id,
        config: (0,build_image/* configOf */.W1)(image),
        platform: (0,build_platforms/* normalPlatform */.Je)([Os, Architecture, ...(Variant ? [Variant] : [])].join('/')),
        ...(image.Size ? { size: image.Size } : {}),
        named,
    };
}

// EXTERNAL MODULE: ./lib/plan/image-name.js
var image_name = __webpack_require__(89916);
// EXTERNAL MODULE: ./lib/previous/pull-rules.js
var pull_rules = __webpack_require__(91764);
;// CONCATENATED MODULE: ./lib/handover/open-registry.js





const parse = (body) => JSON.parse(new TextDecoder().decode(body));
/** More manifests than an index of platforms and attestations ever has. */
const mostManifests = 200;
/** Reads an image of a registry whole, but for its layers. @throws ActionError image-not-found, digest-mismatch */
async function openRegistry(client, name, digest) {
    const where = (0,image_name/* nameText */.fh)(name);
    const manifests = [];
    const blobs = new Map();
    const children = [];
    const visit = async (wanted, said) => {
        const found = await client.getManifest(wanted);
        if (!found)
            throw new errors/* ActionError */.lZ('image-not-found', `${where} does not have ${wanted}.`);
        if ((0,registry_digest/* digestOf */.o)(found.body) !== wanted)
            throw new errors/* ActionError */.lZ('digest-mismatch', `${where} answers ${(0,registry_digest/* digestOf */.o)(found.body)} where ${wanted} was asked for.`);
        const json = parse(found.body);
        if ((json.manifests?.length ?? 0) > mostManifests)
            throw new errors/* ActionError */.lZ('image-not-found', `${where}@${wanted} is no index of an image.`);
        for (const child of json.manifests ?? [])
            await visit(child.digest, child.platform);
        const { config, layers = [] } = json;
        if (config) {
            for (const part of [config, ...layers])
                blobs.set(part.digest, { digest: part.digest, bytes: part.size });
            const own = said ?? parse((await client.getBlob(config.digest)) ?? new TextEncoder().encode('{}'));
            const { os = 'unknown', architecture = 'unknown', variant } = own;
            // An attestation is filed under unknown/unknown.
            if (os !== 'unknown')
                children.push({
                    platform: (0,build_platforms/* normalPlatform */.Je)([os, architecture, ...(variant ? [variant] : [])].join('/')),
                    digest: wanted,
                    configDigest: config.digest,
                    compressedBytes: [config, ...layers].reduce((sum, { size }) => sum + size, 0),
                });
        }
        const manifest = { ...found, digest: wanted };
        if (!manifests.some((one) => one.digest === wanted))
            manifests.push(manifest);
        return manifest;
    };
    const root = await visit(digest, undefined);
    if (children.length === 0)
        throw new errors/* ActionError */.lZ('image-not-found', `${where}@${digest} is no image of a container.`);
    const configText = async (wanted) => {
        const body = await client.getBlob(wanted);
        return body && new TextDecoder().decode(body);
    };
    return {
        origin: { client, root, manifests, blobs: [...blobs.values()] },
        whole: { root: digest, rules: (door) => (0,pull_rules/* pullRules */.L)(client, name.path, door), children, configText },
    };
}

;// CONCATENATED MODULE: ./lib/handover/take.js









/** Platforms that this engine cannot run, where they are to be. @throws ActionError platform-untested */
async function foreign(host, inputs, platforms, { engine, own, env, notice }) {
    if (!inputs.smoke.run)
        return [];
    const untested = await (0,build_platforms/* findForeign */.eN)(host, platforms, engine, own, env);
    if (!inputs.accept.has('untested-platforms'))
        (0,build_platforms/* refuseUntested */.Do)(untested, (0,build_platforms/* nativePlatform */.Nc)(engine.architecture));
    else if (untested.length > 0)
        notice(`Not tested, as this engine cannot run it: ${untested.join(', ')} (accept: untested-platforms).`);
    return untested;
}
/** What the engine has to have of an image that is elsewhere: what it is to run, or where nothing is run nothing. */
async function bringWhole(host, inputs, whole, taker, localName, signal) {
    const { engine, env } = taker;
    const native = (0,build_platforms/* nativePlatform */.Nc)(engine.architecture);
    const platforms = whole.children.map(({ platform }) => platform);
    const untested = await foreign(host, inputs, platforms, taker);
    if (!taker.needed) {
        const facts = await (0,brought/* known */.eO)(whole, (0,brought/* nativeFirst */.QH)(whole.children, native));
        return { ...facts, digest: whole.root, runnables: [], untested };
    }
    host.leave({ kind: 'image', name: localName });
    // What is not smoked need not be run: the engine's own platform does, if there is one.
    const unrun = inputs.smoke.run ? untested : platforms.filter((platform) => platform !== native);
    const image = await (0,brought/* brought */.Wp)(host, whole, unrun, native, { store: engine.store, localName, env, signal });
    return { ...image, untested };
}
async function takeLayout(host, inputs, { layout, record }, taker, localName, signal) {
    const over = new AbortController();
    // Beside the pull, which reads the same files.
    const verified = verifyBlobs(host.files, layout, AbortSignal.any([signal, over.signal]));
    verified.catch(() => undefined);
    try {
        const image = await bringWhole(host, inputs, (0,brought/* wholeOf */.l2)(host.files, layout), taker, localName, signal);
        await verified;
        return { ...image, untested: inputs.smoke.run ? image.untested : (record?.untested ?? []), layout };
    }
    catch (error) {
        // An engine that does not take a blob does not say why.
        if (!signal.aborted)
            await verified;
        throw error;
    }
    finally {
        over.abort();
    }
}
async function takeFromEngine(host, inputs, reference, taker, localName, log) {
    const { engine, env } = taker;
    const { id, config, platform, size, named } = await pin(host, reference, localName, env);
    const untested = await foreign(host, inputs, [platform], taker);
    const isNative = platform === (0,build_platforms/* nativePlatform */.Nc)(engine.architecture);
    if (!named)
        log.line(`${id} has no other name in this engine: it stays as ${localName}`);
    return {
        digest: id,
        ...(engine.store === 'classic' ? { configDigest: id } : {}),
        ...(engine.store === 'containerd' && size ? { compressedBytes: size } : {}),
        ...(named ? {} : { nameless: true }),
        runnables: untested.length > 0 ? [] : [isNative ? { id } : { platform, id }],
        untested,
        config,
    };
}
/**
 * Takes an image in place of a build, so that the gates have it as if it were built: what the engine lacks of it comes
 * through a door, by digest. @throws ActionError
 */
async function takeImage(host, inputs, plan, from, handed, taker, log, signal) {
    const localName = `ml-image-action/run:${host.runId}`;
    const take = async () => {
        switch (from.kind) {
            case 'layout':
                if (!handed)
                    throw new errors/* ActionError */.lZ('internal', 'The layout was not opened.');
                return await takeLayout(host, inputs, handed, taker, localName, signal);
            case 'registry': {
                const { client } = await (0,registry_open/* openRepository */.h_)(host, plan.access, from.name, taker.env, 'pull');
                const { origin, whole } = await openRegistry(client, from.name, from.digest);
                return { ...(await bringWhole(host, inputs, whole, taker, localName, signal)), origin };
            }
            case 'engine':
                return await takeFromEngine(host, inputs, from.reference, taker, localName, log);
        }
    };
    const image = await take();
    const taken = (0,inputs_inputs/* fromText */.IK)(from);
    const ending = { cacheTimes: {}, metadata: '{}', ...(image.configDigest === undefined ? {} : { configDigest: image.configDigest }) };
    log.line(`${taken}: ${image.layout?.root.digest ?? image.origin?.root.digest ?? image.digest}`);
    return (0,outcome/* passed */.bF)({
        ...image,
        store: taker.engine.store,
        localName,
        taken,
        steps: { hit: 0, total: 0 },
        stepReports: [],
        ending: Promise.resolve(ending),
    });
}

;// CONCATENATED MODULE: ./lib/handover/taking.js









function taking_open(host, from) {
    if (from.kind !== 'layout')
        return { kind: 'open' };
    try {
        return { kind: 'open', handed: openLayout(host.files, from, from.digest) };
    }
    catch (error) {
        if (error instanceof errors/* ActionError */.lZ)
            return { kind: 'failed', error };
        throw error;
    }
}
/** The tests are those of the checkout, which need not have any where nothing is built. */
function withoutMissingTests(host, inputs) {
    const { test, workingDirectory } = inputs;
    if (!test.run || test.command !== undefined || (0,find/* hasPytestFiles */.d)(host.files, workingDirectory))
        return inputs;
    return { ...inputs, test: { ...test, run: false, leftOut: 'no tests here, and the image was not built here' } };
}
/** Of a layout without a record that counts the gates are run again, and one that leaves out the smoke test is refused. */
function judge(host, plan, given, from, handed) {
    if (from.kind !== 'layout')
        return { inputs: withoutMissingTests(host, given) };
    const trust = trustIn(handed?.record, plan.event, (0,publish_record/* runNumber */.dZ)(host.env));
    if (trust.kind === 'trusted') {
        const { gates } = trust.record;
        host.log.line(`${(0,inputs_inputs/* fromText */.IK)(from)} was gated in this run: tests ${gates.tests}, smoke ${gates.smoke}.`);
        return { inputs: withoutMissingTests(host, withoutPassed(given, trust.record)), reused: trust.record };
    }
    if (!given.smoke.run)
        throw new errors/* ActionError */.lZ('layout-ungated', `Nothing says that the gates of ${(0,inputs_inputs/* fromText */.IK)(from)} were green (${trust.why}), and smoke: false leaves them out here.`);
    host.log.line(`${(0,inputs_inputs/* fromText */.IK)(from)} is gated here: ${trust.why}.`);
    return { inputs: withoutMissingTests(host, given) };
}
/** Whether anybody has a use for the image in the engine. */
function needsEngine({ kind }, { test, smoke, quality, leaks }, { push }, from) {
    const kept = kind === 'terminal' || (!push.push && !push.layout);
    const inImage = test.run && test.place.kind === 'image';
    // The layers of a layout are searched as files.
    const searched = leaks.check && from.kind !== 'layout';
    return kept || smoke.run || inImage || searched || smoke.gateCommand !== undefined || quality.file?.kind === 'image';
}
/** Opens what `from` names, and decides which gates it has still to pass. Never throws what a stage could tell. */
function openFrom(host, given, plan, from) {
    const opening = taking_open(host, from);
    let error = opening.kind === 'failed' ? opening.error : undefined;
    const handed = opening.kind === 'open' ? opening.handed : undefined;
    let judged = { inputs: given };
    try {
        if (!error)
            judged = judge(host, plan, given, from, handed);
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* ActionError */.lZ))
            throw thrown;
        error = thrown;
    }
    // Of an image that is not there nobody wants to hear more.
    const inputs = error ? { ...given, test: { ...given.test, run: false, leftOut: 'there is no image to publish' } } : judged.inputs;
    return {
        inputs,
        ...(judged.reused ? { reused: judged.reused } : {}),
        prepare: (engine, own, env, notice) => {
            host.log.line(`Engine ${engine.version}, ${engine.store} image store. Nothing is built: the image is ${(0,inputs_inputs/* fromText */.IK)(from)}.`);
            const taker = { engine, own, env, needed: needsEngine(host, inputs, plan, from), notice };
            const take = async (log, signal) => {
                if (error)
                    return (0,outcome/* failed */.gz)(error.code, error.message);
                if (signal.aborted)
                    return outcome/* stopped */.ce;
                return await takeImage(host, inputs, plan, from, handed, taker, log, signal);
            };
            return {
                engine,
                order: {
                    build: inputs.build,
                    labels: plan.labels,
                    builder: own,
                    store: engine.store,
                    cache: { kind: 'none' },
                    elsewhere: false,
                    untested: [],
                    native: (0,build_platforms/* nativePlatform */.Nc)(engine.architecture),
                },
                chosen: { cache: { kind: 'none' }, because: 'nothing is built' },
                layers: { cache: { kind: 'none' }, environment: {} },
                buildEnv: env,
                take,
            };
        },
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


/***/ })

};
