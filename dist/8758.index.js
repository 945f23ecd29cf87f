export const id = 8758;
export const ids = [8758];
export const modules = {

/***/ 8790:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $4: () => (/* binding */ numberText),
/* harmony export */   Tc: () => (/* binding */ timeText),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   WT: () => (/* binding */ callText),
/* harmony export */   fL: () => (/* binding */ percentText),
/* harmony export */   k0: () => (/* binding */ changeText),
/* harmony export */   pV: () => (/* binding */ bytesText),
/* harmony export */   x8: () => (/* binding */ signed),
/* harmony export */   yU: () => (/* binding */ someOf)
/* harmony export */ });
/** Amounts as people read them: in the log, in reports, in advice. Nothing here is read by a machine. */
const minus = '\u2212';
/** Bytes in decimal units, as registries tell them: `812 B`, `12.3 kB`, `47.1 MB`, `1.25 GB`. */
function bytesText(bytes) {
    if (bytes < 0)
        return `${minus}${bytesText(-bytes)}`;
    if (bytes < 999.5)
        return `${Math.round(bytes)} B`;
    if (bytes < 999_950)
        return `${(bytes / 1e3).toFixed(1)} kB`;
    if (bytes < 999_950_000)
        return `${(bytes / 1e6).toFixed(1)} MB`;
    return `${(bytes / 1e9).toFixed(2)} GB`;
}
/** How long something took (ms): `820 ms`, `1.9 s`, `2m 5s`. */
function timeText(ms) {
    if (ms < 999.5)
        return `${Math.round(ms)} ms`;
    if (ms < 59_950)
        return `${(ms / 1000).toFixed(1)} s`;
    const whole = Math.round(ms / 1000);
    return `${Math.floor(whole / 60)}m ${whole % 60}s`;
}
/** The time of a call (ms), where tenths matter: `4.1 ms`, `212 ms`, `1520 ms`, `12.0 s`. */
function callText(ms) {
    if (ms < 99.95)
        return `${Number(ms.toFixed(1))} ms`;
    return ms < 9_999.5 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
/** A share of 1: `0.8 %`. */
function percentText(share) {
    return `${(share * 100).toFixed(1)} %`;
}
/** With its sign, also of what is more. */
function signed(amount, text) {
    return `${amount < 0 ? minus : '+'}${text(Math.abs(amount))}`;
}
/** How many bytes more or less than before: `+3.1 MB, +0.8 %`; without per cent where there was nothing before. */
function changeText(bytes, before) {
    const change = bytes - before;
    if (change === 0)
        return 'as before';
    const share = before > 0 ? [signed(change / before, percentText)] : [];
    return [signed(change, bytesText), ...share].join(', ');
}
/** `1 layer`, `2 layers`. */
function count(number, one, many = `${one}s`) {
    return `${number} ${number === 1 ? one : many}`;
}
/** The first of many, and how many more: `a, b, c and 4 more`. */
function someOf(names, most = 3) {
    const more = names.length - most;
    return `${names.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
/** A number with so many digits that say something. */
function numberText(value, digits = 6) {
    return value === null || value === undefined ? 'not a number' : String(Number(value.toPrecision(digits)));
}


/***/ }),

/***/ 48758:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runCli: () => (/* binding */ runCli)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/inputs/declared.js
var declared = __webpack_require__(16307);
;// CONCATENATED MODULE: ./lib/cli/flags.js


/** What stdout gets at the end of a run. */
const formats = ['text', 'markdown', 'json'];
/** Those that may stand alone. */
const switches = new Set([
    'json',
    ...Object.entries(declared/* declaredInputs */.W).flatMap(([name, { default: value }]) => value === 'true' || value === 'false' ? [name] : []),
]);
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
        // A word behind --json is the next flag's matter: it takes none.
        else if (next !== undefined && !next.startsWith('--') && name !== 'json')
            given.set(name, words[++i] ?? '');
        else if (switches.has(name))
            given.set(name, 'true');
        else
            throw new Error(`--${name} needs a value; one that starts with -- is given as --${name}=VALUE`);
    }
    return given;
}
/** `--format FORMAT`, or `--json`, which are no inputs of the Action. @throws Error on what is no format */
function takeFormat(given) {
    const [json, named] = [given.get('json'), given.get('format')];
    given.delete('json');
    given.delete('format');
    if (json !== undefined && json !== 'true')
        throw new Error(`--json takes no value, not "${json}"`);
    if (json !== undefined && named !== undefined && named !== 'json')
        throw new Error(`--json and --format ${named} are two formats: take one`);
    if (named === undefined)
        return json === undefined ? 'text' : 'json';
    const format = formats.find((one) => one === named);
    if (!format)
        throw new Error(`--format is "${named}", and takes ${formats.join(', ')}`);
    return format;
}
/** Whether JSON was asked for, of words that need not be flags. */
function wantsJson(words) {
    return words.some((word, at) => word === '--json' || word === '--format=json' || (word === '--format' && words[at + 1] === 'json'));
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

// EXTERNAL MODULE: ./lib/report/render-text.js
var render_text = __webpack_require__(39426);
// EXTERNAL MODULE: ./lib/report/text.js
var report_text = __webpack_require__(44639);
;// CONCATENATED MODULE: ./lib/cli/show.js


const jsonOf = (value) => `${JSON.stringify(value, null, 2)}\n`;
/** What stdout gets of a run: nothing else stands there. Refused input is told in the log, and as JSON. */
function documentOf({ report, refusal, rehearsal }, format, { summary, outStyle }) {
    switch (format) {
        case 'json':
            return jsonOf(report ?? refusal ?? rehearsal ?? {});
        case 'markdown':
            return summary;
        case 'text':
            return report ? `\n${(0,render_text/* renderText */.S)(report, outStyle)}` : '';
    }
}
/**
 * The end of a run on a command line. The result goes to stdout in the format that was asked for; who reads the log alone
 * finds it there, too: its last line where stdout has the text, else all of it.
 */
async function showEnd(result, format, outlet) {
    const { report } = result;
    if (report && format !== 'text')
        outlet.log(`\n${(0,render_text/* renderText */.S)(report, outlet.logStyle).trimEnd()}`);
    else if (report && !outlet.outIsTerminal)
        outlet.log(`Result: ${report.result}. ${(0,report_text/* headline */.Pl)(report)}`);
    const text = outlet.masked(documentOf(result, format, outlet));
    if (text !== '')
        await outlet.out(text);
}

// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/host/cancel.js
var host_cancel = __webpack_require__(89914);
;// CONCATENATED MODULE: ./lib/host/colour.js
/**
 * Whether a stream gets colours: a terminal that knows them does. FORCE_COLOR says so of any (0 and false: of none) and wins
 * over NO_COLOR, as Node.js itself reads them (https://force-color.org, https://no-color.org); empty ones say nothing.
 */
function wantsColour(env, isTerminal) {
    const { FORCE_COLOR: forced = '', NO_COLOR: refused = '', TERM: term } = env;
    if (forced !== '')
        return forced !== '0' && forced !== 'false';
    return isTerminal && refused === '' && term !== 'dumb';
}
const codes = { good: 32, bad: 31, warn: 33, note: 36, strong: 1, faint: 2 };
function painter(colour) {
    return (tone, text) => (colour && text !== '' ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text);
}

// EXTERNAL MODULE: ./lib/host/environment.js
var environment = __webpack_require__(48647);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./lib/report/wrap.js
var wrap = __webpack_require__(15820);
// EXTERNAL MODULE: ./lib/host/annotations.js
var annotations = __webpack_require__(43004);
// EXTERNAL MODULE: ./lib/host/calm.js
var calm = __webpack_require__(79395);
// EXTERNAL MODULE: ./lib/host/machine.js + 7 modules
var machine = __webpack_require__(41367);
// EXTERNAL MODULE: ./lib/host/runner.js + 6 modules
var runner = __webpack_require__(96134);
// EXTERNAL MODULE: ./lib/host/secret-forms.js
var secret_forms = __webpack_require__(96546);
// EXTERNAL MODULE: ./lib/host/turns.js
var turns = __webpack_require__(50030);
;// CONCATENATED MODULE: ./lib/host/terminal.js









const standardError = () => ({
    write: (text) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
    columns: process.stderr.columns || 80,
});
const marks = {
    passed: ['✓', 'good'],
    failed: ['✗', 'bad'],
    skipped: ['-', 'faint'],
    stopped: ['-', 'faint'],
};
/** As much of a digest as a line has room for. */
const shortDigests = (text) => text.replace(/(sha256:[a-f0-9]{12})[a-f0-9]{52}/g, '$1');
/**
 * A laptop: everything readable goes to stderr, so that stdout is free for what the caller wants to pipe. In a terminal it
 * has colours and marks, and the line of a stage fits its width; elsewhere it is what a runner prints.
 */
function terminalHost(env, screen = standardError()) {
    const outputs = new Map();
    const traces = [];
    const summaries = [];
    const hidden = new Set();
    const secrets = new Set();
    const colour = wantsColour(env, screen.isTerminal);
    const paint = painter(colour);
    const masked = (text) => [...secrets].reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
    const harmless = (text) => (0,calm/* calm */._)(masked(text), colour);
    const print = (text) => screen.write(`${text}\n`);
    /** Broken between words, where the terminal would break them anywhere; what others wrote keeps its mark. */
    const fitted = (text) => {
        if (!screen.isTerminal)
            return text;
        const lines = text.split('\n');
        return lines.flatMap((line) => (0,wrap/* wrap */.L)(line, screen.columns, line.startsWith('│') ? '│ ' : '  ')).join('\n');
    };
    const tell = (text) => print(fitted(harmless(text)));
    const openTurn = (0,turns/* createTurns */.z)(tell, undefined, (text) => tell(paint('faint', text)));
    const stageLine = (title, result, state) => {
        if (!screen.isTerminal)
            return `${paint('strong', `${title}:`)} ${result}`;
        const [mark, tone] = marks[state];
        const [first = '', ...rest] = (0,wrap/* wrap */.L)(`${title}: ${shortDigests(result)}`, screen.columns - 3, '  ');
        const head = first.startsWith(`${title}:`) ? `${paint('strong', `${title}:`)}${first.slice(title.length + 1)}` : first;
        return [`${paint(tone, mark)} ${head}`, ...rest].join('\n');
    };
    return {
        kind: 'terminal',
        // Tests draw their lines as wide as this terminal, but for the mark before each.
        env: screen.isTerminal ? { ...env, COLUMNS: String(screen.columns - 2) } : env,
        workspace: process.cwd(),
        ...(0,machine/* machine */.A)((0,external_node_os_.tmpdir)()),
        outputs,
        traces,
        summaries,
        secrets: () => [...hidden],
        hide: (secret) => {
            hidden.add(secret);
            for (const form of (0,secret_forms/* secretForms */.eo)(secret))
                secrets.add(form);
        },
        masked,
        output: (name, value) => outputs.set(name, masked(value)),
        exportVariable: () => { },
        summary: (markdown) => void summaries.push(masked(markdown)),
        annotate: ({ level, title, message, file, line }) => {
            const place = file === undefined ? '' : ` ${file}${line === undefined ? '' : `:${line}`}`;
            tell(`${paint(level === 'error' ? 'bad' : 'warn', `${level}: ${title}`)}${place}\n${message}`);
        },
        // Nobody drops any.
        annotationRoom: () => annotations/* mostAnnotations */.Y,
        leave: (trace) => traces.push(trace),
        declareArtifact: () => { },
        changedCommandFiles: () => [],
        repository: async () => ({}),
        commitTime: async () => undefined,
        compareCommits: async () => Promise.reject(new Error('a laptop does not ask GitHub')),
        runNumbers: async () => Promise.reject(new Error('a laptop does not ask GitHub')),
        log: {
            line: tell,
            notice: (text) => tell(`${paint('note', 'notice:')} ${text}`),
            warning: (text) => tell(`${paint('warn', 'warning:')} ${text}`),
            stage: (stage) => {
                const title = (0,runner/* stageTitle */.L9)(stage);
                const turn = openTurn(title, () => tell(paint('strong', title)));
                return {
                    line: turn.line,
                    close: (result, end) => turn.close(() => {
                        print(stageLine(title, harmless(result), end?.state ?? 'passed'));
                        for (const line of end?.proof ?? [])
                            tell(line);
                    }),
                };
            },
        },
    };
}

// EXTERNAL MODULE: ./lib/main.js + 6 modules
var main = __webpack_require__(98245);
// EXTERNAL MODULE: ./lib/plan/git.js
var plan_git = __webpack_require__(28163);
// EXTERNAL MODULE: ./lib/plan/git-event.js
var git_event = __webpack_require__(79818);
;// CONCATENATED MODULE: ./lib/cli.js












const defaultWidth = 80;
const styleOf = (stream) => ({
    paint: painter(wantsColour(process.env, stream.isTTY === true)),
    width: stream.columns || defaultWidth,
});
/** Waits until it is written: the process leaves at once afterwards. Who has read enough (`| head`) may go. */
function write(text) {
    process.stdout.on('error', () => undefined);
    return new Promise((done) => void process.stdout.write(text, () => done()));
}
/** That of package.json, which lies beside the folder of the bundle. */
function version(host) {
    const here = (0,external_node_path_.dirname)((0,external_node_fs_.realpathSync)(process.argv[1] ?? '.'));
    const { version } = JSON.parse(host.files.readText((0,external_node_path_.join)(here, '..', 'package.json')) ?? '{}');
    return version ?? 'unknown';
}
async function help(words) {
    const { helpText, initHelpText, mergeHelpText, reportHelpText } = await __webpack_require__.e(/* import() */ 931).then(__webpack_require__.bind(__webpack_require__, 10931));
    const text = { init: initHelpText, merge: mergeHelpText, report: reportHelpText }[words[0] ?? ''] ?? helpText;
    await write(`${text(process.stdout.columns || defaultWidth)}\n`);
}
/** A flag that is wrong: told in the log, and as JSON where that is wanted. */
async function refuseFlags(host, error, asJson) {
    const message = error.message;
    host.log.line(`error: ${message}`);
    process.exitCode = errors/* exitCodes */.hS.input;
    if (!asJson)
        return;
    const { flagRefusal } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 26890));
    await write(`${JSON.stringify(flagRefusal(host.masked(message)), null, 2)}\n`);
}
async function runReport(host, words) {
    try {
        const { parseReportWords, reportFrom } = await __webpack_require__.e(/* import() */ 2608).then(__webpack_require__.bind(__webpack_require__, 82608));
        const order = parseReportWords(words);
        const { files, workspace } = host;
        const style = order.output === undefined ? styleOf(process.stdout) : { paint: painter(false), width: defaultWidth };
        const text = await reportFrom(files.readText((0,external_node_path_.resolve)(workspace, order.file)), order, style);
        if (order.output === undefined)
            await write(text);
        else
            files.writeText((0,external_node_path_.resolve)(workspace, order.output), text);
    }
    catch (error) {
        await refuseFlags(host, error, false);
    }
}
async function runInit(host, words) {
    try {
        const { parseInitWords } = await __webpack_require__.e(/* import() */ 1455).then(__webpack_require__.bind(__webpack_require__, 61455));
        const order = parseInitWords(words);
        const { initProject } = await Promise.all(/* import() */[__webpack_require__.e(8815), __webpack_require__.e(1992), __webpack_require__.e(3075)]).then(__webpack_require__.bind(__webpack_require__, 43075));
        const width = process.stdout.columns || defaultWidth;
        const { text, exitCode } = await initProject(host, order, (0,environment/* childEnvironment */.Qc)('code', process.env), width);
        await write(text);
        process.exitCode = exitCode;
    }
    catch (error) {
        await refuseFlags(host, error, false);
    }
}
/** The command line. Exit codes as the Action's. */
async function runCli(words) {
    if (words.length === 0 || words.includes('--help') || words.includes('-h'))
        return await help(words);
    const host = terminalHost(process.env);
    if (words[0] === '--version')
        return await write(`${version(host)}\n`);
    if (words[0] === 'report')
        return await runReport(host, words.slice(1));
    if (words[0] === 'init')
        return await runInit(host, words.slice(1));
    const merges = words[0] === 'merge';
    const argv = merges ? words.slice(1) : words;
    let given;
    let record;
    let format;
    try {
        given = new Map(parseFlags(argv));
        format = takeFormat(given);
        takePassword(given, process.env, host.files.readText);
        record = takeRecord(given, (path) => host.files.kind(path) === 'file');
    }
    catch (error) {
        return await refuseFlags(host, error, wantsJson(argv));
    }
    const git = await (0,plan_git/* gitFacts */.g)(host, host.workspace, (0,environment/* childEnvironment */.Qc)('code', process.env));
    const [event, cancel] = [(0,git_event/* gitEvent */.H)(git), (0,host_cancel/* cancelOnSignal */.q)(async () => (await Promise.all(/* import() */[__webpack_require__.e(8079), __webpack_require__.e(9870)]).then(__webpack_require__.bind(__webpack_require__, 29870))).abandon(host))];
    const result = merges
        ? await (await Promise.all(/* import() */[__webpack_require__.e(8079), __webpack_require__.e(5768), __webpack_require__.e(5704), __webpack_require__.e(2038)]).then(__webpack_require__.bind(__webpack_require__, 22038))).mergeMain(host, given, event, cancel)
        : await (0,main/* main */.iW)(host, given, event, cancel, record);
    if (record !== undefined && result.exitCode === errors/* exitCodes */.hS.passed)
        host.log.line(`Recorded: ${record}. Read it, and commit it.`);
    await showEnd(result, format, {
        out: write,
        log: host.log.line,
        outIsTerminal: process.stdout.isTTY === true,
        outStyle: styleOf(process.stdout),
        logStyle: styleOf(process.stderr),
        masked: host.masked,
        summary: host.summaries.join('\n'),
    });
    process.exitCode = result.exitCode;
}


/***/ }),

/***/ 79395:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ calm)
/* harmony export */ });
/** Everything that a terminal obeys: escape sequences (ECMA-48; titles, links and the like to their end), and other control characters. */
const obeyed = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])?|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const colourOf = /^\u001b\[[\d;:]*m$/;
const reset = '\u001b[0m';
/**
 * A text that others wrote, on one line or several, made harmless for a terminal: it keeps its colours where `colour` is,
 * which end with it, and loses all that would move the cursor, set a title or hide a text.
 */
function calm(text, colour) {
    let open = false;
    const shown = text.replace(obeyed, (sequence) => {
        if (!colour || !colourOf.test(sequence))
            return '';
        open = !/^\u001b\[0*m$/.test(sequence);
        return sequence;
    });
    return open ? shown + reset : shown;
}


/***/ }),

/***/ 25129:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ sizeText)
/* harmony export */ });
/* harmony import */ var _amounts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8790);

/** `47.1 MB compressed (+3.1 MB, +0.8 %)` */
function sizeText({ bytes, previous, platform }) {
    const change = previous ? ` (${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_0__/* .changeText */ .k0)(bytes, previous.bytes)})` : '';
    return `${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_0__/* .bytesText */ .pV)(bytes)} compressed${change}${platform === undefined ? '' : ` for ${platform}`}`;
}


/***/ }),

/***/ 85639:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ gainText)
/* harmony export */ });
/* harmony import */ var _amounts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8790);

/** What following a piece of advice wins, in a few words. */
function gainText(gain) {
    switch (gain.kind) {
        case 'size':
            return gain.bytes === undefined ? 'a smaller image' : `${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_0__/* .bytesText */ .pV)(gain.bytes)} less`;
        case 'time':
            return gain.ms === undefined ? 'a faster build' : `${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_0__/* .timeText */ .Tc)(gain.ms)} less`;
        case 'risk':
            return gain.text;
    }
}


/***/ }),

/***/ 39426:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ renderRefusal),
/* harmony export */   S: () => (/* binding */ renderText)
/* harmony export */ });
/* harmony import */ var _amounts_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8790);
/* harmony import */ var _host_calm_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(79395);
/* harmony import */ var _gain_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(85639);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44639);
/* harmony import */ var _wrap_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(15820);





/** Lines are easier to read when they are no longer, however wide the terminal is. */
const widest = 120;
const narrowest = 40;
const marks = {
    passed: ['✓', 'good'],
    reused: ['✓', 'good'],
    failed: ['✗', 'bad'],
    skipped: ['-', 'faint'],
    stopped: ['-', 'faint'],
    'not run': ['-', 'faint'],
};
/** Of lists that may be long. */
const most = { tests: 10, findings: 10, notices: 20, problems: 50, tags: 20 };
const margin = '  ';
const own = (text) => (0,_host_calm_js__WEBPACK_IMPORTED_MODULE_1__/* .calm */ ._)(text.replace(/[\r\n]+/g, ' '), false);
const short = (text) => own(text).replace(/(sha256:[a-f0-9]{12})[a-f0-9]{52}/g, '$1');
const widthOf = ({ width }) => Math.max(narrowest, Math.min(width, widest));
/** A text behind a heading that stands in the margin; its further lines stand below its first. */
function paragraph(style, head, text, tone) {
    const indent = margin + ' '.repeat(head.length);
    const lines = (0,_wrap_js__WEBPACK_IMPORTED_MODULE_2__/* .wrap */ .L)(own(text), widthOf(style) - indent.length);
    const shown = head.trimEnd();
    const painted = tone ? style.paint(tone, shown) : shown;
    return lines.map((line, index) => (index === 0 ? `${margin}${painted}${' '.repeat(head.length - shown.length)}${line}` : indent + line));
}
function some(list, limit, show) {
    const left = list.length - limit;
    return [...list.slice(0, limit).flatMap(show), ...(left > 0 ? [`${margin}and ${left} more`] : [])];
}
function stageLines(style, stages) {
    const names = Math.max(...stages.map(({ stage }) => _text_js__WEBPACK_IMPORTED_MODULE_0__/* .stageNames */ .hL[stage].length));
    const timeOf = ({ state, duration }) => state === 'not run' || state === 'skipped' || state === 'reused' ? '' : (0,_amounts_js__WEBPACK_IMPORTED_MODULE_3__/* .timeText */ .Tc)(duration);
    const times = Math.max(...stages.map((stage) => timeOf(stage).length));
    return stages.flatMap((report) => {
        const { stage, state, detail } = report;
        const [mark, tone] = marks[state];
        const head = `${_text_js__WEBPACK_IMPORTED_MODULE_0__/* .stageNames */ .hL[stage].padEnd(names)}  ${timeOf(report).padStart(times)}  `;
        const word = state === 'passed' || state === 'failed' ? '' : state;
        // What a red stage says stands below as a whole.
        const told = state === 'failed' ? (detail.split(':')[0] ?? '') : detail === word ? '' : detail;
        const text = [word, told].filter(Boolean).join(': ');
        const [first = '', ...rest] = (0,_wrap_js__WEBPACK_IMPORTED_MODULE_2__/* .wrap */ .L)(short(text), widthOf(style) - margin.length - 2 - head.length);
        const blank = ' '.repeat(margin.length + 2 + head.length);
        return [`${margin}${style.paint(tone, mark)} ${head}${first}`.trimEnd(), ...rest.map((line) => blank + line)];
    });
}
const placeText = (at) => (at ? `${at.file}:${at.line}` : '');
function failureLines(style, failure) {
    const { message, evidence, at, cause, remedy } = failure;
    const room = widthOf(style) - 4;
    return [
        ...paragraph(style, '', message, 'bad'),
        // As it was written: a table or a traceback is no text to be broken.
        ...(0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .excerpt */ .Kb)(evidence).map((line) => `${margin}${margin}${style.paint('faint', cut(own(line), room))}`),
        ...(at ? paragraph(style, 'At     ', placeText(at), 'strong') : []),
        ...(cause ? paragraph(style, 'Cause  ', cause.text, 'strong') : []),
        ...paragraph(style, 'Next   ', remedy, 'strong'),
    ];
}
const cut = (text, width) => ([...text].length > width ? `${[...text].slice(0, width - 1).join('')}…` : text);
const adviceText = ({ rule, message, at, gain }) => `${[placeText(at), rule].filter(Boolean).join(' ')}: ${message} (${(0,_gain_js__WEBPACK_IMPORTED_MODULE_4__/* .gainText */ .N)(gain)})`;
/** A smaller change of an image (bytes) is none: times in its files make as much. */
const worthTelling = 50_000;
/** How much more or less an image weighs than the one before it. */
function weightText({ size }) {
    if (!size?.previous)
        return undefined;
    const change = size.bytes - size.previous.bytes;
    const how = Math.abs(change) < worthTelling ? 'as much as' : `${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_3__/* .bytesText */ .pV)(Math.abs(change))} ${change > 0 ? 'more' : 'less'} than`;
    return `${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_3__/* .bytesText */ .pV)(size.bytes)}, ${how} ${size.previous.reference}`;
}
function findingLines(style, report) {
    const { tests, checks, advice = [], notices } = report;
    const failures = some(tests?.failures ?? [], most.tests, ({ name, file, line, message }) => [
        ...paragraph(style, '✗ ', `${file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`} `}${name}`, 'bad'),
        ...paragraph(style, '  ', message.split('\n')[0] ?? ''),
    ]);
    const told = some(checks, most.findings, ({ rule, message, at }) => paragraph(style, '! ', `${[placeText(at), rule].filter(Boolean).join(' ')}: ${message}`, 'warn'));
    const advised = some(advice, most.findings, (one) => paragraph(style, '+ ', adviceText(one), 'note'));
    const noticed = some(notices, most.notices, (notice) => paragraph(style, '! ', notice, 'warn'));
    const section = (title, lines) => (lines.length > 0 ? [style.paint('strong', title), ...lines] : []);
    return [section('Failed tests', failures), section('Dockerfile', told), section('Advice', advised), section('Notices', noticed)];
}
function imageLines(style, report) {
    const { image, merged, pushed, pushedTags, names, tags, push } = report;
    const digest = merged?.digest ?? image?.digest ?? report.promoted?.digest;
    if (!digest)
        return [];
    const kept = push.layout || report.failure ? [] : names.flatMap((name) => tags.map((tag) => `${name}:${tag}`));
    const references = pushed ? pushedTags : kept;
    const title = pushed ? 'Pushed' : kept.length > 0 ? 'Not pushed' : 'Image';
    const change = weightText(report);
    return [
        style.paint('strong', title),
        ...some(references, most.tags, (reference) => [`${margin}${own(reference)}`]),
        `${margin}${own(pushed && names[0] !== undefined ? `${names[0]}@${digest}` : digest)}`,
        ...(change === undefined ? [] : paragraph(style, '', change)),
    ];
}
const section = (lines) => (lines.length === 0 ? [] : [lines.join('\n')]);
/**
 * A report for people, at the end of a run in a terminal and of `ml-image-action report`: how it ended, what was measured,
 * the stages, what is red and what to do, what was found, and the tags. Nothing that others wrote moves the cursor.
 */
function renderText(report, style) {
    const { failure } = report;
    const [mark, tone] = marks[report.result];
    const room = widthOf(style) - margin.length;
    const [first = '', ...more] = (0,_wrap_js__WEBPACK_IMPORTED_MODULE_2__/* .wrap */ .L)(short((0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .headline */ .Pl)(report)), room);
    const shown = (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .figures */ .u5)(report).map((figure) => own(figure).replaceAll(' ', '\u00a0'));
    const measured = (0,_wrap_js__WEBPACK_IMPORTED_MODULE_2__/* .wrap */ .L)(shown.join(' · '), room).map((line) => margin + line.replaceAll('\u00a0', ' '));
    return `${[
        [`${style.paint(tone, mark)} ${style.paint('strong', first)}`, ...more.map((line) => margin + style.paint('strong', line))].join('\n'),
        ...section(shown.length > 0 ? measured : []),
        ...section(report.stages.length > 0 ? stageLines(style, report.stages) : []),
        ...section(failure ? failureLines(style, failure) : []),
        ...findingLines(style, report).flatMap(section),
        ...section(imageLines(style, report)),
    ].join('\n\n')}\n`;
}
/** The same of a run that came to no stage. */
function renderRefusal({ failure, problems }, style) {
    const wrong = some(problems, most.problems, ({ input, value, reason, example }) => [
        ...paragraph(style, '✗ ', `${input}: ${value === '' ? 'is empty' : `"${value}"`} ${reason}`, 'bad'),
        ...paragraph(style, '  ', `such as ${example}`),
    ]);
    const head = `${style.paint('bad', '✗')} ${style.paint('strong', `nothing was run (${failure.code})`)}`;
    if (problems.length === 0)
        return `${[head, ...section(failureLines(style, failure))].join('\n\n')}\n`;
    return `${[head, ...section(wrong), ...section(paragraph(style, 'Next   ', failure.remedy, 'strong'))].join('\n\n')}\n`;
}


/***/ }),

/***/ 44639:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AY: () => (/* binding */ buildDetail),
/* harmony export */   HE: () => (/* binding */ qualityDetail),
/* harmony export */   Kb: () => (/* binding */ excerpt),
/* harmony export */   Lb: () => (/* binding */ publishDetail),
/* harmony export */   Pl: () => (/* binding */ headline),
/* harmony export */   ZJ: () => (/* binding */ smokeDetail),
/* harmony export */   _0: () => (/* binding */ testDetail),
/* harmony export */   gI: () => (/* binding */ inspectDetail),
/* harmony export */   hL: () => (/* binding */ stageNames),
/* harmony export */   kY: () => (/* binding */ failureText),
/* harmony export */   u5: () => (/* binding */ figures)
/* harmony export */ });
/* harmony import */ var _amounts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8790);
/* harmony import */ var _inspect_size_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(25129);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45650);



const stageNames = {
    test: 'Test',
    build: 'Build',
    inspect: 'Inspect',
    smoke: 'Smoke',
    quality: 'Quality',
    gate: 'Gate command',
    publish: 'Publish',
};
/** The one sentence that says how a run ended; first line of summary, log and annotation. */
function headline(report) {
    const name = report.names[0] ?? 'the image';
    if (report.unfinished)
        return unfinishedHeadline(report);
    if (report.failure) {
        const nothing = report.pushed ? (report.push.only ? 'the digest is in a registry' : 'some tags were pushed') : 'nothing was pushed';
        return `stopped at ${report.failure.stage} (${report.failure.code}), ${nothing}`;
    }
    if (report.promoted)
        return promotedHeadline(report, report.promoted);
    const took = `${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(report.durationMs)}${report.smoke?.gpuMissing ? ' (model not proven: no GPU)' : ''}`;
    if (!report.pushed && report.push.push)
        return `gates passed in ${took}, no tag of ${name} was moved: what they hold is newer`;
    if (!report.pushed)
        return `gates passed in ${took}, ${name} not pushed: ${report.push.reason}`;
    if (report.pushedTags.length === 0)
        return `pushed ${name}@${report.image?.digest ?? ''} in ${took}, no tag (push: digest)`;
    const first = `${name}:${report.tags[0] ?? ''}`;
    return `pushed ${report.pushedTags.includes(first) ? first : report.pushedTags[0]} in ${took}`;
}
/** Nobody was there to tell: whether a push that had begun has arrived is not known. */
function unfinishedHeadline({ failure, stages }) {
    const pushing = stages.some(({ stage, state }) => stage === 'publish' && state === 'stopped');
    return `ended during ${failure?.stage ?? 'plan'} (${failure?.code ?? 'killed'}), ${pushing ? 'what was pushed is not known' : 'nothing was pushed'}`;
}
function promotedHeadline({ names, tags, pushedTags, durationMs }, { found }) {
    const wanted = tags.map((tag) => `${names[0] ?? ''}:${tag}`).filter((tag) => tag !== found);
    const shown = wanted.find((tag) => pushedTags.includes(tag)) ?? pushedTags[0];
    const took = (0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(durationMs);
    if (shown === undefined)
        return `no tag of ${names[0] ?? 'the image'} was moved onto ${found} in ${took}: what they hold is newer`;
    return `promoted ${found} to ${shown} in ${took}`;
}
/** How many samples there were, or whose the one was that nobody has given. */
function samplesFigure(smoke) {
    const samples = smoke?.samples ?? [];
    const failed = samples.filter(({ result }) => result === 'failed').length;
    const count = smoke?.sampleCount ?? samples.length;
    if (count > 1)
        return [`${count - failed} of ${count} samples as expected`];
    const [only] = samples;
    return only && only.result === 'passed' && only.source !== 'given' ? [`sample ${only.source}: ${only.from}`] : [];
}
const notProven = 'started, model not proven: no GPU here';
/** One line of what was measured. */
function figures(report) {
    const { tests, image, smoke, metrics, merged } = report;
    return [
        ...(tests ? [`${tests.tests - tests.failed - tests.errors - tests.skipped} of ${tests.tests} tests passed`] : []),
        ...(report.promoted ? ['tested and built before'] : []),
        ...(image && image.steps.total > 0 ? [`cache ${image.steps.hit}/${image.steps.total} steps`] : []),
        ...imageFigure(report),
        ...(smoke?.gpuMissing ? [notProven] : []),
        ...(smoke?.health ? [`${smoke.health.path} ${smoke.health.status} in ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(smoke.health.ms)}`] : []),
        ...(smoke?.stayedUpMs ? [`stayed up for ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(smoke.stayedUpMs)}`] : []),
        ...(smoke?.predict ? [`${smoke.predict.path} ${smoke.predict.status}, ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(smoke.predict.ms)}`] : []),
        ...(merged
            ? [
                `${merged.parts.length} platforms: ${merged.parts
                    .slice(0, 20)
                    .map(({ platform }) => platform)
                    .join(', ')}`,
            ]
            : []),
        ...(smoke && !smoke.gpuMissing && (smoke.unproven || !smoke.predict) ? ['predict not proven'] : []),
        ...samplesFigure(smoke),
        ...(smoke?.measured ? measuredFigures(smoke.measured) : []),
        ...(metrics ? metricFigures(metrics) : []),
        ...(report.attested ? [`attested: ${report.attested.map(({ about }) => about).join(', ')}`] : []),
    ];
}
/** `image 412.0 MB (+3.1 MB, +0.8 %)`: what it weighs, and against the one before. */
function imageFigure(report) {
    const { size } = report;
    const bytes = (0,_report_js__WEBPACK_IMPORTED_MODULE_0__/* .imageBytes */ .vb)(report);
    if (!bytes)
        return [];
    return [`image ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .bytesText */ .pV)(bytes)}${size?.previous ? ` (${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .changeText */ .k0)(size.bytes, size.previous.bytes)})` : ''}`];
}
function measuredFigures({ coldStart, warm, peakMemory }) {
    return [
        `cold start ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(coldStart)}`,
        ...(warm && warm.p50 !== null && warm.p95 !== null ? [`warm p50 ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .callText */ .WT)(warm.p50)}, p95 ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .callText */ .WT)(warm.p95)}`] : []),
        ...(peakMemory === undefined ? [] : [`memory ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .bytesText */ .pV)(peakMemory)}`]),
    ];
}
const mostFigures = 5;
/** The metrics that were asked for, else the first. */
function metricFigures({ metrics, requirements }) {
    const asked = [...new Set(requirements.map(({ name }) => name))];
    const names = (asked.length > 0 ? asked : Object.keys(metrics)).slice(0, mostFigures);
    return names.map((name) => `${name} ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .numberText */ .$4)(metrics[name], 4)}`);
}
const proofShown = 10;
/** The proof of a failure stands first, and the last line of a log says most. */
function excerpt(lines) {
    if (lines.length <= proofShown)
        return lines;
    return [...lines.slice(0, proofShown / 2), '...', ...lines.slice(-proofShown / 2)];
}
/** What happened, what to do: for the annotation and the end of the log. */
function failureText(failure) {
    const proof = excerpt(failure.evidence).map((line) => `  ${line.slice(0, 300)}`);
    return [failure.message, ...proof, ...(failure.cause ? [failure.cause.text] : []), failure.remedy].join('\n');
}
/** What a stage that passed has to tell, in one line. */
function testDetail({ report }) {
    if (!report)
        return 'passed';
    const ran = report.tests - report.skipped;
    return `${ran} passed${report.skipped > 0 ? `, ${report.skipped} skipped` : ''}`;
}
function buildDetail({ digest, steps, compressedBytes, taken, layout, origin }) {
    const how = taken === undefined ? `${steps.hit} of ${steps.total} steps cached` : `taken from ${taken}`;
    return [layout?.root.digest ?? origin?.root.digest ?? digest, ...(compressedBytes ? [(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .bytesText */ .pV)(compressedBytes)] : []), how].join(', ');
}
function inspectDetail({ leaks, size }) {
    const searched = leaks ? leakDetail(leaks) : 'not searched for secrets (leak-check: false)';
    return size ? `${searched}; ${(0,_inspect_size_text_js__WEBPACK_IMPORTED_MODULE_2__/* .sizeText */ .l)(size)}` : searched;
}
function leakDetail({ layers, files, bytes, leftOut, ignored, before = 0 }) {
    const read = `no secret in ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(files, 'file')} of ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(layers, 'layer')} (${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .bytesText */ .pV)(bytes)})`;
    const most = leftOut.length === 0 ? '' : `; not looked at: ${leftOut.map(({ layer, why }) => `${layer}, ${why}`).join('; ')}`;
    const known = before > 0 ? `, ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(before, 'layer')} searched before` : '';
    return `${read}${known}${most}${ignored.length > 0 ? `; ${ignored.length} left out by leak-ignore` : ''}`;
}
function qualityDetail({ file, metrics, requirements }) {
    const held = requirements.filter(({ state }) => state === 'held').length;
    const shown = requirements.length > 0 ? `${held} of ${requirements.length} lines held` : `${Object.keys(metrics).length} metrics`;
    return `${file}: ${shown}`;
}
function publishDetail({ digest, pushedTags, layout }) {
    if (layout !== undefined)
        return `written to ${layout}, ${digest}`;
    return `${pushedTags.length === 0 ? 'no' : pushedTags.length} ${pushedTags.length === 1 ? 'tag' : 'tags'}, ${digest}`;
}
function smokeDetail({ health, stayedUpMs = 0, predict, compared, gpuMissing }) {
    if (!health && gpuMissing)
        return notProven;
    if (!health)
        return `stayed up for ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(stayedUpMs)}, nothing was called`;
    const asked = predict ? `, ${predict.path} ${predict.status} in ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(predict.ms)}${compared ? ', as expected' : ''}` : '';
    return `${health.path} ${health.status} after ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_1__/* .timeText */ .Tc)(health.ms)}${asked}${gpuMissing ? `; ${notProven}` : ''}`;
}


/***/ }),

/***/ 15820:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ wrap)
/* harmony export */ });
/** Characters that are seen: colours take no room. */
const seen = (text) => [...text.replace(/\u001b\[[\d;:]*m/g, '')].length;
/**
 * Breaks a text between its words into lines of at most `width` characters, those after the first behind `indent`. A word
 * that is longer (a digest, an address) keeps whole, so that it can be copied.
 */
function wrap(text, width, indent = '') {
    const lines = [];
    const [first = '', ...words] = text.split(/(?<=[^ ]) /);
    let line = first;
    for (const word of words) {
        const next = `${line} ${word}`;
        const room = lines.length === 0 ? width : width - indent.length;
        if (line !== '' && seen(next) > room) {
            lines.push(line);
            line = word;
        }
        else
            line = next;
    }
    lines.push(line);
    return lines.map((one, index) => (index === 0 ? one : indent + one));
}


/***/ })

};
