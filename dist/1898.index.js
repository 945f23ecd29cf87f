export const id = 1898;
export const ids = [1898];
export const modules = {

/***/ 21898:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   projectName: () => (/* binding */ projectName),
/* harmony export */   pullStack: () => (/* binding */ pullStack),
/* harmony export */   stackNetwork: () => (/* binding */ stackNetwork),
/* harmony export */   startStack: () => (/* binding */ startStack),
/* harmony export */   withNeighbours: () => (/* binding */ withNeighbours)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2521);
/* harmony import */ var _host_sanitise_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(85150);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(63259);
/* harmony import */ var _container_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(23378);
/* harmony import */ var _config_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7422);
/* harmony import */ var _project_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(62675);







/** Of a stack that runs: the containers it is made of carry this name. */
const projectName = (runId) => `ml-image-${runId}`;
const compose = (project, file) => [
    ...['docker', 'compose', '--ansi', 'never', '--progress', 'plain', '--project-name', project, '--file', file],
];
/** The network of the service, as the engine calls it. */
function stackNetwork({ config, service }, runId) {
    const [network = 'default'] = Object.keys((0,_config_js__WEBPACK_IMPORTED_MODULE_4__/* .objectOf */ .Xy)(config.services[service]?.['networks']));
    const { external, name } = (0,_config_js__WEBPACK_IMPORTED_MODULE_4__/* .objectOf */ .Xy)((0,_config_js__WEBPACK_IMPORTED_MODULE_4__/* .objectOf */ .Xy)(config.top['networks'])[network]);
    return external ? (0,_config_js__WEBPACK_IMPORTED_MODULE_4__/* .textOf */ .b6)(name) || network : `${projectName(runId)}_${network}`;
}
/** Brings the images of what the service depends on, those that are not there yet: to be done beside the build. Never throws. */
async function pullStack(host, { config, service, env }, signal) {
    const own = config.services[service] ?? {};
    const images = (0,_config_js__WEBPACK_IMPORTED_MODULE_4__/* .closure */ .Cx)(config.services, service).flatMap((name) => {
        const definition = config.services[name] ?? {};
        const { image, build, platform } = definition;
        return name === service || build || image === undefined || (0,_config_js__WEBPACK_IMPORTED_MODULE_4__/* .sharesImage */ .MA)(definition, own)
            ? []
            : [[name, { image, ...(platform === undefined ? {} : { platform }) }]];
    });
    if (images.length === 0)
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .passed */ .bF)(undefined);
    const last = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .tail */ .RT)(10);
    const pull = { argv: [...compose(projectName(host.runId), '-'), 'pull', '--quiet', '--policy', 'missing'], env };
    const ended = await host
        .stream({ ...pull, input: JSON.stringify({ services: Object.fromEntries(images) }) }, { signal, onLine: last.push })
        .catch((error) => void last.push((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)));
    if (ended?.kind === 'stopped')
        return _outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .stopped */ .ce;
    if (ended?.kind === 'exited' && ended.exitCode === 0)
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .passed */ .bF)(undefined);
    return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('dependency-unavailable', `An image of the compose stack could not be pulled: ${last.lines.at(-1) ?? ''}`, last.lines);
}
/** Why a container that ours depends on is not as it must be; undefined where it is. */
function faultOf({ State: { Status, ExitCode, Error: error, Health } }) {
    if ((Status === 'exited' && ExitCode !== 0) || Status === 'restarting')
        return `ended with exit code ${ExitCode}`;
    if (Health?.Status === 'unhealthy')
        return 'is unhealthy';
    if (Status === 'created' && error)
        return `could not be started: ${error}`;
    return Health?.Status === 'starting' ? 'is not healthy yet' : undefined;
}
/** The service that keeps the stack from coming up, with what its health check and its log say last. */
async function dependencyAtFault(host, project, own, env) {
    const listed = await host.capture({
        argv: ['docker', 'ps', '--all', '--quiet', '--filter', `label=com.docker.compose.project=${project}`],
        env,
    });
    const ids = listed.stdout.split('\n').filter((id) => id !== '');
    if (ids.length === 0)
        return undefined;
    const { stdout } = await host.capture({ argv: ['docker', 'container', 'inspect', ...ids], env });
    const all = JSON.parse(stdout || '[]').filter(({ Name }) => Name !== `/${own}`);
    const rank = (container) => (faultOf(container) === 'is not healthy yet' ? 1 : 0);
    const [worst] = all.filter((container) => faultOf(container) !== undefined).toSorted((a, b) => rank(a) - rank(b));
    if (!worst)
        return undefined;
    const service = worst.Config?.Labels?.['com.docker.compose.service'] ?? worst.Name;
    const check = worst.State.Health?.Log?.at(-1);
    const checked = check && worst.State.Status === 'running' ? [`its health check ended with ${check.ExitCode}: ${check.Output.trim()}`] : [];
    return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('dependency-unhealthy', `The service ${service} of the compose stack ${faultOf(worst)}.`, [
        ...checked,
        ...(await (0,_container_js__WEBPACK_IMPORTED_MODULE_3__/* .lastLines */ .w$)(host, worst.Name.slice(1), env, 20)),
    ]);
}
/** What a service that stands by ours has died of meanwhile, added to why the answers of ours were wrong. */
async function withNeighbours(host, outcome, env) {
    if (outcome.kind !== 'failed')
        return outcome;
    const fault = await dependencyAtFault(host, projectName(host.runId), (0,_container_js__WEBPACK_IMPORTED_MODULE_3__/* .containerName */ .xN)(host.runId), env).catch(() => undefined);
    if (fault?.kind !== 'failed')
        return outcome;
    const { red } = outcome;
    return { kind: 'failed', red: { ...red, evidence: [...red.evidence, fault.red.message, ...fault.red.evidence] } };
}
/**
 * Brings the stack up with our image in its service: what it depends on first, until that is healthy as depends_on asks.
 * @returns our service's container, as `startContainer` does
 */
async function startStack(host, stack, image, contract, smoke, { env, address, gpu, self, pulled }, log, signal) {
    const project = projectName(host.runId);
    const name = (0,_container_js__WEBPACK_IMPORTED_MODULE_3__/* .containerName */ .xN)(host.runId);
    const command = smoke.command ?? (contract.command.length > 0 ? contract.command : undefined);
    const folder = host.files.makeTemp('compose');
    host.leave({ kind: 'folder', path: folder });
    host.leave({ kind: 'project', name: project });
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'compose.json');
    try {
        const made = (0,_project_js__WEBPACK_IMPORTED_MODULE_5__/* .composeProject */ .O)(stack.config, {
            service: stack.service,
            image: image.id,
            ...(image.platform === undefined ? {} : { platform: image.platform }),
            containerName: name,
            labels: { [_container_js__WEBPACK_IMPORTED_MODULE_3__/* .runLabel */ .Az]: host.runId },
            port: contract.port.port,
            ...(address.kind === 'published' && !smoke.offline ? { bind: address.bind } : {}),
            env: { ...contract.env, ...smoke.env },
            ...(command === undefined ? {} : { command }),
            offline: smoke.offline,
            gpu,
        });
        host.files.writePrivate(file, JSON.stringify(made));
        const last = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .tail */ .RT)(30, (0,_host_sanitise_js__WEBPACK_IMPORTED_MODULE_6__/* .bounded */ .Mm)((line) => log.line((0,_host_sanitise_js__WEBPACK_IMPORTED_MODULE_6__/* .sanitiseLine */ .lg)(line))));
        const pulling = await (pulled ?? pullStack(host, stack, signal));
        if (pulling.kind !== 'passed')
            return pulling;
        const up = await host.stream({ argv: [...compose(project, file), 'up', '--detach', stack.service], env: stack.env }, { signal, timeoutMs: contract.startTimeoutMs, mostBytes: _host_sanitise_js__WEBPACK_IMPORTED_MODULE_6__/* .longestOutput */ .K8, onLine: last.push });
        if (up.kind === 'stopped')
            return _outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .stopped */ .ce;
        if (up.kind === 'exited' && up.exitCode === 0) {
            const at = smoke.offline ? { kind: 'network', network: stackNetwork(stack, host.runId) } : address;
            // One of the two is put where the other is: ours into the network of the job, or the job into a closed one.
            const joins = smoke.offline ? self : address.kind === 'network' ? name : undefined;
            if (at.kind === 'network' && joins !== undefined)
                await host.capture({ argv: ['docker', 'network', 'connect', at.network, joins], env });
            return await (0,_container_js__WEBPACK_IMPORTED_MODULE_3__/* .locate */ .x5)(host, name, contract, env, at);
        }
        const dependency = await dependencyAtFault(host, project, name, env);
        if (dependency)
            return dependency;
        return up.kind === 'timeout'
            ? (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('dependency-unhealthy', `The compose stack was not up after ${contract.startTimeoutMs / 1000} s.`, last.lines)
            : (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('container-not-started', `docker compose up failed: ${last.lines.at(-1) ?? ''}`, last.lines);
    }
    finally {
        host.files.remove(folder);
    }
}


/***/ })

};
