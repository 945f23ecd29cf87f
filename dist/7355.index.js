export const id = 7355;
export const ids = [7355,2643,5370];
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

/***/ 19720:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VB: () => (/* binding */ bring),
/* harmony export */   W8: () => (/* binding */ pullArgv),
/* harmony export */   qu: () => (/* binding */ localNames)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2521);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(63259);
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



/** argv of the pull of one platform. */
function pullArgv(reference, platform) {
    return ['docker', 'pull', '--quiet', '--platform', platform, reference];
}
/** The further names of an image of which the classic store has a part each. */
const partName = (localName, index) => (index === 0 ? localName : `${localName}-${index}`);
/**
 * Brings what is to be smoked into the engine. The containerd store keeps the index as it is, and of it the
 * platforms that were pulled; the classic store has no index, and each image stands for itself.
 * @throws ActionError engine-unavailable
 */
async function bring(host, source, platforms, taker) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const name = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)();
        const door = __addDisposableResource(env_1, await host.relay(source.rules(name)), true);
        const runnables = [];
        for (const [index, child] of platforms.entries()) {
            const whole = taker.store === 'containerd';
            const reference = `127.0.0.1:${door.port}/${name}@${whole ? source.root : child.digest}`;
            host.leave({ kind: 'image', name: reference });
            await pull(host, reference, child.platform, taker);
            const kept = whole ? taker.localName : partName(taker.localName, index);
            if (!whole)
                host.leave({ kind: 'image', name: kept });
            const { exitCode, stderr } = await host.capture({ argv: ['docker', 'image', 'tag', reference, kept], env: taker.env });
            await host.capture({ argv: ['docker', 'image', 'rm', reference], env: taker.env });
            if (exitCode !== 0)
                throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('engine-unavailable', `The engine cannot name the image it was given (${stderr.trim()}).`);
            runnables.push({ platform: child.platform, id: whole ? source.root : child.configDigest });
        }
        return runnables;
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
async function pull(host, reference, platform, { env, signal }) {
    const said = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .tail */ .RT)(20);
    const ended = await host.stream({ argv: pullArgv(reference, platform), env }, { signal, onLine: said.push });
    if (signal.aborted)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('cancelled', 'The run was stopped while the image was brought to the engine.');
    if (ended.kind !== 'exited' || ended.exitCode !== 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('engine-unavailable', `The engine does not take the image that it is to run (${said.lines.at(-1) ?? ''}).`);
}
/** Takes away what the engine keeps of an image. */
function localNames(localName, runnables) {
    const ids = new Set(runnables.map(({ id }) => id));
    return ids.size <= 1 ? [localName] : runnables.map((_, index) => partName(localName, index));
}


/***/ }),

/***/ 43168:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Wp: () => (/* binding */ brought),
  eO: () => (/* binding */ known),
  QH: () => (/* binding */ nativeFirst),
  l2: () => (/* binding */ wholeOf)
});

// EXTERNAL MODULE: ./lib/build/bring.js
var bring = __webpack_require__(19720);
// EXTERNAL MODULE: ./lib/build/layout.js
var build_layout = __webpack_require__(27564);
;// CONCATENATED MODULE: ./lib/build/door.js

const answer = (status) => ({ kind: 'answer', status, headers: {}, body: status === 200 ? '{}' : '' });
/**
 * The rules of a door from which the engine pulls a layout as if it were a registry; `name` only this run knows. So the
 * engine takes what it lacks and no more, several layers at a time, and checks each digest.
 */
function layoutRules(layout, name) {
    const types = new Map([...layout.blobs, ...layout.manifests].map(({ digest, mediaType }) => [digest, mediaType]));
    const manifests = new Set(layout.manifests.map(({ digest }) => digest));
    const ours = `/v2/${name}/`;
    return {
        route: async ({ method, path }) => {
            if (method !== 'GET' && method !== 'HEAD')
                return answer(405);
            if (/^\/v2\/?$/.test(path))
                return answer(200);
            const [, kind, digest = ''] = path.startsWith(ours)
                ? (/^(manifests|blobs)\/(sha256:[a-f0-9]{64})$/.exec(path.slice(ours.length)) ?? [])
                : [];
            const type = types.get(digest);
            if (type === undefined || (kind === 'manifests') !== manifests.has(digest))
                return answer(404);
            const headers = { 'content-type': kind === 'manifests' ? type : 'application/octet-stream', 'docker-content-digest': digest };
            return { kind: 'file', path: (0,build_layout/* blobPath */.n)(layout.folder, digest), headers };
        },
        location: (location) => location,
    };
}

// EXTERNAL MODULE: ./lib/build/image.js
var build_image = __webpack_require__(23965);
;// CONCATENATED MODULE: ./lib/build/brought.js




function wholeOf({ readText }, layout) {
    return {
        root: layout.root.digest,
        rules: (name) => layoutRules(layout, name),
        children: layout.children,
        configText: async (digest) => readText((0,build_layout/* blobPath */.n)(layout.folder, digest)),
    };
}
/** That of the engine first: it is what stays under the tags, and what tests run in. */
const nativeFirst = (children, native) => children.toSorted((a, b) => Number(b.platform === native) - Number(a.platform === native));
/** An image that was not built by the engine, when that has got of it what it can run. */
async function brought(host, whole, untested, native, taker) {
    const children = nativeFirst(whole.children, native);
    const runnables = await (0,bring/* bring */.VB)(host, whole, children.filter(({ platform }) => !untested.includes(platform)), taker);
    return { ...(await known(whole, children)), digest: runnables[0]?.id ?? whole.root, runnables };
}
/** What is known of an image wherever it is: its first platform speaks for it. */
async function known({ children: all, configText }, [first]) {
    const only = all.length === 1 ? first : undefined;
    const text = first && (await configText(first.configDigest));
    const { config } = JSON.parse(text ?? '{}');
    return {
        ...(only ? { configDigest: only.configDigest, compressedBytes: only.compressedBytes } : {}),
        config: (0,build_image/* configOf */.W1)({ Config: config ?? null }),
    };
}


/***/ }),

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

/***/ 23965:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W1: () => (/* binding */ configOf),
/* harmony export */   mm: () => (/* binding */ inspectImage)
/* harmony export */ });
/* unused harmony export exposedTcpPorts */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);

/** TCP ports of EXPOSE, in ascending order. */
function exposedTcpPorts(exposed) {
    return Object.keys(exposed ?? {})
        .flatMap((text) => {
        const [, port] = /^(\d+)(?:\/tcp)?$/.exec(text) ?? [];
        return port ? [Number(port)] : [];
    })
        .sort((a, b) => a - b);
}
/** The configuration as an image of the OCI has it, in which the engine's names are the same. */
function configOf({ Config: config }) {
    return {
        exposedPorts: exposedTcpPorts(config?.ExposedPorts),
        workingDirectory: config?.WorkingDir || '/',
        command: [...(config?.Entrypoint ?? []), ...(config?.Cmd ?? [])],
        env: Object.fromEntries((config?.Env ?? []).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])),
        labels: config?.Labels ?? {},
    };
}
/** Asks the engine for the image under its local name. @throws ActionError when it is not the one with `digest`, if given */
async function inspectImage(host, localName, digest, env) {
    const { exitCode, stdout, stderr } = await host.capture({ argv: ['docker', 'image', 'inspect', localName], env });
    const image = exitCode === 0 ? JSON.parse(stdout)[0] : undefined;
    if (image === undefined || (digest !== undefined && image.Id !== digest))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('engine-unavailable', `The engine does not have the image it built, ${digest ?? localName} (${stderr.trim() || image?.Id}).`);
    return { id: image.Id, config: configOf(image), ...(image.Size ? { size: image.Size } : {}) };
}


/***/ }),

/***/ 3870:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   AT: () => (/* binding */ lineOfStep),
/* harmony export */   DX: () => (/* binding */ excerptReader),
/* harmony export */   _J: () => (/* binding */ sourceLine)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);

/**
 * Reads the head of the excerpt of the source that buildx prints behind a failed build (`Dockerfile:12` above a rule of
 * dashes). Feed it what buildx says itself, line by line; the first one counts.
 */
function excerptReader() {
    let last = '';
    let found;
    return (line) => {
        const [, name, number] = /^-{20}$/.test(line) ? (/^(\S.*):(\d+)$/.exec(last) ?? []) : [];
        if (!found && name !== undefined)
            found = { name, line: Number(number) };
        last = line;
        return found;
    };
}
const words = (text) => text.trim().replace(/\s+/g, ' ');
/** The line on which the instruction of a step begins, for where no excerpt is printed; undefined unless there is just one. */
function lineOfStep(dockerfile, step) {
    const wanted = words(step.replace(/^\[[^\]]*\]/, ''));
    const found = [];
    let start;
    let text = '';
    for (const [index, line] of dockerfile.split(/\r?\n/).entries()) {
        if (/^\s*(#|$)/.test(line))
            continue;
        start ??= index + 1;
        text += `${line.replace(/\\\s*$/, '')} `;
        if (/\\\s*$/.test(line))
            continue;
        if (words(text) === wanted)
            found.push(start);
        start = undefined;
        text = '';
    }
    return found.length === 1 ? found[0] : undefined;
}
/** `line` of a file; undefined when no annotation could stand there, as the file is not in the workspace. */
function sourceLine(workspace, file, line) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(workspace, file);
    return line === undefined || path.startsWith('..') || (0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(path) ? undefined : { file: path, line };
}
/** Where a failed build broke: by the excerpt, or by the name of the step. */
function placeOf(workspace, { file, dockerfile }, excerpt, step) {
    if (excerpt && (0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(excerpt.name) !== (0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(file))
        return undefined;
    return sourceLine(workspace, file, excerpt?.line ?? (step === undefined ? undefined : lineOfStep(dockerfile, step)));
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

/***/ 87355:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./lib/build/bring.js
var bring = __webpack_require__(19720);
// EXTERNAL MODULE: ./lib/build/cache/figures.js
var figures = __webpack_require__(16200);
// EXTERNAL MODULE: ./lib/amounts.js
var amounts = __webpack_require__(8790);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./lib/build/free-disk.js

/** Folders of tools on GitHub's hosted runners that no image build needs; the largest that go the fastest first. */
const toolFolders = [
    ...['opt/hostedtoolcache/CodeQL', 'opt/ghc', 'usr/local/.ghcup', 'usr/share/swift', 'usr/share/dotnet', 'usr/local/julia1.11.7'],
    ...['usr/local/lib/android', 'usr/local/share/powershell', 'usr/local/share/chromium', 'opt/az'],
];
/**
 * Whether this machine is one of GitHub's own, thrown away after the job. act says `ImageOS` too, and may run in the
 * laptop itself.
 */
function isHostedRunner(job) {
    return job['RUNNER_ENVIRONMENT'] === 'github-hosted' && !!job['ImageOS'] && !job['ACT'] && job['GITHUB_ACTIONS'] === 'true';
}
/**
 * Removes tool folders, one after the other, until `disk` has `wanted` bytes free, there are no more, or `signal` says
 * stop. Only for a machine for which `isHostedRunner` holds. `root` is `/`.
 */
async function freeDisk({ files, discard }, root, disk, wanted, signal) {
    const before = files.freeBytes(disk) ?? 0;
    const folders = [];
    // By its own kind: a link, to wherever, is not one of these folders.
    const isThere = (path) => files.contents((0,external_node_path_.dirname)(path)).some(({ name, kind }) => name === (0,external_node_path_.basename)(path) && kind === 'directory');
    for (const folder of toolFolders) {
        const path = (0,external_node_path_.join)(root, folder);
        if (signal.aborted || (files.freeBytes(disk) ?? wanted) >= wanted)
            break;
        if (!isThere(path))
            continue;
        await discard(path);
        if (!isThere(path))
            folders.push(path);
    }
    return { folders, bytes: Math.max(0, (files.freeBytes(disk) ?? 0) - before) };
}

// EXTERNAL MODULE: ./lib/plan/image-name.js
var image_name = __webpack_require__(89916);
// EXTERNAL MODULE: ./lib/build/dockerfile.js
var build_dockerfile = __webpack_require__(45168);
;// CONCATENATED MODULE: ./lib/build/bases.js


/** Every image that a Dockerfile starts from, copies from or mounts: not its own stages, not `scratch`. */
function baseImages(dockerfile, args = {}) {
    const stages = (0,build_dockerfile/* dockerfileStages */.C8)(dockerfile, args);
    const own = new Set(stages.flatMap(({ name }) => name?.toLowerCase() ?? []));
    const values = (0,build_dockerfile/* argumentValues */.Qp)(dockerfile, args);
    const named = (0,build_dockerfile/* instructions */.GA)(dockerfile).flatMap((line) => {
        const copied = /^COPY\s(?:.*\s)?--from=(\S+)/i.exec(line)?.[1];
        const mounted = /^RUN\s(?:.*\s)?--mount=\S*\bfrom=([^\s,]+)/i.exec(line)?.[1];
        return [copied, mounted].flatMap((name) => (name === undefined ? [] : [(0,build_dockerfile/* expandVariables */.i7)(name, values)]));
    });
    return [...stages.map(({ base }) => base), ...named].filter((name) => name !== '' && name !== 'scratch' && !/^\d+$/.test(name) && !own.has(name.toLowerCase()));
}
/**
 * Whether a build may have to log in to `registry`: a base image is there (on Docker Hub: one of an account, the
 * official ones are for everybody). Build arguments in its name are put in.
 */
function mayNeedLogin(registry, dockerfile, args) {
    return baseImages(dockerfile, args).some((base) => {
        try {
            const name = (0,image_name/* parseImageName */["if"])(base.replace(/@.*$/, '').replace(/:[^:/]+$/, ''));
            return name.registry === registry && !(registry === 'docker.io' && name.path.startsWith('library/'));
        }
        catch {
            return false;
        }
    });
}

;// CONCATENATED MODULE: ./lib/build/room.js



const gigabyte = 1e9;
/** What any build may take: a base image, packages and the layers made of them (bytes). */
const leastRoom = 3 * gigabyte;
/**
 * What is known to be large: GB on disk while it is installed or pulled, packed and unpacked together. An estimate, from
 * images and wheels as they were in 2026; one that is too low is only a warning less.
 */
const room_packages = [
    { name: 'vllm or sglang', pattern: /^(vllm|sglang)\b/, gigabytes: 15 },
    { name: 'torch with CUDA', pattern: /^(torch|torchvision|sentence-transformers|ultralytics)\b/, gigabytes: 8 },
    { name: 'tensorflow with CUDA', pattern: /^tensorflow\[and-cuda\]/, gigabytes: 7 },
    { name: 'jax with CUDA', pattern: /^jax\[cuda/, gigabytes: 6 },
    { name: 'tensorflow', pattern: /^tensorflow(-cpu)?\b/, gigabytes: 3 },
];
const cpuTorch = { name: 'torch for CPUs', gigabytes: 2 };
const isForCpus = /download\.pytorch\.org\/whl\/cpu|\+cpu\b|explicit = true[\s\S]*whl\/cpu/;
const bases = [
    { pattern: /(^|\/)nvidia\/cuda:.*-devel|(^|\/)pytorch\/pytorch:.*-devel/, gigabytes: 12 },
    { pattern: /(^|\/)(tritonserver|vllm-openai|text-generation-inference|pytorch:\d\d\.\d\d-py3)\b/, gigabytes: 25 },
    {
        pattern: /(^|\/)nvidia\/cuda:.*-(cudnn|runtime)|(^|\/)pytorch\/(pytorch|torchserve):|(^|\/)tensorflow\/tensorflow:.*gpu/,
        gigabytes: 7,
    },
];
/** What names packages: lines of requirements files, and words of the steps that install. */
function namedPackages(dockerfile, requirements) {
    const steps = (0,build_dockerfile/* instructions */.GA)(dockerfile).filter((line) => /^RUN\b/i.test(line) && /\b(pip3?|uv)\b/.test(line) && /\b(install|add)\b/.test(line));
    const words = steps.flatMap((line) => line.split(/[\s'"]+/));
    const lines = requirements.flatMap((text) => text.split(/\r?\n/).map((line) => line.trim().replace(/^["']/, '')));
    return [...words, ...lines].map((line) => line.toLowerCase());
}
/** Estimates the room that a build takes, from the Dockerfile and the requirements beside it. */
function estimateRoom(dockerfile, args, requirements) {
    const named = namedPackages(dockerfile, requirements);
    const cpu = isForCpus.test([dockerfile, ...requirements].join('\n'));
    const found = room_packages.filter(({ pattern }) => named.some((line) => pattern.test(line)));
    const largest = found.map(({ name, gigabytes }) => (cpu && name.startsWith('torch') ? cpuTorch : { name, gigabytes }))[0];
    const base = baseImages(dockerfile, args).flatMap((name) => {
        const row = bases.find(({ pattern }) => pattern.test(name));
        return row ? [{ name, gigabytes: row.gigabytes }] : [];
    });
    // Each brings its own CUDA: what is installed into such a base comes on top of it.
    const heavy = [...new Map([...base, ...(largest ? [largest] : [])].map((row) => [row.name, row])).values()];
    return {
        bytes: leastRoom + heavy.reduce((sum, { gigabytes }) => sum + gigabytes * gigabyte, 0),
        because: heavy.map(({ name }) => name),
    };
}
/** As `estimateRoom`, with what is in the build context; what is only for tests does not count. */
function roomFor(files, { context, dockerfile, args }) {
    const names = files.list(context).filter((name) => /^(requirements[\w.-]*\.txt|pyproject\.toml)$/.test(name) && !/dev|test/.test(name));
    return estimateRoom(dockerfile, args, names.flatMap((name) => files.readUntrusted((0,external_node_path_.join)(context, name)) ?? []));
}
/** More than this would push what else a repository keeps out of GitHub's cache, which holds 10 GB (bytes). */
const largeForService = 5 * gigabyte;
/** What makes the layers of a build too large for GitHub's cache to hold those of every stage; undefined where nothing does. */
function largeLayers(files, build) {
    const { bytes, because } = roomFor(files, build);
    return bytes - leastRoom > largeForService ? because.join(' and ') : undefined;
}

;// CONCATENATED MODULE: ./lib/build/disk.js



/** The free bytes where the engine keeps its images; undefined where that is another machine. */
function freeRoom({ files, env }, { rootFolder }) {
    const address = env['DOCKER_HOST'] ?? 'unix://';
    return address.startsWith('unix://') && rootFolder !== '' && files.kind(rootFolder) === 'directory'
        ? files.freeBytes(rootFolder)
        : undefined;
}
/**
 * Compares the free disk with what the build may take. On a hosted runner that is short, tool folders are removed unless
 * `free-disk: off`; what is still short is told by `notice`. `root` is `/`.
 */
async function makeRoom(host, engine, build, notice, signal, root = '/') {
    const free = freeRoom(host, engine);
    if (free === undefined)
        return;
    const { bytes: wanted, because } = roomFor(host.files, build);
    if (free >= wanted)
        return;
    const why = because.length > 0 ? ` (${because.join(', ')})` : '';
    let left = free;
    if (build.options.freeDisk === 'auto' && isHostedRunner(host.env)) {
        const { folders, bytes } = await freeDisk(host, root, engine.rootFolder, wanted, signal);
        left = freeRoom(host, engine) ?? left;
        if (folders.length > 0)
            notice(`free-disk: ${(0,amounts/* bytesText */.pV)(free)} were free and the build may take ${(0,amounts/* bytesText */.pV)(wanted)}${why}, so ${folders.join(', ')} ${folders.length === 1 ? 'was' : 'were'} removed from this hosted runner: ${(0,amounts/* bytesText */.pV)(bytes)} won.`);
    }
    if (left < wanted && !signal.aborted)
        notice(`The disk of the engine has ${(0,amounts/* bytesText */.pV)(left)} left, and the build may take about ${(0,amounts/* bytesText */.pV)(wanted)}${why}.`);
}
const units = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };
/** Bytes of `12.3MB`, as Docker writes it; 0 of what is none. */
function bytesOf(size) {
    const [, number = '0', unit = ''] = /^([\d.]+)([kMGT]?B)$/.exec(size.trim()) ?? [];
    return Number(number) * (units[unit] ?? 0);
}
/** What a record is of, as the Dockerfile has it; layers that an engine was given have no words. */
const stepOf = (what) => what.replace(/\s+/g, ' ').replace(/^mount \/ from exec (?:\/bin\/sh -c )?/, 'RUN ') || 'a layer of a base image';
/** The largest layers and steps that a builder keeps, from the lines of `docker buildx du --format json`. */
function largestOf(lines, most) {
    const records = lines.split('\n').flatMap((line) => {
        try {
            return line.trim() === '' ? [] : [JSON.parse(line)];
        }
        catch {
            return [];
        }
    });
    return records
        .map(({ Description: what = '', Size: size = '' }) => ({ what, size, bytes: bytesOf(size) }))
        .filter(({ bytes }) => bytes >= 1e6)
        .toSorted((a, b) => b.bytes - a.bytes)
        .slice(0, most)
        .map(({ what, size }) => `${size} ${stepOf(what).slice(0, 120)}`);
}
/** Asks the builder what takes the most room. Says nothing where it cannot be asked. */
async function askLargest({ capture }, builder, env) {
    const argv = ['docker', 'buildx', 'du', '--builder', builder, '--format', 'json'];
    const { exitCode, stdout } = await capture({ argv, env }).catch(() => ({ exitCode: 1, stdout: '' }));
    return exitCode === 0 ? largestOf(stdout, 5) : [];
}

// EXTERNAL MODULE: ./lib/build/engine.js
var build_engine = __webpack_require__(74776);
;// CONCATENATED MODULE: ./lib/build/keep.js
/** The image stays in the engine under the tags it would have been pushed by. */
async function keepUnderTags(host, image, plan, env) {
    for (const reference of plan.references) {
        await host.capture({ argv: ['docker', 'image', 'tag', image.localName, reference], env });
    }
    host.log.line(plan.references.length > 0
        ? `The image is in this engine as ${plan.references.join(', ')}.`
        : 'The image is not kept: no commit or ref is known to tag it by, and tags gives none.');
}

// EXTERNAL MODULE: ./lib/host/sanitise.js
var sanitise = __webpack_require__(85150);
// EXTERNAL MODULE: ./lib/outcome.js
var lib_outcome = __webpack_require__(63259);
// EXTERNAL MODULE: ./lib/build/argv.js
var argv = __webpack_require__(27080);
// EXTERNAL MODULE: ./lib/build/cache/arguments.js
var cache_arguments = __webpack_require__(63377);
;// CONCATENATED MODULE: ./lib/build/causes/base.js
/** BuildKit's words about a base image: its name is the first group. */
const base = (what) => new RegExp(`(?:(?:load|source) metadata for|\\] FROM) (\\S+?)(?:@sha256:\\w+)?: .*(?:${what})`, 'is');
/** The base image cannot be had. */
const baseCauses = [
    {
        name: 'base-rate-limit',
        pattern: base('\\b429\\b|toomanyrequests|too many requests|pull rate limit'),
        of: 'buildkit',
        code: 'base-image-unavailable',
        cause: 'The registry of the base image $1 allows no more pulls for now.',
        fix: 'Log in to it before this step (docker/login-action), which raises the limit, or take the image from a mirror; else run the job again later.',
    },
    {
        name: 'base-unauthorized',
        pattern: base('\\b401\\b|\\b403\\b|unauthorized|forbidden|access denied|authorization failed|no basic auth credentials'),
        of: 'buildkit',
        code: 'base-image-unavailable',
        cause: 'The registry does not let this job read the base image $1; some registries say so of an image that is not there, too.',
        fix: 'Check the name in FROM. If it is right, log in to its registry before this step (docker/login-action), or give the login with username, password and registry.',
    },
    {
        name: 'base-platform',
        pattern: base('no match for platform|does not match the specified platform'),
        of: 'buildkit',
        cause: 'The base image $1 is not there for the platform that is built.',
        fix: 'Take a base image that is there for this platform, or leave the platform out.',
    },
    {
        name: 'base-outdated-format',
        pattern: base('manifest\\.v1\\+prettyjws|schema ?(?:version)? ?1|mediatype .*no longer supported'),
        of: 'buildkit',
        cause: 'The base image $1 is stored in a format that engines no longer read (Docker schema 1).',
        fix: 'Take a newer tag, or another image.',
    },
    {
        name: 'base-not-found',
        pattern: base('not found|manifest unknown|name unknown|does not exist|\\b404\\b'),
        of: 'buildkit',
        cause: 'There is no image $1. Old tags are removed (nvidia/cuda) and whole images are given up.',
        fix: 'Correct the name or the tag. If a stage is meant by it, no "FROM ... AS" of that name stands before its use.',
    },
    {
        name: 'base-unreachable',
        pattern: base('no such host|i/o timeout|connection refused|connection reset|proxyconnect|x509|tls|network is unreachable|deadline exceeded|server misbehaving|\\b50[0234]\\b|unexpected eof'),
        of: 'buildkit',
        code: 'base-image-unavailable',
        cause: 'The registry of the base image $1 cannot be reached by the engine.',
        fix: "Run the job again if it is a passing fault. Behind a proxy or a CA of one's own, the engine needs them in its own configuration (/etc/docker/daemon.json), not only the job.",
    },
];

;// CONCATENATED MODULE: ./lib/build/causes/code.js
/** Code of the project that is run in a step: a model is trained, loaded or converted. */
const codeCauses = [
    {
        name: 'lfs-pointer',
        pattern: /invalid load key, 'v'|git-lfs\.github\.com\/spec|HeaderTooLarge|git: 'lfs' is not a git command/i,
        cause: 'The model is a pointer of Git LFS, not the model itself: the checkout did not fetch it.',
        fix: 'Set lfs: true on actions/checkout.',
    },
    {
        name: 'numpy-versions',
        pattern: /numpy\.dtype size changed|numpy\.core\.multiarray failed to import|No module named 'numpy\._core'|compiled using NumPy 1\.x/i,
        cause: 'Packages or the model were made with another major version of numpy than the one installed.',
        fix: 'Pin numpy to the version that the model was made with (numpy<2 for packages compiled before).',
    },
    {
        name: 'missing-module',
        pattern: /No module named '?([\w.]+)/,
        cause: 'The module $1 is not installed, or not yet copied, when this step runs it.',
        fix: 'Add its package to the requirements that are installed before; a module of your own needs a COPY before the step.',
    },
    {
        name: 'missing-file',
        pattern: /No such file or directory: '?([^\s']+)|can't open file '?([^\s']+)|cannot stat '?([^\s']+)|^FileNotFoundError(?!.*No such)/i,
        cause: 'A file that the step reads is not in the image at this point ($1$2$3).',
        fix: 'COPY it before the step; look into .dockerignore, and at WORKDIR for paths that do not start with /.',
    },
];

;// CONCATENATED MODULE: ./lib/build/causes/dockerfile.js
/** The Dockerfile itself, and what it takes from the build context and the inputs. */
const dockerfileCauses = [
    {
        name: 'not-in-stage',
        pattern: /(?:COPY|ADD) .*--from=(\S+).*(?:"([^"]+)": not found|lstat (\S+): no such file)/i,
        of: 'buildkit',
        cause: '$2$3 is not in $1, which it is copied from.',
        fix: 'Check the path there: what a step of that stage makes depends on its WORKDIR.',
    },
    {
        name: 'not-in-context',
        pattern: /"([^"]+)": not found/,
        of: 'buildkit',
        cause: '$1 is not in the build context.',
        fix: 'If the tests make it, set test-first: true. Else look into .dockerignore, Git LFS and DVC, and check the input context.',
    },
    {
        name: 'missing-secret',
        pattern: /secret "?([^\s":]+)"?: not found|failed to find secret|secret (\S+) is required/i,
        of: 'buildkit',
        cause: 'The step mounts a secret that the build was not given.',
        fix: 'Give it with secrets, secret-envs or secret-files under the same id.',
    },
    {
        name: 'missing-ssh',
        pattern: /unset ssh forward key|no ssh forwarded|could not parse ssh/i,
        of: 'buildkit',
        cause: 'The step mounts an SSH agent that the build was not given.',
        fix: 'Give one with ssh: default, after a step that starts an agent with a key.',
    },
    {
        name: 'entitlement',
        pattern: /granting entitlement (\S+)|additional privileges requested|(?:network\.host|security\.insecure)\S* is not allowed/i,
        of: 'buildkit',
        cause: 'The step asks for something that builds may not do without being allowed to.',
        fix: 'Allow it with the input allow (network.host, security.insecure), where the builder does, too.',
    },
    {
        name: 'syntax',
        pattern: /dockerfile parse error|unknown instruction|unknown flag|requires at least|circular dependency|invalid reference format|base name .* should not be blank/i,
        of: 'buildkit',
        cause: 'The Dockerfile is not well-formed.',
        fix: 'Correct the line. A build argument that is used in FROM needs an ARG with a default before the first FROM.',
    },
    {
        name: 'missing-program',
        pattern: /(?:^|: )([\w./+-]+): (?:command )?not found$|exec: "([^"]+)": (?:executable file not found|stat)|exit code: 127/,
        cause: 'A program that the step calls is not in the image ($1$2).',
        fix: 'Install it before; slim bases have no curl, git or wget. In a stage of its own a program must be copied from where it was installed.',
    },
];

;// CONCATENATED MODULE: ./lib/build/causes/machine.js
/** The machine that builds is at its end: disk, memory, architecture. */
const machineCauses = [
    {
        name: 'several-nodes',
        pattern: /multi-node builds currently not supported/,
        of: 'buildkit',
        code: 'build-unsupported',
        cause: 'Several nodes of this builder would build, and what they make BuildKit joins only in a registry, where nothing is put before the gates are green.',
        fix: 'Give each platform a job of its own that pushes by digest, and join them by the action merge (docs/fan-out.md); or build on a single node.',
    },
    {
        name: 'no-space',
        pattern: /no space left on device|\bENOSPC\b|disk quota exceeded/i,
        code: 'disk-full',
        cause: 'The disk of the engine is full.',
        fix: 'Make the image smaller (PyTorch for CPUs from --index-url https://download.pytorch.org/whl/cpu, COPY --chown instead of RUN chown -R), leave free-disk: auto, or take a larger runner.',
    },
    {
        name: 'out-of-memory',
        pattern: /exit code: 137|signal: killed|Killed signal terminated program|cannot allocate memory|virtual memory exhausted|std::bad_alloc|^MemoryError|Java heap space/i,
        cause: 'The step was killed, or could get no more memory: the machine that builds has too little of it.',
        fix: 'Compile with fewer jobs at once (MAKEFLAGS=-j1, MAX_JOBS=1), install wheels instead of compiling, train outside of the build, or take a larger runner.',
    },
    {
        name: 'wrong-architecture',
        pattern: /exec format error/i,
        cause: 'A program for another processor than that of this machine was started.',
        fix: 'Take a base image and binaries for the architecture of the runner; to build for another one, set up QEMU with docker/setup-qemu-action before this step. A script needs a first line such as #!/bin/sh.',
    },
];

;// CONCATENATED MODULE: ./lib/build/causes/network.js
/** A step does not get through to where it downloads from, or is not let in. */
const networkCauses = [
    {
        name: 'gated-model',
        pattern: /GatedRepoError|Cannot access gated repo|huggingface\.co\S* .*\b40[13]\b|\b40[13]\b.*huggingface\.co/i,
        cause: 'Hugging Face does not let this build download the model: it is gated or private, and no token of an account with access was given.',
        fix: 'Mount a token: RUN --mount=type=secret,id=hf_token,env=HF_TOKEN in the Dockerfile and secrets: hf_token=${{ secrets.HF_TOKEN }} here.',
    },
    {
        name: 'private-index',
        pattern: /\b40[13] Error, Credentials not correct|HTTP error 40[13] while getting|\b40[13] Client Error|\(40[13] (?:Unauthorized|Forbidden)\)|^User for \S+:/i,
        cause: 'A package index refuses the build: its login is missing or wrong. The steps of a build see none of the variables of the job.',
        fix: 'Mount the login as a secret: RUN --mount=type=secret,id=netrc,target=/root/.netrc pip install ... in the Dockerfile and secret-files: netrc=./netrc (or secrets) here.',
    },
    {
        name: 'untrusted-index',
        pattern: /The repository located at (\S+) is not a trusted or secure host/i,
        cause: 'pip leaves the package index $1 out, as it is not asked by https.',
        fix: 'Give its address with https://, or say --trusted-host where it is yours and near.',
    },
    {
        name: 'private-download',
        pattern: /curl: \(22\) .*\b40[13]\b|ERROR 40[13]: |HTTP Error 40[13]\b/,
        cause: 'A download is refused: its login is missing or wrong. The steps of a build see none of the variables of the job.',
        fix: 'Mount the token: RUN --mount=type=secret,id=token,env=TOKEN in the Dockerfile and secrets (or secret-envs) here.',
    },
    {
        name: 'private-git',
        pattern: /could not read Username for '?(https?:\/\/[^'\s:]+)|Host key verification failed|Permission denied \(publickey|fatal: Authentication failed for/i,
        cause: 'A private Git repository is cloned without a login.',
        fix: 'Mount one: RUN --mount=type=ssh with the input ssh: default, or RUN --mount=type=secret with a token.',
    },
    {
        name: 'certificate',
        pattern: /CERTIFICATE_VERIFY_FAILED|certificate verify failed|self[- ]signed certificate|unable to get local issuer certificate|x509: /i,
        cause: 'A step does not trust the certificate of the server it downloads from: a proxy with a CA of its own, or a base image without ca-certificates.',
        fix: 'Install ca-certificates, and COPY the CA of the proxy into the image or name it (PIP_CERT, SSL_CERT_FILE) before the download.',
    },
    {
        name: 'rate-limit',
        pattern: /\b429\b:? (?:Client Error|Too Many Requests)|HTTP Error 429|Too Many Requests for url/i,
        cause: 'A server that the step downloads from allows no more requests for now.',
        fix: 'Log in there with a mounted secret, keep the download in a layer or cache mount, or run the job again later.',
    },
    {
        name: 'network',
        pattern: /Temporary failure (?:in name resolution|resolving '?([^'\s]+))|Could not resolve(?: host)?:? '?([^'\s]+)|Name or service not known|NameResolutionError|NewConnectionError|getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|Cannot connect to proxy|ProxyError|proxyconnect|Network is unreachable|Connection timed out|Read timed out|Failed to connect to \S+|dns error|error sending request for url/i,
        cause: 'A step could not reach the network: no answer of DNS, of a proxy, or of the server itself.',
        fix: 'Run the job again if it is a passing fault. Behind a proxy hand its address on to the build (build-args: https_proxy). With network: none nothing can be downloaded.',
    },
];

;// CONCATENATED MODULE: ./lib/build/causes/python.js
/** Packages of Python cannot be installed. */
const pythonCauses = [
    {
        name: 'sklearn-package',
        pattern: /The 'sklearn' PyPI package is deprecated|No matching distribution found for sklearn\b/i,
        cause: 'The requirements ask for sklearn, which is only the name to import it by: the package is called scikit-learn.',
        fix: 'Write scikit-learn instead of sklearn, also in packages of your own that require it.',
    },
    {
        name: 'python-version',
        pattern: /requires a different Python: (\S+)|current Python version \((\S+)\) does not satisfy|your Python version .* is not (?:compatible|allowed)/i,
        cause: 'A package is not made for the Python of the base image ($1$2).',
        fix: 'Take a base image with another Python (FROM python:3.11-slim), or another version of the package.',
    },
    {
        name: 'missing-wheel',
        pattern: /No matching distribution found for ([^\s;]+)|satisfies the requirement ([^\s;]+)|Because there (?:is|are) no versions? of (\S+)|no wheels with a matching|Unable to find installation candidates for|PackagesNotFoundError|was not found in the package registry/i,
        cause: 'The index has nothing that fits ($1$2$3): there is no such version, it is not made for this Python, or it has no wheel for this platform (Alpine and arm64 lack many).',
        fix: 'Check name and version. If they are right, take another Python or a Debian base (python:3.11-slim), or give the index that has it (--extra-index-url, --find-links).',
    },
    {
        name: 'conflicting-requirements',
        pattern: /ResolutionImpossible|conflicting dependencies|No solution found when resolving|version solving failed/i,
        cause: 'The requirements contradict each other.',
        fix: 'Loosen one of the pins named in the lines, or lock them together (uv lock, pip-compile).',
    },
    {
        name: 'hash-mismatch',
        pattern: /PACKAGES DO NOT MATCH THE HASHES|Hash mismatch for `?(\S+)/i,
        cause: 'What was downloaded is not what the requirements have the hash of.',
        fix: 'Make the lock or the hashes anew. If nothing has changed, do not trust the index.',
    },
    {
        name: 'externally-managed',
        pattern: /externally-managed-environment/i,
        cause: 'The Python of the distribution does not let pip install into it (PEP 668).',
        fix: 'Install into a virtual environment (RUN python3 -m venv /opt/venv, ENV PATH=/opt/venv/bin:$PATH), or start from python:3.11-slim.',
    },
    {
        name: 'missing-compiler',
        pattern: /(?:^|[\s:/])(gcc|g\+\+|cc|c\+\+|clang|make|cmake|gfortran|nvcc|rustc|cargo): (?:command )?not found|command '?(\S+?)'? failed: No such file|unable to execute '?(\S+?)'?:|Unknown compiler|CMAKE_C(?:XX)?_COMPILER not set|No CMAKE_C(?:XX)?_COMPILER could be found|can't find Rust compiler|Rust toolchain|Microsoft Visual C\+\+|CUDA_HOME environment variable is not set/i,
        cause: 'A package has no wheel for this Python and platform and is to be compiled, and the image has no compiler.',
        fix: 'Take a version with a wheel for this Python, or install what compiles it in a stage before: apt-get install build-essential (Rust: rustc cargo; CUDA: a -devel base).',
    },
    {
        name: 'missing-header',
        pattern: /fatal error: (\S+\.h(?:pp)?): No such file|(pg_config|mysql_config|xslt-config|llvm-config) (?:executable )?(?:is )?not found|Package (\S+) was not found in the pkg-config/i,
        cause: 'A package is compiled in the build, and the header or library $1$2$3 that it needs is not in the image.',
        fix: 'Install its -dev package (python3-dev for Python.h, libpq-dev for pg_config), or take a version with a wheel, such as psycopg2-binary.',
    },
    {
        name: 'failed-compilation',
        pattern: /Failed building wheel for (\S+)|Could not build wheels for (\S+)|Failed to build installable wheels|Failed to build `?([^\s`]+)|command '?\S*(?:gcc|g\+\+|clang|cc)'? failed with exit (?:status|code)|subprocess-exited-with-error|metadata-generation-failed/i,
        cause: 'A package has no wheel for this Python and platform, and compiling it failed.',
        fix: 'Take a version of it that has a wheel for this Python (pip install --only-binary :all: tells which lack one), or another Python.',
    },
];

;// CONCATENATED MODULE: ./lib/build/causes/system.js
/** Packages of the distribution, and what belongs to the shell. */
const systemCauses = [
    {
        name: 'apt-mirror',
        pattern: /Hash Sum mismatch|File has unexpected size|Mirror sync in progress|Release file for \S+ is (?:not valid yet|expired)/i,
        cause: 'The mirror of the distribution is being updated, or the clock is wrong.',
        fix: 'Run the job again. Have apt-get update and apt-get install in one RUN, so that no old list is used from the cache.',
    },
    {
        name: 'apt-outdated',
        pattern: /does not have a Release file|no longer has a Release file|Failed to fetch .* 404|404 +Not Found \[IP/i,
        cause: 'The distribution of the base image is no longer served, or an old package list from the layer cache was used.',
        fix: 'Take a newer base image (buster and stretch are at their end). Have apt-get update and apt-get install in one RUN.',
    },
    {
        name: 'apt-package',
        pattern: /Unable to locate package (\S+)|Package '?([^'\s]+)'? has no installation candidate|unable to select packages:/i,
        cause: 'The distribution of the base image has no package $1$2, or its list was not fetched.',
        fix: 'Run apt-get update in the same RUN before; else look up what the package is called in this distribution.',
    },
    {
        name: 'line-endings',
        pattern: /\^M: bad interpreter|\$'\\r'|\r: not found|env: .*\\r/i,
        cause: 'A script has the line ends of Windows.',
        fix: 'Store it with LF: "*.sh text eol=lf" in .gitattributes.',
    },
    {
        name: 'not-executable',
        pattern: /exit code: 126|\.\S*: Permission denied$/,
        cause: 'A script may not be executed.',
        fix: 'COPY --chmod=755, or git update-index --chmod=+x.',
    },
    {
        name: 'not-allowed',
        pattern: /Permission denied|Operation not permitted|are you root\?|EACCES/,
        cause: 'A step may not write where it wants to: a USER instruction stands before it, or the base image has a user of its own.',
        fix: 'Put USER root before the step and the user after it, or COPY --chown the folder.',
    },
];

;// CONCATENATED MODULE: ./lib/build/causes.js







/**
 * The first that fits is taken: what makes others fail (no disk, no network, no login) stands before what follows from
 * it, and what is told for sure before what is a guess.
 */
const knownCauses = [
    ...machineCauses,
    ...baseCauses,
    ...networkCauses,
    ...pythonCauses,
    ...systemCauses,
    ...codeCauses,
    ...dockerfileCauses,
];
/** Puts in what was caught; brackets around nothing go. */
const fill = (text, groups) => text.replace(/\$(\d)/g, (_, index) => groups[Number(index)] ?? '').replaceAll(' ()', '');
/** Colours and cursor movements, which compilers and installers write also where nobody sees them. */
const escapes = /\u001b\[[\d;?]*[A-Za-z]/g;
/** A line of a step as it is to be read. */
const plainLine = (line) => line.replace(escapes, '').trimEnd();
/** What is known of a failed build, from what BuildKit says (`errors`) and the last lines that the step wrote (`output`). */
function findCause(errors, output) {
    const said = errors.map((error) => error.replace(escapes, '').replace(/\s*[\r\n]+\s*/g, ' '));
    const written = output.map((line) => plainLine(line).trim()).toReversed();
    for (const { name, pattern, of, code, cause, fix } of knownCauses) {
        for (const line of of === 'buildkit' ? said : [...written, ...said]) {
            const groups = pattern.exec(line);
            if (groups)
                return { name, code: code ?? 'build-failed', line: line.slice(0, 300), cause: fill(cause, groups), fix: fill(fix, groups) };
        }
    }
    return undefined;
}

// EXTERNAL MODULE: ./lib/build/source-line.js
var source_line = __webpack_require__(3870);
;// CONCATENATED MODULE: ./lib/build/red.js


/** So many of the last lines of a step are its evidence: as many as an annotation shows. */
const shown = 10;
/** The error line of buildx without its prefix, which tells what no step did: a base image that is not there, a syntax error. */
function headlineOf(progress) {
    const error = progress.said.findLast((line) => /^ERROR: /.test(line));
    return (error ?? progress.said.at(-1) ?? 'buildx said nothing').replace(/^ERROR: (failed to (build|solve): |target \S+: )*/, '');
}
/** The last lines of a step; the one that tells the cause is put first if it would not be among them. */
function evidenceOf(output, line) {
    const plain = output.map(plainLine);
    const last = plain.slice(-shown);
    const holds = (lines) => line !== undefined && lines.some((one) => one.trim().startsWith(line));
    return line !== undefined && holds(plain) && !holds(last) ? [line, ...last.slice(1)] : last;
}
/** A step and its error. BuildKit quotes the whole command once more, which its name has told already. */
const messageOf = ({ name, error }) => `${name}: ${error.replace(/^process "[\s\S]*" did not complete successfully: /, '')}`;
/** Why a build is red, where in the Dockerfile, and what is known of the cause. */
function redOf(ended, progress, build, workspace) {
    if (ended.kind === 'timeout') {
        const steps = progress.running.map(({ name }) => name);
        const at = (0,source_line/* placeOf */.$t)(workspace, build, undefined, steps[0]);
        return {
            code: 'build-timeout',
            message: `The build was still running after ${build.options.timeoutMs / 1000} s, at ${steps.join(', ') || 'no step'}.`,
            evidence: progress.said.slice(-20),
            ...(at ? { at } : {}),
        };
    }
    const step = progress.failed;
    const headline = headlineOf(progress);
    const output = step?.output ?? progress.said;
    const found = findCause([...(step ? [`${step.name}: ${step.error}`] : []), headline], step?.output ?? []);
    const at = (0,source_line/* placeOf */.$t)(workspace, build, progress.excerpt, step?.name);
    return {
        code: found?.code ?? 'build-failed',
        message: step ? messageOf(step) : headline,
        evidence: evidenceOf(output, found?.line),
        ...(found ? { cause: { name: found.name, text: found.cause, fix: found.fix } } : {}),
        ...(at ? { at } : {}),
    };
}

;// CONCATENATED MODULE: ./lib/build/cache/breakage.js


/** What a layer that the cache promised and did not give breaks a build with, in whichever step it was needed. */
const brokenLayer = /failed to (copy|load cache)|short read: expected|unexpected EOF|failed size validation|unexpected commit digest|sha256:[0-9a-f]{64}: not found|\/blob\/[0-9a-f]{32}/;
/** What of its cache a build broke on, if it was that. The index of a cache may outlive what it names. */
function brokeOnCache(order, ended, progress, signal) {
    if (ended.kind === 'stopped' && order.cacheBroken?.aborted && !signal.aborted)
        return 'a layer of it does not come';
    const { from } = (0,cache_arguments/* cacheArguments */.p)(order.cache, order.cacheFolders);
    if (from.length === 0 || ended.kind !== 'exited' || ended.exitCode === 0)
        return undefined;
    const error = progress.failed?.error ?? headlineOf(progress);
    return brokenLayer.test(error) ? error.trim().split('\n', 1)[0] : undefined;
}
/** Aborted with the run, or when the cache is. */
const orBroken = (signal, { cacheBroken }) => cacheBroken ? AbortSignal.any([signal, cacheBroken]) : signal;
const withoutCache = 'A layer of the cache could not be read; building again without it.';

// EXTERNAL MODULE: ./lib/build/cache/choose.js
var choose = __webpack_require__(38284);
;// CONCATENATED MODULE: ./lib/build/failure.js


/** A red build; where the disk was full, with what takes its room. */
async function failure(host, order, ended, progress, env) {
    const red = redOf(ended, progress, order.build, host.workspace);
    if (red.code !== 'disk-full')
        return { kind: 'failed', red };
    const largest = await askLargest(host, order.builder, env);
    const evidence = largest.length > 0 ? [...red.evidence.slice(-4), 'The largest that the builder keeps:', ...largest] : red.evidence;
    return { kind: 'failed', red: { ...red, evidence } };
}

// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/build/brought.js + 1 modules
var brought = __webpack_require__(43168);
// EXTERNAL MODULE: ./lib/build/image.js
var build_image = __webpack_require__(23965);
// EXTERNAL MODULE: ./lib/build/layout.js
var build_layout = __webpack_require__(27564);
;// CONCATENATED MODULE: ./lib/build/made.js






const isGreen = (ended) => ended.kind === 'exited' && ended.exitCode === 0;
/** What a green build has left, by its metadata file: never by what it printed. */
async function madeOf(host, making, metadata, facts) {
    const digest = facts['containerimage.digest'];
    if (!digest)
        throw new errors/* ActionError */.lZ('internal', 'buildx ended with 0 but its metadata file names no image.');
    try {
        const ending = endingOf(making.progress, metadata, facts);
        return (0,lib_outcome/* passed */.bF)({ ...(await imageOf(host, making, digest, Promise.resolve(ending))), ...configOfEnding(ending) });
    }
    catch (error) {
        if (making.signal.aborted)
            return lib_outcome/* stopped */.ce;
        throw error;
    }
}
const configOfEnding = ({ configDigest }) => (configDigest === undefined ? {} : { configDigest });
function endingOf({ cacheTimes, cacheTrouble }, metadata, facts) {
    const configDigest = facts['containerimage.config.digest'];
    return { cacheTimes, metadata, ...(cacheTrouble ? { cacheTrouble } : {}), ...(configDigest === undefined ? {} : { configDigest }) };
}
/**
 * An image that is in the engine's store while its build still writes a cache, as the engine knows it by the name of
 * the run. What the metadata file names in the end must be the same.
 */
async function readyOf(host, making, ended) {
    const { progress, request, signal } = making;
    const known = Promise.withResolvers();
    known.promise.catch(() => undefined);
    const end = async () => {
        const how = await ended;
        const metadata = host.files.readText(request.metadataFile) ?? '{}';
        const facts = JSON.parse(metadata);
        const [digest, ours] = [facts['containerimage.digest'], await known.promise];
        if (digest !== undefined && digest !== ours)
            throw new errors/* ActionError */.lZ('digest-mismatch', `The build ended with ${digest}, not with the image that was tested, ${ours}.`);
        const ending = endingOf(progress, metadata, facts);
        return isGreen(how) || how.kind === 'stopped' ? ending : { cacheTrouble: headlineOf(progress), ...ending };
    };
    const ending = end();
    ending.catch(() => undefined);
    try {
        const image = await imageOf(host, making, undefined, ending);
        known.resolve(image.digest);
        return (0,lib_outcome/* passed */.bF)(image);
    }
    catch (error) {
        known.reject(error);
        if (signal.aborted)
            return lib_outcome/* stopped */.ce;
        throw error;
    }
}
/** The image, with the `digest` that the build names, or that the engine has by the name of the run. */
async function imageOf(host, making, digest, ending) {
    const { request, progress, env, signal } = making;
    const { store, localName, layoutFolder, untested, native } = request;
    const common = { store, localName, untested, steps: progress.steps, stepReports: progress.stepReports, ending };
    if (layoutFolder !== undefined && digest !== undefined) {
        const layout = (0,build_layout/* readLayout */.T)(host.files, layoutFolder, digest);
        const image = await (0,brought/* brought */.Wp)(host, (0,brought/* wholeOf */.l2)(host.files, layout), untested, native, { store, localName, env, signal });
        return { ...common, ...image, layout };
    }
    const { platforms } = request.build.options;
    const { id, config, size } = await (0,build_image/* inspectImage */.mm)(host, localName, digest, env);
    const runnables = platforms.filter((platform) => !untested.includes(platform)).map((platform) => ({ platform, id }));
    return {
        ...common,
        digest: id,
        runnables: platforms.length === 0 ? [{ id }] : runnables,
        config,
        ...(progress.config === undefined ? {} : { saidConfig: progress.config }),
        ...(store === 'containerd' && size ? { compressedBytes: size } : {}),
    };
}
/** An image whose cache could not be read at first. */
function withTrouble(image, trouble) {
    if (trouble === undefined || image.kind !== 'passed')
        return image;
    const ending = image.value.ending.then((end) => ({ ...end, cacheTrouble: trouble }));
    ending.catch(() => undefined);
    return (0,lib_outcome/* passed */.bF)({ ...image.value, ending });
}

// EXTERNAL MODULE: ./lib/build/options.js
var build_options = __webpack_require__(10350);
;// CONCATENATED MODULE: ./lib/build/checks.js


/** What is most likely wrong, the gravest first. */
const wrong = [
    ...['SecretsUsedInArgOrEnv', 'UndefinedVar', 'UndefinedArgInFrom', 'InvalidDefaultArgInFrom', 'CopyIgnoredFile'],
    ...['MultipleInstructionsDisallowed', 'DuplicateStageName', 'ReservedStageName', 'ExposeInvalidFormat', 'NoEmptyContinuation'],
    ...['FromPlatformFlagConstDisallowed', 'RedundantTargetPlatform', 'JSONArgsRecommended', 'WorkdirRelativePath'],
];
/** What changes nothing in the image; a rule in neither list comes between. */
const style = [
    ...['LegacyKeyValueFormat', 'MaintainerDeprecated', 'InvalidDefinitionDescription'],
    ...['ExposeProtoCasing', 'FromAsCasing', 'StageNameCasing', 'ConsistentInstructionCasing'],
];
function rank(rule) {
    const grave = wrong.indexOf(rule);
    return grave >= 0 ? grave : wrong.length + 1 + style.indexOf(rule);
}
function readCheck(record, workspace, file) {
    const text = Buffer.from(record.short, 'base64').toString();
    const [, rule = 'Check', message = text] = /^(\w+): (.*?)(?: \(line \d+\))?$/s.exec(text) ?? [];
    const own = !record.sourceInfo?.filename || (0,external_node_path_.basename)(record.sourceInfo.filename) === (0,external_node_path_.basename)(file);
    const at = own ? (0,source_line/* sourceLine */._J)(workspace, file, record.range?.[0]?.start?.line) : undefined;
    return { rule, message, ...(record.url ? { url: record.url } : {}), ...(at ? { at } : {}) };
}
/** The findings, each once however many targets and platforms had it, the gravest first, else in the order of the file. */
function checksOf(records, workspace, file) {
    const checks = new Map();
    for (const record of records) {
        const check = readCheck(record, workspace, file);
        checks.set(`${check.rule} ${check.at?.line ?? ''} ${check.message}`, check);
    }
    return [...checks.values()].toSorted((a, b) => rank(a.rule) - rank(b.rule) || (a.at?.line ?? 0) - (b.at?.line ?? 0));
}

;// CONCATENATED MODULE: ./lib/build/order.js


/** A folder of the run for the time of a build, and the request with its names. An image that is not `made` in the end goes, too. */
async function inFolder(host, order, env, made, use) {
    const folder = host.files.makeTemp('build');
    host.leave({ kind: 'folder', path: folder });
    const localName = `ml-image-action/run:${host.runId}`;
    host.leave({ kind: 'image', name: localName });
    // It lives longer: the push goes out from it.
    const layoutFolder = order.elsewhere ? host.files.makeTemp('layout') : undefined;
    if (layoutFolder !== undefined)
        host.leave({ kind: 'folder', path: layoutFolder });
    let image;
    try {
        const names = { localName, metadataFile: (0,external_node_path_.join)(folder, 'metadata.json') };
        const result = await use({ ...order, ...names, ...(layoutFolder === undefined ? {} : { layoutFolder }) }, folder);
        image = made(result);
        return result;
    }
    finally {
        const remove = () => host.files.remove(folder);
        if (image)
            image.ending.then(remove, remove);
        else {
            // A build that was stopped at its very end, or whose other target was red, may have left it.
            await host.capture({ argv: ['docker', 'image', 'rm', localName], env }).catch(() => undefined);
            if (layoutFolder !== undefined)
                host.files.remove(layoutFolder);
            remove();
        }
    }
}
/** Hands on what BuildKit's checks found. */
function tellChecks({ workspace }, { build, onChecks }, progress) {
    onChecks?.(checksOf(progress.checks, workspace, build.file));
}

;// CONCATENATED MODULE: ./lib/build/progress.js

/** Lines that are kept of what buildx says, and of what a step wrote: its cause may stand far before its end. */
const kept = 30;
const keptOfStep = 200;
const longest = 2_000;
/** A check may find something on every line; nobody reads that many. */
const mostChecks = 500;
/** An error may be a whole page of somebody else's. */
const oneLine = (text) => text
    .trim()
    .split(/\s*[\r\n]+\s*/)
    .slice(0, 3)
    .join(' ')
    .slice(0, 400);
/** With bake the name of the target stands first. */
const internal = /^\[(\S+ )?(internal|auth)\]/;
const stoppedStep = /context canceled/;
const aboutCache = /^(importing|exporting) (to )?.*cache/i;
/** A registry cache before it was written for the first time. */
const notYet = /(: not found|manifest unknown|NAME_UNKNOWN.*|could not find index\.json.*)$/;
function tookMs({ started, completed }) {
    return started && completed ? Date.parse(completed) - Date.parse(started) : undefined;
}
/**
 * Reads BuildKit's `--progress=rawjson` a line at a time and tells it as text. Lines that are not JSON (what buildx
 * says itself) pass through.
 */
class BuildProgress {
    #print;
    #vertices = new Map();
    #names = new Map();
    #told = new Set();
    #output = new Map();
    #said = [];
    #readExcerpt = (0,source_line/* excerptReader */.DX)();
    #excerpt;
    #checks = [];
    #exported = false;
    #config;
    constructor(print) {
        this.#print = print;
    }
    line(text) {
        const record = parseRecord(text);
        if (!record) {
            if (text.trim() === '')
                return;
            this.#excerpt = this.#readExcerpt(text);
            this.#said.push(text);
            if (this.#said.length > kept)
                this.#said.shift();
            this.#print(text);
            return;
        }
        for (const vertex of record.vertexes ?? [])
            this.#see(vertex);
        for (const { id } of record.statuses ?? [])
            this.#config = /^exporting config (sha256:[a-f0-9]{64})$/.exec(id)?.[1] ?? this.#config;
        // Each comes with the whole Dockerfile, which is not kept.
        for (const { short, url, range, sourceInfo } of record.warnings ?? []) {
            if (this.#checks.length < mostChecks)
                this.#checks.push({ short, ...(url ? { url } : {}), range: range ?? [], sourceInfo: { filename: sourceInfo?.filename ?? '' } });
        }
        for (const { vertex, data } of record.logs ?? [])
            this.#log(vertex, Buffer.from(data, 'base64').toString());
    }
    get steps() {
        const steps = this.stepReports;
        return { hit: steps.filter(({ cached }) => cached).length, total: steps.length };
    }
    get stepReports() {
        const steps = [...this.#vertices.values()].filter(({ name }) => name.startsWith('[') && !internal.test(name) && !/\] FROM /.test(name));
        return steps.map((vertex) => {
            const ms = vertex.cached ? undefined : tookMs(vertex);
            return { name: vertex.name.replace(/\s+/g, ' ').slice(0, 200), cached: vertex.cached === true, ...(ms === undefined ? {} : { ms }) };
        });
    }
    get cacheTimes() {
        const longest = (start) => {
            const times = [...this.#vertices.values()]
                .filter(({ name }) => aboutCache.test(name) && start.test(name))
                .flatMap((one) => tookMs(one) ?? []);
            return times.length > 0 ? Math.max(...times) : undefined;
        };
        const [importMs, exportMs] = [longest(/^importing/), longest(/^exporting/)];
        return { ...(importMs === undefined ? {} : { importMs }), ...(exportMs === undefined ? {} : { exportMs }) };
    }
    /** What went wrong with the layer cache, which does not break a build. */
    get cacheTrouble() {
        const troubled = [...this.#vertices.values()].filter(({ name, error }) => error && aboutCache.test(name));
        const vertex = troubled.find(({ name, error = '' }) => !(/^importing/.test(name) && notYet.test(error)));
        return vertex && `${vertex.name.replace(/ from gha:.*/, '')}: ${oneLine(vertex.error ?? '')}`;
    }
    /** The image is where it was to go; what may follow is the export of a cache. */
    get exported() {
        return this.#exported;
    }
    /** The digest of the configuration, as it was said of the last that was exported: no proof, but enough to ask for it. */
    get config() {
        return this.#config;
    }
    get failed() {
        const vertex = [...this.#vertices.values()].find(({ name, error }) => error && !aboutCache.test(name) && !stoppedStep.test(error));
        return vertex
            ? {
                name: vertex.name,
                names: [...(this.#names.get(vertex.digest) ?? [])],
                error: vertex.error ?? '',
                output: this.#output.get(vertex.digest) ?? [],
            }
            : undefined;
    }
    /** The steps that run now, or ran when the build was stopped, by every name they were told under. */
    get running() {
        return [...this.#vertices.values()]
            .filter(({ started, completed, cached, error }) => started && !cached && (!completed || stoppedStep.test(error ?? '')))
            .map(({ digest, name }) => ({ name, names: [...(this.#names.get(digest) ?? [])], output: this.#output.get(digest) ?? [] }));
    }
    /** The last lines that buildx itself said, its own error among them. */
    get said() {
        return this.#said;
    }
    /** What BuildKit's checks of the Dockerfile found, as often as it was told. */
    get checks() {
        return this.#checks;
    }
    /** Where in the Dockerfile the build broke, as buildx shows it. */
    get excerpt() {
        return this.#excerpt;
    }
    #see(vertex) {
        const seen = { ...this.#vertices.get(vertex.digest), ...vertex };
        this.#vertices.set(vertex.digest, seen);
        if (seen.name === 'exporting to image' && seen.completed && !seen.error)
            this.#exported = true;
        this.#names.set(vertex.digest, (this.#names.get(vertex.digest) ?? new Set()).add(vertex.name));
        const tell = (state, text) => {
            if (this.#told.has(`${state} ${vertex.digest}`))
                return;
            this.#told.add(`${state} ${vertex.digest}`);
            this.#print(text);
        };
        const name = seen.name.replace(/\s+/g, ' ');
        if (internal.test(seen.name) && !seen.error)
            return;
        if (seen.cached) {
            tell('end', `CACHED ${name}`);
            return;
        }
        if (seen.started)
            tell('start', name);
        if (seen.error)
            tell('end', `ERROR ${name}: ${oneLine(seen.error)}`);
        else if (seen.completed && seen.started) {
            const seconds = (Date.parse(seen.completed) - Date.parse(seen.started)) / 1000;
            if (seconds >= 0.1)
                tell('end', `done ${name} (${seconds.toFixed(1)} s)`);
        }
    }
    #log(digest, data) {
        const output = this.#output.get(digest) ?? [];
        this.#output.set(digest, output);
        for (const line of data.split(/\r\n|\r|\n/)) {
            if (line === '')
                continue;
            output.push(line.slice(0, longest));
            if (output.length > keptOfStep)
                output.shift();
            this.#print(line);
        }
    }
}
function parseRecord(text) {
    if (!text.startsWith('{'))
        return undefined;
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/build/build.js











const madeIn = (image) => (image.kind === 'passed' ? image.value : undefined);
/** Runs the one build. */
function buildImage(host, order, env, log, signal) {
    return inFolder(host, order, env, madeIn, async (request) => {
        const { options } = order.build;
        let over = false;
        const print = (0,sanitise/* bounded */.Mm)((line) => over || log.line((0,sanitise/* sanitiseLine */.lg)(line)));
        // Where only a cache is left to be written, the image need not wait for it.
        const early = order.store === 'containerd' && !order.elsewhere && (0,cache_arguments/* cacheArguments */.p)(order.cache, order.cacheFolders).to.length > 0;
        const attempt = async (argv, until) => {
            const progress = new BuildProgress(print);
            const exported = Promise.withResolvers();
            const onLine = (line) => {
                progress.line(line);
                if (early && progress.exported)
                    exported.resolve('exported');
            };
            const ending = host.stream({ argv, env: { ...env, ...(0,build_options/* secretVariables */.c8)(options.secrets) }, cwd: order.build.context }, { signal: until, timeoutMs: options.timeoutMs, onLine });
            return { ending, ended: await Promise.race([ending, exported.promise]), progress };
        };
        await order.before?.(signal);
        let { ending, ended, progress } = await attempt((0,argv/* buildArgv */.v$)(request), orBroken(signal, order));
        const trouble = ended === 'exported' ? undefined : brokeOnCache(order, ended, progress, signal);
        if (trouble !== undefined) {
            log.line(withoutCache);
            ({ ending, ended, progress } = await attempt((0,argv/* buildArgv */.v$)({ ...request, cache: (0,choose/* unread */.gy)(request.cache) }), signal));
        }
        tellChecks(host, order, progress);
        const making = { request: { ...order, ...request }, progress, env, signal };
        if (ended === 'exported') {
            over = true;
            return withTrouble(await readyOf(host, making, ending), trouble);
        }
        if (ended.kind === 'stopped')
            return lib_outcome/* stopped */.ce;
        if (!isGreen(ended))
            return await failure(host, order, ended, progress, env);
        const metadata = host.files.readText(request.metadataFile) ?? '{}';
        return withTrouble(await madeOf(host, making, metadata, JSON.parse(metadata)), trouble);
    });
}

// EXTERNAL MODULE: ./lib/build/bake.js
var bake = __webpack_require__(18839);
;// CONCATENATED MODULE: ./lib/build/with-tests.js












/** How often a step that runs is looked at (ms). */
const glance = 500;
/** Names a step of the tests alone: one that both targets have is one of the build. */
const ofTests = (names) => names.every((name) => name.startsWith(`[${bake/* bakeTargets */.Ie.test} `));
/**
 * Watches the steps of the tests until `over` is aborted, and gives the first that runs longer than it may. By the
 * clock of this machine, from when the step was heard of: the builder may be elsewhere.
 */
async function watchTests(host, progress, timeoutMs, over) {
    const since = new Map();
    while (!over.aborted) {
        for (const { name, names, output } of progress.running) {
            if (!ofTests(names))
                continue;
            const start = since.get(name) ?? host.now();
            since.set(name, start);
            if (host.now() - start >= timeoutMs)
                return [name, ...output];
        }
        await host.sleep(Math.min(glance, timeoutMs), over).catch(() => undefined);
    }
    return undefined;
}
/** Runs the one build with two targets: the image, and the stage of the Dockerfile that tests. */
async function buildWithTests(host, order, stage, env, log, signal) {
    const { trouble, ...built } = await bakeWithTests(host, order, stage, env, log, signal);
    if (trouble === undefined)
        return built;
    log.line(withoutCache);
    const { cacheBroken: _, ...again } = order;
    const { image, tests } = await bakeWithTests(host, { ...again, cache: (0,choose/* unread */.gy)(order.cache) }, stage, env, log, signal);
    return { image: withTrouble(image, trouble), tests };
}
/** `trouble`: what of the cache broke it. */
function bakeWithTests(host, order, { stage, timeoutMs }, env, log, signal) {
    const made = ({ image }) => (image.kind === 'passed' ? image.value : undefined);
    return inFolder(host, order, env, made, async (request, folder) => {
        const progress = new BuildProgress((0,sanitise/* bounded */.Mm)((line) => log.line((0,sanitise/* sanitiseLine */.lg)(line))));
        const reportFolder = (0,bake/* isScratchStage */.dg)(order.build.dockerfile, stage) ? (0,external_node_path_.join)(folder, 'report') : undefined;
        const definition = (0,external_node_path_.join)(folder, 'bake.json');
        host.files.writePrivate(definition, (0,bake/* bakeDefinition */.xs)(request, { stage, ...(reportFolder ? { reportFolder } : {}) }));
        // The definition is ours: no question about the folders it names.
        const { options } = order.build;
        const bakeEnv = { ...env, ...(0,build_options/* secretVariables */.c8)(options.secrets), BUILDX_BAKE_ENTITLEMENTS_FS: '0' };
        await order.before?.(signal);
        const over = new AbortController();
        const late = new AbortController();
        const watching = watchTests(host, progress, timeoutMs, over.signal).then((step) => {
            if (step)
                late.abort();
            return step;
        });
        const ended = await host
            .stream({ argv: (0,bake/* bakeArgv */.k)(request, definition), env: bakeEnv, cwd: order.build.context }, {
            signal: AbortSignal.any([orBroken(signal, order), late.signal]),
            timeoutMs: options.timeoutMs,
            onLine: (line) => progress.line(line),
        })
            .finally(() => over.abort());
        const lateStep = await watching;
        tellChecks(host, order, progress);
        if (lateStep && !isGreen(ended) && !signal.aborted)
            return { image: lib_outcome/* stopped */.ce, tests: { outcome: 'timeout', output: lateStep } };
        const trouble = brokeOnCache(order, ended, progress, signal);
        if (trouble !== undefined)
            return { image: lib_outcome/* stopped */.ce, tests: { outcome: 'stopped', output: [] }, trouble };
        if (ended.kind === 'stopped')
            return { image: lib_outcome/* stopped */.ce, tests: { outcome: 'stopped', output: [] } };
        if (!isGreen(ended)) {
            const step = progress.failed;
            if (step && ofTests(step.names)) {
                const { at, cause } = redOf(ended, progress, order.build, host.workspace);
                const output = [step.name, ...step.output];
                return { image: lib_outcome/* stopped */.ce, tests: { outcome: 'failed', output, why: { ...(at ? { at } : {}), ...(cause ? { cause } : {}) } } };
            }
            return {
                image: await failure(host, order, ended, progress, env),
                tests: { outcome: 'stopped', output: [] },
            };
        }
        const metadata = JSON.parse(host.files.readText(request.metadataFile) ?? '{}');
        const ofImage = metadata[bake/* bakeTargets */.Ie.image] ?? {};
        const making = { request: { ...order, ...request }, progress, env, signal };
        const image = await madeOf(host, making, JSON.stringify(ofImage, null, 2), ofImage);
        const left = (name) => (reportFolder ? host.files.readUntrusted((0,external_node_path_.join)(reportFolder, name)) : undefined);
        const junit = left('junit.xml');
        const status = left('status');
        return {
            image,
            tests: { outcome: 'passed', output: [], ...(junit === undefined ? {} : { junit }), ...(status === undefined ? {} : { status }) },
        };
    });
}

// EXTERNAL MODULE: ./lib/inputs/inputs.js
var inputs_inputs = __webpack_require__(78864);
// EXTERNAL MODULE: ./lib/plan/labels/own.js
var own = __webpack_require__(35595);
// EXTERNAL MODULE: ./lib/report/text.js
var report_text = __webpack_require__(44639);
// EXTERNAL MODULE: ./lib/smoke/address.js
var smoke_address = __webpack_require__(61861);
// EXTERNAL MODULE: ./lib/smoke/compare.js
var compare = __webpack_require__(58154);
// EXTERNAL MODULE: ./lib/smoke/compose/read.js + 1 modules
var read = __webpack_require__(22643);
// EXTERNAL MODULE: ./lib/smoke/container.js
var smoke_container = __webpack_require__(23378);
// EXTERNAL MODULE: ./lib/smoke/contract.js + 1 modules
var smoke_contract = __webpack_require__(63511);
// EXTERNAL MODULE: ./lib/smoke/ask.js
var ask = __webpack_require__(26764);
// EXTERNAL MODULE: ./lib/smoke/judge/compare.js
var judge_compare = __webpack_require__(47934);
// EXTERNAL MODULE: ./lib/smoke/judge/json-path.js
var json_path = __webpack_require__(48055);
// EXTERNAL MODULE: ./lib/smoke/judge/judge.js + 1 modules
var judge = __webpack_require__(37676);
// EXTERNAL MODULE: ./lib/smoke/judge/strict-json.js
var strict_json = __webpack_require__(49799);
// EXTERNAL MODULE: ./lib/smoke/sample.js
var smoke_sample = __webpack_require__(29703);
;// CONCATENATED MODULE: ./lib/smoke/batch.js






/** Of a long batch the first rows are asked alone. */
const mostRows = 16;
const rowTimeoutMs = 60_000;
/** `value` with another value at one place. */
function replaced(value, [step, ...rest], by) {
    if (step === undefined)
        return by;
    if (Array.isArray(value))
        return value.map((item, index) => (index === step ? replaced(item, rest, by) : item));
    const object = value;
    return { ...object, [step]: replaced(object[String(step)] ?? null, rest, by) };
}
/** The request of one row alone, for each of the first rows; the list that holds them keeps its kind. */
function rowRequests(sample) {
    const { batch } = sample.expect;
    const body = JSON.parse(sample.request.body ?? 'null');
    const rows = batch ? (0,json_path/* select */.Lt)(body, batch.request)[0] : undefined;
    if (!rows || !Array.isArray(rows.value))
        return [];
    return rows.value.slice(0, mostRows).map((row, index) => ({
        ...sample,
        name: `${sample.name}, row ${index} alone`,
        request: { ...sample.request, body: JSON.stringify(replaced(body, rows.at, [row])) },
        expect: smoke_sample/* anyAnswer */.H2,
    }));
}
/** Whether the batch has an answer for each row, and the one that the row gets when it is asked alone. */
async function judgeBatch(host, baseUrl, sample, answered) {
    const { batch } = sample.expect;
    if (!batch)
        return [];
    const asked = (0,json_path/* select */.Lt)(JSON.parse(sample.request.body ?? 'null'), batch.request)[0]?.value;
    const count = Array.isArray(asked) ? asked.length : 0;
    const answers = (0,json_path/* select */.Lt)(answered, batch.answer)[0];
    const path = batch.answer.text;
    if (!answers || !Array.isArray(answers.value))
        return [{ path, expected: `${count} rows`, got: answers ? 'no list' : 'nothing' }];
    const rows = answers.value;
    if (rows.length !== count)
        return [{ path, expected: `${count} rows`, got: `${rows.length} rows` }];
    const differences = [];
    for (const [index, alone] of rowRequests(sample).entries()) {
        const at = `${(0,json_path/* locationText */.fN)(answers.at)}[${index}]`;
        const answer = await (0,ask/* ask */.k)(host, baseUrl, alone.request, rowTimeoutMs);
        if (typeof answer === 'string')
            return [...differences, { path: at, expected: 'an answer to the row alone', got: answer }];
        const verdict = (0,judge/* judge */.S4)(alone, answer);
        if (verdict.kind === 'status') {
            differences.push({ path: at, expected: 'an answer to the row alone', got: `status ${answer.status}` });
            continue;
        }
        const parsed = (0,strict_json/* parseAnswer */.W)(answer.body);
        const single = parsed.kind === 'text' ? undefined : (0,json_path/* select */.Lt)(parsed.value, batch.answer)[0]?.value;
        const own = Array.isArray(single) ? single[0] : undefined;
        const found = (0,judge_compare/* compare */.UD)(rows[index] ?? null, own, sample.expect);
        differences.push(...found.map((one) => ({ ...one, path: `${at}${one.path.slice(1)} (row alone)` })));
    }
    return differences;
}

// EXTERNAL MODULE: ./lib/smoke/expect.js
var expect = __webpack_require__(3124);
;// CONCATENATED MODULE: ./lib/smoke/judge/deviation.js

/** So many numbers are looked at: a tensor has millions, and the verdict on it has been given. */
const mostNumbers = 10_000;
/** Where nothing is allowed: a number that JSON has. */
const beyond = 1_000_000;
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value) => Array.isArray(value);
/** Of the numbers that are expected and there, the one that is nearest to the edge of its tolerance, or furthest beyond. */
function nearestToEdge({ json, ignore, tolerance: { rtol, atol } }, got) {
    let nearest;
    let seen = 0;
    const walk = (want, have, at) => {
        if (seen >= mostNumbers || have === undefined || ignore.some((path) => (0,json_path/* names */.Dy)(path, at)))
            return;
        if (isObject(want) && isObject(have)) {
            for (const [key, value] of Object.entries(want))
                walk(value, Object.hasOwn(have, key) ? have[key] : undefined, [...at, key]);
        }
        else if (isList(want) && isList(have)) {
            for (const [index, value] of want.entries()) {
                if (seen >= mostNumbers)
                    return;
                walk(value, have[index], [...at, index]);
            }
        }
        else if (typeof want === 'number' && typeof have === 'number') {
            seen++;
            const allowed = atol + rtol * Math.abs(want);
            const share = have === want ? 0 : Math.min(beyond, Math.abs(have - want) / allowed);
            if (!nearest || share > nearest.share)
                nearest = { path: (0,json_path/* locationText */.fN)(at), expected: want, got: have, share };
        }
    };
    if (json !== undefined)
        walk(json, got, []);
    return nearest;
}

// EXTERNAL MODULE: ./lib/smoke/judge/difference.js
var difference = __webpack_require__(54910);
// EXTERNAL MODULE: ./lib/smoke/judge/schema.js
var schema = __webpack_require__(65370);
// EXTERNAL MODULE: ./lib/smoke/samples-of.js
var samples_of = __webpack_require__(58830);
;// CONCATENATED MODULE: ./lib/smoke/ask-samples.js










const bodyShown = 2_000;
/** The longest wait for an answer; of one that only warns nobody should have to wait long. */
const gatingMs = 60_000;
const warningMs = 15_000;
/** Of several samples that are red so many are told in full. */
const mostTold = 5;
const subject = (sample) => `${sample.request.method} ${sample.request.path}${sample.name === sample.from ? '' : ` (${sample.name})`}`;
function told(sample, answer) {
    return [(0,samples_of/* requestText */.T9)(sample), `answered ${answer.status}: ${answer.body.slice(0, bodyShown)}`];
}
function mismatch(sample, answer, differences) {
    const [first] = differences;
    const large = (0,difference/* largestDelta */.v_)(differences);
    const most = differences.length > 1 && large && large !== first
        ? ` The largest difference is at ${large.path}: ${large.got} for ${large.expected}.`
        : '';
    const message = `${subject(sample)}: ${first?.path} is ${first?.got}, expected ${first?.expected}.${most}`;
    return { code: 'predict-mismatch', message, evidence: [...(0,difference/* differenceTable */.ow)(differences), ...told(sample, answer)] };
}
/** A protocol may answer 200 and say in the body that it failed. */
function refusal(protocol, sample, answer) {
    if (protocol.answer === undefined || sample.expect.status.kind !== 'success')
        return undefined;
    const [first] = (0,expect/* judgeAnswer */._)({ kind: 'json', value: protocol.answer }, answer.body);
    if (!first)
        return undefined;
    const message = `${subject(sample)} answered ${answer.status}, but ${first.path} is ${first.got}, not ${first.expected}.`;
    return { code: 'predict-failed', message, evidence: told(sample, answer) };
}
async function askOne(host, baseUrl, sample, schemas, protocol) {
    const request = { ...sample.request, headers: { ...sample.request.headers, ...protocol.headers } };
    const answer = await (0,ask/* ask */.k)(host, baseUrl, request, (0,smoke_sample/* gates */.VF)(sample) ? gatingMs : warningMs);
    if (typeof answer === 'string')
        return {
            sample,
            red: { code: 'predict-timeout', message: `${subject(sample)} gave no answer (${answer}).`, evidence: [(0,samples_of/* requestText */.T9)(sample)] },
        };
    const verdict = (0,judge/* judge */.S4)(sample, answer, schemas);
    if (verdict.kind === 'status') {
        const expected = verdict.expected === '2xx' ? '' : `, expected ${verdict.expected}`;
        const message = `${subject(sample)} answered ${answer.status}${expected}.`;
        return { sample, answer, red: { code: 'predict-failed', message, evidence: told(sample, answer) } };
    }
    const refused = refusal(protocol, sample, answer);
    if (refused)
        return { sample, answer, red: refused };
    const rows = verdict.value === undefined ? [] : await judgeBatch(host, baseUrl, sample, verdict.value);
    const differences = [...(verdict.kind === 'different' ? verdict.differences : []), ...rows];
    const nearest = verdict.value === undefined ? undefined : nearestToEdge(sample.expect, verdict.value);
    const asked = { sample, answer, ...(nearest ? { nearest } : {}) };
    return differences.length === 0 ? asked : { ...asked, red: mismatch(sample, answer, differences) };
}
/**
 * Asks one after the other, in their order. One that gives no answer ends it: the server hangs, or is gone. `ended` stops
 * the asking from outside.
 */
async function askSamples(host, baseUrl, samples, ended, protocol = { headers: {} }) {
    const schemas = samples.some(({ expect }) => expect.schema !== undefined) ? await (0,schema.loadSchemaJudge)() : undefined;
    const asked = [];
    for (const sample of samples) {
        const one = await askOne(host, baseUrl, sample, schemas, protocol);
        asked.push(one);
        if (!one.answer || ended())
            break;
    }
    return asked;
}
/** What the report says of a sample. */
function reportOf({ sample, answer, nearest, red }) {
    const { name, source, from, request } = sample;
    return {
        ...{ name, source, from, method: request.method, path: request.path },
        ...(answer ? { status: answer.status, ms: answer.ms } : {}),
        result: red ? 'failed' : 'passed',
        compared: (0,smoke_sample/* compares */.tk)(sample),
        ...(nearest ? { nearest } : {}),
        ...(red ? { why: red.message } : {}),
    };
}
/** The verdict over all: red if one is that gates. Those that only warn are in the reports. */
function judgeAll(asked) {
    const red = asked.flatMap(({ sample, red: why }) => (why && (0,smoke_sample/* gates */.VF)(sample) ? [why] : []));
    const [first] = red;
    if (!first)
        return (0,lib_outcome/* passed */.bF)(asked.map(reportOf));
    if (red.length === 1)
        return (0,lib_outcome/* failed */.gz)(first.code, first.message, first.evidence);
    const evidence = red.slice(0, mostTold).flatMap((one, index) => [...(index === 0 ? [] : ['', one.message]), ...one.evidence]);
    return (0,lib_outcome/* failed */.gz)(first.code, `${first.message} ${red.length} of ${asked.length} samples are not as expected.`, evidence);
}

// EXTERNAL MODULE: ./lib/smoke/await-service.js + 1 modules
var await_service = __webpack_require__(85593);
// EXTERNAL MODULE: ./lib/smoke/healthcheck.js
var healthcheck = __webpack_require__(58703);
;// CONCATENATED MODULE: ./lib/smoke/not-ready.js


/** What is said of a service that has not become ready in its time, or never will. */
async function notReady(host, { readiness, contract, container }, env) {
    const lines = await (0,smoke_container/* lastLines */.w$)(host, container.name, env);
    const seconds = contract.startTimeoutMs / 1000;
    const seen = readiness.kind === 'late' || readiness.kind === 'never' ? readiness.seen : undefined;
    if (seen?.kind !== 'answer') {
        const { port, from } = contract.port;
        return (0,lib_outcome/* failed */.gz)('not-listening', `Nothing answered on port ${port} (${from}) within ${seconds} s (${seen?.error ?? 'no answer'}).`, lines);
    }
    const { path, status, body, because } = seen;
    const evidence = [`last answer: ${body}`, ...lines];
    if (readiness.kind === 'never')
        return (0,lib_outcome/* failed */.gz)('health-failed', `GET ${path} answers that it will not become ready: ${because}.`, evidence);
    const said = status >= 200 && status < 300
        ? `answers ${status}, but is not ready after ${seconds} s: ${because}.`
        : `still answers ${status} after ${seconds} s.`;
    return (0,lib_outcome/* failed */.gz)('health-failed', `GET ${path} ${said}`, evidence);
}

;// CONCATENATED MODULE: ./lib/smoke/prove.js

const words = {
    given: 'given',
    recorded: 'recorded',
    documented: 'documented',
    found: 'found in the repository',
    invented: 'made up from its schema',
};
/** How somebody who has given no sample can give this one. */
function pasteText({ request: { path, body } }) {
    return [`predict-path: ${path}`, `predict-body: '${(body ?? '').replaceAll("'", "''")}'`];
}
/** What was given, else what can be found out of the service, which is printed. Empty where there is nothing to ask. */
async function findSamples(host, container, predictPath, smoke, config, env, say) {
    const given = (0,samples_of/* samplesOf */.lc)(smoke, predictPath);
    if (given.length > 0)
        return given;
    const { discover } = await __webpack_require__.e(/* import() */ 9123).then(__webpack_require__.bind(__webpack_require__, 29123));
    const found = await discover(host, container, predictPath, smoke.foundBody, config, env);
    const [first] = found;
    if (first) {
        say(`no sample is given: the request is ${words[first.source]} (${first.from})`);
        for (const line of pasteText(first))
            say(line);
    }
    return found;
}
/** Why the model is not proven by what was asked; undefined where it is. */
function unprovenText(asked) {
    if (asked.length === 0)
        return 'no sample request is given, and none was found';
    const [failed] = asked.filter(({ red }) => red);
    if (!failed)
        return undefined;
    return `predict-unproven: ${failed.red?.message} The request was ${words[failed.sample.source]} (${failed.sample.from}), so this only warns: ${(0,samples_of/* requestText */.T9)(failed.sample)}`;
}

;// CONCATENATED MODULE: ./lib/smoke/replay.js

const answerTimeoutMs = 60_000;
/** The samples that were answered as they must be, but for those that are there to be refused. */
function replaysOf(asked, { headers }) {
    const good = asked.filter(({ sample, answer, red }) => answer && !red && sample.expect.status.kind === 'success');
    return good.map(({ sample: { name, request, expect } }) => ({
        name,
        rule: expect,
        send: async (host, baseUrl, signal) => {
            const answer = await (0,ask/* ask */.k)(host, baseUrl, { ...request, headers: { ...request.headers, ...headers } }, answerTimeoutMs, signal);
            return typeof answer === 'string' ? answer : { path: request.path, status: answer.status, ms: answer.ms, body: answer.body };
        },
    }));
}

;// CONCATENATED MODULE: ./lib/smoke/stay-up.js


/** How long an image without HTTP must stay up. */
const stayUpMs = 5_000;
/** An image without HTTP has nothing to show but that it stays up. */
async function stayUp(host, container, contract, env, death, signal) {
    const waited = new AbortController();
    const stays = host.sleep(stayUpMs, AbortSignal.any([waited.signal, signal])).then(() => 'up', () => 'up');
    const end = await Promise.race([death.then(() => 'ended'), stays]);
    waited.abort();
    if (signal.aborted)
        return lib_outcome/* stopped */.ce;
    if (end === 'ended')
        return await (0,smoke_container/* postMortem */.DK)(host, container.name, env);
    return (0,lib_outcome/* passed */.bF)({
        imageId: container.imageId,
        port: 0,
        portFrom: contract.preset,
        preset: contract.preset,
        presetFrom: contract.by,
        stayedUpMs: stayUpMs,
        compared: false,
    });
}

// EXTERNAL MODULE: ./lib/smoke/waiting.js
var waiting = __webpack_require__(84602);
;// CONCATENATED MODULE: ./lib/smoke/until-predicts.js


const until_predicts_notYet = [502, 503, 504];
const againMs = 200;
/** Asks for predictions until no answer is that it is too early for one: of a server that tells its health by nothing else. */
async function untilPredicts(host, ask, untilMs, signal, say = () => { }) {
    const start = host.now();
    let told = start;
    for (;;) {
        const asked = await ask();
        const early = asked.find(({ answer }) => answer && until_predicts_notYet.includes(answer.status));
        if (!early || host.now() >= untilMs || signal.aborted)
            return asked;
        if (host.now() - told >= waiting/* tellEveryMs */.R) {
            told = host.now();
            const { request } = early.sample;
            const most = (0,amounts/* timeText */.Tc)(untilMs - start);
            say(`waiting for a prediction: ${(0,amounts/* timeText */.Tc)(told - start)} of at most ${most}; ${request.path} answered ${early.answer?.status}`);
        }
        await host.sleep(againMs, signal).catch(() => undefined);
    }
}

;// CONCATENATED MODULE: ./lib/smoke/examine.js











/** Of an answer the report keeps so much. */
const bodyKept = 20_000;
/** An output may hold 1 MiB. */
const samplesKept = 100;
/** Promised: a dead container is told within two seconds. */
const deathKnownMs = 1_900;
/**
 * What a running container is put through: it must become ready as its contract says, and predict. The first of these
 * that fails is the verdict; a container that ends meanwhile is one at once.
 */
async function examine(host, started, expected, smoke, image, env, log, signal) {
    const watch = new AbortController();
    const death = (0,smoke_container/* untilStopped */.sZ)(host, started.name, env, AbortSignal.any([watch.signal, signal]));
    try {
        if (!expected.http) {
            const stayed = await stayUp(host, started, expected, env, death, signal);
            return stayed.kind === 'passed' ? (0,lib_outcome/* passed */.bF)({ report: stayed.value, container: started, replays: [] }) : stayed;
        }
        const say = (text) => log.line((0,sanitise/* sanitiseLine */.lg)(text));
        const awaited = await (0,await_service/* awaitService */.m)(host, started, expected, smoke, image, env, death, say);
        const { readiness, contract, container } = awaited;
        if (signal.aborted)
            return lib_outcome/* stopped */.ce;
        if (readiness.kind === 'ended')
            return await (0,smoke_container/* postMortem */.DK)(host, container.name, env);
        if (readiness.kind !== 'ready')
            return await notReady(host, awaited, env);
        const good = readiness.goods.at(-1);
        const health = { path: good?.path ?? '', status: good?.status ?? 0, ms: readiness.afterMs, body: '' };
        const seen = {
            imageId: container.imageId,
            port: container.port,
            portFrom: contract.port.from,
            preset: contract.preset,
            presetFrom: contract.by,
            health,
        };
        // Beside the prediction, which it does not hold up.
        const until = AbortSignal.any([watch.signal, signal]);
        const check = container.healthcheck && (0,healthcheck/* runHealthcheck */.s)(host, container.name, container.healthcheck, env, until);
        check?.catch(() => undefined);
        const dead = death.then(() => 'ended');
        const protocol = { headers: contract.headers, ...(contract.predict.answer === undefined ? {} : { answer: contract.predict.answer }) };
        const prove = async () => {
            const samples = await findSamples(host, container, contract.predict.path, smoke, image, env, say);
            if (smoke.record !== undefined)
                return await (await __webpack_require__.e(/* import() */ 8315).then(__webpack_require__.bind(__webpack_require__, 88315))).record(host, container, samples, smoke.record);
            const ask = () => askSamples(host, container.baseUrl, samples, () => until.aborted, protocol);
            const untilMs = host.now() + contract.startTimeoutMs - readiness.afterMs;
            return (0,lib_outcome/* passed */.bF)(good?.proof === 'listening' ? await untilPredicts(host, ask, untilMs, until, say) : await ask());
        };
        const proving = await Promise.race([prove(), dead]);
        if (signal.aborted)
            return lib_outcome/* stopped */.ce;
        if (proving === 'ended')
            return await (0,smoke_container/* postMortem */.DK)(host, container.name, env);
        if (proving.kind !== 'passed')
            return proving;
        const asked = proving.value;
        if (asked.some(({ red }) => red)) {
            // A server that dies while it answers breaks the connection before the engine says so: on a busy machine a second.
            const broken = asked.some(({ answer }) => answer === undefined);
            const died = broken ? await Promise.race([dead, host.sleep(deathKnownMs).then(() => 'alive')]) : 'alive';
            if (died === 'ended' || !(await (0,smoke_container/* isRunning */.W_)(host, container.name, env)))
                return await (0,smoke_container/* postMortem */.DK)(host, container.name, env);
        }
        const judged = judgeAll(asked);
        if (judged.kind === 'failed') {
            const { code, message, evidence } = judged.red;
            const lines = code === 'predict-mismatch' ? [] : await (0,smoke_container/* lastLines */.w$)(host, container.name, env);
            return (0,lib_outcome/* failed */.gz)(code, message, [...evidence, ...lines]);
        }
        if (judged.kind !== 'passed')
            return judged;
        const first = asked.find(({ red }) => !red);
        const { answer, sample } = first ?? {};
        const unproven = unprovenText(asked);
        const own = await check;
        if (own !== undefined && own.kind !== 'passed')
            return own.kind === 'failed' ? own : lib_outcome/* stopped */.ce;
        const report = {
            ...seen,
            ...(answer && sample
                ? { predict: { path: sample.request.path, status: answer.status, ms: answer.ms, body: answer.body.slice(0, bodyKept) } }
                : {}),
            compared: judged.value.some(({ compared, result }) => compared && result === 'passed'),
            ...(judged.value.length > 0 ? { samples: judged.value.slice(0, samplesKept), sampleCount: judged.value.length } : {}),
            ...(unproven === undefined ? {} : { unproven }),
        };
        return (0,lib_outcome/* passed */.bF)({ report, container, replays: replaysOf(asked, contract) });
    }
    finally {
        watch.abort();
    }
}

// EXTERNAL MODULE: ./lib/smoke/candidates.js
var candidates = __webpack_require__(61007);
;// CONCATENATED MODULE: ./lib/smoke/distrust.js
/** By which services say, beside a prediction, that they have no real model. */
const dummy = /"(model(?:_?(?:version|name|type|source|id|path))?|version)"\s*:\s*"((?:dummy|mock|fake|stub|placeholder)(?:[-_ ]?(?:model|predictor|v?\d[\w.]*))?)"/i;
/** Literals that Python's json writes and JSON does not have. */
const notJson = /(?:^|[[,:])\s*(-?(?:NaN|Infinity))\s*(?=[\],}]|$)/;
/** A number that was lost on its way: pydantic writes NaN as null. */
const lost = /"(predictions?)"\s*:\s*(?:\[\s*)*null/i;
/** The text of a JSON without what its strings hold. */
const bare = (body) => body.replace(/"(?:[^"\\]|\\.)*"/g, '""');
/**
 * Why an answer with a good status is no prediction; undefined for one that may be. `expected` is what the user expects:
 * who asks for a stand-in by its name gets it.
 */
function distrust({ method, path, status, body }, expected = '') {
    const proof = `${method} ${path} answered ${status}: ${body.slice(0, 300)}`;
    const [, key, value = ''] = dummy.exec(body) ?? [];
    if (key !== undefined && !expected.includes(value)) {
        return {
            code: 'dummy-model',
            message: `${path} answered by a stand-in: "${key}" is "${value}".`,
            evidence: [proof, 'fix: COPY models/ ./models/    # and raise at the start where the model is missing, in place of a stand-in'],
        };
    }
    const number = notJson.exec(bare(body))?.[1] ?? (lost.test(body) && !expected.includes('null') ? 'null' : undefined);
    if (number === undefined)
        return undefined;
    return {
        code: 'nan-answer',
        message: `${path} answered ${number}, which is no prediction${number === 'null' ? '' : ' and no JSON'}.`,
        evidence: [
            proof,
            'fix: if not math.isfinite(score): raise HTTPException(422, "not a number")    # and impute what is missing in the input',
        ],
    };
}

;// CONCATENATED MODULE: ./lib/smoke/explain.js



/** What says how far a service came and not why: these are looked into. */
const unexplained = new Set([
    'container-not-started',
    'container-exited',
    'container-out-of-memory',
    'not-listening',
    'health-failed',
    'predict-failed',
    'predict-timeout',
]);
/**
 * The outcome with its cause: a red one gets the code of what it is recognised as, and an answer that no model gives
 * (`dummy`, NaN) is red though its status is 200. A green run pays nothing but the look at that answer.
 */
async function explain(host, outcome, { image, smoke, contract, container, seen }, env) {
    if (outcome.kind !== 'passed' && outcome.kind !== 'failed')
        return outcome;
    if (outcome.kind === 'passed' || outcome.red.code === 'predict-mismatch') {
        const answered = seen.exchanges().filter(({ method, status = 0 }) => method !== 'GET' && status >= 200 && status < 300);
        const own = smoke.samples?.map(({ expect }) => expect) ?? [];
        const expected = smoke.expectation || own.length > 0 ? JSON.stringify([smoke.expectation, ...own]) : '';
        // A request that nobody has vouched for may well be answered with NaN; a stand-in is one whatever it is asked.
        const vouched = outcome.kind === 'failed' || (outcome.value.samples ?? []).every(({ source }) => source !== 'invented' && source !== 'found');
        const found = answered.map((one) => distrust(one, expected)).find((red) => red !== undefined && (vouched || red.code !== 'nan-answer'));
        if (!found)
            return outcome;
        const evidence = outcome.kind === 'failed' ? [...found.evidence, ...outcome.red.evidence] : found.evidence;
        return { kind: 'failed', red: { ...found, evidence } };
    }
    if (!unexplained.has(outcome.red.code))
        return outcome;
    const [{ gatherEvidence }, { diagnose }] = await Promise.all([__webpack_require__.e(/* import() */ 3791).then(__webpack_require__.bind(__webpack_require__, 73791)), __webpack_require__.e(/* import() */ 6080).then(__webpack_require__.bind(__webpack_require__, 26080))]);
    const expected = {
        ...{ container: container ?? (0,smoke_container/* containerName */.xN)(host.runId), port: contract.port.port, portFrom: contract.port.from },
        healthPath: contract.checks[0]?.path ?? candidates/* usualPaths */.Z[0],
        ...{ predictPath: contract.predict.path, startTimeoutMs: contract.startTimeoutMs },
        ...{ envNames: Object.keys(smoke.env), command: image.config.command, workingDirectory: image.config.workingDirectory },
    };
    const said = { step: outcome.red.code, exchanges: seen.exchanges(), origin: seen.origin(), said: outcome.red.evidence };
    const evidence = await gatherEvidence(host, expected, said, env);
    return { kind: 'failed', red: diagnose(outcome.red, evidence) };
}

// EXTERNAL MODULE: ./lib/smoke/gpu.js
var smoke_gpu = __webpack_require__(50327);
;// CONCATENATED MODULE: ./lib/smoke/measure/memory.js
/** Where the kernel keeps the peak of a control group, by the lines of /proc/PID/cgroup: of version 2, then of version 1. */
function peakFiles(cgroups, containerId) {
    const ours = cgroups.split('\n').flatMap((line) => {
        const [, controllers = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
        // A process of this machine may by chance have the number that one has on the engine's.
        return containerId !== '' && path.includes(containerId) ? [{ controllers, path }] : [];
    });
    return [
        ...ours.filter(({ controllers }) => controllers === '').map(({ path }) => `/sys/fs/cgroup${path}/memory.peak`),
        ...ours
            .filter(({ controllers }) => controllers.split(',').includes('memory'))
            .map(({ path }) => `/sys/fs/cgroup/memory${path}/memory.max_usage_in_bytes`),
    ];
}
const memory_bytesOf = (text) => {
    const [digits] = /^\d+/m.exec(text ?? '') ?? [];
    return digits === undefined ? undefined : Number(digits);
};
/** The most memory that a container on this machine had so far: bytes, with what the kernel caches of its files. */
function readPeak({ files }, pid, containerId) {
    const cgroups = pid > 0 ? files.readText(`/proc/${pid}/cgroup`) : undefined;
    return peakFiles(cgroups ?? '', containerId)
        .map((path) => memory_bytesOf(files.readText(path)))
        .find((bytes) => bytes !== undefined);
}
/** The same from inside the container, for an engine on another machine; undefined where the image has no `cat`. */
async function askPeak(host, name, env) {
    const files = ['/sys/fs/cgroup/memory.peak', '/sys/fs/cgroup/memory/memory.max_usage_in_bytes'];
    const said = await host.capture({ argv: ['docker', 'exec', name, 'cat', ...files], env }).catch(() => undefined);
    return memory_bytesOf(said?.stdout);
}

;// CONCATENATED MODULE: ./lib/smoke/measure/percentile.js
/** The nearest-rank percentile of sorted numbers, 0 < p <= 100: the smallest that p percent are not above. @throws RangeError of none */
function percentile(sorted, p) {
    const value = sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)];
    if (value === undefined)
        throw new RangeError('there is no percentile of no numbers');
    return value;
}

;// CONCATENATED MODULE: ./lib/smoke/measure/warm.js

/** Enough for percentiles; the tests may still run beside it. A limit is held against more. */
const mostCalls = 40;
const mostCallsForLimit = 100;
/** A fast server is done by then; a slow one is not waited for. */
const boxMs = 250;
/** With a limit there are enough calls for its percentile, if they are as fast as it says. */
const callsForLimit = 20;
const longestBoxMs = 10_000;
/** How long may be measured: longer where there is a limit to be held. */
function warmBudget(maxLatencyMs) {
    return maxLatencyMs === undefined
        ? boxMs
        : Math.min(Math.max(boxMs, callsForLimit * maxLatencyMs), Math.max(longestBoxMs, maxLatencyMs + boxMs));
}
const warm_shown = (ms) => (Number.isFinite(ms) ? Math.round(ms * 10) / 10 : null);
/**
 * Sends the requests again, in turn and one at a time, until there are forty answers, a hundred with a limit, or the time is over. A call that
 * failed counts as one without end; one that is broken off because the time is over counts with the time it had, if that
 * is above the limit. Undefined when nothing came back.
 */
async function measureWarm(host, baseUrl, replays, maxLatencyMs, signal) {
    const stop = new AbortController();
    const until = AbortSignal.any([stop.signal, signal]);
    const over = host.sleep(warmBudget(maxLatencyMs), until).then(() => stop.abort(), () => undefined);
    const took = [];
    let failed = 0;
    const most = maxLatencyMs === undefined ? mostCalls : mostCallsForLimit;
    while (took.length < most && !until.aborted) {
        const replay = replays[took.length % replays.length];
        if (!replay)
            break;
        const start = host.now();
        const answer = await replay.send(host, baseUrl, until);
        if (typeof answer !== 'string' && answer.status >= 200 && answer.status < 300) {
            took.push(answer.ms);
        }
        else if (until.aborted) {
            const had = host.now() - start;
            if (maxLatencyMs !== undefined && had > maxLatencyMs && !signal.aborted)
                took.push(had);
        }
        else {
            failed++;
            took.push(Number.POSITIVE_INFINITY);
        }
    }
    stop.abort();
    await over;
    if (took.length === 0)
        return undefined;
    const sorted = took.toSorted((a, b) => a - b);
    const [p50, p95, p99] = [50, 95, 99].map((p) => warm_shown(percentile(sorted, p)));
    const times = took.flatMap((ms) => warm_shown(ms) ?? []);
    return { calls: took.length, failed, concurrency: 1, p50: p50 ?? null, p95: p95 ?? null, p99: p99 ?? null, times };
}

;// CONCATENATED MODULE: ./lib/smoke/measure/measure.js





/** Clocks of two machines differ; of one, the engine is no further ahead of us than this (ms). */
const longestLead = 10_000;
/** From the start of the container by the engine's clock, where that is ours; else from when we began to ask, at `at`. */
function coldStartOf(at, startedAt, firstAnswerMs) {
    const lead = startedAt === undefined ? Number.NaN : at - startedAt;
    return Math.round(firstAnswerMs + (lead >= 0 && lead <= longestLead ? lead : 0));
}
/**
 * Measures a container whose answers were good: its start, its predictions when warm, its memory. Red is what is slower
 * than `max-latency`, and a server that dies of being asked again.
 */
async function measure(host, { report, container, replays }, at, maxLatencyMs, env, signal) {
    if (!report.health)
        return (0,lib_outcome/* passed */.bF)(report);
    const { pid = 0, id = '' } = container;
    const near = readPeak(host, pid, id) !== undefined;
    const [warm, far] = await Promise.all([
        replays.length > 0 ? measureWarm(host, container.baseUrl, replays, maxLatencyMs, signal) : undefined,
        near ? undefined : askPeak(host, container.name, env),
    ]);
    if (signal.aborted)
        return lib_outcome/* stopped */.ce;
    if (warm && warm.failed > 0) {
        const found = await (0,smoke_container/* inspect */.Nn)(host, container.name, env);
        if (!found?.State.Running)
            return await (0,smoke_container/* postMortem */.DK)(host, container.name, env);
    }
    const peakMemory = near ? readPeak(host, pid, id) : far;
    const measured = {
        coldStart: coldStartOf(at, container.startedAt, report.health.ms),
        ...(report.predict ? { firstPredict: report.predict.ms } : {}),
        ...(warm ? { warm } : {}),
        ...(peakMemory === undefined ? {} : { peakMemory }),
    };
    const slow = maxLatencyMs === undefined ? undefined : tooSlow(warm, maxLatencyMs);
    return slow === undefined ? (0,lib_outcome/* passed */.bF)({ ...report, measured }) : (0,lib_outcome/* failed */.gz)('latency-exceeded', slow, [measuredText(measured)]);
}
function tooSlow(warm, maxLatencyMs) {
    if (!warm || (warm.p95 !== null && warm.p95 <= maxLatencyMs))
        return undefined;
    const calls = `${warm.calls} ${warm.calls === 1 ? 'call' : 'calls'}`;
    if (warm.p95 === null)
        return `${warm.failed} of ${calls} failed when the sample was asked again: no 95th percentile within ${maxLatencyMs} ms.`;
    return `Warm predictions take ${warm.p95} ms (95th percentile of ${calls}), max-latency is ${maxLatencyMs} ms.`;
}
const ms = (value) => (value === null ? 'failed' : (0,amounts/* callText */.WT)(value));
/** One line of all that was measured. */
function measuredText({ coldStart, firstPredict, warm, peakMemory }) {
    const calls = warm ? `${(0,amounts/* count */.U9)(warm.calls, 'call')}, one at a time${warm.failed > 0 ? `, ${warm.failed} failed` : ''}` : '';
    return [
        `first good answer after ${(0,amounts/* callText */.WT)(coldStart)}`,
        ...(firstPredict === undefined ? [] : [`first prediction ${(0,amounts/* callText */.WT)(firstPredict)}`]),
        ...(warm ? [`warm p50 ${ms(warm.p50)}, p95 ${ms(warm.p95)}, p99 ${ms(warm.p99)} (${calls})`] : []),
        ...(peakMemory === undefined ? [] : [`peak memory ${(0,amounts/* bytesText */.pV)(peakMemory)}`]),
    ].join(', ');
}

;// CONCATENATED MODULE: ./lib/smoke/witness.js

/** So much of a body is kept (bytes). */
const witness_kept = 4_096;
/** A host whose requests are remembered: of each method and path what it answered last, in the order they were first asked. */
function witness(host) {
    const seen = new Map();
    const note = (one) => seen.set(`${one.method} ${one.url.pathname}`, one);
    const request = async (asked) => {
        const { method } = asked;
        const url = new URL(asked.url);
        try {
            const answer = await host.request(asked);
            note({ method, url, status: answer.status, body: answer.body.slice(0, witness_kept) });
            return answer;
        }
        catch (error) {
            const before = seen.get(`${method} ${url.pathname}`);
            // A probe that is called off says nothing of the service, and silence nothing against an answer before it.
            if (!asked.signal?.aborted && before?.status === undefined)
                note({ method, url, error: (0,errors/* messageOf */.bD)(error) });
            throw error;
        }
    };
    return {
        host: { ...host, request },
        origin: () => [...seen.values()].at(-1)?.url.origin,
        exchanges: () => [...seen.values()].map(({ method, url, status, body, error }) => ({
            method,
            path: url.pathname,
            body: body ? new TextDecoder().decode(body) : '',
            ...(status === undefined ? {} : { status }),
            ...(error === undefined ? {} : { error }),
        })),
    };
}

;// CONCATENATED MODULE: ./lib/smoke/smoke.js












const alone = { address: smoke_address/* loopback */.uC, hold: false };
/**
 * Starts the image, waits for its health, asks for a prediction, and takes the container away again; of several
 * platforms one after the other, as models are large. `removal` may go on after the verdict: await it before the run
 * ends. With `hold` the last one stays up as `standing`.
 */
async function smokeTest(host, image, smoke, env, log, signal, around = alone) {
    const { runnables, untested } = image;
    if (!smoke.run)
        return { outcome: (0,lib_outcome/* skipped */.hT)(smoke.leftOut ?? 'smoke: false'), removal: Promise.resolve() };
    if (signal.aborted)
        return { outcome: lib_outcome/* stopped */.ce, removal: Promise.resolve() };
    if (runnables.length === 0)
        return { outcome: (0,lib_outcome/* skipped */.hT)(`accept: untested-platforms (${untested.join(', ')})`), removal: Promise.resolve() };
    const reports = [];
    const { rival } = around;
    let remembered;
    const remember = async ({ container, replays }) => {
        remembered = { replays, answers: await (0,compare/* answersOf */.Bw)(host, container.baseUrl, replays, signal) };
    };
    let removal = Promise.resolve();
    let standing;
    for (const [index, runnable] of runnables.entries()) {
        await removal;
        const hold = around.hold && index === runnables.length - 1;
        const ran = await smokeOne(host, image, runnable, smoke, env, log, signal, { ...around, hold }, rival && !remembered ? remember : undefined);
        removal = ran.removal;
        standing = ran.standing;
        if (ran.outcome.kind !== 'passed')
            return ran;
        reports.push(ran.outcome.value);
    }
    const [first, ...others] = reports;
    if (!first)
        return { outcome: lib_outcome/* stopped */.ce, removal };
    let comparison;
    if (rival && remembered && remembered.replays.length > 0) {
        // One model at a time, where nothing needs the first any more.
        await removal;
        const amid = { env, address: around.address };
        const compared = await (0,compare/* compareWith */.G_)(host, rival, remembered, smoke, amid, log, signal);
        if (compared.kind !== 'passed') {
            await standing?.remove();
            return { outcome: compared, removal };
        }
        comparison = compared.value;
    }
    const report = {
        ...first,
        ...(comparison ? { comparison } : {}),
        ...(others.length > 0 ? { others } : {}),
        ...(untested.length > 0 ? { untested } : {}),
    };
    return { outcome: (0,lib_outcome/* passed */.bF)(report), removal, ...(standing ? { standing } : {}) };
}
/** The port that a stack publishes of the service says more than its image. */
function inStack(contract, stack) {
    if (stack?.port === undefined || contract.port.from === 'input')
        return contract;
    return { ...contract, port: { port: stack.port, from: 'compose-file' } };
}
async function smokeOne(host, image, runnable, asked, env, log, signal, { stack, pulled, address, gpu, self, hold }, remember) {
    const wanted = gpu ? undefined : ((0,smoke_gpu/* gpuWanted */.U6)(asked, image.config) ?? (stack && (0,read.stackWantsGpu)(stack)));
    const smoke = wanted === undefined ? asked : { ...asked, args: (0,smoke_gpu/* withoutGpu */.rC)(asked.args) };
    const contract = inStack((0,smoke_contract/* expectService */.dn)(smoke, image.config), stack);
    const on = runnable.platform === undefined ? '' : ` on ${runnable.platform}`;
    const as = stack ? ` as ${stack.service} of its stack` : '';
    log.line(`starting ${runnable.id}${on}${as}; ${(0,smoke_contract/* contractText */.Wc)(contract)}${smoke.offline ? ', offline' : ''}`);
    const name = (0,smoke_container/* containerName */.xN)(host.runId);
    const away = [];
    const remove = async () => {
        for (const take of away.toReversed())
            await take();
    };
    let container;
    const seen = witness(host);
    const explaining = startAndJudge().then((outcome) => explain(host, outcome, { image, smoke, contract, container: container?.name, seen }, env));
    const judged = await explaining.catch(async (error) => {
        await remove();
        throw error;
    });
    const outcome = wanted === undefined
        ? judged
        : (0,smoke_gpu/* judgedWithoutGpu */.ab)(judged, { imageId: runnable.id, port: contract.port.port, portFrom: contract.port.from }, wanted);
    if (hold && container && outcome.kind === 'passed')
        return { outcome: named(outcome), removal: Promise.resolve(), standing: { container, remove } };
    return { outcome: named(outcome), removal: remove() };
    async function startAndJudge() {
        const started = await start();
        if (started.kind !== 'passed')
            return started;
        container = started.value;
        const { imageId, platform } = container;
        if (imageId !== runnable.id || (runnable.platform !== undefined && platform !== undefined && platform !== runnable.platform)) {
            throw new errors/* ActionError */.lZ('digest-mismatch', `The container runs ${imageId}${platform ? ` (${platform})` : ''}, not the image that was built (${runnable.id}${on}).`);
        }
        const at = host.now();
        const examined = await examine(seen.host, container, contract, smoke, image.config, env, log, signal);
        if (examined.kind !== 'passed')
            return stack ? (await __webpack_require__.e(/* import() */ 1898).then(__webpack_require__.bind(__webpack_require__, 21898))).withNeighbours(host, examined, env) : examined;
        const measured = await measure(host, examined.value, at, smoke.maxLatencyMs, env, signal);
        if (measured.kind === 'passed' && measured.value.measured)
            log.line(measuredText(measured.value.measured));
        if (measured.kind === 'passed')
            await remember?.(examined.value);
        return measured;
    }
    async function start() {
        // Only some runs are amid something.
        if (stack) {
            const [{ startStack, projectName, stackNetwork }, { removeProject }] = await Promise.all([
                __webpack_require__.e(/* import() */ 1898).then(__webpack_require__.bind(__webpack_require__, 21898)),
                Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 8192)),
            ]);
            away.push(() => removeProject(host, projectName(host.runId), env));
            const network = stackNetwork(stack, host.runId);
            if (self !== undefined && smoke.offline)
                away.push(() => host.capture({ argv: ['docker', 'network', 'disconnect', '--force', network, self], env }));
            const amid = { env, address, gpu: wanted === undefined, ...(self === undefined ? {} : { self }), ...(pulled ? { pulled } : {}) };
            return await startStack(host, stack, runnable, contract, smoke, amid, log, signal);
        }
        if (!smoke.offline) {
            away.push(() => (0,smoke_container/* removeContainer */.od)(host, name, env));
            return await (0,smoke_container/* startContainer */.YI)(host, runnable, contract, smoke, env, address);
        }
        const { makeCell } = await __webpack_require__.e(/* import() */ 7198).then(__webpack_require__.bind(__webpack_require__, 77198));
        const cell = await makeCell(host, self, env);
        if (cell.kind !== 'passed')
            return cell;
        away.push(cell.value.remove, () => (0,smoke_container/* removeContainer */.od)(host, name, env));
        return await (0,smoke_container/* startContainer */.YI)(host, runnable, contract, smoke, env, cell.value.address);
    }
    /** With the platform, where one was named. */
    function named(judged) {
        const { platform } = runnable;
        if (platform === undefined)
            return judged;
        if (judged.kind === 'passed')
            return (0,lib_outcome/* passed */.bF)({ ...judged.value, platform });
        if (judged.kind !== 'failed')
            return judged;
        const { code, message, evidence } = judged.red;
        if ((code === 'container-exited' || code === 'exec-format') && evidence.some((line) => /exec format error/i.test(line)))
            return (0,lib_outcome/* failed */.gz)('platform-untested', `This engine cannot run ${platform}: exec format error.`, evidence);
        return image.runnables.length > 1 ? (0,lib_outcome/* failed */.gz)(code, `On ${platform}: ${message}`, evidence) : judged;
    }
}

// EXTERNAL MODULE: ./lib/test/command.js
var test_command = __webpack_require__(52729);
// EXTERNAL MODULE: ./node_modules/fast-xml-parser/src/xmlparser/XMLParser.js + 23 modules
var XMLParser = __webpack_require__(41143);
;// CONCATENATED MODULE: ./lib/test/junit.js

/** Largest report that is read (characters). */
const largest = 64 << 20;
const longestMessage = 2_000;
const slowestTold = 5;
const worthTelling = 0.1;
const isNode = (value) => typeof value === 'object' && value !== null;
const asList = (value) => (Array.isArray(value) ? value : [value]).filter(isNode);
/** Characters given by number: line breaks and tabs of an attribute are, and the parser leaves them. */
const withCharacters = (text) => text.replace(/&#(\d{1,7});/g, (reference, code) => (Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : reference));
const attribute = (node, name) => typeof node[`@${name}`] === 'string' ? withCharacters(node[`@${name}`]) : '';
const amount = (node, name) => Number(attribute(node, name)) || 0;
const ofOthers = /^(\/|\.\.\/)|(^|\/)(site|dist)-packages\//;
/**
 * pytest writes no file attribute by default: the traceback ends in `tests/test_x.py:12: AssertionError`. Where that is in a
 * library, the last line of the project is what its people can mend.
 */
function placeOf(text) {
    const places = [...text.matchAll(/^([^\s:]+\.py):(\d+): /gm)];
    const [, file, line] = places.findLast(([, path = '']) => !ofOthers.test(path)) ?? places.at(-1) ?? [];
    return file && line ? { file, line: Number(line) } : {};
}
function nameOf(testCase) {
    return [attribute(testCase, 'classname').replaceAll('.', '/'), attribute(testCase, 'name')].filter(Boolean).join('::');
}
function failureOf(testCase) {
    const [given] = [testCase['failure'], testCase['error']].flatMap((value) => Array.isArray(value) ? value : value === undefined ? [] : [value]);
    if (given === undefined)
        return undefined;
    const found = isNode(given) ? given : { '#text': given };
    const text = typeof found['#text'] === 'string' ? found['#text'] : '';
    const name = nameOf(testCase);
    const said = attribute(found, 'message');
    // pytest says of a module it cannot import only that: the reason is the last line marked E.
    const reason = text
        .match(/^E\s+.*$/gm)
        ?.at(-1)
        ?.replace(/^E\s+/, '');
    const message = said === 'collection failure' && reason ? reason : said || (text.trim().split('\n').at(-1) ?? '');
    return { name, message: message.slice(0, longestMessage), ...placeOf(text) };
}
/** `<testsuites/>` without a suite: a runner that ran nothing. */
function isEmptyRoot(document) {
    return 'testsuites' in document && asList(document['testsuites']).every((root) => !('testsuite' in root));
}
/** Every test suite in a document, nested ones too. */
function suitesIn(node) {
    return asList(node['testsuite']).flatMap((suite) => [suite, ...suitesIn(suite)]);
}
/** Every suite and test of a report (pytest's xunit1 and xunit2); undefined when the text is none. Entities other than XML's own are not expanded. */
function readCases(xml) {
    if (xml.length > largest || /<!(DOCTYPE|ENTITY)/i.test(xml))
        return undefined;
    const parser = new XMLParser/* default */.A({
        ignoreAttributes: false,
        attributeNamePrefix: '@',
        parseTagValue: false,
        parseAttributeValue: false,
        ignoreDeclaration: true,
    });
    let document;
    try {
        document = parser.parse(xml, true);
    }
    catch {
        return undefined;
    }
    if (!isNode(document))
        return undefined;
    const root = isNode(document['testsuites']) ? document['testsuites'] : document;
    const suites = suitesIn(root);
    if (suites.length === 0 && !isEmptyRoot(document))
        return undefined;
    return { suites, cases: suites.flatMap((suite) => asList(suite['testcase'])) };
}
/**
 * Reads a JUnit XML report.
 * @returns undefined when the text is no such report
 */
function parseJunit(xml) {
    const read = readCases(xml);
    if (!read)
        return undefined;
    const { suites, cases } = read;
    const having = (element) => cases.filter((testCase) => element in testCase).length;
    return {
        tests: cases.length,
        failed: having('failure'),
        errors: cases.filter((testCase) => 'error' in testCase && !('failure' in testCase)).length,
        skipped: having('skipped'),
        seconds: suites.reduce((sum, suite) => sum + amount(suite, 'time'), 0),
        failures: cases.flatMap((testCase) => failureOf(testCase) ?? []),
        slowest: cases
            .map((testCase) => ({ name: nameOf(testCase), seconds: amount(testCase, 'time') }))
            .filter(({ seconds }) => seconds >= worthTelling)
            .sort((a, b) => b.seconds - a.seconds)
            .slice(0, slowestTold),
    };
}
/** The names of the tests that passed, in the order of the report. */
function passedTests(xml) {
    const passed = (testCase) => !['failure', 'error', 'skipped'].some((element) => element in testCase);
    return (readCases(xml)?.cases ?? []).filter(passed).map(nameOf);
}

;// CONCATENATED MODULE: ./lib/test/verdict.js

const importErrors = /\b(ModuleNotFoundError|ImportError)\b/;
/** What a red run with tests in it is called: an import that fails is told apart, as its remedy is another. */
function codeOfRed(report, lastLines, exitCode) {
    if (exitCode === 0)
        return 'tests-hidden-failures';
    const onlyImports = report
        ? report.failures.length > 0 && report.failures.every(({ message }) => importErrors.test(message))
        : lastLines.some((line) => importErrors.test(line));
    return onlyImports ? 'tests-import-error' : 'tests-failed';
}
/** Ended, report and rules -> red or green. An exit of 0 is believed only if the report does not contradict it. */
function judgeTests(run, acceptNone) {
    const { ended, report, lastLines } = run;
    if (ended.kind === 'stopped')
        return lib_outcome/* stopped */.ce;
    if (ended.kind === 'timeout')
        return (0,lib_outcome/* failed */.gz)('tests-timeout', `The tests were still running after ${run.timeoutMs / 1000} s.`, lastLines);
    if (ended.kind === 'killed')
        return (0,lib_outcome/* failed */.gz)('tests-crashed', `The test runner was ended by ${ended.signal}.`, lastLines);
    const { exitCode } = ended;
    const none = report !== undefined && report.tests === 0 && report.errors === 0;
    if ((run.pytest && exitCode === 5) || (exitCode === 0 && none)) {
        if (acceptNone)
            return (0,lib_outcome/* skipped */.hT)('no tests, which accept: no-tests permits');
        return exitCode === 0
            ? (0,lib_outcome/* failed */.gz)('tests-vacuous', 'The test runner ended with 0, and its report holds no test.', lastLines)
            : (0,lib_outcome/* failed */.gz)('tests-not-collected', 'No test was found to run (exit 5).', lastLines);
    }
    if (run.mustReport && !report)
        return (0,lib_outcome/* failed */.gz)('tests-crashed', `pytest ended with ${exitCode} and left no report.`, lastLines);
    const broken = report ? report.failed + report.errors : 0;
    if (report && broken === 0 && exitCode === 1)
        return (0,lib_outcome/* failed */.gz)('tests-failed', 'The tests passed, but the command ended with 1.', lastLines);
    if (broken > 0 || exitCode === 1) {
        const names = report?.failures.slice(0, 10).map(({ name, message }) => `${name}: ${message.split('\n')[0] ?? ''}`) ?? [];
        const count = report ? `${broken} of ${report.tests} tests failed` : `The tests failed (exit ${exitCode})`;
        const hidden = exitCode === 0 ? ', though the runner ended with 0' : '';
        return (0,lib_outcome/* failed */.gz)(codeOfRed(report, lastLines, exitCode), `${count}${hidden}.`, names.length > 0 ? names : lastLines);
    }
    if (exitCode !== 0)
        return (0,lib_outcome/* failed */.gz)('tests-crashed', `The test runner ended with ${exitCode}.`, lastLines);
    return (0,lib_outcome/* passed */.bF)(report ? { report } : {});
}

;// CONCATENATED MODULE: ./lib/test/conclude.js




/** The answer where there is nothing to run: red, unless the user accepts it. */
function withoutTests(inputs, message) {
    return inputs.accept.has('no-tests') ? (0,lib_outcome/* skipped */.hT)('no tests, which accept: no-tests permits') : (0,lib_outcome/* failed */.gz)('tests-not-found', message);
}
/** The verdict on tests that have ended, wherever they ran: by how they ended and the report they left at `path`, which is handed on. */
function conclude({ host, inputs, onReport }, ended, path, lines) {
    const { command, timeoutMs } = inputs.test;
    const xml = host.files.readUntrusted(path);
    const report = xml === undefined ? undefined : parseJunit(xml);
    if (report)
        onReport(report);
    const run = { ended, report, pytest: (0,test_command/* runsPytest */.G2)(command), mustReport: (0,test_command/* startsPytest */.VB)(command), timeoutMs, lastLines: lines.slice(-20) };
    const outcome = judgeTests(run, inputs.accept.has('no-tests'));
    return { outcome: inputs.attest === 'off' ? outcome : withNames(outcome, xml), ...(report ? { report } : {}) };
}
/** The verdict with the names of the tests that passed, of which a report tells nothing. */
function withNames(outcome, xml) {
    return outcome.kind !== 'passed' || xml === undefined ? outcome : (0,lib_outcome/* passed */.bF)({ ...outcome.value, passed: passedTests(xml) });
}

// EXTERNAL MODULE: ./lib/build/csv.js
var csv = __webpack_require__(44012);
// EXTERNAL MODULE: ./lib/host/environment.js
var host_environment = __webpack_require__(48647);
// EXTERNAL MODULE: ./lib/test/find.js
var find = __webpack_require__(99089);
// EXTERNAL MODULE: ./lib/test/environment.js
var test_environment = __webpack_require__(68225);
// EXTERNAL MODULE: ./lib/test/requirements.js + 1 modules
var test_requirements = __webpack_require__(23589);
// EXTERNAL MODULE: ./lib/test/uv.js
var test_uv = __webpack_require__(4553);
;// CONCATENATED MODULE: ./lib/test/overlay.js






/** Run inside the image: says what Python it is, in one line of JSON. */
const probeScript = [
    'import importlib.metadata as m, json, platform, sys',
    'musl = platform.libc_ver()[0] != "glibc"',
    'print(json.dumps({"version": "%d.%d" % sys.version_info[:2], "machine": platform.machine(), "musl": musl,',
    '  "packages": sorted({d.metadata["Name"] for d in m.distributions() if d.metadata["Name"]})}))',
].join('\n');
/** Reads what `probeScript` printed; undefined when that is something else. */
function readProbe(command, stdout) {
    try {
        const { version, machine, musl, packages } = JSON.parse(stdout);
        if (typeof version !== 'string' ||
            typeof machine !== 'string' ||
            !Array.isArray(packages) ||
            !packages.every((name) => typeof name === 'string'))
            return undefined;
        return { command, version, platform: `${machine}-${musl ? 'unknown-linux-musl' : 'manylinux_2_28'}`, packages };
    }
    catch {
        return undefined;
    }
}
/** Requirements that only the tests have: not the image's own, which are in it. */
function testOnly(host, cwd, given) {
    if (given === 'none')
        return [];
    if (given !== undefined)
        return given.flatMap((file) => ['-r', (0,external_node_path_.join)(cwd, file)]);
    const found = (0,test_requirements/* findRequirements */.o)(host.files, cwd, undefined);
    if (found.kind === 'files')
        return found.files.filter((file) => file !== 'requirements.txt').flatMap((file) => ['-r', (0,external_node_path_.join)(cwd, file)]);
    return [];
}
/**
 * Puts pytest and the test-only packages into a folder, for the Python of the image. What the image has is left out,
 * so that nothing of the image is hidden by it.
 */
async function makeOverlay(host, at, python, print, signal) {
    const env = (0,host_environment/* childEnvironment */.Qc)('installer', host.env);
    const target = (0,external_node_path_.join)(at.folder, 'overlay');
    const excludes = (0,external_node_path_.join)(at.folder, 'in-the-image.txt');
    host.files.writePrivate(excludes, `${python.packages.join('\n')}\n`);
    const wanted = [...testOnly(host, at.cwd, at.given), ...at.lines, ...test_environment/* testPackages */.cH];
    const forImage = ['--target', target, '--python', 'python3', '--python-version', python.version, '--python-platform', python.platform];
    const last = (0,lib_outcome/* tail */.RT)(20, print);
    const install = (uv) => host.stream({ argv: [uv, 'pip', 'install', ...forImage, '--only-binary', ':all:', '--excludes', excludes, ...wanted], env, cwd: at.cwd }, {
        signal,
        onLine: last.push,
    });
    let uv = await (0,test_uv/* findUv */.d4)(host, at.folder, env);
    if (!uv)
        return (0,lib_outcome/* failed */.gz)('tests-install-failed', 'test-in: image needs uv, which is not on PATH and could not be fetched.');
    let ended = await install(uv);
    if (ended.kind === 'exited' && ended.exitCode !== 0 && last.lines.some((line) => line.includes("'--excludes'"))) {
        // The job has a uv that cannot leave packages out yet.
        uv = await (0,test_uv/* fetchUv */.Ap)(host, at.folder, env);
        if (uv)
            ended = await install(uv);
    }
    if (ended.kind === 'stopped')
        return lib_outcome/* stopped */.ce;
    if (ended.kind === 'exited' && ended.exitCode === 0)
        return (0,lib_outcome/* passed */.bF)(target);
    return (0,lib_outcome/* failed */.gz)('tests-install-failed', `${wanted.join(' ')} could not be installed for Python ${python.version} of the image.`, last.lines);
}

// EXTERNAL MODULE: ./lib/test/pyproject.js
var test_pyproject = __webpack_require__(52332);
;// CONCATENATED MODULE: ./lib/test/in-image.js











/** Where things are in the container, beside what the image has. */
const inside = { overlay: '/ml-image/overlay', out: '/ml-image/out' };
/** What the tests consist of in a project: folders that hold test files, test files at its root, and pytest's settings. */
function testPaths(files, folder) {
    const names = files.list(folder).filter((name) => !name.startsWith('.'));
    const folders = names.filter((name) => /^tests?$/.test(name) && files.kind((0,external_node_path_.join)(folder, name)) === 'directory' && (0,find/* hasPytestFiles */.d)(files, (0,external_node_path_.join)(folder, name)));
    const settings = names.filter((name) => /^(conftest\.py|pytest\.ini|tox\.ini|setup\.cfg|pyproject\.toml)$/.test(name));
    return { tests: [...folders, ...names.filter(find/* isTestFile */.h)], settings };
}
/** Programs that may be the Python of the service: beside the one that CMD starts, else by name. */
function pythonCandidates(command) {
    const [program = ''] = command;
    const beside = program.startsWith('/')
        ? [external_node_path_.posix.join(external_node_path_.posix.dirname(program), 'python3'), external_node_path_.posix.join(external_node_path_.posix.dirname(program), 'python')]
        : [];
    return [...beside, 'python3', 'python'];
}
/** argv of the container that runs the tests: the image as it is, no capabilities, no sockets, what is ours read-only. */
function inImageArgv(runId, image, python, run) {
    return [
        ...['docker', 'run', '--pull', 'never', '--name', `${(0,smoke_container/* containerName */.xN)(runId)}-test`, '--label', `${smoke_container/* runLabel */.Az}=${runId}`],
        ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
        ...run.mounts.flatMap(({ source, target, writable }) => [
            '--mount',
            ['type=bind', `source=${source}`, `target=${target}`, ...(writable ? [] : ['readonly'])].map(csv/* csvField */.X).join(','),
        ]),
        ...(0,host_environment/* containerVariables */.JO)(run.env).args,
        ...['--workdir', run.workingDirectory, '--entrypoint', run.arguments[0] ?? python.command, image],
        ...run.arguments.slice(1),
    ];
}
async function findPython(session, image, env) {
    for (const command of pythonCandidates(image.config.command)) {
        const argv = [
            'docker',
            'run',
            '--rm',
            '--pull',
            'never',
            '--network',
            'none',
            '--label',
            `${smoke_container/* runLabel */.Az}=${session.host.runId}`,
            '--entrypoint',
            command,
            image.digest,
            '-c',
            probeScript,
        ];
        const { exitCode, stdout } = await session.host.capture({ argv, env });
        const found = exitCode === 0 ? readProbe(command, stdout.trim()) : undefined;
        if (found)
            return found;
    }
    return undefined;
}
/** Runs the tests in a container of the built image: its own Python and packages, its own model. */
async function runTestsInImage(session, image) {
    const { host, inputs, log, signal } = session;
    const { test, workingDirectory: cwd } = inputs;
    if (!test.run)
        return (0,lib_outcome/* skipped */.hT)(test.leftOut ?? 'test: false');
    const { tests, settings } = testPaths(host.files, cwd);
    if (tests.length === 0 && test.command === undefined)
        return withoutTests(inputs, 'There is no tests folder and no test_*.py or *_test.py in the working directory.');
    const env = (0,host_environment/* childEnvironment */.Qc)('engine', host.env);
    const folder = host.files.makeTemp('test');
    host.leave({ kind: 'folder', path: folder });
    host.leave({ kind: 'containers', runId: host.runId });
    try {
        const print = (0,sanitise/* bounded */.Mm)((line) => log.line((0,sanitise/* sanitiseLine */.lg)(line)));
        const python = await findPython(session, image, env);
        if (!python)
            return (0,lib_outcome/* failed */.gz)('test-image-unsuitable', `No Python was found in the image (tried ${pythonCandidates(image.config.command).join(', ')}).`);
        const pyproject = (0,test_pyproject/* readPyproject */.x)(host.files.readText((0,external_node_path_.join)(cwd, 'pyproject.toml')) ?? '');
        const overlay = await makeOverlay(host, { folder, cwd, given: test.requirements, lines: test.requirements ? [] : (pyproject?.testDependencies ?? []) }, python, print, signal);
        if (overlay.kind !== 'passed')
            return overlay;
        log.line(`environment: Python ${python.version} and ${python.packages.length} packages of the image`);
        const out = (0,external_node_path_.join)(folder, 'out');
        host.files.makeFolder(out);
        host.files.share(out, 'write');
        host.files.share(overlay.value, 'read');
        const at = image.config.workingDirectory;
        const mounts = [
            { source: overlay.value, target: inside.overlay },
            { source: out, target: inside.out, writable: true },
            ...[...tests, ...settings].map((name) => ({ source: (0,external_node_path_.join)(cwd, name), target: external_node_path_.posix.join(at, name) })),
        ];
        const variables = {
            ...test.env,
            PYTHONPATH: [image.config.env['PYTHONPATH'], inside.overlay].filter(Boolean).join(':'),
            PYTHONDONTWRITEBYTECODE: '1',
            PYTHONUNBUFFERED: '1',
            PYTEST_ADDOPTS: (0,test_command/* pytestOptions */.EH)(inside.out, test.env['PYTEST_ADDOPTS'], '/tmp/pytest-cache'),
        };
        const words = test.command === undefined
            ? [python.command, '-m', 'pytest', ...tests]
            : ['sh', '-ec', test.command.replace(/^pytest\b/, `${python.command} -m pytest`)];
        const argv = inImageArgv(host.runId, image.digest, python, { mounts, env: variables, workingDirectory: at, arguments: words });
        const last = (0,lib_outcome/* tail */.RT)(60, print);
        const ended = await host.stream({ argv, env: { ...env, ...(0,host_environment/* containerVariables */.JO)(variables).env } }, {
            signal,
            timeoutMs: test.timeoutMs,
            mostBytes: sanitise/* longestOutput */.K8,
            onLine: last.push,
        });
        return conclude(session, ended, (0,external_node_path_.join)(out, 'junit.xml'), last.lines).outcome;
    }
    finally {
        // The client's end is not the container's.
        await (0,smoke_container/* removeContainer */.od)(host, `${(0,smoke_container/* containerName */.xN)(host.runId)}-test`, env);
        host.files.remove(folder);
    }
}

;// CONCATENATED MODULE: ./lib/test/in-target.js



/**
 * The verdict on a stage of the Dockerfile that tests. A stage that runs the tests is red by its exit status; one of
 * files alone (`FROM scratch`) leaves `junit.xml`, and `status` with the exit code of a run that was not to fail it.
 */
function judgeStage(stage, timeoutMs, acceptNone, onReport) {
    if (stage.outcome === 'stopped')
        return lib_outcome/* stopped */.ce;
    if (stage.outcome === 'timeout') {
        const [step = '', ...output] = stage.output;
        return (0,lib_outcome/* failed */.gz)('tests-timeout', `The test stage of the Dockerfile was still at ${step} after ${timeoutMs / 1000} s.`, output.slice(-20));
    }
    if (stage.outcome === 'failed') {
        const last = stage.output.slice(-20);
        // As many as an annotation shows.
        const evidence = last.slice(-10);
        const red = last.some((line) => /\b(ModuleNotFoundError|ImportError)\b/.test(line))
            ? { code: 'tests-import-error', message: 'The test stage of the Dockerfile is red: an import failed.', evidence }
            : { code: 'tests-failed', message: `The test stage of the Dockerfile is red: ${stage.output[0] ?? ''}`, evidence };
        return { kind: 'failed', red: { ...red, ...stage.why } };
    }
    const report = stage.junit === undefined ? undefined : parseJunit(stage.junit);
    if (report)
        onReport(report);
    if (stage.junit !== undefined && !report)
        return (0,lib_outcome/* failed */.gz)('tests-crashed', 'junit.xml of the test stage is no JUnit report.');
    if (stage.status === undefined && report === undefined)
        return (0,lib_outcome/* passed */.bF)({});
    const exitCode = /^\s*\d{1,3}\s*$/.test(stage.status ?? '0') ? Number(stage.status ?? '0') : undefined;
    if (exitCode === undefined)
        return (0,lib_outcome/* failed */.gz)('tests-crashed', `status of the test stage is "${stage.status?.slice(0, 40)}", not an exit code.`);
    if (acceptNone && exitCode === 5)
        return (0,lib_outcome/* skipped */.hT)('no tests, which accept: no-tests permits');
    return judgeTests({ ended: { kind: 'exited', exitCode }, report, pytest: true, mustReport: false, timeoutMs, lastLines: [] }, acceptNone);
}

// EXTERNAL MODULE: ./lib/build/context.js
var build_context = __webpack_require__(99411);
;// CONCATENATED MODULE: ./lib/test/context-changes.js


/** Looks at the files that a build would be sent: what `.dockerignore` leaves out is left out here. */
function contextState(files, context) {
    const { paths, ignores, complete } = (0,build_context/* readContext */.y)(files, context);
    if (!complete)
        return new Map();
    return new Map(paths.flatMap((path) => {
        const stamp = files.stamp((0,external_node_path_.join)(context, path));
        return stamp === undefined || ignores(path) ? [] : [[path, stamp]];
    }));
}
/** Files that are new or other than before, by name. */
function changedFiles(before, after) {
    if (before.size === 0)
        return [];
    return [...after].flatMap(([path, stamp]) => (before.get(path) === stamp ? [] : [path])).sort();
}
/** The warning about tests that change what the image is being built from; undefined when they do not. */
function dirtyWarning(changed) {
    if (changed.length === 0)
        return undefined;
    const named = changed.slice(0, 5).join(', ');
    const more = changed.length > 5 ? ` and ${changed.length - 5} more` : '';
    return `The tests wrote into the build context while the image was built from it: ${named}${more}. If the image needs them, set test-first: true; else let the tests write elsewhere, or name them in .dockerignore.`;
}

// EXTERNAL MODULE: ./lib/test/dependency-cache.js
var dependency_cache = __webpack_require__(77136);
// EXTERNAL MODULE: ./lib/model/artefacts.js
var artefacts = __webpack_require__(95370);
;// CONCATENATED MODULE: ./lib/test/hints.js



const missingFile = /No such file or directory: ['"]?([^'"\n]+?)['"]?(?=$|[\s'")\]])/gm;
/** Whether an instruction may make the file: one that runs something with its name in it, or copies it, its folder or all from a stage. */
function makes(instruction, path) {
    const file = (0,external_node_path_.basename)(path);
    if (/^RUN\s/i.test(instruction))
        return instruction.includes(file);
    const folder = (0,external_node_path_.basename)((0,external_node_path_.dirname)(path));
    const words = instruction.split(/\s+/).filter((word) => !word.startsWith('--'));
    return words.slice(1).some((word) => [file, folder, '.', ''].includes((0,external_node_path_.basename)(word)));
}
/** The model that a test did not find though a stage of the Dockerfile makes it; undefined when that is not it. */
function modelOnlyInImage(output, dockerfile) {
    const paths = [...output.matchAll(missingFile)].map(([, path = '']) => path);
    const instructions = [...dockerfile.replace(/\\\r?\n/g, ' ').matchAll(/^[ \t]*((?:COPY\s.*--from=|RUN\s).*)$/gim)].map(([, line = '']) => line);
    return paths.find((path) => (0,artefacts/* isModelFile */.i)(path) && instructions.some((instruction) => makes(instruction, path)));
}
/** Adds to a red run what the output lets one guess: a model the tests cannot have here, a variable they do not see. */
function withHints(red, output, dockerfile, job, env) {
    const model = red.code === 'tests-failed' || red.code === 'tests-import-error' ? modelOnlyInImage(output, dockerfile) : undefined;
    if (model !== undefined)
        return {
            code: 'model-only-in-image',
            message: `${red.message} ${model} is not here: the build of the image makes it.`,
            evidence: red.evidence,
        };
    const missed = (0,host_environment/* withheldNames */.sy)(job, env).filter((name) => name.length > 3 && /^\w+$/.test(name) && new RegExp(`\\b${name}\\b`).test(output));
    if (missed.length === 0)
        return red;
    return { ...red, evidence: [...red.evidence, `The tests do not see ${missed.join(', ')} of the job: name what they need in test-env.`] };
}

// EXTERNAL MODULE: ./lib/test/python.js
var test_python = __webpack_require__(99720);
;// CONCATENATED MODULE: ./lib/test/prepare.js





/** Whether there is something to be run on this machine. */
function testsHere(host, { test, workingDirectory }) {
    return test.run && test.place.kind === 'runner' && (test.command !== undefined || (0,find/* hasPytestFiles */.d)(host.files, workingDirectory));
}
/** Begins to make the environment; it needs nothing of the engine, and takes longer than finding one. */
function prepareTests(host, { test, workingDirectory: cwd, build }, signal) {
    const folder = host.files.makeTemp('test');
    host.leave({ kind: 'folder', path: folder });
    const waiting = [];
    let give = (line) => void waiting.push(line);
    const print = (0,sanitise/* bounded */.Mm)((line) => give((0,sanitise/* sanitiseLine */.lg)(line)));
    const requirements = (0,test_requirements/* findRequirements */.o)(host.files, cwd, test.requirements);
    const wanted = (0,test_python/* wantedPython */.u2)(host, cwd, test.pythonVersion, build);
    const over = new AbortController();
    const environment = (0,test_environment/* makeEnvironment */.oV)(host, { folder, cwd, requirements, wanted }, print, host.log.notice, AbortSignal.any([signal, over.signal]));
    const ended = environment.then(() => undefined, () => undefined);
    let gone;
    return {
        folder,
        environment,
        follow: (to) => {
            give = to;
            for (const line of waiting.splice(0))
                to(line);
        },
        dispose: () => {
            over.abort();
            gone ??= ended.then(() => host.discard(folder));
            return gone;
        },
    };
}

;// CONCATENATED MODULE: ./lib/test/run.js












/** Runs the tests of the project on this machine. */
async function runTests(session) {
    const { host, inputs, log, signal, background } = session;
    const { test, workingDirectory: cwd, build } = inputs;
    if (!test.run)
        return (0,lib_outcome/* skipped */.hT)(test.leftOut ?? 'test: false');
    if (test.command === undefined && !(0,find/* hasPytestFiles */.d)(host.files, cwd))
        return withoutTests(inputs, 'There is no test_*.py or *_test.py in the working directory.');
    const prepared = session.prepared ?? prepareTests(host, inputs, signal);
    const { folder } = prepared;
    try {
        prepared.follow(log.line);
        const environment = await prepared.environment;
        const print = (0,sanitise/* bounded */.Mm)((line) => log.line((0,sanitise/* sanitiseLine */.lg)(line)));
        if (environment.kind !== 'passed')
            return environment;
        const { variables, python, how, version, cache } = environment.value;
        log.line(`environment: ${how}`);
        const mismatch = (0,test_python/* mismatchWarning */.VN)(version, build);
        if (mismatch)
            host.log.warning(mismatch);
        const env = (0,host_environment/* childEnvironment */.Qc)('code', host.env, {
            ...variables,
            // Nothing is written into the folder that is being sent as the build context.
            PYTHONDONTWRITEBYTECODE: '1',
            PYTHONUNBUFFERED: '1',
            COVERAGE_FILE: (0,external_node_path_.join)(folder, 'coverage'),
            ...test.env,
            PYTEST_ADDOPTS: (0,test_command/* pytestOptions */.EH)(folder, test.env['PYTEST_ADDOPTS']),
        });
        const report = (0,test_command/* reportPath */.eG)(test, folder, cwd);
        // A report of an earlier run must not speak for this one.
        if (!report.startsWith(folder) && host.files.kind(report) === 'file')
            host.files.remove(report);
        const before = test.first ? undefined : contextState(host.files, build.context);
        const last = (0,lib_outcome/* tail */.RT)(60, print);
        const ended = await host.stream({ argv: (0,test_command/* testArgv */.vU)(test.command, python), env, cwd }, {
            signal,
            timeoutMs: test.timeoutMs,
            mostBytes: sanitise/* longestOutput */.K8,
            onLine: last.push,
        });
        const dirty = before && dirtyWarning(changedFiles(before, contextState(host.files, build.context)));
        if (dirty)
            host.log.warning(dirty);
        const changed = host.changedCommandFiles();
        if (changed.length > 0)
            return (0,lib_outcome/* failed */.gz)('runner-files-changed', `The tests changed ${changed.join(', ')}.`);
        const { outcome, report: found } = conclude(session, ended, report, last.lines);
        if (outcome.kind === 'passed' && cache)
            background((0,dependency_cache/* saveDependencies */.JA)(host, cache.cache, cache.restored, host.log.notice));
        if (outcome.kind !== 'failed')
            return outcome;
        const output = [...last.lines, ...(found?.failures.map(({ message }) => message) ?? [])].join('\n');
        return { kind: 'failed', red: withHints(outcome.red, output, build.dockerfile, host.env, env) };
    }
    finally {
        // Thousands of files, which nobody need wait for.
        background(prepared.dispose());
    }
}

;// CONCATENATED MODULE: ./lib/gates.js











function test({ host, inputs, stages, prepared, onReport, background }, runner) {
    return stages.run('test', (log) => runner({ host, inputs, log, signal: stages.signal, prepared, onReport, background }), report_text/* testDetail */._0);
}
async function build({ host, stages, order, buildEnv, onImage, take }) {
    const make = (log) => (take ? take(log, stages.signal) : buildImage(host, order, buildEnv, log, stages.signal));
    const image = await stages.run('build', make, report_text/* buildDetail */.AY);
    if (image.kind === 'passed')
        onImage(image.value);
    return image;
}
async function smoke({ host, inputs, stages, order, env, around, background, rivalOf, onStanding }, image) {
    if (image.kind !== 'passed' || stages.signal.aborted)
        return lib_outcome/* stopped */.ce;
    return await stages.run('smoke', async (log) => {
        const rival = rivalOf?.(image.value.taken === undefined ? order.labels : image.value.config.labels);
        const amid = { ...around, hold: inputs.smoke.gateCommand !== undefined, ...(rival ? { rival } : {}) };
        const { outcome, removal, standing } = await smokeTest(host, image.value, inputs.smoke, env, log, stages.signal, amid);
        background(removal);
        if (standing)
            onStanding?.(standing);
        return outcome;
    }, report_text/* smokeDetail */.ZJ);
}
const unasked = (0,lib_outcome/* skipped */.hT)('no metrics-file');
function quality({ stages, judgeMetrics }, inEngine) {
    return stages.run('quality', (log) => judgeMetrics(inEngine, log), report_text/* qualityDetail */.HE);
}
/** A file of the workspace, where no test runs here that could write it. */
async function qualityAtOnce(context) {
    return context.inputs.quality.file?.kind === 'workspace' ? await quality(context) : unasked;
}
/** The search for secrets, and the limits of its size. */
async function inspect(context, image) {
    const { host, inputs, stages, env, notice, searched, onName, onSeen, keeper, seek, onSize = () => { } } = context;
    return await stages.run('inspect', async (log) => {
        if (!inputs.leaks.check && !(0,inputs_inputs/* limitsSize */.mK)(inputs.size))
            return (0,lib_outcome/* skipped */.hT)('leak-check: false');
        const { inspectWhole } = await __webpack_require__.e(/* import() */ 7310).then(__webpack_require__.bind(__webpack_require__, 17310));
        const amid = { env, log, signal: stages.signal, notice, searched, onName, onSeen, keeper };
        return await inspectWhole({ ...amid, host, image, inputs, seek, onSize });
    }, report_text/* inspectDetail */.gI);
}
/** The smoke test, and beside it what the metrics in the image say and whether there are secrets in it. */
async function judgeImage(context, image) {
    const { inputs, stages, env } = context;
    if (image.kind !== 'passed' || stages.signal.aborted)
        return { smoked: lib_outcome/* stopped */.ce, quality: lib_outcome/* stopped */.ce, inspected: lib_outcome/* stopped */.ce };
    const inImage = inputs.quality.file?.kind === 'image';
    const [smoked, inspected, judged] = await Promise.all([
        smoke(context, image),
        inspect(context, image.value),
        inImage ? quality(context, { image: image.value, env, signal: stages.signal }) : unasked,
    ]);
    return { smoked, quality: judged, inspected };
}
/**
 * A file of the workspace is judged when the run starts, if it is there; and when the tests have ended, if they have
 * written it.
 */
async function qualityAroundTests(context, tests) {
    const { host, inputs, stages } = context;
    const { file } = inputs.quality;
    if (file?.kind !== 'workspace')
        return unasked;
    const before = host.files.stamp(file.path);
    const first = (0,own/* metricsComeFirst */.eS)(inputs) && host.files.kind(file.path) !== undefined ? await quality(context) : undefined;
    if (first && first.kind !== 'passed')
        return first;
    await tests;
    if (stages.signal.aborted)
        return lib_outcome/* stopped */.ce;
    if (first && host.files.stamp(file.path) === before)
        return first;
    if (first)
        context.notice(`The tests have written ${file.given} anew: labels of the image have the metrics from before (test-first: true reads them after the tests).`);
    return await quality(context);
}
/** The tests on this machine, beside build and smoke, or before them. */
async function besideTests(context) {
    const testing = test(context, runTests);
    const judging = qualityAroundTests(context, testing);
    const making = async () => {
        const tested = context.inputs.test.first ? await testing : undefined;
        if (tested)
            await judging;
        if (context.stages.signal.aborted)
            return { image: lib_outcome/* stopped */.ce, inspected: lib_outcome/* stopped */.ce, smoked: lib_outcome/* stopped */.ce, quality: lib_outcome/* stopped */.ce };
        const known = tested?.kind === 'passed' || tested?.kind === 'skipped' ? tested.kind : undefined;
        const order = known ? { ...context.order, labels: await context.relabel(known) } : context.order;
        const image = await build({ ...context, order });
        return { image, ...(await judgeImage({ ...context, order }, image)) };
    };
    const [tests, judged, made] = await Promise.all([testing, judging, making()]);
    return { tests, ...made, quality: judged === unasked ? made.quality : judged };
}
/** The tests in the built image, beside its smoke test. */
async function testsInImage(context) {
    const early = qualityAtOnce(context);
    const image = await build(context);
    if (image.kind !== 'passed')
        return { tests: lib_outcome/* stopped */.ce, image, inspected: lib_outcome/* stopped */.ce, smoked: lib_outcome/* stopped */.ce, quality: await early };
    const [tests, judged] = await Promise.all([test(context, (session) => runTestsInImage(session, image.value)), judgeImage(context, image)]);
    return { tests, image, ...judged, ...(await chosen(early)) };
}
/** What was judged before the image was there, if anything was. */
async function chosen(early) {
    const judged = await early;
    return judged === unasked ? {} : { quality: judged };
}
/** The tests as a stage of the one build. */
async function testsInBuild(context, stage) {
    const { host, inputs, stages, order, buildEnv, onImage, onReport } = context;
    const early = qualityAtOnce(context);
    let tested = { outcome: 'stopped', output: [] };
    const image = await stages.run('build', async (log) => {
        const built = await buildWithTests(host, order, { stage, timeoutMs: inputs.test.timeoutMs }, buildEnv, log, stages.signal);
        tested = built.tests;
        return built.image;
    }, report_text/* buildDetail */.AY);
    if (image.kind === 'passed')
        onImage(image.value);
    const tests = await test(context, async () => {
        const outcome = judgeStage(tested, inputs.test.timeoutMs, inputs.accept.has('no-tests'), onReport);
        return inputs.attest === 'off' ? outcome : withNames(outcome, tested.junit);
    });
    return { tests, image, ...(await judgeImage(context, image)), ...(await chosen(early)) };
}
/** The gates in the arrangement that `test-in` asks for; the first red one stops the others. */
async function firstGates(context) {
    const { test: asked } = context.inputs;
    if (!asked.run)
        return await besideTests({ ...context, inputs: { ...context.inputs, test: { ...asked, first: false } } });
    switch (asked.place.kind) {
        case 'runner':
            return await besideTests(context);
        case 'image':
            return await testsInImage(context);
        case 'target':
            return await testsInBuild(context, asked.place.stage);
    }
}
/** The user's own gate, when the others are green; the container that was smoked is still up. */
async function command({ host, inputs, stages }, gates, standing) {
    const { gateCommand } = inputs.smoke;
    const green = [gates.tests, gates.inspected, gates.smoked, gates.quality].every(({ kind }) => kind === 'passed' || kind === 'skipped');
    if (gateCommand === undefined)
        return (0,lib_outcome/* skipped */.hT)('no gate-command');
    const { image } = gates;
    if (image.kind !== 'passed' || !green || stages.signal.aborted)
        return lib_outcome/* stopped */.ce;
    const order = { command: gateCommand, cwd: inputs.workingDirectory, env: inputs.test.env, timeoutMs: inputs.test.timeoutMs };
    return await stages.run('gate', async (log) => {
        const { runGateCommand } = await __webpack_require__.e(/* import() */ 6930).then(__webpack_require__.bind(__webpack_require__, 96930));
        return await runGateCommand(host, order, image.value, standing?.container, log, stages.signal);
    }, () => 'passed');
}
/** Runs the gates: tests, build and smoke test, and when these are green the gate command. */
async function runGates(context) {
    let standing;
    try {
        const gates = await firstGates({
            ...context,
            onStanding: (one) => {
                standing = one;
            },
        });
        return { ...gates, commanded: await command(context, gates, standing) };
    }
    finally {
        if (standing)
            context.background(standing.remove());
    }
}

// EXTERNAL MODULE: ./lib/registry/digest.js
var registry_digest = __webpack_require__(82895);
;// CONCATENATED MODULE: ./lib/inspect/layers/kept.js

/** Of one part, and of all together (bytes): code and configuration are below, packages and weights above. */
const mostOfOne = 1 << 20;
const mostOfAll = 8 << 20;
function createKeeper() {
    const parts = new Map();
    let sum = 0;
    const keep = (digest, bytes) => {
        if (bytes.length > mostOfOne || sum + bytes.length > mostOfAll || parts.has(digest) || (0,registry_digest/* digestOf */.o)(bytes) !== digest)
            return;
        sum += bytes.length;
        parts.set(digest, bytes);
    };
    async function* along(digest, body) {
        const pieces = [];
        let bytes = 0;
        for await (const piece of body) {
            bytes += piece.length;
            if (bytes <= mostOfOne)
                pieces.push(piece);
            yield piece;
        }
        if (bytes <= mostOfOne)
            keep(digest, Buffer.concat(pieces));
    }
    return { keep, along: (digest, body, bytes) => (bytes !== undefined && bytes <= mostOfOne ? along(digest, body) : body), parts };
}

// EXTERNAL MODULE: ./lib/model/read.js + 5 modules
var model_read = __webpack_require__(66583);
// EXTERNAL MODULE: ./lib/model/with-metrics.js
var with_metrics = __webpack_require__(89921);
;// CONCATENATED MODULE: ./lib/on-demand.js
/** What could be better; never what a run fails by, unless that is asked for. */
async function openAdvice(host, inputs) {
    if (inputs.advice === 'off' || inputs.from)
        return undefined;
    const { adviseOn } = await Promise.all(/* import() */[__webpack_require__.e(8815), __webpack_require__.e(1992), __webpack_require__.e(7064)]).then(__webpack_require__.bind(__webpack_require__, 7064));
    return adviseOn(host, inputs);
}
/** In the beginning of a run others have more to do (ms). */
const busy = 1_000;
/** Advice that a run need not begin with: it is given in a quieter moment, or when it is asked for. */
function adviseLater(host, inputs) {
    const asked = new AbortController();
    const given = host
        .sleep(busy, asked.signal)
        .catch(() => undefined)
        .then(() => openAdvice(host, inputs));
    given.catch(() => undefined);
    return () => {
        asked.abort();
        return given;
    };
}
/** Most runs attest nothing, and load nothing of it. */
async function openAttestation(order) {
    if (order.inputs.attest === 'off' || !order.plan.push.push)
        return undefined;
    const { openAttestor } = await __webpack_require__.e(/* import() */ 7705).then(__webpack_require__.bind(__webpack_require__, 87705));
    return openAttestor(order);
}
/** Most runs have no use for the image before them. */
async function askPrevious(asking) {
    const { smoke, quality } = asking.inputs;
    if (smoke.compare.kind === 'off' && !quality.requirements.some(({ bound }) => bound.kind === 'previous'))
        return undefined;
    const { openPrevious } = await __webpack_require__.e(/* import() */ 9525).then(__webpack_require__.bind(__webpack_require__, 49525));
    return openPrevious(asking);
}
/** Which layers were searched for secrets before is asked beside the build. */
async function askSearched(host, inputs, plan, env, seek) {
    if (!inputs.leaks.check)
        return new Set();
    const { searchedBefore } = await __webpack_require__.e(/* import() */ 8827).then(__webpack_require__.bind(__webpack_require__, 78827));
    return await searchedBefore(host, plan, env, seek.ask);
}

// EXTERNAL MODULE: ./lib/outputs.js
var outputs = __webpack_require__(5077);
// EXTERNAL MODULE: ./lib/plan/labels.js + 2 modules
var plan_labels = __webpack_require__(24866);
// EXTERNAL MODULE: ./lib/plan/metadata.js
var metadata = __webpack_require__(63930);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./lib/build/cache/folder.js


/** Folders that a run beside this one may still read are left for so long (ms). */
const graceMs = 3_600_000;
/** The name of a folder that is whole; the time stands first, so that the last name is the newest. */
const named = /^(\d{13})-[0-9a-f]+$/;
const isWhole = (host, folder) => host.files.kind((0,external_node_path_.join)(folder, 'index.json')) === 'file';
function digestOf(host, folder) {
    const text = folder && host.files.readText((0,external_node_path_.join)(folder, 'index.json'));
    return text ? (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex').slice(0, 32) : undefined;
}
/**
 * Opens the cache of a scope. A folder is never written twice, so that runs beside each other read what does not
 * change: each run writes a new one, and the older go after an hour.
 */
async function openLocalCache(host, scope, write, notice) {
    const home = host.env['XDG_CACHE_HOME'] || (0,external_node_path_.join)(host.env['HOME'] ?? '/', '.cache');
    const root = (0,external_node_path_.join)(home, 'ml-image-action', 'layers', scope.replace(/[^\w.-]/g, '-'));
    const prefix = `ml-image-layers-${scope.replace(/,/g, '-')}-`;
    const kept = () => host.files
        .list(root)
        .filter((name) => named.test(name))
        .sort();
    const newest = () => kept()
        .map((name) => (0,external_node_path_.join)(root, name))
        .findLast((folder) => isWhole(host, folder));
    const service = host.packageCache;
    if (service && newest() === undefined)
        await service.restore(root, `${prefix}newest`, [prefix]).catch((error) => {
            notice(`The layer cache could not be restored (${error instanceof Error ? error.message : String(error)}).`);
        });
    const last = newest();
    const next = (0,external_node_path_.join)(root, `${String(host.now()).padStart(13, '0')}-${host.runId}`);
    if (write)
        host.files.makeFolder(root);
    return {
        folders: { ...(last === undefined ? {} : { last }), ...(write ? { next } : {}) },
        keep: async () => {
            if (!write)
                return;
            const digest = digestOf(host, next);
            if (digest === undefined || digest === digestOf(host, last)) {
                host.files.remove(next);
                return;
            }
            // What the cache service takes is the folder as it is: the last one would be in it twice.
            const old = kept().filter((name) => (0,external_node_path_.join)(root, name) !== next);
            for (const name of old) {
                const age = host.now() - Number(named.exec(name)?.[1]);
                if (service || age > graceMs)
                    host.files.remove((0,external_node_path_.join)(root, name));
            }
            await service?.save(root, `${prefix}${digest}`).catch((error) => {
                notice(`The layer cache could not be saved (${error instanceof Error ? error.message : String(error)}).`);
            });
        },
    };
}

;// CONCATENATED MODULE: ./lib/build/cache/gha/answer.js
/** An answer of the relay's own, in JSON as the service gives it. */
const answer = (status, body = '', headers = {}) => ({
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json', 'x-ms-request-id': 'relay', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
});
/** A field of the service's that should be text; it is not trusted to be. */
const textOf = (value) => (typeof value === 'string' ? value : '');

;// CONCATENATED MODULE: ./lib/build/cache/gha/index-entry.js
/** The name of an index without the number of its entry, if a key is that of one: `index-SCOPE-1-HASH#7`. */
function indexName(key) {
    return /^(index-.+-\d+-[0-9a-f]{8})(#\d*)?$/.exec(key)?.[1];
}
/** The keys of the layers that an index names; undefined when it is none (BuildKit, cache/remotecache/v1/spec.go). */
function layerKeys(text) {
    try {
        const { layers } = JSON.parse(text);
        return (layers ?? []).flatMap(({ blob }) => (typeof blob === 'string' ? [`buildkit-blob-1-${blob}`] : []));
    }
    catch {
        return undefined;
    }
}
/** What a run has read of indexes and what became of those it wrote. */
function createIndexes() {
    const read = new Map();
    const written = new Map();
    return {
        keep: (index) => void read.set(indexName(index.key) ?? index.key, index),
        /** What was read under a name, with or without a number. */
        read: (key) => read.get(indexName(key) ?? key),
        isSame: (key, text) => read.get(indexName(key) ?? key)?.text === text,
        /** The key that one was written by, which may be another than it was reserved by; `same` when it was not written. */
        place: (key, name) => void written.set(key, name),
        placed: (key) => written.get(key),
    };
}

;// CONCATENATED MODULE: ./lib/build/cache/gha/service.js
/** What a run does with the cache service: how long a call may take (ms), and how often it is tried. */
const servicePatience = { callMs: 5_000, tries: 3, pauseMs: 500, longestPauseMs: 5_000 };
/** Where version 2 of the service takes its calls. */
const twirp = '/twirp/github.actions.results.api.v1.CacheService/';
const retried = new Set([408, 429, 500, 502, 503, 504]);
function pauseOf({ headers }, tries) {
    const asked = Number(headers['retry-after']) * 1000;
    return asked > 0 ? asked : servicePatience.pauseMs * 2 ** tries;
}
function parseAnswer({ status, body }) {
    const text = new TextDecoder().decode(body);
    if (text === '')
        return { status, body: {} };
    const parsed = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null)
        throw new Error('no object');
    return { status, body: parsed };
}
const service_nameOf = (path) => path.split('?')[0]?.split('/').at(-1) ?? path;
/**
 * BuildKit waits for this service without any limit, holds every build of its engine meanwhile, and takes no 5xx for
 * a reason to ask again. So we ask in its place.
 */
function createCacheService(host, base, token) {
    let trouble;
    const giveUp = (why) => {
        trouble ??= why;
    };
    const ask = async (request, name) => {
        for (let tries = 1;; tries++) {
            if (trouble !== undefined)
                throw new Error(trouble);
            const answer = await host.request(request);
            if (!retried.has(answer.status)) {
                if (answer.status === 401 || answer.status === 403)
                    throw new Error(`${name} is answered with ${answer.status}`);
                return parseAnswer(answer);
            }
            const pause = pauseOf(answer, tries - 1);
            if (tries === servicePatience.tries || pause > servicePatience.longestPauseMs)
                throw new Error(`${name} is answered with ${answer.status}`);
            await host.sleep(pause);
        }
    };
    return {
        trouble: () => trouble,
        giveUp,
        forwarded: (path) => ({ url: `${base.replace(/\/$/, '')}${path}`, headers: { authorization: `Bearer ${token}` } }),
        call: async (method, path, body) => {
            const name = service_nameOf(path);
            const headers = {
                authorization: `Bearer ${token}`,
                accept: 'application/json;api-version=6.0-preview.1',
                ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            };
            try {
                return await ask({
                    method,
                    url: `${base.replace(/\/$/, '')}${path}`,
                    headers,
                    timeoutMs: servicePatience.callMs,
                    // Three calls for each layer.
                    reuse: true,
                    ...(body === undefined ? {} : { body }),
                }, name);
            }
            catch (error) {
                const said = error instanceof SyntaxError ? `${name} is answered with something else than JSON` : String(error.message);
                giveUp(said.includes(name) ? said : `${name}: ${said}`);
                throw new Error(trouble);
            }
        },
    };
}

;// CONCATENATED MODULE: ./lib/build/cache/gha/write-behind.js
/** So many are on their way at once. */
const blocksAtOnce = 4;
/** Nothing is on its way yet. `send` gives the status of the store, and never throws. */
function createWriteBehind() {
    const under = new Set();
    let failed;
    return {
        add: async (send) => {
            while (under.size >= blocksAtOnce && failed === undefined)
                await Promise.race(under);
            if (failed !== undefined)
                return failed;
            const one = send().then((status) => {
                if (status >= 300)
                    failed ??= status;
                under.delete(one);
            });
            under.add(one);
            return undefined;
        },
        settled: async () => {
            await Promise.all(under);
            return failed;
        },
    };
}

;// CONCATENATED MODULE: ./lib/build/cache/gha/blobs.js




/** A blob that stands still for so long (ms) is given up. */
const idleMs = 10_000;
/** After this (ms) from its first upload an export is cut off. */
const longestExportMs = 120_000;
/** So many answers of a blob store with 503 are left to BuildKit, which waits ten seconds, then thirty, and longer. */
const passedOn = 1;
/** A block up to this (bytes) is held; BuildKit sends 1 MiB, one after the other. */
const longestBlock = 4 << 20;
/** So long (ms) one may take: four at once then come to what the time of an export has room for. */
const blockMs = 20_000;
/** Until one is sent again (ms) that the store was too busy for. */
const blockPauseMs = 500;
/** An index beyond this (bytes) is none. */
const longestIndex = 16 << 20;
const saidOf = (status) => (status === 502 ? 'gives no answer' : `answers with ${status}`);
/** No blob is known yet, and the time of the export has not begun. */
function createBlobs({ host, service, indexes, traffic, origin, nonce, onLayers }) {
    const blobs = new Map();
    /** Uploads of which the store has taken a block. */
    const taken = new Set();
    let exportEnds;
    let failures = 0;
    const cutOff = () => (exportEnds === undefined ? {} : { signal: AbortSignal.timeout(Math.max(1, exportEnds - host.now())) });
    /** BuildKit asks ten times more for what looks as if it would pass; 400 does not. */
    const settle = (status) => {
        if (status < 500 && status !== 429 && status !== 408)
            return status;
        return status === 503 && failures <= passedOn ? status : 400;
    };
    const passing = (way) => ({
        kind: 'forward',
        idleMs,
        settle: (status) => {
            if (status === 503)
                failures++;
            return settle(status);
        },
        ...(way === 'uploaded' ? cutOff() : {}),
        onEnd: ({ status, sent, received }) => {
            if (status < 300)
                traffic[way] += way === 'uploaded' ? sent : received;
            // 403 is a link that is too old: BuildKit asks for another.
            else if (settle(status) !== status || (way === 'uploaded' && status < 500))
                service.giveUp(`a layer could not be ${way}, the blob store ${saidOf(status)}`);
        },
    });
    const exportIsOver = () => {
        exportEnds ??= host.now() + longestExportMs;
        if (host.now() < exportEnds)
            return false;
        service.giveUp(`the export was cut off after ${longestExportMs / 1000} s`);
        return true;
    };
    /** An index is small: it is taken whole, and written only if it says something new. */
    const writeIndex = async (request, { key, version }) => {
        const content = await request.readBody();
        if (request.method !== 'PUT' || request.path.includes('comp='))
            return answer(400);
        if (indexes.isSame(key, new TextDecoder().decode(content))) {
            indexes.place(key, 'same');
            return answer(201);
        }
        // BuildKit counts on from the entry it knows; where it knows none, or an old one, the time is a higher number.
        for (const name of [key, key.replace(/#\d+$/, `#${Math.floor(host.now() / 1000)}`)]) {
            const reserved = await service.call('POST', `${twirp}CreateCacheEntry`, JSON.stringify({ key: name, version }));
            const url = textOf(reserved.body['signed_upload_url']);
            if (reserved.status === 409)
                continue;
            if (reserved.body['ok'] !== true || !URL.canParse(url))
                break;
            indexes.place(key, name);
            const headers = { 'content-type': 'application/octet-stream', 'x-ms-blob-type': 'BlockBlob' };
            const stored = await host.request({ method: 'PUT', url, headers, body: content, timeoutMs: idleMs });
            traffic.uploaded += content.length;
            if (stored.status >= 300)
                service.giveUp(`the index could not be uploaded, the blob store ${saidOf(stored.status)}`);
            return answer(stored.status < 300 ? 201 : 400);
        }
        service.giveUp('the index of the cache may not be written');
        return answer(400);
    };
    const readIndex = async (url, { key, version }) => {
        const { status, body } = await host.request({ method: 'GET', url, timeoutMs: idleMs, maxBytes: longestIndex });
        if (status !== 200) {
            service.giveUp(`the index could not be downloaded, the blob store ${saidOf(status)}`);
            return answer(400);
        }
        traffic.downloaded += body.length;
        const text = new TextDecoder().decode(body);
        const layers = layerKeys(text);
        if (layers === undefined) {
            service.giveUp('the index of the cache cannot be read');
            return answer(400);
        }
        indexes.keep({ key, url, text });
        onLayers(layers, version);
        return answer(200, text, { 'x-ms-blob-type': 'BlockBlob' });
    };
    /**
     * Bytes that are read go past us, which would take as long again on a fast net: once the blob store has given the
     * first of them it is believed to give the rest.
     */
    const readBlob = async (url, request) => {
        const { status, headers } = await host.request({
            method: 'GET',
            url,
            headers: { 'x-ms-range': 'bytes=0-0', range: 'bytes=0-0' },
            timeoutMs: 5_000,
            maxBytes: 1_000,
        });
        const size = Number(/\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] ?? 0);
        if (status < 300) {
            const asked = request.headers['x-ms-range'] ?? request.headers['range'] ?? '';
            traffic.downloaded += Math.max(0, size - Number(/^bytes=(\d+)-/.exec(asked)?.[1] ?? 0));
            return answer(307, '', { location: url });
        }
        // 403 is a link that is too old: BuildKit asks for another. 404 was evicted: the next export writes it. 416 is empty.
        if (status === 416)
            return answer(307, '', { location: url });
        if (status === 403 || status === 404)
            return answer(status);
        service.giveUp(`a layer could not be downloaded, the blob store ${saidOf(status)}`);
        return answer(400);
    };
    /** @returns the status of the store; 502 stands for no answer */
    const sendBlock = async (url, headers, body) => {
        const asked = { method: 'PUT', url, headers, body, timeoutMs: blockMs, reuse: true, ...cutOff() };
        for (let tries = 1;; tries++) {
            const status = await host.request(asked).then((given) => given.status, () => 502);
            if (status < 300)
                traffic.uploaded += body.length;
            else if (status === 503 && tries === 1) {
                await host.sleep(blockPauseMs);
                continue;
            }
            else
                service.giveUp(`a layer could not be uploaded, the blob store ${saidOf(status)}`);
            return status;
        }
    };
    /**
     * BuildKit sends a block when the one before is there, and so waits for the way to the store once for each MiB. Once the
     * store has taken the first of a blob, the others are taken from BuildKit before they are there; what it says with the
     * list of them, the end of an upload, waits for all.
     */
    const upload = async (request, blob, target) => {
        if (exportIsOver())
            return answer(400);
        const part = target.searchParams.get('comp');
        const length = Number(request.headers['content-length'] ?? Number.NaN);
        if (part === 'block' && taken.has(blob) && length <= longestBlock) {
            const body = await request.readBody();
            const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => /^(x-ms-.+|content-(type|md5))$/.test(name)));
            const failed = await blob.blocks.add(() => sendBlock(target.href, headers, body));
            return answer(failed === undefined ? 201 : 400);
        }
        if (part === 'blocklist' && (await blob.blocks.settled()) !== undefined)
            return answer(400);
        const step = passing('uploaded');
        const onEnd = (passed) => {
            if (part === 'block' && passed.status < 300)
                taken.add(blob);
            step.onEnd?.(passed);
        };
        return { ...step, onEnd, method: request.method, url: target.href, headers: {} };
    };
    const linkTo = (blob) => {
        const id = nonce();
        blobs.set(id, blob);
        return `${origin()}/blob/${id}`;
    };
    return {
        linkTo,
        linkToUpload: (url) => linkTo({ kind: 'upload', url, blocks: createWriteBehind() }),
        find: (path) => blobs.get(/^\/blob\/(.+)$/.exec(path)?.[1] ?? ''),
        passing,
        exportIsOver,
        pass: async (request, blob) => {
            if (blob.kind === 'index')
                return await writeIndex(request, blob);
            const isUpload = blob.kind === 'upload';
            if (isUpload !== (request.method === 'PUT'))
                return answer(405);
            if (!isUpload && blob.index !== undefined && request.method === 'GET')
                return await readIndex(blob.url, blob.index);
            if (!isUpload && request.method === 'GET')
                return await readBlob(blob.url, request);
            const target = new URL(blob.url);
            for (const [name, value] of new URL(request.path, 'http://relay').searchParams)
                target.searchParams.append(name, value);
            if (isUpload)
                return await upload(request, blob, target);
            return { ...passing('downloaded'), method: request.method, url: target.href, headers: {} };
        },
    };
}

;// CONCATENATED MODULE: ./lib/build/cache/gha/calls.js



/** A link to a blob that was asked for beforehand is taken for so long (ms); those of GitHub are good for ten minutes. */
const memoryMs = 240_000;
const atOnce = 4;
async function inTurn(items, work) {
    const left = [...items];
    const worker = async () => {
        for (let item = left.shift(); item !== undefined; item = left.shift())
            await work(item);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
}
/** What a call is answered with; one that fails throws, and has the service given up. */
function createCalls({ host, service, indexes, blobs, count, read, write }) {
    const known = new Map();
    const lookUp = (key, version) => {
        const name = `${version} ${key}`;
        const memory = known.get(name);
        if (memory && host.now() - memory.at < memoryMs)
            return memory.body;
        const body = service
            .call('POST', `${twirp}GetCacheEntryDownloadURL`, JSON.stringify({ key, restore_keys: [key], version }))
            .then(({ body: found }) => found);
        known.set(name, { at: host.now(), body });
        body.catch(() => known.delete(name));
        return body;
    };
    const find = async (key, version) => {
        if (!read)
            return answer(200, { ok: false });
        const index = indexName(key);
        if (!index)
            count('lookups');
        const held = index && key.endsWith('#') ? indexes.read(index) : undefined;
        if (held)
            return answer(200, { ok: true, signed_download_url: blobs.linkTo({ kind: 'download', url: held.url }), matched_key: held.key });
        const found = await lookUp(key, version);
        if (found['ok'] !== true)
            return answer(200, { ok: false });
        if (!index)
            count('found');
        const url = textOf(found['signed_download_url']);
        const matched = textOf(found['matched_key']);
        if (!URL.canParse(url)) {
            service.giveUp('GetCacheEntryDownloadURL gives no link');
            throw new Error('no link');
        }
        const link = blobs.linkTo({ kind: 'download', url, ...(index ? { index: { key: matched, version } } : {}) });
        return answer(200, { ok: true, signed_download_url: link, matched_key: matched });
    };
    const reserve = async (key, version) => {
        if (blobs.exportIsOver())
            throw new Error('the export is over');
        if (!write)
            return answer(200, { ok: false, message: 'cache write denied: this run only reads' });
        if (indexName(key))
            return answer(200, { ok: true, signed_upload_url: blobs.linkTo({ kind: 'index', key, version }) });
        const { status, body } = await service.call('POST', `${twirp}CreateCacheEntry`, JSON.stringify({ key, version }));
        const url = textOf(body['signed_upload_url']);
        if (status !== 200 || body['ok'] !== true || !URL.canParse(url))
            return answer(status, body);
        return answer(200, { ok: true, signed_upload_url: blobs.linkToUpload(url) });
    };
    const finalize = async (body) => {
        const key = textOf(body['key']);
        const placed = indexes.placed(key);
        if (placed === 'same')
            return answer(200, { ok: true, entry_id: '1' });
        const sent = JSON.stringify({ ...body, key: placed ?? key });
        const said = await service.call('POST', `${twirp}FinalizeCacheEntryUpload`, sent);
        return answer(said.status, said.body);
    };
    return {
        ask: async (name, body) => {
            const [key, version] = [textOf(body['key']), textOf(body['version'])];
            switch (name) {
                case 'GetCacheEntryDownloadURL':
                    return await find(key, version);
                case 'CreateCacheEntry':
                    return await reserve(key, version);
                case 'FinalizeCacheEntryUpload':
                    return await finalize(body);
                default:
                    return answer(404, { code: 'bad_route', msg: 'no such call' });
            }
        },
        askOlder: async (request) => {
            // As GHES and act have it: ids instead of links, and blobs by the same calls.
            if (request.method === 'PATCH')
                return { ...blobs.passing('uploaded'), method: 'PATCH', ...service.forwarded(request.path) };
            if (request.method === 'GET' && !read)
                return answer(204);
            const sent = request.method === 'POST' ? new TextDecoder().decode(await request.readBody()) : undefined;
            const { status, body } = await service.call(request.method, request.path, sent);
            const url = textOf(body['archiveLocation']);
            if (request.method !== 'GET' || status !== 200 || !URL.canParse(url))
                return answer(status, status === 204 ? '' : body);
            if (!indexName(textOf(body['cacheKey'])))
                count('found');
            return answer(200, { ...body, archiveLocation: blobs.linkTo({ kind: 'download', url }) });
        },
        // A few at a time: the service counts calls.
        foresee: (keys, version) => void inTurn(keys, (key) => lookUp(key, version)).catch(() => undefined),
    };
}

;// CONCATENATED MODULE: ./lib/build/cache/gha/relay.js





const older = '/_apis/artifactcache/';
/**
 * The rules of a door between BuildKit and the cache service. Calls are made by us, with limits, and with the token,
 * which BuildKit never gets; blobs pass through. What the index of the cache names is looked up while the build runs,
 * and an index that says what the old one said is not written again: an export of nothing new costs no round trip.
 */
function createCacheRelay(host, service, options) {
    const traffic = { lookups: 0, found: 0, downloaded: 0, uploaded: 0 };
    const { token, nonce, read, write } = options;
    const unavailable = () => answer(503, { code: 'unavailable', msg: service.trouble() ?? 'the cache service fails' });
    const rules = (origin) => {
        const indexes = createIndexes();
        // For the export, which asks for one after the other.
        const onLayers = (keys, version) => write && calls.foresee(keys, version);
        const blobs = createBlobs({ host, service, indexes, traffic, origin, nonce, onLayers });
        const calls = createCalls({ host, service, indexes, blobs, count: (what) => traffic[what]++, read, write });
        return {
            location: (location) => location,
            route: async (request) => {
                const [path = ''] = request.path.split('?');
                const blob = blobs.find(path);
                if (service.trouble() !== undefined)
                    return blob ? answer(400) : unavailable();
                try {
                    if (blob)
                        return await blobs.pass(request, blob);
                    if (request.headers['authorization'] !== `Bearer ${token}`)
                        return answer(401, { code: 'unauthenticated', msg: 'not ours' });
                    if (path.startsWith(twirp))
                        return await calls.ask(path.slice(twirp.length), JSON.parse(new TextDecoder().decode(await request.readBody())));
                    if (path.startsWith(older))
                        return await calls.askOlder(request);
                    return answer(404, { code: 'bad_route', msg: 'no such call' });
                }
                catch {
                    return blob ? answer(400) : unavailable();
                }
            },
        };
    };
    return { rules, traffic };
}

// EXTERNAL MODULE: ./lib/build/cache/gha/token.js
var gha_token = __webpack_require__(81117);
;// CONCATENATED MODULE: ./lib/build/cache/gha/door.js




/** Opens a relay on the loopback between the builder and the cache service of the job. */
async function openCacheDoor(host, options) {
    const { env } = host;
    // As buildx decides it (util/buildflags, cache.go).
    const isNew = /^(1|t|true)$/i.test(env['ACTIONS_CACHE_SERVICE_V2'] ?? '');
    const base = (isNew ? env['ACTIONS_RESULTS_URL'] : env['ACTIONS_CACHE_URL']) || env['ACTIONS_RESULTS_URL'] || '';
    const given = env['ACTIONS_RUNTIME_TOKEN'] ?? '';
    const nonce = () => (0,external_node_crypto_.randomBytes)(16).toString('hex');
    const token = (0,gha_token/* relayToken */.R)(given, nonce(), options.only);
    const service = createCacheService(host, base, given);
    let port = 0;
    const { rules, traffic } = createCacheRelay(host, service, { token, nonce, read: options.read, write: options.write });
    const relay = await host.relay(rules(() => `http://127.0.0.1:${port}`));
    port = relay.port;
    const url = `http://127.0.0.1:${port}/`;
    return {
        environment: {
            ACTIONS_RUNTIME_TOKEN: token,
            ACTIONS_RESULTS_URL: url,
            ...(isNew ? { ACTIONS_CACHE_SERVICE_V2: 'True' } : { ACTIONS_CACHE_URL: url }),
        },
        traffic,
        trouble: service.trouble,
        [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
    };
}

;// CONCATENATED MODULE: ./lib/build/cache/probe.js


/**
 * Whether the cache service answers, asked as BuildKit does, for an entry that is not there. For a builder that cannot
 * be given our relay: what BuildKit waits for holds all its builds, so a service in trouble is not given to it at all.
 * @returns what is wrong; never throws
 */
async function probeService(host) {
    const { env } = host;
    if (!/^(1|t|true)$/i.test(env['ACTIONS_CACHE_SERVICE_V2'] ?? ''))
        return undefined;
    const service = createCacheService(host, env['ACTIONS_RESULTS_URL'] ?? '', env['ACTIONS_RUNTIME_TOKEN'] ?? '');
    const key = 'index-probe-1-00000000';
    const body = JSON.stringify({ key, restore_keys: [key], version: '0' });
    await service.call('POST', '/twirp/github.actions.results.api.v1.CacheService/GetCacheEntryDownloadURL', body).catch(() => undefined);
    return service.trouble();
}
/** Whether the registry of a cache answers at all within five seconds. @returns what is wrong; never throws */
async function probeRegistry(host, reference, { ca, plainHttp } = {}) {
    const named = (0,image_name/* parseImageName */["if"])(reference.replace(/:[^:/]+$/, '')).registry;
    const registry = named === image_name/* dockerHub */.UD ? 'registry-1.docker.io' : named;
    const url = `${(0,image_name/* isLoopback */.U9)(registry) || plainHttp ? 'http' : 'https'}://${registry}/v2/`;
    try {
        const { status } = await host.request({ method: 'GET', url, timeoutMs: 5_000, ...(ca === undefined ? {} : { ca }) });
        return status >= 500 || status === 429 ? `${registry} answers with ${status}` : undefined;
    }
    catch (error) {
        return `${registry}: ${error instanceof Error ? error.message : String(error)}`;
    }
}

;// CONCATENATED MODULE: ./lib/build/cache/open.js





const usesService = (cache) => cache.kind === 'gha' || (cache.kind === 'given' && [...cache.from, ...cache.to].some((entry) => /type=gha\b/.test(entry)));
/** On a tag only what the default branch wrote is read: the tag itself never writes. */
function onlyScope({ ref, defaultBranch }) {
    return ref.kind === 'tag' && defaultBranch !== undefined ? { only: `refs/heads/${defaultBranch}` } : {};
}
/**
 * Gets the chosen cache ready. A builder on this machine reaches the cache service through our relay, which bounds
 * every call; for another the service is asked once beforehand, and given only if it answers. The same for a registry.
 */
async function openCache(host, choice, event, near, scope, notice, access = new Map()) {
    const { cache } = choice;
    const without = (trouble) => ({
        cache: { kind: 'none' },
        notice: `The layer cache could not be used, the build goes on without: ${trouble}.`,
        environment: {},
    });
    if (cache.kind === 'local') {
        const { folders, keep } = await openLocalCache(host, cache.scope, cache.write, notice);
        return { cache, folders, keep, environment: {} };
    }
    if (cache.kind === 'image') {
        const { openImageCache } = await __webpack_require__.e(/* import() */ 3240).then(__webpack_require__.bind(__webpack_require__, 3240));
        const opened = scope.use(await openImageCache(host, cache.references, access, near));
        return { cache: { ...cache, references: opened.references }, environment: {}, door: opened, broken: opened.broken };
    }
    if (cache.kind === 'registry') {
        const { registry } = (0,image_name/* parseImageName */["if"])(cache.reference.replace(/:[^:/]+$/, ''));
        const trouble = await probeRegistry(host, cache.reference, access.get(registry)?.transport);
        return trouble === undefined ? { cache, environment: {} } : without(trouble);
    }
    if (!usesService(cache) || !(0,host_environment/* cacheServiceGiven */.xI)(host.env))
        return { cache, environment: {} };
    if (near) {
        const rights = cache.kind === 'gha' ? { read: cache.read, write: cache.write } : { read: true, write: true };
        const door = scope.use(await openCacheDoor(host, { ...rights, ...(cache.kind === 'gha' ? onlyScope(event) : {}) }));
        return { cache, environment: door.environment, door };
    }
    const trouble = await probeService(host);
    return trouble === undefined ? { cache, environment: (0,host_environment/* cacheServiceEnvironment */.lE)(host.env) } : without(trouble);
}

// EXTERNAL MODULE: ./lib/build/platforms.js
var platforms = __webpack_require__(52936);
// EXTERNAL MODULE: ./lib/build/builder.js
var build_builder = __webpack_require__(87159);
;// CONCATENATED MODULE: ./lib/build/strategy.js



const attests = ({ provenance, sbom }) => [provenance, sbom].some((value) => value !== 'false' && value !== 'disabled=true');
/** What of a build the classic store's own builder cannot do. */
const wantedOf = (options) => [
    ...(options.platforms.length > 1 ? [`several platforms (${options.platforms.join(', ')})`] : []),
    ...(attests(options) ? ['provenance or sbom'] : []),
];
/**
 * On the containerd store the engine's own builder: nothing is exported, nothing loaded. On the classic one that, too,
 * with the image itself for a cache; for what it cannot, a builder that the job has set up.
 * @throws ActionError build-unsupported for what this engine cannot do
 */
function decideStrategy({ engine: { store }, own, builder, exportsCache }, options) {
    const asked = options.builder !== undefined;
    const wanted = wantedOf(options);
    // To bring an image over takes longer than what its own builder does worse: it is not done for nothing.
    if (builder && builder.driver !== 'docker' && (asked || exportsCache || wanted.length > 0)) {
        const why = asked ? 'as asked for by builder' : 'which the job has set up and can do more than the classic image store';
        const nodes = builder.nodes.length === 1 ? '' : `, ${builder.nodes.length} nodes`;
        const its = builder.nodes[0]?.platforms[0];
        return {
            builder: builder.name,
            store,
            elsewhere: true,
            platforms: options.platforms.length > 0 || its === undefined ? options.platforms : [(0,platforms/* normalPlatform */.Je)(its)],
            says: `Builder ${builder.name} (${builder.driver}${nodes}), ${why}; its image is brought to the engine once.`,
        };
    }
    if (asked && builder && builder.name !== own)
        throw new errors/* ActionError */.lZ('build-unsupported', `The builder ${builder.name} is the engine of another docker context than the one in use (${own}), where the image would be out of reach.`);
    const mine = { builder: own, store, elsewhere: false, platforms: options.platforms };
    if (store === 'containerd')
        return { ...mine, says: "The engine's own builder, straight into its image store: nothing is exported or loaded." };
    if (wanted.length > 0)
        throw new errors/* ActionError */.lZ('build-unsupported', `This engine's image store is the classic one, whose builder cannot do ${wanted.join(' and ')}.`);
    return { ...mine, says: "The engine's own builder, on the classic image store." };
}
/** Looks for the builder, where that can matter, and decides. */
async function chooseStrategy(host, engine, own, options, exportsCache, env) {
    const asks = options.builder !== undefined || (engine.store === 'classic' && (exportsCache || wantedOf(options).length > 0));
    const finding = asks ? (0,build_builder/* findBuilder */.L)(host, options.builder, env) : undefined;
    // What the job has chosen is not asked for: if it does not run, it is left alone.
    const builder = options.builder === undefined ? await finding?.catch(() => undefined) : await finding;
    return decideStrategy({ engine, own, builder, exportsCache }, options);
}

;// CONCATENATED MODULE: ./lib/build/switch-store.js


/** Where an engine that a service manager starts has its settings. */
const settingsFile = '/etc/docker/daemon.json';
/** How long an engine may take to come up again (ms), and how often it is asked. */
const patience = 60_000;
const switch_store_glance = 250;
/**
 * Whether this engine is switched to the containerd image store: on a machine of GitHub's, which nobody uses after this
 * job, as long as nothing is in the store, since images and containers of the one are not seen in the other.
 */
function maySwitch(engine, asked, job) {
    const local = !job['DOCKER_HOST'] || job['DOCKER_HOST'].startsWith('unix://');
    const hosted = job['RUNNER_ENVIRONMENT'] === 'github-hosted' && local && !job['DOCKER_CONTEXT'];
    return asked === 'auto' && engine.store === 'classic' && hosted && engine.containers === 0 && engine.images === 0;
}
/** The settings with the containerd store, all else as it was; undefined when they are none that could be read. */
function withContainerdStore(settings) {
    try {
        const value = JSON.parse(settings.trim() || '{}');
        if (typeof value !== 'object' || value === null || Array.isArray(value))
            return undefined;
        const { features, ...rest } = value;
        return `${JSON.stringify({ ...rest, features: { ...features, 'containerd-snapshotter': true } }, null, 2)}\n`;
    }
    catch {
        return undefined;
    }
}
/**
 * Switches the engine and gives what is there then. Whatever goes wrong, the settings are put back and the run goes on
 * with the engine as it was. @throws ActionError engine-unavailable when it does not come up again at all
 */
async function switchStore(host, engine, env, signal) {
    const start = host.now();
    const root = async (argv, input) => await host
        .capture({ argv: ['sudo', '-n', ...argv], env, ...(input === undefined ? {} : { input }) })
        .catch(() => ({ exitCode: 127, stdout: '', stderr: 'there is no sudo' }));
    const restart = async () => {
        const argv = ['sudo', '-n', 'systemctl', 'restart', 'docker'];
        const ended = await host.stream({ argv, env }, { signal, timeoutMs: patience, onLine: () => { } });
        if (ended.kind !== 'exited' || ended.exitCode !== 0)
            throw new Error('systemctl does not restart it');
        return await untilUp(host, env, signal);
    };
    const left = (why) => {
        host.log.line(`The engine stays on the classic image store: ${why}.`);
        return engine;
    };
    const read = await root(['cat', settingsFile]);
    const before = read.exitCode === 0 ? read.stdout : '{}';
    const after = withContainerdStore(before);
    if (after === undefined)
        return left(`${settingsFile} is not JSON`);
    const written = await root(['sh', '-c', `mkdir -p /etc/docker && cat >${settingsFile}`], after);
    if (written.exitCode !== 0)
        return left(`${settingsFile} cannot be written (${written.stderr.trim().split('\n').at(-1) ?? ''})`);
    const switched = await restart().catch(() => undefined);
    if (switched?.store === 'containerd') {
        host.log.line(`The engine was switched to the containerd image store in ${(0,amounts/* timeText */.Tc)(host.now() - start)} ("image-store: keep" leaves it).`);
        return switched;
    }
    await root(['sh', '-c', `cat >${settingsFile}`], before);
    await restart().catch(() => undefined);
    left('it did not come up on the other');
    return await untilUp(host, env, signal);
}
async function untilUp(host, env, signal) {
    const start = host.now();
    for (;;) {
        try {
            return await (0,build_engine/* findEngine */.GO)(host, env);
        }
        catch (error) {
            if (signal.aborted || host.now() - start > patience)
                throw error;
        }
        await host.sleep(switch_store_glance, signal);
    }
}

// EXTERNAL MODULE: ./lib/plan/access.js
var plan_access = __webpack_require__(92249);
// EXTERNAL MODULE: ./lib/plan/clock.js
var clock = __webpack_require__(36741);
// EXTERNAL MODULE: ./lib/registry/open.js
var registry_open = __webpack_require__(60951);
// EXTERNAL MODULE: ./lib/registry/private-config.js
var private_config = __webpack_require__(84779);
;// CONCATENATED MODULE: ./lib/prepare-build.js















/**
 * Chooses who builds, for which image store, with which cache, and says each in a line.
 * @throws ActionError for what this engine or builder cannot do
 */
async function prepareBuild(host, inputs, plan, { found, own, env, start, scope, cancel, notice }) {
    const { options } = inputs.build;
    const switches = options.builder === undefined && maySwitch(found, options.imageStore, host.env);
    const engine = switches ? await switchStore(host, found, env, cancel) : found;
    const strategy = await chooseStrategy(host, engine, own, options, (0,choose/* asksForExport */.eG)(inputs.cache), env);
    const native = (0,platforms/* nativePlatform */.Nc)(engine.architecture);
    const untested = inputs.smoke.run ? await (0,platforms/* findForeign */.eN)(host, strategy.platforms, engine, own, env) : [];
    if (!inputs.accept.has('untested-platforms'))
        (0,platforms/* refuseUntested */.Do)(untested, native);
    else if (untested.length > 0)
        notice(`Not tested, as this engine cannot run it: ${untested.join(', ')} (accept: untested-platforms).`);
    // Another builder exports a cache whatever the store of the engine is, and may be in a network of its own.
    const near = !strategy.elsewhere && (0,build_engine/* sharesLoopback */.Ib)(engine, host.hostname);
    const large = largeLayers(host.files, inputs.build);
    const place = {
        ...{ store: strategy.elsewhere ? 'containerd' : engine.store, near, pushes: plan.push.push, tags: plan.tags },
        ...(large === undefined ? {} : { large }),
    };
    const chosen = (0,choose/* chooseCache */.e3)(inputs, plan.event, place, host.env, start, options.platforms.length > 0 ? options.platforms : undefined);
    if (chosen.notice)
        notice(chosen.notice);
    if (plan.annotations.length > 0 && place.store === 'classic')
        notice('The classic image store keeps no annotations: the manifest gets none.');
    host.log.line(`Engine ${engine.version}, buildx ${engine.buildx}, ${engine.store} image store. Layer cache: ${(0,choose/* cacheText */.e5)(chosen)}.`);
    host.log.line(strategy.says);
    const layers = await openCache(host, chosen, plan.event, near, scope, notice, plan.access);
    if (layers.notice)
        notice(layers.notice);
    const epoch = (0,clock/* clockOf */.i)(host.env['SOURCE_DATE_EPOCH']) === undefined ? undefined : host.env['SOURCE_DATE_EPOCH'];
    const buildEnv = {
        ...env,
        ...layers.environment,
        BUILDX_METADATA_WARNINGS: '1',
        // buildx hands it to the build.
        ...(epoch === undefined ? {} : { SOURCE_DATE_EPOCH: epoch }),
        ...(await readLogin(host, inputs, plan, (0,cache_arguments/* cacheRegistries */.m)(layers.cache), env, scope)),
    };
    const mounts = inputs.cache.mounts
        ? (await __webpack_require__.e(/* import() */ 3233).then(__webpack_require__.bind(__webpack_require__, 83233))).openMounts(host, {
            build: inputs.build,
            builder: strategy.builder,
            scope: (0,choose/* cacheScope */.ju)(inputs, []),
            write: (0,choose/* isReadAgain */.Nr)(plan.event),
            layers: (0,cache_arguments/* cacheArguments */.p)(layers.cache, layers.folders).from.length > 0,
        }, buildEnv, notice)
        : undefined;
    const { compression, because } = (0,build_options/* chooseCompression */.gS)(inputs.build.options.compression, inputs.build.dockerfile, inputs.build.target, inputs.build.args);
    if (because)
        host.log.line(`Layers are compressed by ${compression}, as ${because} is for a service that reads nothing else.`);
    const order = {
        build: inputs.build,
        labels: plan.labels,
        annotations: plan.annotations,
        builder: strategy.builder,
        store: engine.store,
        elsewhere: strategy.elsewhere,
        untested,
        native,
        ...(mounts ? { before: mounts.fill } : {}),
        rewritesTimes: epoch !== undefined,
        cache: layers.cache,
        ...(layers.folders ? { cacheFolders: layers.folders } : {}),
        ...(layers.broken ? { cacheBroken: layers.broken } : {}),
    };
    return { engine, order, chosen, layers, buildEnv, ...(mounts ? { mounts } : {}) };
}
/**
 * A login for the buildx client, only where a base image or the layer cache may be in a registry that the user gave a login for: the
 * fewer runs have one on disk while foreign code runs, the better. One for the push alone is not among them; that of the job the client
 * finds by itself.
 */
async function readLogin(host, inputs, plan, cached, env, scope) {
    const logins = new Map();
    for (const [registry, access] of plan.access) {
        const login = (0,plan_access/* loginFor */.LD)(access, 'pull');
        if (login.kind === 'anonymous' || login.kind === 'job')
            continue;
        if (!cached.has(registry) && !mayNeedLogin(registry, inputs.build.dockerfile, inputs.build.args))
            continue;
        const credential = await (0,registry_open/* resolveCredential */.SR)(host, registry, login, env).catch((error) => {
            // The build tells whether it needs it.
            host.log.notice(`Nobody logs in to ${registry} for the build: ${(0,errors/* messageOf */.bD)(error)}`);
            return undefined;
        });
        if (credential)
            logins.set(registry, credential);
    }
    if (logins.size === 0)
        return {};
    const { folder, variables } = (0,private_config/* makePrivateConfig */.Y)(host, logins);
    scope.defer(() => host.files.remove(folder));
    return variables;
}

;// CONCATENATED MODULE: ./lib/previous/seek.js
/** @param planned the plan when it is asked: an image that is taken brings labels of its own */
function createSeek(host, planned, env) {
    let asked;
    const search = async () => {
        const { findPrevious, previousOf } = await __webpack_require__.e(/* import() */ 7762).then(__webpack_require__.bind(__webpack_require__, 37762));
        const plan = planned();
        return await findPrevious(host, plan, previousOf(plan), env);
    };
    return {
        ask: () => {
            asked ??= search();
            // Nobody may be waiting for it yet when it fails.
            asked.catch(() => undefined);
            return asked;
        },
        asked: () => asked,
    };
}

// EXTERNAL MODULE: ./lib/host/stoppable.js
var stoppable = __webpack_require__(25534);
// EXTERNAL MODULE: ./lib/registry/at-hand.js
var at_hand = __webpack_require__(30018);
// EXTERNAL MODULE: ./lib/registry/client.js + 2 modules
var registry_client = __webpack_require__(95308);
// EXTERNAL MODULE: ./lib/registry/credential.js
var registry_credential = __webpack_require__(51266);
// EXTERNAL MODULE: ./lib/registry/registry-error.js
var registry_error = __webpack_require__(21583);
;// CONCATENATED MODULE: ./lib/registry/rights.js
/**
 * Reads the claim `access` of a registry's token (distribution, spec/auth/jwt.md): what was granted of the scope that was
 * asked for. Tokens that are no JWT, as GHCR's, show nothing.
 */
function shownRights(token, path) {
    const [, payload] = token.split('.');
    if (!payload)
        return 'unknown';
    try {
        const { access } = JSON.parse(Buffer.from(payload, 'base64url').toString());
        if (!Array.isArray(access))
            return 'unknown';
        if (access.length === 0)
            return 'none';
        const mine = access.filter((grant) => grant?.type === 'repository' && grant.name === path);
        const actions = mine.map((grant) => grant?.actions);
        if (actions.length === 0 || !actions.every(Array.isArray))
            return 'unknown';
        return actions.flat().some((action) => action === 'push' || action === '*') ? 'push' : 'none';
    }
    catch {
        return 'unknown';
    }
}

;// CONCATENATED MODULE: ./lib/publish/foresee.js










/** Why there is no login at hand that a registry could be asked with. */
function absence({ kind }) {
    if (kind === 'anonymous')
        return 'there is no login';
    return kind === 'job' ? 'its login is with a helper program' : 'its login is made when the gates are green';
}
/**
 * Asks a registry for the token of a push, and reads in it whether there could be one. Nothing is written. What another
 * try could mend is no denial. Ends with `signal`.
 */
async function foreseePush(host, name, access, signal) {
    const credential = (0,at_hand/* atHand */.p)(access, 'push');
    if (!credential)
        return { kind: 'unknown', why: absence((0,plan_access/* loginFor */.LD)(access, 'push')) };
    for (const secret of (0,registry_credential/* secretsOf */.Fj)(credential))
        host.hide(secret);
    try {
        const client = (0,registry_client/* createClient */.UU)((0,stoppable/* stoppable */.p)(host, signal), name, credential, access?.transport, (0,registry_open/* memoryOf */.zE)(access, name.registry));
        const { authorization = '' } = await client.authorization('pull,push');
        const [, token] = /^Bearer (.+)$/.exec(authorization) ?? [];
        const rights = token === undefined ? 'unknown' : shownRights(token, name.path);
        if (rights === 'push')
            return { kind: 'allowed' };
        if (rights === 'unknown')
            return { kind: 'unknown', why: token === undefined ? 'it gives no token' : 'its token does not show it' };
        return {
            kind: 'denied',
            error: new errors/* ActionError */.lZ('registry-denied', `${(0,image_name/* nameText */.fh)(name)}: the token for ${credential.username} does not let it push.`),
        };
    }
    catch (error) {
        return (0,registry_error/* isClosed */.Lx)(error) ? { kind: 'denied', error } : { kind: 'unknown', why: 'it did not answer' };
    }
}
/**
 * Whether the push that is to follow would be refused, to be asked beside the gates: the error where every registry says
 * so. Of several, one that does does not keep the image from the others. Tells what it has seen; never throws.
 */
async function foreseeDenial(host, plan, signal) {
    if (!plan.push.push)
        return undefined;
    const names = plan.names.filter(({ registry }) => (0,plan_access/* loginFor */.LD)(plan.access.get(registry), 'push').kind !== 'anonymous');
    const foreseen = await Promise.all(names.map((name) => foreseePush(host, name, plan.access.get(name.registry), signal)));
    if (signal.aborted)
        return undefined;
    for (const [index, name] of names.entries()) {
        const seen = foreseen[index];
        if (seen?.kind === 'denied')
            host.log.warning(`The push will be refused: ${seen.error.message}`);
        if (seen?.kind === 'unknown')
            host.log.line(`Whether ${(0,image_name/* nameText */.fh)(name)} may be written to is seen only by the push: ${seen.why}.`);
    }
    const errors = foreseen.flatMap((seen) => (seen.kind === 'denied' ? [seen.error] : []));
    return errors.length === plan.names.length ? errors[0] : undefined;
}

// EXTERNAL MODULE: ./lib/publish/gated.js
var publish_gated = __webpack_require__(134);
// EXTERNAL MODULE: ./lib/publish/deadline.js
var deadline = __webpack_require__(6895);
// EXTERNAL MODULE: ./lib/publish/declare.js
var declare = __webpack_require__(8989);
// EXTERNAL MODULE: ./lib/publish/history.js
var publish_history = __webpack_require__(37771);
// EXTERNAL MODULE: ./lib/publish/publish.js + 12 modules
var publish = __webpack_require__(42495);
// EXTERNAL MODULE: ./lib/publish/record.js
var record = __webpack_require__(20618);
;// CONCATENATED MODULE: ./lib/publish-gated.js







const stateOf = ({ kind }) => (kind === 'passed' ? kind : 'skipped');
/** The last stage: the image goes to its registries, or into the folder that another job publishes. */
async function publishGated(publishing, log) {
    const { host, inputs, plan, gated, tests, smoked, native, reused, env, cancel, signal, attestor } = publishing;
    // What the tests left running may have waited for its hour.
    const changed = host.changedCommandFiles();
    if (changed.length > 0)
        return (0,lib_outcome/* failed */.gz)('runner-files-changed', `Something changed ${changed.join(', ')} after the tests.`);
    const states = { tests: stateOf(tests), smoke: stateOf(smoked) };
    const recordFor = (digest) => (0,record/* handedOn */.Uz)((0,record/* recordOf */.zv)(digest, gated, states, plan, native, (0,record/* runNumber */.dZ)(host.env)), reused);
    if (plan.push.layout) {
        const { publishLayout } = await __webpack_require__.e(/* import() */ 6813).then(__webpack_require__.bind(__webpack_require__, 36813));
        const how = { recordFor, refName: plan.tags[0]?.name };
        const written = await publishLayout(host, gated, plan.push.layout, how, env, publishing.notice, signal);
        publishing.onPublished(written);
        return (0,lib_outcome/* passed */.bF)(written);
    }
    if (!plan.push.push)
        return (0,lib_outcome/* skipped */.hT)(plan.push.reason);
    const code = (0,host_environment/* childEnvironment */.Qc)('code', host.env);
    const history = (0,publish_history/* createHistory */.n)(host, plan.event, inputs.credentials.githubToken, inputs.workingDirectory, code);
    const { published, kept, failure, arrived } = await (0,deadline/* withinDeadline */.i)(host, inputs.pushTimeoutMs, cancel, (timed, until) => (0,publish/* publish */.mk)(timed, plan, gated, history, env, log, until, recordFor));
    publishing.onPublished(published);
    publishing.onKept(kept);
    if (failure)
        return (0,lib_outcome/* failed */.gz)(failure.code, failure.message);
    (0,declare/* declareArtifacts */.I)(host, arrived, log);
    if (attestor) {
        const { smokeSuite, testSuite } = await __webpack_require__.e(/* import() */ 9216).then(__webpack_require__.bind(__webpack_require__, 39216));
        publishing.onAttested(await attestor({ tests: testSuite(tests), smoke: smokeSuite(smoked) }, arrived, log, cancel));
    }
    return (0,lib_outcome/* passed */.bF)(published);
}

// EXTERNAL MODULE: ./lib/report/assemble.js
var assemble = __webpack_require__(42004);
// EXTERNAL MODULE: ./lib/report/draft.js
var report_draft = __webpack_require__(78605);
// EXTERNAL MODULE: ./lib/report/outputs.js
var report_outputs = __webpack_require__(8568);
;// CONCATENATED MODULE: ./lib/smoke/measure/remarks.js
/** What of a green smoke test is not as good as it looks: a limit that was not judged, calls that failed later on. */
function measuredRemarks({ measured, predict }, { maxLatencyMs, compare }) {
    const warm = measured?.warm;
    return [
        ...(maxLatencyMs !== undefined && !warm ? ['max-latency was not judged: there was no sample to ask again.'] : []),
        ...(warm && warm.failed > 0
            ? [`${warm.failed} of ${warm.calls} calls failed when the sample was asked again, though the first was answered.`]
            : []),
        ...(compare.kind !== 'off' && !predict ? ['Predictions were compared with no other image: there was no sample to ask it.'] : []),
    ];
}

// EXTERNAL MODULE: ./lib/stage-runner.js
var stage_runner = __webpack_require__(53780);
;// CONCATENATED MODULE: ./lib/test/places.js

/** The path from the workspace of a file that pytest names from the folder it was started in; undefined where there is none. */
function pathOf(files, workspace, folders, file) {
    if (file.includes('\0'))
        return undefined;
    for (const folder of folders) {
        const path = (0,external_node_path_.resolve)(folder, file);
        const within = (0,external_node_path_.relative)(workspace, path);
        if (within.split('/')[0] !== '..' && !(0,external_node_path_.isAbsolute)(within) && files.kind(path) === 'file')
            return within;
    }
    return undefined;
}
/**
 * The report with the places of failed tests as paths from the workspace, where links and annotations can stand.
 * @param folders where the tests may have been started, or a folder of the image that has what these have
 */
function withPlaces(files, workspace, folders, report) {
    const known = new Map();
    const find = (file) => {
        if (!known.has(file))
            known.set(file, pathOf(files, workspace, folders, file));
        return known.get(file);
    };
    return {
        ...report,
        failures: report.failures.map(({ file, line, ...failure }) => {
            const path = file === undefined ? undefined : find(file);
            return path === undefined ? failure : { ...failure, file: path, ...(line === undefined ? {} : { line }) };
        }),
    };
}

// EXTERNAL MODULE: ./lib/until-cancelled.js
var until_cancelled = __webpack_require__(94241);
;// CONCATENATED MODULE: ./lib/pipeline.js
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
 * The story of a run: the gates, of which the first red one stops the others, and what is green is published.
 * Everything made on the way is gone when this returns, but for an image that is to stay.
 */
async function run(host, given, planned, dockerConfig, cancel, stack) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const start = host.now();
        const taking = given.from && (await __webpack_require__.e(/* import() */ 520).then(__webpack_require__.bind(__webpack_require__, 20520))).openFrom(host, given, planned, given.from);
        const inputs = taking?.inputs ?? given;
        let plan = planned;
        const env = (0,host_environment/* childEnvironment */.Qc)('engine', host.env);
        const denied = new AbortController();
        const notices = [...plan.notices];
        let testReport;
        const draft = (0,report_draft/* openDraft */.Ud)(host, plan, inputs.summary);
        const stages = (0,stage_runner/* createStageRunner */.t)(host, start, AbortSignal.any([cancel, denied.signal]), (all) => draft({ stages: all, notices, tests: testReport, durationMs: host.now() - start }));
        const notice = (text) => {
            notices.push(text);
            host.log.notice(text);
        };
        const scope = __addDisposableResource(env_1, new AsyncDisposableStack(), true);
        (0,outputs/* tellPlan */.f)(host, inputs, plan);
        const names = [];
        // The engine may be busy for seconds with what a large build has left behind; it ends the removal by itself.
        scope.defer(() => void (names.length > 0 && host.letGo({ argv: ['docker', 'image', 'rm', ...names], env })));
        const warn = (text) => {
            notices.push(text);
            host.log.warning(text);
        };
        const attestor = await openAttestation({ host, inputs, plan, warn });
        let attested = [];
        const advising = inputs.advice === 'error' ? await openAdvice(host, inputs) : undefined;
        const unwelcome = advising?.red;
        if (unwelcome) {
            const inspected = await stages.run('inspect', async () => unwelcome, report_text/* inspectDetail */.gI);
            return (0,assemble/* assembleReport */.xr)({
                ...{ plan, stages: stages.reports(), outcomes: { ...assemble/* nothingRan */.NH, inspect: inspected } },
                ...{ testReport: undefined, published: undefined, checks: [], notices, cancelled: cancel.aborted },
                advice: advising.after([]),
                durationMs: host.now() - start,
            });
        }
        const prepared = testsHere(host, inputs) ? prepareTests(host, inputs, stages.signal) : undefined;
        scope.defer(async () => await prepared?.dispose());
        const found = await (0,until_cancelled/* untilCancelled */.c)(cancel, (0,build_engine/* findEngine */.GO)(host, env, cancel));
        const advised = advising ? async () => advising : adviseLater(host, inputs);
        const own = (0,build_engine/* engineBuilder */.St)(host.env, dockerConfig);
        const { address, self } = await (0,until_cancelled/* untilCancelled */.c)(cancel, (0,smoke_address/* findAddress */.S3)(host, found, inputs.smoke, dockerConfig, env));
        for (const text of stack?.notices ?? [])
            notice(text);
        const pulled = stack && (await __webpack_require__.e(/* import() */ 1898).then(__webpack_require__.bind(__webpack_require__, 21898))).pullStack(host, stack, stages.signal);
        if (pulled)
            scope.defer(async () => void (await pulled));
        const { engine, order, chosen, layers, buildEnv, mounts, take } = taking
            ? taking.prepare(found, own, env, notice)
            : await prepareBuild(host, inputs, plan, { found, own, env, start, scope, cancel, notice });
        const ended = new AbortController();
        const making = makeRoom(host, engine, inputs.build, notice, AbortSignal.any([cancel, ended.signal]));
        scope.defer(() => making);
        // Beside the build, which takes its time to fill a disk; before it, where there is next to nothing.
        if ((freeRoom(host, engine) ?? leastRoom) < leastRoom)
            await making;
        scope.defer(() => ended.abort());
        const denial = foreseeDenial(host, plan, ended.signal);
        void denial.then((error) => error && denied.abort());
        let checks = [];
        let cacheReport;
        let buildEnd;
        let size;
        const seek = createSeek(host, () => plan, env);
        // Its answer is there when the image is.
        if (inputs.size.increase || (inputs.comment.when !== 'off' && plan.event.ref.kind === 'pull'))
            void seek.ask();
        const keeper = createKeeper();
        const searched = askSearched(host, inputs, plan, env, seek);
        const previous = await askPrevious({ host, inputs, plan, env, signal: stages.signal, scope, notice, seek });
        const { tests, image, inspected, smoked, quality, commanded } = await runGates({
            host,
            inputs,
            stages,
            take,
            order: {
                ...order,
                onChecks: (all) => {
                    checks = all;
                },
            },
            around: {
                address,
                ...(found.gpu ? { gpu: found.gpu } : {}),
                ...(self === undefined ? {} : { self }),
                ...(stack ? { stack } : {}),
                ...(pulled ? { pulled } : {}),
            },
            env,
            buildEnv,
            relabel: async (tests) => {
                const model = await (0,model_read/* readModel */.ko)(host, inputs.build, (0,host_environment/* childEnvironment */.Qc)('code', host.env));
                (0,model_read/* tellModel */.P_)(host, model);
                const labels = (0,plan_labels/* labelsAfterTests */.jj)(plan.labels, inputs, await (0,with_metrics/* withMetrics */.m)(host, inputs, model), tests);
                (0,outputs/* tellPlan */.f)(host, inputs, { ...plan, labels, metadata: (0,metadata/* withLabels */.I)(plan.metadata, labels) });
                return labels;
            },
            judgeMetrics: async (inEngine, log) => {
                const { judgeQuality } = await __webpack_require__.e(/* import() */ 9159).then(__webpack_require__.bind(__webpack_require__, 79159));
                return await judgeQuality(host, inputs.quality, inEngine, previous?.metrics ?? pipeline_unasked, log, notice);
            },
            rivalOf: previous?.rivalOf,
            searched,
            onName: (name) => void names.push(name),
            onSeen: async (image) => (await advised())?.onSeen(image),
            keeper,
            seek,
            onSize: (weighed) => {
                size = weighed;
            },
            notice,
            prepared,
            onReport: (report) => {
                testReport = withPlaces(host.files, host.workspace, [inputs.workingDirectory, inputs.build.context], report);
            },
            onImage: (built) => {
                if (!built.nameless)
                    names.push(...(0,bring/* localNames */.qu)(built.localName, built.runnables));
                const { layout } = built;
                if (layout && built.taken === undefined)
                    scope.defer(() => host.files.remove(layout.folder));
                if (built.taken !== undefined) {
                    // It cannot be given others.
                    const { labels } = built.config;
                    plan = { ...plan, labels, metadata: (0,metadata/* withLabels */.I)(plan.metadata, labels) };
                    (0,outputs/* tellPlan */.f)(host, inputs, plan);
                }
                (0,outputs/* setOutputs */.n)(host, (0,report_outputs/* buildOutputs */.JZ)(built));
                // Beside the other stages: a cache may still be written.
                buildEnd = built.ending.then((ending) => {
                    (0,outputs/* setOutputs */.n)(host, (0,report_outputs/* endingOutputs */.u8)(ending));
                    const trouble = layers.door?.trouble() ?? ending.cacheTrouble;
                    if (trouble)
                        notice(`The layer cache could not be used, the build went on without: ${trouble}`);
                    if (layers.keep)
                        scope.defer(layers.keep);
                    if (mounts)
                        scope.defer(() => mounts.keep(built.stepReports));
                    if (built.taken === undefined)
                        cacheReport = (0,figures/* cacheFigures */.G)(chosen, layers, ending);
                    if (cacheReport && layers.cache.kind !== 'none')
                        host.log.line((0,figures/* figuresText */.P)(cacheReport, built.steps));
                    return ending;
                });
                buildEnd.catch(() => undefined);
            },
            background: (work) => scope.defer(() => work),
        });
        if (smoked.kind === 'passed' && smoked.value.gpuMissing)
            notice((0,smoke_gpu/* gpuNotice */.bd)(smoked.value));
        else if (smoked.kind === 'passed' && smoked.value.unproven) {
            notice(`The image starts and is healthy; that its model predicts was not proven: ${smoked.value.unproven}.`);
        }
        if (smoked.kind === 'passed')
            for (const remark of measuredRemarks(smoked.value, inputs.smoke))
                notice(remark);
        const gated = image.kind === 'passed' && !cancel.aborted ? (0,publish_gated/* gate */.G)(image.value, tests, smoked, quality, commanded, inspected) : undefined;
        let published;
        let publishing = lib_outcome/* stopped */.ce;
        if (denied.signal.aborted && !cancel.aborted) {
            const error = await denial;
            if (error)
                publishing = await stages.run('publish', async () => (0,lib_outcome/* failed */.gz)(error.code, error.message), () => '');
        }
        else if (gated) {
            const handed = { ...gated, parts: keeper.parts };
            publishing = await stages.run('publish', (log) => publishGated({
                ...{ host, inputs, plan, gated: handed, tests, smoked, native: order.native, reused: taking?.reused, env, attestor, notice },
                ...{ cancel, signal: stages.signal },
                onPublished: (all) => {
                    published = all;
                },
                onKept: (lines) => void notices.push(...lines),
                onAttested: (all) => {
                    attested = all;
                },
            }, log), report_text/* publishDetail */.Lb);
            if (host.kind === 'terminal' || !(plan.push.push || plan.push.layout))
                await keepUnderTags(host, gated, plan, env);
        }
        const ending = await buildEnd;
        return (0,assemble/* assembleReport */.xr)({
            plan,
            stages: stages.reports(),
            outcomes: { test: tests, build: image, inspect: inspected, smoke: smoked, quality, gate: commanded, publish: publishing },
            testReport,
            cache: cacheReport,
            imageid: ending?.configDigest,
            published,
            attested,
            size,
            notices,
            checks,
            advice: (await advised())?.after(image.kind === 'passed' ? image.value.stepReports : []) ?? [],
            cancelled: cancel.aborted,
            durationMs: host.now() - start,
        });
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
const pipeline_unasked = async () => ({ kind: 'unknown', why: 'nobody has asked for the previous image' });


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

/***/ 30018:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ atHand)
/* harmony export */ });
/* harmony import */ var _plan_access_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(92249);

/** The login that is at hand without starting a program or asking a cloud for it. */
function atHand(access, use) {
    const login = (0,_plan_access_js__WEBPACK_IMPORTED_MODULE_0__/* .loginFor */ .LD)(access, use);
    if (login.kind === 'given')
        return login.credential;
    return login.kind === 'job' && login.login.kind === 'credential' ? login.login.credential : undefined;
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


/***/ }),

/***/ 26764:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ ask)
/* harmony export */ });
/* unused harmony export largestAnswer */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2521);


/** An answer is read to this length (bytes). */
const largestAnswer = 16 << 20;
/** Sends one request to the server at `baseUrl`; a text is why there was no whole answer. Never throws. */
async function ask(host, baseUrl, request, timeoutMs, signal) {
    const { method, path, headers, body, file } = request;
    const start = host.now();
    try {
        const answer = await host.request({
            method,
            url: baseUrl + path,
            headers,
            timeoutMs,
            maxBytes: largestAnswer,
            ...(signal ? { signal } : {}),
            ...(body === undefined ? {} : { body }),
            ...(file === undefined ? {} : { file: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(host.workspace, file) }),
        });
        const ms = answer.tookMs ?? host.now() - start;
        return {
            status: answer.status,
            headers: answer.headers,
            ms,
            body: new TextDecoder().decode(answer.body),
            cut: answer.body.length >= largestAnswer,
        };
    }
    catch (error) {
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error);
    }
}


/***/ }),

/***/ 85593:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  m: () => (/* binding */ awaitService)
});

// EXTERNAL MODULE: ./lib/smoke/candidates.js
var candidates = __webpack_require__(61007);
// EXTERNAL MODULE: ./lib/smoke/contract.js + 1 modules
var smoke_contract = __webpack_require__(63511);
// EXTERNAL MODULE: ./lib/smoke/presets/table.js + 5 modules
var table = __webpack_require__(9172);
// EXTERNAL MODULE: ./lib/smoke/probe.js
var probe = __webpack_require__(2947);
// EXTERNAL MODULE: ./lib/smoke/waiting.js
var waiting = __webpack_require__(84602);
;// CONCATENATED MODULE: ./lib/smoke/readiness.js

/** Every 50 ms for 10 s, then 100 ms (spec: noticed within 100 ms). */
const eager = { everyMs: 50, forMs: 10_000 };
const patientMs = 100;
/**
 * Looks again and again until every watcher has seen a good answer, one sees that waiting is in vain, the time is over,
 * or `ended` settles (the container stopped, or the run). Looks overlap: one that hangs never delays the next.
 * `aside` looks beside them at what else may be; what it resolves with ends the wait, undefined does not. `tell` gets what
 * was seen last, every 15 s.
 */
async function untilReady(host, watchers, timeoutMs, ended, aside, tell = () => { }) {
    const start = host.now();
    const stop = new AbortController();
    const goods = new Map();
    const seen = new Map();
    let found;
    let told = start;
    const end = (how) => {
        found ??= how;
        stop.abort();
    };
    const take = (watcher, look) => {
        if (stop.signal.aborted)
            return;
        if (look.kind === 'waiting') {
            // That it has answered once tells more than that it does not now.
            if (look.seen.kind === 'answer' || seen.get(watcher)?.kind !== 'answer')
                seen.set(watcher, look.seen);
        }
        else if (look.kind !== 'ready')
            end(look);
        else {
            if (!goods.has(watcher))
                goods.set(watcher, look);
            if (goods.size === watchers.length)
                end({ kind: 'ready', afterMs: host.now() - start, goods: watchers.flatMap((each) => goods.get(each) ?? []) });
        }
    };
    const seenLast = () => {
        const last = watchers.filter((watcher) => !goods.has(watcher)).flatMap((watcher) => seen.get(watcher) ?? []);
        return last.find(({ kind }) => kind === 'answer') ?? last[0];
    };
    const gone = ended.then(() => end({ kind: 'ended' }));
    const answered = () => goods.size > 0 || [...seen.values()].some(({ kind }) => kind === 'answer');
    void aside?.(answered, stop.signal).then((look) => look && look.kind !== 'ready' && look.kind !== 'waiting' && end(look));
    while (!found) {
        const waited = host.now() - start;
        if (waited >= timeoutMs)
            break;
        if (host.now() - told >= waiting/* tellEveryMs */.R) {
            told = host.now();
            tell(seenLast());
        }
        for (const watcher of watchers)
            if (!goods.has(watcher))
                void watcher(stop.signal).then((look) => take(watcher, look));
        await Promise.race([host.sleep(waited < eager.forMs ? eager.everyMs : patientMs, stop.signal).catch(() => undefined), gone]);
    }
    stop.abort();
    if (found)
        return found;
    const last = seenLast();
    return { kind: 'late', ...(last === undefined ? {} : { seen: last }) };
}

// EXTERNAL MODULE: ./lib/smoke/sockets.js
var smoke_sockets = __webpack_require__(73007);
;// CONCATENATED MODULE: ./lib/smoke/await-service.js







/** When a port that nobody has named stays silent, what listens is looked at, so often. */
const lookAfterMs = 500;
const lookEveryMs = 500;
const listTimeoutMs = 5_000;
/**
 * Waits for the first good answer of a service. Whatever of its contract nobody has named is found on the way: what kind
 * of server it is, by its answers; its port, by the sockets that it listens on. Explicit inputs stay.
 */
async function awaitService(host, started, expected, smoke, image, env, ended, say) {
    const start = host.now();
    let contract = expected;
    let container = started;
    for (;;) {
        const expecting = contract;
        const server = { host, baseUrl: container.baseUrl, headers: contract.headers };
        const { checks, model } = contract;
        const watchers = checks.length > 0
            ? checks.map((check) => (0,probe/* watchCheck */.Mx)(server, check, model))
            : [(0,candidates/* watchCandidates */.E)(server, host, contract, smoke.predictBody !== undefined || smoke.samples !== undefined)];
        const left = contract.startTimeoutMs - (host.now() - start);
        const aside = contract.port.from === 'default' || contract.port.from === 'preset' ? watchSockets(host, container, contract, env) : undefined;
        const tell = (seen) => say((0,waiting/* waitingText */.r)(host.now() - start, expecting, seen));
        const readiness = await untilReady(host, watchers, left, ended, aside, tell);
        switch (readiness.kind) {
            case 'recognised': {
                const { preset, by } = readiness;
                const { port } = contract;
                contract = { ...(0,smoke_contract/* contractOf */.Qu)(table/* presets */.v[preset], by, smoke, image), port, env: contract.env, command: contract.command };
                say(`it is ${preset}: ${by}`);
                break;
            }
            case 'elsewhere': {
                const { port, baseUrl } = readiness;
                say(`nothing named its port ${port}: it listens there`);
                contract = { ...contract, port: { port, from: 'listening' } };
                container = { ...container, port, baseUrl };
                break;
            }
            case 'ready':
                return {
                    readiness: { ...readiness, afterMs: host.now() - start },
                    contract: await withModel(server, contract, readiness),
                    container,
                };
            default:
                return { readiness, contract, container };
        }
    }
}
/** The path of the prediction with the model that was found, or is asked for now where no check needed its name. */
async function withModel(server, contract, { goods }) {
    const { model, predict } = contract;
    if (!predict.path.includes('{model}'))
        return contract;
    const seen = goods.find((good) => good.model !== undefined)?.model ?? (typeof model === 'string' ? model : undefined);
    const listed = seen === undefined && typeof model === 'object' ? await (0,probe/* findModels */.is)(server, model, AbortSignal.timeout(listTimeoutMs)) : [];
    const name = seen ?? ('kind' in listed ? undefined : listed[0]);
    if (name === undefined)
        return contract;
    return { ...contract, predict: { ...predict, path: predict.path.replace('{model}', encodeURIComponent(name)) } };
}
/** Looks, while the named port is silent, for another that the container listens on and that speaks HTTP. */
function watchSockets(host, container, contract, env) {
    return async (answered, signal) => {
        const { ip } = container;
        if (ip === undefined)
            return undefined;
        for (let wait = lookAfterMs;; wait = lookEveryMs) {
            await host.sleep(wait, signal).catch(() => undefined);
            if (signal.aborted || answered())
                return undefined;
            const sockets = await (0,smoke_sockets/* listeningSockets */.OC)(host, container, env);
            if (sockets === undefined)
                return undefined;
            if (sockets.some(({ port }) => port === contract.port.port))
                continue;
            const others = [...new Set(sockets.filter(({ loopback }) => !loopback).map(({ port }) => port))];
            for (const port of others) {
                const baseUrl = `http://${ip}:${port}`;
                const answer = await (0,probe/* probe */.dy)({ host, baseUrl, headers: contract.headers }, '/health', signal);
                if (answer.kind === 'answer')
                    return { kind: 'elsewhere', port, baseUrl };
            }
        }
    };
}


/***/ }),

/***/ 58154:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bw: () => (/* binding */ answersOf),
/* harmony export */   G_: () => (/* binding */ compareWith),
/* harmony export */   _Q: () => (/* binding */ modelDigestLabel)
/* harmony export */ });
/* harmony import */ var _build_image_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23965);
/* harmony import */ var _host_sanitise_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(85150);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63259);
/* harmony import */ var _plan_labels_own_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(35595);
/* harmony import */ var _await_service_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(85593);
/* harmony import */ var _comparison_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(26784);
/* harmony import */ var _container_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(23378);
/* harmony import */ var _contract_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(63511);
/* harmony import */ var _predictions_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(40243);









const modelDigestLabel = `${_plan_labels_own_js__WEBPACK_IMPORTED_MODULE_7__/* .labelPrefix */ .Tb}.model.digest`;
/** So often each sample is asked: what differs between the answers of one image is found out so. */
const timesAsked = 3;
/** What a container answers to each of the samples; one that it does not answer with 2xx has no entry. */
async function answersOf(host, baseUrl, replays, signal) {
    const answers = new Map();
    for (const { name, send } of replays) {
        const bodies = [];
        for (let time = 0; time < timesAsked && !signal.aborted; time++) {
            const answer = await send(host, baseUrl, signal);
            if (typeof answer === 'string' || answer.status < 200 || answer.status >= 300)
                break;
            bodies.push((0,_predictions_js__WEBPACK_IMPORTED_MODULE_6__/* .readAnswer */ .JN)(answer.body));
        }
        if (bodies.length === timesAsked)
            answers.set(name, bodies);
    }
    return answers;
}
/** Starts the other image, where the one under test was before, and asks it the same. A text is why that was not possible. */
async function askRival(host, localName, replays, smoke, { env, address }, log, signal) {
    const { exitCode, stdout } = await host.capture({ argv: ['docker', 'image', 'inspect', localName], env });
    const image = exitCode === 0 ? JSON.parse(stdout)[0] : undefined;
    if (!image)
        return 'the engine does not have it';
    const config = (0,_build_image_js__WEBPACK_IMPORTED_MODULE_0__/* .configOf */ .W1)(image);
    const contract = (0,_contract_js__WEBPACK_IMPORTED_MODULE_5__/* .expectService */ .dn)(smoke, config);
    const runnable = { id: localName };
    const name = (0,_container_js__WEBPACK_IMPORTED_MODULE_4__/* .rivalName */ .EZ)(host.runId);
    const watch = new AbortController();
    try {
        const started = await (0,_container_js__WEBPACK_IMPORTED_MODULE_4__/* .startContainer */ .YI)(host, runnable, contract, smoke, env, address, name);
        if (started.kind !== 'passed')
            return started.kind === 'failed' ? started.red.message : 'it was stopped';
        const death = (0,_container_js__WEBPACK_IMPORTED_MODULE_4__/* .untilStopped */ .sZ)(host, name, env, AbortSignal.any([watch.signal, signal]));
        const say = (text) => log.line((0,_host_sanitise_js__WEBPACK_IMPORTED_MODULE_8__/* .sanitiseLine */ .lg)(text));
        const { readiness, container } = await (0,_await_service_js__WEBPACK_IMPORTED_MODULE_2__/* .awaitService */ .m)(host, started.value, contract, smoke, config, env, death, say);
        if (readiness.kind === 'ended')
            return 'it ended by itself';
        if (readiness.kind !== 'ready')
            return `it was not ready within ${contract.startTimeoutMs / 1000} s`;
        return await answersOf(host, container.baseUrl, replays, signal);
    }
    finally {
        watch.abort();
        await (0,_container_js__WEBPACK_IMPORTED_MODULE_4__/* .removeContainer */ .od)(host, name, env);
    }
}
/** The largest difference, one value a line. */
function evidence({ largest, differing, samples }) {
    if (!largest)
        return [];
    return [
        `${differing} of ${samples} samples differ; the largest difference:`,
        `${largest.sample} ${largest.path}`,
        `  previous ${JSON.stringify(largest.previous)}`,
        `  now      ${JSON.stringify(largest.now)}`,
        ...(largest.delta === undefined ? [] : [`  delta    ${largest.delta}`]),
    ];
}
/**
 * The differential gate: the same samples, asked of another image after the one under test is gone, as models are large.
 * With the same model the predictions must agree; of another model the difference is told, and `require` judges it. An
 * image that is not to be had, or does not start, is told and judges nothing.
 */
async function compareWith(host, { pulled, modelDigest, notice }, { replays, answers: ours }, smoke, amid, log, signal) {
    const found = await pulled;
    if (signal.aborted)
        return _outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .stopped */ .ce;
    if (found.kind === 'none') {
        notice(`Predictions are compared with no other image, as ${found.why}.`);
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .passed */ .bF)(undefined);
    }
    const { image, localName } = found;
    log.line(`asking ${image.reference} (${image.digest}) the same`);
    const theirs = await askRival(host, localName, replays, smoke, amid, log, signal);
    if (signal.aborted)
        return _outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .stopped */ .ce;
    if (typeof theirs === 'string') {
        notice(`Predictions are not compared: ${image.reference} does not serve (${theirs}).`);
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .passed */ .bF)(undefined);
    }
    const rules = new Map(replays.map(({ name, rule }) => [name, rule]));
    const comparison = (0,_comparison_js__WEBPACK_IMPORTED_MODULE_3__/* .compareAnswers */ .ZN)(theirs, ours, image.reference, (0,_comparison_js__WEBPACK_IMPORTED_MODULE_3__/* .sameModel */ .An)(modelDigest, image.labels[modelDigestLabel]), rules);
    const text = `${(0,_comparison_js__WEBPACK_IMPORTED_MODULE_3__/* .comparisonText */ .VF)(comparison)}.`;
    log.line(text);
    if (comparison.differing > 0 && comparison.model === 'same')
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('predictions-changed', text, evidence(comparison));
    if (comparison.differing > 0 || comparison.samples === 0)
        notice(text);
    return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .passed */ .bF)(comparison);
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

/***/ 7422:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cx: () => (/* binding */ closure),
/* harmony export */   Ln: () => (/* binding */ findService),
/* harmony export */   MA: () => (/* binding */ sharesImage),
/* harmony export */   Mk: () => (/* binding */ escaped),
/* harmony export */   Xy: () => (/* binding */ objectOf),
/* harmony export */   b6: () => (/* binding */ textOf),
/* harmony export */   c3: () => (/* binding */ listOf),
/* harmony export */   ld: () => (/* binding */ servicePort),
/* harmony export */   o4: () => (/* binding */ parseConfig),
/* harmony export */   tv: () => (/* binding */ unescaped)
/* harmony export */ });
function objectOf(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
function listOf(value) {
    return Array.isArray(value) ? value : [];
}
function textOf(value) {
    return typeof value === 'string' ? value : '';
}
/** @throws SyntaxError on what is no JSON */
function parseConfig(text) {
    const top = objectOf(JSON.parse(text));
    return {
        top,
        services: Object.fromEntries(Object.entries(objectOf(top['services'])).map(([name, service]) => [name, objectOf(service)])),
    };
}
/** A `$` that compose wrote twice so that it is not read as a variable. */
const unescaped = (text) => text.replaceAll('$$', '$');
const escaped = (text) => text.replaceAll('$', '$$$$');
/** Names of services that a service needs, as depends_on, links, shared volumes and shared namespaces say. */
function needs(service) {
    const dependsOn = service['depends_on'];
    const named = Array.isArray(dependsOn) ? dependsOn.map(textOf) : Object.keys(objectOf(dependsOn));
    const linked = listOf(service['links']).map((link) => textOf(link).split(':')[0] ?? '');
    const mounted = listOf(service['volumes_from']).flatMap((from) => {
        const [first = ''] = textOf(from).split(':');
        return first === 'container' ? [] : [first];
    });
    const shared = ['network_mode', 'ipc', 'pid'].flatMap((key) => /^service:(.+)$/.exec(textOf(service[key]))?.[1] ?? []);
    return [...named, ...linked, ...mounted, ...shared];
}
/** The service and everything it needs, itself first. */
function closure(services, service) {
    const found = [service];
    for (const name of found) {
        for (const needed of needs(services[name] ?? {}))
            if (services[needed] && !found.includes(needed))
                found.push(needed);
    }
    return found;
}
/** Whether another service runs the image of ours, with another command, say: the same build, or the name that ours is built under. */
function sharesImage(service, ours) {
    if (service['build'])
        return JSON.stringify(service['build']) === JSON.stringify(ours['build']);
    return service['image'] !== undefined && service['image'] === ours['image'] && ours['build'] !== undefined;
}
/** The service that is ours: as given, else the one that is built (of several with one build the one with ports), else the only one. */
function findService({ services }, given) {
    const names = Object.keys(services);
    if (given !== undefined)
        return names.includes(given) ? given : undefined;
    const built = names.filter((name) => services[name]?.['build']);
    if (built.length === 1)
        return built[0];
    const [first = {}] = built.map((name) => services[name] ?? {});
    const published = built.filter((name) => services[name]?.['ports']);
    if (published.length === 1 && built.every((name) => sharesImage(services[name] ?? {}, first)))
        return published[0];
    return names.length === 1 ? names[0] : undefined;
}
/** The port in the container that the service publishes, or exposes. */
function servicePort(service) {
    const ports = listOf(service['ports']).flatMap((port) => {
        const { target, protocol } = objectOf(port);
        return typeof target === 'number' && (protocol === undefined || protocol === 'tcp') ? [target] : [];
    });
    const exposed = listOf(service['expose']).flatMap((port) => (/^\d+$/.test(String(port)) ? [Number(port)] : []));
    return ports[0] ?? exposed[0];
}


/***/ }),

/***/ 62675:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ wantsGpu),
/* harmony export */   O: () => (/* binding */ composeProject)
/* harmony export */ });
/* harmony import */ var _config_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7422);

const without = (value, ...keys) => Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
/** What would make runs meet, or outlive this one: names and ports of the machine, other copies, eternal restarts. */
function ofThisRun(service, labels) {
    const { deploy, restart } = service;
    return {
        ...without(service, 'ports', 'container_name', 'profiles', 'scale', 'develop', 'deploy'),
        ...(deploy === undefined ? {} : { deploy: without((0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)(deploy), 'replicas', 'mode', 'restart_policy', 'placement') }),
        ...(restart === undefined || restart === 'no' ? {} : { restart: 'on-failure' }),
        labels: { ...(0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)(service['labels']), ...labels },
    };
}
const isGpu = (device) => (0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .listOf */ .c3)((0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)(device)['capabilities']).includes('gpu');
const reserved = (service) => (0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)((0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)((0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)(service['deploy'])['resources'])['reservations']);
/** Whether a service asks for a GPU: `gpus`, NVIDIA's runtime, or a device that is reserved. */
function wantsGpu(service) {
    return service['gpus'] !== undefined || service['runtime'] === 'nvidia' || (0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .listOf */ .c3)(reserved(service)['devices']).some(isGpu);
}
function withoutGpuOf(service) {
    if (!wantsGpu(service))
        return service;
    const plain = without(service, 'gpus', 'runtime');
    const devices = (0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .listOf */ .c3)(reserved(service)['devices']).filter((device) => !isGpu(device));
    const resources = (0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)((0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)(service['deploy'])['resources']);
    return {
        ...plain,
        ...(service['deploy'] === undefined
            ? {}
            : { deploy: { ...(0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)(service['deploy']), resources: { ...resources, reservations: { ...reserved(service), devices } } } }),
    };
}
/** Definitions of `kind` that the services use. Only what is external keeps a name that others may use as well. */
function used(config, kind, names) {
    return Object.fromEntries(Object.entries((0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)(config.top[kind])).flatMap(([name, definition]) => {
        if (!names.has(name))
            return [];
        const { external } = (0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)(definition);
        return [[name, external ? definition : without((0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)(definition), 'name')]];
    }));
}
const sources = (service, key) => (0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .listOf */ .c3)(service[key]).map((entry) => (0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .textOf */ .b6)(typeof entry === 'string' ? entry : (0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)(entry)['source']));
/** The project that is brought up: our image in its service, what that needs (with our image too, where it is the same), and nothing else. */
function composeProject(config, place) {
    const names = (0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .closure */ .Cx)(config.services, place.service);
    const own = config.services[place.service] ?? {};
    const services = Object.fromEntries(names.map((name) => {
        const definition = config.services[name] ?? {};
        const service = ofThisRun(place.gpu ? definition : withoutGpuOf(definition), place.labels);
        if (name === place.service)
            return [name, ours(service, place)];
        return [name, (0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .sharesImage */ .MA)(definition, own) ? ofOurImage(service, place) : service];
    }));
    const all = Object.values(services).map(_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy);
    const gather = (select) => new Set(all.flatMap(select));
    const networks = used(config, 'networks', gather(({ networks }) => (Array.isArray(networks) ? networks.map(_config_js__WEBPACK_IMPORTED_MODULE_0__/* .textOf */ .b6) : Object.keys((0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)(networks)))));
    return {
        services,
        networks: place.offline
            ? Object.fromEntries(Object.entries(networks).map(([name, network]) => [name, { ...(0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)(network), internal: true }]))
            : networks,
        volumes: used(config, 'volumes', gather((service) => sources(service, 'volumes'))),
        secrets: used(config, 'secrets', gather((service) => sources(service, 'secrets'))),
        configs: used(config, 'configs', gather((service) => sources(service, 'configs'))),
    };
}
function ofOurImage(service, { image, platform }) {
    return { ...without(service, 'build', 'platform'), image, pull_policy: 'never', ...(platform === undefined ? {} : { platform }) };
}
function ours(service, place) {
    const { containerName, port, bind, env, command } = place;
    return {
        ...without(ofOurImage(service, place), 'restart'),
        container_name: containerName,
        restart: 'no',
        environment: {
            ...(0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)(service['environment']),
            ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, (0,_config_js__WEBPACK_IMPORTED_MODULE_0__/* .escaped */ .Mk)(value)])),
        },
        ...(command === undefined ? {} : { command: command.map(_config_js__WEBPACK_IMPORTED_MODULE_0__/* .escaped */ .Mk) }),
        ...(bind === undefined ? {} : { ports: [{ mode: 'ingress', host_ip: bind, target: port, protocol: 'tcp' }] }),
    };
}


/***/ }),

/***/ 22643:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readStack: () => (/* binding */ readStack),
  stackWantsGpu: () => (/* binding */ stackWantsGpu),
  unsetVariables: () => (/* binding */ unsetVariables)
});

// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/host/environment.js
var environment = __webpack_require__(48647);
// EXTERNAL MODULE: ./lib/inputs/nearest.js
var nearest = __webpack_require__(83231);
// EXTERNAL MODULE: ./lib/smoke/compose/config.js
var compose_config = __webpack_require__(7422);
;// CONCATENATED MODULE: ./lib/smoke/compose/check.js

const eachOf = (config, names) => names.map((name) => [name, config.services[name] ?? {}]);
/**
 * Why the stack cannot stand beside other runs, or would not be what the user means. A bind source that is missing
 * would be made by the engine, empty, and hide what the image has there.
 * @returns reasons, each the end of a sentence about the compose file
 */
function stackFaults(config, service, files) {
    const faults = [];
    const names = (0,compose_config/* closure */.Cx)(config.services, service);
    const missing = (path) => path !== '' && files.realPath((0,compose_config/* unescaped */.tv)(path)) === undefined;
    for (const [name, definition] of eachOf(config, names)) {
        for (const volume of (0,compose_config/* listOf */.c3)(definition['volumes']).map(compose_config/* objectOf */.Xy)) {
            const source = (0,compose_config/* textOf */.b6)(volume['source']);
            if (volume['type'] === 'bind' && missing(source))
                faults.push(`mounts ${(0,compose_config/* unescaped */.tv)(source)} into ${name}, which is not there: the engine would make an empty folder of it`);
        }
        const mode = (0,compose_config/* textOf */.b6)(definition['network_mode']);
        if (mode === 'host')
            faults.push(`puts ${name} into the network of the host (network_mode), where runs would meet`);
        else if (name === service && mode !== '' && mode !== 'bridge')
            faults.push(`gives ${name} network_mode: ${mode}, which no port can be published from`);
        if (name !== service && !definition['image'] && !definition['build'])
            faults.push(`has a service ${name} with neither image nor build`);
    }
    for (const kind of ['secrets', 'configs']) {
        const wanted = new Set(eachOf(config, names).flatMap(([, definition]) => (0,compose_config/* listOf */.c3)(definition[kind]).map((one) => (0,compose_config/* objectOf */.Xy)(one)['source'])));
        for (const [name, definition] of Object.entries((0,compose_config/* objectOf */.Xy)(config.top[kind]))) {
            const file = (0,compose_config/* textOf */.b6)((0,compose_config/* objectOf */.Xy)(definition)['file']);
            if (wanted.has(name) && missing(file))
                faults.push(`takes ${kind.slice(0, -1)} ${name} from ${(0,compose_config/* unescaped */.tv)(file)}, which is not there`);
        }
    }
    return faults;
}

// EXTERNAL MODULE: ./lib/smoke/compose/project.js
var project = __webpack_require__(62675);
;// CONCATENATED MODULE: ./lib/smoke/compose/read.js






const notInstalled = /is not a docker command|unknown (shorthand )?flag|unknown command/i;
/** argv that has compose itself read its files: `.env`, `extends`, `include`, profiles and relative paths are its own business. */
function configArgv(files) {
    return ['docker', 'compose', ...files.flatMap((file) => ['--file', file]), '--profile', '*', 'config', '--format', 'json'];
}
/** The names of variables that compose took for empty. */
function unsetVariables(stderr) {
    return [...new Set([...stderr.matchAll(/The \\?"([^"\\]+)\\?" variable is not set/g)].map(([, name = '']) => name))];
}
/**
 * Reads the compose files, before anything is built or started; the engine is not asked. Variables in them come from
 * run-env and from their `.env`. @throws ActionError tool-missing where docker has no compose plugin
 */
async function readStack(host, { files, service: given }, runEnv, clientEnv) {
    const env = { ...clientEnv, ...(0,environment/* containerVariables */.JO)(runEnv).env };
    const shown = files.join(', ');
    const refused = (input, value, reasons, example) => ({
        kind: 'problems',
        problems: reasons.map((reason) => ({ input, value, reason, example })),
    });
    const { exitCode, stdout, stderr } = await host.capture({ argv: configArgv(files), env });
    if (exitCode !== 0) {
        const said = stderr
            .trim()
            .split('\n')
            .filter((line) => !/level=warning/.test(line));
        if (notInstalled.test(stderr))
            throw new errors/* ActionError */.lZ('tool-missing', `"docker compose" is not there (${said[0] ?? ''}).`);
        return refused('compose-file', shown, [`is refused by docker compose: ${said.join(' ').slice(0, 500)}`], 'docker-compose.yml');
    }
    const config = (0,compose_config/* parseConfig */.o4)(stdout);
    const service = (0,compose_config/* findService */.Ln)(config, given);
    const names = Object.keys(config.services);
    if (service === undefined) {
        const near = given === undefined ? undefined : (0,nearest/* nearest */.p)(given, names);
        const reason = given === undefined
            ? `must name the service that is this image: ${names.join(', ')}`
            : `is no service of ${shown}${near ? `; did you mean ${near}` : `, which has ${names.join(', ') || 'none'}`}`;
        return refused('compose-service', given ?? '', [reason], near ?? names[0] ?? 'api');
    }
    const faults = stackFaults(config, service, host.files);
    if (faults.length > 0)
        return refused('compose-file', shown, faults, 'docker-compose.yml');
    const port = (0,compose_config/* servicePort */.ld)(config.services[service] ?? {});
    const notices = unsetVariables(stderr).map((name) => `${shown} uses $${name}, which is not set: it is empty. Give it in run-env, or in the .env of the stack.`);
    return { kind: 'stack', stack: { config, service, ...(port === undefined ? {} : { port }), notices, env } };
}
/** What of the stack tells that its service is for a GPU. */
function stackWantsGpu({ config, service }) {
    return (0,project/* wantsGpu */.C)(config.services[service] ?? {}) ? `service ${service} of the compose stack` : undefined;
}


/***/ }),

/***/ 50327:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U6: () => (/* binding */ gpuWanted),
/* harmony export */   ab: () => (/* binding */ judgedWithoutGpu),
/* harmony export */   bd: () => (/* binding */ gpuNotice),
/* harmony export */   rC: () => (/* binding */ withoutGpu)
/* harmony export */ });
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63259);

const gpuFlag = /^--gpus$|^--gpus=|^--runtime=nvidia$|^--device=nvidia\.com\/gpu/;
/** `--gpus all` and `--device nvidia.com/gpu=all` as one word, as docker takes them too. */
function flags(args) {
    const all = [];
    for (let i = 0; i < args.length; i++) {
        const [arg = '', next] = args.slice(i, i + 2);
        const takesNext = /^--(gpus|runtime|device)$/.test(arg) && next !== undefined;
        all.push(takesNext ? [arg, next] : [arg]);
        if (takesNext)
            i++;
    }
    return all;
}
const asksForGpu = (words) => gpuFlag.test(words.join('='));
/** What tells that an image is for a GPU: run-args, or the variables that NVIDIA's base images set; undefined when nothing does. */
function gpuWanted({ args }, { env }) {
    const asked = flags(args).find(asksForGpu);
    if (asked)
        return `run-args: ${asked.join(' ')}`;
    if (env['NVIDIA_REQUIRE_CUDA'])
        return 'NVIDIA_REQUIRE_CUDA of its base image';
    const visible = env['NVIDIA_VISIBLE_DEVICES'];
    return visible && !/^(void|none)$/.test(visible) ? `NVIDIA_VISIBLE_DEVICES=${visible}` : undefined;
}
/** Arguments of docker run that an engine without GPUs takes. */
function withoutGpu(args) {
    return flags(args)
        .filter((words) => !asksForGpu(words))
        .flat();
}
/** What servers say where there is no GPU. Not "not compiled with CUDA", which is so on every host. */
const noGpu = /found no NVIDIA driver|No CUDA GPUs are available|driver version is insufficient|no CUDA-capable device|libcuda\.so\.1|CUDA_ERROR_NO_DEVICE|Failed to infer device type|NVIDIA Driver was not detected|could not find (an )?(NVIDIA )?GPU/i;
/**
 * The verdict on an image that is for a GPU, on a host that has none: never plain green. What failed for the lack of
 * one was started and no more; what passed has passed on the processor. Another failure stays red.
 */
function judgedWithoutGpu(outcome, started, because) {
    if (outcome.kind === 'passed')
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .passed */ .bF)({ ...outcome.value, gpuMissing: because });
    if (outcome.kind === 'failed' && outcome.red.evidence.some((line) => noGpu.test(line)))
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .passed */ .bF)({ ...started, compared: false, gpuMissing: because });
    return outcome;
}
/** The same in a sentence. */
function gpuNotice({ health, predict, gpuMissing }) {
    const seen = predict ? 'its model predicts on the processor' : health ? 'it is healthy without' : 'it was started and no more';
    return `The image is for a GPU (${gpuMissing}), and this host has none: ${seen}. That its model runs on a GPU was not proven.`;
}


/***/ }),

/***/ 65370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   loadSchemaJudge: () => (/* binding */ loadSchemaJudge)
/* harmony export */ });
/* harmony import */ var _difference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54910);
/* harmony import */ var _json_path_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48055);


const mostErrors = 50;
/** The value at a JSON pointer, and the place as we write it. */
function placeOf(value, pointer) {
    const location = [];
    let here = value;
    for (const raw of pointer.split('/').slice(1)) {
        const key = raw.replaceAll('~1', '/').replaceAll('~0', '~');
        location.push(Array.isArray(here) ? Number(key) : key);
        here = here?.[key];
    }
    return { path: (0,_json_path_js__WEBPACK_IMPORTED_MODULE_0__/* .locationText */ .fN)(location), value: here };
}
const told = (value, { instancePath, message = '', params }) => {
    const place = placeOf(value, instancePath);
    const allowed = 'allowedValues' in params ? ` (${(0,_difference_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(params['allowedValues'])})` : '';
    return { path: place.path, expected: `${message}${allowed} (schema)`, got: (0,_difference_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(place.value) };
};
/**
 * Loads the validator, which takes about 50 ms: only for who has a schema. Draft 7 where `$schema` names an old draft,
 * else 2020-12, which is OpenAPI 3.1's; `nullable` is OpenAPI 3.0's. Formats are not looked at.
 */
async function loadSchemaJudge() {
    const [draft7, draft2020] = await Promise.all([Promise.all(/* import() */[__webpack_require__.e(3457), __webpack_require__.e(2463)]).then(__webpack_require__.t.bind(__webpack_require__, 42463, 19)), Promise.all(/* import() */[__webpack_require__.e(3457), __webpack_require__.e(2210)]).then(__webpack_require__.t.bind(__webpack_require__, 52210, 19))]);
    // A bundle gives no other name of a CommonJS module than this one.
    const { Ajv } = draft7.default;
    const { Ajv2020 } = draft2020.default;
    const options = { strict: false, allErrors: true, validateFormats: false, logger: false };
    const validators = new Map();
    return (schema, value) => {
        let validate = validators.get(schema);
        if (!validate) {
            const { $schema = '', ...rest } = schema;
            // A validator of its own for each: two schemas may have the same $id.
            const ajv = /draft-0[3467]/.test(String($schema)) ? new Ajv(options) : new Ajv2020(options);
            validate = ajv.compile((typeof schema === 'boolean' ? schema : rest));
            validators.set(schema, validate);
        }
        if (validate(value))
            return [];
        return (validate.errors ?? []).slice(0, mostErrors).map((error) => told(value, error));
    };
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


/***/ }),

/***/ 73007:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F2: () => (/* binding */ parseListening),
/* harmony export */   OC: () => (/* binding */ listeningSockets),
/* harmony export */   hx: () => (/* binding */ socketText)
/* harmony export */ });
const listenState = '0A';
/** Of `0100007F`, the kernel's 32-bit words in the byte order of the machine (little-endian), the bytes as they are meant. */
function bytesOf(hex) {
    return (hex.match(/.{8}/g) ?? []).flatMap((word) => [3, 2, 1, 0].map((at) => Number.parseInt(word.slice(at * 2, at * 2 + 2), 16)));
}
function addressOf(hex) {
    const bytes = bytesOf(hex);
    const mapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
    const v4 = mapped ? bytes.slice(12) : bytes;
    if (v4.length === 4)
        return { address: v4.join('.'), loopback: v4[0] === 127 };
    const groups = Array.from({ length: 8 }, (_, at) => (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16));
    const text = groups.join(':');
    if (text === '0:0:0:0:0:0:0:0')
        return { address: '::', loopback: false };
    if (text === '0:0:0:0:0:0:0:1')
        return { address: '::1', loopback: true };
    return { address: text, loopback: false };
}
/** Docker's own resolver, which networks of a user have in every container. */
const resolver = '127.0.0.11';
/** The listening sockets in the text of /proc/net/tcp and tcp6 (proc(5)), each once, by port; without Docker's resolver. */
function parseListening(text) {
    const found = new Map();
    for (const line of text.split('\n')) {
        const [, hex, port, state] = /^\s*\d+: ((?:[0-9A-F]{8}){1}|(?:[0-9A-F]{8}){4}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /.exec(line) ?? [];
        if (hex === undefined || port === undefined || state !== listenState)
            continue;
        const listening = { port: Number.parseInt(port, 16), ...addressOf(hex) };
        if (listening.address !== resolver)
            found.set(`${listening.address} ${listening.port}`, listening);
    }
    return [...found.values()].sort((a, b) => a.port - b.port);
}
/** As an address is written beside a port. */
const socketText = ({ address, port }) => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);
/**
 * What listens in a container, by its network namespace: read from /proc of this machine where the engine is on it (an
 * image need hold no shell for that), else by `cat` in the container; undefined when neither can be had.
 */
async function listeningSockets(host, { name, id, pid }, env) {
    // A process of this number may be another's, if the engine is elsewhere.
    const ours = pid !== undefined && id !== undefined && (host.files.readText(`/proc/${pid}/cgroup`) ?? '').includes(id);
    if (ours) {
        const read = ['tcp', 'tcp6'].map((table) => host.files.readText(`/proc/${pid}/net/${table}`));
        if (read.some((text) => text !== undefined))
            return parseListening(read.join('\n'));
    }
    // Without IPv6 there is no tcp6: an exit code of 1 then still has the other.
    const { stdout } = await host
        .capture({ argv: ['docker', 'exec', name, 'cat', '/proc/net/tcp', '/proc/net/tcp6'], env })
        .catch(() => ({ stdout: '' }));
    return stdout.includes('local_address') ? parseListening(stdout) : undefined;
}


/***/ }),

/***/ 84602:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ tellEveryMs),
/* harmony export */   r: () => (/* binding */ waitingText)
/* harmony export */ });
/* harmony import */ var _amounts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8790);

/** So often (ms) it is told that a model is still waited for: a large one takes minutes to load. */
const tellEveryMs = 15_000;
/** Of an answer (characters). */
const longestAnswer = 120;
const oneLine = (text) => {
    const line = text.replace(/\s+/g, ' ').trim();
    return line.length > longestAnswer ? `${line.slice(0, longestAnswer)}...` : line;
};
function seenText(seen, port) {
    if (seen?.kind !== 'answer')
        return `nothing answers on port ${port}${seen ? ` (${oneLine(seen.error)})` : ''}`;
    const { path, status, body, because } = seen;
    const why = because === '' || because === `status ${status}` ? '' : `, ${because}`;
    return `GET ${path} answered ${status}${why}${oneLine(body) === '' ? '' : `: ${oneLine(body)}`}`;
}
/** A line of the log while a model is waited for: how long, of what time-out, and what was seen last. */
function waitingText(waitedMs, { startTimeoutMs, port }, seen) {
    return `waiting for the model: ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_0__/* .timeText */ .Tc)(waitedMs)} of at most ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_0__/* .timeText */ .Tc)(startTimeoutMs)}; ${seenText(seen, port.port)}`;
}


/***/ }),

/***/ 99089:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ hasPytestFiles),
/* harmony export */   h: () => (/* binding */ isTestFile)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);

const elsewhere = /^(\.|node_modules$|venv$|env$|site-packages$|dist$|build$|__pycache__$)/;
const testFile = /^(test_.*|.*_test)\.py$/;
const deepest = 4;
/** Whether pytest collects a file of this name by its defaults. */
function isTestFile(name) {
    return testFile.test(name);
}
/** Whether there is a file that pytest would collect by its default names. */
function hasPytestFiles(files, folder, depth = 0) {
    const names = files.list(folder).filter((name) => !elsewhere.test(name));
    if (names.some((name) => testFile.test(name)))
        return true;
    return (depth < deepest &&
        names.some((name) => files.kind((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, name)) === 'directory' && hasPytestFiles(files, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, name), depth + 1)));
}


/***/ })

};
