export const id = 6813;
export const ids = [6813];
export const modules = {

/***/ 36813:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  publishLayout: () => (/* binding */ publishLayout)
});

// EXTERNAL MODULE: ./lib/amounts.js
var amounts = __webpack_require__(8790);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/build/layout.js
var layout = __webpack_require__(27564);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/outcome.js
var outcome = __webpack_require__(63259);
// EXTERNAL MODULE: ./lib/publish/publish.js + 12 modules
var publish = __webpack_require__(42495);
// EXTERNAL MODULE: ./lib/publish/push-argv.js
var push_argv = __webpack_require__(28514);
// EXTERNAL MODULE: ./lib/publish/record.js
var publish_record = __webpack_require__(20618);
// EXTERNAL MODULE: ./lib/registry/digest.js
var registry_digest = __webpack_require__(82895);
// EXTERNAL MODULE: ./lib/handover/own-layout.js
var own_layout = __webpack_require__(45306);
;// CONCATENATED MODULE: ./lib/handover/saving-rules.js



const answer = (status, headers = {}, body = '') => ({
    kind: 'answer',
    status,
    headers,
    body,
});
const isDigest = (text) => /^sha256:[a-f0-9]{64}$/.test(text);
const invalid = (said) => answer(400, {}, JSON.stringify({ errors: [{ code: 'DIGEST_INVALID', message: said }] }));
/**
 * The rules of a door into which the engine pushes as into a registry, and behind which is a folder: each blob is written
 * there once, under the digest that its bytes have. `door` and the tag `runTag` only this run knows.
 */
function savingRules(files, folder, door, runTag, arrived) {
    const ours = `/v2/${door}/`;
    const types = new Map();
    /** By upload: the digest of its one piece, undefined where there were several. */
    const uploads = new Map();
    const at = (id) => ({ location: `${ours}blobs/uploads/${id}`, 'docker-upload-uuid': id });
    const there = (digest) => isDigest(digest) && files.kind((0,layout/* blobPath */.n)(folder, digest)) === 'file';
    const finish = async (id, wanted) => {
        const path = (0,external_node_path_.join)(folder, id);
        const actual = uploads.get(id)?.digest ?? `sha256:${await files.digest(path)}`;
        uploads.delete(id);
        if (actual !== wanted || !isDigest(wanted)) {
            files.remove(path);
            return invalid(`these bytes are ${actual}`);
        }
        files.move(path, (0,layout/* blobPath */.n)(folder, wanted));
        return answer(201, { location: `${ours}blobs/${wanted}`, 'docker-content-digest': wanted });
    };
    const upload = (request, id, query) => {
        const state = uploads.get(id);
        if (!state)
            return answer(404);
        if (request.method !== 'PATCH' && request.method !== 'PUT')
            return answer(405);
        return {
            kind: 'save',
            path: (0,external_node_path_.join)(folder, id),
            answer: async ({ bytes, digest }) => {
                if (bytes > 0 || state.pieces === 0) {
                    state.digest = state.pieces === 0 || state.digest === emptyDigest ? digest : undefined;
                    state.pieces++;
                    state.bytes += bytes;
                }
                if (request.method === 'PUT')
                    return await finish(id, query.get('digest') ?? '');
                // The classic store's client wants to be told how far it has come.
                return answer(202, { ...at(id), range: `0-${Math.max(0, state.bytes - 1)}` });
            },
        };
    };
    const store = async (request, reference) => {
        const body = await request.readBody();
        const digest = (0,registry_digest/* digestOf */.o)(body);
        const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
        if ((reference !== runTag && reference !== digest) || (0,registry_digest/* digestOf */.o)(text) !== digest)
            return invalid(`this manifest is ${digest}`);
        const mediaType = request.headers['content-type'] ?? '';
        files.writeText((0,layout/* blobPath */.n)(folder, digest), text);
        types.set(digest, mediaType);
        if (reference === runTag)
            arrived.root = { digest, mediaType, size: body.length };
        return answer(201, { location: `${ours}manifests/${digest}`, 'docker-content-digest': digest });
    };
    let opened = 0;
    return {
        route: async (request) => {
            const { method } = request;
            if (/^\/v2\/?$/.test(request.path))
                return answer(200, {}, '{}');
            if (!request.path.startsWith(ours))
                return answer(404);
            const [rest = '', search = ''] = request.path.slice(ours.length).split('?');
            const query = new URLSearchParams(search);
            if (/^blobs\/uploads\/?$/.test(rest) && method === 'POST') {
                const id = `upload-${++opened}`;
                uploads.set(id, { pieces: 0, bytes: 0, digest: undefined });
                return answer(202, { ...at(id), range: '0-0' });
            }
            const [, id] = /^blobs\/uploads\/(upload-\d+)$/.exec(rest) ?? [];
            if (id !== undefined)
                return upload(request, id, query);
            const [, kind, reference = ''] = /^(blobs|manifests)\/([^/]+)$/.exec(rest) ?? [];
            if (kind === 'manifests' && method === 'PUT')
                return await store(request, reference);
            if (kind === undefined || (method !== 'GET' && method !== 'HEAD'))
                return answer(405);
            const type = kind === 'manifests' ? types.get(reference) : 'application/octet-stream';
            if (type === undefined || !there(reference))
                return answer(404);
            return { kind: 'file', path: (0,layout/* blobPath */.n)(folder, reference), headers: { 'content-type': type, 'docker-content-digest': reference } };
        },
        location: (location) => location,
    };
}
const emptyDigest = (0,registry_digest/* digestOf */.o)('');

;// CONCATENATED MODULE: ./lib/handover/write.js
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











/**
 * The engine pushes the image by a name of this run, which is gone when this returns: of two names that go at once the
 * classic store may keep one.
 */
async function pushAs(host, image, reference, env, signal) {
    host.leave({ kind: 'image', name: reference });
    const { exitCode, stderr } = await host.capture({ argv: ['docker', 'image', 'tag', image.localName, reference], env });
    if (exitCode !== 0)
        throw new errors/* ActionError */.lZ('push-failed', `The image cannot be tagged ${reference} (${stderr.trim()}).`);
    try {
        const said = (0,outcome/* tail */.RT)(5);
        const ended = await host.stream({ argv: (0,push_argv/* pushArgv */.d)(reference), env }, { signal, onLine: said.push });
        if (signal.aborted)
            throw new errors/* ActionError */.lZ('cancelled', 'The run was cancelled while the layout was written.');
        return { pushed: ended.kind === 'exited' && ended.exitCode === 0, said: said.lines.at(-1) ?? '' };
    }
    finally {
        await host.capture({ argv: ['docker', 'image', 'rm', reference], env }).catch(() => undefined);
    }
}
/** From the engine, as it would push: each layer is written once, as it comes. */
async function fromEngine(host, image, folder, env, signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const arrived = {};
        const door = (0,external_node_crypto_.randomUUID)();
        const relay = __addDisposableResource(env_1, await host.relay(savingRules(host.files, folder, door, host.runId, arrived)), true);
        const { pushed, said } = await pushAs(host, image, `127.0.0.1:${relay.port}/${door}:${host.runId}`, env, signal);
        if (relay.requests() === 0)
            throw new errors/* ActionError */.lZ('push-failed', `The engine is on another machine and does not reach this one (${said}): use push: digest, or a builder, whose layout is here anyway.`);
        if (!pushed || !arrived.root)
            throw new errors/* ActionError */.lZ('push-failed', `The engine did not give the image away: ${said}`);
        return arrived.root;
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
/** From a layout that is here already: that of another builder, or the one the image was taken from. */
async function fromLayout(host, { folder: from, root, blobs, manifests }, folder) {
    for (const { digest } of [...blobs, ...manifests]) {
        await host.files.copy((0,layout/* blobPath */.n)(from, digest), (0,layout/* blobPath */.n)(folder, digest));
        const actual = `sha256:${await host.files.digest((0,layout/* blobPath */.n)(folder, digest))}`;
        if (actual !== digest)
            throw new errors/* ActionError */.lZ('digest-mismatch', `${digest} has changed on this machine: its bytes are now ${actual}.`);
    }
    return { digest: root.digest, mediaType: root.mediaType, size: root.bytes };
}
/** From a registry, as it is there. */
async function fromRegistry(host, { client, root, manifests, blobs }, folder) {
    for (const { digest, body } of manifests)
        host.files.writeText((0,layout/* blobPath */.n)(folder, digest), new TextDecoder('utf-8', { ignoreBOM: true }).decode(body));
    for (const { digest } of blobs)
        if (!(await client.saveBlob(digest, (0,layout/* blobPath */.n)(folder, digest))))
            throw new errors/* ActionError */.lZ('digest-mismatch', `${digest}, a layer of ${root.digest}, is not to be had any more.`);
    return { digest: root.digest, mediaType: root.mediaType, size: root.body.length };
}
/** Whether each part is there, as long as it is said to be. @throws ActionError push-failed */
function measure(host, folder, digest) {
    const { blobs, manifests } = (0,layout/* readLayout */.T)(host.files, folder, digest);
    let bytes = 0;
    for (const part of [...blobs, ...manifests]) {
        if (host.files.stat((0,layout/* blobPath */.n)(folder, part.digest))?.bytes !== part.bytes)
            throw new errors/* ActionError */.lZ('push-failed', `The engine did not give away ${part.digest}, which is a part of the image.`);
        bytes += part.bytes;
    }
    return bytes;
}
/** Puts the folder where it was asked for; what of ours is there from before gives way. */
function settle(host, staging, { folder, given }) {
    if (host.files.kind(folder) !== undefined && host.files.list(folder).length > 0) {
        if (!(0,own_layout/* isOwnLayout */.r)(host.files, folder))
            throw new errors/* ActionError */.lZ('push-failed', `${given} holds something else now: it is not overwritten.`);
        host.files.remove(folder);
    }
    host.files.move(staging, folder);
}
/**
 * Writes a gated image as an OCI layout, the record of its gates beside it. The folder appears when it is whole, and only
 * if it holds what was tested. @throws ActionError push-failed, digest-mismatch
 */
async function writeLayout(host, image, place, { recordFor, refName }, env, signal) {
    const { files } = host;
    const staging = `${place.folder}.${host.runId}`;
    host.leave({ kind: 'folder', path: staging });
    try {
        files.makeFolder((0,external_node_path_.join)(staging, 'blobs', 'sha256'));
        files.makeFolder((0,external_node_path_.dirname)(place.folder));
        const root = image.layout
            ? await fromLayout(host, image.layout, staging)
            : image.origin
                ? await fromRegistry(host, image.origin, staging)
                : await fromEngine(host, image, staging, env, signal);
        const body = new TextEncoder().encode(files.readText((0,layout/* blobPath */.n)(staging, root.digest)) ?? '');
        const manifest = { digest: root.digest, mediaType: root.mediaType, body };
        const { config, layers = [] } = (0,publish/* proveSame */.T6)(image, manifest);
        const artifact = (0,publish_record/* recordArtifact */.wY)(recordFor(root.digest), manifest);
        const texts = [...artifact.blobs, artifact.manifest].map((blob) => ({ digest: blob.digest, text: new TextDecoder().decode(blob.body) }));
        for (const { digest, text } of texts)
            files.writeText((0,layout/* blobPath */.n)(staging, digest), text);
        const record = { mediaType: artifact.manifest.mediaType, digest: artifact.manifest.digest, size: artifact.manifest.body.length };
        const annotations = refName === undefined ? {} : { annotations: { 'org.opencontainers.image.ref.name': refName } };
        const index = {
            schemaVersion: 2,
            mediaType: 'application/vnd.oci.image.index.v1+json',
            manifests: [
                { ...root, ...annotations },
                { ...record, artifactType: publish_record/* recordType */.io },
            ],
        };
        files.writeText((0,external_node_path_.join)(staging, 'index.json'), JSON.stringify(index));
        files.writeText((0,external_node_path_.join)(staging, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
        for (const name of files.list(staging))
            if (name.startsWith('upload-'))
                files.remove((0,external_node_path_.join)(staging, name));
        const bytes = measure(host, staging, root.digest);
        if (signal.aborted)
            throw new errors/* ActionError */.lZ('cancelled', 'The run was cancelled while the layout was written.');
        settle(host, staging, place);
        const compressedBytes = [config, ...layers].reduce((sum, part) => sum + (part?.size ?? 0), 0);
        return { digest: (0,registry_digest/* digestOf */.o)(body), bytes: bytes + texts.reduce((sum, { text }) => sum + text.length, 0), compressedBytes };
    }
    catch (error) {
        files.remove(staging);
        if (error instanceof errors/* ActionError */.lZ)
            throw error;
        throw new errors/* ActionError */.lZ('push-failed', `The layout ${place.given} cannot be written (${(0,errors/* messageOf */.bD)(error)}).`, { cause: error });
    }
}

;// CONCATENATED MODULE: ./lib/handover/publish-layout.js


/** The last act of a run that hands its image over: nothing goes to a registry, and no login is made. @throws ActionError */
async function publishLayout(host, image, place, beside, env, notice, signal) {
    const { digest, bytes, compressedBytes } = await writeLayout(host, image, place, beside, env, signal);
    notice(`The image ${digest} and the record of its gates are in ${place.given}, ${(0,amounts/* bytesText */.pV)(bytes)}: a job with from: oci:DIR publishes it.`);
    return { digest, pushedTags: [], compressedBytes, layout: place.given };
}


/***/ })

};
