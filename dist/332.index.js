export const id = 332;
export const ids = [332];
export const modules = {

/***/ 68332:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  helpText: () => (/* binding */ helpText),
  parseFlags: () => (/* binding */ parseFlags),
  runCli: () => (/* binding */ runCli)
});

// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(85550);
// EXTERNAL MODULE: ./lib/host/cancel.js
var cancel = __webpack_require__(52654);
// EXTERNAL MODULE: ./lib/host/environment.js
var environment = __webpack_require__(96371);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./lib/host/machine.js + 5 modules
var machine = __webpack_require__(73976);
// EXTERNAL MODULE: ./lib/host/runner.js + 4 modules
var runner = __webpack_require__(26890);
// EXTERNAL MODULE: ./lib/host/turns.js
var turns = __webpack_require__(31066);
;// CONCATENATED MODULE: ./lib/host/terminal.js




/** A laptop: everything readable goes to stderr, so that stdout is free for what the caller wants to pipe. */
function terminalHost(env) {
    const outputs = new Map();
    const traces = [];
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
        hide: (secret) => {
            for (const form of (0,runner/* secretForms */.eo)(secret))
                secrets.add(form);
        },
        output: (name, value) => outputs.set(name, masked(value)),
        exportVariable: () => { },
        summary: () => { },
        annotate: ({ level, title, message, file, line }) => {
            const place = file === undefined ? '' : ` ${file}${line === undefined ? '' : `:${line}`}`;
            print(`${paint(level === 'error' ? 31 : 33, `${level}: ${title}`)}${place}\n${message}`);
        },
        leave: (trace) => traces.push(trace),
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
var declared = __webpack_require__(70655);
// EXTERNAL MODULE: ./lib/main.js + 38 modules
var main = __webpack_require__(11895);
// EXTERNAL MODULE: ./lib/plan/git.js
var plan_git = __webpack_require__(71255);
// EXTERNAL MODULE: ./lib/plan/git-event.js
var git_event = __webpack_require__(34014);
// EXTERNAL MODULE: ./lib/report/summary.js
var summary = __webpack_require__(42982);
;// CONCATENATED MODULE: ./lib/cli.js









const switches = new Set(Object.entries(declared/* declaredInputs */.W).flatMap(([name, { default: value }]) => (value === 'true' || value === 'false' ? [name] : [])));
/** What `--help` prints: the table of inputs. */
function helpText() {
    const lines = Object.entries(declared/* declaredInputs */.W).map(([name, { help, default: value }]) => {
        const shown = value === '' || value.startsWith('${{') ? '' : ` [${value}]`;
        return `  --${name}${' '.repeat(Math.max(1, 22 - name.length))}${help}${shown}`;
    });
    return [
        'usage: ml-image-action --images NAME [--INPUT VALUE ...]',
        '',
        'Tests, builds and smoke-tests the image of this folder, as the GitHub Action does; pushes it with --push true.',
        'Switches may stand alone (--dry-run). The password is read from a file (--password @FILE) or ML_IMAGE_PASSWORD.',
        '',
        ...lines,
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
async function runCli(argv) {
    if (argv.length === 0 || argv.includes('--help') || argv.includes('-h')) {
        process.stdout.write(`${helpText()}\n`);
        return;
    }
    const host = terminalHost(process.env);
    let given;
    try {
        given = new Map(parseFlags(argv));
        takePassword(given, process.env, host.files.readText);
    }
    catch (error) {
        host.log.line(`error: ${error.message}`);
        process.exitCode = errors/* exitCodes */.hS.input;
        return;
    }
    const git = await (0,plan_git/* gitFacts */.g)(host, host.workspace, (0,environment/* childEnvironment */.Qc)('code', process.env));
    const { exitCode, report } = await (0,main/* main */.i)(host, given, (0,git_event/* gitEvent */.H)(git), (0,cancel/* cancelOnSignal */.q)());
    if (report)
        process.stdout.write((0,summary/* summaryMarkdown */.eH)(report));
    process.exitCode = exitCode;
}
/** A password on a command line is seen by everybody on the machine: only a file or a variable may hold it. */
function takePassword(given, env, readText) {
    const literal = given.get('password');
    if (literal !== undefined && !literal.startsWith('@'))
        throw new Error('--password takes @FILE: on a command line everybody on the machine could read it. Or set ML_IMAGE_PASSWORD');
    const text = literal === undefined ? env['ML_IMAGE_PASSWORD'] : readText(literal.slice(1));
    if (literal !== undefined && text === undefined)
        throw new Error(`--password names a file that cannot be read (${literal.slice(1)})`);
    if (text !== undefined)
        given.set('password', text.trimEnd());
    const token = env['GITHUB_TOKEN'];
    if (token && !given.has('github-token'))
        given.set('github-token', token);
}


/***/ })

};
