export const id = 2608;
export const ids = [2608];
export const modules = {

/***/ 82608:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseReportWords: () => (/* binding */ parseReportWords),
  reportFrom: () => (/* binding */ reportFrom)
});

// UNUSED EXPORTS: renderReport

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __webpack_require__(2521);
// EXTERNAL MODULE: ./lib/report/report.js
var report = __webpack_require__(45650);
;// CONCATENATED MODULE: ./lib/report/read-report.js


function isRefusal(document) {
    return 'problems' in document;
}
/** A later version of the same number may have more fields: the ones that are known are held to their schema. */
function lenient(schema) {
    if (Array.isArray(schema))
        return schema.map(lenient);
    if (typeof schema !== 'object' || schema === null)
        return schema;
    const kept = Object.entries(schema).filter(([keyword, value]) => keyword !== 'additionalProperties' || value !== false);
    return Object.fromEntries(kept.map(([keyword, value]) => [keyword, lenient(value)]));
}
const mostTold = 3;
/**
 * The text of a report file as what it says. The libraries for it are loaded here: no run needs them.
 * @throws Error that says what is wrong with it, and where
 */
async function readReport(text, name) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (error) {
        throw new Error(`${name} is no report: it is not JSON (${(0,errors/* messageOf */.bD)(error)}). Give the file of report-file, or of the output report`);
    }
    if (typeof value !== 'object' || value === null || !('version' in value))
        throw new Error(`${name} is no report of this action: it has no version. Give the file of report-file, or of the output report`);
    const { version } = value;
    if (version !== report/* reportVersion */.fV)
        throw new Error(`${name} is a report of version ${JSON.stringify(version)}, and this program reads ${report/* reportVersion */.fV}: use the version of the action that wrote it`);
    if ('plan' in value)
        throw new Error(`${name} is of a dry run, which has nothing to report`);
    const [{ loadSchemaJudge }, { reportSchema }] = await Promise.all([__webpack_require__.e(/* import() */ 5370).then(__webpack_require__.bind(__webpack_require__, 65370)), __webpack_require__.e(/* import() */ 1214).then(__webpack_require__.bind(__webpack_require__, 81214))]);
    const judge = await loadSchemaJudge();
    const { $defs } = reportSchema;
    const wanted = 'problems' in value ? 'refusal' : 'report';
    const differences = judge({ $ref: `#/$defs/${wanted}`, $defs: lenient($defs) }, value);
    if (differences.length > 0) {
        const told = differences.slice(0, mostTold).map(({ path, expected, got }) => `${path}: ${expected}, is ${got}`);
        throw new Error(`${name} is a broken report: ${told.join('; ')}`);
    }
    return value;
}

// EXTERNAL MODULE: ./lib/report/render-text.js
var render_text = __webpack_require__(39426);
;// CONCATENATED MODULE: ./lib/report/command.js



const reportFormats = ['text', 'markdown', 'html'];
const byExtension = { '.html': 'html', '.htm': 'html', '.md': 'markdown' };
/** Reads the words behind `report`. Without a format that of the file's ending, else text. @throws Error on what is none */
function parseReportWords(words) {
    const flags = new Map();
    const files = [];
    for (let i = 0; i < words.length; i++) {
        const word = words[i] ?? '';
        const [, name, inline] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
        if (name === undefined) {
            files.push(word);
            continue;
        }
        if (name !== 'format' && name !== 'output')
            throw new Error(`report has no flag --${name}: it takes --format and --output`);
        const value = inline ?? words[++i];
        if (value === undefined || value === '')
            throw new Error(`--${name} needs a value`);
        flags.set(name, value);
    }
    const [file, ...others] = files;
    if (file === undefined)
        throw new Error('report needs the path of a report file: the input report-file, or the output report');
    if (others.length > 0)
        throw new Error(`report takes one file, not also "${others[0]}"`);
    const output = flags.get('output');
    const asked = flags.get('format') ?? byExtension[(0,external_node_path_.extname)(output ?? '').toLowerCase()] ?? 'text';
    const format = reportFormats.find((one) => one === asked);
    if (!format)
        throw new Error(`--format is "${asked}", and takes ${reportFormats.join(', ')}`);
    return { file, format, ...(output === undefined ? {} : { output }) };
}
/** A report in a format. @throws Error for a page of a run that was refused */
async function renderReport(document, format, style) {
    if (isRefusal(document)) {
        if (format === 'text')
            return (0,render_text/* renderRefusal */.$)(document, style);
        if (format === 'html')
            throw new Error('nothing was run, so there is no page to show: --format text tells why');
        const { brokenMarkdown, refusalMarkdown } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 69682));
        const { failure, problems } = document;
        return problems.length > 0 ? refusalMarkdown(problems) : brokenMarkdown(failure.code, failure.message, failure.remedy);
    }
    switch (format) {
        case 'text':
            return (0,render_text/* renderText */.S)(document, style);
        case 'markdown':
            return (await __webpack_require__.e(/* import() */ 8079).then(__webpack_require__.bind(__webpack_require__, 28079))).summaryMarkdown(document);
        case 'html':
            return (await __webpack_require__.e(/* import() */ 3776).then(__webpack_require__.bind(__webpack_require__, 13776))).renderPage(document);
    }
}
/** Reads a report file and renders it. @throws Error that says what is wrong with the file */
async function reportFrom(text, { file, format }, style) {
    if (text === undefined)
        throw new Error(`${file} cannot be read: there is no such file, or it may not be read`);
    return await renderReport(await readReport(text, file), format, style);
}


/***/ })

};
