export const id = 7705;
export const ids = [7705];
export const modules = {

/***/ 87705:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openAttestor: () => (/* binding */ openAttestor)
});

// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/host/environment.js
var environment = __webpack_require__(48647);
// EXTERNAL MODULE: ./lib/plan/image-name.js
var image_name = __webpack_require__(89916);
// EXTERNAL MODULE: ./lib/registry/digest.js
var registry_digest = __webpack_require__(82895);
;// CONCATENATED MODULE: ./lib/registry/referrer.js



const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';
const bytesOf = (text) => new TextEncoder().encode(text);
const blobOf = (text, mediaType) => ({ digest: (0,registry_digest/* digestOf */.o)(text), mediaType, body: bytesOf(text) });
const described = ({ digest, mediaType, body }) => ({ mediaType, digest, size: body.length });
/** The artifact that says `content` of a manifest. */
function referrerOf(subject, type, content, annotations) {
    const config = blobOf('{}', 'application/vnd.oci.empty.v1+json');
    const layer = blobOf(content, type);
    const json = {
        schemaVersion: 2,
        mediaType: manifestType,
        artifactType: type,
        config: described(config),
        layers: [described(layer)],
        subject: described(subject),
        annotations,
    };
    const manifest = blobOf(JSON.stringify(json), manifestType);
    return { manifest, blobs: [config, layer], entry: { ...described(manifest), artifactType: type, annotations } };
}
function parseIndex(body) {
    try {
        const index = JSON.parse(new TextDecoder().decode(body));
        return Array.isArray(index?.manifests) ? index : undefined;
    }
    catch {
        return undefined;
    }
}
/** What a registry lists as being about an image; undefined where it does not keep such a list (distribution spec 1.1). */
async function listed(host, client, name, digest) {
    const answer = await host.request({
        method: 'GET',
        url: `${await client.base()}/v2/${name.path}/referrers/${digest}`,
        headers: { ...(await client.authorization('pull')), accept: indexType },
        timeoutMs: 15_000,
    });
    const index = answer.status === 200 ? parseIndex(answer.body) : undefined;
    return index?.manifests && new Set(index.manifests.map((entry) => entry.digest));
}
/** Tries to write into a list that others write, too. */
const mostTries = 3;
/**
 * The list as a tag of its own, for registries that do not keep one ("Referrers Tag Schema"). There is no way to change it
 * in one step: it is asked for afterwards, and written again if another writer was faster.
 */
async function listByTag(client, name, digest, entries) {
    const tag = digest.replace(':', '-');
    for (let tries = 0; tries < mostTries; tries++) {
        const held = await client.getManifest(tag);
        const before = held ? (parseIndex(held.body)?.manifests ?? []) : [];
        const missing = entries.filter((entry) => !before.some((one) => one.digest === entry.digest));
        if (missing.length === 0)
            return;
        const body = bytesOf(JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests: [...before, ...missing] }));
        await client.putManifest(tag, { digest: (0,registry_digest/* digestOf */.o)(body), mediaType: indexType, body });
        const now = await client.getManifest(tag);
        const after = new Set(now ? parseIndex(now.body)?.manifests?.map((entry) => entry.digest) : []);
        if (entries.every((entry) => after.has(entry.digest)))
            return;
    }
    throw new errors/* ActionError */.lZ('push-failed', `${(0,image_name/* nameText */.fh)(name)}:${tag} is written by others again and again.`);
}
/** Puts artifacts beside the image they are about, so that whoever asks the registry finds them. @throws ActionError */
async function attachReferrers(host, client, name, digest, referrers) {
    for (const { manifest, blobs } of referrers) {
        for (const blob of blobs)
            if (!(await client.hasBlob(blob.digest)))
                await client.putBlob(blob.digest, blob.body);
        await client.putManifest(manifest.digest, manifest);
    }
    const known = await listed(host, client, name, digest);
    if (known && referrers.every(({ manifest }) => known.has(manifest.digest)))
        return;
    await listByTag(client, name, digest, referrers.map(({ entry }) => entry));
}

// EXTERNAL MODULE: ./lib/registry/retry.js
var retry = __webpack_require__(71653);
// EXTERNAL MODULE: ./lib/attest/possible.js
var possible = __webpack_require__(81294);
;// CONCATENATED MODULE: ./lib/attest/statement.js
const testResultType = 'https://in-toto.io/attestation/test-result/v0.1';
/** GitHub takes 16 MB of a statement; names of this number and length stay far below. */
const mostNames = 5_000;
const longestName = 300;
const bounded = (names) => names.slice(0, mostNames).map((name) => name.slice(0, longestName));
/** The statement that a suite came out so on these subjects. */
function testResult(subject, { passed, warned, more }, { configuration, url }) {
    const leftOut = Math.max(0, passed.length - mostNames) + Math.max(0, warned.length - mostNames);
    return {
        _type: 'https://in-toto.io/Statement/v1',
        subject,
        predicateType: testResultType,
        predicate: {
            result: warned.length > 0 ? 'WARNED' : 'PASSED',
            configuration,
            ...(url === undefined ? {} : { url }),
            passedTests: bounded(passed),
            warnedTests: bounded(warned),
            failedTests: [],
            ...(leftOut > 0 ? { mlImage_leftOut: leftOut } : {}),
            ...more,
        },
    };
}
/** The workflow and the run, from the variables of the runner (docs.github.com, "Variables reference"). */
function circumstancesOf(env, serverUrl) {
    const [, repository = '', file = '', ref = ''] = /^([^/]+\/[^/]+)\/(.+?)@(.+)$/.exec(env['GITHUB_WORKFLOW_REF'] ?? '') ?? [];
    const sha = env['GITHUB_WORKFLOW_SHA'] ?? '';
    const [own = '', run, attempt = '1'] = [env['GITHUB_REPOSITORY'], env['GITHUB_RUN_ID'], env['GITHUB_RUN_ATTEMPT']];
    const described = { name: file, uri: `git+${serverUrl}/${repository}@${ref}`, ...(sha === '' ? {} : { digest: { gitCommit: sha } }) };
    return {
        configuration: file === '' ? [] : [described],
        ...(own !== '' && run ? { url: `${serverUrl}/${own}/actions/runs/${run}/attempts/${attempt}` } : {}),
    };
}
/** The commit whose tests were run. */
function commitSubject(serverUrl, repository, commit) {
    return { name: `git+${serverUrl}/${repository}`, digest: { gitCommit: commit } };
}
/** The image that was started, as `registry/path` and its digest. */
function imageSubject(name, digest) {
    return { name, digest: { sha256: digest.replace(/^sha256:/, '') } };
}

;// CONCATENATED MODULE: ./lib/attest/trouble.js

/** What of Sigstore failed, by the code of @sigstore/sign. */
const parts = {
    IDENTITY_TOKEN_READ_ERROR: 'GitHub gives this job no identity to sign with. It needs "permissions: id-token: write", and must not be about a fork',
    IDENTITY_TOKEN_PARSE_ERROR: 'What GitHub gives as the identity of this job is no token',
    CA_CREATE_SIGNING_CERTIFICATE_ERROR: 'Sigstore issues no certificate (Fulcio)',
    TLOG_CREATE_ENTRY_ERROR: "Sigstore's log takes no entry (Rekor)",
    TLOG_FETCH_ENTRY_ERROR: "Sigstore's log does not show its entry (Rekor)",
    TSA_CREATE_TIMESTAMP_ERROR: 'The timestamp authority gives no time stamp',
};
/** Statuses of GitHub's store that have a reason of their own. */
const refusals = {
    401: 'GitHub does not take the attestation: github-token is not valid',
    403: 'GitHub does not take the attestation: the job needs "permissions: attestations: write"',
    404: 'GitHub does not take the attestation: it has no attestations for this repository (private ones need Enterprise Cloud), or the job may not write them ("permissions: attestations: write")',
};
/** What made the attempt to attest fail, in one sentence without a token in it. */
function troubleText(error) {
    const { code, status, cause } = (error ?? {});
    if (error instanceof errors/* ActionError */.lZ)
        return error.message;
    const part = typeof code === 'string' ? parts[code] : undefined;
    // Its message holds the token.
    if (code === 'IDENTITY_TOKEN_PARSE_ERROR')
        return `${part}.`;
    if (part !== undefined)
        return `${part}${cause === undefined ? '' : `: ${(0,errors/* messageOf */.bD)(cause)}`}.`;
    const refused = typeof status === 'number' ? (refusals[status] ?? `GitHub does not take the attestation (${status})`) : undefined;
    return refused === undefined ? `${(0,errors/* messageOf */.bD)(error)}.` : `${refused} (${(0,errors/* messageOf */.bD)(error)}).`;
}
/** Whether GitHub says of a statement itself that it does not take it: trying again, or with more rights, changes nothing. */
function isUntaken(error) {
    return error?.status === 422;
}
const trouble_transient = new Set([408, 429, 500, 502, 503, 504]);
/** Whether the same request to GitHub's store may succeed a little later; a network that is not there counts as 500. */
function mayPass(error) {
    const { status } = (error ?? {});
    return typeof status === 'number' && trouble_transient.has(status);
}

;// CONCATENATED MODULE: ./lib/attest/attest.js








/** Longest time (ms) for all of it: who does not insist on it is not kept waiting. */
const limits = { 'best-effort': 30_000, required: 180_000 };
const subjectText = ({ name, digest }) => `${name}@${Object.entries(digest).map((pair) => pair.join(':'))[0] ?? ''}`;
/** The commit that is checked out: that of the tests, also where it is GitHub's merge of a pull request. */
async function askCommit({ host, inputs, plan }) {
    const argv = ['git', '-c', 'safe.directory=*', 'rev-parse', '--verify', 'HEAD'];
    const asked = { argv, cwd: inputs.workingDirectory, env: (0,environment/* childEnvironment */.Qc)('code', host.env) };
    const answer = await host.capture(asked).catch(() => undefined);
    const said = answer?.exitCode === 0 ? answer.stdout.trim() : '';
    return /^[a-f0-9]{40,64}$/.test(said) ? said : plan.event.context.sha || plan.event.sha;
}
function draft({ host, plan }, { tests, smoke }, arrived, commit) {
    const { serverUrl, repository } = plan.event;
    const circumstances = circumstancesOf(host.env, serverUrl);
    const images = arrived.map(({ name, image }) => imageSubject((0,image_name/* nameText */.fh)(name), image.digest));
    const onCommit = [commitSubject(serverUrl, repository, commit)];
    return [
        ...(tests && commit !== '' ? [{ about: 'tests', statement: testResult(onCommit, tests, circumstances) }] : []),
        ...(smoke ? [{ about: 'smoke', statement: testResult(images, smoke, circumstances) }] : []),
    ];
}
/** With its retries; by GitHub's id. */
async function store(host, { store: ask }, repository, bundle, token, signal) {
    const answer = await (0,retry/* withRetry */.bD)(host, signal, async () => {
        try {
            return { kind: 'done', value: { id: await ask(repository, bundle, token, signal) } };
        }
        catch (error) {
            if (!mayPass(error))
                throw error;
            return { kind: 'again', value: { error } };
        }
    });
    if ('error' in answer)
        throw answer.error;
    return answer.id;
}
/** Beside the image in its repository, as actions/attest and cosign put it there. */
async function attach(host, { client, name, image }, sealed) {
    const referrers = sealed.map(({ statement, signed }) => referrerOf(image.manifest, signed.mediaType, signed.bundle, {
        'org.opencontainers.image.created': new Date(host.now()).toISOString(),
        'dev.sigstore.bundle.content': 'dsse-envelope',
        'dev.sigstore.bundle.predicateType': statement.predicateType,
    }));
    await attachReferrers(host, client, name, image.digest, referrers);
}
/** Does it within a time (ms), or says what it waits for; what goes on in a library then is left alone. */
async function within(host, ms, cancel, waitingFor, work) {
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, cancel]);
    const late = host.sleep(ms, signal).then(() => {
        throw new Error(`${waitingFor()} has not answered after ${ms / 1000} s`);
    });
    try {
        return await Promise.race([work(signal), late]);
    }
    finally {
        over.abort();
    }
}
/**
 * Begins with what has to be known before the tests run: the commit. What fails later is one warning, or thrown where it is
 * required. Undefined where there is nobody to sign.
 */
function openAttestor(order) {
    const { host, inputs, plan, warn } = order;
    const { attest } = inputs;
    const token = inputs.credentials.githubToken ?? '';
    const { attestations } = host;
    if (attest === 'off' || !attestations || (0,possible/* missingToAttest */.p)(attest, plan.push, plan.event, host.env, token))
        return undefined;
    const { repository, serverUrl, publicRepository } = plan.event;
    const asked = askCommit(order);
    return async (suites, arrived, log, cancel) => {
        const troubles = [];
        const attested = [];
        let waitingFor = 'Sigstore';
        const note = (error) => {
            if (!cancel.aborted)
                troubles.push(troubleText(error));
        };
        const keep = async (sealed, signal) => {
            const { about, statement, signed } = sealed;
            const id = await store(host, attestations, repository, signed.bundle, token, signal).catch((error) => {
                // The registry has it, and GitHub's word about a kind of subject is final.
                if (about === 'tests' && isUntaken(error))
                    log.line('GitHub takes no statement about a commit: it is in the registry alone');
                else if (!signal.aborted)
                    note(error);
                return undefined;
            });
            const [subject] = statement.subject;
            attested.push({
                about,
                subject: subject ? subjectText(subject) : '',
                // It becomes part of a link.
                ...(id && /^[\w-]{1,64}$/.test(id) ? { url: `${serverUrl}/${repository}/attestations/${id}` } : {}),
                ...(signed.logIndex === undefined ? {} : { logIndex: signed.logIndex }),
            });
        };
        try {
            await within(host, limits[attest], cancel, () => waitingFor, async (signal) => {
                const drafts = draft(order, suites, arrived, await asked);
                const instance = publicRepository ? 'public-good' : 'github';
                const sealed = await Promise.all(drafts.map(async (one) => ({ ...one, signed: await attestations.sign(one.statement, instance) })));
                waitingFor = 'GitHub, or the registry,';
                const attached = arrived.map((there) => attach(host, there, sealed).catch(note));
                await Promise.all([...sealed.map((one) => keep(one, signal)), ...attached]);
            });
        }
        catch (error) {
            note(error);
        }
        if (cancel.aborted)
            throw new errors/* ActionError */.lZ('cancelled', 'The run was cancelled while the image was attested.');
        const sorted = attested.toSorted((a, b) => (a.about < b.about ? 1 : -1));
        for (const { about, subject, url } of sorted)
            log.line(`${about}: attested for ${subject}${url ? ` (${url})` : ''}`);
        const text = [...new Set(troubles)].join(' ');
        if (text !== '' && attest === 'required')
            throw new errors/* ActionError */.lZ('attestation-failed', `The image is pushed, but not attested as asked: ${text}`);
        if (text !== '')
            warn(`The image is pushed, but not attested as asked: ${text}`);
        return sorted;
    };
}


/***/ })

};
