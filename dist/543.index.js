export const id = 543;
export const ids = [543];
export const modules = {

/***/ 27564:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ readLayout),
/* harmony export */   n: () => (/* binding */ blobPath)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2521);
/* harmony import */ var _platforms_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52936);



/** Where a layout keeps what has this digest. */
function blobPath(folder, digest) {
    if (!/^sha256:[a-f0-9]{64}$/.test(digest))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('internal', `"${digest.slice(0, 100)}" is no digest.`);
    return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'blobs', 'sha256', digest.slice('sha256:'.length));
}
const partOf = ({ digest, mediaType, size }) => ({ digest, mediaType, bytes: size });
/** Reads the layout whose image has the digest `wanted`. @throws ActionError internal when it is not whole */
function readLayout(files, folder, wanted) {
    const read = (path) => {
        const text = files.readText(path);
        if (text === undefined)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('internal', `The builder left no whole image: ${path} is missing.`);
        return JSON.parse(text);
    };
    const top = read((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'index.json')).manifests?.find(({ digest }) => digest === wanted);
    if (!top)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('internal', `The builder left another image than ${wanted}, which it says it built.`);
    const children = [];
    const manifests = [];
    const blobs = new Map();
    const visit = (descriptor) => {
        const json = read(blobPath(folder, descriptor.digest));
        for (const child of json.manifests ?? [])
            visit(child);
        const { config, layers = [] } = json;
        if (config) {
            for (const part of [config, ...layers])
                blobs.set(part.digest, partOf(part));
            const platform = descriptor.platform ?? read(blobPath(folder, config.digest));
            const { os = 'unknown', architecture = 'unknown', variant } = platform;
            // An attestation is filed under unknown/unknown.
            if (os !== 'unknown')
                children.push({
                    platform: (0,_platforms_js__WEBPACK_IMPORTED_MODULE_2__/* .normalPlatform */ .Je)([os, architecture, ...(variant ? [variant] : [])].join('/')),
                    digest: descriptor.digest,
                    configDigest: config.digest,
                    compressedBytes: [config, ...layers].reduce((sum, { size }) => sum + size, 0),
                });
        }
        manifests.push(partOf(descriptor));
    };
    visit(top);
    return { folder, root: partOf(top), children, manifests, blobs: [...blobs.values()] };
}


/***/ }),

/***/ 7200:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ labelsOf),
/* harmony export */   W: () => (/* binding */ createReader)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);
/* harmony import */ var _plan_labels_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24866);
/* harmony import */ var _registry_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82895);
/* harmony import */ var _pedigree_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(61272);




const parse = (body) => JSON.parse(new TextDecoder().decode(body));
async function manifestOf(client, digest) {
    const manifest = await client.getManifest(digest);
    if (manifest && (0,_registry_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .o)(manifest.body) !== digest)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('digest-mismatch', `The registry answers ${(0,_registry_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .o)(manifest.body)} where ${digest} was asked for.`);
    return manifest ? { ...manifest, digest } : undefined;
}
/**
 * The labels of an image; of an index, those of the first child that runs somewhere (attestations do not), and over them
 * the annotations of one that a merge has made: it set the tags, with inputs of its own.
 */
async function labelsOf(client, manifest) {
    const json = parse(manifest.body);
    const child = json.manifests?.find(({ platform }) => platform?.os !== 'unknown')?.digest;
    const image = child === undefined ? json : parse((await manifestOf(client, child))?.body ?? new TextEncoder().encode('{}'));
    const config = image.config?.digest === undefined ? undefined : await client.getBlob(image.config.digest);
    const merged = json.annotations?.[_plan_labels_js__WEBPACK_IMPORTED_MODULE_1__/* .movingTagsLabel */ .Y9] === undefined ? {} : json.annotations;
    return { ...(config && parse(config).config?.Labels), ...merged };
}
/** Reads what the tags of one repository hold; images that are not of `source` say nothing of themselves. Labels that cannot be read are none: the image says nothing of itself. */
function createReader(client, source) {
    const known = new Map();
    return async (reference) => {
        const digest = await client.head(reference);
        const before = digest === undefined ? undefined : known.get(digest);
        if (digest === undefined || before)
            return before;
        const manifest = await manifestOf(client, digest);
        if (!manifest)
            return undefined;
        const held = { digest, manifest, pedigree: (0,_pedigree_js__WEBPACK_IMPORTED_MODULE_3__/* .readPedigree */ .CZ)(await labelsOf(client, manifest).catch(() => ({})), source) };
        known.set(digest, held);
        return held;
    };
}


/***/ }),

/***/ 37771:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ createHistory)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2521);


/** A question to GitHub is asked this often, and in all for this long (ms). */
const mostTries = 3;
const longest = 10_000;
const firstPause = 300;
/** Commits that a comparison has at most. */
const mostMissing = 250;
const statusOf = (error) => {
    const status = error.status;
    return typeof status === 'number' ? status : undefined;
};
/** Asks again what a server could not answer; a refusal is its last word. */
async function askGitHub(host, ask) {
    const start = host.now();
    for (let tries = 1;; tries++) {
        try {
            return await ask();
        }
        catch (error) {
            const pause = firstPause * 2 ** (tries - 1);
            const again = (statusOf(error) ?? 500) >= 500 && tries < mostTries && host.now() - start + pause < longest;
            if (!again)
                throw error;
            await host.sleep(pause);
        }
    }
}
const toldBy = (error, permission) => {
    const status = statusOf(error);
    if (status === 404)
        return 'GitHub knows nothing of it (HTTP 404)';
    if (status === 403)
        return `GitHub does not tell it to this token (HTTP 403), which "permissions: ${permission}: read" would let`;
    return `GitHub was not to be asked (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error).slice(0, 200)})`;
};
/** What git knows of two commits. A shallow copy does not know whether one descends from the other. */
async function gitRelation(host, folder, env, base, other) {
    const git = async (...args) => await host
        .capture({ argv: ['git', '-c', 'safe.directory=*', ...args], cwd: folder, env })
        .catch(() => ({ exitCode: 128, stdout: '', stderr: '' }));
    const descends = async (one, from) => (await git('merge-base', '--is-ancestor', from, one)).exitCode;
    const [ahead, behind] = await Promise.all([descends(other, base), descends(base, other)]);
    if (ahead === 0)
        return { kind: 'ahead' };
    if (behind === 0)
        return { kind: 'behind' };
    if (ahead !== 1 || behind !== 1)
        return { kind: 'unknown', reason: 'the working copy does not have both commits' };
    const shallow = (await git('rev-parse', '--is-shallow-repository')).stdout.trim() !== 'false';
    return shallow ? { kind: 'unknown', reason: 'the working copy is shallow' } : { kind: 'diverged' };
}
/** History by GitHub's API in a workflow, by the working copy in `folder` elsewhere or where the API does not answer. */
function createHistory(host, event, token, folder, env) {
    const { repository, ref } = event;
    const api = event.source === 'github' && repository !== '' && token !== undefined && token !== '';
    const compare = async (base, head) => {
        if (!api)
            throw new Error(event.source === 'github' ? 'there is no github-token' : 'this is no workflow');
        return await askGitHub(host, () => host.compareCommits(repository, base, head, token));
    };
    const relations = new Map();
    const runs = new Map();
    const relate = async (base, other) => {
        if (base === other)
            return { kind: 'identical' };
        try {
            return { kind: (await compare(base, other)).status };
        }
        catch (error) {
            const local = await gitRelation(host, folder, env, base, other);
            return local.kind === 'unknown' && api ? { kind: 'unknown', reason: toldBy(error, 'contents') } : local;
        }
    };
    const findRun = async (commit) => {
        const workflow = event.run?.workflow;
        if (!api || workflow === undefined)
            return { kind: 'none' };
        try {
            const numbers = await askGitHub(host, () => host.runNumbers(repository, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(workflow), commit, token));
            return numbers.length === 0 ? { kind: 'none' } : { kind: 'number', number: Math.max(...numbers) };
        }
        catch (error) {
            return {
                kind: 'unknown',
                reason: `the commits have parted ways, and which run was the later one is not known: ${toldBy(error, 'actions')}`,
            };
        }
    };
    const once = (kept, key, ask) => {
        const known = kept.get(key) ?? ask();
        kept.set(key, known);
        return known;
    };
    const branch = ref.kind === 'branch' ? ref.name : ref.kind === 'pull' ? `refs/pull/${ref.number}/head` : event.defaultBranch;
    return {
        relation: (base, other) => once(relations, `${base}...${other}`, () => relate(base, other)),
        latestRun: (commit) => once(runs, commit, () => findRun(commit)),
        since: async (base) => {
            if (branch === undefined)
                return { kind: 'unknown', reason: 'no branch is known to look at' };
            try {
                const { missing } = await compare(base, branch);
                return { kind: 'known', commits: missing.toReversed(), whole: missing.length < mostMissing };
            }
            catch (error) {
                return { kind: 'unknown', reason: api ? toldBy(error, 'contents') : (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error) };
            }
        },
    };
}


/***/ }),

/***/ 32718:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DZ: () => (/* binding */ recordsOfRun),
/* harmony export */   Tb: () => (/* binding */ recordsOfDigests),
/* harmony export */   rP: () => (/* binding */ keepRecord)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89916);
/* harmony import */ var _record_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(20618);



/** Puts the record beside the image, in its repository, and asks for it. @returns its `name:tag` @throws ActionError */
async function keepRecord({ name, client, image }, record) {
    const { manifest, blobs } = (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .recordArtifact */ .wY)(record, image.manifest);
    for (const { digest, body } of blobs)
        if (!(await client.hasBlob(digest)))
            await client.putBlob(digest, body);
    const tag = (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .recordTag */ .yg)(record);
    await client.putManifest(tag, manifest);
    const now = await client.head(tag);
    if (now !== manifest.digest)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('digest-mismatch', `${(0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__/* .nameText */ .fh)(name)}:${tag} answers ${now ?? 'nothing'}, set was ${manifest.digest}.`);
    return `${(0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__/* .nameText */ .fh)(name)}:${tag}`;
}
/** The record that a tag holds; undefined when it holds something else, or one of another image than it says. */
async function readRecord(client, tag) {
    const manifest = await client.getManifest(tag);
    const artifact = manifest && (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .readArtifact */ .R9)(manifest.body);
    const body = artifact && (await client.getBlob(artifact.content));
    const record = body && (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .parseRecord */ .Hh)(body);
    return record && record.image === artifact?.subject && (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .recordTag */ .yg)(record) === tag ? record : undefined;
}
async function readAll(client, tags) {
    const read = await Promise.all(tags.map((tag) => readRecord(client, tag)));
    return read.filter((record) => record !== undefined);
}
/** Whether a registry has begun its list behind `after`, and in order: not all know how to. */
function isBehind(names, after) {
    return names.every((name, at) => name > (names[at - 1] ?? after));
}
/** The records that the jobs of a run have kept in a repository. One page of its tags does, where the registry sorts them. */
async function recordsOfRun(client, run) {
    const isOurs = (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .isRecordIn */ .p$)(run);
    const page = await client.listTags((0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .recordPrefix */ .Kg)(run));
    const last = page.names.at(-1);
    const isAll = last !== undefined && isBehind(page.names, (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .recordPrefix */ .Kg)(run)) && (page.whole || !isOurs(last));
    const { names, whole } = isAll && page.names.some(isOurs) ? { ...page, whole: true } : await client.listTags();
    return { records: await readAll(client, names.filter(isOurs)), whole };
}
/** Records of the images with these digests, whichever run has kept them; of one image there may be several. */
async function recordsOfDigests(client, digests) {
    const { names, whole } = await client.listTags();
    const tags = names.filter((name) => digests.some((digest) => (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .isRecordOf */ .vJ)(digest)(name)));
    return { records: (await readAll(client, tags)).filter(({ image }) => digests.includes(image)), whole };
}


/***/ }),

/***/ 61272:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CZ: () => (/* binding */ readPedigree),
/* harmony export */   Vb: () => (/* binding */ areOwn),
/* harmony export */   qA: () => (/* binding */ ownPedigree),
/* harmony export */   vz: () => (/* binding */ sourceOf)
/* harmony export */ });
/* harmony import */ var _plan_labels_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24866);

const revisionLabel = 'org.opencontainers.image.revision';
const sourceLabel = 'org.opencontainers.image.source';
/** An image inherits the labels of its base: those of another repository, or without a commit, are not its own. */
function areOwn(labels, source) {
    const said = labels[sourceLabel];
    const isElsewhere = said !== undefined && source !== undefined && said.toLowerCase() !== source.toLowerCase();
    return !isElsewhere && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(labels[revisionLabel] ?? '');
}
/**
 * Reads the labels of OCI and ours. What is not of the right form is not there.
 * @param source the label `org.opencontainers.image.source` of our own images, as far as it is known
 */
function readPedigree(labels, source) {
    if (!areOwn(labels, source))
        return { movingTags: [] };
    const revision = labels[revisionLabel];
    const version = labels['org.opencontainers.image.version'];
    const workflow = labels[_plan_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .workflowLabel */ .Sz];
    const number = labels[_plan_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .runLabel */ .Az];
    return {
        ...(revision ? { revision } : {}),
        ...(version ? { version } : {}),
        ...(workflow && number !== undefined && /^\d{1,15}$/.test(number) ? { run: { workflow, number: Number(number) } } : {}),
        movingTags: labels[_plan_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .movingTagsLabel */ .Y9]?.split(' ') ?? [],
    };
}
/** Of the image that this run has built: its labels, and the run also where the labels do not have it. */
function ownPedigree(labels, event) {
    return { ...readPedigree(labels), ...(event.run ? { run: event.run } : {}) };
}
/** Where our images say that they come from. */
function sourceOf(labels) {
    return labels[sourceLabel];
}


/***/ }),

/***/ 59240:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  m: () => (/* binding */ publish)
});

// UNUSED EXPORTS: proveSame

// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/plan/image-name.js
var image_name = __webpack_require__(89916);
// EXTERNAL MODULE: ./lib/registry/digest.js
var registry_digest = __webpack_require__(82895);
// EXTERNAL MODULE: ./lib/registry/open.js
var registry_open = __webpack_require__(60951);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./lib/outcome.js
var outcome = __webpack_require__(63259);
// EXTERNAL MODULE: ./lib/registry/private-config.js
var private_config = __webpack_require__(84779);
// EXTERNAL MODULE: ./lib/registry/retry.js
var retry = __webpack_require__(71653);
// EXTERNAL MODULE: ./lib/publish/push-argv.js
var push_argv = __webpack_require__(28514);
;// CONCATENATED MODULE: ./lib/publish/relay-rules.js

/** What a push asks for by itself; nothing by which a tag could be set or anything be deleted. */
const allowed = [
    { methods: /^(GET|HEAD)$/, rest: /^blobs\/sha256:[a-f0-9]{64}$/ },
    { methods: /^(POST|GET|HEAD|PATCH|PUT)$/, rest: /^blobs\/uploads\// },
    { methods: /^(GET|HEAD|PUT)$/, rest: /^manifests\/sha256:[a-f0-9]{64}$/ },
];
/**
 * The rules of a door into which the engine pushes repository `door` as if it were the registry; what it is called
 * there only this run knows. Requests go on with our login, so the engine needs none; the one that would set the tag
 * `runTag` stores the manifest by its digest alone. Nothing else in the registry points to the image yet.
 */
function pushRules(client, path, door, runTag, carried) {
    const elsewhere = '/elsewhere/';
    const origins = new Set();
    const answer = (status, headers = {}, body = '') => ({
        kind: 'answer',
        status,
        headers,
        body,
    });
    const store = async (request) => {
        const body = await request.readBody();
        const digest = (0,registry_digest/* digestOf */.o)(body);
        try {
            const said = await client.putManifest(digest, { digest, mediaType: request.headers['content-type'] ?? '', body });
            if (said !== '' && said !== digest)
                throw new Error(`the registry stored ${said} instead of ${digest}`);
        }
        catch (error) {
            carried.failure = error;
            return answer(502, {}, JSON.stringify({ errors: [{ code: 'UNAVAILABLE', message: 'see the log of the action' }] }));
        }
        carried.digest = digest;
        return answer(201, { 'docker-content-digest': digest, location: `/v2/${door}/manifests/${digest}` });
    };
    const ours = `/v2/${door}/`;
    /** Where the registry itself is. */
    let home;
    return {
        route: async (request) => {
            if (/^\/v2\/?$/.test(request.path))
                return answer(200, {}, '{}');
            if (request.path.startsWith(elsewhere)) {
                const [encoded = '', ...rest] = request.path.slice(elsewhere.length).split('/');
                const origin = Buffer.from(encoded, 'base64url').toString();
                if (!origins.has(origin))
                    return answer(404);
                return { kind: 'forward', method: request.method, url: `${origin}/${rest.join('/')}`, headers: {} };
            }
            if (!request.path.startsWith(ours))
                return answer(404);
            const rest = request.path.slice(ours.length);
            if (rest === `manifests/${runTag}`)
                return request.method === 'PUT' ? await store(request) : answer(404);
            const [bare = ''] = rest.split('?');
            if (!allowed.some((one) => one.methods.test(request.method) && one.rest.test(bare)))
                return answer(405);
            // As it will be read there: a way out of the repository, however its dots and slashes are written, shows now.
            const target = new URL(`${await client.base()}/v2/${path}/${rest}`);
            if (!target.pathname.startsWith(`/v2/${path}/blobs/`) && !target.pathname.startsWith(`/v2/${path}/manifests/sha256:`))
                return answer(405);
            return { kind: 'forward', method: request.method, url: target.href, headers: await client.authorization('pull,push') };
        },
        // Upload locations must come back to us, those on another host too.
        location: (location, sentTo) => {
            const target = new URL(location, sentTo);
            const theirs = `/v2/${path}/`;
            // The first request goes to the registry itself.
            home ??= new URL(sentTo).origin;
            if (target.origin === home && target.pathname.startsWith(theirs))
                return `${ours}${target.pathname.slice(theirs.length)}${target.search}`;
            origins.add(target.origin);
            return `${elsewhere}${Buffer.from(target.origin).toString('base64url')}${target.pathname}${target.search}`;
        },
    };
}

// EXTERNAL MODULE: ./lib/build/layout.js
var build_layout = __webpack_require__(27564);
;// CONCATENATED MODULE: ./lib/publish/upload.js



/** Layers on their way at the same time, as many as Docker sends. */
const atOnce = 5;
/**
 * Brings a layout into a repository without setting any of its tags: the layers that it lacks, then the manifests, that
 * of the whole image last. @returns its digest @throws ActionError
 */
async function upload(files, layout, client, signal) {
    const waiting = layout.blobs.toSorted((a, b) => b.bytes - a.bytes);
    const send = async () => {
        for (let blob = waiting.shift(); blob; blob = waiting.shift()) {
            if (signal.aborted)
                throw new errors/* ActionError */.lZ('cancelled', 'The run was cancelled while the image was pushed.');
            if (!(await client.hasBlob(blob.digest)))
                await client.putBlob(blob.digest, (0,build_layout/* blobPath */.n)(layout.folder, blob.digest));
        }
    };
    try {
        await Promise.all(Array.from({ length: atOnce }, send));
    }
    finally {
        // One that is refused ends the others, too.
        waiting.length = 0;
    }
    for (const { digest, mediaType } of layout.manifests) {
        const body = new TextEncoder().encode(files.readText((0,build_layout/* blobPath */.n)(layout.folder, digest)) ?? '');
        if ((0,registry_digest/* digestOf */.o)(body) !== digest)
            throw new errors/* ActionError */.lZ('digest-mismatch', `The manifest ${digest} of the build has changed on this machine.`);
        const stored = await client.putManifest(digest, { digest, mediaType, body });
        if (stored !== '' && stored !== digest)
            throw new errors/* ActionError */.lZ('digest-mismatch', `The registry stored ${stored} instead of ${digest}.`);
    }
    return layout.root.digest;
}

;// CONCATENATED MODULE: ./lib/publish/carry.js
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









const permanent = /denied|unauthorized|forbidden|not found|does not exist|immutable|quota|too large/i;
async function dockerPush(host, reference, env, signal) {
    const said = (0,outcome/* tail */.RT)(20);
    const ended = await host.stream({ argv: (0,push_argv/* pushArgv */.d)(reference), env }, { signal, onLine: said.push });
    if (signal.aborted)
        throw new errors/* ActionError */.lZ('cancelled', 'The run was cancelled while the image was pushed.');
    return { exitCode: ended.kind === 'exited' ? ended.exitCode : 1, said: said.lines.join('\n') };
}
function pushError(name, said) {
    const line = said.split('\n').at(-1) ?? '';
    if (/unauthorized|authentication required|401/i.test(line))
        return new errors/* ActionError */.lZ('registry-unauthorized', `${(0,image_name/* nameText */.fh)(name)}: ${line}`);
    if (/denied|403|404|not found|does not exist/i.test(line))
        return new errors/* ActionError */.lZ('registry-denied', `${(0,image_name/* nameText */.fh)(name)}: ${line}`);
    return new errors/* ActionError */.lZ('push-failed', `${(0,image_name/* nameText */.fh)(name)}: ${line}`);
}
/** Under a tag of this run, does it, and has the tag taken away. */
async function withTag(host, image, reference, env, use) {
    host.leave({ kind: 'image', name: reference });
    const { exitCode, stderr } = await host.capture({ argv: ['docker', 'image', 'tag', image.localName, reference], env });
    if (exitCode !== 0)
        throw new errors/* ActionError */.lZ('push-failed', `The image cannot be tagged ${reference} (${stderr.trim()}).`);
    try {
        return await use();
    }
    finally {
        // Nobody waits for it: the name is this run's own, and the engine is busy with the layers it has sent.
        void host.capture({ argv: ['docker', 'image', 'rm', reference], env }).catch(() => undefined);
    }
}
async function throughRelay(host, image, name, client, env, signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        // What cannot be entered is told in the registry's own words, before the engine makes its own of them.
        await client.authorization('pull,push');
        const carried = {};
        const door = (0,external_node_crypto_.randomUUID)();
        const relay = __addDisposableResource(env_1, await host.relay(pushRules(client, name.path, door, host.runId, carried)), true);
        const reference = `127.0.0.1:${relay.port}/${door}:${host.runId}`;
        const last = await withTag(host, image, reference, env, () => (0,retry/* withRetry */.bD)(host, signal, async () => {
            const value = await dockerPush(host, reference, env, signal);
            const again = value.exitCode !== 0 && !carried.failure && relay.requests() > 0 && !permanent.test(value.said);
            return again ? { kind: 'again', value } : { kind: 'done', value };
        }));
        if (carried.failure)
            throw carried.failure;
        if (last.exitCode === 0 && carried.digest)
            return carried.digest;
        if (relay.requests() === 0)
            return { kind: 'unreached' };
        throw pushError(name, last.said);
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
/** For an engine on another machine: it pushes by itself, under one tag that stays, with a login only it is shown. */
async function byItself(host, image, name, fallback, env, signal) {
    const config = fallback.credential ? (0,private_config/* makePrivateConfig */.Y)(host, new Map([[name.registry, fallback.credential]])) : undefined;
    try {
        const reference = `${name.registry}/${name.path}:${fallback.tag}`;
        const pushed = await withTag(host, image, reference, env, () => dockerPush(host, reference, { ...env, ...config?.variables }, signal));
        if (pushed.exitCode !== 0)
            throw pushError(name, pushed.said);
        return fallback.tag;
    }
    finally {
        if (config)
            host.files.remove(config.folder);
    }
}
/** A registry takes an index only when it has all that it names. */
async function putIndex(client, { manifest, parts, copy }) {
    const there = await Promise.all(parts.map((digest) => client.head(digest)));
    for (const [at, digest] of parts.entries())
        if (there[at] !== digest)
            await copy(digest, client);
    const stored = await client.putManifest(manifest.digest, manifest);
    if (stored !== '' && stored !== manifest.digest)
        throw new errors/* ActionError */.lZ('digest-mismatch', `The registry stored ${stored} instead of ${manifest.digest}.`);
    return manifest.digest;
}
/**
 * Brings the image's layers and manifest into a repository without setting any of its tags.
 * @returns what the manifest can be asked for by: its digest, or the carrier tag of an engine that does not reach us
 */
async function carry(host, image, name, client, fallback, env, signal) {
    try {
        if (image.index)
            return await putIndex(client, image.index);
        if (image.layout)
            return await upload(host.files, image.layout, client, signal);
        const digest = await throughRelay(host, image, name, client, env, signal);
        if (typeof digest === 'string')
            return digest;
        host.log.line(`the engine does not reach this machine: it pushes ${(0,image_name/* nameText */.fh)(name)}:${fallback.tag} by itself`);
        return await byItself(host, image, name, fallback, env, signal);
    }
    catch (error) {
        if (error instanceof errors/* ActionError */.lZ)
            throw error;
        throw new errors/* ActionError */.lZ((0,retry/* isTransientError */.bV)(error) ? 'registry-unavailable' : 'push-failed', `${(0,image_name/* nameText */.fh)(name)}: ${(0,errors/* messageOf */.bD)(error)}`, {
            cause: error,
        });
    }
}

;// CONCATENATED MODULE: ./lib/publish/newer.js
const newer_short = (commit) => commit?.slice(0, 7) ?? 'no commit';
const isEarlier = ({ ours, theirs }) => ours.kind === 'number' && theirs.kind === 'number' && theirs.number < ours.number;
/**
 * Whether the image that a tag holds is newer than ours: a higher version, for a tag that came from one; a commit that
 * descends from ours; a later run of the same workflow. That a newer commit exists says nothing, it must be published.
 */
function judge(ours, theirs, { version, relation, runs }) {
    if (version === 'higher')
        return { kind: 'newer', reason: `its version ${theirs.version} is higher` };
    if (version === 'lower')
        return { kind: 'older' };
    if (relation.kind === 'ahead')
        return { kind: 'newer', reason: `its commit ${newer_short(theirs.revision)} descends from ${newer_short(ours.revision)}` };
    if (runs.ours.kind === 'number' && runs.theirs.kind === 'number' && runs.theirs.number > runs.ours.number)
        return { kind: 'newer', reason: `it is of run ${runs.theirs.number} of the same workflow, ours is run ${runs.ours.number}` };
    if (relation.kind === 'behind' || isEarlier(runs))
        return { kind: 'older' };
    if (relation.kind === 'unknown')
        return relation;
    if (runs.theirs.kind === 'unknown')
        return runs.theirs;
    return runs.ours.kind === 'unknown' ? runs.ours : { kind: 'level' };
}

// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(62088);
;// CONCATENATED MODULE: ./lib/publish/version-order.js

/**
 * The version in the text of a label: `v1.4.2`, `model-1.4.2`, or `1.4` where a run has no longer one. A bare number is
 * none: it may as well be a date or the number of a run.
 */
const inText = /(?:^|[^\w.])v?((?:\d+!)?\d+\.\d+.*)$/i;
/** What is behind the numbers of so short a version it does not say. */
const partial = /^(\d+)\.(\d+)$/;
const sign = (number) => (number > 0 ? 'higher' : number < 0 ? 'lower' : 'same');
const beginning = (version) => (/(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
/** Where one of the two is partial. */
function compareBeginnings(theirs, ours) {
    const [major = 0, minor = 0] = beginning(theirs);
    const [ourMajor = 0, ourMinor = 0] = beginning(ours);
    return sign(major - ourMajor || minor - ourMinor);
}
async function comparerOf(scheme) {
    if (scheme === 'semver') {
        return (theirs, ours) => {
            const [one, other] = [theirs, ours].map((text) => semver.parse(text, { loose: true }));
            return one && other ? one.compare(other) : undefined;
        };
    }
    const { compare, valid } = (await __webpack_require__.e(/* import() */ 518).then(__webpack_require__.t.bind(__webpack_require__, 25518, 19))).default;
    return (theirs, ours) => (valid(theirs) && valid(ours) ? compare(theirs, ours) : undefined);
}
/** The order of versions by SemVer 2.0 or PEP 440, over the labels and tags of images. */
async function versionOrder(scheme) {
    const compare = await comparerOf(scheme);
    return (theirs, ours) => {
        const [one, other] = [theirs, ours].map((text) => inText.exec(text ?? '')?.[1]);
        if (one === undefined || other === undefined)
            return undefined;
        if (partial.test(one) || partial.test(other))
            return compareBeginnings(one, other);
        const order = compare(one, other);
        return order === undefined ? undefined : sign(order);
    };
}

;// CONCATENATED MODULE: ./lib/publish/compare-images.js


/** How `theirs` stands to `ours` by what rules `tag`. GitHub is asked only what labels do not say. */
async function compareImages(tag, ours, theirs, history) {
    const [mine, other] = [ours.pedigree, theirs.pedigree];
    const version = tag.version && (await versionOrder(tag.version.scheme))(other.version, mine.version);
    const decided = version === 'higher' || version === 'lower';
    const relation = decided ? unasked : await relationOf(mine, other, history);
    const runs = decided ? { ours: none, theirs: none } : await runsOf(mine, other, relation, history);
    return judge(mine, other, { version, relation, runs });
}
const none = { kind: 'none' };
const unasked = { kind: 'unknown', reason: 'it was not asked' };
async function relationOf({ revision: ours }, { revision: theirs }, history) {
    if (theirs === undefined)
        return { kind: 'unknown', reason: 'the image there has no label org.opencontainers.image.revision of this repository' };
    if (ours === undefined)
        return { kind: 'unknown', reason: 'the commit of this image is not known' };
    return await history.relation(ours, theirs);
}
/** The commits tell in which order; where they have parted ways GitHub is asked for the runs that had them. */
async function runsOf(ours, theirs, relation, history) {
    if (ours.run && theirs.run && ours.run.workflow !== theirs.run.workflow)
        return { ours: none, theirs: none };
    const runOf = async ({ run, revision }) => {
        if (run)
            return { kind: 'number', number: run.number };
        return relation.kind === 'diverged' && revision !== undefined ? await history.latestRun(revision) : none;
    };
    const [mine, other] = await Promise.all([runOf(ours), runOf(theirs)]);
    return { ours: mine, theirs: other };
}

// EXTERNAL MODULE: ./lib/publish/held.js
var publish_held = __webpack_require__(7200);
// EXTERNAL MODULE: ./lib/publish/keep-record.js
var keep_record = __webpack_require__(32718);
// EXTERNAL MODULE: ./lib/publish/pedigree.js
var publish_pedigree = __webpack_require__(61272);
// EXTERNAL MODULE: ./lib/plan/labels.js + 2 modules
var labels = __webpack_require__(24866);
;// CONCATENATED MODULE: ./lib/publish/move.js

/** Enough of a digest to tell two apart in a line of text. */
const move_short = (digest) => digest.slice(0, 19);
/** Our version as this tag compares it: what the label says, where that is more (`1.4.2-alpine`). */
function asOf(tag, ours) {
    const { version } = ours.pedigree;
    if (!tag.version || version?.includes(tag.version.value))
        return ours;
    return { ...ours, pedigree: { ...ours.pedigree, version: tag.version.value } };
}
/**
 * Checks a tag and puts our image there, unless what it holds is newer.
 * @param over what the tag held, where our image has been put over it already
 */
async function checkAndPut(place, tag, over) {
    const ours = asOf(tag, place.ours);
    const held = over ?? (await place.read(tag.name));
    if (held?.digest === ours.digest)
        return { kind: 'set' };
    const order = held && (await compareImages(tag, ours, held, place.history));
    const written = {
        kind: 'written',
        tag,
        best: ours,
        reason: '',
        below: new Set(),
        before: held?.digest,
        wrong: new Map(),
    };
    if (held && order?.kind === 'newer') {
        if (!over)
            return { kind: 'kept', digest: held.digest, reason: order.reason };
        return { ...written, best: held, reason: order.reason, below: new Set([ours.digest]), before: ours.digest };
    }
    if (held && order?.kind === 'unknown')
        place.say(`${place.repository}:${tag.name} is moved; whether ${move_short(held.digest)} there is newer could not be checked: ${order.reason}`);
    if (!over)
        await place.client.putManifest(tag.name, ours.manifest);
    return written;
}

;// CONCATENATED MODULE: ./lib/publish/announced.js


/** At most so many images are looked at for one tag, the most promising first. */
const mostLooks = 10;
/** Tags named by one of `commits` (`sha-1f2e3d4`), in their order. */
function namesOfCommits(names, commits) {
    const byCommit = new Map();
    for (const name of names) {
        for (const [hex] of name.matchAll(/[0-9a-f]{7,64}/g)) {
            const start = hex.slice(0, 7);
            byCommit.set(start, [...(byCommit.get(start) ?? []), name]);
        }
    }
    return [...new Set(commits.flatMap((commit) => byCommit.get(commit.slice(0, 7)) ?? []))];
}
/** Tags named by a version that is higher than that of `ours`: of the same line first (`1.4.3` for 1.4), then the highest. */
async function namesOfVersions(names, tag, ours) {
    if (!tag.version)
        return [];
    const compare = await versionOrder(tag.version.scheme);
    const rank = { higher: -1, same: 0, lower: 1 };
    const higher = names.filter((name) => compare(name, ours.pedigree.version) === 'higher').toSorted((a, b) => rank[compare(a, b) ?? 'same']);
    const ofLine = (name) => name.startsWith(`${tag.name}.`);
    return [...higher.filter(ofLine), ...higher.filter((name) => !ofLine(name))];
}
/** What of a board need not be read twice in one look at it. */
function lookOnce({ history, listTags, ...rest }) {
    let names;
    const since = new Map();
    return {
        ...rest,
        listTags: () => {
            names ??= listTags();
            return names;
        },
        history: {
            ...history,
            since: (base) => {
                const known = since.get(base) ?? history.since(base);
                since.set(base, known);
                return known;
            },
        },
    };
}
/**
 * Whether somebody has published an image that is newer than `ours` and wants `tag`. A run sets its tags that stay
 * before it looks at those that move, and its image is labelled with them: so whoever has moved a tag finds those it
 * may have run over, though the tag itself does not hold them any more.
 * @param below digests that are known to be older
 * @param ownNames the staying tags of this run, under which a later run of the same commit announces, too
 */
async function findAnnounced(board, tag, ours, below, ownNames) {
    const { revision } = ours.pedigree;
    const since = revision === undefined ? undefined : await board.history.since(revision);
    const commits = since?.kind === 'known' ? since.commits : [];
    const unchecked = since?.kind === 'unknown' ? since.reason : undefined;
    const before = unchecked === undefined ? undefined : board.namesBefore;
    const asked = commits.length > 0 || tag.version || before ? await board.listTags() : { names: [], whole: true };
    const others = asked.names.filter((name) => name !== tag.name);
    const fresh = before ? others.filter((name) => !before.has(name)) : [];
    const names = [...(await namesOfVersions(others, tag, ours)), ...namesOfCommits(others, commits), ...fresh];
    const looked = new Set([...ownNames, ...names.slice(0, mostLooks)]);
    for (const name of looked) {
        const held = await board.read(name);
        if (!held || held.digest === ours.digest || below.has(held.digest) || !held.pedigree.movingTags.includes(tag.name))
            continue;
        const order = await compareImages(tag, ours, held, board.history);
        if (order.kind === 'newer')
            return { newer: { image: held, reason: order.reason } };
    }
    if (unchecked !== undefined)
        return { unchecked };
    if (since?.kind === 'known' && !since.whole)
        return { unchecked: 'the branch has gone on by more commits than GitHub tells at once' };
    return asked.whole ? {} : { unchecked: 'the repository has more tags than are looked through' };
}

;// CONCATENATED MODULE: ./lib/publish/settle.js




/** A registry that takes an image this often and then answers the same other one does not hold what it takes. */
const mostWrong = 4;
/** Looks at what is announced and at the tag; puts the best back where something older is. */
async function settle(place, board, written) {
    // In this order: whoever announces after our look finds what we wrote; whoever wrote before our look is read.
    const found = await announcedFor(place, board, written);
    const held = await place.read(written.tag.name);
    return { now: await putBack(place, written, found, held), unchecked: found.unchecked };
}
async function announcedFor({ signal, ownNames }, board, { tag, best, below }) {
    if (signal.aborted)
        return { unchecked: 'the run is cancelled' };
    return await findAnnounced(board, tag, best, below, ownNames).catch((error) => ({ unchecked: (0,errors/* messageOf */.bD)(error) }));
}
async function putBack(place, written, found, held) {
    const { tag } = written;
    const best = found.newer?.image ?? written.best;
    const reason = found.newer?.reason ?? written.reason;
    const below = found.newer ? new Set([...written.below, written.best.digest]) : written.below;
    if (held?.digest === best.digest)
        return best.digest === place.ours.digest ? { kind: 'set' } : { kind: 'kept', digest: best.digest, reason };
    const answered = held?.digest ?? 'nothing';
    const times = (written.wrong.get(answered) ?? 0) + 1;
    const order = held && !below.has(held.digest) ? await compareImages(tag, best, held, place.history) : { kind: 'older' };
    if (held && order.kind === 'newer')
        return { kind: 'kept', digest: held.digest, reason: order.reason };
    if (held && order.kind !== 'older') {
        // What was there before may be a late answer; anything else was set after us by somebody who says who he is.
        const late = held.digest === written.before && (order.kind === 'unknown' || times < 2);
        if (!late && held.pedigree.revision !== undefined)
            return { kind: 'kept', digest: held.digest, reason: 'another run has set it after this one' };
        if (!late)
            throw mismatch(place, tag, held, best);
    }
    if (times >= mostWrong)
        throw mismatch(place, tag, held, best);
    place.say(`${place.repository}:${tag.name} answers ${move_short(answered)} after it was set: it is put back to ${move_short(best.digest)}`);
    await place.client.putManifest(tag.name, best.manifest);
    return { ...written, best, reason, below, wrong: new Map([...written.wrong, [answered, times]]) };
}
function mismatch({ repository }, tag, held, best) {
    return new errors/* ActionError */.lZ('digest-mismatch', `${repository}:${tag.name} answers ${held?.digest ?? 'nothing'}, set was ${best.digest}.`);
}
/**
 * Sees to it that every tag holds what was put there, or something newer: looks for what is announced, asks the tag
 * again, and puts the newest back, until a look finds nothing more to do. Registries have no compare-and-swap; this
 * stands for it (docs/architecture.md).
 * @throws what went wrong first, once the others are looked after
 */
async function settleTags(place, written, onEnd) {
    let failure;
    const unchecked = new Set();
    let open = written;
    while (open.length > 0) {
        const board = lookOnce({ ...place, listTags: place.client.listTags });
        const settled = await Promise.allSettled(open.map((one) => settle(place, board, one)));
        const left = [];
        for (const [index, one] of open.entries()) {
            const end = settled[index];
            if (end?.status === 'rejected')
                failure ??= end.reason;
            if (end?.status !== 'fulfilled')
                continue;
            const { now, unchecked: reason } = end.value;
            if (reason !== undefined)
                unchecked.add(reason);
            if (now.kind === 'written')
                left.push(now);
            else
                onEnd(one.tag, now);
        }
        open = left;
    }
    for (const reason of unchecked)
        place.say(`${place.repository}: whether something newer was published meanwhile could not be checked: ${reason}`);
    if (failure)
        throw failure;
}

;// CONCATENATED MODULE: ./lib/publish/set-tags.js





/**
 * Sets a tag that stays, and asks for it. Only another run of the same commit sets it, too: of a branch and of a release
 * at once, say. @throws ActionError digest-mismatch
 */
async function setStaying({ name, client, read, image, already }, tag, yields) {
    if (already && (await client.head(tag.name)) === image.digest)
        return { kind: 'set' };
    const found = yields && !tag.version ? await read(tag.name) : undefined;
    if (found && found.digest !== image.digest && found.pedigree.revision === image.pedigree.revision)
        return { kind: 'kept', digest: found.digest, reason: 'a run of the same commit has set it, and can be found by it' };
    await client.putManifest(tag.name, image.manifest);
    const now = await client.head(tag.name);
    if (now === image.digest)
        return { kind: 'set' };
    const { revision } = image.pedigree;
    const there = now === undefined || revision === undefined ? undefined : await read(tag.name);
    if (there && there.pedigree.revision === revision)
        return { kind: 'kept', digest: there.digest, reason: 'another run of the same commit has set it after this one' };
    throw new errors/* ActionError */.lZ('digest-mismatch', `${(0,image_name/* nameText */.fh)(name)}:${tag.name} answers ${now ?? 'nothing'}, set was ${image.digest}.`);
}
/** First the tags that stay in every repository, then those that move; a repository that fails gets no more of them. */
async function setTags(plan, arrived, history, attempt, log, signal) {
    // Where the commit does not decide the image, a later run of it may have set its sha tag, too.
    const decidedByRun = plan.labels[labels/* runLabel */.Az] !== undefined;
    // A release is found by its version; the run of its commit on the branch by the sha tag alone.
    const isRelease = plan.tags.some(({ version }) => version !== undefined);
    const pushedTags = [];
    const kept = [];
    const broken = new Set();
    const tell = (there, tag, moved) => {
        const reference = `${(0,image_name/* nameText */.fh)(there.name)}:${tag.name}`;
        if (moved.kind === 'set') {
            log.line(`${reference} -> ${there.image.digest}`);
            pushedTags.push(reference);
            return;
        }
        const line = `${reference} keeps ${moved.digest}: ${moved.reason}`;
        log.line(line);
        kept.push(line);
    };
    const placeOf = (there) => ({
        client: there.client,
        read: there.read,
        history,
        ours: there.image,
        namesBefore: there.namesBefore,
        ownNames: decidedByRun ? plan.tags.flatMap((tag) => (tag.moves ? [] : [tag.name])) : [],
        repository: (0,image_name/* nameText */.fh)(there.name),
        say: log.line,
        signal,
    });
    for (const moving of [false, true]) {
        for (const there of arrived) {
            if (broken.has(there))
                continue;
            const place = placeOf(there);
            const written = [];
            for (const tag of plan.tags.filter(({ moves }) => moves === moving)) {
                if (broken.has(there) || signal.aborted)
                    continue;
                const over = there.over?.tag === tag.name ? there.over.held : undefined;
                const done = await attempt(there.name, () => moving || decidedByRun ? checkAndPut(place, tag, over) : setStaying(there, tag, isRelease));
                if (done?.kind === 'written')
                    written.push(done);
                else if (done)
                    tell(there, tag, done);
                else
                    broken.add(there);
            }
            const settled = await attempt(there.name, async () => {
                await settleTags(place, written, (tag, moved) => tell(there, tag, moved));
                return true;
            });
            if (!settled)
                broken.add(there);
        }
    }
    return { pushedTags, kept };
}

;// CONCATENATED MODULE: ./lib/publish/publish.js










/** Proves that what the registry answers is the image that was tested. @throws ActionError digest-mismatch */
function proveSame(image, manifest) {
    const actual = (0,registry_digest/* digestOf */.o)(manifest.body);
    const json = JSON.parse(new TextDecoder().decode(manifest.body));
    const byManifest = image.layout !== undefined || image.store === 'containerd';
    const expected = byManifest ? (image.layout?.root.digest ?? image.digest) : image.configDigest;
    const found = byManifest ? actual : json.config?.digest;
    if (found !== expected)
        throw new errors/* ActionError */.lZ('digest-mismatch', `The registry holds ${found ?? 'no image'}, tested was ${expected}.`);
    return json;
}
/**
 * Reads what the moving tags hold, and how that stands to ours, while the layers are on their way. The check asks each
 * tag again; what it needs to know of an image is known by then.
 * @returns the names of all tags and ours, where the history of the branch is not known and they have to do for it
 */
async function lookAhead(tags, { revision, ...pedigree }, client, read, history) {
    const moving = tags.filter(({ moves }) => moves);
    if (moving.length === 0 || revision === undefined)
        return undefined;
    const look = async (tag) => {
        const held = await read(tag.name);
        if (held)
            await compareImages(tag, { pedigree: { revision, ...pedigree } }, held, history);
    };
    const listed = async () => {
        const known = (await history.since(revision)).kind === 'known';
        return known ? undefined : new Set([...(await client.listTags()).names, ...tags.map(({ name }) => name)]);
    };
    const [names] = await Promise.all([listed().catch(() => undefined), ...moving.map((tag) => look(tag).catch(() => undefined))]);
    return names;
}
/**
 * Digest to every registry, then the tags that stay, then those that move; each is asked for again and compared. Where the
 * plan is to push the digest alone, the record of its gates takes the place of the tags.
 */
async function publish(host, plan, image, history, env, log, signal, recordFor) {
    const tags = plan.push.only === 'digest' ? [] : plan.tags;
    let failure;
    const attempt = async (name, action) => {
        try {
            return await action();
        }
        catch (error) {
            const known = error instanceof errors/* ActionError */.lZ ? error : new errors/* ActionError */.lZ('push-failed', `${(0,image_name/* nameText */.fh)(name)}: ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
            log.line(`${(0,image_name/* nameText */.fh)(name)}: ${known.message}`);
            failure ??= known;
            return undefined;
        }
    };
    const arrive = async (name) => {
        const { client, credential } = await (0,registry_open/* openRepository */.h)(host, plan.access, name, env);
        const read = (0,publish_held/* createReader */.W)(client, (0,publish_pedigree/* sourceOf */.vz)(plan.labels));
        const carrier = tags.find(({ moves }) => !moves) ?? tags[0];
        // An engine that pushes by itself may have to do so under a tag that moves: what was there must be known.
        const over = carrier?.moves ? await read(carrier.name).catch(() => undefined) : undefined;
        const pedigree = (0,publish_pedigree/* ownPedigree */.qA)(plan.labels, plan.event);
        const looked = lookAhead(tags, pedigree, client, read, history);
        const fallback = { tag: carrier?.name ?? host.runId, credential };
        // Of an index as of an image: a registry takes a manifest only when it has all that it names. The classic store does not know it.
        const held = image.store === 'containerd' ? await client.getManifest(image.digest).catch(() => undefined) : undefined;
        const there = held && (0,registry_digest/* digestOf */.o)(held.body) === image.digest ? held : undefined;
        const reference = there ? image.digest : await carry(host, image, name, client, fallback, env, signal).finally(() => looked);
        const manifest = there ?? (await client.getManifest(reference));
        if (!manifest)
            throw new errors/* ActionError */.lZ('digest-mismatch', `${(0,image_name/* nameText */.fh)(name)} does not know ${reference}, which it has just taken.`);
        const json = proveSame(image, manifest);
        const digest = (0,registry_digest/* digestOf */.o)(manifest.body);
        log.line(`${(0,image_name/* nameText */.fh)(name)}@${digest} is in the registry${there ? ' already: no layer is pushed' : ''}`);
        return {
            name,
            client,
            read,
            image: { digest, manifest: { ...manifest, digest }, pedigree },
            ...(over && reference === carrier?.name ? { over: { tag: reference, held: over } } : {}),
            namesBefore: await looked,
            ...(there ? { already: true } : {}),
            compressedBytes: [json.config, ...(json.layers ?? [])].reduce((sum, part) => sum + (part?.size ?? 0), 0),
        };
    };
    const arrived = [];
    for (const name of plan.names) {
        const there = await attempt(name, () => arrive(name));
        if (there)
            arrived.push(there);
    }
    if (recordFor) {
        for (const there of arrived)
            await attempt(there.name, async () => log.line(`${await (0,keep_record/* keepRecord */.rP)(there, recordFor(there.image.digest))} says that it is gated`));
    }
    const { pushedTags, kept } = await setTags({ ...plan, tags }, arrived, history, attempt, log, signal);
    const first = arrived[0];
    const published = { digest: first?.image.digest ?? '', pushedTags, compressedBytes: first?.compressedBytes ?? 0 };
    return failure ? { published, kept, failure } : { published, kept };
}


/***/ }),

/***/ 20618:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hh: () => (/* binding */ parseRecord),
/* harmony export */   Kg: () => (/* binding */ recordPrefix),
/* harmony export */   R9: () => (/* binding */ readArtifact),
/* harmony export */   dZ: () => (/* binding */ runNumber),
/* harmony export */   p$: () => (/* binding */ isRecordIn),
/* harmony export */   vJ: () => (/* binding */ isRecordOf),
/* harmony export */   wY: () => (/* binding */ recordArtifact),
/* harmony export */   yg: () => (/* binding */ recordTag),
/* harmony export */   zv: () => (/* binding */ recordOf)
/* harmony export */ });
/* unused harmony export recordType */
/* harmony import */ var _plan_labels_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24866);
/* harmony import */ var _registry_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(82895);


/** Type of the artifact that says of an image that it is gated. */
const recordType = 'application/vnd.ml-image-action.gate.v1+json';
/** Undefined outside of a run, as on a laptop. */
function runNumber(env) {
    const id = env['GITHUB_RUN_ID'] ?? '';
    const attempt = Number(env['GITHUB_RUN_ATTEMPT'] || 1);
    return /^\d{1,20}$/.test(id) && Number.isInteger(attempt) ? { id, attempt } : undefined;
}
/** The record of an image whose gates came out so; `native` is the platform of an engine that was asked for none. */
function recordOf(digest, { runnables, untested }, gates, { event, labels }, native, run) {
    return {
        version: 1,
        image: digest,
        gates,
        smoked: gates.smoke === 'passed' ? runnables.map(({ platform }) => platform ?? native) : [],
        untested,
        revision: event.sha,
        repository: event.repository,
        ...(run ? { run } : {}),
        inputHash: labels[_plan_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .inputHashLabel */ .Tc] ?? '',
    };
}
const digestPattern = /^sha256:[a-f0-9]{64}$/;
const start = (digest) => digest.slice('sha256:'.length, 'sha256:'.length + 12);
/**
 * The tag of a record, by which a merge finds it: `gate-RUN.ATTEMPT-DIGEST`. Each job has its own, so that jobs beside each
 * other do not overwrite what the other has written, as they would in one list.
 */
function recordTag({ image, run }) {
    return `gate-${run ? `${run.id}.${run.attempt}` : 'local'}-${start(image)}`;
}
/** Whether a tag may be that of a record of this image. */
const isRecordOf = (digest) => (tag) => tag.startsWith('gate-') && tag.endsWith(`-${start(digest)}`);
/** How the tags of a run's records begin, whatever its attempt. */
const recordPrefix = (run) => `gate-${run.id}.`;
const isRecordIn = (run) => (tag) => tag.startsWith(recordPrefix(run));
function blobOf(text, mediaType) {
    return { digest: (0,_registry_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .o)(text), mediaType, body: new TextEncoder().encode(text) };
}
const described = ({ digest, mediaType, body }) => ({ mediaType, digest, size: body.length });
/**
 * A record as an artifact whose subject is the image (OCI image spec 1.1, "Guidelines for Artifact Usage"): registries
 * that know referrers show it with the image and remove it with that.
 */
function recordArtifact(record, image) {
    const config = blobOf('{}', 'application/vnd.oci.empty.v1+json');
    const content = blobOf(JSON.stringify(record), recordType);
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const json = {
        schemaVersion: 2,
        mediaType,
        artifactType: recordType,
        config: described(config),
        layers: [described(content)],
        subject: described(image),
    };
    return { manifest: blobOf(JSON.stringify(json), mediaType), blobs: [config, content] };
}
function parseJson(body) {
    try {
        return JSON.parse(new TextDecoder().decode(body));
    }
    catch {
        return undefined;
    }
}
/** Where the record is and what it is about, if a manifest is that of a record. */
function readArtifact(body) {
    const { artifactType, subject, layers } = (parseJson(body) ?? {});
    const content = layers?.[0]?.digest;
    if (artifactType !== recordType || typeof content !== 'string' || typeof subject?.digest !== 'string')
        return undefined;
    return { content, subject: subject.digest };
}
const isState = (value) => value === 'passed' || value === 'skipped';
const texts = (value) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
const text = (value) => (typeof value === 'string' ? value : '');
/** Undefined for what is no record of this version. */
function parseRecord(body) {
    const said = parseJson(body);
    const gates = said?.['gates'];
    const [tests, smoke] = [gates?.['tests'], gates?.['smoke']];
    if (said?.['version'] !== 1 || !digestPattern.test(text(said['image'])) || !isState(tests) || !isState(smoke))
        return undefined;
    const run = said['run'];
    const [id, attempt] = [run?.['id'], run?.['attempt']];
    return {
        version: 1,
        image: text(said['image']),
        gates: { tests, smoke },
        smoked: texts(said['smoked']),
        untested: texts(said['untested']),
        revision: text(said['revision']),
        repository: text(said['repository']),
        ...(typeof id === 'string' && typeof attempt === 'number' ? { run: { id, attempt } } : {}),
        inputHash: text(said['inputHash']),
    };
}


/***/ }),

/***/ 58657:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  U: () => (/* binding */ createClient)
});

// UNUSED EXPORTS: manifestTypes

// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/plan/image-name.js
var image_name = __webpack_require__(89916);
// EXTERNAL MODULE: ./lib/registry/digest.js
var registry_digest = __webpack_require__(82895);
// EXTERNAL MODULE: ./lib/registry/retry.js
var retry = __webpack_require__(71653);
;// CONCATENATED MODULE: ./lib/registry/registry-error.js


/** The error that an answer means, with the registry's own words. */
function registryError(what, answer) {
    const text = new TextDecoder().decode(answer.body.subarray(0, 2_000));
    const [, said] = /"message"\s*:\s*"([^"]+)"/.exec(text) ?? [];
    const message = `${what} (HTTP ${answer.status}${said ? `: ${said}` : ''})`;
    if (answer.status === 401)
        return new errors/* ActionError */.lZ('registry-unauthorized', message);
    if (answer.status === 403 || answer.status === 404 || answer.status === 405)
        return new errors/* ActionError */.lZ('registry-denied', message);
    if (answer.status >= 400 && answer.status < 500 && !retry/* transientStatuses */.TG.has(answer.status))
        return new errors/* ActionError */.lZ('registry-refused', message);
    return new errors/* ActionError */.lZ('registry-unavailable', message);
}

;// CONCATENATED MODULE: ./lib/registry/challenge.js
function parseChallenge(header) {
    const [, scheme = '', rest = ''] = /^\s*(\S+)\s*(.*)$/s.exec(header) ?? [];
    if (scheme.toLowerCase() === 'basic')
        return { scheme: 'basic' };
    // Another scheme may follow behind a comma: what is behind its name is not ours.
    const [mine = ''] = rest.split(/,\s*(?=[A-Za-z]+\s+[a-zA-Z]+=)/);
    const fields = new Map([...mine.matchAll(/([a-zA-Z]+)="([^"]*)"|([a-zA-Z]+)=([^",\s]+)/g)].map((m) => [
        (m[1] ?? m[3] ?? '').toLowerCase(),
        m[2] ?? m[4] ?? '',
    ]));
    const realm = fields.get('realm');
    if (scheme.toLowerCase() !== 'bearer' || !realm)
        return { scheme: 'unknown', text: header };
    const service = fields.get('service');
    const scope = fields.get('scope');
    return { scheme: 'bearer', realm, ...(service === undefined ? {} : { service }), ...(scope === undefined ? {} : { scope }) };
}

;// CONCATENATED MODULE: ./lib/registry/session.js





const requestTimeout = 30_000;
/** A token is not used in its last seconds (ms); one that does not say lives a minute (distribution's token spec). */
const tokenMargin = 10_000;
const tokenLife = 60;
/** Opens nothing yet: the registry is asked when something is asked of it. */
function createSession(host, name, credential) {
    const endpoint = name.registry === image_name/* dockerHub */.UD ? 'registry-1.docker.io' : name.registry;
    let opened;
    const logins = new Map();
    const ask = (method, url, headers, how = {}) => (0,retry/* withRetry */.bD)(host, undefined, async () => {
        const answer = await host.request({ method, url, headers, timeoutMs: requestTimeout, maxBytes: 8 << 20, ...how });
        return retry/* transientStatuses */.TG.has(answer.status)
            ? { kind: 'again', value: answer, retryAfter: answer.headers['retry-after'] }
            : { kind: 'done', value: answer };
    });
    const unavailable = (error) => new errors/* ActionError */.lZ('registry-unavailable', `${name.registry} cannot be reached (${(0,errors/* messageOf */.bD)(error)})`, { cause: error });
    const ping = async (base) => {
        const answer = await ask('GET', `${base}/v2/`, {});
        if (answer.status !== 200 && answer.status !== 401)
            throw registryError(`${name.registry} does not answer as a registry`, answer);
        return { base, challenge: answer.status === 401 ? (answer.headers['www-authenticate'] ?? '') : undefined };
    };
    // As Docker does: plain HTTP on the loopback alone, and only where TLS finds nobody.
    const findBase = async () => {
        if (!(0,image_name/* isLoopback */.U9)(endpoint))
            return `https://${endpoint}`;
        const secure = await host.request({ method: 'GET', url: `https://${endpoint}/v2/`, timeoutMs: requestTimeout }).catch(() => undefined);
        return `${secure ? 'https' : 'http'}://${endpoint}`;
    };
    const open = () => {
        opened ??= findBase().then(ping);
        return opened;
    };
    const basic = () => credential ? { authorization: `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}` } : {};
    const login = async (action) => {
        const { base, challenge } = await open();
        if (challenge === undefined)
            return { headers: {}, until: Number.POSITIVE_INFINITY };
        const asked = parseChallenge(challenge);
        if (asked.scheme === 'basic') {
            const answer = await ask('GET', `${base}/v2/`, basic());
            if (answer.status !== 200)
                throw registryError(`${name.registry} lets nobody in ${credential ? `as ${credential.username} with this password` : 'without a login'}`, answer);
            return { headers: basic(), until: Number.POSITIVE_INFINITY };
        }
        if (asked.scheme === 'unknown')
            throw new errors/* ActionError */.lZ('registry-unauthorized', `${name.registry} asks for an unknown kind of login (${asked.text})`);
        const url = new URL(asked.realm);
        if (url.protocol !== 'https:' && !(0,image_name/* isLoopback */.U9)(url.host))
            throw new errors/* ActionError */.lZ('registry-unauthorized', `${name.registry} wants its token asked for over plain http at ${url.host}: refused`);
        if (asked.service !== undefined)
            url.searchParams.set('service', asked.service);
        url.searchParams.set('scope', `repository:${name.path}:${action}`);
        const answer = await ask('GET', url.href, basic());
        if (answer.status !== 200)
            throw registryError(`${name.registry} gives no token for ${name.path}`, answer);
        const body = JSON.parse(new TextDecoder().decode(answer.body));
        const token = body.token ?? body.access_token;
        if (!token)
            throw new errors/* ActionError */.lZ('registry-unauthorized', `${name.registry} answered without a token`);
        host.hide(token);
        return { headers: { authorization: `Bearer ${token}` }, until: host.now() + (body.expires_in ?? tokenLife) * 1000 - tokenMargin };
    };
    const authorization = async (action, fresh = false) => {
        const known = fresh ? undefined : logins.get(action);
        if (known) {
            const { headers, until } = await known;
            if (host.now() < until)
                return headers;
        }
        const asking = login(action);
        logins.set(action, asking);
        return (await asking).headers;
    };
    const call = async (method, path, action, headers, how = {}) => {
        try {
            const { base } = await open();
            const url = `${base}/v2/${name.path}/${path}`;
            const first = await ask(method, url, { ...headers, ...(await authorization(action)) }, how);
            if (first.status !== 401)
                return first;
            return await ask(method, url, { ...headers, ...(await authorization(action, true)) }, how);
        }
        catch (error) {
            throw error instanceof errors/* ActionError */.lZ ? error : unavailable(error);
        }
    };
    return { base: async () => (await open()).base, authorization, ask, call, unavailable };
}

;// CONCATENATED MODULE: ./lib/registry/client.js






const manifestTypes = [
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
];
/** A registry sends to its storage at most this often. */
const mostRedirects = 3;
const tagsPerPage = 1000;
const mostPages = 20;
/** A registry that takes or gives nothing more of a layer for so long (ms) is gone. */
const silence = 60_000;
/** So often a registry may say that bytes are not what they are. */
const mostDoubts = 4;
/**
 * Whether a registry says of a manifest that its digest is not the one it has. distribution's does that on a file
 * system, when it reads a link that another push of the same image is just writing: a moment later it knows better.
 */
function isDoubt({ status, body }, reference, manifest) {
    const right = !reference.startsWith('sha256:') || reference === (0,registry_digest/* digestOf */.o)(manifest);
    return status === 400 && right && new TextDecoder().decode(body.subarray(0, 2_000)).includes('DIGEST_INVALID');
}
function createClient(host, name, credential) {
    const repository = `${name.registry}/${name.path}`;
    const { base, authorization, ask, call, unavailable } = createSession(host, name, credential);
    const accept = { accept: manifestTypes.join(', ') };
    const otherBytes = (digest) => new errors/* ActionError */.lZ('digest-mismatch', `${repository}@${digest} is answered with other bytes than its digest says.`);
    /** The answer of whoever has the blob: a registry may send on to its storage. Undefined when there is none. */
    const askBlob = async (digest, how) => {
        const where = `${repository}@${digest}`;
        let answer = await call('GET', `blobs/${digest}`, 'pull', {}, how);
        let from = `${await base()}/v2/${name.path}/blobs/${digest}`;
        for (let hops = 0; hops < mostRedirects && answer.status >= 301 && answer.status <= 308; hops++) {
            const to = new URL(answer.headers['location'] ?? '', from);
            if (to.protocol !== 'https:' && !(0,image_name/* isLoopback */.U9)(to.host))
                throw new errors/* ActionError */.lZ('registry-denied', `${where} is said to be at ${to.host}, over plain http: refused`);
            // A storage has an address that lets one in, and no business with our login.
            const headers = to.origin === new URL(from).origin ? await authorization('pull') : {};
            from = to.href;
            answer = await ask('GET', from, headers, how).catch((error) => {
                throw unavailable(error);
            });
        }
        if (answer.status === 404)
            return undefined;
        if (answer.status !== 200)
            throw registryError(`${where} cannot be read`, answer);
        return answer;
    };
    const listPages = async (start, most) => {
        const names = [];
        let query = start;
        for (let page = 0; page < most && query !== undefined; page++) {
            const answer = await call('GET', `tags/list?${query}`, 'pull', {});
            if (answer.status === 404)
                break;
            if (answer.status !== 200)
                throw registryError(`the tags of ${repository} cannot be listed`, answer);
            const { tags } = JSON.parse(new TextDecoder().decode(answer.body));
            names.push(...(tags ?? []));
            const [, next] = /<[^>]*\?([^>]*)>\s*;\s*rel="?next/.exec(answer.headers['link'] ?? '') ?? [];
            query = next;
        }
        return { names, whole: query === undefined };
    };
    return {
        base,
        authorization,
        head: async (reference) => {
            const answer = await call('HEAD', `manifests/${reference}`, 'pull', accept);
            if (answer.status === 404)
                return undefined;
            if (answer.status !== 200)
                throw registryError(`${repository}:${reference} cannot be read`, answer);
            return answer.headers['docker-content-digest'];
        },
        getManifest: async (reference) => {
            const answer = await call('GET', `manifests/${reference}`, 'pull', accept);
            if (answer.status === 404)
                return undefined;
            if (answer.status !== 200)
                throw registryError(`${repository}@${reference} cannot be read`, answer);
            return {
                digest: answer.headers['docker-content-digest'] ?? reference,
                mediaType: answer.headers['content-type'] ?? '',
                body: answer.body,
            };
        },
        getBlob: async (digest) => {
            const answer = await askBlob(digest, { timeoutMs: requestTimeout, maxBytes: 8 << 20 });
            if (answer && (0,registry_digest/* digestOf */.o)(answer.body) !== digest)
                throw otherBytes(digest);
            return answer?.body;
        },
        saveBlob: async (digest, path) => {
            const answer = await askBlob(digest, { timeoutMs: silence, into: path });
            if (answer && `sha256:${await host.files.digest(path)}` !== digest)
                throw otherBytes(digest);
            return answer !== undefined;
        },
        listTags: (after) => after === undefined ? listPages(`n=${tagsPerPage}`, mostPages) : listPages(`n=${tagsPerPage}&last=${encodeURIComponent(after)}`, 1),
        hasBlob: async (digest, action = 'pull,push') => {
            const answer = await call('HEAD', `blobs/${digest}`, action, {});
            if (answer.status === 404)
                return false;
            // One that sends the reader on to its storage has it, too.
            if (answer.status >= 200 && answer.status < 400)
                return true;
            throw registryError(`${repository} does not say whether it has ${digest}`, answer);
        },
        // One PUT for all of it, as containerd does: no registry refuses that, and a second try begins anew.
        putBlob: async (digest, content) => {
            let sending = 0;
            let refused = 0;
            // Patience is for trouble: the time that a large layer takes is none.
            const clock = { now: () => host.now() - sending, sleep: host.sleep };
            const send = async () => {
                const opened = await call('POST', 'blobs/uploads/', 'pull,push', {});
                const location = opened.headers['location'];
                if (opened.status !== 202 || location === undefined)
                    return opened;
                const home = await base();
                const url = new URL(location, home);
                url.searchParams.set('digest', digest);
                // An upload to another host carries its own permission in its address.
                const login = url.origin === new URL(home).origin ? await authorization('pull,push') : {};
                const headers = { ...login, 'content-type': 'application/octet-stream' };
                const start = host.now();
                try {
                    const what = typeof content === 'string' ? { file: content } : { body: content };
                    return await host.request({ method: 'PUT', url: url.href, headers, ...what, timeoutMs: silence });
                }
                finally {
                    sending += host.now() - start;
                }
            };
            const answer = await (0,retry/* withRetry */.bD)(clock, undefined, async () => {
                const value = await send();
                // A token may run out while a layer is on its way.
                const late = value.status === 401 && ++refused === 1;
                if (late)
                    await authorization('pull,push', true);
                return late || retry/* transientStatuses */.TG.has(value.status)
                    ? { kind: 'again', value, retryAfter: late ? '0' : value.headers['retry-after'] }
                    : { kind: 'done', value };
            }).catch((error) => {
                throw error instanceof errors/* ActionError */.lZ ? error : unavailable(error);
            });
            if (answer.status !== 201)
                throw registryError(`${repository} does not take ${digest}`, answer);
        },
        putManifest: async (reference, manifest) => {
            const put = () => call('PUT', `manifests/${reference}`, 'pull,push', { 'content-type': manifest.mediaType }, { body: manifest.body });
            let doubted = 0;
            const answer = await (0,retry/* withRetry */.bD)(host, undefined, async () => {
                const value = await put();
                return isDoubt(value, reference, manifest.body) && ++doubted < mostDoubts ? { kind: 'again', value } : { kind: 'done', value };
            });
            if (answer.status !== 201)
                throw registryError(`${repository}:${reference} cannot be written`, answer);
            return answer.headers['docker-content-digest'] ?? '';
        },
    };
}


/***/ }),

/***/ 60951:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ openRepository)
/* harmony export */ });
/* unused harmony export resolveCredential */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58657);


/** Opens a repository with the login that the plan has for its registry. @throws ActionError where a helper gives none */
async function openRepository(host, access, name, env) {
    const credential = await resolveCredential(host, access.get(name.registry), env);
    return { client: (0,_client_js__WEBPACK_IMPORTED_MODULE_1__/* .createClient */ .U)(host, name, credential), credential };
}
/** The login of a registry: what was given, what the job's config.json has, or what its helper program answers. */
async function resolveCredential(host, access, env) {
    if (!access || access.kind === 'anonymous')
        return undefined;
    if (access.kind === 'given')
        return access.credential;
    if (access.login.kind === 'credential') {
        host.hide(access.login.credential.password);
        return access.login.credential;
    }
    const { program, server } = access.login;
    const { exitCode, stdout } = await host.capture({ argv: [program, 'get'], env, input: server });
    if (exitCode !== 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('registry-unauthorized', `${program} gives no login for ${server} (${stdout.trim().slice(0, 200)}).`);
    const { Username: username, Secret: password } = JSON.parse(stdout);
    host.hide(password);
    return { username, password };
}


/***/ }),

/***/ 71653:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TG: () => (/* binding */ transientStatuses),
/* harmony export */   bD: () => (/* binding */ withRetry),
/* harmony export */   bV: () => (/* binding */ isTransientError)
/* harmony export */ });
/* unused harmony exports patience, pauseBefore */
/** Statuses after which the same request may well succeed; everything else is the registry's last word. */
const transientStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);
const transientErrors = /ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|socket hang up|aborted|timed out/i;
function isTransientError(error) {
    const code = error.code;
    return transientErrors.test(`${typeof code === 'string' ? code : ''} ${error instanceof Error ? error.message : String(error)}`);
}
const firstPause = 500;
const longestPause = 15_000;
/** How often a server may ask for no pause before it gets one all the same. */
const patientTries = 5;
/** How long one request is tried again before it is given up (ms). */
const patience = 60_000;
/** Milliseconds to wait before try number `tries` (from 1): doubling, with jitter, or what the server asked for. */
function pauseBefore(tries, retryAfter, now, random) {
    const date = retryAfter !== undefined && /[a-z]/i.test(retryAfter) ? Date.parse(retryAfter) - now : Number.NaN;
    const asked = retryAfter !== undefined && /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : date;
    // Longer than there is patience is longer: the caller gives up instead of asking before it may.
    if (Number.isFinite(asked))
        return Math.max(0, asked);
    const ceiling = Math.min(longestPause, firstPause * 2 ** (tries - 1));
    return ceiling / 2 + (ceiling / 2) * random;
}
/**
 * Tries until it is done, the patience is over (then the last value or error is the result), or `signal` says stop.
 * An error that is not transient is thrown at once.
 */
async function withRetry(host, signal, attempt) {
    const start = host.now();
    for (let tries = 1;; tries++) {
        let outcome;
        let failure;
        try {
            outcome = await attempt();
            if (outcome.kind === 'done')
                return outcome.value;
        }
        catch (error) {
            if (signal?.aborted || !isTransientError(error))
                throw error;
            failure = error;
        }
        const asked = pauseBefore(tries, outcome?.kind === 'again' ? outcome.retryAfter : undefined, host.now(), Math.random());
        // A server that asks for no pause, again and again, gets one.
        const pause = tries > patientTries ? Math.max(asked, pauseBefore(tries - patientTries, undefined, host.now(), 0)) : asked;
        if (host.now() + pause - start > patience) {
            if (outcome)
                return outcome.value;
            throw failure;
        }
        await host.sleep(pause, signal);
    }
}


/***/ }),

/***/ 45650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L4: () => (/* binding */ stateOf),
/* harmony export */   LK: () => (/* binding */ failureReport),
/* harmony export */   fV: () => (/* binding */ reportVersion)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);

/** Raised when a field changes its meaning or goes. */
const reportVersion = 1;
function failureReport(stage, red) {
    const { kind, remedy } = _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failures */ .e9[red.code];
    const { cause, ...rest } = red;
    return { stage, ...rest, kind, ...(cause ? { cause: { name: cause.name, text: cause.text } } : {}), remedy: cause?.fix ?? remedy };
}
function stateOf(outcome) {
    return outcome.kind;
}


/***/ }),

/***/ 53780:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ createStageRunner)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63259);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45650);
/* harmony import */ var _report_text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(44639);




const order = ['test', 'build', 'smoke', 'quality', 'gate', 'publish'];
function textOf(outcome, detail) {
    switch (outcome.kind) {
        case 'passed':
            return detail(outcome.value);
        case 'failed':
            return `${outcome.red.code}: ${outcome.red.message}`;
        case 'skipped':
            return outcome.reason;
        case 'stopped':
            return 'stopped';
    }
}
function createStageRunner(host, start, cancel) {
    const red = new AbortController();
    const reports = new Map();
    return {
        signal: AbortSignal.any([red.signal, cancel]),
        reports: () => order
            .filter((stage) => (stage !== 'quality' && stage !== 'gate') || reports.has(stage))
            .map((stage) => reports.get(stage) ?? { stage, state: 'not run', start: 0, duration: 0, detail: '' }),
        run: async (stage, work, detail) => {
            const began = host.now();
            const log = host.log.stage(stage);
            const outcome = await work(log).catch((error) => {
                if (cancel.aborted)
                    return _outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .stopped */ .ce;
                return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ
                    ? (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)(error.code, error.message)
                    : (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('internal', (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error), [(error instanceof Error && error.stack) || '']);
            });
            if (outcome.kind === 'failed')
                red.abort();
            const text = textOf(outcome, detail);
            const duration = host.now() - began;
            reports.set(stage, { stage, state: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_2__/* .stateOf */ .L4)(outcome), start: began - start, duration, detail: text });
            log.close(outcome.kind === 'skipped' ? `skipped (${text})` : `${text} (${(0,_report_text_js__WEBPACK_IMPORTED_MODULE_3__/* .seconds */ .YA)(duration)})`);
            return outcome;
        },
    };
}


/***/ })

};
