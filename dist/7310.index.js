export const id = 7310;
export const ids = [7310];
export const modules = {

/***/ 17310:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  inspectWhole: () => (/* binding */ inspectWhole)
});

// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/outcome.js
var outcome = __webpack_require__(63259);
;// CONCATENATED MODULE: ./lib/inspect/finding.js
/** A place in the words that `leak-ignore` takes. */
function placeText(place) {
    switch (place.kind) {
        case 'file':
            return place.path;
        case 'env':
        case 'arg':
        case 'label':
        case 'annotation':
            return `${place.kind}:${place.name}`;
        default:
            return place.kind;
    }
}
const longestInstruction = 80;
/** An instruction on one line, without what it may hold of a secret. */
function instructionText({ text }, secrets) {
    const line = secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text.replace(/\s+/g, ' '));
    return line.length > longestInstruction ? `${line.slice(0, longestInstruction)}...` : line;
}

;// CONCATENATED MODULE: ./lib/inspect/ignore.js
/** Whether the user has said that this is no secret. */
function isIgnored({ rule, place }, ignore) {
    return ignore.some((one) => {
        if (one.kind === 'rule')
            return one.id === rule;
        if (one.kind === 'path')
            return place.kind === 'file' && one.pattern.test(place.path);
        return place.kind === one.kind && 'name' in place && one.pattern.test(place.name);
    });
}

// EXTERNAL MODULE: ./lib/inspect/leaks/variables.js
var leaks_variables = __webpack_require__(3750);
;// CONCATENATED MODULE: ./lib/inspect/job-values.js

/** A secret in a file that is longer than this (characters) is no secret but a file. */
const longest = 64 << 10;
/**
 * The values that this job must not put into an image: all that is hidden in its log, files of `secret-files`, and
 * variables of tests and container whose name and value say that they are secret.
 */
function jobValues({ secrets, files }, { build, test, smoke }) {
    const filed = build.options.secrets.flatMap((secret) => {
        const text = secret.kind === 'file' ? files.readText(secret.path) : undefined;
        return text !== undefined && text.length <= longest ? [text.trim()] : [];
    });
    const variables = [test.env, smoke.env].flatMap((env) => Object.entries(env).flatMap(([name, value]) => ((0,leaks_variables/* givesSecret */.t)(name, value) ? [value] : [])));
    return [...new Set([...secrets(), ...filed, ...variables])];
}

;// CONCATENATED MODULE: ./lib/inspect/layers/described.js
/** Configuration and history of an image as the engine tells them; which entries have a layer it does not say. */
async function describe(host, { config, localName }, env) {
    const argv = ['docker', 'image', 'history', '--no-trunc', '--format', '{{json .CreatedBy}}', localName];
    const { exitCode, stdout } = await host.capture({ argv, env });
    const entries = exitCode === 0 ? stdout.split('\n').filter((line) => line.startsWith('"')) : [];
    return {
        config: {
            Env: Object.entries(config.env).map(([name, value]) => `${name}=${value}`),
            Labels: config.labels,
            Cmd: config.command,
        },
        // Newest first.
        history: entries.map((line) => ({ created_by: JSON.parse(line), empty_layer: true })).reverse(),
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./lib/inspect/leaks/placeholder.js
var placeholder = __webpack_require__(63226);
;// CONCATENATED MODULE: ./lib/inspect/leaks/forms.js

/** Shorter ones are not looked for: they are found everywhere. */
const shortest = 8;
/** From this length on a value is found nowhere by chance. */
const surelyUnique = 12;
/** The part of base64 that the value alone decides, for each of the three places it can begin at in a group of bytes. */
function base64Forms(bytes) {
    return [0, 1, 2].map((offset) => {
        const whole = Buffer.concat([Buffer.alloc(offset), bytes]);
        const text = whole.toString('base64').replace(/=+$/, '');
        return text.slice(offset === 0 ? 0 : offset + 1, whole.length % 3 === 0 ? undefined : -1);
    });
}
/** A value as it is, in base64 (both alphabets), for addresses and in JSON. */
function formsOf(value) {
    const bytes = Buffer.from(value);
    const standard = base64Forms(bytes);
    const texts = [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)];
    const forms = [
        ...texts.map((text) => Buffer.from(text).toString('latin1')),
        ...standard,
        ...standard.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ];
    return [...new Set(forms)].filter((form) => form.length >= shortest);
}
/** Of a secret over several lines, as a key, each line that is one by itself. */
function linesOf(value) {
    const lines = value.split(/\r\n|\r|\n/);
    return lines.length === 1 ? [] : lines.map((line) => line.trim()).filter((line) => line.length >= 32 && (0,placeholder/* entropyOf */.J)(line) >= 4);
}
/** What is to be looked for, of all that the job hides. Values that everybody has are left out. */
function jobSecrets(values) {
    const all = new Set([...values].map((value) => value.trim()));
    return [...all]
        .filter((value) => value.length >= shortest && !(0,placeholder/* isPlaceholder */.w)(value))
        .map((value) => ({ value, forms: [...new Set([value, ...linesOf(value)].flatMap(formsOf))] }));
}

;// CONCATENATED MODULE: ./lib/inspect/leaks/may-have.js
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
function sharedStart(texts) {
    const [first = '', ...others] = texts;
    let length = first.length;
    for (const other of others)
        while (!other.startsWith(first.slice(0, length)))
            length--;
    return first.slice(0, length);
}
/** Those that begin alike together: fewer places to begin at. */
function patternOf(texts) {
    return [...Map.groupBy(texts, (text) => text.slice(0, 1)).values()]
        .map((alike) => {
        const start = sharedStart(alike);
        return alike.length === 1 ? escaped(start) : `${escaped(start)}(?:${patternOf(alike.map((text) => text.slice(start.length)))})`;
    })
        .join('|');
}
/** Shorter ones keep the engine from leaping over what cannot be the beginning of a longer one. */
const may_have_long = 6;
/** The beginning of a longer one says enough (characters), and there are patterns that are too large. */
const enough = 24;
const mostAtOnce = 256;
/** A pattern for the long ones and one for the others are three times as fast as one for all (35 MB of Python in 0.12 s). */
function soughtOf(texts, flags) {
    const all = [...new Set([...texts].map((text) => text.slice(0, enough)))];
    // Of two of which one has the other in it, that other is enough.
    const needed = all.filter((text) => !all.some((other) => other !== text && text.includes(other)));
    const groups = [needed.filter(({ length }) => length < may_have_long), needed.filter(({ length }) => length >= may_have_long)];
    const patterns = groups
        .flatMap((group) => Array.from({ length: Math.ceil(group.length / mostAtOnce) }, (_, at) => group.slice(at * mostAtOnce, (at + 1) * mostAtOnce)))
        .map((group) => new RegExp(patternOf(group), flags));
    return { needed, patterns };
}
/** Whether a text may have any of these in it; it has if they are no longer than 24 characters. */
function mayHave(texts) {
    const { patterns } = soughtOf(texts, '');
    return (text) => patterns.some((pattern) => pattern.test(text));
}
/** Those of some things of which a text may have one of `textsOf` in it: all that have, in their order, and few others. */
function thoseIn(things, textsOf) {
    const { needed, patterns } = soughtOf(things.flatMap(textsOf), 'g');
    const told = new Map(needed.map((start) => [start, things.filter((thing) => textsOf(thing).some((text) => text.includes(start)))]));
    return (text) => {
        const found = new Set();
        for (const pattern of patterns) {
            pattern.lastIndex = 0;
            for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
                for (const thing of told.get(match[0]) ?? [])
                    found.add(thing);
                // Another may begin within this one.
                pattern.lastIndex = match.index + 1;
            }
        }
        return found.size === 0 ? [] : things.filter((thing) => found.has(thing));
    };
}

// EXTERNAL MODULE: ./lib/inspect/leaks/rules.js + 2 modules
var rules = __webpack_require__(18119);
;// CONCATENATED MODULE: ./lib/inspect/leaks/search.js




/** Packages that others have made bring keys for their tests and examples in their documentation. */
const foreign = /\/(?:site-packages|dist-packages|node_modules|vendor\/bundle|gems|pkg\/mod|\.cargo\/registry)\/|^\/usr\/(?:share|src|lib|libexec|include)\/|^\/usr\/local\/(?:lib\/python[\d.]+|share|go|include)\/|^\/(?:opt|root|home\/[^/]+)?\/?(?:mini)?(?:conda|forge|mamba)\d?\//;
/** The keys of their tests are made for everybody. */
const foreignTest = /\/(?:tests?|testing|test_?data|fixtures|examples?|docs?)\//;
/** Whether a file is somebody else's, by where it is. */
const isForeign = (path) => foreign.test(path);
const byPath = rules/* rules */.aO.filter(({ path }) => path);
const everywhere = rules/* rules */.aO.filter(({ path }) => !path);
/** Every text has this one, and a pattern that begins with it is found as fast. */
const common = '://';
const addresses = everywhere.filter(({ literals }) => literals.includes(common));
const shapes = everywhere.filter(({ literals }) => !literals.includes(common));
const shapesIn = thoseIn(shapes, ({ literals }) => literals);
const beforeShown = 40;
const lookalike = /[A-Za-z0-9+/_=~.-]{12,}/g;
/** What stands before the secret on its line, with anything in it that may be another, and stars for the secret. */
function excerptOf(text, index, kept = '') {
    const start = Math.max(text.lastIndexOf('\n', index - 1) + 1, index - beforeShown);
    const before = text
        .slice(start, index)
        .replace(lookalike, (run) => (/\d/.test(run) ? '***' : run))
        .replace(/[^\x20-\x7e]+/g, ' ');
    return `${before.trimStart()}${kept}***`;
}
/** How a token begins may be shown: it is the same for all of its kind. */
function beginning({ literals }, secret) {
    return literals.find((literal) => literal.length >= 3 && secret.startsWith(literal)) ?? '';
}
function* matches(rule, text) {
    if (!rule.literals.some((literal) => text.includes(literal)))
        return;
    for (const match of text.matchAll(rule.pattern)) {
        const secret = match.groups?.['secret'] ?? match[0];
        const name = match.groups?.['name'] ?? '';
        if (rule.known?.includes(secret) || (0,placeholder/* entropyOf */.J)(secret) < (rule.entropy ?? 3) || (0,placeholder/* isPlaceholder */.w)(secret))
            continue;
        if (rule.holds && !rule.holds(secret, name))
            continue;
        const index = match.index + Math.max(0, match[0].lastIndexOf(secret));
        const { id, what, weight = 'red' } = rule;
        yield { rule: id, what, weight, index, secret, excerpt: excerptOf(text, index, beginning(rule, secret)) };
    }
}
const overlaps = (a, b) => a.index < b.index + b.secret.length && b.index < a.index + a.secret.length;
/**
 * A search for the job's own secrets and for all that has the shape of one. In packages of others only the former are red.
 * What all of them begin with is looked for first, as most files have nothing.
 */
function createSearch(secrets) {
    const hasSecret = mayHave(secrets.flatMap(({ forms }) => forms));
    const ofJob = (text, elsewhere) => secrets.flatMap(({ value, forms }) => {
        const form = elsewhere && value.length < surelyUnique ? undefined : forms.find((one) => text.includes(one));
        if (form === undefined)
            return [];
        const index = text.indexOf(form);
        return [{ rule: 'job-secret', what: rules/* ownRules */.og['job-secret'], weight: 'red', index, secret: form, excerpt: excerptOf(text, index) }];
    });
    return (text, path) => {
        const elsewhere = path !== undefined && isForeign(path);
        const hits = hasSecret(text) ? [...ofJob(text, elsewhere)] : [];
        if (elsewhere && foreignTest.test(path))
            return hits;
        const fitting = path === undefined ? [] : byPath.filter((rule) => rule.path?.test(path));
        const fit = [...fitting, ...shapesIn(text), ...addresses].filter(({ loose }) => !(loose && elsewhere));
        for (const rule of fit)
            for (const hit of matches(rule, text))
                if (!hits.some((other) => overlaps(hit, other)))
                    hits.push(elsewhere ? { ...hit, weight: 'advice' } : hit);
        return hits;
    };
}

;// CONCATENATED MODULE: ./lib/inspect/layers/tar.js
const block = 512;
/** A longer name or pax header is none that a builder writes. */
const longestHeader = 1 << 20;
const textOf = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
const cString = (bytes) => textOf(bytes.subarray(0, bytes.indexOf(0) < 0 ? bytes.length : bytes.indexOf(0)));
/** Octal digits, or for what is larger than they can say a number of bytes with the first bit set (GNU). */
function numberOf(field) {
    if (((field[0] ?? 0) & 0x80) === 0)
        return Number.parseInt(cString(field).trim() || '0', 8);
    return field.reduce((sum, byte, index) => sum * 256 + (index === 0 ? byte & 0x7f : byte), 0);
}
/** The records of a pax header, `LENGTH NAME=VALUE`, the length in bytes. */
function paxRecords(bytes) {
    const records = new Map();
    for (let at = 0; at < bytes.length;) {
        const space = bytes.indexOf(0x20, at);
        const length = Number.parseInt(textOf(bytes.subarray(at, space)), 10);
        if (space < 0 || !(length > space - at))
            break;
        const record = textOf(bytes.subarray(space + 1, at + length - 1));
        records.set(record.slice(0, record.indexOf('=')), record.slice(record.indexOf('=') + 1));
        at += length;
    }
    return records;
}
const rooted = (name) => `/${name.replace(/^(?:\.?\/)+/, '')}`;
/**
 * Reads a tar stream (ustar, with GNU's and pax' long names) and gives each regular file with at most `most` of its
 * first bytes; the rest is stepped over. What `onFile` is given may be overwritten after it returns.
 * @throws Error when it is no tar
 */
function createTarReader(most, onFile) {
    const header = new Uint8Array(block);
    let headed = 0;
    let entry;
    /** Of the body of the entry: bytes still to come, with what fills its last block. */
    let left = 0;
    let gathered;
    let filled = 0;
    let longName;
    let longBytes;
    let over = false;
    const begin = () => {
        if (header.every((byte) => byte === 0)) {
            over = true;
            return;
        }
        const type = String.fromCharCode(header[156] ?? 0);
        const isUstar = textOf(header.subarray(257, 262)) === 'ustar';
        if (!isUstar && header[0] === 0)
            throw new Error('a layer is no tar archive');
        const own = type === 'x' || type === 'L' || type === 'g' || type === 'K';
        const bytes = (own ? undefined : longBytes) ?? numberOf(header.subarray(124, 136));
        if (!Number.isSafeInteger(bytes) || bytes < 0)
            throw new Error('a layer is no tar archive: an entry has no size');
        const prefix = isUstar && header[262] !== 0x20 ? cString(header.subarray(345, 500)) : '';
        const name = `${prefix === '' ? '' : `${prefix}/`}${cString(header.subarray(0, 100))}`;
        const kind = type === 'x' ? 'pax' : type === 'L' ? 'name' : type === '0' || type === '\0' || type === '7' ? 'file' : 'other';
        const path = own ? '' : rooted(longName ?? name);
        const wanted = kind === 'file' ? Math.min(bytes, most) : kind === 'other' ? 0 : Math.min(bytes, longestHeader);
        entry = { kind, path, bytes, wanted };
        if (!own)
            [longName, longBytes] = [undefined, undefined];
        left = Math.ceil(bytes / block) * block;
        filled = 0;
        gathered = undefined;
        if (wanted === 0)
            finish(new Uint8Array());
        if (left === 0)
            entry = undefined;
    };
    const finish = (head) => {
        if (!entry)
            return;
        if (entry.kind === 'file')
            onFile({ path: entry.path, bytes: entry.bytes, head });
        if (entry.kind === 'name')
            longName = cString(head);
        if (entry.kind === 'pax') {
            const records = paxRecords(head);
            longName = records.get('path') ?? longName;
            const bytes = records.get('size');
            longBytes = bytes === undefined ? longBytes : Number(bytes);
        }
    };
    return {
        ended: () => over,
        push: (chunk) => {
            for (let at = 0; at < chunk.length && !over;) {
                if (!entry) {
                    const taken = Math.min(block - headed, chunk.length - at);
                    header.set(chunk.subarray(at, at + taken), headed);
                    headed += taken;
                    at += taken;
                    if (headed === block) {
                        headed = 0;
                        begin();
                    }
                    continue;
                }
                const taken = Math.min(left, chunk.length - at);
                const lacking = entry.wanted - filled;
                if (lacking > 0) {
                    const piece = chunk.subarray(at, at + Math.min(taken, lacking));
                    // A file that is in one piece is not copied.
                    if (filled === 0 && piece.length === entry.wanted)
                        finish(piece);
                    else {
                        gathered ??= new Uint8Array(entry.wanted);
                        gathered.set(piece, filled);
                        if (filled + piece.length === entry.wanted)
                            finish(gathered);
                    }
                    filled += piece.length;
                }
                left -= taken;
                at += taken;
                if (left === 0)
                    entry = undefined;
            }
        },
    };
}

;// CONCATENATED MODULE: ./lib/inspect/layers/layer.js



/** Of each file so much is looked at (bytes); of one that is larger and no text, nothing. */
const mostOfFile = 1 << 20;
const sniffed = 8192;
const mostHits = 100;
const mostHeld = 200_000;
/** Reads a layer once as it comes, and looks into each of its files. One that nothing has `named` is hashed. @throws Error when it is none */
async function readLayer(host, body, search, named) {
    const hash = named ? undefined : (0,external_node_crypto_.createHash)('sha256');
    const hits = [];
    const held = [];
    let files = 0;
    let bytes = 0;
    const reader = createTarReader(mostOfFile, ({ path, bytes: size, head }) => {
        files++;
        if (held.length < mostHeld)
            held.push({ path, bytes: size });
        const isBinary = head.subarray(0, sniffed).includes(0);
        // What others have compiled is most of a layer, and nobody has put a secret of ours into it.
        if (isBinary && (size > mostOfFile || isForeign(path)))
            return;
        bytes += head.length;
        const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1');
        for (const { index: _, ...hit } of search(text, path))
            if (hits.length < mostHits)
                hits.push({ ...hit, path });
    });
    for await (const piece of host.inflate(body)) {
        hash?.update(piece);
        reader.push(piece);
    }
    return { ...(hash ? { diffId: `sha256:${hash.digest('hex')}` } : {}), files, bytes, hits, held };
}

;// CONCATENATED MODULE: ./lib/inspect/layers/readings.js

/** A layer with more than this, compressed, is one of weights: it is not looked into (bytes). */
const largestLayer = 256 << 20;
/** So long at most (ms). */
const longestSearch = 30_000;
/** Begins the time in which layers are read. */
function openReadings(host, search, signal) {
    const readings = new Map();
    const over = new AbortController();
    const done = new AbortController();
    const limit = host.sleep(longestSearch, AbortSignal.any([done.signal, signal])).then(() => over.abort(), () => undefined);
    return {
        take: async (digest, body) => {
            if (!over.signal.aborted)
                readings.set(digest, await readLayer(host, body, search, true));
        },
        of: readings,
        over: over.signal,
        [Symbol.asyncDispose]: async () => {
            done.abort();
            await limit;
        },
    };
}

// EXTERNAL MODULE: ./lib/build/layout.js
var layout = __webpack_require__(27564);
// EXTERNAL MODULE: ./lib/publish/push-argv.js
var push_argv = __webpack_require__(28514);
// EXTERNAL MODULE: ./lib/registry/digest.js
var registry_digest = __webpack_require__(82895);
;// CONCATENATED MODULE: ./lib/inspect/layers/door.js

const digestPattern = /^sha256:[a-f0-9]{64}$/;
/**
 * Rules of a door that an engine takes for a registry (OCI distribution spec, "Pushing") and that keeps nothing: what is
 * wanted of the image `door` is read as it comes, and all else is said to be there already.
 */
function handOverRules(door, { wants, take, onManifest }) {
    const ours = `/v2/${door}/`;
    const answer = (status, headers = {}) => ({
        kind: 'answer',
        status,
        headers,
        body: '',
    });
    let uploads = 0;
    // What has come in the push that is under way: the engine of the classic store looks whether it has arrived.
    const arrived = new Set();
    const upload = async ({ method, headers, body, readBody }, place, query) => {
        const content = body ?? whole(readBody);
        const location = { location: `${ours}blobs/uploads/${place}` };
        const digest = query.get('digest') ?? undefined;
        if (method === 'GET')
            return answer(204, { ...location, range: '0-0' });
        if (method === 'PATCH') {
            const counted = { bytes: 0 };
            await take(counting(content, counted), undefined);
            return answer(202, { ...location, range: `0-${Math.max(0, counted.bytes - 1)}` });
        }
        // The whole blob, or the end of one that has come by PATCH.
        const length = headers['content-length'];
        if (length !== '0' && (length !== undefined || headers['transfer-encoding'] !== undefined))
            await take(content, digest, length === undefined ? undefined : Number(length));
        if (digest !== undefined)
            arrived.add(digest);
        return answer(201, { location: `${ours}blobs/${digest}`, 'docker-content-digest': digest ?? '' });
    };
    return {
        location: (location) => location,
        route: async (request) => {
            const { pathname, searchParams } = new URL(request.path, 'http://door');
            if (/^\/v2\/?$/.test(pathname))
                return answer(200);
            if (!pathname.startsWith(ours))
                return answer(404);
            const rest = pathname.slice(ours.length);
            if (rest.startsWith('manifests/')) {
                if (request.method !== 'PUT')
                    return answer(404);
                const body = await request.readBody();
                arrived.clear();
                const digest = (0,registry_digest/* digestOf */.o)(body);
                onManifest(body, digest);
                return answer(201, { 'docker-content-digest': digest, location: `${ours}manifests/${digest}` });
            }
            const [, place] = /^blobs\/uploads\/(.*)$/.exec(rest) ?? [];
            if (place === '' || place === undefined) {
                if (place === '')
                    return answer(202, { location: `${ours}blobs/uploads/${++uploads}`, 'docker-upload-uuid': String(uploads), range: '0-0' });
                const digest = rest.replace(/^blobs\//, '');
                return digestPattern.test(digest) && (!wants(digest) || arrived.has(digest))
                    ? answer(200, { 'docker-content-digest': digest })
                    : answer(404);
            }
            return await upload(request, place, searchParams);
        },
    };
}
async function* counting(body, counted) {
    for await (const piece of body) {
        counted.bytes += piece.length;
        yield piece;
    }
}
async function* whole(read) {
    yield await read();
}

;// CONCATENATED MODULE: ./lib/inspect/layers/handed-over.js





const nothing = { wants: () => false, take: async () => { }, onManifest: () => { } };
/**
 * Opens the door, which this closes when it is disposed of, and gives the image the name of it, which `onName` is to have taken
 * away: an engine that does so has no time for a container that starts. @throws ActionError engine-unavailable
 */
async function openHandOver(host, localName, env, signal, onName) {
    const door = (0,external_node_crypto_.randomUUID)();
    let taking = nothing;
    const rules = handOverRules(door, {
        wants: (digest) => taking.wants(digest),
        take: (body, digest, bytes) => taking.take(body, digest, bytes),
        onManifest: (body, digest) => taking.onManifest(body, digest),
    });
    const relay = await host.relay(rules);
    const reference = `127.0.0.1:${relay.port}/${door}:${host.runId}`;
    host.leave({ kind: 'image', name: reference });
    const tagged = await host.capture({ argv: ['docker', 'image', 'tag', localName, reference], env });
    if (tagged.exitCode !== 0) {
        await relay[Symbol.asyncDispose]();
        throw new errors/* ActionError */.lZ('engine-unavailable', `The image cannot be tagged ${reference} (${tagged.stderr.trim()}).`);
    }
    onName(reference);
    return {
        ask: async (wanted, enough) => {
            taking = wanted;
            const said = (0,outcome/* tail */.RT)(5);
            const until = enough ? AbortSignal.any([signal, enough]) : signal;
            const ended = await host.stream({ argv: (0,push_argv/* pushArgv */.d)(reference), env }, { signal: until, onLine: said.push });
            if (signal.aborted)
                throw new errors/* ActionError */.lZ('cancelled', 'The run was stopped while the image was looked at.');
            if (enough?.aborted || (ended.kind === 'exited' && ended.exitCode === 0))
                return 'done';
            if (relay.requests() === 0)
                return 'unreached';
            throw new errors/* ActionError */.lZ('engine-unavailable', `The engine does not hand over the layers of the image (${said.lines.at(-1) ?? ''}).`);
        },
        [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
    };
}

;// CONCATENATED MODULE: ./lib/inspect/layers/source.js
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



/** Whether a manifest is that of attestations, which stand beside the images of an index. */
const isAttestation = ({ layers }) => layers.some(({ mediaType }) => mediaType.includes('in-toto'));
/** Longer than any configuration (bytes); an attestation of more is read so far. */
const longestText = 16 << 20;
const namedOf = ({ digest, mediaType = '', size = 0 }) => digest === undefined ? [] : [{ digest, mediaType, bytes: size }];
/** @throws SyntaxError when it is no JSON */
function readManifest(text, digest) {
    const { annotations = {}, config, layers = [] } = JSON.parse(text);
    const [named] = config ? namedOf(config) : [];
    return { digest, annotations, ...(named ? { config: named } : {}), layers: layers.flatMap(namedOf) };
}
async function source_textOf(body) {
    const pieces = [];
    let bytes = 0;
    for await (const piece of body) {
        if (bytes < longestText)
            pieces.push(piece);
        bytes += piece.length;
    }
    return Buffer.concat(pieces).subarray(0, longestText).toString();
}
/** An image that another builder has left as files. */
function fromLayout(host, { folder, manifests }) {
    const { files } = host;
    return {
        manifests: manifests.map(({ digest }) => readManifest(files.readText((0,layout/* blobPath */.n)(folder, digest)) ?? '{}', digest)),
        texts: async (digests) => new Map(digests.map((digest) => [digest, files.readText((0,layout/* blobPath */.n)(folder, digest)) ?? ''])),
        layers: async (digests, take, enough) => {
            for (const digest of digests)
                if (!enough.aborted)
                    await take(digest, files.stream((0,layout/* blobPath */.n)(folder, digest)));
        },
        [Symbol.asyncDispose]: async () => { },
    };
}
/** A blob that is no layer but JSON, which no archive begins like; with all of its body. */
async function openBlob(body) {
    const pieces = body[Symbol.asyncIterator]();
    const first = await pieces.next();
    const whole = async function* () {
        for (let next = first; !next.done; next = await pieces.next())
            yield next.value;
    };
    return { isText: !first.done && first.value[0] === 0x7b, body: whole() };
}
/**
 * An image in an engine with the containerd store. Each question is a push into a door of ours, of which only what is
 * wanted is sent; it costs the engine 0.1 s. The first brings the manifests, and all that is new where the layers of an image
 * before this one are `known`: mostly there is no second.
 */
async function fromEngine({ host, image, env, signal, known, onName, keeper }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const opening = __addDisposableResource(env_1, new AsyncDisposableStack(), true);
        const handing = opening.use(await openHandOver(host, image.localName, env, signal, onName));
        const manifests = [];
        const texts = new Map();
        const taken = new Set();
        const ask = (wants, take, enough) => handing.ask({
            wants,
            take: (body, digest = '', bytes) => take(digest, keeper?.along(digest, body, bytes) ?? body, bytes),
            onManifest: (body, digest) => {
                keeper?.keep(digest, body);
                if (!manifests.some((one) => one.digest === digest))
                    manifests.push(readManifest(new TextDecoder().decode(body), digest));
            },
        }, enough);
        const keep = async (digest, body) => void texts.set(digest, await source_textOf(body));
        const tooMuch = new AbortController();
        let sum = 0;
        const keepNew = async (digest, body, bytes = 0) => {
            sum += bytes;
            if (sum > largestLayer)
                return tooMuch.abort();
            const blob = await openBlob(body);
            if (blob.isText)
                return await keep(digest, blob.body);
            await known.readings.take(digest, blob.body);
            taken.add(digest);
        };
        const isConfig = (digest) => digest === (image.configDigest ?? image.saidConfig);
        const enough = AbortSignal.any([tooMuch.signal, known.readings.over]);
        let answer = known.layers.size > 0 ? await ask((digest) => !known.layers.has(digest), keepNew, enough) : undefined;
        // One that is too large for this is chosen from what the manifest says.
        if (answer === undefined || enough.aborted)
            answer = await ask(isConfig, keep);
        if (answer === 'unreached')
            return undefined;
        const open = opening.move();
        return {
            manifests,
            texts: async (digests) => {
                const lacking = new Set(digests.filter((digest) => !texts.has(digest)));
                if (lacking.size > 0)
                    await ask((digest) => lacking.has(digest), keep);
                return texts;
            },
            layers: async (digests, take, enough) => {
                const lacking = new Set(digests.filter((digest) => !taken.has(digest)));
                if (lacking.size > 0)
                    await ask((digest) => lacking.has(digest), take, enough);
            },
            [Symbol.asyncDispose]: () => open.disposeAsync(),
        };
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
/**
 * Opens an image to be looked at; undefined where the engine does not find this machine, or is on the classic store, which has
 * no packed layers: to hand one over it would compress all of the image, base and all.
 */
async function openSource(opening) {
    const { host, image } = opening;
    if (image.layout)
        return fromLayout(host, image.layout);
    return image.store === 'classic' ? undefined : await fromEngine(opening);
}

;// CONCATENATED MODULE: ./lib/inspect/origin.js
const keywordOf = (createdBy) => (/^[A-Z]+/.exec(createdBy)?.[0] ?? '').toUpperCase();
/**
 * Lays the instructions of the Dockerfile beside the history. Each but FROM leaves one entry, in order, after those of the
 * base image; so the last entries are the build's own if their words are those of the instructions. If they are not, or
 * there is no Dockerfile, nothing is known of a base, and all of the image counts as its own.
 */
function stepsOf(history, chain) {
    const first = history.length - chain.length;
    const known = chain.length > 0 && first >= 0 && chain.every(({ keyword }, index) => keywordOf(history[first + index]?.created_by ?? '') === keyword);
    let layers = 0;
    return history.map((entry, index) => {
        const by = known ? chain[index - first] : undefined;
        return {
            createdBy: entry.created_by ?? '',
            own: !known || index >= first,
            ...(entry.empty_layer ? {} : { layer: layers++ }),
            ...(by ? { by } : {}),
        };
    });
}

// EXTERNAL MODULE: ./lib/build/dockerfile.js
var build_dockerfile = __webpack_require__(45168);
// EXTERNAL MODULE: ./lib/build/instruction.js
var build_instruction = __webpack_require__(69780);
;// CONCATENATED MODULE: ./lib/inspect/recipe.js


/** The instructions that the image of a target was made by, on top of an image that is none of its own stages. */
function chainOf(dockerfile, target, args = {}) {
    const values = (0,build_dockerfile/* argumentValues */.Qp)(dockerfile, args);
    const stages = [];
    for (const instruction of (0,build_instruction/* parseDockerfile */.A)(dockerfile)) {
        const [, base, name] = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(instruction.text) ?? [];
        if (base !== undefined)
            stages.push({ base: (0,build_dockerfile/* expandVariables */.i7)(base, values), ...(name === undefined ? {} : { name }), instructions: [] });
        else
            stages.at(-1)?.instructions.push(instruction);
    }
    const chain = [];
    for (let stage = (0,build_dockerfile/* findStage */.U9)(stages, target); stage;) {
        chain.unshift(...stage.instructions);
        const { base } = stage;
        stage = stages.slice(0, stages.indexOf(stage)).findLast(({ name }) => name?.toLowerCase() === base.toLowerCase());
    }
    return chain;
}

// EXTERNAL MODULE: ./lib/amounts.js
var amounts = __webpack_require__(8790);
// EXTERNAL MODULE: ./lib/build/platforms.js
var platforms = __webpack_require__(52936);
// EXTERNAL MODULE: ./lib/build/source-line.js
var source_line = __webpack_require__(3870);
;// CONCATENATED MODULE: ./lib/inspect/size/weigh.js



const sum = (layers) => layers.reduce((total, { bytes }) => total + bytes, 0);
/** The platform that a configuration is for. */
function platformOf({ os = 'linux', architecture = '', variant }) {
    return (0,platforms/* normalPlatform */.Je)([os, architecture, ...(variant ? [variant] : [])].join('/'));
}
const weigh_longest = 80;
/**
 * The instruction of an entry of the history, without what builders put around it and without the values of build
 * arguments (`RUN |1 TOKEN=x /bin/sh -c pip install y # buildkit` is `RUN pip install y`).
 */
function instructionOf(createdBy) {
    const line = createdBy
        .replace(/\s+/g, ' ')
        .replace(/ # buildkit$/, '')
        .replace(/^\/bin\/sh -c #\(nop\) /, '')
        .replace(/^RUN \|\d+ .*? (?=\/bin\/)/, 'RUN ')
        .replace(/^(?:RUN )?\/bin\/(?:ba)?sh (?:-\w+ |pipefail )*?-\w*c /, 'RUN ')
        .trim();
    return line.length > weigh_longest ? `${line.slice(0, weigh_longest)}...` : line;
}
/** What the image of a platform weighs, layer by layer, and against the one before where there is one for that platform. */
function weigh({ platform, layers, steps, bytes }, before, around) {
    const images = before?.images ?? new Map();
    const [only] = images.size === 1 ? images.values() : [];
    const previous = platform === undefined ? only : images.get(platform);
    const known = previous && new Set(previous.map(({ digest }) => digest));
    return {
        bytes: bytes ?? sum(layers),
        layers: layers.map((layer, index) => {
            const step = steps.find((one) => one.layer === index);
            const at = (0,source_line/* sourceLine */._J)(around.workspace, around.file, step?.by?.line);
            return {
                digest: layer.digest,
                bytes: layer.bytes,
                instruction: step?.by ? instructionText(step.by, []) : instructionOf(step?.createdBy ?? ''),
                own: step?.own ?? true,
                ...(at ? { at } : {}),
                ...(known ? { isNew: !known.has(layer.digest) } : {}),
            };
        }),
        ...(before && previous ? { previous: { reference: before.reference, digest: before.digest, bytes: sum(previous) } } : {}),
    };
}
/** The same of an image of several platforms, each with its name. */
function weighAll(images, before, around) {
    return images.map((image) => {
        const { platform } = image;
        return { ...(images.length > 1 && platform !== undefined ? { platform } : {}), ...weigh(image, before, around) };
    });
}

;// CONCATENATED MODULE: ./lib/inspect/surfaces.js


const latin1 = (text) => Buffer.from(text).toString('latin1');
/** `NAME=value` pairs of an entry of the history: of ENV, of ARG, and the arguments before a RUN (`RUN |2 A=b C=d /bin/sh`). */
function assignmentsIn(createdBy) {
    const [, keyword = '', rest = ''] = /^(ENV|ARG|LABEL|RUN \|\d+)\s+([\s\S]*)$/.exec(createdBy) ?? [];
    const kind = keyword === 'ENV' ? 'env' : keyword === 'LABEL' ? 'label' : 'arg';
    if (keyword === '')
        return [];
    const text = keyword.startsWith('RUN') ? (rest.split(/ (?=\/|cmd |powershell )/, 1)[0] ?? '') : rest;
    return [...text.matchAll(/(?:^|\s)(?<name>[A-Za-z_][\w.-]*)=(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>\S*))/g)].map(({ groups = {} }) => ({
        kind,
        name: groups['name'] ?? '',
        value: groups['quoted'] ?? groups['plain'] ?? '',
    }));
}
const variableHit = (place, name, value) => (0,leaks_variables/* givesSecret */.t)(name, value)
    ? [{ rule: 'secret-variable', what: rules/* ownRules */.og['secret-variable'], weight: 'red', secret: value, excerpt: `${name}=***`, place }]
    : [];
/** Looks at a text that belongs to a place; the name of a variable tells that its value is secret where nothing else does. */
function look(search, place, text, name) {
    const hits = search(latin1(text)).map(({ index: _, ...hit }) => ({ ...hit, place, ...(name ? { excerpt: `${name}=***` } : {}) }));
    return hits.some(({ weight }) => weight === 'red') || name === undefined ? hits : [...hits, ...variableHit(place, name, text)];
}
/**
 * Secrets in what every image tells of itself: variables, labels, commands and history. What the base image brings is
 * searched for the job's own secrets alone.
 */
function searchConfig(json, steps, search) {
    const { Env, Labels, Entrypoint, Cmd, Healthcheck } = json.config ?? {};
    const own = steps.filter((step) => step.own);
    const set = own.flatMap((step) => assignmentsIn(step.createdBy).map((assignment) => ({ ...assignment, step })));
    const setterOf = (kind, name) => set.findLast((one) => one.kind === kind && one.name === name)?.step;
    const inherited = ({ rule, weight }) => rule !== 'job-secret' && weight === 'red';
    const with_ = (told, step) => told.map((one) => ({ ...one, ...(step?.by ? { by: step.by } : {}) }));
    const env = (Env ?? []).flatMap((pair) => {
        const name = pair.split('=', 1)[0] ?? '';
        const step = setterOf('env', name);
        const told = look(search, { kind: 'env', name }, pair.slice(name.length + 1), name);
        return with_(step ? told : told.filter((one) => !inherited(one)), step);
    });
    const labels = Object.entries(Labels ?? {}).flatMap(([name, value]) => with_(look(search, { kind: 'label', name }, value), setterOf('label', name)));
    const commands = [Entrypoint, Cmd, Healthcheck?.Test].flatMap((words) => look(search, { kind: 'command' }, (words ?? []).join(' ')));
    const history = steps.flatMap((step) => {
        const told = look(search, { kind: 'history' }, step.createdBy);
        if (!step.own)
            return told.filter((one) => !inherited(one));
        const variables = assignmentsIn(step.createdBy).flatMap(({ kind, name, value }) => variableHit({ kind, name }, name, value));
        return with_([...told, ...variables], step);
    });
    return onceEach([...env, ...labels, ...commands, ...history]);
}
/** One secret is told once, where it is found first. */
function onceEach(findings) {
    const known = new Set();
    return findings.filter(({ secret, place }) => {
        const key = place.kind === 'file' ? `${secret}\n${place.path}` : secret;
        if (known.has(key))
            return false;
        known.add(key);
        return true;
    });
}
/** `"NAME": "value"` of a provenance, where build arguments have a prefix. */
const jsonPair = /"(?:build-arg:|label:|context:)?(?<name>[A-Za-z_][\w.-]{0,100})"\s*:\s*"(?<value>(?:[^"\\]|\\.){1,4000})"/g;
/** Secrets in a text of JSON beside the image: its attestations, and the annotations of manifests. */
function searchJson(text, kind, search) {
    const pairs = [...text.matchAll(jsonPair)].flatMap(({ groups = {} }) => {
        const name = groups['name'] ?? '';
        return variableHit({ kind }, name, groups['value'] ?? '');
    });
    return onceEach([...look(search, { kind }, text), ...pairs]);
}

;// CONCATENATED MODULE: ./lib/inspect/search-image.js







/** All layers that are looked into, together. */
const largestSum = 1 << 30;
/** The layers of the build's own, those that are too large apart. */
function chooseLayers(all) {
    const wanted = [];
    const leftOut = [];
    let sum = 0;
    // The small ones first: they hold the code.
    for (const one of all.toSorted((a, b) => a.layer.bytes - b.layer.bytes)) {
        const { bytes } = one.layer;
        if (bytes <= largestLayer && sum + bytes <= largestSum) {
            wanted.push(one);
            sum += bytes;
        }
        else
            leftOut.push({ layer: layerText(one), why: `${(0,amounts/* bytesText */.pV)(bytes)} compressed` });
    }
    return { wanted, leftOut };
}
const layerText = ({ layer, step }) => (step?.by ? `the layer of ${step.by.keyword} in line ${step.by.line}` : layer.digest);
/**
 * Searches all of an image: configurations, annotations, attestations, and the files of the layers that the build made, but
 * for those that were `searched` before. What it meets of each platform goes to `onImage`.
 */
async function searchImage(source, build, search, { of: readings, take, over }, searched, onImage = () => { }) {
    const chain = chainOf(build.dockerfile, build.target, build.args);
    const images = source.manifests.filter((manifest) => manifest.config !== undefined && !isAttestation(manifest));
    const attestations = source.manifests.filter(isAttestation).flatMap(({ layers }) => layers);
    const configs = images.flatMap(({ config }) => config?.digest ?? []);
    const texts = await source.texts([...configs, ...attestations.map(({ digest }) => digest)]);
    const findings = [];
    const layers = new Map();
    const held = (digest) => {
        const files = readings.get(digest)?.held;
        return files ? { held: files } : {};
    };
    const looks = [];
    for (const { config, layers: named } of images) {
        const json = JSON.parse(texts.get(config?.digest ?? '') || '{}');
        const steps = stepsOf(json.history ?? [], chain);
        onImage({ platform: platformOf(json), layers: named, steps });
        const platform = images.length > 1 ? `${json.os}/${json.architecture}` : undefined;
        findings.push(...searchConfig(json, steps, search).map((finding) => ({ ...finding, ...(platform ? { platform } : {}) })));
        looks.push(() => ({
            user: json.config?.User ?? '',
            layers: named.map(({ digest, bytes }, index) => {
                const step = steps.find((one) => one.layer === index);
                const instruction = step?.by?.text ?? step?.createdBy ?? '';
                return { bytes, own: step?.own ?? true, instruction, ...(step?.by ? { line: step.by.line } : {}), ...held(digest) };
            }),
        }));
        for (const [index, layer] of named.entries()) {
            const step = steps.find((one) => one.layer === index);
            if (step?.own ?? true)
                layers.set(layer.digest, { layer, step, platform });
        }
    }
    for (const { annotations } of source.manifests)
        for (const [name, value] of Object.entries(annotations))
            findings.push(...search(Buffer.from(value).toString('latin1')).map((hit) => ({
                ...hit,
                place: { kind: 'annotation', name },
                excerpt: `${name}=***`,
            })));
    for (const { digest } of attestations)
        findings.push(...searchJson(texts.get(digest) ?? '', 'provenance', search));
    const fresh = [...layers.values()].filter(({ layer }) => layer.bytes > largestLayer || !searched.has(layer.digest));
    const { wanted, leftOut } = chooseLayers(fresh);
    const before = layers.size - fresh.length;
    await source.layers(wanted.map(({ layer }) => layer.digest), take, over);
    for (const { layer, step, platform } of wanted)
        for (const { path, ...hit } of readings.get(layer.digest)?.hits ?? [])
            findings.push({ ...hit, place: { kind: 'file', path }, ...(step?.by ? { by: step.by } : {}), ...(platform ? { platform } : {}) });
    const unread = wanted.filter(({ layer }) => !readings.has(layer.digest));
    const read = wanted.flatMap(({ layer }) => readings.get(layer.digest) ?? []);
    const sum = (of) => read.reduce((total, reading) => total + of(reading), 0);
    const [look] = looks.length === 1 ? looks : [];
    return {
        findings: onceEach(findings),
        ...(look ? { seen: look() } : {}),
        report: {
            layers: read.length,
            files: sum(({ files }) => files),
            bytes: sum(({ bytes }) => bytes),
            leftOut: [...leftOut, ...unread.map((one) => ({ layer: layerText(one), why: `more than ${longestSearch / 1000} s` }))],
            ...(before > 0 ? { before } : {}),
            advice: [],
            ignored: [],
        },
    };
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./lib/inspect/remedies.js
const rotate = 'Then change the secret: caches and registries may hold what was built before.';
const none = 'What is no secret goes into leak-ignore.';
/** How the secret came there, and how it is kept out: by the place of the first one. */
function causeOf({ place, by }, instruction) {
    if (place.kind === 'file') {
        const name = place.path.split('/').at(-1) ?? '';
        if (by?.keyword === 'RUN')
            return {
                name: 'secret-of-a-step',
                text: `${instruction} left it in its layer. A later step that deletes the file does not take it out of the image.`,
                fix: `Give it to that step alone: the input secrets, and RUN --mount=type=secret,id=NAME in the Dockerfile. ${rotate} ${none}`,
            };
        return {
            name: 'secret-copied',
            text: `${by ? `${instruction} brought it` : 'It came'} from the build context. A later step that deletes it does not take it out of the image.`,
            fix: `Write "**/${name}" into .dockerignore, or copy only what the service needs. ${rotate} ${none}`,
        };
    }
    if (place.kind === 'label' || place.kind === 'annotation')
        return {
            name: 'secret-in-label',
            text: 'Labels and annotations are read by everybody who sees the image.',
            fix: `Take it out of them. ${rotate} ${none}`,
        };
    return {
        name: 'secret-in-variable',
        text: 'ARG, ENV and commands are kept in the configuration and the history of the image, also if a later step sets them anew.',
        fix: `For a step of the build: the input secrets and RUN --mount=type=secret,id=NAME. For the running service: give it to the container when it is started (run-env for the smoke test). ${rotate} ${none}`,
    };
}

;// CONCATENATED MODULE: ./lib/inspect/verdict.js




const mostTold = 50;
/** `/app/.env holds a token of GitHub (github-token): TOKEN=ghp_***, by COPY . . (Dockerfile:5)` */
function findingText(finding, secrets, { workspace, file }) {
    const { place, what, rule, excerpt, by, platform } = finding;
    const from = by ? `, by ${instructionText(by, secrets)} (${(0,external_node_path_.relative)(workspace, file)}:${by.line})` : '';
    const shown = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), excerpt);
    return `${placeText(place)} holds ${what} (${rule}): ${shown}${from}${platform ? ` [${platform}]` : ''}`;
}
/** The red verdict on an image with these secrets, in the order in which they were found. */
function redOf(findings, around) {
    // The longest first: one may be a part of another.
    const secrets = findings.map(({ secret }) => secret).toSorted((a, b) => b.length - a.length);
    const texts = findings.map((finding) => findingText(finding, secrets, around));
    const [first] = findings;
    const more = findings.length > 1 ? ` There are ${findings.length - 1} more.` : '';
    const at = (0,source_line/* sourceLine */._J)(around.workspace, around.file, findings.find(({ by }) => by)?.by?.line);
    return {
        code: 'secret-in-image',
        message: `The image holds a secret: ${texts[0] ?? ''}.${more}`,
        evidence: [...texts.slice(0, mostTold), ...(texts.length > mostTold ? [`... and ${texts.length - mostTold} more`] : [])],
        ...(first ? { cause: causeOf(first, first.by ? instructionText(first.by, secrets) : '') } : {}),
        ...(at ? { at } : {}),
    };
}

;// CONCATENATED MODULE: ./lib/inspect/inspect.js
var inspect_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var inspect_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Looks for secrets in the image: the job's own, and what has the shape of one. The image is read once as the engine
 * hands it over, but for the layers that were searched before; `keeper` has what is small of it, nobody the rest. Red with `secret-in-image`.
 */
async function inspectImage(host, image, inputs, { env, log, signal, notice, searched, onName, onSeen, keeper }, onImage) {
    const search = createSearch(jobSecrets(jobValues(host, inputs)));
    const { build, leaks } = inputs;
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const readings = inspect_addDisposableResource(env_1, openReadings(host, search, signal), true);
            const known = (await searched) ?? new Set();
            const source = inspect_addDisposableResource(env_1, await openSource({ host, image, env, signal, known: { layers: known, readings }, onName, keeper }), true);
            if (!source) {
                const why = image.store === 'classic' ? 'on the classic image store its layers would have to be packed' : 'the engine is on another machine';
                notice(`Files of the image were not searched for secrets, only its configuration and history: ${why}.`);
            }
            const found = source
                ? await searchImage(source, build, search, readings, known, onImage)
                : await searchDescribed(host, image, build, search, env);
            if (found.seen)
                onSeen?.(found.seen);
            const [ignored, told] = parted(found.findings, (finding) => isIgnored(finding, leaks.ignore));
            const [red, advice] = parted(told, ({ weight }) => weight === 'red');
            // None of them may be shown, by whatever text.
            for (const { secret } of red)
                host.hide(Buffer.from(secret, 'latin1').toString());
            const around = { workspace: host.workspace, file: build.file };
            for (const finding of advice)
                log.line(`advice: ${findingText(finding, [], around)}`);
            for (const { layer, why } of found.report.leftOut)
                log.line(`not looked at: ${layer} (${why})`);
            for (const { place } of ignored)
                log.line(`left out by leak-ignore: ${placeText(place)}`);
            if (red.length > 0)
                return { kind: 'failed', red: redOf(red, around) };
            const places = (findings) => [...new Set(findings.map(({ place }) => placeText(place)))];
            const [first, ...others] = places(advice);
            if (first !== undefined)
                notice(`${first}${others.length > 0 ? ` and ${others.length} more` : ''}: looks like a secret, in what is not this build's own.`);
            return (0,outcome/* passed */.bF)({ ...found.report, advice: places(advice), ignored: places(ignored) });
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = inspect_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (error) {
        if (signal.aborted)
            return outcome/* stopped */.ce;
        throw error instanceof errors/* ActionError */.lZ
            ? error
            : new errors/* ActionError */.lZ('engine-unavailable', `The image cannot be read (${String(error)}).`, { cause: error });
    }
}
/** What the engine tells of an image that it does not hand over. */
async function searchDescribed(host, image, { dockerfile, target, args }, search, env) {
    const json = await describe(host, image, env);
    const findings = searchConfig(json, stepsOf(json.history ?? [], chainOf(dockerfile, target, args)), search);
    return { findings, report: { layers: 0, files: 0, bytes: 0, leftOut: [], advice: [], ignored: [] } };
}
function parted(all, is) {
    return [all.filter(is), all.filter((one) => !is(one))];
}

// EXTERNAL MODULE: ./lib/inputs/inputs.js
var inputs_inputs = __webpack_require__(78864);
// EXTERNAL MODULE: ./lib/until-cancelled.js
var until_cancelled = __webpack_require__(94241);
;// CONCATENATED MODULE: ./lib/inspect/size/before.js



/** More platforms than an image is built for. */
const mostPlatforms = 12;
const before_textOf = (body) => new TextDecoder().decode(body);
/**
 * What the image before this one weighs, by its manifests: of an index that is one request for each platform, and no layer is
 * pulled. Undefined of what is no image. @throws ActionError
 */
async function weighBefore(sought) {
    const { client, manifest, reference, digest, architecture } = sought.image;
    const text = before_textOf(manifest.body);
    const { manifests } = JSON.parse(text);
    const images = new Map();
    if (!manifests && architecture !== undefined)
        images.set(platformOf({ architecture }), readManifest(text, digest).layers);
    // An attestation is filed under unknown/unknown.
    const children = (manifests ?? []).filter(({ platform }) => platform?.os !== undefined && platform.os !== 'unknown');
    await Promise.all(children.slice(0, mostPlatforms).map(async ({ digest: wanted = '', platform = {} }) => {
        const child = await client.getManifest(wanted);
        if (child && (0,registry_digest/* digestOf */.o)(child.body) === wanted)
            images.set(platformOf(platform), readManifest(before_textOf(child.body), wanted).layers);
    }));
    return images.size > 0 ? { reference, digest, images } : undefined;
}

;// CONCATENATED MODULE: ./lib/inspect/size/judge.js

/** How many bytes an image may weigh more than one with `before`. */
function allowance(increase, before) {
    return increase.kind === 'bytes' ? increase.bytes : (before * increase.percent) / 100;
}
const judge_placeText = ({ at }) => (at ? `${at.file}:${at.line}` : '');
const largestFirst = (layers) => layers.toSorted((a, b) => b.bytes - a.bytes);
const bytesIn = (layers) => layers.reduce((sum, { bytes }) => sum + bytes, 0);
const count = (layers) => `${layers.length} ${layers.length === 1 ? 'layer' : 'layers'}`;
const judge_mostTold = 10;
/** Layers of this build one by one, those of the base image in one line; the largest first. */
function rows(layers) {
    const base = layers.filter(({ own }) => !own);
    const own = largestFirst(layers.filter((layer) => layer.own)).map((layer) => ({ bytes: layer.bytes, place: judge_placeText(layer), text: layer.instruction || `layer ${layer.digest.slice(0, 19)}` }));
    const all = base.length === 0 ? own : [...own, { bytes: bytesIn(base), place: '', text: `the base image (${count(base)})` }];
    return all.toSorted((a, b) => b.bytes - a.bytes);
}
function table(layers) {
    const all = rows(layers);
    const told = all.slice(0, judge_mostTold);
    const width = Math.max(...told.map(({ place }) => place.length));
    const lines = told.map(({ bytes, place, text }) => `${(0,amounts/* bytesText */.pV)(bytes).padStart(8)}  ${place.padEnd(width)}${width > 0 ? '  ' : ''}${text}`);
    return [...lines, ...(all.length > judge_mostTold ? [`... and ${all.length - judge_mostTold} more`] : [])];
}
/** `RUN pip install torch (Dockerfile:5), 410.2 MB` */
function topText(layers) {
    const [top] = rows(layers);
    return top && `${top.text}${top.place === '' ? '' : ` (${top.place})`}, ${(0,amounts/* bytesText */.pV)(top.bytes)}`;
}
const whose = (platform) => (platform === undefined ? 'The image' : `The image for ${platform}`);
function red(code, message, layers, gone = []) {
    const at = largestFirst(layers).find((layer) => layer.own && layer.at)?.at;
    return { code, message, evidence: [...table(layers), ...gone], ...(at ? { at } : {}) };
}
/** Holds what an image weighs against the limits: red with `image-too-large` or `image-grew`, or undefined where it keeps them. */
function judgeSize({ platform, bytes, layers, previous }, { most, increase }) {
    if (most && bytes > most.bytes) {
        const top = topText(layers);
        const text = `${whose(platform)} weighs ${(0,amounts/* bytesText */.pV)(bytes)} compressed, ${(0,amounts/* bytesText */.pV)(bytes - most.bytes)} more than max-image-size: ${most.text}.`;
        return red('image-too-large', `${text}${top === undefined ? '' : ` Most of it: ${top}.`}`, layers);
    }
    if (!increase || !previous)
        return undefined;
    const grown = bytes - previous.bytes;
    const allowed = allowance(increase, previous.bytes);
    if (grown <= allowed)
        return undefined;
    const fresh = layers.filter(({ isNew }) => isNew);
    const percent = previous.bytes > 0 ? ` (${(0,amounts/* percentText */.fL)(grown / previous.bytes)})` : '';
    const limit = `max-size-increase: ${increase.text}${increase.kind === 'percent' ? `, which is ${(0,amounts/* bytesText */.pV)(Math.floor(allowed))}` : ''}`;
    const text = `${whose(platform)} weighs ${(0,amounts/* bytesText */.pV)(bytes)} compressed, ${(0,amounts/* bytesText */.pV)(grown)}${percent} more than ${previous.reference} with ${(0,amounts/* bytesText */.pV)(previous.bytes)}: more than ${limit}.`;
    const top = topText(fresh);
    const gone = previous.bytes - bytesIn(layers.filter(({ isNew }) => isNew === false));
    const lost = gone > 0 && layers.length > 0 ? [`in place of ${(0,amounts/* bytesText */.pV)(gone)} of ${previous.reference}`] : [];
    return red('image-grew', `${text}${top === undefined ? '' : ` Most of what is new: ${top}.`}`, fresh, lost);
}
/** Of the images of several platforms the first that is red, else the largest. */
function judgeAll(sizes, limits) {
    const largest = sizes.toSorted((a, b) => b.bytes - a.bytes);
    for (const size of largest) {
        const verdict = judgeSize(size, limits);
        if (verdict)
            return { size, red: verdict };
    }
    const [size] = largest;
    return size && { size };
}

;// CONCATENATED MODULE: ./lib/inspect/size/read.js
var read_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var read_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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







/** No layer is asked for. */
const noLayers = { layers: new Set(), readings: { take: async () => { }, over: new AbortController().signal } };
const configsOf = (manifests) => manifests.flatMap((manifest) => (manifest.config && !isAttestation(manifest) ? [manifest.config.digest] : []));
/** Of an image that was taken from a registry: what that has of it. */
async function fromOrigin({ client, manifests }) {
    const all = manifests.map(({ body, digest }) => readManifest(new TextDecoder().decode(body), digest));
    const texts = new Map();
    await Promise.all(configsOf(all).map(async (digest) => {
        const body = await client.getBlob(digest);
        if (body)
            texts.set(digest, new TextDecoder().decode(body));
    }));
    return { manifests: all, texts };
}
/** Longer than any configuration is (bytes). */
const read_longestText = 4 << 20;
/**
 * Of an engine with the classic store, which packs a layer whenever it sends it: it is let pack all of them into a door that
 * counts and keeps nothing. Undefined where the engine does not reach this machine.
 */
async function packed(host, image, env, signal, onName) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const manifests = [];
        const texts = new Map();
        const handing = read_addDisposableResource(env_1, await openHandOver(host, image.localName, env, signal, onName), true);
        const ended = await handing.ask({
            wants: () => true,
            // Which of them is the configuration, the manifest says, and it comes last.
            take: async (body) => {
                const pieces = [];
                let bytes = 0;
                for await (const piece of body) {
                    bytes += piece.length;
                    if (bytes <= read_longestText)
                        pieces.push(piece);
                    else
                        pieces.length = 0;
                }
                if (bytes > read_longestText)
                    return;
                const whole = Buffer.concat(pieces);
                if (whole[0] === '{'.charCodeAt(0))
                    texts.set((0,registry_digest/* digestOf */.o)(whole), whole.toString());
            },
            onManifest: (body, digest) => void manifests.push(readManifest(new TextDecoder().decode(body), digest)),
        });
        return ended === 'unreached' ? undefined : { manifests, texts };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = read_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function unpacked(host, image, env, signal, onName) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const source = read_addDisposableResource(env_2, await openSource({ host, image, env, signal, known: noLayers, onName }), true);
        return source && { manifests: source.manifests, texts: await source.texts(configsOf(source.manifests)) };
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = read_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
function told(host, image, env, signal, onName) {
    if (image.origin)
        return fromOrigin(image.origin);
    return image.store === 'classic' && !image.layout ? packed(host, image, env, signal, onName) : unpacked(host, image, env, signal, onName);
}
/**
 * The layers of an image with their compressed bytes, for each of its platforms. Of an engine that does not reach this
 * machine only the sum is known. `onName` gets a name that the image has from then on. @throws ActionError build-unsupported where not even that is
 */
async function readWeights(host, image, { dockerfile, target, args }, env, signal, onName) {
    const all = await told(host, image, env, signal, onName);
    if (!all) {
        const { compressedBytes } = image;
        if (compressedBytes !== undefined)
            return [{ layers: [], steps: [], bytes: compressedBytes }];
        throw new errors/* ActionError */.lZ('build-unsupported', 'What the image weighs cannot be judged before it is pushed: the engine is on another machine and has the classic image store, which packs layers only to send them.');
    }
    const chain = chainOf(dockerfile, target, args);
    return all.manifests.flatMap((manifest) => {
        if (!manifest.config || isAttestation(manifest))
            return [];
        const json = JSON.parse(all.texts.get(manifest.config.digest) || '{}');
        return [{ platform: platformOf(json), layers: manifest.layers, steps: stepsOf(json.history ?? [], chain) }];
    });
}

;// CONCATENATED MODULE: ./lib/inspect/size/gate.js






/** The image before this one, to be judged against; a notice says why there is none. @throws ActionError */
async function demand({ seek, notice }) {
    const sought = await seek?.ask();
    const before = sought?.kind === 'found' ? await weighBefore(sought) : undefined;
    if (before)
        return before;
    const why = sought?.kind === 'found' ? `${sought.image.reference} is no image of a container` : (sought?.why ?? 'nobody knows it');
    notice(`How much the image has grown was not judged (max-size-increase): ${why}.`);
    return undefined;
}
/** For the report alone: nobody waits for it, and nothing is asked that is not known anyway. */
function addBefore({ seek, onSize, host, inputs }, images) {
    const add = async () => {
        const sought = await seek?.asked();
        const before = sought?.kind === 'found' ? await weighBefore(sought) : undefined;
        const judged = before && judgeAll(weighAll(images, before, { workspace: host.workspace, file: inputs.build.file }), {});
        if (judged)
            onSize(judged.size);
    };
    void add().catch(() => undefined);
}
/**
 * Weighs the image as a registry will have it, and holds that against `max-image-size` and `max-size-increase`. The layers
 * are those that the search for secrets has `met`; where it has met none, the image is asked for them only if there is a
 * limit. @throws ActionError
 */
async function judgeWeight(weighing, met) {
    const { host, image, inputs, env, log, signal, notice, onName, onSize } = weighing;
    const { size: limits, build } = inputs;
    const around = { workspace: host.workspace, file: build.file };
    if (met.length === 0 && !(0,inputs_inputs/* limitsSize */.mK)(limits))
        return undefined;
    const began = host.now();
    const [images, before] = await Promise.all([
        met.length > 0 ? met : readWeights(host, image, build, env, signal, onName),
        // A registry may take a minute to answer: nobody waits for it when another gate is red.
        limits.increase ? (0,until_cancelled/* untilCancelled */.c)(signal, demand(weighing)) : undefined,
    ]);
    if (met.length === 0 && image.store === 'classic' && !image.layout && !image.origin)
        log.line(`The classic image store has packed the layers once more to have them weighed (${host.now() - began} ms).`);
    const sizes = weighAll(images, before, around);
    const strange = before ? sizes.filter(({ previous }) => !previous) : [];
    if (before && strange.length > 0) {
        const which = strange.flatMap(({ platform }) => platform ?? []).join(', ');
        notice(`How much the image${which === '' ? '' : ` for ${which}`} has grown was not judged: ${before.reference} has none for that platform.`);
    }
    const judged = judgeAll(sizes, limits);
    if (!judged)
        return undefined;
    const { size } = judged;
    onSize(size);
    if (!before)
        addBefore(weighing, images);
    return judged;
}

;// CONCATENATED MODULE: ./lib/inspect/whole.js




/**
 * All that an image is looked into for: secrets, and what it weighs. The layers are named once, for both. A secret is graver
 * than a weight, and what is told of a weight may hold one: so it comes first. Red with `secret-in-image`,
 * `image-too-large` or `image-grew`. @throws ActionError
 */
async function inspectWhole(weighing) {
    const { host, image, inputs, signal } = weighing;
    const met = [];
    const search = () => inspectImage(host, image, inputs, weighing, (one) => void met.push(one));
    const leaks = inputs.leaks.check ? await search() : undefined;
    if (leaks && leaks.kind !== 'passed')
        return leaks;
    try {
        const judged = await judgeWeight(weighing, met);
        if (judged?.red)
            return { kind: 'failed', red: judged.red };
        const { most, increase } = inputs.size;
        return (0,outcome/* passed */.bF)({ ...(leaks ? { leaks: leaks.value } : {}), ...(judged && (most || increase) ? { size: judged.size } : {}) });
    }
    catch (error) {
        if (signal.aborted)
            return outcome/* stopped */.ce;
        throw error instanceof errors/* ActionError */.lZ
            ? error
            : new errors/* ActionError */.lZ('engine-unavailable', `What the image weighs cannot be read (${String(error)}).`, { cause: error });
    }
}


/***/ })

};
