export const id = 796;
export const ids = [796];
export const modules = {

/***/ 97796:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./lib/plan/image-name.js
var image_name = __webpack_require__(58944);
// EXTERNAL MODULE: ./lib/build/dockerfile.js
var build_dockerfile = __webpack_require__(41532);
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

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(85550);
// EXTERNAL MODULE: ./lib/outcome.js
var lib_outcome = __webpack_require__(14751);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/build/platforms.js
var platforms = __webpack_require__(45604);
;// CONCATENATED MODULE: ./lib/build/layout.js



/** Where a layout keeps what has this digest. */
function blobPath(folder, digest) {
    if (!/^sha256:[a-f0-9]{64}$/.test(digest))
        throw new errors/* ActionError */.lZ('internal', `"${digest.slice(0, 100)}" is no digest.`);
    return (0,external_node_path_.join)(folder, 'blobs', 'sha256', digest.slice('sha256:'.length));
}
const partOf = ({ digest, mediaType, size }) => ({ digest, mediaType, bytes: size });
/** Reads the layout whose image has the digest `wanted`. @throws ActionError internal when it is not whole */
function readLayout(files, folder, wanted) {
    const read = (path) => {
        const text = files.readText(path);
        if (text === undefined)
            throw new errors/* ActionError */.lZ('internal', `The builder left no whole image: ${path} is missing.`);
        return JSON.parse(text);
    };
    const top = read((0,external_node_path_.join)(folder, 'index.json')).manifests?.find(({ digest }) => digest === wanted);
    if (!top)
        throw new errors/* ActionError */.lZ('internal', `The builder left another image than ${wanted}, which it says it built.`);
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
                    platform: (0,platforms/* normalPlatform */.Je)([os, architecture, ...(variant ? [variant] : [])].join('/')),
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
            return { kind: 'file', path: blobPath(layout.folder, digest), headers };
        },
        location: (location) => location,
    };
}

;// CONCATENATED MODULE: ./lib/build/bring.js
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
 * Brings what is to be smoked from a layout into the engine. The containerd store keeps the index as it is, and of it the
 * platforms that were pulled; the classic store has no index, and each image stands for itself.
 * @throws ActionError engine-unavailable
 */
async function bring(host, layout, platforms, taker) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const name = (0,external_node_crypto_.randomUUID)();
        const door = __addDisposableResource(env_1, await host.relay(layoutRules(layout, name)), true);
        const runnables = [];
        for (const [index, child] of platforms.entries()) {
            const whole = taker.store === 'containerd';
            const reference = `127.0.0.1:${door.port}/${name}@${whole ? layout.root.digest : child.digest}`;
            host.leave({ kind: 'image', name: reference });
            await pull(host, reference, child.platform, taker);
            const kept = whole ? taker.localName : partName(taker.localName, index);
            if (!whole)
                host.leave({ kind: 'image', name: kept });
            const { exitCode, stderr } = await host.capture({ argv: ['docker', 'image', 'tag', reference, kept], env: taker.env });
            await host.capture({ argv: ['docker', 'image', 'rm', reference], env: taker.env });
            if (exitCode !== 0)
                throw new errors/* ActionError */.lZ('engine-unavailable', `The engine cannot name the image it was given (${stderr.trim()}).`);
            runnables.push({ platform: child.platform, id: whole ? layout.root.digest : child.configDigest });
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
    const said = (0,lib_outcome/* tail */.RT)(20);
    const ended = await host.stream({ argv: pullArgv(reference, platform), env }, { signal, onLine: said.push });
    if (signal.aborted)
        throw new errors/* ActionError */.lZ('cancelled', 'The run was stopped while the image was brought to the engine.');
    if (ended.kind !== 'exited' || ended.exitCode !== 0)
        throw new errors/* ActionError */.lZ('engine-unavailable', `The engine does not take the image that the builder made (${said.lines.at(-1) ?? ''}).`);
}
/** Takes away what the engine keeps of an image. */
function localNames(localName, runnables) {
    const ids = new Set(runnables.map(({ id }) => id));
    return ids.size <= 1 ? [localName] : runnables.map((_, index) => partName(localName, index));
}

// EXTERNAL MODULE: ./lib/build/cache.js
var cache = __webpack_require__(62850);
// EXTERNAL MODULE: ./lib/build/cache-arguments.js
var cache_arguments = __webpack_require__(26623);
;// CONCATENATED MODULE: ./lib/build/cache-figures.js
function cacheFigures({ because }, { cache, door }, built) {
    const trouble = door?.trouble() ?? built.cacheTrouble;
    return {
        kind: cache.kind,
        because,
        ...('scope' in cache ? { scope: cache.scope } : {}),
        ...built.cacheTimes,
        ...(door ? { downloadedBytes: door.traffic.downloaded, uploadedBytes: door.traffic.uploaded } : {}),
        ...(trouble === undefined ? {} : { trouble }),
    };
}
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
/** The same in one line of the log. */
function figuresText(report, { hit, total }) {
    const took = (word, ms) => (ms === undefined ? [] : [`${word} in ${seconds(ms)}`]);
    const size = (word, bytes) => (bytes ? [`${megabytes(bytes)} ${word}`] : []);
    const parts = [
        `${hit} of ${total} steps cached`,
        ...took('looked up', report.importMs),
        ...size('read', report.downloadedBytes),
        ...took('exported', report.exportMs),
        ...size('written', report.uploadedBytes),
    ];
    return `Layer cache: ${parts.join(', ')}.`;
}

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

;// CONCATENATED MODULE: ./lib/build/disk.js


const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
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
            notice(`free-disk: ${gigabytes(free)} were free and the build may take ${gigabytes(wanted)}${why}, so ${folders.join(', ')} ${folders.length === 1 ? 'was' : 'were'} removed from this hosted runner: ${gigabytes(bytes)} won.`);
    }
    if (left < wanted && !signal.aborted)
        notice(`The disk of the engine has ${gigabytes(left)} left, and the build may take about ${gigabytes(wanted)}${why}.`);
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

;// CONCATENATED MODULE: ./lib/build/engine.js

/** The image store, as `docker info` tells it. */
function storeOf(driverStatus) {
    return (driverStatus ?? []).some(([, value]) => value.startsWith('io.containerd.snapshotter.')) ? 'containerd' : 'classic';
}
function parseInfo(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/** Asks what engine there is. @throws ActionError when none answers or buildx is missing */
async function findEngine(host, env) {
    const [info, buildx] = await Promise.all([
        host.capture({ argv: ['docker', 'info', '--format', '{{json .}}'], env }),
        host.capture({ argv: ['docker', 'buildx', 'version'], env }),
    ]).catch((error) => {
        throw new errors/* ActionError */.lZ('engine-unavailable', 'There is no docker command on PATH.', { cause: error });
    });
    const facts = info.exitCode === 0 ? parseInfo(info.stdout) : undefined;
    if (!facts?.ServerVersion) {
        const said = (facts?.ServerErrors?.[0] ?? info.stderr.trim().split('\n').at(-1) ?? '').slice(0, 300);
        throw new errors/* ActionError */.lZ('engine-unavailable', `No Docker engine answers (${said}).`);
    }
    if (buildx.exitCode !== 0)
        throw new errors/* ActionError */.lZ('buildx-unavailable', `"docker buildx version" fails (${buildx.stderr.trim().split('\n')[0] ?? ''}).`);
    return {
        store: storeOf(facts.DriverStatus),
        version: facts.ServerVersion,
        buildx: /v?(\d+\.\d+\.\d+)/.exec(buildx.stdout)?.[1] ?? buildx.stdout.trim(),
        architecture: facts.Architecture ?? '',
        rootFolder: facts.DockerRootDir ?? '',
        ...(facts.Name ? { name: facts.Name } : {}),
        // Not told is not none.
        containers: facts.Containers ?? 1,
        images: facts.Images ?? 1,
    };
}
/**
 * Whether the engine's own builder reaches a port of our loopback: its machine is called like ours. A job in a container
 * is not on the engine's machine, though it is on that engine.
 */
function sharesLoopback({ name }, hostname) {
    return name !== undefined && name === hostname;
}
/** The name under which buildx knows the engine's own builder: that of the docker context in use. */
function engineBuilder(job, dockerConfig) {
    if (job['DOCKER_HOST'])
        return 'default';
    if (job['DOCKER_CONTEXT'])
        return job['DOCKER_CONTEXT'];
    return /"currentContext"\s*:\s*"([^"]+)"/.exec(dockerConfig ?? '')?.[1] ?? 'default';
}

// EXTERNAL MODULE: ./lib/host/environment.js
var host_environment = __webpack_require__(96371);
;// CONCATENATED MODULE: ./lib/build/cache-index.js
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

;// CONCATENATED MODULE: ./lib/build/cache-relay.js

const twirp = '/twirp/github.actions.results.api.v1.CacheService/';
const older = '/_apis/artifactcache/';
/** A blob that stands still for so long (ms) is given up. */
const idleMs = 10_000;
/** After this (ms) from its first upload an export is cut off. */
const longestExportMs = 120_000;
/** A link to a blob that was asked for beforehand is taken for so long (ms); those of GitHub are good for ten minutes. */
const memoryMs = 240_000;
/** So many answers of a blob store with 503 are left to BuildKit, which waits ten seconds, then thirty, and longer. */
const passedOn = 1;
const cache_relay_answer = (status, body = '', headers = {}) => ({
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json', 'x-ms-request-id': 'relay', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
});
/** An index beyond this (bytes) is none. */
const longestIndex = 16 << 20;
const atOnce = 4;
async function inTurn(items, work) {
    const left = [...items];
    const worker = async () => {
        for (let item = left.shift(); item !== undefined; item = left.shift())
            await work(item);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
}
const saidOf = (status) => (status === 502 ? 'gives no answer' : `answers with ${status}`);
const textOf = (value) => (typeof value === 'string' ? value : '');
/**
 * The rules of a door between BuildKit and the cache service. Calls are made by us, with limits, and with the token,
 * which BuildKit never gets; blobs pass through. What the index of the cache names is looked up while the build runs,
 * and an index that says what the old one said is not written again: an export of nothing new costs no round trip.
 */
function createCacheRelay(host, service, options) {
    const traffic = { lookups: 0, found: 0, downloaded: 0, uploaded: 0 };
    const blobs = new Map();
    const known = new Map();
    const indexes = createIndexes();
    let exportEnds;
    let failures = 0;
    const unavailable = () => cache_relay_answer(503, { code: 'unavailable', msg: service.trouble() ?? 'the cache service fails' });
    /** BuildKit asks ten times more for what looks as if it would pass; 400 does not. */
    const settle = (status) => {
        if (status < 500 && status !== 429 && status !== 408)
            return status;
        return status === 503 && failures <= passedOn ? status : 400;
    };
    /** What bounds a blob on its way, and counts it. */
    const passing = (way) => ({
        kind: 'forward',
        idleMs,
        settle: (status) => {
            if (status === 503)
                failures++;
            return settle(status);
        },
        ...(way === 'uploaded' && exportEnds !== undefined ? { signal: AbortSignal.timeout(Math.max(1, exportEnds - host.now())) } : {}),
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
    const rules = (origin) => {
        const linkTo = (blob) => {
            const id = options.nonce();
            blobs.set(id, blob);
            return `${origin()}/blob/${id}`;
        };
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
        const find = async ({ key, version }) => {
            if (!options.read)
                return cache_relay_answer(200, { ok: false });
            const index = indexName(key);
            if (!index)
                traffic.lookups++;
            const held = index && key.endsWith('#') ? indexes.read(index) : undefined;
            if (held)
                return cache_relay_answer(200, { ok: true, signed_download_url: linkTo({ kind: 'download', url: held.url }), matched_key: held.key });
            const found = await lookUp(key, version);
            if (found['ok'] !== true)
                return cache_relay_answer(200, { ok: false });
            if (!index)
                traffic.found++;
            const url = textOf(found['signed_download_url']);
            const matched = textOf(found['matched_key']);
            if (!URL.canParse(url)) {
                service.giveUp('GetCacheEntryDownloadURL gives no link');
                return unavailable();
            }
            const link = linkTo({ kind: 'download', url, ...(index ? { index: { key: matched, version } } : {}) });
            return cache_relay_answer(200, { ok: true, signed_download_url: link, matched_key: matched });
        };
        const reserve = async (key, version) => {
            if (exportIsOver())
                return unavailable();
            if (!options.write)
                return cache_relay_answer(200, { ok: false, message: 'cache write denied: this run only reads' });
            if (indexName(key))
                return cache_relay_answer(200, { ok: true, signed_upload_url: linkTo({ kind: 'index', key, version }) });
            const { status, body } = await service.call('POST', `${twirp}CreateCacheEntry`, JSON.stringify({ key, version }));
            const url = textOf(body['signed_upload_url']);
            if (status !== 200 || body['ok'] !== true || !URL.canParse(url))
                return cache_relay_answer(status, body);
            return cache_relay_answer(200, { ok: true, signed_upload_url: linkTo({ kind: 'upload', url }) });
        };
        const finalize = async (body) => {
            const key = textOf(body['key']);
            const placed = indexes.placed(key);
            if (placed === 'same')
                return cache_relay_answer(200, { ok: true, entry_id: '1' });
            const sent = JSON.stringify({ ...body, key: placed ?? key });
            const said = await service.call('POST', `${twirp}FinalizeCacheEntryUpload`, sent);
            return cache_relay_answer(said.status, said.body);
        };
        /** An index is small: it is taken whole, and written only if it says something new. */
        const writeIndex = async (request, { key, version }) => {
            const content = await request.readBody();
            if (request.method !== 'PUT' || request.path.includes('comp='))
                return cache_relay_answer(400);
            if (indexes.isSame(key, new TextDecoder().decode(content))) {
                indexes.place(key, 'same');
                return cache_relay_answer(201);
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
                return cache_relay_answer(stored.status < 300 ? 201 : 400);
            }
            service.giveUp('the index of the cache may not be written');
            return cache_relay_answer(400);
        };
        const readIndex = async (url, { key, version }) => {
            const { status, body } = await host.request({ method: 'GET', url, timeoutMs: idleMs, maxBytes: longestIndex });
            if (status !== 200) {
                service.giveUp(`the index could not be downloaded, the blob store ${saidOf(status)}`);
                return cache_relay_answer(400);
            }
            traffic.downloaded += body.length;
            const text = new TextDecoder().decode(body);
            const layers = layerKeys(text);
            if (layers === undefined) {
                service.giveUp('the index of the cache cannot be read');
                return cache_relay_answer(400);
            }
            indexes.keep({ key, url, text });
            // For the export, which asks for one after the other. A few at a time: the service counts calls.
            if (options.write)
                void inTurn(layers, (layer) => lookUp(layer, version)).catch(() => undefined);
            return cache_relay_answer(200, text, { 'x-ms-blob-type': 'BlockBlob' });
        };
        /** The service as GHES and act have it: ids instead of links, and blobs by the same calls. */
        const askOlder = async (request) => {
            if (request.method === 'PATCH')
                return { ...passing('uploaded'), method: 'PATCH', ...service.forwarded(request.path) };
            if (request.method === 'GET' && !options.read)
                return cache_relay_answer(204);
            const sent = request.method === 'POST' ? new TextDecoder().decode(await request.readBody()) : undefined;
            const { status, body } = await service.call(request.method, request.path, sent);
            const url = textOf(body['archiveLocation']);
            if (request.method !== 'GET' || status !== 200 || !URL.canParse(url))
                return cache_relay_answer(status, status === 204 ? '' : body);
            if (!indexName(textOf(body['cacheKey'])))
                traffic.found++;
            return cache_relay_answer(200, { ...body, archiveLocation: linkTo({ kind: 'download', url }) });
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
                return cache_relay_answer(307, '', { location: url });
            }
            // 403 is a link that is too old: BuildKit asks for another. 404 was evicted: the next export writes it. 416 is empty.
            if (status === 416)
                return cache_relay_answer(307, '', { location: url });
            if (status === 403 || status === 404)
                return cache_relay_answer(status);
            service.giveUp(`a layer could not be downloaded, the blob store ${saidOf(status)}`);
            return cache_relay_answer(400);
        };
        const pass = async (request, blob) => {
            if (blob.kind === 'index')
                return await writeIndex(request, blob);
            const isUpload = blob.kind === 'upload';
            if (isUpload !== (request.method === 'PUT'))
                return cache_relay_answer(405);
            if (!isUpload && blob.index !== undefined && request.method === 'GET')
                return await readIndex(blob.url, blob.index);
            if (!isUpload && request.method === 'GET')
                return await readBlob(blob.url, request);
            const target = new URL(blob.url);
            for (const [name, value] of new URL(request.path, 'http://relay').searchParams)
                target.searchParams.append(name, value);
            if (isUpload && exportIsOver())
                return cache_relay_answer(400);
            return { ...passing(isUpload ? 'uploaded' : 'downloaded'), method: request.method, url: target.href, headers: {} };
        };
        return {
            location: (location) => location,
            route: async (request) => {
                const [path = ''] = request.path.split('?');
                const blob = blobs.get(/^\/blob\/(.+)$/.exec(path)?.[1] ?? '');
                if (service.trouble() !== undefined)
                    return blob ? cache_relay_answer(400) : unavailable();
                try {
                    if (blob)
                        return await pass(request, blob);
                    if (request.headers['authorization'] !== `Bearer ${options.token}`)
                        return cache_relay_answer(401, { code: 'unauthenticated', msg: 'not ours' });
                    if (path.startsWith(twirp)) {
                        const body = JSON.parse(new TextDecoder().decode(await request.readBody()));
                        const asked = { key: textOf(body['key']), version: textOf(body['version']) };
                        switch (path.slice(twirp.length)) {
                            case 'GetCacheEntryDownloadURL':
                                return await find(asked);
                            case 'CreateCacheEntry':
                                return await reserve(asked.key, asked.version);
                            case 'FinalizeCacheEntryUpload':
                                return await finalize(body);
                        }
                    }
                    if (path.startsWith(older))
                        return await askOlder(request);
                    return cache_relay_answer(404, { code: 'bad_route', msg: 'no such call' });
                }
                catch {
                    return blob ? cache_relay_answer(400) : unavailable();
                }
            },
        };
    };
    return { rules, traffic };
}

;// CONCATENATED MODULE: ./lib/build/cache-service.js
/** What a run does with the cache service: how long a call may take (ms), and how often it is tried. */
const servicePatience = { callMs: 5_000, tries: 3, pauseMs: 500, longestPauseMs: 5_000 };
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
const nameOf = (path) => path.split('?')[0]?.split('/').at(-1) ?? path;
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
            const name = nameOf(path);
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

// EXTERNAL MODULE: ./lib/build/cache-token.js
var cache_token = __webpack_require__(50794);
;// CONCATENATED MODULE: ./lib/build/cache-door.js




/** Opens a relay on the loopback between the builder and the cache service of the job. */
async function openCacheDoor(host, options) {
    const { env } = host;
    // As buildx decides it (util/buildflags, cache.go).
    const isNew = /^(1|t|true)$/i.test(env['ACTIONS_CACHE_SERVICE_V2'] ?? '');
    const base = (isNew ? env['ACTIONS_RESULTS_URL'] : env['ACTIONS_CACHE_URL']) || env['ACTIONS_RESULTS_URL'] || '';
    const given = env['ACTIONS_RUNTIME_TOKEN'] ?? '';
    const nonce = () => (0,external_node_crypto_.randomBytes)(16).toString('hex');
    const token = (0,cache_token/* relayToken */.R)(given, nonce(), options.only);
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

;// CONCATENATED MODULE: ./lib/build/cache-folder.js


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

;// CONCATENATED MODULE: ./lib/build/cache-probe.js


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
async function probeRegistry(host, reference) {
    const named = (0,image_name/* parseImageName */["if"])(reference.replace(/:[^:/]+$/, '')).registry;
    const registry = named === image_name/* dockerHub */.UD ? 'registry-1.docker.io' : named;
    const url = `${(0,image_name/* isLoopback */.U9)(registry) ? 'http' : 'https'}://${registry}/v2/`;
    try {
        const { status } = await host.request({ method: 'GET', url, timeoutMs: 5_000 });
        return status >= 500 || status === 429 ? `${registry} answers with ${status}` : undefined;
    }
    catch (error) {
        return `${registry}: ${error instanceof Error ? error.message : String(error)}`;
    }
}

;// CONCATENATED MODULE: ./lib/build/open-cache.js




const usesService = (cache) => cache.kind === 'gha' || (cache.kind === 'given' && [...cache.from, ...cache.to].some((entry) => /type=gha\b/.test(entry)));
/** On a tag only what the default branch wrote is read: the tag itself never writes. */
function onlyScope({ ref, defaultBranch }) {
    return ref.kind === 'tag' && defaultBranch !== undefined ? { only: `refs/heads/${defaultBranch}` } : {};
}
/**
 * Gets the chosen cache ready. A builder on this machine reaches the cache service through our relay, which bounds
 * every call; for another the service is asked once beforehand, and given only if it answers. The same for a registry.
 */
async function openCache(host, choice, event, near, scope, notice) {
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
    if (cache.kind === 'registry') {
        const trouble = await probeRegistry(host, cache.reference);
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

// EXTERNAL MODULE: ./lib/build/options.js
var build_options = __webpack_require__(59586);
// EXTERNAL MODULE: ./lib/build/builder.js
var build_builder = __webpack_require__(3307);
;// CONCATENATED MODULE: ./lib/build/strategy.js



const attests = ({ provenance, sbom }) => [provenance, sbom].some((value) => value !== 'false' && value !== 'disabled=true');
/** What of a build the classic store's own builder cannot do. */
const wantedOf = (options) => [
    ...(options.platforms.length > 1 ? [`several platforms (${options.platforms.join(', ')})`] : []),
    ...(attests(options) ? ['provenance or sbom'] : []),
];
/**
 * On the containerd store the engine's own builder: nothing is exported, nothing loaded. The classic store has no zstd,
 * cache export, attestations or second platform: there a builder that the job has set up is better.
 * @throws ActionError build-unsupported for what this engine cannot do
 */
function decideStrategy({ engine: { store }, own, builder, cached }, options) {
    const asked = options.builder !== undefined;
    const wanted = wantedOf(options);
    // What it costs to bring an image over is won back by a cache, and by nothing else.
    if (builder && builder.driver !== 'docker' && (asked || cached || wanted.length > 0)) {
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
/** Looks for the builder, where that can matter, and decides. `cached`: there is a layer cache to be had. */
async function chooseStrategy(host, engine, own, options, cached, env) {
    const asks = options.builder !== undefined || (engine.store === 'classic' && (cached || wantedOf(options).length > 0));
    const finding = asks ? (0,build_builder/* findBuilder */.L)(host, options.builder, env) : undefined;
    // What the job has chosen is not asked for: if it does not run, it is left alone.
    const builder = options.builder === undefined ? await finding?.catch(() => undefined) : await finding;
    return decideStrategy({ engine, own, builder, cached }, options);
}

;// CONCATENATED MODULE: ./lib/build/switch-store.js

/** Where an engine that a service manager starts has its settings. */
const settingsFile = '/etc/docker/daemon.json';
/** How long an engine may take to come up again (ms), and how often it is asked. */
const patience = 60_000;
const glance = 250;
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
        host.log.line(`The engine was switched to the containerd image store in ${((host.now() - start) / 1000).toFixed(1)} s ("image-store: keep" leaves it).`);
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
            return await findEngine(host, env);
        }
        catch (error) {
            if (signal.aborted || host.now() - start > patience)
                throw error;
        }
        await host.sleep(glance, signal);
    }
}

// EXTERNAL MODULE: ./lib/host/sanitise.js
var sanitise = __webpack_require__(80466);
// EXTERNAL MODULE: ./lib/build/argv.js
var argv = __webpack_require__(44468);
// EXTERNAL MODULE: ./lib/build/bake.js
var bake = __webpack_require__(62251);
;// CONCATENATED MODULE: ./lib/build/image.js

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
    };
}
/** Asks the engine for the image under its local name. @throws ActionError when it is not the one with `digest` */
async function inspectImage(host, localName, digest, env) {
    const { exitCode, stdout, stderr } = await host.capture({ argv: ['docker', 'image', 'inspect', localName], env });
    const image = exitCode === 0 ? JSON.parse(stdout)[0] : undefined;
    if (image?.Id !== digest)
        throw new errors/* ActionError */.lZ('engine-unavailable', `The engine does not have the image it built, ${digest} (${stderr.trim() || image?.Id}).`);
    return { config: configOf(image), ...(image.Size ? { size: image.Size } : {}) };
}

;// CONCATENATED MODULE: ./lib/build/brought.js



/** An image that another builder has made, when the engine has got of it what it can run. */
async function brought(host, layout, untested, native, taker) {
    // That of the engine first: it is what stays under the tags, and what tests run in.
    const children = layout.children.toSorted((a, b) => Number(b.platform === native) - Number(a.platform === native));
    const runnables = await bring(host, layout, children.filter(({ platform }) => !untested.includes(platform)), taker);
    const [first] = children;
    const only = layout.children.length === 1 ? first : undefined;
    const text = first && host.files.readText(blobPath(layout.folder, first.configDigest));
    const { config } = JSON.parse(text ?? '{}');
    return {
        digest: runnables[0]?.id ?? layout.root.digest,
        ...(only ? { configDigest: only.configDigest, compressedBytes: only.compressedBytes } : {}),
        runnables,
        config: configOf({ Config: config ?? null }),
        layout,
    };
}

;// CONCATENATED MODULE: ./lib/build/source-line.js

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
    const path = (0,external_node_path_.relative)(workspace, file);
    return line === undefined || path.startsWith('..') || (0,external_node_path_.isAbsolute)(path) ? undefined : { file: path, line };
}
/** Where a failed build broke: by the excerpt, or by the name of the step. */
function placeOf(workspace, { file, dockerfile }, excerpt, step) {
    if (excerpt && (0,external_node_path_.basename)(excerpt.name) !== (0,external_node_path_.basename)(file))
        return undefined;
    return sourceLine(workspace, file, excerpt?.line ?? (step === undefined ? undefined : lineOfStep(dockerfile, step)));
}

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
    const at = own ? sourceLine(workspace, file, record.range?.[0]?.start?.line) : undefined;
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
    #readExcerpt = excerptReader();
    #excerpt;
    #checks = [];
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
        const at = placeOf(workspace, build, undefined, steps[0]);
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
    const at = placeOf(workspace, build, progress.excerpt, step?.name);
    return {
        code: found?.code ?? 'build-failed',
        message: step ? messageOf(step) : headline,
        evidence: evidenceOf(output, found?.line),
        ...(found ? { cause: { name: found.name, text: found.cause, fix: found.fix } } : {}),
        ...(at ? { at } : {}),
    };
}

;// CONCATENATED MODULE: ./lib/build/build.js
















/** How often a step that runs is looked at (ms). */
const build_glance = 500;
const isMade = (image) => image.kind === 'passed';
const isGreen = (ended) => ended.kind === 'exited' && ended.exitCode === 0;
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
    let whole = false;
    try {
        const names = { localName, metadataFile: (0,external_node_path_.join)(folder, 'metadata.json') };
        const result = await use({ ...order, ...names, ...(layoutFolder === undefined ? {} : { layoutFolder }) }, folder);
        whole = made(result);
        return result;
    }
    finally {
        // A build that was stopped at its very end, or whose other target was red, may have left it.
        if (!whole)
            await host.capture({ argv: ['docker', 'image', 'rm', localName], env }).catch(() => undefined);
        if (!whole && layoutFolder !== undefined)
            host.files.remove(layoutFolder);
        host.files.remove(folder);
    }
}
/** As `imageOf`, or that it was stopped. */
async function madeOf(host, making, metadata, facts) {
    try {
        return (0,lib_outcome/* passed */.bF)(await imageOf(host, making, metadata, facts));
    }
    catch (error) {
        if (making.signal.aborted)
            return lib_outcome/* stopped */.ce;
        throw error;
    }
}
/** The image that a green build has left, by its metadata file: never by what it printed. */
async function imageOf(host, { request, progress, env, signal }, metadata, facts) {
    const digest = facts['containerimage.digest'];
    const configDigest = facts['containerimage.config.digest'];
    if (!digest)
        throw new errors/* ActionError */.lZ('internal', 'buildx ended with 0 but its metadata file names no image.');
    const { store, localName, layoutFolder, untested, native } = request;
    const common = {
        store,
        localName,
        untested,
        steps: progress.steps,
        stepReports: progress.stepReports,
        cacheTimes: progress.cacheTimes,
        ...(progress.cacheTrouble ? { cacheTrouble: progress.cacheTrouble } : {}),
        metadata,
    };
    if (layoutFolder !== undefined) {
        const layout = readLayout(host.files, layoutFolder, digest);
        return { ...common, ...(await brought(host, layout, untested, native, { store, localName, env, signal })) };
    }
    const { platforms } = request.build.options;
    const runnables = platforms.filter((platform) => !untested.includes(platform)).map((platform) => ({ platform, id: digest }));
    const { config, size } = await inspectImage(host, localName, digest, env);
    return {
        ...common,
        digest,
        ...(configDigest === undefined ? {} : { configDigest }),
        runnables: platforms.length === 0 ? [{ id: digest }] : runnables,
        config,
        ...(store === 'containerd' && size ? { compressedBytes: size } : {}),
    };
}
function tellChecks({ workspace }, { build, onChecks }, progress) {
    onChecks?.(checksOf(progress.checks, workspace, build.file));
}
/** A red build; where the disk was full, with what takes its room. */
async function failure(host, order, ended, progress, env) {
    const red = redOf(ended, progress, order.build, host.workspace);
    if (red.code !== 'disk-full')
        return { kind: 'failed', red };
    const largest = await askLargest(host, order.builder, env);
    const evidence = largest.length > 0 ? [...red.evidence.slice(-4), 'The largest that the builder keeps:', ...largest] : red.evidence;
    return { kind: 'failed', red: { ...red, evidence } };
}
/** What a layer that the cache promised and did not give breaks a build with, in whichever step it was needed. */
const brokenLayer = /failed to (copy|load cache)|short read: expected|unexpected EOF|failed size validation|unexpected commit digest|sha256:[0-9a-f]{64}: not found|\/blob\/[0-9a-f]{32}/;
/** What of its cache a red build broke on, if it was that. The index of a cache may outlive what it names. */
function brokeOnCache(order, ended, progress) {
    const { from } = (0,cache_arguments/* cacheArguments */.p)(order.cache, order.cacheFolders);
    if (from.length === 0 || ended.kind !== 'exited' || ended.exitCode === 0)
        return undefined;
    const error = progress.failed?.error ?? headlineOf(progress);
    return brokenLayer.test(error) ? error.trim().split('\n', 1)[0] : undefined;
}
const withoutCache = 'A layer of the cache could not be read; building again without it.';
/** Runs the one build. */
function buildImage(host, order, env, log, signal) {
    return inFolder(host, order, env, isMade, async (request) => {
        const { options } = order.build;
        const print = (0,sanitise/* bounded */.Mm)((line) => log.line((0,sanitise/* sanitiseLine */.lg)(line)));
        const attempt = async (argv) => {
            const progress = new BuildProgress(print);
            const ended = await host.stream({ argv, env: { ...env, ...(0,build_options/* secretVariables */.c8)(options.secrets) }, cwd: order.build.context }, { signal, timeoutMs: options.timeoutMs, onLine: (line) => progress.line(line) });
            return { ended, progress };
        };
        let { ended, progress } = await attempt((0,argv/* buildArgv */.v$)(request));
        const trouble = brokeOnCache(order, ended, progress);
        if (trouble !== undefined) {
            log.line(withoutCache);
            ({ ended, progress } = await attempt((0,argv/* buildArgv */.v$)({ ...request, cache: (0,cache/* unread */.gy)(request.cache) })));
        }
        tellChecks(host, order, progress);
        if (ended.kind === 'stopped')
            return lib_outcome/* stopped */.ce;
        if (!isGreen(ended))
            return await failure(host, order, ended, progress, env);
        const metadata = host.files.readText(request.metadataFile) ?? '{}';
        const making = { request: { ...order, ...request }, progress, env, signal };
        const image = await madeOf(host, making, metadata, JSON.parse(metadata));
        return trouble === undefined || image.kind !== 'passed' ? image : (0,lib_outcome/* passed */.bF)({ ...image.value, cacheTrouble: trouble });
    });
}
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
        await host.sleep(Math.min(build_glance, timeoutMs), over).catch(() => undefined);
    }
    return undefined;
}
/** Runs the one build with two targets: the image, and the stage of the Dockerfile that tests. */
async function buildWithTests(host, order, stage, env, log, signal) {
    const { trouble, ...built } = await bakeWithTests(host, order, stage, env, log, signal);
    if (trouble === undefined)
        return built;
    log.line(withoutCache);
    const { image, tests } = await bakeWithTests(host, { ...order, cache: (0,cache/* unread */.gy)(order.cache) }, stage, env, log, signal);
    return { image: image.kind === 'passed' ? (0,lib_outcome/* passed */.bF)({ ...image.value, cacheTrouble: trouble }) : image, tests };
}
/** `trouble`: what of the cache broke it. */
function bakeWithTests(host, order, { stage, timeoutMs }, env, log, signal) {
    const made = (result) => isMade(result.image);
    return inFolder(host, order, env, made, async (request, folder) => {
        const progress = new BuildProgress((0,sanitise/* bounded */.Mm)((line) => log.line((0,sanitise/* sanitiseLine */.lg)(line))));
        const reportFolder = (0,bake/* isScratchStage */.dg)(order.build.dockerfile, stage) ? (0,external_node_path_.join)(folder, 'report') : undefined;
        const definition = (0,external_node_path_.join)(folder, 'bake.json');
        host.files.writePrivate(definition, (0,bake/* bakeDefinition */.xs)(request, { stage, ...(reportFolder ? { reportFolder } : {}) }));
        // The definition is ours: no question about the folders it names.
        const { options } = order.build;
        const bakeEnv = { ...env, ...(0,build_options/* secretVariables */.c8)(options.secrets), BUILDX_BAKE_ENTITLEMENTS_FS: '0' };
        const over = new AbortController();
        const late = new AbortController();
        const watching = watchTests(host, progress, timeoutMs, over.signal).then((step) => {
            if (step)
                late.abort();
            return step;
        });
        const ended = await host
            .stream({ argv: (0,bake/* bakeArgv */.k)(request, definition), env: bakeEnv, cwd: order.build.context }, { signal: AbortSignal.any([signal, late.signal]), timeoutMs: options.timeoutMs, onLine: (line) => progress.line(line) })
            .finally(() => over.abort());
        const lateStep = await watching;
        tellChecks(host, order, progress);
        if (lateStep && !isGreen(ended) && !signal.aborted)
            return { image: lib_outcome/* stopped */.ce, tests: { outcome: 'timeout', output: lateStep } };
        if (ended.kind === 'stopped')
            return { image: lib_outcome/* stopped */.ce, tests: { outcome: 'stopped', output: [] } };
        const trouble = brokeOnCache(order, ended, progress);
        if (trouble !== undefined)
            return { image: lib_outcome/* stopped */.ce, tests: { outcome: 'stopped', output: [] }, trouble };
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

// EXTERNAL MODULE: ./lib/report/text.js
var report_text = __webpack_require__(98203);
// EXTERNAL MODULE: ./lib/smoke/container.js
var smoke_container = __webpack_require__(20686);
;// CONCATENATED MODULE: ./lib/smoke/expect.js
const defaultTolerance = { rtol: 1e-4, atol: 1e-6 };
const expect_shown = (value) => {
    const text = value === undefined ? 'nothing' : JSON.stringify(value);
    return text.length > 200 ? `${text.slice(0, 200)}...` : text;
};
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value) => Array.isArray(value);
/**
 * What of `expected` is not in `got`: objects may hold more, lists must be as long and in order, numbers within the
 * tolerance (|got - expected| <= atol + rtol * |expected|), everything else equal.
 */
function differences(expected, got, tolerance = defaultTolerance, path = '$') {
    if (isObject(expected) && isObject(got)) {
        return Object.entries(expected).flatMap(([key, value]) => differences(value, Object.hasOwn(got, key) ? got[key] : undefined, tolerance, `${path}.${key}`));
    }
    if (isList(expected) && isList(got)) {
        if (expected.length !== got.length)
            return [{ path, expected: `${expected.length} items`, got: `${got.length} items` }];
        return expected.flatMap((value, index) => differences(value, got[index], tolerance, `${path}[${index}]`));
    }
    const equal = typeof expected === 'number' && typeof got === 'number'
        ? got === expected || Math.abs(got - expected) <= tolerance.atol + tolerance.rtol * Math.abs(expected)
        : !isObject(expected) && !isList(expected) && expected === got;
    return equal ? [] : [{ path, expected: expect_shown(expected), got: expect_shown(got) }];
}
/** Holds the text of an answer against what is expected of it. */
function judgeAnswer(expectation, body) {
    if (expectation.kind === 'pattern')
        return new RegExp(expectation.pattern).test(body) ? [] : [{ path: '$', expected: String(expectation.pattern), got: expect_shown(body) }];
    let got;
    try {
        got = JSON.parse(body);
    }
    catch {
        return [{ path: '$', expected: 'JSON', got: expect_shown(body) }];
    }
    return differences(expectation.value, got);
}

;// CONCATENATED MODULE: ./lib/smoke/readiness.js

/** Every 50 ms for 10 s, then 100 ms (spec: noticed within 100 ms). */
const eager = { everyMs: 50, forMs: 10_000 };
const patientMs = 100;
/** Also bounds how many probes are under way: one that hangs never delays the next. */
const probeTimeoutMs = 5_000;
/**
 * Asks `url` again and again until it answers 2xx, the time is over, or `ended` settles (the container stopped, or
 * the run). Probes overlap.
 */
async function untilHealthy(host, url, timeoutMs, ended) {
    const start = host.now();
    const stop = new AbortController();
    let last = {};
    let found;
    const probe = async () => {
        try {
            const answer = await host.request({ method: 'GET', url, timeoutMs: probeTimeoutMs, maxBytes: 64 << 10, signal: stop.signal });
            if (answer.status >= 200 && answer.status < 300)
                found ??= { kind: 'ready', afterMs: host.now() - start, status: answer.status };
            else
                last = { lastStatus: answer.status, lastBody: new TextDecoder().decode(answer.body.subarray(0, 500)) };
        }
        catch (error) {
            if (!stop.signal.aborted && last.lastStatus === undefined)
                last = { lastError: (0,errors/* messageOf */.bD)(error) };
        }
        finally {
            if (found)
                stop.abort();
        }
    };
    const gone = ended.then(() => {
        found ??= { kind: 'ended' };
        stop.abort();
    });
    while (!found) {
        const waited = host.now() - start;
        if (waited >= timeoutMs)
            break;
        void probe();
        await Promise.race([host.sleep(waited < eager.forMs ? eager.everyMs : patientMs, stop.signal).catch(() => undefined), gone]);
    }
    stop.abort();
    return found ?? { kind: 'late', ...last };
}

;// CONCATENATED MODULE: ./lib/smoke/examine.js





const predictTimeoutMs = 60_000;
const largestAnswer = 1 << 20;
const bodyShown = 2_000;
async function askPredict(host, url, body) {
    const start = host.now();
    try {
        const answer = await host.request({
            method: 'POST',
            url,
            headers: { 'content-type': 'application/json', accept: 'application/json' },
            body,
            timeoutMs: predictTimeoutMs,
            maxBytes: largestAnswer,
        });
        return { path: new URL(url).pathname, status: answer.status, ms: host.now() - start, body: new TextDecoder().decode(answer.body) };
    }
    catch (error) {
        return (0,errors/* messageOf */.bD)(error);
    }
}
/**
 * What a running container is put through: it must become healthy, and predict. The first of these that fails is the
 * verdict; a container that ends meanwhile is one at once.
 */
async function examine(host, container, smoke, portFrom, env, signal) {
    const watch = new AbortController();
    const death = (0,smoke_container/* untilStopped */.sZ)(host, container.name, env, AbortSignal.any([watch.signal, signal]));
    try {
        const readiness = await untilHealthy(host, container.baseUrl + smoke.healthPath, smoke.startTimeoutMs, death);
        if (signal.aborted)
            return lib_outcome/* stopped */.ce;
        if (readiness.kind === 'ended')
            return await (0,smoke_container/* postMortem */.DK)(host, container.name, env);
        if (readiness.kind === 'late') {
            const lines = await (0,smoke_container/* lastLines */.w$)(host, container.name, env);
            const seconds = smoke.startTimeoutMs / 1000;
            if (readiness.lastStatus !== undefined) {
                return (0,lib_outcome/* failed */.gz)('health-failed', `GET ${smoke.healthPath} still answers ${readiness.lastStatus} after ${seconds} s.`, [
                    `last answer: ${readiness.lastBody ?? ''}`,
                    ...lines,
                ]);
            }
            return (0,lib_outcome/* failed */.gz)('not-listening', `Nothing answered on port ${container.port} (${portFrom}) within ${seconds} s (${readiness.lastError ?? 'no answer'}).`, lines);
        }
        const health = { path: smoke.healthPath, status: readiness.status, ms: readiness.afterMs, body: '' };
        const seen = { imageId: container.imageId, port: container.port, portFrom, health };
        if (smoke.predictBody === undefined)
            return (0,lib_outcome/* passed */.bF)({ ...seen, compared: false });
        const dead = death.then(() => 'ended');
        const predict = await Promise.race([askPredict(host, container.baseUrl + smoke.predictPath, smoke.predictBody), dead]);
        if (signal.aborted)
            return lib_outcome/* stopped */.ce;
        if (predict === 'ended')
            return await (0,smoke_container/* postMortem */.DK)(host, container.name, env);
        if (typeof predict === 'string') {
            // A server that dies while it answers breaks the connection a moment before the engine says so.
            const died = await Promise.race([dead, host.sleep(500).then(() => 'alive')]);
            if (died === 'ended')
                return await (0,smoke_container/* postMortem */.DK)(host, container.name, env);
            return (0,lib_outcome/* failed */.gz)('predict-timeout', `POST ${smoke.predictPath} gave no answer (${predict}).`, await (0,smoke_container/* lastLines */.w$)(host, container.name, env));
        }
        const told = [
            `POST ${smoke.predictPath} ${smoke.predictBody.slice(0, bodyShown)}`,
            `answered ${predict.status}: ${predict.body.slice(0, bodyShown)}`,
        ];
        if (predict.status < 200 || predict.status >= 300) {
            return (0,lib_outcome/* failed */.gz)('predict-failed', `POST ${smoke.predictPath} answered ${predict.status}.`, [
                ...told,
                ...(await (0,smoke_container/* lastLines */.w$)(host, container.name, env)),
            ]);
        }
        const found = smoke.expectation ? judgeAnswer(smoke.expectation, predict.body) : [];
        const [first] = found;
        if (first) {
            return (0,lib_outcome/* failed */.gz)('predict-mismatch', `POST ${smoke.predictPath}: ${first.path} is ${first.got}, expected ${first.expected}.`, [
                ...found.slice(0, 20).map(({ path, expected, got }) => `${path}: expected ${expected}, got ${got}`),
                ...told,
            ]);
        }
        return (0,lib_outcome/* passed */.bF)({ ...seen, predict, compared: smoke.expectation !== undefined });
    }
    finally {
        watch.abort();
    }
}

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
        return (0,lib_outcome/* failed */.gz)('dummy-model', `${path} answered by a stand-in: "${key}" is "${value}".`, [
            proof,
            'fix: COPY models/ ./models/    # and raise at the start where the model is missing, in place of a stand-in',
        ]);
    }
    const number = notJson.exec(bare(body))?.[1] ?? (lost.test(body) && !expected.includes('null') ? 'null' : undefined);
    if (number === undefined)
        return undefined;
    return (0,lib_outcome/* failed */.gz)('nan-answer', `${path} answered ${number}, which is no prediction${number === 'null' ? '' : ' and no JSON'}.`, [
        proof,
        'fix: if not math.isfinite(score): raise HTTPException(422, "not a number")    # and impute what is missing in the input',
    ]);
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
async function explain(host, outcome, { image, smoke, port, from, seen }, env) {
    if (outcome.kind === 'passed') {
        const answered = seen.exchanges().filter(({ method, status = 0 }) => method !== 'GET' && status >= 200 && status < 300);
        const expected = smoke.expectation ? JSON.stringify(smoke.expectation) : '';
        return answered.map((one) => distrust(one, expected)).find((red) => red !== undefined) ?? outcome;
    }
    if (outcome.kind !== 'failed')
        return outcome;
    if (!unexplained.has(outcome.red.code))
        return outcome;
    const [{ gatherEvidence }, { diagnose }] = await Promise.all([__webpack_require__.e(/* import() */ 699).then(__webpack_require__.bind(__webpack_require__, 73699)), __webpack_require__.e(/* import() */ 835).then(__webpack_require__.bind(__webpack_require__, 23835))]);
    const expected = {
        ...{ container: (0,smoke_container/* containerName */.xN)(host.runId), port, portFrom: from },
        ...{ healthPath: smoke.healthPath, predictPath: smoke.predictPath, startTimeoutMs: smoke.startTimeoutMs },
        ...{ envNames: Object.keys(smoke.env), command: image.config.command, workingDirectory: image.config.workingDirectory },
    };
    const said = { step: outcome.red.code, exchanges: seen.exchanges(), origin: seen.origin(), said: outcome.red.evidence };
    const evidence = await gatherEvidence(host, expected, said, env);
    return { kind: 'failed', red: diagnose(outcome.red, evidence) };
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







/**
 * Starts the image, waits for its health, asks for a prediction, and takes the container away again; of several
 * platforms one after the other, as models are large. `removal` may go on after the verdict: await it before the run ends.
 */
async function smokeTest(host, image, smoke, env, log, signal) {
    const { runnables, untested } = image;
    if (!smoke.run)
        return { outcome: (0,lib_outcome/* skipped */.hT)('smoke: false'), removal: Promise.resolve() };
    if (signal.aborted)
        return { outcome: lib_outcome/* stopped */.ce, removal: Promise.resolve() };
    if (runnables.length === 0)
        return { outcome: (0,lib_outcome/* skipped */.hT)(`accept: untested-platforms (${untested.join(', ')})`), removal: Promise.resolve() };
    const reports = [];
    let removal = Promise.resolve();
    for (const runnable of runnables) {
        await removal;
        const ran = await smokeOne(host, image, runnable, smoke, env, log, signal);
        removal = ran.removal;
        if (ran.outcome.kind !== 'passed')
            return ran;
        reports.push(ran.outcome.value);
    }
    const [first, ...others] = reports;
    if (!first)
        return { outcome: lib_outcome/* stopped */.ce, removal };
    const report = { ...first, ...(others.length > 0 ? { others } : {}), ...(untested.length > 0 ? { untested } : {}) };
    return { outcome: (0,lib_outcome/* passed */.bF)(report), removal };
}
async function smokeOne(host, image, runnable, smoke, env, log, signal) {
    const { port, from } = (0,smoke_container/* choosePort */.t9)(smoke.port, image.config.exposedPorts);
    const on = runnable.platform === undefined ? '' : ` on ${runnable.platform}`;
    log.line(`starting ${runnable.id}${on}, port ${port} (${from})`);
    const name = (0,smoke_container/* containerName */.xN)(host.runId);
    const seen = witness(host);
    const judged = startAndJudge().then((outcome) => explain(host, outcome, { image, smoke, port, from, seen }, env));
    const outcome = await judged.catch(async (error) => {
        await (0,smoke_container/* removeContainer */.od)(host, name, env);
        throw error;
    });
    const removal = (0,smoke_container/* removeContainer */.od)(host, name, env);
    if (outcome.kind === 'failed')
        for (const line of outcome.red.evidence.flatMap((text) => text.split(/\r\n|\r|\n/)))
            log.line((0,sanitise/* sanitiseLine */.lg)(line));
    return { outcome: named(outcome), removal };
    async function startAndJudge() {
        const started = await (0,smoke_container/* startContainer */.YI)(host, runnable, port, smoke, env);
        if (started.kind !== 'passed')
            return started;
        const { imageId, platform } = started.value;
        if (imageId !== runnable.id || (runnable.platform !== undefined && platform !== undefined && platform !== runnable.platform)) {
            throw new errors/* ActionError */.lZ('digest-mismatch', `The container runs ${imageId}${platform ? ` (${platform})` : ''}, not the image that was built (${runnable.id}${on}).`);
        }
        return await examine(seen.host, started.value, smoke, from, env, signal);
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

// EXTERNAL MODULE: ./lib/build/csv.js
var csv = __webpack_require__(47544);
// EXTERNAL MODULE: ./lib/test/command.js
var test_command = __webpack_require__(51661);
// EXTERNAL MODULE: ../../../work/main/node_modules/fast-xml-parser/src/xmlparser/XMLParser.js + 23 modules
var XMLParser = __webpack_require__(80045);
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
/** pytest writes no file attribute by default: the traceback ends in `tests/test_x.py:12: AssertionError`. */
function junit_placeOf(text) {
    const [, file, line] = [...text.matchAll(/^([^\s:]+\.py):(\d+): /gm)].at(-1) ?? [];
    return file && line ? { file, line: Number(line) } : {};
}
function junit_nameOf(testCase) {
    return [attribute(testCase, 'classname').replaceAll('.', '/'), attribute(testCase, 'name')].filter(Boolean).join('::');
}
function failureOf(testCase) {
    const [given] = [testCase['failure'], testCase['error']].flatMap((value) => Array.isArray(value) ? value : value === undefined ? [] : [value]);
    if (given === undefined)
        return undefined;
    const found = isNode(given) ? given : { '#text': given };
    const text = typeof found['#text'] === 'string' ? found['#text'] : '';
    const name = junit_nameOf(testCase);
    const said = attribute(found, 'message');
    // pytest says of a module it cannot import only that: the reason is the last line marked E.
    const reason = text
        .match(/^E\s+.*$/gm)
        ?.at(-1)
        ?.replace(/^E\s+/, '');
    const message = said === 'collection failure' && reason ? reason : said || (text.trim().split('\n').at(-1) ?? '');
    return { name, message: message.slice(0, longestMessage), ...junit_placeOf(text) };
}
/** `<testsuites/>` without a suite: a runner that ran nothing. */
function isEmptyRoot(document) {
    return 'testsuites' in document && asList(document['testsuites']).every((root) => !('testsuite' in root));
}
/** Every test suite in a document, nested ones too. */
function suitesIn(node) {
    return asList(node['testsuite']).flatMap((suite) => [suite, ...suitesIn(suite)]);
}
/**
 * Reads a JUnit XML report (pytest's xunit1 and xunit2). Entities other than XML's own are not expanded.
 * @returns undefined when the text is no such report
 */
function parseJunit(xml) {
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
    const cases = suites.flatMap((suite) => asList(suite['testcase']));
    const having = (element) => cases.filter((testCase) => element in testCase).length;
    return {
        tests: cases.length,
        failed: having('failure'),
        errors: cases.filter((testCase) => 'error' in testCase && !('failure' in testCase)).length,
        skipped: having('skipped'),
        seconds: suites.reduce((sum, suite) => sum + amount(suite, 'time'), 0),
        failures: cases.flatMap((testCase) => failureOf(testCase) ?? []),
        slowest: cases
            .map((testCase) => ({ name: junit_nameOf(testCase), seconds: amount(testCase, 'time') }))
            .filter(({ seconds }) => seconds >= worthTelling)
            .sort((a, b) => b.seconds - a.seconds)
            .slice(0, slowestTold),
    };
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
    return { outcome: judgeTests(run, inputs.accept.has('no-tests')), ...(report ? { report } : {}) };
}

;// CONCATENATED MODULE: ./lib/test/find.js

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
        names.some((name) => files.kind((0,external_node_path_.join)(folder, name)) === 'directory' && hasPytestFiles(files, (0,external_node_path_.join)(folder, name), depth + 1)));
}

// EXTERNAL MODULE: ./lib/test/environment.js
var test_environment = __webpack_require__(11429);
// EXTERNAL MODULE: ./lib/test/requirements.js + 1 modules
var test_requirements = __webpack_require__(9747);
// EXTERNAL MODULE: ./lib/test/uv.js
var test_uv = __webpack_require__(86733);
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
var test_pyproject = __webpack_require__(44304);
;// CONCATENATED MODULE: ./lib/test/in-image.js











/** Where things are in the container, beside what the image has. */
const inside = { overlay: '/ml-image/overlay', out: '/ml-image/out' };
/** What the tests consist of in a project: folders that hold test files, test files at its root, and pytest's settings. */
function testPaths(files, folder) {
    const names = files.list(folder).filter((name) => !name.startsWith('.'));
    const folders = names.filter((name) => /^tests?$/.test(name) && files.kind((0,external_node_path_.join)(folder, name)) === 'directory' && hasPytestFiles(files, (0,external_node_path_.join)(folder, name)));
    const settings = names.filter((name) => /^(conftest\.py|pytest\.ini|tox\.ini|setup\.cfg|pyproject\.toml)$/.test(name));
    return { tests: [...folders, ...names.filter(isTestFile)], settings };
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
        return (0,lib_outcome/* skipped */.hT)('test: false');
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
var build_context = __webpack_require__(66143);
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
var dependency_cache = __webpack_require__(26780);
// EXTERNAL MODULE: ./lib/model/artefacts.js
var artefacts = __webpack_require__(34030);
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
var test_python = __webpack_require__(83460);
;// CONCATENATED MODULE: ./lib/test/run.js













/** Runs the tests of the project on this machine. */
async function runTests(session) {
    const { host, inputs, log, signal, background } = session;
    const { test, workingDirectory: cwd, build } = inputs;
    if (!test.run)
        return (0,lib_outcome/* skipped */.hT)('test: false');
    if (test.command === undefined && !hasPytestFiles(host.files, cwd))
        return withoutTests(inputs, 'There is no test_*.py or *_test.py in the working directory.');
    const folder = host.files.makeTemp('test');
    host.leave({ kind: 'folder', path: folder });
    try {
        const print = (0,sanitise/* bounded */.Mm)((line) => log.line((0,sanitise/* sanitiseLine */.lg)(line)));
        const requirements = (0,test_requirements/* findRequirements */.o)(host.files, cwd, test.requirements);
        const wanted = (0,test_python/* wantedPython */.u2)(host, cwd, test.pythonVersion, build);
        const environment = await (0,test_environment/* makeEnvironment */.oV)(host, { folder, cwd, requirements, wanted }, print, host.log.notice, signal);
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
        host.files.remove(folder);
    }
}

;// CONCATENATED MODULE: ./lib/gates.js







function test({ host, inputs, stages, onReport, background }, runner) {
    return stages.run('test', (log) => runner({ host, inputs, log, signal: stages.signal, onReport, background }), report_text/* testDetail */._0);
}
async function build({ host, stages, order, buildEnv, onImage }) {
    const image = await stages.run('build', (log) => buildImage(host, order, buildEnv, log, stages.signal), report_text/* buildDetail */.AY);
    if (image.kind === 'passed')
        onImage(image.value);
    return image;
}
async function smoke({ host, inputs, stages, env, background }, image) {
    if (image.kind !== 'passed' || stages.signal.aborted)
        return lib_outcome/* stopped */.ce;
    return await stages.run('smoke', async (log) => {
        const { outcome, removal } = await smokeTest(host, image.value, inputs.smoke, env, log, stages.signal);
        background(removal);
        return outcome;
    }, report_text/* smokeDetail */.ZJ);
}
/** The tests on this machine, beside build and smoke, or before them. */
async function besideTests(context) {
    const testing = test(context, runTests);
    const making = async () => {
        const tested = context.inputs.test.first ? await testing : undefined;
        if (context.stages.signal.aborted)
            return { image: lib_outcome/* stopped */.ce, smoked: lib_outcome/* stopped */.ce };
        const known = tested?.kind === 'passed' || tested?.kind === 'skipped' ? tested.kind : undefined;
        const order = known ? { ...context.order, labels: await context.relabel(known) } : context.order;
        const image = await build({ ...context, order });
        return { image, smoked: await smoke(context, image) };
    };
    const [tests, made] = await Promise.all([testing, making()]);
    return { tests, ...made };
}
/** The tests in the built image, beside its smoke test. */
async function testsInImage(context) {
    const image = await build(context);
    if (image.kind !== 'passed')
        return { tests: lib_outcome/* stopped */.ce, image, smoked: lib_outcome/* stopped */.ce };
    const [tests, smoked] = await Promise.all([test(context, (session) => runTestsInImage(session, image.value)), smoke(context, image)]);
    return { tests, image, smoked };
}
/** The tests as a stage of the one build. */
async function testsInBuild(context, stage) {
    const { host, inputs, stages, order, buildEnv, onImage, onReport } = context;
    let tested = { outcome: 'stopped', output: [] };
    const image = await stages.run('build', async (log) => {
        const built = await buildWithTests(host, order, { stage, timeoutMs: inputs.test.timeoutMs }, buildEnv, log, stages.signal);
        tested = built.tests;
        return built.image;
    }, report_text/* buildDetail */.AY);
    if (image.kind === 'passed')
        onImage(image.value);
    const tests = await test(context, async () => judgeStage(tested, inputs.test.timeoutMs, inputs.accept.has('no-tests'), onReport));
    return { tests, image, smoked: await smoke(context, image) };
}
/** Runs the three gates in the arrangement that `test-in` asks for; the first red one stops the others. */
async function runGates(context) {
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

// EXTERNAL MODULE: ./lib/model/read.js + 7 modules
var read = __webpack_require__(64951);
// EXTERNAL MODULE: ./lib/outputs.js
var outputs = __webpack_require__(94961);
// EXTERNAL MODULE: ./lib/plan/labels.js + 2 modules
var plan_labels = __webpack_require__(93954);
// EXTERNAL MODULE: ./lib/plan/metadata.js
var metadata = __webpack_require__(18846);
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

// EXTERNAL MODULE: ./lib/registry/digest.js
var registry_digest = __webpack_require__(61699);
;// CONCATENATED MODULE: ./lib/registry/retry.js
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
const retry_patience = 60_000;
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
        if (host.now() + pause - start > retry_patience) {
            if (outcome)
                return outcome.value;
            throw failure;
        }
        await host.sleep(pause, signal);
    }
}

;// CONCATENATED MODULE: ./lib/registry/client.js





const manifestTypes = [
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
];
const requestTimeout = 30_000;
/** A registry sends to its storage at most this often. */
const mostRedirects = 3;
const tagsPerPage = 1000;
const mostPages = 20;
/** A registry that takes nothing more of a layer for so long (ms) is gone. */
const uploadSilence = 60_000;
/** A token is not used in its last seconds (ms); one that does not say lives a minute (distribution's token spec). */
const tokenMargin = 10_000;
const tokenLife = 60;
/** The error that an answer means, with the registry's own words. */
function registryError(what, answer) {
    const text = new TextDecoder().decode(answer.body.subarray(0, 2_000));
    const [, said] = /"message"\s*:\s*"([^"]+)"/.exec(text) ?? [];
    const message = `${what} (HTTP ${answer.status}${said ? `: ${said}` : ''})`;
    if (answer.status === 401)
        return new errors/* ActionError */.lZ('registry-unauthorized', message);
    if (answer.status === 403 || answer.status === 404 || answer.status === 405)
        return new errors/* ActionError */.lZ('registry-denied', message);
    if (answer.status >= 400 && answer.status < 500 && !transientStatuses.has(answer.status))
        return new errors/* ActionError */.lZ('registry-refused', message);
    return new errors/* ActionError */.lZ('registry-unavailable', message);
}
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
    const endpoint = name.registry === image_name/* dockerHub */.UD ? 'registry-1.docker.io' : name.registry;
    const repository = `${name.registry}/${name.path}`;
    let opened;
    const logins = new Map();
    const ask = (method, url, headers, body) => withRetry(host, undefined, async () => {
        const answer = await host.request({ method, url, headers, timeoutMs: requestTimeout, maxBytes: 8 << 20, ...(body ? { body } : {}) });
        return transientStatuses.has(answer.status)
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
    /** Asks with a login, and once more with a fresh one when a token has run out. */
    const call = async (method, path, action, headers, body) => {
        try {
            const { base } = await open();
            const url = `${base}/v2/${name.path}/${path}`;
            const first = await ask(method, url, { ...headers, ...(await authorization(action)) }, body);
            if (first.status !== 401)
                return first;
            return await ask(method, url, { ...headers, ...(await authorization(action, true)) }, body);
        }
        catch (error) {
            throw error instanceof errors/* ActionError */.lZ ? error : unavailable(error);
        }
    };
    const accept = { accept: manifestTypes.join(', ') };
    return {
        base: async () => (await open()).base,
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
            const where = `${repository}@${digest}`;
            let answer = await call('GET', `blobs/${digest}`, 'pull', {});
            let from = `${(await open()).base}/v2/${name.path}/blobs/${digest}`;
            for (let hops = 0; hops < mostRedirects && answer.status >= 301 && answer.status <= 308; hops++) {
                const to = new URL(answer.headers['location'] ?? '', from);
                if (to.protocol !== 'https:' && !(0,image_name/* isLoopback */.U9)(to.host))
                    throw new errors/* ActionError */.lZ('registry-denied', `${where} is said to be at ${to.host}, over plain http: refused`);
                // A storage has an address that lets one in, and no business with our login.
                const headers = to.origin === new URL(from).origin ? await authorization('pull') : {};
                from = to.href;
                answer = await ask('GET', from, headers).catch((error) => {
                    throw unavailable(error);
                });
            }
            if (answer.status === 404)
                return undefined;
            if (answer.status !== 200)
                throw registryError(`${where} cannot be read`, answer);
            if ((0,registry_digest/* digestOf */.o)(answer.body) !== digest)
                throw new errors/* ActionError */.lZ('digest-mismatch', `${where} is answered with other bytes than its digest says.`);
            return answer.body;
        },
        listTags: async () => {
            const names = [];
            let query = `n=${tagsPerPage}`;
            for (let page = 0; page < mostPages && query !== undefined; page++) {
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
        },
        hasBlob: async (digest) => {
            const answer = await call('HEAD', `blobs/${digest}`, 'pull,push', {});
            if (answer.status === 404)
                return false;
            // One that sends the reader on to its storage has it, too.
            if (answer.status >= 200 && answer.status < 400)
                return true;
            throw registryError(`${repository} does not say whether it has ${digest}`, answer);
        },
        // One PUT for all of it, as containerd does: no registry refuses that, and a second try begins anew.
        putBlob: async (digest, path) => {
            let sending = 0;
            let refused = 0;
            // Patience is for trouble: the time that a large layer takes is none.
            const clock = { now: () => host.now() - sending, sleep: host.sleep };
            const send = async () => {
                const opened = await call('POST', 'blobs/uploads/', 'pull,push', {});
                const location = opened.headers['location'];
                if (opened.status !== 202 || location === undefined)
                    return opened;
                const { base } = await open();
                const url = new URL(location, base);
                url.searchParams.set('digest', digest);
                // An upload to another host carries its own permission in its address.
                const login = url.origin === new URL(base).origin ? await authorization('pull,push') : {};
                const headers = { ...login, 'content-type': 'application/octet-stream' };
                const start = host.now();
                try {
                    return await host.request({ method: 'PUT', url: url.href, headers, file: path, timeoutMs: uploadSilence });
                }
                finally {
                    sending += host.now() - start;
                }
            };
            const answer = await withRetry(clock, undefined, async () => {
                const value = await send();
                // A token may run out while a layer is on its way.
                const late = value.status === 401 && ++refused === 1;
                if (late)
                    await authorization('pull,push', true);
                return late || transientStatuses.has(value.status)
                    ? { kind: 'again', value, retryAfter: late ? '0' : value.headers['retry-after'] }
                    : { kind: 'done', value };
            }).catch((error) => {
                throw error instanceof errors/* ActionError */.lZ ? error : unavailable(error);
            });
            if (answer.status !== 201)
                throw registryError(`${repository} does not take ${digest}`, answer);
        },
        putManifest: async (reference, manifest) => {
            const put = () => call('PUT', `manifests/${reference}`, 'pull,push', { 'content-type': manifest.mediaType }, manifest.body);
            let doubted = 0;
            const answer = await withRetry(host, undefined, async () => {
                const value = await put();
                return isDoubt(value, reference, manifest.body) && ++doubted < mostDoubts ? { kind: 'again', value } : { kind: 'done', value };
            });
            if (answer.status !== 201)
                throw registryError(`${repository}:${reference} cannot be written`, answer);
            return answer.headers['docker-content-digest'] ?? '';
        },
    };
}

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




/** The login that is at hand without starting a program for it. */
function atHand(access) {
    if (access?.kind === 'given')
        return access.credential;
    return access?.kind === 'job' && access.login.kind === 'credential' ? access.login.credential : undefined;
}
/**
 * Asks a registry for the token of a push, and reads in it whether there could be one. Nothing is written. What another
 * try could mend is no denial. Ends with `signal`.
 */
async function foreseePush(host, name, access, signal) {
    const credential = atHand(access);
    if (!credential)
        return { kind: 'unknown', why: access?.kind === 'job' ? 'its login is with a helper program' : 'there is no login' };
    host.hide(credential.password);
    const stoppable = {
        ...host,
        request: (asked) => host.request({ ...asked, signal }),
        sleep: (ms) => host.sleep(ms, signal),
    };
    try {
        const { authorization = '' } = await createClient(stoppable, name, credential).authorization('pull,push');
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
        const final = error instanceof errors/* ActionError */.lZ && (error.code === 'registry-unauthorized' || error.code === 'registry-denied');
        return final ? { kind: 'denied', error } : { kind: 'unknown', why: 'it did not answer' };
    }
}
/**
 * Whether the push that is to follow would be refused, to be asked beside the gates: the error where every registry says
 * so. Of several, one that does does not keep the image from the others. Tells what it has seen; never throws.
 */
async function foreseeDenial(host, plan, signal) {
    if (!plan.push.push)
        return undefined;
    const names = plan.names.filter(({ registry }) => plan.access.get(registry)?.kind !== 'anonymous');
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

;// CONCATENATED MODULE: ./lib/publish/gated.js
const gated_open = (outcome) => outcome.kind === 'passed' || outcome.kind === 'skipped';
/** The image as gated, if no gate is red: each was passed, or left out by the user in so many words. */
function gate(image, tests, smoke) {
    return gated_open(tests) && gated_open(smoke) ? image : undefined;
}

;// CONCATENATED MODULE: ./lib/publish/history.js


/** A question to GitHub is asked this often, and in all for this long (ms). */
const mostTries = 3;
const history_longest = 10_000;
const history_firstPause = 300;
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
            const pause = history_firstPause * 2 ** (tries - 1);
            const again = (statusOf(error) ?? 500) >= 500 && tries < mostTries && host.now() - start + pause < history_longest;
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
    return `GitHub was not to be asked (${(0,errors/* messageOf */.bD)(error).slice(0, 200)})`;
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
            const numbers = await askGitHub(host, () => host.runNumbers(repository, (0,external_node_path_.basename)(workflow), commit, token));
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
                return { kind: 'unknown', reason: api ? toldBy(error, 'contents') : (0,errors/* messageOf */.bD)(error) };
            }
        },
    };
}

// EXTERNAL MODULE: ./lib/registry/private-config.js
var private_config = __webpack_require__(42991);
// EXTERNAL MODULE: ./lib/publish/push-argv.js
var push_argv = __webpack_require__(12590);
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

;// CONCATENATED MODULE: ./lib/publish/upload.js



/** Layers on their way at the same time, as many as Docker sends. */
const upload_atOnce = 5;
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
                await client.putBlob(blob.digest, blobPath(layout.folder, blob.digest));
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
        const body = new TextEncoder().encode(files.readText(blobPath(layout.folder, digest)) ?? '');
        if ((0,registry_digest/* digestOf */.o)(body) !== digest)
            throw new errors/* ActionError */.lZ('digest-mismatch', `The manifest ${digest} of the build has changed on this machine.`);
        const stored = await client.putManifest(digest, { digest, mediaType, body });
        if (stored !== '' && stored !== digest)
            throw new errors/* ActionError */.lZ('digest-mismatch', `The registry stored ${stored} instead of ${digest}.`);
    }
    return layout.root.digest;
}

;// CONCATENATED MODULE: ./lib/publish/carry.js
var carry_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var carry_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
    const said = (0,lib_outcome/* tail */.RT)(20);
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
/** Under a tag of this run, does it, and takes the tag away. */
async function withTag(host, image, reference, env, use) {
    host.leave({ kind: 'image', name: reference });
    const { exitCode, stderr } = await host.capture({ argv: ['docker', 'image', 'tag', image.localName, reference], env });
    if (exitCode !== 0)
        throw new errors/* ActionError */.lZ('push-failed', `The image cannot be tagged ${reference} (${stderr.trim()}).`);
    try {
        return await use();
    }
    finally {
        await host.capture({ argv: ['docker', 'image', 'rm', reference], env });
    }
}
async function throughRelay(host, image, name, client, env, signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        // What cannot be entered is told in the registry's own words, before the engine makes its own of them.
        await client.authorization('pull,push');
        const carried = {};
        const door = (0,external_node_crypto_.randomUUID)();
        const relay = carry_addDisposableResource(env_1, await host.relay(pushRules(client, name.path, door, host.runId, carried)), true);
        const reference = `127.0.0.1:${relay.port}/${door}:${host.runId}`;
        const last = await withTag(host, image, reference, env, () => withRetry(host, signal, async () => {
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
        const result_1 = carry_disposeResources(env_1);
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
/**
 * Brings the image's layers and manifest into a repository without setting any of its tags.
 * @returns what the manifest can be asked for by: its digest, or the carrier tag of an engine that does not reach us
 */
async function carry(host, image, name, client, fallback, env, signal) {
    try {
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
        throw new errors/* ActionError */.lZ(isTransientError(error) ? 'registry-unavailable' : 'push-failed', `${(0,image_name/* nameText */.fh)(name)}: ${(0,errors/* messageOf */.bD)(error)}`, {
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

// EXTERNAL MODULE: ../../../work/main/node_modules/semver/index.js
var semver = __webpack_require__(68350);
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
    const { compare, valid } = (await __webpack_require__.e(/* import() */ 460).then(__webpack_require__.t.bind(__webpack_require__, 92460, 19))).default;
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

;// CONCATENATED MODULE: ./lib/publish/pedigree.js

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
    const workflow = labels[plan_labels/* workflowLabel */.Sz];
    const number = labels[plan_labels/* runLabel */.Az];
    return {
        ...(revision ? { revision } : {}),
        ...(version ? { version } : {}),
        ...(workflow && number !== undefined && /^\d{1,15}$/.test(number) ? { run: { workflow, number: Number(number) } } : {}),
        movingTags: labels[plan_labels/* movingTagsLabel */.Y9]?.split(' ') ?? [],
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

;// CONCATENATED MODULE: ./lib/publish/held.js



const parse = (body) => JSON.parse(new TextDecoder().decode(body));
async function manifestOf(client, digest) {
    const manifest = await client.getManifest(digest);
    if (manifest && (0,registry_digest/* digestOf */.o)(manifest.body) !== digest)
        throw new errors/* ActionError */.lZ('digest-mismatch', `The registry answers ${(0,registry_digest/* digestOf */.o)(manifest.body)} where ${digest} was asked for.`);
    return manifest ? { ...manifest, digest } : undefined;
}
/** The labels of an image; of an index, those of the first child that runs somewhere (attestations do not). */
async function labelsOf(client, manifest) {
    const json = parse(manifest.body);
    const child = json.manifests?.find(({ platform }) => platform?.os !== 'unknown')?.digest;
    const image = child === undefined ? json : parse((await manifestOf(client, child))?.body ?? new TextEncoder().encode('{}'));
    const config = image.config?.digest === undefined ? undefined : await client.getBlob(image.config.digest);
    return (config && parse(config).config?.Labels) || {};
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
        const held = { digest, manifest, pedigree: readPedigree(await labelsOf(client, manifest).catch(() => ({})), source) };
        known.set(digest, held);
        return held;
    };
}

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
    const decidedByRun = plan.labels[plan_labels/* runLabel */.Az] !== undefined;
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
        throw new errors/* ActionError */.lZ('registry-unauthorized', `${program} gives no login for ${server} (${stdout.trim().slice(0, 200)}).`);
    const { Username: username, Secret: password } = JSON.parse(stdout);
    host.hide(password);
    return { username, password };
}
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
/** Digest to every registry, then the tags that stay, then those that move; each is asked for again and compared. */
async function publish(host, plan, image, history, env, log, signal) {
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
        const credential = await resolveCredential(host, plan.access.get(name.registry), env);
        const client = createClient(host, name, credential);
        const read = createReader(client, sourceOf(plan.labels));
        const carrier = plan.tags.find(({ moves }) => !moves) ?? plan.tags[0];
        // An engine that pushes by itself may have to do so under a tag that moves: what was there must be known.
        const over = carrier?.moves ? await read(carrier.name).catch(() => undefined) : undefined;
        const pedigree = ownPedigree(plan.labels, plan.event);
        const looked = lookAhead(plan.tags, pedigree, client, read, history);
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
    const { pushedTags, kept } = await setTags(plan, arrived, history, attempt, log, signal);
    const first = arrived[0];
    const published = { digest: first?.image.digest ?? '', pushedTags, compressedBytes: first?.compressedBytes ?? 0 };
    return failure ? { published, kept, failure } : { published, kept };
}

;// CONCATENATED MODULE: ./lib/report/report.js

/** Raised when a field changes its meaning or goes. */
const reportVersion = 1;
function failureReport(stage, red) {
    const { kind, remedy } = errors/* failures */.e9[red.code];
    const { cause, ...rest } = red;
    return { stage, ...rest, kind, ...(cause ? { cause: { name: cause.name, text: cause.text } } : {}), remedy: cause?.fix ?? remedy };
}
function stateOf(outcome) {
    return outcome.kind;
}

;// CONCATENATED MODULE: ./lib/report/assemble.js



/** The first red stage in the order of a run; else that it was cancelled. */
function assemble_failureOf({ outcomes, stages, cancelled }) {
    for (const stage of ['test', 'build', 'smoke', 'publish']) {
        const outcome = outcomes[stage];
        if (outcome.kind === 'failed')
            return failureReport(stage, outcome.red);
    }
    if (!cancelled)
        return undefined;
    const underWay = stages.find(({ state }) => state === 'stopped')?.stage ?? 'plan';
    return failureReport(underWay, { code: 'cancelled', message: 'The run was cancelled.', evidence: [] });
}
function assemble_imageOf({ plan, outcomes, published, cache }) {
    if (outcomes.build.kind !== 'passed')
        return undefined;
    const { digest, configDigest, store, steps, stepReports, compressedBytes } = outcomes.build.value;
    const bytes = published?.compressedBytes || compressedBytes;
    return {
        digest: published?.digest || digest,
        imageid: configDigest ?? '',
        store,
        ...(bytes ? { compressedBytes: bytes } : {}),
        steps,
        stepList: stepReports,
        ...(cache ? { cache } : {}),
        inputHash: plan.labels[plan_labels/* inputHashLabel */.Tc] ?? '',
    };
}
function assembleReport(findings) {
    const { plan, outcomes, published, testReport } = findings;
    const failure = assemble_failureOf(findings);
    const image = assemble_imageOf(findings);
    const pushedTags = published?.pushedTags ?? [];
    return {
        version: reportVersion,
        result: failure ? 'failed' : 'passed',
        durationMs: findings.durationMs,
        names: plan.names.map(image_name/* nameText */.fh),
        tags: plan.tags.map(({ name }) => name),
        push: plan.push,
        pushed: pushedTags.length > 0,
        pushedTags,
        stages: findings.stages,
        ...(failure ? { failure } : {}),
        ...(image ? { image } : {}),
        ...(testReport ? { tests: testReport } : {}),
        ...(outcomes.smoke.kind === 'passed' ? { smoke: outcomes.smoke.value } : {}),
        checks: findings.checks,
        notices: findings.notices,
    };
}

// EXTERNAL MODULE: ./lib/report/outputs.js
var report_outputs = __webpack_require__(3356);
;// CONCATENATED MODULE: ./lib/stage-runner.js




const order = ['test', 'build', 'smoke', 'publish'];
function stage_runner_textOf(outcome, detail) {
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
        reports: () => order.map((stage) => reports.get(stage) ?? { stage, state: 'not run', start: 0, duration: 0, detail: '' }),
        run: async (stage, work, detail) => {
            const began = host.now();
            const log = host.log.stage(stage);
            const outcome = await work(log).catch((error) => {
                if (cancel.aborted)
                    return lib_outcome/* stopped */.ce;
                return error instanceof errors/* ActionError */.lZ
                    ? (0,lib_outcome/* failed */.gz)(error.code, error.message)
                    : (0,lib_outcome/* failed */.gz)('internal', (0,errors/* messageOf */.bD)(error), [(error instanceof Error && error.stack) || '']);
            });
            if (outcome.kind === 'failed')
                red.abort();
            const text = stage_runner_textOf(outcome, detail);
            const duration = host.now() - began;
            reports.set(stage, { stage, state: stateOf(outcome), start: began - start, duration, detail: text });
            log.close(outcome.kind === 'skipped' ? `skipped (${text})` : `${text} (${(0,report_text/* seconds */.YA)(duration)})`);
            return outcome;
        },
    };
}

;// CONCATENATED MODULE: ./lib/pipeline.js
var pipeline_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var pipeline_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
async function run(host, inputs, plan, dockerConfig, cancel) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const start = host.now();
        const env = (0,host_environment/* childEnvironment */.Qc)('engine', host.env);
        const denied = new AbortController();
        const stages = createStageRunner(host, start, AbortSignal.any([cancel, denied.signal]));
        const notices = [...plan.notices];
        const notice = (text) => {
            notices.push(text);
            host.log.notice(text);
        };
        const scope = pipeline_addDisposableResource(env_1, new AsyncDisposableStack(), true);
        (0,outputs/* tellPlan */.f)(host, inputs, plan);
        const found = await findEngine(host, env);
        const own = engineBuilder(host.env, dockerConfig);
        const { options } = inputs.build;
        const switches = options.builder === undefined && maySwitch(found, options.imageStore, host.env);
        const engine = switches ? await switchStore(host, found, env, cancel) : found;
        const strategy = await chooseStrategy(host, engine, own, options, inputs.cache.kind !== 'none' && (0,host_environment/* cacheServiceGiven */.xI)(host.env), env);
        const native = (0,platforms/* nativePlatform */.Nc)(engine.architecture);
        const untested = inputs.smoke.run ? await (0,platforms/* findForeign */.eN)(host, strategy.platforms, engine, own, env) : [];
        if (!inputs.accept.has('untested-platforms'))
            (0,platforms/* refuseUntested */.Do)(untested, native);
        else if (untested.length > 0)
            notice(`Not tested, as this engine cannot run it: ${untested.join(', ')} (accept: untested-platforms).`);
        // Another builder exports a cache whatever the store of the engine is, and may be in a network of its own.
        const near = !strategy.elsewhere && sharesLoopback(engine, host.hostname);
        const place = { store: strategy.elsewhere ? 'containerd' : engine.store, near };
        const chosen = (0,cache/* chooseCache */.e3)(inputs, plan.event, place, host.env, start, options.platforms.length > 0 ? options.platforms : undefined);
        if (chosen.notice)
            notice(chosen.notice);
        if (plan.annotations.length > 0 && place.store === 'classic')
            notice('The classic image store keeps no annotations: the manifest gets none.');
        host.log.line(`Engine ${engine.version}, buildx ${engine.buildx}, ${engine.store} image store. Layer cache: ${(0,cache/* cacheText */.e5)(chosen)}.`);
        host.log.line(strategy.says);
        const layers = await openCache(host, chosen, plan.event, near, scope, notice);
        if (layers.notice)
            notice(layers.notice);
        const { compression, because } = (0,build_options/* chooseCompression */.gS)(inputs.build.options.compression, inputs.build.dockerfile, inputs.build.target, inputs.build.args);
        if (because)
            host.log.line(`Layers are compressed by ${compression}, as ${because} is for a service that reads nothing else.`);
        const ended = new AbortController();
        const making = makeRoom(host, engine, inputs.build, notice, AbortSignal.any([cancel, ended.signal]));
        scope.defer(() => making);
        // Beside the build, which takes its time to fill a disk; before it, where there is next to nothing.
        if ((freeRoom(host, engine) ?? leastRoom) < leastRoom)
            await making;
        scope.defer(() => ended.abort());
        const denial = foreseeDenial(host, plan, ended.signal);
        void denial.then((error) => error && denied.abort());
        let testReport;
        let checks = [];
        let cacheReport;
        const { tests, image, smoked } = await runGates({
            host,
            inputs,
            stages,
            order: {
                build: inputs.build,
                labels: plan.labels,
                annotations: plan.annotations,
                builder: strategy.builder,
                store: engine.store,
                elsewhere: strategy.elsewhere,
                untested,
                native,
                cache: layers.cache,
                ...(layers.folders ? { cacheFolders: layers.folders } : {}),
                onChecks: (all) => {
                    checks = all;
                },
            },
            env,
            buildEnv: {
                ...env,
                ...layers.environment,
                BUILDX_METADATA_WARNINGS: '1',
                ...readLogin(host, inputs, plan, (0,cache_arguments/* cacheRegistry */.m)(layers.cache), scope),
            },
            relabel: async (tests) => {
                const model = await (0,read/* readModel */.ko)(host, inputs.build, (0,host_environment/* childEnvironment */.Qc)('code', host.env));
                (0,read/* tellModel */.P_)(host, model);
                const labels = (0,plan_labels/* labelsAfterTests */.jj)(plan.labels, inputs, model, tests);
                (0,outputs/* tellPlan */.f)(host, inputs, { ...plan, labels, metadata: (0,metadata/* withLabels */.I)(plan.metadata, labels) });
                return labels;
            },
            onReport: (report) => {
                testReport = report;
            },
            onImage: (built) => {
                for (const name of localNames(built.localName, built.runnables))
                    scope.defer(() => removeImage(host, name, env));
                const { layout } = built;
                if (layout)
                    scope.defer(() => host.files.remove(layout.folder));
                (0,outputs/* setOutputs */.n)(host, (0,report_outputs/* buildOutputs */.JZ)(built));
                const trouble = layers.door?.trouble() ?? built.cacheTrouble;
                if (trouble)
                    notice(`The layer cache could not be used, the build went on without: ${trouble}`);
                if (layers.keep)
                    scope.defer(layers.keep);
                cacheReport = cacheFigures(chosen, layers, built);
                if (layers.cache.kind !== 'none')
                    host.log.line(figuresText(cacheReport, built.steps));
            },
            background: (work) => scope.defer(() => work),
        });
        if (smoked.kind === 'passed' && !smoked.value.predict) {
            notice('The image starts and is healthy; that its model predicts was not proven, as predict-body is not given.');
        }
        const gated = image.kind === 'passed' && !cancel.aborted ? gate(image.value, tests, smoked) : undefined;
        let published;
        let publishing = lib_outcome/* stopped */.ce;
        if (denied.signal.aborted && !cancel.aborted) {
            const error = await denial;
            if (error)
                publishing = await stages.run('publish', async () => (0,lib_outcome/* failed */.gz)(error.code, error.message), () => '');
        }
        else if (gated) {
            publishing = await stages.run('publish', async (log) => {
                // What the tests left running may have waited for its hour.
                const changed = host.changedCommandFiles();
                if (changed.length > 0)
                    return (0,lib_outcome/* failed */.gz)('runner-files-changed', `Something changed ${changed.join(', ')} after the tests.`);
                if (!plan.push.push)
                    return (0,lib_outcome/* skipped */.hT)(plan.push.reason);
                const code = (0,host_environment/* childEnvironment */.Qc)('code', host.env);
                const history = createHistory(host, plan.event, inputs.credentials.githubToken, inputs.workingDirectory, code);
                const publication = await publish(host, plan, gated, history, env, log, cancel);
                published = publication.published;
                notices.push(...publication.kept);
                return publication.failure ? (0,lib_outcome/* failed */.gz)(publication.failure.code, publication.failure.message) : (0,lib_outcome/* passed */.bF)(published);
            }, ({ digest, pushedTags }) => `${pushedTags.length} ${pushedTags.length === 1 ? 'tag' : 'tags'}, ${digest}`);
            if (host.kind === 'terminal' || !plan.push.push)
                await keepUnderTags(host, gated, plan, env);
        }
        return assembleReport({
            plan,
            stages: stages.reports(),
            outcomes: { test: tests, build: image, smoke: smoked, publish: publishing },
            testReport,
            cache: cacheReport,
            published,
            notices,
            checks,
            cancelled: cancel.aborted,
            durationMs: host.now() - start,
        });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = pipeline_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/**
 * A login for the buildx client, only where a base image or the layer cache may be in a registry that the user gave a login for: the
 * fewer runs have one on disk while foreign code runs, the better.
 */
function readLogin(host, inputs, plan, cached, scope) {
    const logins = new Map();
    for (const [registry, access] of plan.access) {
        if (access.kind === 'given' && (registry === cached || mayNeedLogin(registry, inputs.build.dockerfile, inputs.build.args)))
            logins.set(registry, access.credential);
    }
    if (logins.size === 0)
        return {};
    const { folder, variables } = (0,private_config/* makePrivateConfig */.Y)(host, logins);
    scope.defer(() => host.files.remove(folder));
    return variables;
}
/** The image stays in the engine under the tags it would have been pushed by. */
async function keepUnderTags(host, image, plan, env) {
    for (const reference of plan.references) {
        await host.capture({ argv: ['docker', 'image', 'tag', image.localName, reference], env });
    }
    host.log.line(plan.references.length > 0
        ? `The image is in this engine as ${plan.references.join(', ')}.`
        : 'The image is not kept: no commit or ref is known to tag it by, and tags gives none.');
}
async function removeImage(host, name, env) {
    await host.capture({ argv: ['docker', 'image', 'rm', name], env }).catch(() => undefined);
}


/***/ })

};
