export const id = 576;
export const ids = [576];
export const modules = {

/***/ 7422:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cx: () => (/* binding */ closure),
/* harmony export */   Ln: () => (/* binding */ findService),
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
/** The service that is ours: as given, else the one that is built, else the only one. */
function findService({ services }, given) {
    const names = Object.keys(services);
    if (given !== undefined)
        return names.includes(given) ? given : undefined;
    const built = names.filter((name) => services[name]?.['build']);
    if (built.length === 1)
        return built[0];
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

/***/ 79576:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  projectName: () => (/* binding */ projectName),
  pullStack: () => (/* binding */ pullStack),
  stackNetwork: () => (/* binding */ stackNetwork),
  startStack: () => (/* binding */ startStack)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/host/sanitise.js
var sanitise = __webpack_require__(85150);
// EXTERNAL MODULE: ./lib/outcome.js
var outcome = __webpack_require__(63259);
// EXTERNAL MODULE: ./lib/smoke/container.js
var container = __webpack_require__(23378);
// EXTERNAL MODULE: ./lib/smoke/compose/config.js
var compose_config = __webpack_require__(7422);
;// CONCATENATED MODULE: ./lib/smoke/compose/project.js

const without = (value, ...keys) => Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
/** What would make runs meet, or outlive this one: names and ports of the machine, other copies, eternal restarts. */
function ofThisRun(service, labels) {
    const { deploy, restart } = service;
    return {
        ...without(service, 'ports', 'container_name', 'profiles', 'scale', 'develop', 'deploy'),
        ...(deploy === undefined ? {} : { deploy: without((0,compose_config/* objectOf */.Xy)(deploy), 'replicas', 'mode', 'restart_policy', 'placement') }),
        ...(restart === undefined || restart === 'no' ? {} : { restart: 'on-failure' }),
        labels: { ...(0,compose_config/* objectOf */.Xy)(service['labels']), ...labels },
    };
}
/** Definitions of `kind` that the services use. Only what is external keeps a name that others may use as well. */
function used(config, kind, names) {
    return Object.fromEntries(Object.entries((0,compose_config/* objectOf */.Xy)(config.top[kind])).flatMap(([name, definition]) => {
        if (!names.has(name))
            return [];
        const { external } = (0,compose_config/* objectOf */.Xy)(definition);
        return [[name, external ? definition : without((0,compose_config/* objectOf */.Xy)(definition), 'name')]];
    }));
}
const sources = (service, key) => (0,compose_config/* listOf */.c3)(service[key]).map((entry) => (0,compose_config/* textOf */.b6)(typeof entry === 'string' ? entry : (0,compose_config/* objectOf */.Xy)(entry)['source']));
/** The project that is brought up: our image in its service, what that needs, and nothing else. */
function composeProject(config, place) {
    const names = (0,compose_config/* closure */.Cx)(config.services, place.service);
    const services = Object.fromEntries(names.map((name) => {
        const service = ofThisRun(config.services[name] ?? {}, place.labels);
        return [name, name === place.service ? ours(service, place) : service];
    }));
    const all = Object.values(services).map(compose_config/* objectOf */.Xy);
    const gather = (select) => new Set(all.flatMap(select));
    const networks = used(config, 'networks', gather(({ networks }) => (Array.isArray(networks) ? networks.map(compose_config/* textOf */.b6) : Object.keys((0,compose_config/* objectOf */.Xy)(networks)))));
    return {
        services,
        networks: place.offline
            ? Object.fromEntries(Object.entries(networks).map(([name, network]) => [name, { ...(0,compose_config/* objectOf */.Xy)(network), internal: true }]))
            : networks,
        volumes: used(config, 'volumes', gather((service) => sources(service, 'volumes'))),
        secrets: used(config, 'secrets', gather((service) => sources(service, 'secrets'))),
        configs: used(config, 'configs', gather((service) => sources(service, 'configs'))),
    };
}
function ours(service, place) {
    const { image, platform, containerName, port, bind, env, command } = place;
    return {
        ...without(service, 'build', 'platform', 'restart'),
        image,
        pull_policy: 'never',
        ...(platform === undefined ? {} : { platform }),
        container_name: containerName,
        restart: 'no',
        environment: {
            ...(0,compose_config/* objectOf */.Xy)(service['environment']),
            ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, (0,compose_config/* escaped */.Mk)(value)])),
        },
        ...(command === undefined ? {} : { command: command.map(compose_config/* escaped */.Mk) }),
        ...(bind === undefined ? {} : { ports: [{ mode: 'ingress', host_ip: bind, target: port, protocol: 'tcp' }] }),
    };
}

;// CONCATENATED MODULE: ./lib/smoke/compose/stack.js







/** Of a stack that runs: the containers it is made of carry this name. */
const projectName = (runId) => `ml-image-${runId}`;
const compose = (project, file) => [
    ...['docker', 'compose', '--ansi', 'never', '--progress', 'plain', '--project-name', project, '--file', file],
];
/** The network of the service, as the engine calls it. */
function stackNetwork({ config, service }, runId) {
    const [network = 'default'] = Object.keys((0,compose_config/* objectOf */.Xy)(config.services[service]?.['networks']));
    const { external, name } = (0,compose_config/* objectOf */.Xy)((0,compose_config/* objectOf */.Xy)(config.top['networks'])[network]);
    return external ? (0,compose_config/* textOf */.b6)(name) || network : `${projectName(runId)}_${network}`;
}
/** Brings the images of what the service depends on, those that are not there yet: to be done beside the build. Never throws. */
async function pullStack(host, { config, service, env }, signal) {
    const images = (0,compose_config/* closure */.Cx)(config.services, service).flatMap((name) => {
        const { image, build, platform } = config.services[name] ?? {};
        return name === service || build || image === undefined
            ? []
            : [[name, { image, ...(platform === undefined ? {} : { platform }) }]];
    });
    if (images.length === 0)
        return (0,outcome/* passed */.bF)(undefined);
    const last = (0,outcome/* tail */.RT)(10);
    const pull = { argv: [...compose(projectName(host.runId), '-'), 'pull', '--quiet', '--policy', 'missing'], env };
    const ended = await host
        .stream({ ...pull, input: JSON.stringify({ services: Object.fromEntries(images) }) }, { signal, onLine: last.push })
        .catch((error) => void last.push((0,errors/* messageOf */.bD)(error)));
    if (ended?.kind === 'stopped')
        return outcome/* stopped */.ce;
    if (ended?.kind === 'exited' && ended.exitCode === 0)
        return (0,outcome/* passed */.bF)(undefined);
    return (0,outcome/* failed */.gz)('dependency-unavailable', `An image of the compose stack could not be pulled: ${last.lines.at(-1) ?? ''}`, last.lines);
}
/** Why a container that ours depends on is not as it must be; undefined where it is. */
function faultOf({ State: { Status, ExitCode, Error: error, Health } }) {
    if (Health?.Status === 'unhealthy')
        return 'is unhealthy';
    if (Status === 'created' && error)
        return `could not be started: ${error}`;
    if (Status === 'exited' && ExitCode !== 0)
        return `ended with exit code ${ExitCode}`;
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
    const checked = check ? [`its health check ended with ${check.ExitCode}: ${check.Output.trim()}`] : [];
    return (0,outcome/* failed */.gz)('dependency-unhealthy', `The service ${service} of the compose stack ${faultOf(worst)}.`, [
        ...checked,
        ...(await (0,container/* lastLines */.w$)(host, worst.Name.slice(1), env, 20)),
    ]);
}
/**
 * Brings the stack up with our image in its service: what it depends on first, until that is healthy as depends_on asks.
 * @returns our service's container, as `startContainer` does
 */
async function startStack(host, stack, image, contract, smoke, { env, address, self, pulled }, log, signal) {
    const project = projectName(host.runId);
    const name = (0,container/* containerName */.xN)(host.runId);
    const command = smoke.command ?? (contract.command.length > 0 ? contract.command : undefined);
    const folder = host.files.makeTemp('compose');
    host.leave({ kind: 'folder', path: folder });
    host.leave({ kind: 'project', name: project });
    const file = (0,external_node_path_.join)(folder, 'compose.json');
    try {
        const made = composeProject(stack.config, {
            service: stack.service,
            image: image.id,
            ...(image.platform === undefined ? {} : { platform: image.platform }),
            containerName: name,
            labels: { [container/* runLabel */.Az]: host.runId },
            port: contract.port.port,
            ...(address.kind === 'published' && !smoke.offline ? { bind: address.bind } : {}),
            env: { ...contract.env, ...smoke.env },
            ...(command === undefined ? {} : { command }),
            offline: smoke.offline,
        });
        host.files.writePrivate(file, JSON.stringify(made));
        const last = (0,outcome/* tail */.RT)(30, (0,sanitise/* bounded */.Mm)((line) => log.line((0,sanitise/* sanitiseLine */.lg)(line))));
        const pulling = await (pulled ?? pullStack(host, stack, signal));
        if (pulling.kind !== 'passed')
            return pulling;
        const up = await host.stream({ argv: [...compose(project, file), 'up', '--detach', stack.service], env: stack.env }, { signal, timeoutMs: contract.startTimeoutMs, mostBytes: sanitise/* longestOutput */.K8, onLine: last.push });
        if (up.kind === 'stopped')
            return outcome/* stopped */.ce;
        if (up.kind === 'exited' && up.exitCode === 0) {
            const at = smoke.offline ? { kind: 'network', network: stackNetwork(stack, host.runId) } : address;
            // One of the two is put where the other is: ours into the network of the job, or the job into a closed one.
            const joins = smoke.offline ? self : address.kind === 'network' ? name : undefined;
            if (at.kind === 'network' && joins !== undefined)
                await host.capture({ argv: ['docker', 'network', 'connect', at.network, joins], env });
            return await (0,container/* locate */.x5)(host, name, contract, env, at);
        }
        const dependency = await dependencyAtFault(host, project, name, env);
        if (dependency)
            return dependency;
        return up.kind === 'timeout'
            ? (0,outcome/* failed */.gz)('dependency-unhealthy', `The compose stack was not up after ${contract.startTimeoutMs / 1000} s.`, last.lines)
            : (0,outcome/* failed */.gz)('container-not-started', `docker compose up failed: ${last.lines.at(-1) ?? ''}`, last.lines);
    }
    finally {
        host.files.remove(folder);
    }
}


/***/ })

};
