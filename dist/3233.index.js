export const id = 3233;
export const ids = [3233];
export const modules = {

/***/ 83233:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openMounts: () => (/* binding */ openMounts)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/amounts.js
var amounts = __webpack_require__(8790);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/outcome.js
var outcome = __webpack_require__(63259);
// EXTERNAL MODULE: ./lib/build/dockerfile.js
var build_dockerfile = __webpack_require__(45168);
;// CONCATENATED MODULE: ./lib/build/cache/mounts.js


/** Options of the flags of a RUN: `--mount=type=cache,target=/x`. */
function mountsOf(line) {
    const [, flags = ''] = /^RUN\s+((?:--\S+\s+)*)/i.exec(line) ?? [];
    return [...flags.matchAll(/--mount=(\S+)/g)].map(([, text = '']) => new Map(text
        .replace(/["']/g, '')
        .split(',')
        .map((option) => {
        const at = option.indexOf('=');
        return at < 0 ? [option.toLowerCase(), ''] : [option.slice(0, at).toLowerCase(), option.slice(at + 1)];
    })));
}
/**
 * Finds the cache mounts of a Dockerfile. Left out: those with contents of their own (`from`), and those whose name holds
 * a variable that no ARG gives. The id is by default the target (BuildKit, dockerfile2llb/convert_runmount.go).
 */
function findCacheMounts(dockerfile, args) {
    const values = (0,build_dockerfile/* argumentValues */.Qp)(dockerfile, args);
    const stages = (0,build_dockerfile/* dockerfileStages */.C8)(dockerfile, args);
    const found = new Map();
    let stage = -1;
    let base;
    for (const line of (0,build_dockerfile/* instructions */.GA)(dockerfile)) {
        if (/^FROM\s/i.test(line))
            stage++;
        for (const options of mountsOf(line)) {
            if (options.get('type') !== 'cache' || options.has('from'))
                continue;
            const target = options.get('target') ?? options.get('dst') ?? options.get('destination') ?? '';
            const named = options.get('id') ?? (target === '' ? '' : external_node_path_.posix.normalize(target).replace(/(.)\/$/, '$1'));
            if ([...named.matchAll(/\$\{?(\w+)/g)].some(([, name = '']) => !(name in values)))
                continue;
            const id = (0,build_dockerfile/* expandVariables */.i7)(named, values);
            const current = stages[stage];
            if (id === '' || /["\s,]/.test(id) || current === undefined)
                continue;
            base ??= (0,build_dockerfile/* baseOf */.bx)(stages, current);
            const owner = ['uid', 'gid', 'mode'].flatMap((name) => (options.has(name) ? [`${name}=${options.get(name)}`] : []));
            if (!found.has(id))
                found.set(id, { id, owner });
        }
    }
    return base === undefined ? undefined : { base, mounts: [...found.values()] };
}
const mounted = ({ id, owner }, index) => `--mount=${[`type=cache`, `id=${id}`, `target=/ml-image-mounts/${index}`, ...owner].join(',')}`;
/** `run` makes the step another one each time: what is in a mount is no part of its key. */
const stageOf = ({ base, mounts }, flags, run, each) => `FROM ${base} AS mounts\nUSER 0\nRUN --network=none ${[...flags, ...mounts.map(mounted)].join(' ')} : ${run}${mounts.map((_, index) => `; ${each(index)}`).join('')}\n`;
/** A Dockerfile whose build leaves an archive of each mount (`0.tar` …) as its output. */
function extracting(mounts, run) {
    const each = (index) => `tar -cf /ml-image-kept/${index}.tar -C /ml-image-mounts/${index} .`;
    const stage = stageOf(mounts, [], run, each).replace(` : ${run};`, ` mkdir /ml-image-kept && : ${run};`);
    return `${stage}FROM scratch\nCOPY --from=mounts /ml-image-kept /\n`;
}
/** A Dockerfile whose build fills the mounts from such archives, its context. */
function injecting(mounts, run) {
    const each = (index) => `if [ -f /ml-image-kept/${index}.tar ]; then tar -xf /ml-image-kept/${index}.tar -C /ml-image-mounts/${index}; fi`;
    return stageOf(mounts, ['--mount=type=bind,target=/ml-image-kept'], run, each);
}

;// CONCATENATED MODULE: ./lib/build/cache/kept-mounts.js






/** Longest time for each way (ms): downloads that take longer than this are no faster from here. */
const patience = 120_000;
/** What the steps that install something go by. */
const dependencies = /^(requirements[\w.-]*\.(txt|in)|pyproject\.toml|[\w.-]*\.lock|Pipfile|environment\.ya?ml|setup\.(py|cfg)|package(-lock)?\.json)$/;
function keyOf({ files }, { dockerfile, context }) {
    const named = files.list(context).filter((name) => dependencies.test(name));
    const texts = [...named].sort().map((name) => [name, files.readUntrusted((0,external_node_path_.join)(context, name)) ?? '']);
    return (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([dockerfile, texts]))
        .digest('hex')
        .slice(0, 32);
}
const ranMount = ({ name, cached }) => !cached && name.includes('--mount=type=cache');
/** Opens what is kept of a Dockerfile's mounts; undefined where it has none, or there is nothing to keep them in. */
function openMounts(host, order, env, notice) {
    const { build, builder, scope } = order;
    const service = host.packageCache;
    const mounts = findCacheMounts(build.dockerfile, build.args);
    if (!service || !mounts)
        return undefined;
    const home = host.env['XDG_CACHE_HOME'] || (0,external_node_path_.join)(host.env['HOME'] ?? '/', '.cache');
    const folder = (0,external_node_path_.join)(home, 'ml-image-action', 'mounts', scope.replace(/[^\w.-]/g, '-'));
    const prefix = `ml-image-mounts-${scope.replace(/,/g, '-')}-`;
    const key = `${prefix}${keyOf(host, build)}`;
    let isKept = false;
    const attempt = async (what, work) => {
        const start = host.now();
        try {
            await work();
            host.log.line(`Cache mounts: ${what} in ${(0,amounts/* timeText */.Tc)(host.now() - start)}.`);
        }
        catch (error) {
            notice(`The directories of RUN --mount=type=cache were not ${what} (${(0,errors/* messageOf */.bD)(error)}).`);
        }
        finally {
            host.files.remove(folder);
        }
    };
    const run = async (dockerfile, options, context, signal) => {
        const file = (0,external_node_path_.join)(host.files.makeTemp('mounts'), 'Dockerfile');
        host.leave({ kind: 'folder', path: (0,external_node_path_.join)(file, '..') });
        host.files.writePrivate(file, dockerfile);
        const argv = ['docker', 'buildx', 'build', '--builder', builder, '--progress', 'quiet', '--provenance=false', ...options];
        const said = (0,outcome/* tail */.RT)(20);
        const ended = await host.stream({ argv: [...argv, '--file', file, context], env }, { signal, timeoutMs: patience, onLine: said.push });
        host.files.remove((0,external_node_path_.join)(file, '..'));
        if (ended.kind !== 'exited')
            throw new Error(ended.kind);
        if (ended.exitCode !== 0)
            throw new Error(said.lines.findLast((line) => line.trim() !== '') ?? 'buildx fails');
    };
    return {
        fill: async (signal) => {
            isKept = (await service.has?.(folder, key).catch(() => false)) ?? false;
            // The run that kept them has kept the layers that they would be for.
            if (isKept && order.layers)
                return;
            await attempt('filled', async () => {
                const found = await service.restore(folder, key, [prefix]);
                isKept = found === key;
                if (found !== undefined)
                    await run(injecting(mounts, host.runId), ['--output', 'type=cacheonly'], folder, signal);
            });
        },
        keep: async (steps) => {
            if (!order.write || isKept || !steps.some(ranMount))
                return;
            await attempt('kept', async () => {
                host.files.makeFolder(folder);
                await run(extracting(mounts, host.runId), ['--output', `type=local,dest=${folder}`], folder, new AbortController().signal);
                await service.save(folder, key);
            });
        },
    };
}


/***/ })

};
