export const id = 3240;
export const ids = [3240];
export const modules = {

/***/ 3240:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openImageCache: () => (/* binding */ openImageCache)
/* harmony export */ });
/* unused harmony export splitReference */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2521);
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(89916);
/* harmony import */ var _registry_at_hand_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(30018);
/* harmony import */ var _registry_client_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(95308);
/* harmony import */ var _registry_open_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(60951);
/* harmony import */ var _registry_registry_error_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(21583);







/** How long the search for images to read from may take (ms), and how long a layer may stand still on its way. */
const patience = 5_000;
const idleMs = 10_000;
const parse = (body) => JSON.parse(new TextDecoder().decode(body));
/** Name and tag of `name:tag`. */
function splitReference(reference) {
    const [, name = reference, tag = ''] = /^(.*):([^:/]*)$/.exec(reference) ?? [];
    return { name: (0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_2__/* .parseImageName */ ["if"])(name), tag };
}
/** What `reference` holds, if BuildKit can read steps from it and none of its layers is missing. */
async function findSource(client, reference) {
    const { name, tag } = splitReference(reference);
    const manifest = await client.getManifest(tag);
    if (!manifest)
        return undefined;
    const { config, layers } = parse(manifest.body);
    if (!config || !layers)
        return undefined;
    // BuildKit's own names: cache/remotecache/v1/spec.go, exporter/containerimage/exptypes.
    if (!config.mediaType?.includes('buildkit.cacheconfig')) {
        const body = await client.getBlob(config.digest);
        if (!body || !('moby.buildkit.cache.v0' in parse(body)))
            return undefined;
    }
    // The classic store asks for a missing layer again and again for a minute.
    const there = await Promise.all(layers.map(({ digest }) => client.hasBlob(digest, 'pull')));
    return there.every(Boolean) ? { client, name, reference, manifest } : undefined;
}
/**
 * The rules of a door from which the engine reads `sources` and nothing else: manifests that were read already, and their
 * blobs with our login, so that the builder needs none. `broke` is told of a blob that does not come.
 */
function doorRules(host, sources, traffic, broke) {
    const answer = (status, body = '') => ({ kind: 'answer', status, body });
    const brokenOff = new Set();
    const allowed = new Map([...sources].map(([key, { manifest }]) => {
        const { config, layers = [] } = parse(manifest.body);
        return [key, new Set([config?.digest, ...layers.map(({ digest }) => digest)])];
    }));
    return {
        route: async ({ method, path }) => {
            if (method !== 'GET' && method !== 'HEAD')
                return answer(405);
            if (/^\/v2\/?$/.test(path))
                return answer(200, '{}');
            const [, key = '', kind, digest = ''] = /^\/v2\/([\w-]+)\/(manifests|blobs)\/(sha256:[a-f0-9]{64})$/.exec(path) ?? [];
            const source = sources.get(key);
            if (!source)
                return answer(404);
            const { client, name, manifest } = source;
            if (kind === 'manifests') {
                if (digest !== manifest.digest)
                    return answer(404);
                const headers = { 'content-type': manifest.mediaType, 'docker-content-digest': digest };
                return { kind: 'answer', status: 200, headers, body: new TextDecoder().decode(manifest.body) };
            }
            if (!allowed.get(key)?.has(digest))
                return answer(404);
            const headers = await client.authorization('pull');
            const start = host.now();
            const onEnd = ({ status, received }) => {
                traffic.downloaded += received;
                // 502 may be the engine's own doing: a build that fails elsewhere breaks off what it reads, and does not ask again.
                const silent = received === 0 && host.now() - start >= idleMs;
                if (status >= 400 && (status !== 502 || silent || brokenOff.has(digest)))
                    broke(`a layer of ${source.reference} cannot be read (${silent ? `nothing came in ${idleMs / 1000} s` : `HTTP ${status}`})`);
                if (status === 502)
                    brokenOff.add(digest);
            };
            return {
                kind: 'forward',
                method,
                url: `${await client.base()}/v2/${name.path}/blobs/${digest}`,
                headers,
                idleMs,
                onEnd,
                ...(client.ca === undefined ? {} : { ca: client.ca }),
            };
        },
        // Where the registry keeps its blobs the engine gets them without us.
        location: (location, sentTo) => new URL(location, sentTo).href,
    };
}
/**
 * Looks for what of `references` steps can be read from, and opens a door to it; a builder that is not `near` gets the
 * references themselves. Never throws, and never takes longer than five seconds.
 */
async function openImageCache(host, references, access, near) {
    const over = new AbortController();
    const found = new AbortController();
    const hurried = {
        ...host,
        // What is read after the search has time.
        request: (asked) => host.request(found.signal.aborted ? asked : { ...asked, signal: over.signal }),
        sleep: (ms) => host.sleep(ms, found.signal.aborted ? undefined : over.signal),
    };
    const broken = new AbortController();
    const traffic = { lookups: 0, found: 0, downloaded: 0, uploaded: 0 };
    let trouble;
    let unanswered;
    const broke = (why) => {
        trouble ??= why;
        broken.abort();
    };
    void host.sleep(patience, found.signal).then(() => over.abort(), () => undefined);
    const search = references.map(async (reference) => {
        try {
            const { name } = splitReference(reference);
            const asked = access.get(name.registry);
            return await findSource((0,_registry_client_js__WEBPACK_IMPORTED_MODULE_4__/* .createClient */ .UU)(hurried, name, (0,_registry_at_hand_js__WEBPACK_IMPORTED_MODULE_3__/* .atHand */ .p)(asked, 'pull'), asked?.transport, (0,_registry_open_js__WEBPACK_IMPORTED_MODULE_5__/* .memoryOf */ .zE)(asked, name.registry)), reference);
        }
        catch (error) {
            // An image that is not ours to read, or not there yet: GHCR answers both alike.
            if (!(0,_registry_registry_error_js__WEBPACK_IMPORTED_MODULE_6__/* .isClosed */ .Lx)(error))
                unanswered ??= (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error);
            return undefined;
        }
    });
    const all = (await Promise.all(search)).filter((source) => source !== undefined);
    found.abort();
    if (all.length === 0)
        trouble = unanswered;
    const sources = new Map(all.map((source) => [(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)(), source]));
    const relay = near && sources.size > 0 ? await host.relay(doorRules(host, sources, traffic, broke)) : undefined;
    return {
        references: [...sources].map(([key, { reference, manifest }]) => relay ? `127.0.0.1:${relay.port}/${key}@${manifest.digest}` : reference),
        traffic,
        trouble: () => trouble,
        broken: broken.signal,
        [Symbol.asyncDispose]: async () => void (await relay?.[Symbol.asyncDispose]()),
    };
}


/***/ })

};
