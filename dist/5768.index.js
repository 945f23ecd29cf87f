export const id = 5768;
export const ids = [5768];
export const modules = {

/***/ 7200:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TT: () => (/* binding */ saidBy),
/* harmony export */   WF: () => (/* binding */ createReader)
/* harmony export */ });
/* unused harmony export labelsOf */
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
    return (await saidBy(client, manifest)).labels;
}
/** The same, with the machine it is for. */
async function saidBy(client, manifest) {
    const json = parse(manifest.body);
    const child = json.manifests?.find(({ platform }) => platform?.os !== 'unknown')?.digest;
    const image = child === undefined ? json : parse((await manifestOf(client, child))?.body ?? new TextEncoder().encode('{}'));
    const config = image.config?.digest === undefined ? undefined : await client.getBlob(image.config.digest);
    const merged = json.annotations?.[_plan_labels_js__WEBPACK_IMPORTED_MODULE_1__/* .movingTagsLabel */ .Y9] === undefined ? {} : json.annotations;
    const said = config && parse(config);
    return { labels: { ...said?.config?.Labels, ...merged }, architecture: child === undefined ? said?.architecture : undefined };
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

/***/ 61272:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CZ: () => (/* binding */ readPedigree),
/* harmony export */   Vb: () => (/* binding */ areOwn),
/* harmony export */   qA: () => (/* binding */ ownPedigree),
/* harmony export */   vz: () => (/* binding */ sourceOf)
/* harmony export */ });
/* harmony import */ var _plan_labels_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24866);

const sourceLabel = 'org.opencontainers.image.source';
/** An image inherits the labels of its base: those of another repository, or without a commit, are not its own. */
function areOwn(labels, source) {
    const said = labels[sourceLabel];
    const isElsewhere = said !== undefined && source !== undefined && said.toLowerCase() !== source.toLowerCase();
    return !isElsewhere && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(labels[_plan_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .revisionLabel */ .wc] ?? '');
}
/**
 * Reads the labels of OCI and ours. What is not of the right form is not there.
 * @param source the label `org.opencontainers.image.source` of our own images, as far as it is known
 */
function readPedigree(labels, source) {
    if (!areOwn(labels, source))
        return { movingTags: [] };
    const revision = labels[_plan_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .revisionLabel */ .wc];
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

/***/ 95308:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  UU: () => (/* binding */ createClient),
  Ot: () => (/* binding */ isLostUpload)
});

// UNUSED EXPORTS: manifestTypes

// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/plan/image-name.js
var image_name = __webpack_require__(89916);
// EXTERNAL MODULE: ./lib/registry/digest.js
var registry_digest = __webpack_require__(82895);
// EXTERNAL MODULE: ./lib/registry/registry-error.js
var registry_error = __webpack_require__(21583);
// EXTERNAL MODULE: ./lib/registry/retry.js
var retry = __webpack_require__(71653);
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

// EXTERNAL MODULE: ./lib/registry/credential.js
var registry_credential = __webpack_require__(51266);
;// CONCATENATED MODULE: ./lib/registry/session.js






const requestTimeout = 30_000;
/** A token is not used in its last seconds (ms); one that does not say lives a minute (distribution's token spec). */
const tokenMargin = 10_000;
const tokenLife = 60;
/** What this client is called where a token server wants a name. */
const clientId = 'ml-image-action';
/** What to give where TLS itself is in the way. */
function transportHint(error) {
    const { code = '' } = error;
    // OpenSSL's names for a chain that ends nowhere (X509_V_ERR_*), and for an answer that is no TLS.
    if (/SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)/.test(code))
        return 'its certificate is of an authority that this machine does not know; give that as ca in registry-auth';
    if (/EPROTO|WRONG_VERSION_NUMBER|PACKET_LENGTH/.test(code))
        return 'it does not speak TLS; if it is meant to be plain HTTP, say plain-http: true in registry-auth';
    return undefined;
}
/** Opens nothing yet: the registry is asked when something is asked of it, unless one before has left in `memory` where it is. */
function createSession(host, name, credential, transport = {}, memory = {}) {
    const endpoint = name.registry === image_name/* dockerHub */.UD ? 'registry-1.docker.io' : name.registry;
    let opened;
    const logins = new Map();
    const ask = (method, url, headers, how = {}) => (0,retry/* withRetry */.bD)(host, undefined, async () => {
        const answer = await host.request({ method, url, headers, timeoutMs: requestTimeout, maxBytes: 8 << 20, ...how });
        return retry/* transientStatuses */.TG.has(answer.status)
            ? { kind: 'again', value: answer, retryAfter: answer.headers['retry-after'] }
            : { kind: 'done', value: answer };
    });
    const unavailable = (error) => {
        const hint = transportHint(error);
        return new errors/* ActionError */.lZ('registry-unavailable', `${name.registry} cannot be reached (${(0,errors/* messageOf */.bD)(error)})${hint ? `: ${hint}` : ''}`, {
            cause: error,
        });
    };
    const ping = async (base) => {
        const answer = await ask('GET', `${base}/v2/`, {});
        if (answer.status !== 200 && answer.status !== 401)
            throw (0,registry_error/* registryError */.eo)(`${name.registry} does not answer as a registry`, answer);
        return { base, challenge: answer.status === 401 ? (answer.headers['www-authenticate'] ?? '') : undefined };
    };
    // As Docker does: plain HTTP on the loopback alone, and only where TLS finds nobody.
    const findBase = async () => {
        if (transport.plainHttp)
            return `http://${endpoint}`;
        if (!(0,image_name/* isLoopback */.U9)(endpoint))
            return `https://${endpoint}`;
        const secure = await host.request({ method: 'GET', url: `https://${endpoint}/v2/`, timeoutMs: requestTimeout }).catch(() => undefined);
        return `${secure ? 'https' : 'http'}://${endpoint}`;
    };
    const find = async () => {
        memory.opened ??= await ping(await findBase());
        return memory.opened;
    };
    const open = () => {
        opened ??= find();
        return opened;
    };
    const basic = () => credential && credential.kind !== 'identity-token' ? { authorization: `Basic ${(0,registry_credential/* basicOf */.wV)(credential)}` } : {};
    /** The token server's answer: for a password (distribution's token spec), or for an identity token (its OAuth2 spec). */
    const askToken = (realm, fields) => {
        if (credential?.kind === 'identity-token') {
            const grant = { grant_type: 'refresh_token', client_id: clientId, refresh_token: credential.token };
            const body = new URLSearchParams({ ...fields, ...grant }).toString();
            return ask('POST', realm.href, { 'content-type': 'application/x-www-form-urlencoded' }, { body });
        }
        for (const [field, value] of Object.entries(fields))
            realm.searchParams.set(field, value);
        return ask('GET', realm.href, basic());
    };
    /** Over TLS, or where the registry itself is plain HTTP by the user's own word. */
    const mayAsk = (realm) => realm.protocol === 'https:' ||
        (0,image_name/* isLoopback */.U9)(realm.host) ||
        (transport.plainHttp && realm.hostname === new URL(`http://${endpoint}`).hostname);
    const login = async (action) => {
        const { base, challenge } = await open();
        if (challenge === undefined)
            return { headers: {}, until: Number.POSITIVE_INFINITY };
        const asked = parseChallenge(challenge);
        if (asked.scheme === 'basic') {
            if (credential?.kind === 'identity-token')
                throw new errors/* ActionError */.lZ('registry-unauthorized', `${name.registry} wants a password, and the login to it is an identity token`);
            const answer = await ask('GET', `${base}/v2/`, basic());
            if (answer.status !== 200)
                throw (0,registry_error/* registryError */.eo)(`${name.registry} lets nobody in ${credential ? `as ${credential.username} with this password` : 'without a login'}`, answer, host.now());
            return { headers: basic(), until: Number.POSITIVE_INFINITY };
        }
        if (asked.scheme === 'unknown')
            throw new errors/* ActionError */.lZ('registry-unauthorized', `${name.registry} asks for an unknown kind of login (${asked.text})`);
        const url = new URL(asked.realm);
        if (!mayAsk(url))
            throw new errors/* ActionError */.lZ('registry-unauthorized', `${name.registry} wants its token asked for over plain http at ${url.host}: refused`);
        const scope = `repository:${name.path}:${action}`;
        const answer = await askToken(url, { ...(asked.service === undefined ? {} : { service: asked.service }), scope });
        if (answer.status !== 200)
            throw (0,registry_error/* registryError */.eo)(`${name.registry} gives no token for ${name.path}`, answer, host.now());
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
        const asking = login(action).catch((error) => {
            throw error instanceof errors/* ActionError */.lZ ? error : unavailable(error);
        });
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






const indexType = 'application/vnd.oci.image.index.v1+json';
const manifestTypes = [
    'application/vnd.oci.image.manifest.v1+json',
    indexType,
    'application/vnd.docker.distribution.manifest.v2+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
];
const emptyType = 'application/vnd.oci.empty.v1+json';
/** A registry sends to its storage at most this often. */
const mostRedirects = 3;
const tagsPerPage = 1000;
const mostPages = 20;
/** So often a registry may say that bytes are not what they are, or give other ones. */
const mostDoubts = 4;
/**
 * Whether a registry says of a manifest what it may unsay: that its digest is not the one it has (distribution's does that
 * on a file system, when it reads a link that another push of the same image is just writing), or that it has not seen a
 * layer which it has just taken (where several servers share a storage).
 */
function isDoubt(answer, reference, manifest) {
    const right = !reference.startsWith('sha256:') || reference === (0,registry_digest/* digestOf */.o)(manifest);
    const doubts = answer.status === 400 || answer.status === 404;
    return doubts && right && /DIGEST_INVALID|BLOB_UNKNOWN/.test((0,registry_error/* wordsOf */.Z9)(answer));
}
/** Whether the registry has lost an upload on its way: it may have been begun at another of its servers. */
function isLostUpload(answer) {
    return (answer.status === 404 || answer.status === 416) && /BLOB_UPLOAD_(UNKNOWN|INVALID)/.test((0,registry_error/* wordsOf */.Z9)(answer));
}
function createClient(machine, name, credential, transport = {}, memory) {
    const { ca } = transport;
    const host = ca === undefined ? machine : { ...machine, request: (asked) => machine.request({ ...asked, ca }) };
    const repository = `${name.registry}/${name.path}`;
    const { base, authorization, ask, call, unavailable } = createSession(host, name, credential, transport, memory);
    const refusal = (what, answer) => (0,registry_error/* registryError */.eo)(what, answer, host.now());
    const accept = { accept: manifestTypes.join(', ') };
    const otherBytes = (digest) => new errors/* ActionError */.lZ('digest-mismatch', `${repository}@${digest} is answered with other bytes than its digest says.`);
    /** The answer of whoever has the blob: a registry may send on to its storage. Undefined when there is none. */
    const askBlob = async (digest, how) => {
        const where = `${repository}@${digest}`;
        let answer = await call('GET', `blobs/${digest}`, 'pull', {}, how);
        let from = `${await base()}/v2/${name.path}/blobs/${digest}`;
        for (let hops = 0; hops < mostRedirects && answer.status >= 301 && answer.status <= 308; hops++) {
            const to = new URL(answer.headers['location'] ?? '', from);
            if (to.protocol !== 'https:' && !(0,image_name/* isLoopback */.U9)(to.host) && to.origin !== new URL(from).origin)
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
            throw refusal(`${where} cannot be read`, answer);
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
                throw refusal(`the tags of ${repository} cannot be listed`, answer);
            const { tags } = JSON.parse(new TextDecoder().decode(answer.body));
            names.push(...(tags ?? []));
            const [, next] = /<[^>]*\?([^>]*)>\s*;\s*rel="?next/.exec(answer.headers['link'] ?? '') ?? [];
            query = next;
        }
        return { names, whole: query === undefined };
    };
    const head = async (reference) => {
        const answer = await call('HEAD', `manifests/${reference}`, 'pull', accept);
        if (answer.status === 404)
            return undefined;
        if (answer.status !== 200)
            throw refusal(`${repository}:${reference} cannot be read`, answer);
        return answer.headers['docker-content-digest'];
    };
    /** Asks until `isWhole`, as far as a registry may doubt; then it is as it is. */
    const askAgain = async (once, isWhole) => {
        let doubted = 0;
        return await (0,retry/* withRetry */.bD)(host, undefined, async () => {
            const value = await once();
            return isWhole(value) || ++doubted >= mostDoubts ? { kind: 'done', value } : { kind: 'again', value };
        });
    };
    return {
        base,
        ...(ca === undefined ? {} : { ca }),
        authorization,
        pass: (method, path, headers) => call(method, path, 'pull,push', headers),
        head,
        getManifest: async (reference) => {
            // What was cut off on the way looks whole where the answer did not say how long it is.
            const isWhole = ({ status, headers, body }) => {
                const digest = reference.startsWith('sha256:') ? reference : headers['docker-content-digest'];
                return status !== 200 || digest === undefined || digest === (0,registry_digest/* digestOf */.o)(body);
            };
            const answer = await askAgain(() => call('GET', `manifests/${reference}`, 'pull', accept), isWhole);
            if (answer.status === 404)
                return undefined;
            if (answer.status !== 200)
                throw refusal(`${repository}@${reference} cannot be read`, answer);
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
            const answer = await askBlob(digest, { timeoutMs: retry/* silence */.ao, into: path });
            if (answer && `sha256:${await host.files.digest(path)}` !== digest)
                throw otherBytes(digest);
            return answer !== undefined;
        },
        listTags: (after) => after === undefined ? listPages(`n=${tagsPerPage}`, mostPages) : listPages(`n=${tagsPerPage}&last=${encodeURIComponent(after)}`, 1),
        referrers: async (digest, type) => {
            const query = `artifactType=${encodeURIComponent(type)}`;
            const answer = await call('GET', `referrers/${digest}?${query}`, 'pull', { accept: indexType });
            // One that is older than OCI 1.1 does not know the path, or lets nobody in there.
            if (answer.status !== 200 || !(answer.headers['content-type'] ?? '').startsWith(indexType))
                return undefined;
            const { manifests } = JSON.parse(new TextDecoder().decode(answer.body));
            // Some tell the type of the configuration in its place: whoever reads the artifact sees what it is.
            const mayBe = ({ artifactType = emptyType }) => artifactType === type || artifactType === emptyType;
            return (manifests ?? []).flatMap((one) => (mayBe(one) ? [one.digest] : []));
        },
        hasBlob: async (digest, action = 'pull,push') => {
            const answer = await call('HEAD', `blobs/${digest}`, action, {});
            if (answer.status === 404)
                return false;
            // One that sends the reader on to its storage has it, too.
            if (answer.status >= 200 && answer.status < 400)
                return true;
            throw refusal(`${repository} does not say whether it has ${digest}`, answer);
        },
        // One PUT for all of it, as containerd does: no registry refuses that, and a second try begins anew.
        putBlob: async (digest, content, onSent) => {
            let refused = 0;
            let lost = 0;
            let askFirst = false;
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
                const what = typeof content === 'string' ? { file: content, ...(onSent ? { onSent } : {}) } : { body: content };
                return await host.request({ method: 'PUT', url: url.href, headers, ...what, ...(askFirst ? { askFirst } : {}), timeoutMs: retry/* silence */.ao });
            };
            const answer = await (0,retry/* withRetry */.bD)(host, undefined, async () => {
                const value = await send().catch((error) => {
                    // A server that refuses may hang up on what it does not want: the next time it is heard first.
                    askFirst = true;
                    throw error;
                });
                // A token may run out while a layer is on its way.
                const late = value.status === 401 && ++refused === 1;
                if (late)
                    await authorization('pull,push', true);
                const again = late || retry/* transientStatuses */.TG.has(value.status) || (isLostUpload(value) && ++lost < mostDoubts);
                return again ? { kind: 'again', value, retryAfter: late ? '0' : value.headers['retry-after'] } : { kind: 'done', value };
            }).catch((error) => {
                throw error instanceof errors/* ActionError */.lZ ? error : unavailable(error);
            });
            if (answer.status !== 201)
                throw refusal(`${repository} does not take ${digest}`, answer);
        },
        putManifest: async (reference, manifest) => {
            const put = () => call('PUT', `manifests/${reference}`, 'pull,push', { 'content-type': manifest.mediaType }, { body: manifest.body });
            const answer = await askAgain(put, (value) => !isDoubt(value, reference, manifest.body));
            if (answer.status === 201)
                return answer.headers['docker-content-digest'] ?? '';
            const byDigest = reference.startsWith('sha256:');
            const error = refusal(`${repository}${byDigest ? '@' : ':'}${reference} cannot be written`, answer);
            if (error.code !== 'tag-immutable' || byDigest)
                throw error;
            const held = await head(reference).catch(() => undefined);
            if (held === manifest.digest)
                return held;
            throw new errors/* ActionError */.lZ('tag-immutable', `${error.message}; it holds ${held ?? 'another image'}`, { cause: error });
        },
    };
}


/***/ }),

/***/ 60951:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SR: () => (/* binding */ resolveCredential),
/* harmony export */   h_: () => (/* binding */ openRepository),
/* harmony export */   zE: () => (/* binding */ memoryOf)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);
/* harmony import */ var _plan_access_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92249);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95308);
/* harmony import */ var _credential_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51266);




const memories = new WeakMap();
/** What a run knows of a registry: all of it go there by the same access, which may be that of others too. */
function memoryOf(access, registry) {
    const byRegistry = (access && memories.get(access)) ?? new Map();
    const memory = byRegistry.get(registry) ?? {};
    byRegistry.set(registry, memory);
    if (access)
        memories.set(access, byRegistry);
    return memory;
}
/**
 * Opens a repository with the login that the plan has for its registry and this use.
 * @throws ActionError where a helper or a cloud gives none
 */
async function openRepository(host, access, name, env, use = 'push') {
    const asked = access.get(name.registry);
    const credential = await resolveCredential(host, name.registry, (0,_plan_access_js__WEBPACK_IMPORTED_MODULE_1__/* .loginFor */ .LD)(asked, use), env);
    return { client: (0,_client_js__WEBPACK_IMPORTED_MODULE_2__/* .createClient */ .UU)(host, name, credential, asked?.transport, memoryOf(asked, name.registry)), credential };
}
/** The login itself: what was given, what the job's config.json has, what its helper answers, or what a cloud gives for it. */
async function resolveCredential(host, registry, login, env) {
    const credential = await askCredential(host, registry, login, env);
    for (const secret of credential ? (0,_credential_js__WEBPACK_IMPORTED_MODULE_3__/* .secretsOf */ .Fj)(credential) : [])
        host.hide(secret);
    return credential;
}
async function askCredential(host, registry, login, env) {
    switch (login.kind) {
        case 'anonymous':
            return undefined;
        case 'given':
            return login.credential;
        case 'job':
            return login.login.kind === 'credential' ? login.login.credential : await askHelper(host, login.login, env);
        case 'ecr':
            return await (await __webpack_require__.e(/* import() */ 583).then(__webpack_require__.bind(__webpack_require__, 20583))).loginByAws(host, registry, login);
        case 'google':
            return await (await __webpack_require__.e(/* import() */ 6186).then(__webpack_require__.bind(__webpack_require__, 56186))).loginByGoogle(host, registry, login.file);
        case 'azure':
            return await (await __webpack_require__.e(/* import() */ 2342).then(__webpack_require__.bind(__webpack_require__, 72342))).loginByAzure(host, registry, login.identity);
        case 'dockerhub-oidc':
            return await (await __webpack_require__.e(/* import() */ 2231).then(__webpack_require__.bind(__webpack_require__, 4612))).loginByIdToken(host, login);
    }
}
async function askHelper(host, helper, env) {
    const { program, server } = helper;
    const { exitCode, stdout } = await host.capture({ argv: [program, 'get'], env, input: server });
    if (exitCode !== 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('registry-unauthorized', `${program} gives no login for ${server} (${stdout.trim().slice(0, 200)}).`);
    return (0,_credential_js__WEBPACK_IMPORTED_MODULE_3__/* .helperCredential */ .mE)(stdout);
}


/***/ }),

/***/ 51678:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ codeOf),
/* harmony export */   Ke: () => (/* binding */ refusals),
/* harmony export */   Wn: () => (/* binding */ engineRefusals)
/* harmony export */ });
const of = (...statuses) => new Set(statuses);
/**
 * The words that registries use. Codes in capitals are those of the distribution specification; the rest is what each says
 * of its own (__tests__/registry/registry-error.test.ts has their answers).
 */
const refusals = [
    { code: 'layer-too-large', statuses: of(413) },
    { code: 'rate-limited', statuses: of(429) },
    // An answer with 4xx says so for good; some registries use 400, 403, 405, 409 or 412 for it.
    { code: 'tag-immutable', words: /immutab|cannot be overwritten|disallowed on this registry, repository or image|tag is locked/i },
    { code: 'quota-exceeded', statuses: of(507) },
    {
        code: 'quota-exceeded',
        words: /quota|storage limit|upper limit|insufficient storage|exceeds? the (configured|allowed) (storage|limit)/i,
    },
    { code: 'layer-too-large', words: /SIZE_INVALID|(entity|layer|blob|body)( is)? too large|maximum (allowed )?(layer|blob) size/i },
    { code: 'rate-limited', words: /TOOMANYREQUESTS|too many requests|rate limit/i },
    { code: 'repository-missing', words: /NAME_UNKNOWN|name unknown|(repository|project)\b.{0,200}\b(does not exist|not found)/is },
    // ECR says 403 of a token that has run out.
    { code: 'registry-unauthorized', statuses: of(401), words: /token has expired/i },
    { code: 'registry-denied', statuses: of(403, 404, 405) },
];
/** What the engine says of a refusal, without its status. */
const engineRefusals = [
    ...refusals,
    { code: 'registry-unauthorized', words: /unauthorized|authentication required|401/i },
    { code: 'registry-denied', words: /denied|forbidden|403|404|not found|does not exist/i },
];
/** The code of the first row that fits a refusal; undefined when none does. */
function codeOf(rows, status, text) {
    return rows.find((row) => (status !== undefined && row.statuses?.has(status)) || row.words?.test(text))?.code;
}


/***/ }),

/***/ 21583:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lx: () => (/* binding */ isClosed),
/* harmony export */   Z9: () => (/* binding */ wordsOf),
/* harmony export */   eo: () => (/* binding */ registryError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);
/* harmony import */ var _refusals_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51678);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(71653);



/** Clocks that differ by more (ms) do not agree on which token is good. */
const mostSkew = 60_000;
const minutes = (ms) => `${Math.round(ms / 60_000)} min`;
/** How far this machine's clock is from the registry's, where that is too far; in words. */
function skewOf({ headers }, now) {
    const theirs = Date.parse(headers?.['date'] ?? '');
    if (now === undefined || !(Math.abs(now - theirs) > mostSkew))
        return undefined;
    return `the clock of this machine is ${minutes(Math.abs(now - theirs))} ${now > theirs ? 'ahead of' : 'behind'} the registry's`;
}
/** The numbers of a limit, where the registry tells them: Docker Hub's `100;w=21600`, GHCR's and GitLab's plain ones. */
function limitOf({ headers = {} }) {
    const told = ['limit', 'remaining', 'reset'].flatMap((name) => {
        const value = headers[`ratelimit-${name}`] ?? headers[`x-ratelimit-${name}`];
        return value === undefined ? [] : [`${name} ${value.replace(/;w=(\d+)$/, ' in $1 s')}`];
    });
    const pause = headers['retry-after'] === undefined ? [] : [`asks to wait: ${headers['retry-after']}`];
    return [...told, ...pause].join(', ');
}
const closed = new Set(['registry-unauthorized', 'registry-denied', 'repository-missing', 'clock-skew']);
/** Whether a registry lets nobody with this login at the repository, or says that there is none: many answer both alike. */
function isClosed(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ && closed.has(error.code);
}
/** What a registry says in the body of a refusal: codes and messages of its errors (distribution), or its text. */
function wordsOf({ body }) {
    return new TextDecoder().decode(body.subarray(0, 2_000));
}
/**
 * The error that an answer means, with the registry's own words.
 * @param now this machine's clock (ms), to be compared with the registry's where that may be the cause
 */
function registryError(what, answer, now) {
    const { status } = answer;
    const text = wordsOf(answer);
    const [, said] = /"message"\s*:\s*"((?:[^"\\]|\\.)+)"/.exec(text) ?? [];
    const refusal = status >= 400 && status < 500 ? ((0,_refusals_js__WEBPACK_IMPORTED_MODULE_1__/* .codeOf */ .$N)(_refusals_js__WEBPACK_IMPORTED_MODULE_1__/* .refusals */ .Ke, status, text) ?? 'registry-refused') : (0,_refusals_js__WEBPACK_IMPORTED_MODULE_1__/* .codeOf */ .$N)(_refusals_js__WEBPACK_IMPORTED_MODULE_1__/* .refusals */ .Ke, status, '');
    const code = _retry_js__WEBPACK_IMPORTED_MODULE_2__/* .transientStatuses */ .TG.has(status) && refusal !== 'rate-limited' ? undefined : refusal;
    const skew = code === 'registry-unauthorized' ? skewOf(answer, now) : undefined;
    const limit = code === 'rate-limited' ? limitOf(answer) : '';
    const more = [said?.replace(/\\(.)/g, '$1'), limit, skew].filter(Boolean).join('; ');
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(skew ? 'clock-skew' : (code ?? 'registry-unavailable'), `${what} (HTTP ${status}${more ? `: ${more}` : ''})`);
}


/***/ }),

/***/ 71653:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TG: () => (/* binding */ transientStatuses),
/* harmony export */   ao: () => (/* binding */ silence),
/* harmony export */   bD: () => (/* binding */ withRetry),
/* harmony export */   bV: () => (/* binding */ isTransientError)
/* harmony export */ });
/* unused harmony exports patience, longestAsked, askedPause, pauseBefore */
/** Statuses after which the same request may well succeed; everything else is the registry's last word. */
const transientStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);
const transientErrors = /ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|socket hang up|aborted|timed out/i;
const textOf = (error) => {
    const code = error.code;
    return `${typeof code === 'string' ? code : ''} ${error instanceof Error ? error.message : String(error)}`;
};
/** Whether the same may well succeed in a moment: the connection failed, or broke. */
function isTransientError(error) {
    return transientErrors.test(textOf(error));
}
const firstPause = 500;
const longestPause = 15_000;
/** How often a server may ask for no pause before it gets one all the same. */
const patientTries = 5;
/** Trouble that began so long ago (ms) and is still there is no bad minute any more; some more than that minute. */
const patience = 65_000;
/** A server that asks for a longer pause (ms) is not waited for. */
const longestAsked = 120_000;
/** Where nothing comes for so long (ms), the trouble began then and not only when it was seen. */
const silence = 60_000;
/** Milliseconds that a server asks to wait by `Retry-After` (RFC 9110: seconds, or a date); undefined when it does not. */
function askedPause(retryAfter, now) {
    const date = retryAfter !== undefined && /[a-z]/i.test(retryAfter) ? Date.parse(retryAfter) - now : Number.NaN;
    const asked = retryAfter !== undefined && /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : date;
    return Number.isFinite(asked) ? Math.max(0, asked) : undefined;
}
/**
 * Milliseconds to wait before try number `tries` (from 1): anything up to a ceiling that doubles (full jitter, so that jobs
 * that were thrown out together do not come back together), or what the server asked for.
 */
function pauseBefore(tries, retryAfter, now, random) {
    return askedPause(retryAfter, now) ?? Math.min(longestPause, firstPause * 2 ** (tries - 1)) * random;
}
/**
 * Tries until it is done, or a try that began when the patience was over has failed, too (then the last value or error is
 * the result), or `signal` says stop. The time that a try takes is none of the patience; only that of trouble is.
 * An error that is not transient is thrown at once.
 */
async function withRetry(host, signal, attempt) {
    let since;
    for (let tries = 1;; tries++) {
        const began = host.now();
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
        const now = host.now();
        const hung = failure !== undefined && /timed out/i.test(textOf(failure));
        if (outcome?.kind === 'again' && outcome.progress) {
            since = undefined;
            tries = 1;
        }
        const isLast = since !== undefined && began - since >= patience;
        since ??= hung ? Math.max(began, now - silence) : now;
        const asked = pauseBefore(tries, outcome?.kind === 'again' ? outcome.retryAfter : undefined, now, Math.random());
        if (isLast || asked > longestAsked) {
            if (outcome)
                return outcome.value;
            throw failure;
        }
        // A server that asks for no pause, again and again, gets one.
        await host.sleep(tries > patientTries ? Math.max(asked, pauseBefore(tries - patientTries, undefined, now, 0.5)) : asked, signal);
    }
}


/***/ })

};
