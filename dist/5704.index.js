export const id = 5704;
export const ids = [5704];
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

/***/ 63049:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Nn: () => (/* binding */ findAnnounced),
  ns: () => (/* binding */ lookOnce),
  m: () => (/* binding */ namesOfCommits)
});

// UNUSED EXPORTS: namesOfVersions

// EXTERNAL MODULE: ./lib/publish/compare-images.js + 1 modules
var compare_images = __webpack_require__(66140);
// EXTERNAL MODULE: ./lib/publish/version-order.js
var version_order = __webpack_require__(49962);
;// CONCATENATED MODULE: ./lib/publish/released.js

/** A tag with the numbers of a version, or a word such as `latest`, and what is behind: `1.4-cpu`, `latest-cpu`. */
const movingShape = /^(?:v?(\d+(?:\.\d+)*)|[a-z]+)(.*)$/i;
const versionShape = /^v?(\d+(?:\.\d+)+)(.*)$/i;
/** Whether who releases under `name` is after `tag` as well: `1` and `1.4` are of `1.4.2`, and `latest`, where a version gives it. */
function isOfLine(name, tag) {
    const [, line, behind] = movingShape.exec(tag) ?? [];
    const [, version, end] = versionShape.exec(name) ?? [];
    return version !== undefined && end === behind && (line === undefined || version.startsWith(`${line}.`));
}
/**
 * The image under the tag of a version, with what a promotion has made of it: it is labelled by the run that built it,
 * and says neither the version that it was released as, nor that it is after the tags of that. Any other is as it was.
 */
async function asReleased(name, tag, held) {
    const { version, movingTags, revision } = held.pedigree;
    if (!tag.version || revision === undefined || !isOfLine(name, tag.name))
        return held;
    const isLabelled = (await (0,version_order/* versionOrder */.x)(tag.version.scheme))(version, name) === 'same';
    return isLabelled ? held : { ...held, pedigree: { ...held.pedigree, version: name, movingTags: [...movingTags, tag.name] } };
}
/**
 * The image under the tag of a commit, with what a promotion has made of it: where a pull request was merged with the tree
 * that was published for it, the image says the commit of that, and not that it is after the tags of the branch.
 */
function asMerged(commit, tag, held) {
    const { revision, movingTags } = held.pedigree;
    if (commit === undefined || tag.version || revision === undefined || revision === commit)
        return held;
    return { ...held, pedigree: { ...held.pedigree, revision: commit, movingTags: [...movingTags, tag.name] } };
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
    const compare = await (0,version_order/* versionOrder */.x)(tag.version.scheme);
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
        const there = await board.read(name);
        const commit = commits.find((one) => name.includes(one.slice(0, 7)));
        const held = there && asMerged(commit, tag, await asReleased(name, tag, there));
        if (!held || held.digest === ours.digest || below.has(held.digest) || !held.pedigree.movingTags.includes(tag.name))
            continue;
        const order = await (0,compare_images/* compareImages */.q)(tag, ours, held, board.history);
        if (order.kind === 'newer')
            return { newer: { image: held, reason: order.reason } };
    }
    if (unchecked !== undefined)
        return { unchecked };
    if (since?.kind === 'known' && !since.whole)
        return { unchecked: 'the branch has gone on by more commits than GitHub tells at once' };
    return asked.whole ? {} : { unchecked: 'the repository has more tags than are looked through' };
}


/***/ }),

/***/ 66140:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  q: () => (/* binding */ compareImages)
});

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

// EXTERNAL MODULE: ./lib/publish/version-order.js
var version_order = __webpack_require__(49962);
;// CONCATENATED MODULE: ./lib/publish/compare-images.js


/** How `theirs` stands to `ours` by what rules `tag`. GitHub is asked only what labels do not say. */
async function compareImages(tag, ours, theirs, history) {
    const [mine, other] = [ours.pedigree, theirs.pedigree];
    const version = tag.version && (await (0,version_order/* versionOrder */.x)(tag.version.scheme))(other.version, mine.version);
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


/***/ }),

/***/ 55779:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ copyBlobs)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2521);


/**
 * Copies the blobs that a repository lacks, through a file each, of which `atOnce` lie on this machine's disk at a time.
 * Before each, `ended` says why there shall be no more. @throws ActionError
 */
async function copyBlobs(host, { blobs, of, from, to }, atOnce, ended, sent = { blobs: 0, bytes: 0 }) {
    const waiting = [...blobs];
    const folder = host.files.makeTemp('copy');
    host.leave({ kind: 'folder', path: folder });
    const onSent = (bytes) => {
        sent.bytes += bytes;
    };
    const send = async () => {
        for (let blob = waiting.shift(); blob !== undefined; blob = waiting.shift()) {
            const end = ended();
            if (end)
                throw end;
            if (await to.hasBlob(blob))
                continue;
            const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, blob.replace(':', '-'));
            if (!(await from.saveBlob(blob, path)))
                throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('digest-mismatch', `${blob}, a layer of ${of}, is not to be had any more.`);
            await to.putBlob(blob, path, onSent);
            sent.blobs++;
            host.files.remove(path);
        }
    };
    try {
        await Promise.all(Array.from({ length: atOnce }, send));
    }
    finally {
        // One that is refused ends the others, too.
        waiting.length = 0;
        host.files.remove(folder);
    }
}


/***/ }),

/***/ 6895:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ withinDeadline),
/* harmony export */   p: () => (/* binding */ endOf)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);

/** Why `signal` has ended the push: what it says itself, or that the run was cancelled. */
function endOf(signal) {
    const reason = signal.reason;
    return reason instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ ? reason : new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('cancelled', 'The run was cancelled while the image was pushed.');
}
/**
 * Lets `use` have `ms` for all it asks of registries: then its requests and pauses end with push-timeout, and its signal
 * says so. They share connections, as they all go to a few registries. A cancel ends the signal alone: tags that are being moved are still looked after.
 */
async function withinDeadline(host, ms, cancel, use) {
    const ended = new AbortController();
    const over = new AbortController();
    const timer = host.sleep(ms, ended.signal).then(() => over.abort(new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('push-timeout', `Publishing took longer than push-timeout (${ms / 1000} s).`)), () => undefined);
    const orOver = (signal) => (signal ? AbortSignal.any([signal, over.signal]) : over.signal);
    const told = (error) => {
        throw over.signal.aborted ? over.signal.reason : error;
    };
    const timed = {
        ...host,
        request: (asked) => host.request({ ...asked, reuse: true, signal: orOver(asked.signal) }).catch(told),
        sleep: (pause, signal) => host.sleep(pause, orOver(signal)).catch(told),
    };
    try {
        return await use(timed, orOver(cancel));
    }
    finally {
        ended.abort();
        await timer;
    }
}


/***/ }),

/***/ 8989:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ declareArtifacts)
/* harmony export */ });
/* unused harmony export declaredBefore */
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89916);

/** What the steps before this one have declared, by name (GITHUB_ARTIFACTS_LIST; empty where the runner does not do that). */
function declaredBefore(text) {
    try {
        const subjects = JSON.parse(text ?? '{}')?.subjects;
        return new Map((Array.isArray(subjects) ? subjects : []).map(({ name, digest }) => [String(name), String(digest)]));
    }
    catch {
        return new Map();
    }
}
/**
 * Hands the digest of each name over to what attests the build: actions/attest finds it without being told. The runner
 * ends a step that gives a name another digest than a step before it, as variants of an image in one job would.
 */
function declareArtifacts(host, arrived, log) {
    const path = host.env['GITHUB_ARTIFACTS_LIST'];
    const before = declaredBefore(path ? host.files.readText(path) : undefined);
    for (const { name, image } of arrived) {
        const held = before.get((0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_0__/* .nameText */ .fh)(name)) ?? image.digest;
        if (held === image.digest)
            host.declareArtifact(`oci://${(0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_0__/* .nameText */ .fh)(name)}@${image.digest}`);
        else
            log.line(`${(0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_0__/* .nameText */ .fh)(name)} is not declared to the runner: a step before this one has done so, with ${held}`);
    }
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
/* harmony export */   LL: () => (/* binding */ attachRecord),
/* harmony export */   Tb: () => (/* binding */ recordsOfDigests),
/* harmony export */   Zg: () => (/* binding */ attachedRecords),
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
/** So many records of one image are read. */
const mostRecords = 5;
/**
 * Puts the record beside the image where the registry keeps a list of what is about an image; such a record needs no tag.
 * @returns its digest; undefined where there is no such list, or there is a record already of an image that was there
 */
async function attachRecord({ client, image, already }, record) {
    const known = await client.referrers(image.digest, _record_js__WEBPACK_IMPORTED_MODULE_2__/* .recordType */ .io);
    if (known === undefined || (already && known.length > 0))
        return undefined;
    const { manifest, blobs } = (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .recordArtifact */ .wY)(record, image.manifest);
    for (const { digest, body } of blobs)
        if (!(await client.hasBlob(digest)))
            await client.putBlob(digest, body);
    await client.putManifest(manifest.digest, manifest);
    return manifest.digest;
}
/** The records that are attached to an image; undefined where a registry keeps no list of them. */
async function attachedRecords(client, image) {
    const digests = await client.referrers(image, _record_js__WEBPACK_IMPORTED_MODULE_2__/* .recordType */ .io);
    const read = digests && (await Promise.all(digests.slice(-mostRecords).map((digest) => readRecordAt(client, digest))));
    return read?.filter((record) => record !== undefined).filter((record) => record.image === image);
}
/** The record that a tag holds; undefined when it holds something else, or one of another image than it says. */
async function readRecord(client, tag) {
    const record = await readRecordAt(client, tag);
    return record && (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .recordTag */ .yg)(record) === tag ? record : undefined;
}
async function readRecordAt(client, reference) {
    const manifest = await client.getManifest(reference);
    const artifact = manifest && (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .readArtifact */ .R9)(manifest.body);
    const body = artifact && (await client.getBlob(artifact.content));
    const record = body && (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .parseRecord */ .Hh)(body);
    return record && record.image === artifact?.subject ? record : undefined;
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

/***/ 42495:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T6: () => (/* binding */ proveSame),
  mk: () => (/* binding */ publish)
});

// UNUSED EXPORTS: withCreation

// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/plan/clouds.js
var clouds = __webpack_require__(29301);
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
// EXTERNAL MODULE: ./lib/registry/refusals.js
var refusals = __webpack_require__(51678);
// EXTERNAL MODULE: ./lib/registry/retry.js
var retry = __webpack_require__(71653);
// EXTERNAL MODULE: ./lib/publish/copy-blobs.js
var copy_blobs = __webpack_require__(55779);
// EXTERNAL MODULE: ./lib/publish/deadline.js
var deadline = __webpack_require__(6895);
;// CONCATENATED MODULE: ./lib/publish/store-manifest.js

/** Stores a manifest under its digest, and no tag. @throws ActionError digest-mismatch where the registry says that it took another */
async function storeManifest(client, manifest) {
    const stored = await client.putManifest(manifest.digest, manifest);
    if (stored !== '' && stored !== manifest.digest)
        throw new errors/* ActionError */.lZ('digest-mismatch', `The registry stored ${stored} instead of ${manifest.digest}.`);
}

;// CONCATENATED MODULE: ./lib/publish/copy-origin.js



/** Layers on their way at the same time: each lies on this machine's disk meanwhile. */
const atOnce = 3;
/**
 * Copies an image byte for byte from its registry to a repository that lacks it: the layers that are not there, through a
 * file each, then the manifests, that of the whole image last. @returns its digest @throws ActionError
 */
async function copyOrigin(host, { client: from, root, manifests, blobs }, to, signal, sent) {
    const largestFirst = blobs.toSorted((a, b) => b.bytes - a.bytes).map(({ digest }) => digest);
    const ended = () => (signal.aborted ? (0,deadline/* endOf */.p)(signal) : undefined);
    await (0,copy_blobs/* copyBlobs */.w)(host, { blobs: largestFirst, of: root.digest, from, to }, atOnce, ended, sent);
    for (const manifest of manifests)
        await storeManifest(to, manifest);
    return root.digest;
}

// EXTERNAL MODULE: ./lib/amounts.js
var amounts = __webpack_require__(8790);
;// CONCATENATED MODULE: ./lib/publish/progress.js

/** So often (ms) a push tells how it gets on: a short one never does. */
const progressMs = 10_000;
/** One line, with the speed since the line before. */
function progressText(called, { blobs, bytes }, ms, before) {
    const speed = (0,amounts/* bytesText */.pV)((bytes - before) / (progressMs / 1000));
    const arrived = blobs === 0 ? '' : `; ${blobs} ${blobs === 1 ? 'layer has' : 'layers have'} arrived`;
    return `${called}: ${(0,amounts/* bytesText */.pV)(bytes)} sent in ${(0,amounts/* timeText */.Tc)(ms)}, ${speed}/s${arrived}`;
}
/** Tells how a push gets on, until `over`; nothing where nothing was sent since the last time. Never throws. */
async function tellProgress(host, called, sent, over) {
    const start = host.now();
    for (let before = 0;; before = sent.bytes) {
        const slept = await host.sleep(progressMs, over).then(() => true, () => false);
        if (!slept || over.aborted)
            return;
        if (sent.bytes > before)
            host.log.line(progressText(called, sent, host.now() - start, before));
    }
}

// EXTERNAL MODULE: ./lib/publish/push-argv.js
var push_argv = __webpack_require__(28514);
;// CONCATENATED MODULE: ./lib/publish/put-parts.js

/**
 * Brings an image into a repository that lacks nothing of it but what was kept of it here: the engine is not asked for
 * bytes that it has handed over before.
 * @param root the digest of its manifest
 * @returns it; undefined where there is more to bring, or the image is an index @throws ActionError
 */
async function putParts(client, root, parts) {
    const body = parts.get(root);
    const { mediaType, config, layers } = body ? JSON.parse(new TextDecoder().decode(body)) : {};
    if (!body || !mediaType || !config || !layers)
        return undefined;
    const named = [...new Set([config, ...layers].map(({ digest = '' }) => digest))];
    if (named.includes(''))
        return undefined;
    // Asked first: where more is missing than is at hand, the engine brings all of it.
    const there = await Promise.all(named.map((digest) => parts.has(digest) || client.hasBlob(digest)));
    if (there.includes(false))
        return undefined;
    await Promise.all(named.map(async (digest) => {
        const part = parts.get(digest);
        if (part)
            await client.putBlob(digest, part);
    }));
    await storeManifest(client, { digest: root, mediaType, body });
    return root;
}

// EXTERNAL MODULE: ./lib/registry/client.js + 2 modules
var registry_client = __webpack_require__(95308);
// EXTERNAL MODULE: ./lib/registry/registry-error.js
var registry_error = __webpack_require__(21583);
;// CONCATENATED MODULE: ./lib/publish/without-mount.js
/**
 * An upload that begins without being mounted from where else the engine has seen the layer: of that repository our token
 * says nothing, and a registry that verifies tokens refuses the whole request (distribution, spec/auth/scope.md).
 */
function withoutMount(rest) {
    const [path = '', query] = rest.split('?');
    if (path !== 'blobs/uploads/' || query === undefined)
        return rest;
    const kept = query.split('&').filter((field) => !/^(mount|from)=/.test(field));
    return kept.length > 0 ? `${path}?${kept.join('&')}` : path;
}

;// CONCATENATED MODULE: ./lib/publish/relay-rules.js





/** What a push asks for by itself; nothing by which a tag could be set or anything be deleted. */
const allowed = [
    { methods: /^(GET|HEAD)$/, rest: /^blobs\/sha256:[a-f0-9]{64}$/ },
    { methods: /^(POST|GET|HEAD|PATCH|PUT)$/, rest: /^blobs\/uploads\// },
    { methods: /^(GET|HEAD|PUT)$/, rest: /^manifests\/sha256:[a-f0-9]{64}$/ },
];
/** Of an answer that we have asked for, what the engine looks at. */
const toldHeaders = ['location', 'range', 'docker-upload-uuid', 'docker-content-digest', 'content-type', 'oci-chunk-min-length'];
/** So often a refusal of a layer that may be a mistake is taken for one. */
const mostDoubts = 3;
const answer = (status, headers = {}, body = '') => ({
    kind: 'answer',
    status,
    headers,
    body,
});
const unavailable = () => answer(502, {}, JSON.stringify({ errors: [{ code: 'UNAVAILABLE', message: 'see the log of the action' }] }));
/**
 * The rules of a door into which the engine pushes repository `door` as if it were the registry; what it is called
 * there only this run knows. Requests go on with our login, so the engine needs none; the one that would set the tag
 * `runTag` stores the manifest by its digest alone. Nothing else in the registry points to the image yet.
 *
 * The engine has next to no patience, so we have it here: what has no body is asked again by our client. A layer cannot be
 * sent twice, as it is not kept: what broke it off is noted in `carried`, and the push is to be run again.
 * @param giveUp called when there is no use in going on
 * @param called the repository's name in errors
 */
function pushRules(client, path, door, runTag, carried, giveUp = () => { }, called = path) {
    const elsewhere = '/elsewhere/';
    const origins = new Set();
    const ours = `/v2/${door}/`;
    const trust = client.ca === undefined ? {} : { ca: client.ca };
    /** Where the registry itself is. */
    let home;
    /** Which of our tokens requests have, by number, and the last that was good: one that was may have run out. */
    let token = 0;
    let good = 0;
    /** It has: the next request gets a fresh one. */
    let stale = false;
    let doubts = 0;
    /** The last exchange broke off: where a refusal was cut off, it is heard the next time. */
    let askFirst = false;
    const fail = (error) => {
        carried.failure ??= error;
        giveUp();
    };
    /** Of an index the engine pushes each image by its digest, and then the whole under the tag. */
    const store = async (request, named) => {
        const body = await request.readBody();
        const digest = (0,registry_digest/* digestOf */.o)(body);
        if (named !== undefined && named !== digest)
            return answer(400);
        const said = await client.putManifest(digest, { digest, mediaType: request.headers['content-type'] ?? '', body });
        if (said !== '' && said !== digest)
            throw new Error(`the registry stored ${said} instead of ${digest}`);
        if (named === undefined)
            carried.digest = digest;
        return answer(201, { 'docker-content-digest': digest, location: `/v2/${door}/manifests/${digest}` });
    };
    // Upload locations must come back to us, those on another host too.
    const location = (there, sentTo) => {
        const target = new URL(there, sentTo);
        const theirs = `/v2/${path}/`;
        // The first request goes to the registry itself.
        home ??= new URL(sentTo).origin;
        if (target.origin === home && target.pathname.startsWith(theirs))
            return `${ours}${target.pathname.slice(theirs.length)}${target.search}`;
        origins.add(target.origin);
        return `${elsewhere}${Buffer.from(target.origin).toString('base64url')}${target.pathname}${target.search}`;
    };
    const ask = async ({ method, headers }, rest, url) => {
        const accept = headers['accept'] === undefined ? {} : { accept: headers['accept'] };
        const said = await client.pass(method, rest, accept);
        const isQuestion = method === 'GET' || method === 'HEAD';
        if (said.status >= 400 && !(isQuestion && said.status === 404))
            fail((0,registry_error/* registryError */.eo)(`${called} cannot be pushed to`, said));
        const told = Object.fromEntries([...toldHeaders, ...(method === 'HEAD' ? ['content-length'] : [])].flatMap((name) => {
            const value = said.headers[name];
            return value === undefined ? [] : [[name, name === 'location' ? location(value, url) : value]];
        }));
        return answer(said.status, told, new TextDecoder().decode(said.body));
    };
    /** Notes how a layer fared that we cannot send again by ourselves. */
    const note = (method, used, status, refusal) => {
        if (status < 400) {
            good = Math.max(good, used ?? 0);
            if (method === 'PUT')
                carried.blobs++;
            return;
        }
        if (!refusal || retry/* transientStatuses */.TG.has(status)) {
            askFirst = !refusal;
            carried.trouble = { what: refusal ? `HTTP ${status}` : 'the connection broke off', retryAfter: refusal?.headers['retry-after'] };
            return;
        }
        const hasRunOut = status === 401 && used !== undefined && used <= good;
        stale ||= hasRunOut && used === token;
        // So may the address of an upload to a storage, which says so in its own way.
        const isDoubt = (0,registry_client/* isLostUpload */.Ot)(refusal) || used === undefined;
        if (hasRunOut || (isDoubt && ++doubts < mostDoubts))
            carried.trouble = { what: `HTTP ${status}`, retryAfter: '0' };
        else
            fail((0,registry_error/* registryError */.eo)(`${called} does not take a layer`, refusal));
    };
    const forward = (method, url, headers, used) => ({
        kind: 'forward',
        method,
        url,
        headers,
        idleMs: retry/* silence */.ao,
        ...trust,
        ...(askFirst ? { askFirst } : {}),
        // To 408 and 429 the engine comes back at once, and a 401 it may hang on; 400 ends its push, and what comes next is ours.
        settle: (status) => Math.min(status, 400),
        onSent: (bytes) => {
            carried.bytes += bytes;
        },
        onEnd: ({ status, refusal }) => {
            carried.busy--;
            if (method === 'PUT' || method === 'PATCH' || method === 'POST')
                note(method, used, status, refusal);
        },
    });
    const decide = async (request) => {
        if (/^\/v2\/?$/.test(request.path))
            return answer(200, {}, '{}');
        if (request.path.startsWith(elsewhere)) {
            const [encoded = '', ...rest] = request.path.slice(elsewhere.length).split('/');
            const origin = Buffer.from(encoded, 'base64url').toString();
            if (!origins.has(origin))
                return answer(404);
            return forward(request.method, `${origin}/${rest.join('/')}`, {});
        }
        if (!request.path.startsWith(ours))
            return answer(404);
        const rest = withoutMount(request.path.slice(ours.length));
        if (rest === `manifests/${runTag}`)
            return request.method === 'PUT' ? await store(request) : answer(404);
        const [bare = ''] = rest.split('?');
        if (!allowed.some((one) => one.methods.test(request.method) && one.rest.test(bare)))
            return answer(405);
        // As it will be read there: a way out of the repository, however its dots and slashes are written, shows now.
        const base = await client.base();
        const target = new URL(`${base}/v2/${path}/${rest}`);
        if (!target.pathname.startsWith(`/v2/${path}/blobs/`) && !target.pathname.startsWith(`/v2/${path}/manifests/sha256:`))
            return answer(405);
        const [, named] = /^manifests\/(sha256:.*)$/.exec(bare) ?? [];
        if (named !== undefined && request.method === 'PUT')
            return await store(request, named);
        const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
        const isQuestion = request.method === 'HEAD' || (request.method === 'GET' && !bare.startsWith('blobs/sha256:'));
        if (isQuestion || (request.method === 'POST' && !hasBody))
            return await ask(request, rest, target.href);
        const fresh = stale;
        stale = false;
        if (fresh)
            token++;
        const used = token;
        return forward(request.method, target.href, await client.authorization('pull,push', fresh), used);
    };
    return {
        location,
        route: async (request) => {
            carried.busy++;
            const step = await decide(request).catch((error) => {
                fail(error);
                return unavailable();
            });
            if (step.kind !== 'forward')
                carried.busy--;
            return step;
        },
    };
}

// EXTERNAL MODULE: ./lib/publish/root.js
var publish_root = __webpack_require__(57019);
;// CONCATENATED MODULE: ./lib/publish/standstill.js

/**
 * Calls `stand` when of two looks, a silence apart, both find nothing under way and the second nothing new: an engine can
 * wait for itself for ever. What is under way has limits of its own. Ends with `over`.
 */
async function watchStandstill(host, look, over, stand) {
    let before;
    while (!over.aborted) {
        const slept = await host.sleep(retry/* silence */.ao, over).then(() => true, () => false);
        if (!slept)
            return;
        const { busy, requests } = look();
        if (busy === 0 && requests === before)
            return stand();
        before = busy === 0 ? requests : undefined;
    }
}

// EXTERNAL MODULE: ./lib/build/layout.js
var build_layout = __webpack_require__(27564);
;// CONCATENATED MODULE: ./lib/publish/upload.js





/** Layers on their way at the same time, as many as Docker sends. */
const upload_atOnce = 5;
/**
 * Brings a layout into a repository without setting any of its tags: the layers that it lacks, then the manifests, that
 * of the whole image last. @returns its digest @throws ActionError
 */
async function upload(files, layout, client, signal, sent = { blobs: 0, bytes: 0 }) {
    const waiting = layout.blobs.toSorted((a, b) => b.bytes - a.bytes);
    const onSent = (bytes) => {
        sent.bytes += bytes;
    };
    const send = async () => {
        for (let blob = waiting.shift(); blob; blob = waiting.shift()) {
            if (signal.aborted)
                throw (0,deadline/* endOf */.p)(signal);
            if (await client.hasBlob(blob.digest))
                continue;
            await client.putBlob(blob.digest, (0,build_layout/* blobPath */.n)(layout.folder, blob.digest), onSent);
            sent.blobs++;
        }
    };
    try {
        await Promise.all(Array.from({ length: upload_atOnce }, send));
    }
    finally {
        // One that is refused ends the others, too.
        waiting.length = 0;
    }
    for (const { digest, mediaType } of layout.manifests) {
        const body = new TextEncoder().encode(files.readText((0,build_layout/* blobPath */.n)(layout.folder, digest)) ?? '');
        if ((0,registry_digest/* digestOf */.o)(body) !== digest)
            throw new errors/* ActionError */.lZ('digest-mismatch', `The manifest ${digest} of the build has changed on this machine.`);
        await storeManifest(client, { digest, mediaType, body });
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

















/** What the engine says where it is not worth another try: of itself, or of a registry that it talks to without us. */
const permanent = /denied|unauthorized|forbidden|not found|does not exist|immutable|quota|too large|no space left/i;
/** @param giveUp ends it when there is no use in going on: an engine of the classic store would try again for a minute */
async function dockerPush(host, reference, env, signal, giveUp) {
    const said = (0,outcome/* tail */.RT)(20);
    const either = giveUp ? AbortSignal.any([signal, giveUp]) : signal;
    const ended = await host.stream({ argv: (0,push_argv/* pushArgv */.d)(reference), env }, { signal: either, onLine: said.push });
    if (signal.aborted)
        throw (0,deadline/* endOf */.p)(signal);
    return { exitCode: ended.kind === 'exited' ? ended.exitCode : 1, said: said.lines.join('\n') };
}
function pushError(name, said) {
    const line = said.split('\n').at(-1) ?? '';
    return new errors/* ActionError */.lZ((0,refusals/* codeOf */.$N)(refusals/* engineRefusals */.Wn, undefined, line) ?? 'push-failed', `${(0,image_name/* nameText */.fh)(name)}: ${line}`);
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
        host.letGo({ argv: ['docker', 'image', 'rm', reference], env });
    }
}
async function throughRelay(host, image, name, client, env, signal, carried) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        // What cannot be entered is told in the registry's own words, before the engine makes its own of them.
        await client.authorization('pull,push');
        const door = (0,external_node_crypto_.randomUUID)();
        const hopeless = new AbortController();
        const relay = __addDisposableResource(env_1, await host.relay(pushRules(client, name.path, door, host.runId, carried, () => hopeless.abort(), (0,image_name/* nameText */.fh)(name))), true);
        const reference = `127.0.0.1:${relay.port}/${door}:${host.runId}`;
        const last = await withTag(host, image, reference, env, () => (0,retry/* withRetry */.bD)(host, signal, async () => {
            const before = carried.blobs;
            carried.trouble = undefined;
            const ended = new AbortController();
            const stands = () => {
                carried.trouble ??= { what: 'the engine stands still' };
                ended.abort();
            };
            void watchStandstill(host, () => ({ busy: carried.busy, requests: relay.requests() }), ended.signal, stands);
            const end = AbortSignal.any([hopeless.signal, ended.signal]);
            const value = await dockerPush(host, reference, env, signal, end).finally(() => ended.abort());
            const { trouble } = carried;
            const hope = relay.requests() > 0 && (trouble !== undefined || !permanent.test(value.said));
            if (value.exitCode === 0 || carried.failure || !hope)
                return { kind: 'done', value };
            host.log.line(`${(0,image_name/* nameText */.fh)(name)}: a layer did not arrive (${trouble?.what ?? value.said.split('\n').at(-1)}): it is sent again`);
            return { kind: 'again', value, retryAfter: trouble?.retryAfter, progress: carried.blobs > before };
        }));
        if (carried.failure)
            throw carried.failure;
        if (last.exitCode === 0 && carried.digest)
            return carried.digest;
        if (relay.requests() === 0)
            return { kind: 'unreached' };
        const { trouble } = carried;
        if (trouble)
            throw new errors/* ActionError */.lZ('registry-unavailable', `${(0,image_name/* nameText */.fh)(name)} does not take a layer (${trouble.what}).`);
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
        const pushed = await withTag(host, image, reference, env, () => (0,retry/* withRetry */.bD)(host, signal, async () => {
            const value = await dockerPush(host, reference, { ...env, ...config?.variables }, signal);
            return { kind: value.exitCode === 0 || permanent.test(value.said) ? 'done' : 'again', value };
        }));
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
    await storeManifest(client, manifest);
    return manifest.digest;
}
/**
 * Brings the image's layers and manifest into a repository without setting any of its tags.
 * @returns what the manifest can be asked for by: its digest, or the carrier tag of an engine that does not reach us
 */
async function carry(host, image, name, client, fallback, env, signal) {
    const sent = { blobs: 0, bytes: 0, busy: 0 };
    const over = new AbortController();
    void tellProgress(host, (0,image_name/* nameText */.fh)(name), sent, over.signal);
    try {
        if (image.index)
            return await putIndex(client, image.index);
        if (image.origin)
            return await copyOrigin(host, image.origin, client, signal, sent);
        if (image.layout)
            return await upload(host.files, image.layout, client, signal, sent);
        const root = (0,publish_root/* rootOf */.I)(image);
        const put = root !== undefined && image.parts ? await putParts(client, root, image.parts) : undefined;
        if (put !== undefined)
            return put;
        const digest = await throughRelay(host, image, name, client, env, signal, sent);
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
    finally {
        over.abort();
    }
}

// EXTERNAL MODULE: ./lib/publish/compare-images.js + 1 modules
var compare_images = __webpack_require__(66140);
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
    const order = held && (await (0,compare_images/* compareImages */.q)(tag, ours, held, place.history));
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

// EXTERNAL MODULE: ./lib/publish/announced.js + 1 modules
var announced = __webpack_require__(63049);
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
    return await (0,announced/* findAnnounced */.Nn)(board, tag, best, below, ownNames).catch((error) => ({ unchecked: (0,errors/* messageOf */.bD)(error) }));
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
    const order = held && !below.has(held.digest) ? await (0,compare_images/* compareImages */.q)(tag, best, held, place.history) : { kind: 'older' };
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
        const board = (0,announced/* lookOnce */.ns)({ ...place, listTags: place.client.listTags });
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
    const root = (0,publish_root/* rootOf */.I)(image);
    const byManifest = root !== undefined;
    const expected = byManifest ? root : image.configDigest;
    const found = byManifest ? actual : json.config?.digest;
    if (found !== expected) {
        // An engine pushes of an index what it has of it: after a pull that is one platform.
        const part = image.taken !== undefined && !image.layout && !image.origin ? ' The engine may have a part of it alone.' : '';
        throw new errors/* ActionError */.lZ('digest-mismatch', `The registry holds ${found ?? 'no image'}, tested was ${expected}.${part}`);
    }
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
            await (0,compare_images/* compareImages */.q)(tag, { pedigree: { revision, ...pedigree } }, held, history);
    };
    const listed = async () => {
        const known = (await history.since(revision)).kind === 'known';
        return known ? undefined : new Set([...(await client.listTags()).names, ...tags.map(({ name }) => name)]);
    };
    const [names] = await Promise.all([listed().catch(() => undefined), ...moving.map((tag) => look(tag).catch(() => undefined))]);
    return names;
}
/** So long (ms) the records are waited for when the tags are set: an image is as good without. */
const recordPatience = 5_000;
/** Attaches the record of its gates to each image, where the registry has a place for it. Never throws. */
async function attachRecords(arrived, recordFor, log) {
    const attach = async (there) => {
        try {
            if (await (0,keep_record/* attachRecord */.LL)(there, recordFor(there.image.digest)))
                log.line(`${(0,image_name/* nameText */.fh)(there.name)} has a record of its gates`);
        }
        catch (error) {
            log.line(`${(0,image_name/* nameText */.fh)(there.name)} has not taken the record of its gates: ${(0,errors/* messageOf */.bD)(error)}`);
        }
    };
    await Promise.all(arrived.map(attach));
}
/** ECR and Artifact Registry in their own words: NAME_UNKNOWN, and what comes behind it. */
const noRepository = /repository\b.{0,200}\b(does not exist|not found)|NAME_UNKNOWN/is;
/** With the command that makes the repository, where that is what is missing. */
function withCreation({ registry, path }, error) {
    const command = noRepository.test(error.message) ? (0,clouds/* creationCommand */.p0)(registry, path) : undefined;
    return command === undefined ? error : new errors/* ActionError */.lZ(error.code, `${error.message} It is made by: ${command}`, { cause: error });
}
/**
 * Digest to every registry, then the tags that stay, then those that move; each is asked for again and compared. Where the
 * plan is to push the digest alone, the record of its gates takes the place of the tags; else it is attached to the image beside them.
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
            const told = withCreation(name, known);
            log.line(`${(0,image_name/* nameText */.fh)(name)}: ${told.message}`);
            failure ??= told;
            return undefined;
        }
    };
    const arrive = async (name) => {
        const { client, credential } = await (0,registry_open/* openRepository */.h_)(host, plan.access, name, env, 'push');
        const read = (0,publish_held/* createReader */.WF)(client, (0,publish_pedigree/* sourceOf */.vz)(plan.labels));
        const carrier = tags.find(({ moves }) => !moves) ?? tags[0];
        // An engine that pushes by itself may have to do so under a tag that moves: what was there must be known.
        const over = carrier?.moves ? await read(carrier.name).catch(() => undefined) : undefined;
        const pedigree = (0,publish_pedigree/* ownPedigree */.qA)(plan.labels, plan.event);
        const looked = lookAhead(tags, pedigree, client, read, history);
        const fallback = { tag: carrier?.name ?? host.runId, credential };
        // Of an index as of an image: a registry takes a manifest only when it has all that it names. The classic store does not know it.
        const root = (0,publish_root/* rootOf */.I)(image);
        const held = root === undefined ? undefined : await client.getManifest(root).catch(() => undefined);
        const there = held && (0,registry_digest/* digestOf */.o)(held.body) === root ? held : undefined;
        const reference = there && root !== undefined ? root : await carry(host, image, name, client, fallback, env, signal).finally(() => looked);
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
    if (recordFor && plan.push.only === 'digest') {
        for (const there of arrived)
            await attempt(there.name, async () => log.line(`${await (0,keep_record/* keepRecord */.rP)(there, recordFor(there.image.digest))} says that it is gated`));
    }
    const attaching = recordFor && plan.push.only !== 'digest' ? attachRecords(arrived, recordFor, log) : undefined;
    const { pushedTags, kept } = await setTags({ ...plan, tags }, arrived, history, attempt, log, signal);
    if (attaching)
        await atMost(host, recordPatience, attaching);
    const first = arrived[0];
    const published = { digest: first?.image.digest ?? '', pushedTags, compressedBytes: first?.compressedBytes ?? 0 };
    return { published, kept, arrived, ...(failure ? { failure } : {}) };
}
/** Waits for work that cannot fail, but no longer than this (ms). */
async function atMost(host, ms, work) {
    const over = new AbortController();
    await Promise.race([work, host.sleep(ms, over.signal).catch(() => undefined)]);
    over.abort();
}


/***/ }),

/***/ 49962:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ versionOrder)
/* harmony export */ });
/* harmony import */ var semver__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62088);

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
            const [one, other] = [theirs, ours].map((text) => semver__WEBPACK_IMPORTED_MODULE_0__.parse(text, { loose: true }));
            return one && other ? one.compare(other) : undefined;
        };
    }
    const { compare, valid } = (await __webpack_require__.e(/* import() */ 5518).then(__webpack_require__.t.bind(__webpack_require__, 25518, 19))).default;
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


/***/ }),

/***/ 53780:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ createStageRunner)
/* harmony export */ });
/* harmony import */ var _amounts_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8790);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);
/* harmony import */ var _host_sanitise_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(85150);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63259);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45650);





const order = ['test', 'build', 'inspect', 'smoke', 'quality', 'gate', 'publish'];
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
/** Lines of the proof that are printed outside the group: the first and the last of them say most. */
const proofShown = 80;
/** Why a stage is red, as the log shows it: lines that others wrote. */
function proofOf(outcome) {
    if (outcome.kind !== 'failed')
        return [];
    const lines = outcome.red.evidence.flatMap((text) => text.split(/\r\n|\r|\n/)).map(_host_sanitise_js__WEBPACK_IMPORTED_MODULE_3__/* .sanitiseLine */ .lg);
    if (lines.length <= proofShown)
        return lines;
    const left = lines.length - proofShown;
    return [...lines.slice(0, proofShown / 2), `[${left} lines left out]`, ...lines.slice(-proofShown / 2)];
}
/** @param onChange is told when a stage begins, which then is `stopped` for all that is known, and when it ends */
function createStageRunner(host, start, cancel, onChange = () => { }) {
    const red = new AbortController();
    const reports = new Map();
    const all = () => order
        .filter((stage) => (stage !== 'quality' && stage !== 'gate') || reports.has(stage))
        .map((stage) => reports.get(stage) ?? { stage, state: 'not run', start: 0, duration: 0, detail: '' });
    const note = (report) => {
        reports.set(report.stage, report);
        onChange(all());
    };
    return {
        signal: AbortSignal.any([red.signal, cancel]),
        reports: all,
        run: async (stage, work, detail) => {
            const began = host.now();
            note({ stage, state: 'stopped', start: began - start, duration: 0, detail: 'under way' });
            const log = host.log.stage(stage);
            const ended = await work(log).catch((error) => error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ
                ? (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)(error.code, error.message)
                : (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('internal', (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error), [(error instanceof Error && error.stack) || '']));
            // A gate that is killed on a cancel has failed in its own eyes; a push says by itself that it was cancelled.
            const outcome = cancel.aborted && ended.kind === 'failed' && stage !== 'publish' ? _outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .stopped */ .ce : ended;
            if (outcome.kind === 'failed')
                red.abort();
            const text = textOf(outcome, detail);
            const duration = host.now() - began;
            note({ stage, state: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_2__/* .stateOf */ .L4)(outcome), start: began - start, duration, detail: text });
            const result = outcome.kind === 'skipped' ? `skipped (${text})` : `${text} (${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_4__/* .timeText */ .Tc)(duration)})`;
            log.close(result, { state: outcome.kind, proof: proofOf(outcome) });
            return outcome;
        },
    };
}


/***/ })

};
