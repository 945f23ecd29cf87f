export const id = 2643;
export const ids = [2643];
export const modules = {

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


/***/ })

};
