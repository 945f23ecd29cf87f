export const id = 1455;
export const ids = [1455];
export const modules = {

/***/ 61455:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseInitWords: () => (/* binding */ parseInitWords)
/* harmony export */ });
/* unused harmony export parts */
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89916);

/** What `init` may write. */
const parts = ['workflow', 'dockerfile', 'dockerignore', 'samples'];
/** Reads the words behind `init`. @throws Error on what is none of its flags */
function parseInitWords(words) {
    const given = new Map();
    let dryRun = false;
    for (let i = 0; i < words.length; i++) {
        const word = words[i] ?? '';
        const [, name, inline] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
        if (name === undefined)
            throw new Error(`init takes no "${word}": it looks at the folder that it is called in`);
        if (name === 'dry-run') {
            if (inline !== undefined && inline !== 'true' && inline !== 'false')
                throw new Error(`--dry-run is true or false, not "${inline}"`);
            dryRun = inline !== 'false';
            continue;
        }
        const flag = name === 'images' ? 'image' : name;
        if (flag !== 'image' && flag !== 'python' && flag !== 'only')
            throw new Error(`init has no flag --${name}: it takes --dry-run, --image, --python and --only`);
        const value = inline ?? words[++i];
        if (value === undefined || value === '' || (inline === undefined && value.startsWith('--')))
            throw new Error(`--${name} needs a value`);
        given.set(flag, value);
    }
    const [image, python, only] = [given.get('image'), given.get('python'), given.get('only')];
    if (image !== undefined)
        checkImage(image);
    if (python !== undefined && !/^3\.\d{1,2}$/.test(python))
        throw new Error(`--python is "${python}", and takes a version such as 3.12`);
    return {
        dryRun,
        ...(image === undefined ? {} : { image }),
        ...(python === undefined ? {} : { python }),
        only: only === undefined ? new Set(parts) : partsIn(only),
    };
}
function checkImage(image) {
    try {
        (0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_0__/* .parseImageName */ ["if"])(image);
    }
    catch (error) {
        throw new Error(`--image "${image}" ${error.message}. An image name is such as ghcr.io/acme/iris`);
    }
}
function partsIn(text) {
    const names = text.split(',').map((one) => one.trim());
    const found = parts.filter((part) => names.includes(part));
    const [unknown] = names.filter((name) => !parts.some((part) => part === name));
    if (unknown !== undefined)
        throw new Error(`--only has "${unknown}", and takes ${parts.join(', ')}, with commas`);
    return new Set(found);
}


/***/ })

};
