export const id = 931;
export const ids = [931];
export const modules = {

/***/ 10931:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   helpText: () => (/* binding */ helpText),
/* harmony export */   initHelpText: () => (/* binding */ initHelpText),
/* harmony export */   mergeHelpText: () => (/* binding */ mergeHelpText),
/* harmony export */   reportHelpText: () => (/* binding */ reportHelpText)
/* harmony export */ });
/* harmony import */ var _inputs_declared_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(16307);
/* harmony import */ var _inputs_declared_merge_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44114);
/* harmony import */ var _report_wrap_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(15820);



/** How wide a help may be, and from where on it is too narrow for two columns. */
const widest = 110;
const narrowest = 60;
const headings = {
    image: 'Image',
    credentials: 'Credentials',
    test: 'Test',
    build: 'Build',
    cache: 'Layer cache',
    smoke: 'Smoke test',
    gates: 'Gates',
    after: 'After the gates',
};
/** Names in a column, what they mean beside them; in a narrow terminal below. */
function columns(lines, width) {
    const longest = Math.max(...lines.map(({ name }) => name.length));
    const left = longest + 4;
    return lines.flatMap(({ name, help }) => {
        if (width < narrowest)
            return [`  ${name}`, ...(0,_report_wrap_js__WEBPACK_IMPORTED_MODULE_2__/* .wrap */ .L)(help, width - 6).map((line) => `      ${line}`)];
        return (0,_report_wrap_js__WEBPACK_IMPORTED_MODULE_2__/* .wrap */ .L)(help, width - left).map((line, index) => (index === 0 ? `  ${name.padEnd(longest)}  ${line}` : ' '.repeat(left) + line));
    });
}
function inputLines(table, width) {
    const groups = Object.keys(headings);
    const longest = Math.max(...Object.keys(table).map((name) => name.length)) + 2;
    return groups.flatMap((group) => {
        const lines = Object.entries(table).flatMap(([name, { group: own, help, default: value }]) => {
            const shown = value === '' || value.startsWith('${{') ? '' : ` [${value}]`;
            return own === group ? [{ name: `--${name}`.padEnd(longest), help: help + shown }] : [];
        });
        return lines.length === 0 ? [] : ['', `${headings[group]}:`, ...columns(lines, width)];
    });
}
const text = (paragraphs, width) => paragraphs.flatMap((one) => ['', ...(0,_report_wrap_js__WEBPACK_IMPORTED_MODULE_2__/* .wrap */ .L)(one, width)]);
const bounded = (width) => Math.min(width, widest);
const exits = 'exit codes: 0 passed, 1 a gate is red, 2 bad input, 3 a tool or a registry';
const shown = [
    { name: '--format FORMAT', help: 'What stdout gets at the end: text, markdown (the job summary), or json (the report). [text]' },
    { name: '--json', help: 'The same as --format json.' },
    { name: '--record FILE', help: 'Write the answers of the image to that samples file, and expect them from then on.' },
    { name: '--version', help: 'Print the version, and end.' },
];
/** What `--help` prints: the table of inputs, by its groups. */
function helpText(columnsThere) {
    const width = bounded(columnsThere);
    return [
        'usage: ml-image-action --images NAME [--INPUT VALUE ...]',
        '       ml-image-action init [--dry-run] [--image NAME]',
        '       ml-image-action report FILE [--format text|markdown|html] [--output FILE]',
        '       ml-image-action merge --images NAME --digests DIGEST,DIGEST [--INPUT VALUE ...]',
        ...text([
            'Tests, builds and smoke-tests the image of this folder, as the GitHub Action does; pushes it with --push true.',
            'Flags are the inputs of the Action. Switches may stand alone (--dry-run); a value that begins with dashes goes behind an equals sign. The password is read from a file (--password @FILE) or ML_IMAGE_PASSWORD. The log goes to stderr.',
        ], width),
        '',
        'Command line:',
        ...columns(shown, width),
        ...inputLines(_inputs_declared_js__WEBPACK_IMPORTED_MODULE_0__/* .declaredInputs */ .W, width),
        '',
        ...(0,_report_wrap_js__WEBPACK_IMPORTED_MODULE_2__/* .wrap */ .L)(exits, width),
    ].join('\n');
}
/** What `merge --help` prints. */
function mergeHelpText(columnsThere) {
    const width = bounded(columnsThere);
    return [
        'usage: ml-image-action merge --images NAME --digests DIGEST,DIGEST [--INPUT VALUE ...]',
        ...text(['Joins images that were pushed by digest, each with the record of its gates, and sets the tags with --push true.'], width),
        ...inputLines(_inputs_declared_merge_js__WEBPACK_IMPORTED_MODULE_1__/* .declaredMergeInputs */ .g, width),
    ].join('\n');
}
/** What `report --help` prints. */
function reportHelpText(columnsThere) {
    const width = bounded(columnsThere);
    const flags = [
        {
            name: '--format FORMAT',
            help: 'text, markdown (the job summary), or html (one page that needs nothing else). Default: by the ending of --output, else text.',
        },
        { name: '--output FILE', help: 'Where to write it. Default: stdout.' },
    ];
    return [
        'usage: ml-image-action report FILE [--format text|markdown|html] [--output FILE]',
        ...text(['Shows the report of a run: the file of the input report-file, of the output report, or what --json gave.'], width),
        '',
        ...columns(flags, width),
        '',
        ...(0,_report_wrap_js__WEBPACK_IMPORTED_MODULE_2__/* .wrap */ .L)('exit codes: 0 shown, 2 the file is no report of this version', width),
    ].join('\n');
}
/** What `init --help` prints. */
function initHelpText(columnsThere) {
    const width = bounded(columnsThere);
    const flags = [
        { name: '--dry-run', help: 'Print the files, and write none.' },
        { name: '--image NAME', help: 'What the workflow pushes. Default: ghcr.io with the name of the repository.' },
        { name: '--python VERSION', help: 'Python of the image, such as 3.12. Default: what the files of the project say.' },
        { name: '--only PARTS', help: 'Write these alone: workflow, dockerfile, dockerignore, samples, with commas.' },
    ];
    return [
        'usage: ml-image-action init [--dry-run] [--image NAME] [--python VERSION] [--only PARTS]',
        ...text([
            'Looks at the project in this folder, and writes the workflow, and as far as they are not there a Dockerfile, its .dockerignore and a samples file. Runs nothing but git, and never writes over a file.',
        ], width),
        '',
        ...columns(flags, width),
        '',
        ...(0,_report_wrap_js__WEBPACK_IMPORTED_MODULE_2__/* .wrap */ .L)('exit codes: 0 written, or nothing to write; 2 a flag is wrong, or no server was recognised and there is no Dockerfile', width),
    ].join('\n');
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
    'report-file': _declared_js__WEBPACK_IMPORTED_MODULE_0__/* .declaredInputs */ .W['report-file'],
};


/***/ })

};
