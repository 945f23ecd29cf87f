export const id = 1992;
export const ids = [1992];
export const modules = {

/***/ 17861:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dB: () => (/* binding */ broughtBy),
/* harmony export */   g1: () => (/* binding */ lastOf),
/* harmony export */   ht: () => (/* binding */ variablesOf),
/* harmony export */   p7: () => (/* binding */ environmentOf),
/* harmony export */   vU: () => (/* binding */ copiesAll),
/* harmony export */   w3: () => (/* binding */ folderAt),
/* harmony export */   xB: () => (/* binding */ neededStages),
/* harmony export */   zP: () => (/* binding */ copyOf)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _build_dockerfile_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45168);
/* harmony import */ var _model_copied_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(31197);
/* harmony import */ var _shell_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(38686);




const pair = /([A-Za-z_]\w*)=("(?:\\.|[^"\\])*"|'[^']*'|(?:\\.|[^\s"'\\])*)/g;
/** What an ENV sets. */
function variablesOf({ keyword, rest }) {
    if (keyword !== 'ENV')
        return [];
    const [, name, value] = /^([A-Za-z_]\w*)\s+([^=].*|[^=]*)$/s.exec(rest) ?? [];
    if (name !== undefined && !/^[A-Za-z_]\w*=/.test(rest))
        return [[name, value ?? '']];
    return [...rest.matchAll(pair)].map(([, one = '', text = '']) => [one, text.replace(/^(["'])(.*)\1$/s, '$2')]);
}
/** The variables that ENV has set in the end, what they take from others put in. */
function environmentOf({ chain, args }) {
    const env = {};
    for (const instruction of chain)
        for (const [name, value] of variablesOf(instruction))
            env[name] = (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_1__/* .expandVariables */ .i7)(value, { ...args, ...env });
    return env;
}
/** The stages that a stage is built on, itself the last. */
function ancestry(stage) {
    return stage.parent ? [...ancestry(stage.parent), stage] : [stage];
}
/** The folder that an instruction of a stage is carried out in; `/` where no WORKDIR has said another. */
function folderAt(stage, instruction, args) {
    let folder = '/';
    for (const each of ancestry(stage).flatMap(({ instructions }) => instructions)) {
        if (each.line >= instruction.line)
            break;
        if (each.keyword === 'WORKDIR')
            folder = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.resolve(folder, (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_1__/* .expandVariables */ .i7)(each.rest.replace(/^["']|["']$/g, ''), args));
    }
    return folder;
}
const flag = (flags, name) => flags.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);
/** What a COPY or ADD brings where; undefined for other instructions, and where there is nothing to bring. */
function copyOf({ keyword, flags, rest, words, heredocs }) {
    if ((keyword !== 'COPY' && keyword !== 'ADD') || heredocs.length > 0)
        return undefined;
    const all = words ?? (0,_shell_js__WEBPACK_IMPORTED_MODULE_2__/* .wordsOf */ .Z9)(rest);
    const to = all.at(-1);
    if (to === undefined || all.length < 2)
        return undefined;
    const from = flag(flags, 'from');
    const owner = flag(flags, 'chown');
    return { sources: all.slice(0, -1), to, ...(from === undefined ? {} : { from }), ...(owner === undefined ? {} : { owner }) };
}
/** A COPY without --from that takes the whole context. */
function copiesAll(instruction) {
    const copy = copyOf(instruction);
    return copy !== undefined && copy.from === undefined && copy.sources.some((source) => /^(\.?\/)*\.?$/.test(source));
}
/** The files of the build context that a COPY or ADD brings in. */
function broughtBy({ sent, args }, instruction) {
    const copy = copyOf(instruction);
    if (!copy || copy.from !== undefined)
        return [];
    const brings = (0,_model_copied_js__WEBPACK_IMPORTED_MODULE_3__/* .copiesOf */ .lS)({ all: [instruction.text], inherited: [], values: args });
    return sent.paths.filter(brings);
}
/** The stages that what ships has something from, in the order of the file: what it is built on, and what COPY and mounts take from. */
function neededStages({ stages, target }) {
    const needed = new Set();
    const need = (stage) => {
        if (!stage || needed.has(stage))
            return;
        needed.add(stage);
        need(stage.parent);
        for (const { flags } of stage.instructions)
            for (const [, name = ''] of flags.join(' ').matchAll(/(?:--|,|=)from=([^\s,]+)/g))
                need((0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_1__/* .findStage */ .U9)(stages.slice(0, stages.indexOf(stage)), name));
    };
    need(target);
    return stages.filter((stage) => needed.has(stage));
}
/** The last instruction of a kind that what ships has. */
function lastOf({ chain }, keyword) {
    return chain.findLast((instruction) => instruction.keyword === keyword);
}


/***/ }),

/***/ 17091:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   YD: () => (/* binding */ landsAt),
/* harmony export */   _7: () => (/* binding */ comesFrom),
/* harmony export */   bL: () => (/* binding */ takenBy),
/* harmony export */   f7: () => (/* binding */ contextCopies),
/* harmony export */   p7: () => (/* binding */ stagesMaking),
/* harmony export */   zz: () => (/* binding */ takenAlong)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _build_dockerfile_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45168);
/* harmony import */ var _chain_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17861);



/** The stages that the image is made of: its own lineage, and what COPY or a mount takes from others. */
function stagesMaking({ stages, target, args }) {
    const wanted = new Set();
    const want = (stage) => {
        if (!stage || wanted.has(stage))
            return;
        wanted.add(stage);
        const earlier = stages.slice(0, stages.indexOf(stage));
        for (const { flags } of stage.instructions)
            for (const flag of flags)
                for (const [, from = ''] of flag.matchAll(/(?:^--from=|[=,]from=)([^\s,]+)/g))
                    want((0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_2__/* .findStage */ .U9)(earlier, (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_2__/* .expandVariables */ .i7)(from, args)));
        want(stage.parent);
    };
    want(target);
    return wanted;
}
const fromContext = (source) => source !== '' && !/^(<<|[a-z][a-z0-9+.-]*:\/\/|git@)/.test(source);
const contextPath = (source) => node_path__WEBPACK_IMPORTED_MODULE_0__.posix.normalize(source.replace(/^(\.?\/)+/, '')).replace(/^\.\/?$|\/+$/g, '');
/** What the image takes from the build context, in the order of the Dockerfile, by the stages that it is made of. */
function contextCopies(subject) {
    const { stages, lineage, args } = subject;
    const wanted = stagesMaking(subject);
    return stages
        .filter((stage) => wanted.has(stage))
        .flatMap((stage) => stage.instructions.flatMap((instruction) => {
        const copy = (0,_chain_js__WEBPACK_IMPORTED_MODULE_1__/* .copyOf */ .zP)(instruction);
        if (!copy || copy.from !== undefined)
            return [];
        const sources = copy.sources
            .map((source) => (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_2__/* .expandVariables */ .i7)(source, args))
            .filter(fromContext)
            .map(contextPath);
        if (sources.length === 0)
            return [];
        const to = (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_2__/* .expandVariables */ .i7)(copy.to, args);
        const absolute = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.resolve((0,_chain_js__WEBPACK_IMPORTED_MODULE_1__/* .folderAt */ .w3)(stage, instruction, args), to);
        const isFolder = /(^|\/)\.?$/.test(to) || sources.length > 1;
        return [{ sources, to: isFolder && absolute !== '/' ? `${absolute}/` : absolute, instruction, ships: lineage.includes(stage) }];
    }));
}
const isPattern = (source) => /[*?[]/.test(source);
const within = (path, folder) => folder === '' || path === folder || path.startsWith(`${folder}/`);
const bare = (path) => path.replace(/\/$/, '');
/**
 * The COPY that takes a path of the context as a part of something larger: a folder above it, or all of the context. One
 * that names the path, or a pattern that fits it, means it.
 */
function takenAlong(copies, path) {
    return copies.find(({ sources }) => sources.some((source) => !isPattern(source) && source !== bare(path) && within(bare(path), source)));
}
/** The COPY that takes a path of the context, by whatever words. */
function takenBy(copies, path) {
    return copies.find(({ sources }) => sources.some((source) => (isPattern(source) ? node_path__WEBPACK_IMPORTED_MODULE_0__.posix.matchesGlob(bare(path), source) : within(bare(path), source))));
}
/** Where a path of the context lands in the image by a COPY of it or of a folder above it; undefined where it does not take it. */
function landsAt({ sources, to }, path, isFile = false) {
    const source = sources.find((one) => !isPattern(one) && within(path, one));
    if (source === undefined)
        return undefined;
    // A folder gives what is in it, a file goes into the folder under its name.
    if (path === source && isFile && to.endsWith('/'))
        return node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(to, node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(path));
    return node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join('/', to, path === source ? '' : path.slice(source === '' ? 0 : source.length + 1)).replace(/(?<=.)\/$/, '');
}
/** The path of the context that lies at a path of the image, by the last COPY that puts something there. */
function comesFrom(copies, path) {
    for (const { sources, to } of copies.toReversed()) {
        const folder = bare(to);
        if (!within(path, folder))
            continue;
        const below = path.slice(folder.length).replace(/^\//, '');
        const source = sources.findLast((one) => !isPattern(one));
        if (source !== undefined)
            return node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(source, below).replace(/^\.$|\/$/g, '');
    }
    return undefined;
}


/***/ }),

/***/ 57745:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WH: () => (/* binding */ unifiedDiff),
/* harmony export */   ct: () => (/* binding */ applyEdits),
/* harmony export */   mK: () => (/* binding */ newFileDiff)
/* harmony export */ });
const around = 3;
const withoutEnd = '\\ No newline at end of file';
function linesOf(text) {
    const lines = text.split('\n');
    const ended = lines.at(-1) === '';
    return { lines: ended ? lines.slice(0, -1) : lines, ended, crlf: lines[0]?.endsWith('\r') === true && lines.length > 1 };
}
/** Without the lines at either end of an edit that it leaves as they are. */
function trimmed({ line, remove, insert }, lines) {
    let from = 0;
    while (from < remove && from < insert.length && lines[line - 1 + from] === insert[from])
        from++;
    let behind = 0;
    while (behind < remove - from && behind < insert.length - from && lines[line - 2 + remove - behind] === insert.at(-1 - behind))
        behind++;
    return { line: line + from, remove: remove - from - behind, insert: insert.slice(from, insert.length - behind) };
}
/** In the order of the text, what is inserted as its lines end; behind a last line that is not ended, that line goes with it. */
function prepared(edits, { lines, ended, crlf }) {
    const end = crlf ? '\r' : '';
    return edits
        .toSorted((a, b) => a.line - b.line)
        .map(({ line, remove, insert }) => trimmed({ line, remove, insert: insert.map((text) => `${text}${end}`) }, lines))
        .filter(({ remove, insert }) => remove + insert.length > 0)
        .map((edit) => {
        const last = lines.at(-1);
        if (edit.line <= lines.length || ended || last === undefined)
            return edit;
        return { line: lines.length, remove: 1, insert: [`${last}${end}`, ...edit.insert] };
    });
}
/** The text after the edits, which must not overlap. */
function applyEdits(text, edits) {
    const from = linesOf(text);
    const lines = [...from.lines];
    let endTouched = false;
    for (const { line, remove, insert } of prepared(edits, from).toReversed()) {
        endTouched ||= line - 1 + remove >= from.lines.length;
        lines.splice(line - 1, remove, ...insert);
    }
    return lines.join('\n') + (lines.length > 0 && (from.ended || endTouched) ? '\n' : '');
}
/** Edits that are near enough to share their surroundings. */
function groups(edits) {
    const all = [];
    let end = Number.NEGATIVE_INFINITY;
    for (const edit of edits) {
        if (edit.line - end <= around * 2)
            all.at(-1)?.push(edit);
        else
            all.push([edit]);
        end = edit.line + edit.remove;
    }
    return all;
}
/** A unified diff of one file that `git apply` and `patch -p1` take; empty without edits. */
function unifiedDiff(file, text, edits) {
    const from = linesOf(text);
    const { lines, ended } = from;
    const out = [];
    const put = (sign, at) => {
        out.push(`${sign}${lines[at - 1] ?? ''}`);
        if (at === lines.length && !ended)
            out.push(withoutEnd);
    };
    let grown = 0;
    for (const group of groups(prepared(edits, from))) {
        const first = Math.max(1, (group[0]?.line ?? 1) - around);
        const last = group.at(-1);
        const until = Math.min(lines.length, (last ? last.line + last.remove - 1 : 0) + around);
        const added = group.reduce((sum, { insert }) => sum + insert.length, 0);
        const removed = group.reduce((sum, { remove }) => sum + remove, 0);
        const old = until - first + 1;
        const size = old + added - removed;
        out.push(`@@ -${old === 0 ? first - 1 : first},${old} +${size === 0 ? first + grown - 1 : first + grown},${size} @@`);
        let at = first;
        for (const { line, remove, insert } of group) {
            while (at < line)
                put(' ', at++);
            for (const end = at + remove; at < end;)
                put('-', at++);
            out.push(...insert.map((inserted) => `+${inserted}`));
        }
        while (at <= until)
            put(' ', at++);
        grown += added - removed;
    }
    return out.length === 0 ? '' : [`--- a/${file}`, `+++ b/${file}`, ...out, ''].join('\n');
}
/** The diff that makes a file which is not there. */
function newFileDiff(file, lines) {
    return ['--- /dev/null', `+++ b/${file}`, `@@ -0,0 +1,${lines.length} @@`, ...lines.map((line) => `+${line}`), ''].join('\n');
}


/***/ }),

/***/ 34180:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MA: () => (/* binding */ sentFiles),
/* harmony export */   zZ: () => (/* binding */ dockerfileSubject)
/* harmony export */ });
/* unused harmony export stagesOf */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _build_context_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(99411);
/* harmony import */ var _build_dockerfile_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(45168);
/* harmony import */ var _build_instruction_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(69780);
/* harmony import */ var _model_artefacts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95370);





/** The stages with their instructions; `name` compares without case, as BuildKit does. */
function stagesOf(dockerfile, args) {
    const stages = [];
    for (const instruction of (0,_build_instruction_js__WEBPACK_IMPORTED_MODULE_3__/* .parseDockerfile */ .A)(dockerfile)) {
        const [, image, name] = /^(\S+)(?:\s+AS\s+(\S+))?/i.exec(instruction.keyword === 'FROM' ? instruction.rest : '') ?? [];
        if (image === undefined)
            stages.at(-1)?.instructions.push(instruction);
        else {
            const base = (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_4__/* .expandVariables */ .i7)(image, args);
            const parent = stages.findLast((stage) => stage.name?.toLowerCase() === base.toLowerCase());
            stages.push({ base, from: instruction, instructions: [], ...(name === undefined ? {} : { name }), ...(parent ? { parent } : {}) });
        }
    }
    return stages;
}
function lineageOf(target) {
    const lineage = [];
    for (let stage = target; stage; stage = stage.parent)
        lineage.unshift(stage);
    return lineage;
}
/** What rules on a Dockerfile look at; undefined where there is no stage to build. `around` is what is known beside it. */
function dockerfileSubject(asked, around) {
    const args = (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_4__/* .argumentValues */ .Qp)(asked.dockerfile, asked.args);
    const stages = stagesOf(asked.dockerfile, args);
    const target = (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_4__/* .findStage */ .U9)(stages, asked.target);
    if (!target)
        return undefined;
    const lineage = lineageOf(target);
    const { workspace, ...known } = around;
    return {
        file: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(workspace, asked.file),
        text: asked.dockerfile,
        instructions: (0,_build_instruction_js__WEBPACK_IMPORTED_MODULE_3__/* .parseDockerfile */ .A)(asked.dockerfile),
        stages,
        target,
        lineage,
        chain: lineage.flatMap(({ instructions }) => instructions),
        base: lineage[0]?.base ?? target.base,
        args,
        ...known,
    };
}
/** What people write by hand is smaller (bytes). */
const longestText = 256 << 10;
/** To ask of a file whether it is left out takes some microseconds: of so many, each is asked. */
const mostAsked = 1_000;
/** What a build is sent, looked up when a rule first asks for it. */
function sentFiles(files, { context, file }, workspace) {
    const name = (path) => (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(workspace, `${context}/${path}`);
    const own = `${file}.dockerignore`;
    const usual = `${context}/.dockerignore`;
    const ignore = [own, usual].find((path) => files.kind(path) === 'file');
    let known;
    const look = () => {
        if (!known) {
            const { paths, ignores, complete } = (0,_build_context_js__WEBPACK_IMPORTED_MODULE_1__/* .readContext */ .y)(files, context, file);
            // Of many files those in folders that are left out are not here in any case.
            const asked = (path) => paths.length <= mostAsked || (0,_model_artefacts_js__WEBPACK_IMPORTED_MODULE_2__/* .isModelFile */ .i)(path);
            known = { paths: ignore === undefined ? paths : paths.filter((path) => !(asked(path) && ignores(path))), complete };
        }
        return known;
    };
    return {
        get paths() {
            return look().paths;
        },
        get complete() {
            return look().complete;
        },
        bytes: (path) => files.stat(`${context}/${path}`)?.bytes ?? 0,
        read: (path) => {
            const bytes = files.stat(`${context}/${path}`)?.bytes;
            return bytes === undefined || bytes > longestText ? undefined : files.readUntrusted(`${context}/${path}`);
        },
        name,
        ...(ignore === undefined ? {} : { ignoreFile: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(workspace, ignore) }),
    };
}


/***/ }),

/***/ 65502:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $3: () => (/* binding */ replaced),
/* harmony export */   BW: () => (/* binding */ fixOf),
/* harmony export */   Ep: () => (/* binding */ rawLines),
/* harmony export */   Ry: () => (/* binding */ behind),
/* harmony export */   SD: () => (/* binding */ execLine),
/* harmony export */   gM: () => (/* binding */ before),
/* harmony export */   tD: () => (/* binding */ changed)
/* harmony export */ });
/* harmony import */ var _diff_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57745);

/** The lines of an instruction as they stand in the file. */
function rawLines({ text }, { line, end }) {
    return text.split(/\r?\n/).slice(line - 1, end);
}
/** In place of an instruction these lines; none takes it out. */
function replaced({ line, end }, insert) {
    return { line, remove: end - line + 1, insert };
}
/** A change within an instruction, however many lines it has; undefined where the pattern is not in it. */
function changed(source, instruction, pattern, by) {
    const before = rawLines(source, instruction).join('\n');
    const after = before.replace(pattern, by);
    return after === before ? undefined : replaced(instruction, after.split('\n'));
}
/** Lines before an instruction and the comments that belong to it. */
function before({ text }, { line }, insert) {
    const lines = text.split('\n');
    let top = line;
    while (top > 1 && /^\s*#/.test(lines[top - 2] ?? '') && !/ml-image:|^\s*#\s*(syntax|escape|check)\s*=/i.test(lines[top - 2] ?? ''))
        top--;
    return { line: top, remove: 0, insert };
}
/** Lines right behind an instruction. */
function behind({ end }, insert) {
    return { line: end + 1, remove: 0, insert };
}
/** The diff of these edits; `undefined` among them says that there is no way to make it. */
function fixOf({ file, text }, edits) {
    const all = edits.filter((edit) => edit !== undefined);
    return all.length < edits.length || all.length === 0 || (0,_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .applyEdits */ .ct)(text, all) === text ? {} : { fix: (0,_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .unifiedDiff */ .WH)(file, text, all) };
}
/** An instruction in the exec form, on one line. */
function execLine(keyword, words) {
    return `${keyword} [${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}


/***/ }),

/***/ 80782:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bz: () => (/* binding */ referenceOf),
/* harmony export */   TX: () => (/* binding */ largeBase),
/* harmony export */   _0: () => (/* binding */ endOfLifeBase),
/* harmony export */   ff: () => (/* binding */ unpinnedBase)
/* harmony export */ });
/* harmony import */ var _chain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17861);
/* harmony import */ var _edit_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(65502);
/* harmony import */ var _releases_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3133);



/** `docker.io/library/python:3.11@sha256:…`, its name without Docker Hub's own. */
function referenceOf(image) {
    const [whole = '', digest] = image.split('@');
    const [, name = whole, tag = ''] = /^(.*?)(?::([\w][\w.-]*))?$/.exec(whole) ?? [];
    return { name: name.replace(/^(?:docker\.io\/)?(?:library\/)?/, ''), tag, ...(digest === undefined ? {} : { digest }) };
}
/** The stages that come from an image of somebody else, where it is written out and no variable stands in its place. */
const foreign = (subject) => (0,_chain_js__WEBPACK_IMPORTED_MODULE_0__/* .neededStages */ .xB)(subject).filter(({ parent, base }) => !parent && base !== '' && base !== 'scratch');
const written = ({ from, base }) => from.text.includes(base);
/** Another tag for every stage that starts from this image. */
function retag(subject, base, tag) {
    const stages = foreign(subject).filter((stage) => stage.base === base);
    const pattern = /^(FROM\s+(?:--\S+\s+)*)((?:[^\s:/@]+(?::\d+)?\/)*[^\s:/@]+)(?::[^\s@]+)?(?:@\S+)?/i;
    return stages.every(written)
        ? (0,_edit_js__WEBPACK_IMPORTED_MODULE_2__/* .fixOf */ .BW)(subject, stages.map(({ from }) => (0,_edit_js__WEBPACK_IMPORTED_MODULE_2__/* .changed */ .tD)(subject, from, pattern, `$1$2:${tag}`)))
        : {};
}
/** The stages that come from an image of somebody else, the first of each image. */
const firstOfEach = (subject) => foreign(subject).filter((stage, index, all) => all.findIndex(({ base }) => base === stage.base) === index);
/** Larger images and what does instead in what ships, with what that saves at least (compressed bytes, by their pages on Docker Hub). */
const large = [
    {
        name: /^python$/,
        tag: /^\d[\w.]*(-(bookworm|bullseye|buster|trixie))?$/,
        instead: (tag) => tag.replace(/^(\d[\w.]*)/, '$1-slim'),
        bytes: 300_000_000,
        because: 'compilers, headers and version control of Debian',
    },
    {
        name: /^nvidia\/cuda$/,
        tag: /-devel\b/,
        instead: (tag) => tag.replace('-devel', '-runtime'),
        bytes: 2_000_000_000,
        because: 'the compiler and static libraries of CUDA',
    },
    {
        name: /^pytorch\/pytorch$/,
        tag: /-devel$/,
        instead: (tag) => tag.replace('-devel', '-runtime'),
        bytes: 2_000_000_000,
        because: 'the compiler and static libraries of CUDA',
    },
    {
        name: /^tensorflow\/tensorflow$/,
        tag: /-jupyter$/,
        instead: (tag) => tag.replace('-jupyter', ''),
        bytes: 100_000_000,
        because: 'Jupyter',
    },
];
/** What ships comes from a large image of which a small one is made, too. */
const largeBase = {
    id: 'large-base',
    look: (subject) => {
        const [root] = subject.lineage;
        if (!root)
            return [];
        const { name, tag } = referenceOf(root.base);
        const found = large.find((one) => one.name.test(name) && one.tag.test(tag));
        if (!found)
            return [];
        const instead = found.instead(tag);
        return [
            {
                message: `${name}:${tag} brings ${found.because}; ${name}:${instead} does not.`,
                why: 'What is not needed to serve is pushed, pulled, scanned and patched all the same. What needs a compiler is built in a stage of its own.',
                at: { file: subject.file, line: root.from.line },
                ...retag(subject, root.base, instead),
                gain: { kind: 'size', bytes: found.bytes },
            },
        ];
    },
};
/** A base image that nobody mends any more. */
const endOfLifeBase = {
    id: 'end-of-life-base',
    look: (subject) => firstOfEach(subject).flatMap((stage) => {
        const { name, tag } = referenceOf(stage.base);
        const dead = (0,_releases_js__WEBPACK_IMPORTED_MODULE_1__/* .partsOf */ .CI)(name, tag).flatMap((part) => {
            const ends = part.all.find((release) => release.name === part.release)?.ends;
            return ends !== undefined && Date.parse(ends) <= subject.now ? [{ ...part, ends }] : [];
        });
        const [first] = dead;
        if (!first)
            return [];
        const next = dead.reduce((put, part) => {
            const other = (0,_releases_js__WEBPACK_IMPORTED_MODULE_1__/* .successor */ .hG)(part, subject.now);
            return other === undefined || put === undefined ? undefined : put.replace(part.written, other);
        }, tag);
        // A full version of an older line says nothing of the newer: 3.9.18 becomes 3.12.
        const clean = first.what === 'Python' && /(^|\/)python$/.test(name) ? next?.replace(/^(\d+\.\d+)\.\d+/, '$1') : next;
        return [
            {
                message: `${name}:${tag} is at its end: ${dead.map(({ what, release, ends }) => `${what} ${release} has had no fixes since ${ends}`).join(', ')}.`,
                why: 'Holes found since then stay open, and packages drop it: new wheels are no longer made for it.',
                at: { file: subject.file, line: stage.from.line },
                ...(clean === undefined ? {} : retag(subject, stage.base, clean)),
                gain: { kind: 'risk', text: 'security holes that nobody mends' },
            },
        ];
    }),
};
/** The Python that the project asks for, or the newest but one that is mended: what is new has few wheels. */
function wantedPython({ sent, now }) {
    const [pinned] = /^\d+\.\d+/.exec(sent.read('.python-version') ?? '') ?? [];
    const alive = _releases_js__WEBPACK_IMPORTED_MODULE_1__/* .pythonReleases */ .T3.filter(({ ends }) => Date.parse(ends) > now);
    return pinned ?? alive.at(-2)?.name ?? alive.at(-1)?.name ?? '3.13';
}
/** A base image that is another one tomorrow. */
const unpinnedBase = {
    id: 'unpinned-base',
    look: (subject) => firstOfEach(subject).flatMap((stage) => {
        const { name, tag, digest } = referenceOf(stage.base);
        const python = name === 'python' && /^(latest|3|slim|3-slim)?$/.test(tag);
        if (digest !== undefined || (tag !== '' && tag !== 'latest' && !python))
            return [];
        const shown = tag === '' ? `${name} has no tag` : `${name}:${tag} moves`;
        const fix = python ? retag(subject, stage.base, `${wantedPython(subject)}${/slim/.test(tag) ? '-slim' : ''}`) : {};
        return [
            {
                message: `${shown}: the next build may start from another ${name === 'python' ? 'Python' : 'image'}.`,
                why: 'A model is bound to the versions it was made with; a pickle of one Python may not load in the next.',
                at: { file: subject.file, line: stage.from.line },
                ...fix,
                gain: { kind: 'risk', text: 'another Python or CUDA without a change of yours' },
            },
        ];
    }),
};


/***/ }),

/***/ 43112:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ cudaWheelsOnCpu),
/* harmony export */   EP: () => (/* binding */ needsTorch),
/* harmony export */   Jn: () => (/* binding */ elsewhere),
/* harmony export */   SZ: () => (/* binding */ cudaMismatch)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _build_dockerfile_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(45168);
/* harmony import */ var _model_pins_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(67165);
/* harmony import */ var _chain_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(17861);
/* harmony import */ var _edit_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(65502);
/* harmony import */ var _shell_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(38686);
/* harmony import */ var _base_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(80782);







function textOf(sent, file, seen = []) {
    const tail = file.replace(/^(\.{0,2}\/)+/, '');
    const path = sent.paths.find((one) => one === tail) ?? sent.paths.find((one) => tail.endsWith(`/${one}`) || one.endsWith(`/${tail}`));
    if (path === undefined || seen.includes(path))
        return '';
    const text = sent.read(path) ?? '';
    const included = (0,_model_pins_js__WEBPACK_IMPORTED_MODULE_1__/* .requirementsFile */ .d7)(text).included.map((name) => textOf(sent, node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.dirname(path), name), [...seen, path]));
    return [text, ...included].join('\n');
}
/** Every pip call in a stage that goes into what ships. */
function calls(subject) {
    const env = { ...subject.args, ...(0,_chain_js__WEBPACK_IMPORTED_MODULE_2__/* .environmentOf */ .p7)(subject) };
    const used = subject.stages.filter((stage) => subject.lineage.includes(stage) || subject.chain.some(({ flags }) => flags.includes(`--from=${stage.name}`)));
    return used.flatMap(({ instructions }) => instructions.flatMap((run) => (0,_shell_js__WEBPACK_IMPORTED_MODULE_4__/* .commandsOf */ .Kf)(run).flatMap((written) => {
        const command = (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_5__/* .expandVariables */ .i7)(written, env);
        const pip = (0,_shell_js__WEBPACK_IMPORTED_MODULE_4__/* .pipInstall */ .jf)(command);
        if (!pip)
            return [];
        const files = (0,_shell_js__WEBPACK_IMPORTED_MODULE_4__/* .installFiles */ .DG)(pip.arguments).map((file) => textOf(subject.sent, file));
        return [{ run, command, asked: [pip.arguments, ...files].join('\n') }];
    })));
}
/** CUDA of base images, as torch names its builds, with the patch release that is on Docker Hub. */
const releases = {
    '11.7': '11.7.1',
    '11.8': '11.8.0',
    '12.1': '12.1.1',
    '12.4': '12.4.1',
    '12.6': '12.6.3',
    '12.8': '12.8.1',
    '12.9': '12.9.1',
    '13.0': '13.0.1',
};
/** torch is built for another CUDA than the base image has. */
const cudaMismatch = {
    id: 'cuda-mismatch',
    look: (subject) => {
        const { name, tag } = (0,_base_js__WEBPACK_IMPORTED_MODULE_3__/* .referenceOf */ .Bz)(subject.base);
        const [, has] = /^nvidia\/cuda$/.test(name) ? (/^(\d+\.\d+)/.exec(tag) ?? []) : [];
        if (has === undefined)
            return [];
        for (const { run, asked } of calls(subject)) {
            const [, digits] = /(?:\+|whl\/)cu(\d{3})\b/.exec(asked) ?? [];
            const wants = digits && `${digits.slice(0, 2)}.${digits.slice(2)}`;
            if (!wants || wants === has)
                continue;
            const root = subject.lineage[0]?.from;
            const release = releases[wants];
            const edit = root && release !== undefined
                ? (0,_edit_js__WEBPACK_IMPORTED_MODULE_6__/* .changed */ .tD)(subject, root, new RegExp(`(nvidia/cuda:)${has.replace('.', '\\.')}(?:\\.\\d+)?`), `$1${release}`)
                : undefined;
            return [
                {
                    message: `torch is built for CUDA ${wants} (line ${run.line}), the base image has ${has}.`,
                    why: 'The wheel brings its own CUDA, so that of the base is carried for nothing; it still asks each host for a driver that is new enough for it, and what is compiled in the image is for the wrong one.',
                    at: { file: subject.file, line: root?.line ?? run.line },
                    ...(0,_edit_js__WEBPACK_IMPORTED_MODULE_6__/* .fixOf */ .BW)(subject, [edit]),
                    gain: { kind: 'risk', text: 'hosts refuse the container, or extensions do not load' },
                },
            ];
        }
        return [];
    },
};
/** Packages that bring torch along. */
const needsTorch = /^\s*["']?(torch|torchvision|torchaudio|sentence-transformers|ultralytics|timm|accelerate|lightning|pytorch-lightning|easyocr|fastai|openai-whisper|transformers\[(?:torch|[^\]]*,torch)[^\]]*\])(?=[\s\]=<>!~;"',[]|$)/im;
const elsewhere = /whl\/(cpu|cu\d+|rocm)|\+(cpu|cu\d+|rocm)|--torch-backend/;
const cudaBase = /^(nvidia\/|nvcr\.io\/nvidia\/|pytorch\/|vllm\/|rocm\/|huggingface\/.*gpu|tensorflow\/)/;
/** What the CUDA build of torch and the nvidia-* wheels that it needs weigh more than the one for the CPU (bytes to download, at least: those of torch 2.5 to 2.9 on PyPI). */
const cudaWheels = 2_600_000_000;
/** A service without a GPU gets the wheels for one. */
const cudaWheelsOnCpu = {
    id: 'cuda-wheels-on-cpu',
    look: (subject) => {
        const env = (0,_chain_js__WEBPACK_IMPORTED_MODULE_2__/* .environmentOf */ .p7)(subject);
        const { name, tag } = (0,_base_js__WEBPACK_IMPORTED_MODULE_3__/* .referenceOf */ .Bz)(subject.base);
        if (subject.gpu || cudaBase.test(name) || /cuda|gpu|rocm/.test(tag) || Object.keys(env).some((key) => key.startsWith('NVIDIA_')))
            return [];
        if ([env['PIP_INDEX_URL'], env['PIP_EXTRA_INDEX_URL'], env['UV_TORCH_BACKEND']].some((value) => value !== undefined))
            return [];
        const all = calls(subject);
        if (all.some(({ asked }) => elsewhere.test(asked)))
            return [];
        const found = all.find(({ asked }) => asked
            .split(/\n/)
            .flatMap((line) => [line, ...line.split(/\s+/)])
            .some((word) => needsTorch.test(word)));
        if (!found)
            return [];
        const { run, command } = found;
        const put = /^\S*uv\s/.test(command) ? '--torch-backend=cpu' : '--extra-index-url https://download.pytorch.org/whl/cpu';
        const option = run.words ? undefined : (0,_edit_js__WEBPACK_IMPORTED_MODULE_6__/* .changed */ .tD)(subject, run, /\b(pip[\d.]*\s+(?:-\S+\s+)*install)\b(?!\s+--upgrade pip)/, `$1 ${put}`);
        return [
            {
                message: 'torch is installed with the libraries of CUDA, and nothing here asks for a GPU.',
                why: 'On Linux PyPI has torch for CUDA alone, with some three GB of nvidia-* wheels; the index of PyTorch has it for the CPU. With a GPU say so: run-args: --gpus all, or a CUDA base image.',
                at: { file: subject.file, line: run.line },
                ...(0,_edit_js__WEBPACK_IMPORTED_MODULE_6__/* .fixOf */ .BW)(subject, [option]),
                gain: { kind: 'size', bytes: cudaWheels },
            },
        ];
    },
};


/***/ }),

/***/ 3133:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CI: () => (/* binding */ partsOf),
/* harmony export */   T3: () => (/* binding */ pythonReleases),
/* harmony export */   hG: () => (/* binding */ successor)
/* harmony export */ });
/* unused harmony exports debianReleases, ubuntuReleases */
/** https://devguide.python.org/versions/ */
const pythonReleases = [
    { name: '2.7', ends: '2020-01-01' },
    { name: '3.5', ends: '2020-09-30' },
    { name: '3.6', ends: '2021-12-23' },
    { name: '3.7', ends: '2023-06-27' },
    { name: '3.8', ends: '2024-10-07' },
    { name: '3.9', ends: '2025-10-31' },
    { name: '3.10', ends: '2026-10-31' },
    { name: '3.11', ends: '2027-10-31' },
    { name: '3.12', ends: '2028-10-31' },
    { name: '3.13', ends: '2029-10-31' },
    { name: '3.14', ends: '2030-10-31' },
];
/** With long-term support: https://wiki.debian.org/LTS */
const debianReleases = [
    { name: 'jessie', ends: '2020-06-30' },
    { name: 'stretch', ends: '2022-06-30' },
    { name: 'buster', ends: '2024-06-30' },
    { name: 'bullseye', ends: '2026-08-31' },
    { name: 'bookworm', ends: '2028-06-30' },
    { name: 'trixie', ends: '2030-06-30' },
];
/** Standard support: https://ubuntu.com/about/release-cycle */
const ubuntuReleases = [
    { name: '16.04', ends: '2021-04-30' },
    { name: '18.04', ends: '2023-05-31' },
    { name: '20.04', ends: '2025-05-31' },
    { name: '22.04', ends: '2027-04-30' },
    { name: '24.04', ends: '2029-05-31' },
];
const debianNumbers = {
    '8': 'jessie',
    '9': 'stretch',
    '10': 'buster',
    '11': 'bullseye',
    '12': 'bookworm',
    '13': 'trixie',
};
const ubuntuNames = { xenial: '16.04', bionic: '18.04', focal: '20.04', jammy: '22.04', noble: '24.04' };
/** Reads an image's name without registry and digest, and its tag. */
function partsOf(name, tag) {
    const parts = [];
    const [, python] = /(?:^|\/)python$/.test(name) ? (/^(\d+\.\d+)/.exec(tag) ?? []) : (/(?:^|[-_])(?:py|python)-?(\d\.\d+)/.exec(tag) ?? []);
    if (python !== undefined)
        parts.push({ what: 'Python', written: python, release: python, all: pythonReleases });
    const [debian] = new RegExp(debianReleases.map((release) => release.name).join('|')).exec(tag) ?? [];
    if (debian !== undefined)
        parts.push({ what: 'Debian', written: debian, release: debian, all: debianReleases });
    const [, number] = /(?:^|\/)debian$/.test(name) ? (/^(\d+)\b/.exec(tag) ?? []) : [];
    const named = number === undefined ? undefined : debianNumbers[number];
    if (number !== undefined && named !== undefined)
        parts.push({ what: 'Debian', written: number, release: named, all: debianReleases });
    const [, ubuntu] = /(?:^|\/)ubuntu$/.test(name) ? (/^(\d\d\.\d\d|[a-z]+)/.exec(tag) ?? []) : (/ubuntu-?(\d\d\.\d\d)/.exec(tag) ?? []);
    const release = ubuntu === undefined ? undefined : (ubuntuNames[ubuntu] ?? ubuntu);
    if (ubuntu !== undefined && release !== undefined)
        parts.push({ what: 'Ubuntu', written: ubuntu, release, all: ubuntuReleases });
    return parts;
}
/** The first line behind this one that is mended for another year, in the words it was written in; undefined where none is known. */
function successor({ release, written, all }, now) {
    const from = all.findIndex(({ name }) => name === release);
    const next = all.find(({ ends }, index) => index > from && Date.parse(ends) > now + 365 * 86_400_000);
    if (!next || release === written)
        return next?.name;
    const names = { ...debianNumbers, ...ubuntuNames };
    return Object.entries(names).find(([, name]) => name === next.name)?.[0];
}


/***/ }),

/***/ 19642:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hg: () => (/* binding */ weightsWithCode),
/* harmony export */   ii: () => (/* binding */ downloadAtStart),
/* harmony export */   z: () => (/* binding */ fetches)
/* harmony export */ });
/* harmony import */ var _amounts_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8790);
/* harmony import */ var _model_artefacts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(95370);
/* harmony import */ var _chain_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17861);
/* harmony import */ var _edit_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(65502);
/* harmony import */ var _server_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(34713);
/* harmony import */ var _shell_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(38686);






/** Weights of less (bytes) are pushed again in a second or so. */
const worthALayer = 10_000_000;
const topOf = (path) => path.split('/')[0] ?? path;
/** Weights in the layer of the code. */
const weightsWithCode = {
    id: 'weights-with-code',
    look: (subject) => subject.lineage.flatMap((stage) => stage.instructions.flatMap((copying) => {
        const { sent } = subject;
        const brought = (0,_chain_js__WEBPACK_IMPORTED_MODULE_1__/* .broughtBy */ .dB)(subject, copying);
        const weights = brought.filter(_model_artefacts_js__WEBPACK_IMPORTED_MODULE_0__/* .isModelFile */ .i);
        const bytes = weights.reduce((sum, path) => sum + sent.bytes(path), 0);
        if (bytes < worthALayer || !brought.some((path) => path.endsWith('.py')))
            return [];
        const copy = (0,_chain_js__WEBPACK_IMPORTED_MODULE_1__/* .copyOf */ .zP)(copying);
        const apart = [...new Set(weights.map(topOf))];
        const mixed = brought.some((path) => apart.includes(topOf(path)) && path.endsWith('.py'));
        const others = [...new Set(brought.map(topOf))].filter((name) => !apart.includes(name) && !/^(Dockerfile(\..*)?|.*\.dockerignore|\.git\w*)$/.test(name));
        const plain = (0,_chain_js__WEBPACK_IMPORTED_MODULE_1__/* .copiesAll */ .vU)(copying) && copy?.sources.length === 1 && !mixed && others.every((name) => !/\s/.test(name));
        const to = (name) => `${copy?.to.replace(/\/+$/, '') || ''}/`.replace(/^\.?\/$/, copy?.to.startsWith('/') ? '/' : './') + name;
        const flags = copying.flags.map((flag) => `${flag} `).join('');
        const isFolder = (name) => brought.some((path) => path.startsWith(`${name}/`));
        const folder = (name) => `COPY ${flags}${name}/ ${to(name)}/`;
        const files = (names) => (names.length === 0 ? [] : [`COPY ${flags}${names.join(' ')} ${to('')}`]);
        const lines = [
            ...apart.filter(isFolder).map(folder),
            ...files(apart.filter((name) => !isFolder(name))),
            ...others.filter(isFolder).map(folder),
            ...files(others.filter((name) => !isFolder(name))),
        ];
        return [
            {
                message: `One layer holds ${(0,_amounts_js__WEBPACK_IMPORTED_MODULE_3__/* .bytesText */ .pV)(bytes)} of weights and the code.`,
                why: 'Each change of the code pushes and pulls the weights again. In a layer before the code they move only when the model does; a volume leaves them out of the image altogether.',
                at: { file: subject.file, line: copying.line },
                ...(plain ? (0,_edit_js__WEBPACK_IMPORTED_MODULE_4__/* .fixOf */ .BW)(subject, [(0,_edit_js__WEBPACK_IMPORTED_MODULE_4__/* .replaced */ .$3)(copying, lines)]) : {}),
                gain: { kind: 'size', bytes },
            },
        ];
    })),
};
/** Calls that fetch a model by its name on a hub; the first group is that name. */
const fetches = /\b(?:from_pretrained|hf_hub_download|snapshot_download|SentenceTransformer|CrossEncoder|pipeline)\(\s*(?:[^()]*?\b(?:model|repo_id|pretrained_model_name_or_path)\s*=\s*)?["']([A-Za-z0-9][\w.-]*\/[\w.-]+)["']/;
/** The model is downloaded whenever a container starts. */
const downloadAtStart = {
    id: 'download-at-start',
    look: (subject) => {
        const code = (0,_server_js__WEBPACK_IMPORTED_MODULE_2__/* .serverCode */ .XY)(subject);
        const found = code && fetches.exec(code.text);
        const [, model = ''] = found ?? [];
        if (!code || !found || subject.sent.paths.some((path) => path.startsWith(`${model}/`)))
            return [];
        const env = (0,_chain_js__WEBPACK_IMPORTED_MODULE_1__/* .environmentOf */ .p7)(subject);
        const inBuild = subject.stages.some(({ instructions }) => instructions.some((one) => (0,_shell_js__WEBPACK_IMPORTED_MODULE_5__/* .commandsOf */ .Kf)(one).some((command) => /from_pretrained|snapshot_download|hf_hub_download|(huggingface-cli|hf)\s+download|SentenceTransformer\(/.test(command))));
        if (inBuild ||
            env['HF_HUB_OFFLINE'] === '1' ||
            env['TRANSFORMERS_OFFLINE'] === '1' ||
            subject.chain.some(({ keyword }) => keyword === 'VOLUME'))
            return [];
        const line = code.text.slice(0, found.index).split('\n').length;
        const { target } = subject;
        const installing = target.instructions.findLast((one) => (0,_shell_js__WEBPACK_IMPORTED_MODULE_5__/* .commandsOf */ .Kf)(one).some((command) => (0,_shell_js__WEBPACK_IMPORTED_MODULE_5__/* .pipInstall */ .jf)(command)));
        const next = target.instructions[target.instructions.indexOf(installing ?? target.from) + 1];
        const lines = [
            ...(env['HF_HOME'] === undefined ? ['ENV HF_HOME=/opt/huggingface'] : []),
            `RUN python -c "from huggingface_hub import snapshot_download; snapshot_download('${model}')"`,
        ];
        return [
            {
                message: `The server downloads ${model} when it starts.`,
                why: 'Each start waits for the hub, fails with it (429, no network), and may get other weights than were tested. In the image they are what the smoke test has seen (offline: true proves it).',
                at: { file: code.file, line },
                ...(installing && next ? (0,_edit_js__WEBPACK_IMPORTED_MODULE_4__/* .fixOf */ .BW)(subject, [(0,_edit_js__WEBPACK_IMPORTED_MODULE_4__/* .before */ .gM)(subject, next, lines)]) : {}),
                gain: { kind: 'risk', text: 'no start without the hub, and other weights than tested' },
            },
        ];
    },
};


/***/ }),

/***/ 34713:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $H: () => (/* binding */ withWord),
/* harmony export */   XY: () => (/* binding */ serverCode),
/* harmony export */   jz: () => (/* binding */ withMoreWords),
/* harmony export */   vg: () => (/* binding */ serverCommand)
/* harmony export */ });
/* harmony import */ var _chain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17861);
/* harmony import */ var _edit_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(65502);
/* harmony import */ var _shell_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(38686);



const wordsBy = ({ words, rest }) => words ?? (0,_shell_js__WEBPACK_IMPORTED_MODULE_1__/* .wordsOf */ .Z9)(rest);
/** ENTRYPOINT and CMD of what ships; undefined where its base image is left to say. A shell entry point takes no CMD. */
function serverCommand(subject) {
    const entry = (0,_chain_js__WEBPACK_IMPORTED_MODULE_0__/* .lastOf */ .g1)(subject, 'ENTRYPOINT');
    const command = entry && !entry.words ? undefined : (0,_chain_js__WEBPACK_IMPORTED_MODULE_0__/* .lastOf */ .g1)(subject, 'CMD');
    const by = [entry, command].filter((one) => one !== undefined);
    const words = by.flatMap(wordsBy);
    const script = /^(\/bin\/)?(ba)?sh$/.test(words[0] ?? '') && /^-\w*c$/.test(words[1] ?? '') ? words[2] : undefined;
    return by.length === 0 ? undefined : { line: script ?? words.join(' '), words, by };
}
/** `app.main` of `uvicorn app.main:app`, `serve.py` of `python serve.py`: which file of Python a command starts. */
function startedFile({ line }, env) {
    const [, script] = /(?:^|[\s/])(?:python[\d.]*|fastapi\s+(?:run|dev))\s+(?:-[uBEIOs]+\s+)*([\w./-]+\.py)\b/.exec(line) ?? [];
    if (script !== undefined)
        return script;
    const [, application] = /(?:^|\s)([A-Za-z_][\w.]*):[A-Za-z_]\w*(?:\(\))?(?=\s|$)/.exec(line) ?? [];
    const [, flask] = /\bflask\s+(?:--app|-A)[\s=]([\w./]+)/.exec(line) ?? [];
    const asked = application ?? (/\bflask\b/.test(line) ? (flask ?? env['FLASK_APP'] ?? 'app') : undefined);
    const [, module] = /(?:^|[\s/])python[\d.]*\s+(?:-[uBEIOs]+\s+)*-m\s+([A-Za-z_][\w.]*)/.exec(line) ?? [];
    const named = asked ?? (module === undefined || /^(uvicorn|gunicorn|flask|pip|hypercorn)$/.test(module) ? undefined : module);
    return named === undefined ? undefined : named.endsWith('.py') ? named : `${named.replaceAll('.', '/')}.py`;
}
/** The code that the command of the image starts, where the build context has it. */
function serverCode(subject) {
    const command = serverCommand(subject);
    const file = command && startedFile(command, (0,_chain_js__WEBPACK_IMPORTED_MODULE_0__/* .environmentOf */ .p7)(subject))?.replace(/^(\.?\/)*/, '');
    if (file === undefined)
        return undefined;
    const { sent } = subject;
    const package_ = file.replace(/\.py$/, '/__init__.py');
    // In the image it may lie in a folder that the context does not have: `/app/main.py`.
    const tails = [file, package_, ...(file.includes('/') ? [file.slice(file.indexOf('/') + 1)] : [])];
    for (const tail of tails) {
        const [path] = sent.paths.filter((one) => one === tail || one.endsWith(`/${tail}`)).toSorted((a, b) => a.length - b.length);
        const text = path === undefined ? undefined : sent.read(path);
        if (path !== undefined && text !== undefined)
            return { path, file: sent.name(path), text };
    }
    return undefined;
}
/** More words at the end of the command that `by` ends with; undefined where a shell has more to do than start it. */
function withMoreWords(source, { by }, more) {
    const last = by.at(-1);
    if (!last)
        return undefined;
    const { words, keyword, rest } = last;
    if (words && !/^(\/bin\/)?(ba)?sh$/.test(words[0] ?? ''))
        return (0,_edit_js__WEBPACK_IMPORTED_MODULE_2__/* .replaced */ .$3)(last, [(0,_edit_js__WEBPACK_IMPORTED_MODULE_2__/* .execLine */ .SD)(keyword, [...words, ...more])]);
    const line = words ? (words.at(-1) ?? '') : rest;
    if (/[|;&<>]/.test(line))
        return undefined;
    return words ? (0,_edit_js__WEBPACK_IMPORTED_MODULE_2__/* .changed */ .tD)(source, last, /"(\s*\]\s*)$/, ` ${more.join(' ')}"$1`) : (0,_edit_js__WEBPACK_IMPORTED_MODULE_2__/* .changed */ .tD)(source, last, /\s*$/, ` ${more.join(' ')}`);
}
/** The command without a word, or with another in its place; in whichever of its instructions it stands. */
function withWord(source, { by }, word, other) {
    for (const instruction of by) {
        const { words, keyword } = instruction;
        if (words?.includes(word)) {
            const put = words.flatMap((one) => (one === word ? (other ?? []) : [one]));
            return (0,_edit_js__WEBPACK_IMPORTED_MODULE_2__/* .replaced */ .$3)(instruction, [(0,_edit_js__WEBPACK_IMPORTED_MODULE_2__/* .execLine */ .SD)(keyword, put)]);
        }
        const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
        const edit = (0,_edit_js__WEBPACK_IMPORTED_MODULE_2__/* .changed */ .tD)(source, instruction, new RegExp(`(\\s|["'])${literal}(?=\\s|["']|$)`), other === undefined ? '' : `$1${other}`);
        if (edit)
            return edit;
    }
    return undefined;
}


/***/ }),

/***/ 38686:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DG: () => (/* binding */ installFiles),
/* harmony export */   Kf: () => (/* binding */ commandsOf),
/* harmony export */   Z9: () => (/* binding */ wordsOf),
/* harmony export */   jf: () => (/* binding */ pipInstall),
/* harmony export */   l2: () => (/* binding */ systemPackages)
/* harmony export */ });
/** Splits at `&&`, `||`, `;`, `|` and line ends, outside of quotes. */
function split(script) {
    const parts = [];
    let part = '';
    for (const [token] of script.matchAll(/"(?:\\.|[^"\\])*"|'[^']*'|\\[\s\S]|&&|\|\||[;|\n]|[^"'\\&|;\n]+|[\s\S]/g)) {
        if (/^(&&|\|\||[;|\n])$/.test(token)) {
            parts.push(part);
            part = '';
        }
        else
            part += token;
    }
    return [...parts, part].map((text) => text.trim()).filter((text) => text !== '');
}
/** The commands of a RUN: its line and its heredoc, each without what joins it to the next. */
function commandsOf({ keyword, rest, words, heredocs }) {
    if (keyword !== 'RUN')
        return [];
    if (words)
        return words.length === 3 && /^(\/bin\/)?(ba)?sh$/.test(words[0] ?? '') ? split(words[2] ?? '') : [words.join(' ')];
    return [...split(rest), ...heredocs.flatMap(({ text }) => split(text))]
        .map((command) => command.replace(/^\(\s*|^set -\S+$/g, ''))
        .filter(Boolean);
}
/** Words of a command line, quotes taken off; variables stay as they are. */
function wordsOf(command) {
    return [...command.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g)].map(([word]) => word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_, double, single, plain) => double ?? single ?? plain ?? ''));
}
/** The packages that a command has a package manager of the system install; undefined for other commands. */
function systemPackages(command) {
    const [, given] = /^(?:sudo\s+)?(?:apt-get|apt|apk|microdnf|dnf|yum)\s+(?:-\S+\s+)*(?:install|add)\s+(.*)$/s.exec(command) ?? [];
    return given === undefined
        ? undefined
        : wordsOf(given)
            .filter((word) => !word.startsWith('-'))
            .map((word) => word.replace(/[=:].*$/, ''));
}
/** A command that installs by pip; undefined for others. */
function pipInstall(command) {
    const [, program, given] = /^(?:sudo\s+)?(?:[A-Z_]\w*=\S*\s+)*((?:\S*\/)?(?:python[\d.]*\s+-m\s+pip|pip[\d.]*|uv\s+pip))\s+(?:-\S+\s+)*install\b\s*(.*)$/s.exec(command) ?? [];
    return program === undefined ? undefined : { program: program.replace(/\s+/g, ' '), arguments: given ?? '' };
}
/** The files that an installation reads (`-r requirements.txt`, `-c constraints.txt`). */
function installFiles(given) {
    return [...given.matchAll(/(?:^|\s)(?:-r|-c|--requirement|--constraint)[\s=]*(["']?)([^\s"']+)\1/g)].map(([, , file = '']) => file);
}


/***/ })

};
