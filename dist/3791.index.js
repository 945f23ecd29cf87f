export const id = 3791;
export const ids = [3791];
export const modules = {

/***/ 73791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  gatherEvidence: () => (/* binding */ gatherEvidence),
  readLines: () => (/* binding */ readLines)
});

// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
;// CONCATENATED MODULE: ./lib/smoke/paths.js

const withinMs = 1_000;
/** Where services of the field tell that they are well. */
const usualHealthPaths = ['/healthz', '/health', '/ping', '/ready', '/readyz', '/livez', '/api/health', '/v2/health/ready', '/'];
/** The operations of an OpenAPI document, in its order; none of what is no such document. */
function readOperations(text) {
    let document;
    try {
        document = JSON.parse(text);
    }
    catch {
        return [];
    }
    const paths = document?.paths;
    if (typeof paths !== 'object' || paths === null)
        return [];
    return Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods ?? {})
        .filter((method) => /^(get|post|put|patch|delete)$/.test(method))
        .map((method) => ({ method: method.toUpperCase(), path })));
}
/** Asks a service that was red where else it answers: its OpenAPI document, other health paths, TLS. */
async function askAround(host, origin, exchanges) {
    const ask = async (url) => {
        try {
            const { status, body } = await host.request({ method: 'GET', url, timeoutMs: withinMs, maxBytes: 1 << 20 });
            return { status, body: new TextDecoder().decode(body), error: '' };
        }
        catch (error) {
            return { status: 0, body: '', error: (0,errors/* messageOf */.bD)(error) };
        }
    };
    if (!exchanges.some(({ status }) => status !== undefined)) {
        const { status, error } = await ask(`${origin.replace(/^http:/, 'https:')}/`);
        return { operations: [], healthyPaths: [], speaksTls: status > 0 || /certificate/i.test(error) };
    }
    const misplaced = exchanges.some(({ status }) => status === 404 || status === 405);
    if (!misplaced)
        return { operations: [], healthyPaths: [], speaksTls: false };
    const asked = new Set(exchanges.map(({ path }) => path));
    const [openapi, ...others] = await Promise.all([
        ask(`${origin}/openapi.json`),
        ...usualHealthPaths.filter((path) => !asked.has(path)).map(async (path) => ({ path, ...(await ask(origin + path)) })),
    ]);
    return {
        operations: openapi.status === 200 ? readOperations(openapi.body) : [],
        healthyPaths: others.filter(({ status }) => status >= 200 && status < 300).map(({ path }) => path),
        speaksTls: false,
    };
}

// EXTERNAL MODULE: ./lib/smoke/sockets.js
var sockets = __webpack_require__(73007);
;// CONCATENATED MODULE: ./lib/smoke/gather.js


const linesKept = 200;
const longestLine = 2_000;
const gather_withinMs = 2_000;
/** Colours and cursor movements. */
const escapes = /\u001b\[[\d;?]*[A-Za-z]/g;
/** Lines of a log as they are to be read: bounded in number and length. */
function readLines(text) {
    const lines = text.replace(escapes, '').split(/\r\n|\r|\n/);
    return lines
        .filter((line) => line.trim() !== '')
        .slice(-linesKept)
        .map((line) => line.trimEnd().slice(0, longestLine));
}
async function inspect(host, name, env) {
    const { exitCode, stdout } = await host.capture({ argv: ['docker', 'container', 'inspect', name], env });
    return exitCode === 0 ? JSON.parse(stdout)[0] : undefined;
}
const cgroupFiles = ['/sys/fs/cgroup/memory.peak', '/sys/fs/cgroup/memory/memory.max_usage_in_bytes'];
/**
 * The text of the container's socket tables and of the kernel's count of its memory. Read from /proc of this machine if
 * the process is one of that container (on another engine's machine the number is somebody else's), else inside.
 */
async function readInside(host, { Id, State }, name, env) {
    const proc = `/proc/${State.Pid}`;
    const groups = host.files.readText(`${proc}/cgroup`) ?? '';
    if (groups.includes(Id)) {
        const group = /^\d+:memory:(.+)$/m.exec(groups)?.[1] ?? /^0::(.+)$/m.exec(groups)?.[1] ?? '';
        const peak = [`/sys/fs/cgroup/memory${group}/memory.max_usage_in_bytes`, `/sys/fs/cgroup${group}/memory.peak`];
        const texts = [`${proc}/net/tcp`, `${proc}/net/tcp6`, ...peak].map((path) => host.files.readText(path) ?? '');
        if (texts[0] !== '')
            return texts.join('\n');
    }
    return (await host.capture({ argv: ['docker', 'exec', name, 'cat', '/proc/net/tcp', '/proc/net/tcp6', ...cgroupFiles], env })).stdout;
}
/**
 * Gathers what explains a red smoke test, side by side and within two seconds; what cannot be had is left out. Only for a
 * red one: it asks the engine, and the service for other paths than its own.
 */
async function gatherEvidence(host, expected, seen, env) {
    const { exchanges, origin } = seen;
    const clock = new AbortController();
    const over = host.sleep(gather_withinMs, clock.signal).then(() => undefined, () => undefined);
    const bounded = (work) => Promise.race([work.catch(() => undefined), over]);
    const found = bounded(inspect(host, expected.container, env));
    const [container, logs, inside, around] = await Promise.all([
        found,
        bounded(host.capture({ argv: ['docker', 'logs', '--tail', String(linesKept), expected.container], env })),
        bounded(found.then((one) => (one?.State.Running ? readInside(host, one, expected.container, env) : undefined))),
        bounded(origin === undefined
            ? Promise.resolve(undefined)
            : found.then((one) => (one?.State.Running ? askAround(host, origin, exchanges) : undefined))),
    ]);
    clock.abort();
    const peak = /^(\d+)$/m.exec(inside ?? '')?.[1];
    const logged = logs?.exitCode === 0 ? readLines(`${logs.stdout}${logs.stderr}`) : [];
    return {
        step: seen.step,
        expected,
        ...(container ? { state: stateOf(container) } : {}),
        // A container that was not started has no log: what was said is what docker run said.
        lines: logged.length > 0 ? logged : readLines(seen.said.join('\n')),
        ...(inside ? { listening: (0,sockets/* parseListening */.F2)(inside) } : {}),
        ...(peak ? { peakMemory: Number(peak) } : {}),
        exchanges,
        operations: around?.operations ?? [],
        healthyPaths: around?.healthyPaths ?? [],
        speaksTls: around?.speaksTls ?? false,
    };
}
function stateOf({ State, RestartCount, Config, HostConfig }) {
    return {
        running: State.Running && !State.Restarting,
        exitCode: State.ExitCode,
        oomKilled: State.OOMKilled,
        error: State.Error,
        restarts: RestartCount ?? 0,
        restartPolicy: HostConfig?.RestartPolicy?.Name || 'no',
        user: Config?.User ?? '',
        memoryLimit: HostConfig?.Memory ?? 0,
    };
}


/***/ })

};
