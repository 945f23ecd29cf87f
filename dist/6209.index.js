export const id = 6209;
export const ids = [6209];
export const modules = {

/***/ 26209:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  helpText: () => (/* binding */ helpText),
  mergeHelpText: () => (/* binding */ mergeHelpText),
  parseFlags: () => (/* binding */ parseFlags),
  runCli: () => (/* binding */ runCli),
  takeRecord: () => (/* binding */ takeRecord)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/host/cancel.js
var host_cancel = __webpack_require__(89914);
// EXTERNAL MODULE: ./lib/host/environment.js
var environment = __webpack_require__(48647);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./lib/host/machine.js + 5 modules
var machine = __webpack_require__(10394);
// EXTERNAL MODULE: ./lib/host/runner.js + 5 modules
var runner = __webpack_require__(24150);
// EXTERNAL MODULE: ./lib/host/secret-forms.js
var secret_forms = __webpack_require__(96546);
// EXTERNAL MODULE: ./lib/host/turns.js
var turns = __webpack_require__(50030);
;// CONCATENATED MODULE: ./lib/host/terminal.js





/** A laptop: everything readable goes to stderr, so that stdout is free for what the caller wants to pipe. */
function terminalHost(env) {
    const outputs = new Map();
    const traces = [];
    const hidden = new Set();
    const secrets = new Set();
    const colour = process.stderr.isTTY && !env['NO_COLOR'];
    const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
    const masked = (text) => [...secrets].reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
    const print = (text) => process.stderr.write(`${masked(text)}\n`);
    const openTurn = (0,turns/* createTurns */.z)(print);
    return {
        kind: 'terminal',
        env,
        workspace: process.cwd(),
        ...(0,machine/* machine */.A)((0,external_node_os_.tmpdir)()),
        outputs,
        traces,
        secrets: () => [...hidden],
        hide: (secret) => {
            hidden.add(secret);
            for (const form of (0,secret_forms/* secretForms */.eo)(secret))
                secrets.add(form);
        },
        masked,
        output: (name, value) => outputs.set(name, masked(value)),
        exportVariable: () => { },
        summary: () => { },
        annotate: ({ level, title, message, file, line }) => {
            const place = file === undefined ? '' : ` ${file}${line === undefined ? '' : `:${line}`}`;
            print(`${paint(level === 'error' ? 31 : 33, `${level}: ${title}`)}${place}\n${message}`);
        },
        leave: (trace) => traces.push(trace),
        declareArtifact: () => { },
        changedCommandFiles: () => [],
        repository: async () => ({}),
        commitTime: async () => undefined,
        compareCommits: async () => Promise.reject(new Error('a laptop does not ask GitHub')),
        runNumbers: async () => Promise.reject(new Error('a laptop does not ask GitHub')),
        log: {
            line: print,
            notice: (text) => print(`${paint(36, 'notice:')} ${text}`),
            warning: (text) => print(`${paint(33, 'warning:')} ${text}`),
            stage: (stage) => {
                const turn = openTurn(() => print(paint(1, (0,runner/* stageTitle */.L9)(stage))));
                return { line: turn.line, close: (result) => turn.close(() => print(`${paint(1, `${(0,runner/* stageTitle */.L9)(stage)}:`)} ${result}`)) };
            },
        },
    };
}

// EXTERNAL MODULE: ./lib/inputs/declared.js
var declared = __webpack_require__(16307);
// EXTERNAL MODULE: ./lib/inputs/declared-merge.js
var declared_merge = __webpack_require__(44114);
// EXTERNAL MODULE: ./lib/main.js + 6 modules
var main = __webpack_require__(98245);
// EXTERNAL MODULE: ./lib/plan/git.js
var plan_git = __webpack_require__(28163);
// EXTERNAL MODULE: ./lib/plan/git-event.js
var git_event = __webpack_require__(79818);
// EXTERNAL MODULE: ./lib/report/summary.js
var summary = __webpack_require__(43394);
;// CONCATENATED MODULE: ./lib/cli.js











const switches = new Set(Object.entries(declared/* declaredInputs */.W).flatMap(([name, { default: value }]) => (value === 'true' || value === 'false' ? [name] : [])));
const flagLines = (table) => Object.entries(table).map(([name, { help, default: value }]) => {
    const shown = value === '' || value.startsWith('${{') ? '' : ` [${value}]`;
    return `  --${name}${' '.repeat(Math.max(1, 22 - name.length))}${help}${shown}`;
});
/** What `merge --help` prints. */
function mergeHelpText() {
    return [
        'usage: ml-image-action merge --images NAME --digests DIGEST,DIGEST [--INPUT VALUE ...]',
        '',
        'Joins images that were pushed by digest, each with the record of its gates, and sets the tags with --push true.',
        '',
        ...flagLines(declared_merge/* declaredMergeInputs */.g),
    ].join('\n');
}
/** What `--help` prints: the table of inputs. */
function helpText() {
    return [
        'usage: ml-image-action --images NAME [--INPUT VALUE ...]',
        '       ml-image-action merge --help',
        '',
        'Tests, builds and smoke-tests the image of this folder, as the GitHub Action does; pushes it with --push true.',
        'With --record FILE the answers of the image are written to that samples file, and expected from then on.',
        'Switches may stand alone (--dry-run). The password is read from a file (--password @FILE) or ML_IMAGE_PASSWORD.',
        '',
        ...flagLines(declared/* declaredInputs */.W),
        '',
        'exit codes: 0 passed, 1 a gate is red, 2 bad input, 3 a tool or a registry',
    ].join('\n');
}
/** Flags -> the same names and texts that the Action gets as inputs. @throws Error on what is no flag */
function parseFlags(argv) {
    const given = new Map();
    const words = [...argv];
    for (let i = 0; i < words.length; i++) {
        const [, name, inline] = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(words[i] ?? '') ?? [];
        if (name === undefined)
            throw new Error(`"${words[i]}" is no flag. Flags are --NAME VALUE or --NAME=VALUE, see --help`);
        const next = words[i + 1];
        if (inline !== undefined)
            given.set(name, inline);
        else if (next !== undefined && !next.startsWith('--'))
            given.set(name, words[++i] ?? '');
        else if (switches.has(name))
            given.set(name, 'true');
        else
            throw new Error(`--${name} needs a value; one that starts with -- is given as --${name}=VALUE`);
    }
    return given;
}
/** The command line. Exit codes as the Action's. */
async function runCli(words) {
    const merges = words[0] === 'merge';
    const argv = merges ? words.slice(1) : words;
    if (argv.length === 0 || argv.includes('--help') || argv.includes('-h')) {
        process.stdout.write(`${merges ? mergeHelpText() : helpText()}\n`);
        return;
    }
    const host = terminalHost(process.env);
    let given;
    let record;
    try {
        given = new Map(parseFlags(argv));
        takePassword(given, process.env, host.files.readText);
        record = takeRecord(given, (path) => host.files.kind(path) === 'file');
    }
    catch (error) {
        host.log.line(`error: ${error.message}`);
        process.exitCode = errors/* exitCodes */.hS.input;
        return;
    }
    const git = await (0,plan_git/* gitFacts */.g)(host, host.workspace, (0,environment/* childEnvironment */.Qc)('code', process.env));
    const [event, cancel] = [(0,git_event/* gitEvent */.H)(git), (0,host_cancel/* cancelOnSignal */.q)(async () => (await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 29870))).abandon(host))];
    const { exitCode, report } = merges
        ? await (await Promise.all(/* import() */[__webpack_require__.e(3934), __webpack_require__.e(2038)]).then(__webpack_require__.bind(__webpack_require__, 22038))).mergeMain(host, given, event, cancel)
        : await (0,main/* main */.iW)(host, given, event, cancel, record);
    if (record !== undefined && exitCode === errors/* exitCodes */.hS.passed)
        host.log.line(`Recorded: ${record}. Read it, and commit it.`);
    if (report)
        process.stdout.write((0,summary/* summaryMarkdown */.eH)(report));
    process.exitCode = exitCode;
}
/** A password on a command line is seen by everybody on the machine: only a file or a variable may hold it. */
function takePassword(given, env, readText) {
    const literal = given.get('password');
    if (literal !== undefined && !literal.startsWith('@'))
        throw new Error('--password takes @FILE: on a command line everybody on the machine could read it. Or set ML_IMAGE_PASSWORD');
    if (given.get('registry-auth')?.trim().startsWith('@') === false)
        throw new Error('--registry-auth takes @FILE: on a command line everybody on the machine could read the passwords in it');
    const text = literal === undefined ? env['ML_IMAGE_PASSWORD'] : readText(literal.slice(1));
    if (literal !== undefined && text === undefined)
        throw new Error(`--password names a file that cannot be read (${literal.slice(1)})`);
    if (text !== undefined)
        given.set('password', text.trimEnd());
    const token = env['GITHUB_TOKEN'];
    if (token && !given.has('github-token'))
        given.set('github-token', token);
}
/**
 * `--record FILE`, which is no input of the Action: nothing is pushed by such a run, and the requests of a file that is there
 * already are asked again. @throws Error on what is no samples file
 */
function takeRecord(given, isFile) {
    const path = given.get('record');
    if (path === undefined)
        return undefined;
    given.delete('record');
    if (!/\.(json|jsonl|ya?ml)$/.test(path))
        throw new Error(`--record takes a samples file (.json, .jsonl, .yaml), not "${path}"`);
    if ((0,external_node_path_.isAbsolute)(path) || path.split('/').includes('..'))
        throw new Error(`--record takes a path in this folder, not "${path}"`);
    if (given.get('push') === 'true')
        throw new Error('--record is for a run that pushes nothing: leave out --push');
    if (given.get('smoke') === 'false')
        throw new Error('--record needs the smoke test: leave out --smoke=false');
    given.set('push', 'false');
    if (!given.has('samples') && !given.has('predict-body') && isFile(path))
        given.set('samples', path);
    return path;
}


/***/ }),

/***/ 44114:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ declaredMergeInputs)
/* harmony export */ });
/* harmony import */ var _declared_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(16307);

const { images, tags, flavor, registry, username, password, ecr, attest, summary } = _declared_js__WEBPACK_IMPORTED_MODULE_0__/* .declaredInputs */ .W;
/** Every input of the sub-action merge, in the order of merge/action.yml; what it shares with the action means the same. */
const declaredMergeInputs = {
    images,
    digests: {
        group: 'image',
        default: '',
        help: 'Digests to join, one a line, or the outputs of the jobs as JSON. Default: all that this run has pushed with push: digest.',
        example: '${{ toJSON(needs) }}',
    },
    platforms: {
        group: 'image',
        default: '',
        help: 'Platforms that the index must hold, no more and no fewer. Default: those of the digests.',
        example: 'linux/amd64,linux/arm64',
    },
    tags,
    flavor,
    annotations: {
        group: 'image',
        default: '',
        help: 'More annotations of the index, one a line: NAME=VALUE. They may hold expressions, and win over those of the action.',
        example: 'org.opencontainers.image.title=Iris',
    },
    push: {
        group: 'image',
        default: 'auto',
        help: 'auto sets tags on the default branch, tags, releases, schedule and dispatch; true also on branches and pull requests of the same repository; false never.',
        example: 'auto',
    },
    registry,
    username,
    password,
    'registry-auth': _declared_js__WEBPACK_IMPORTED_MODULE_0__/* .declaredInputs */ .W['registry-auth'],
    ecr,
    'github-token': _declared_js__WEBPACK_IMPORTED_MODULE_0__/* .declaredInputs */ .W['github-token'],
    attest,
    summary,
};


/***/ })

};
