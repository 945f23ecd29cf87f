export const id = 5370;
export const ids = [5370];
export const modules = {

/***/ 65370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   loadSchemaJudge: () => (/* binding */ loadSchemaJudge)
/* harmony export */ });
/* harmony import */ var _difference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54910);
/* harmony import */ var _json_path_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48055);


const mostErrors = 50;
/** The value at a JSON pointer, and the place as we write it. */
function placeOf(value, pointer) {
    const location = [];
    let here = value;
    for (const raw of pointer.split('/').slice(1)) {
        const key = raw.replaceAll('~1', '/').replaceAll('~0', '~');
        location.push(Array.isArray(here) ? Number(key) : key);
        here = here?.[key];
    }
    return { path: (0,_json_path_js__WEBPACK_IMPORTED_MODULE_0__/* .locationText */ .fN)(location), value: here };
}
const told = (value, { instancePath, message = '', params }) => {
    const place = placeOf(value, instancePath);
    const allowed = 'allowedValues' in params ? ` (${(0,_difference_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(params['allowedValues'])})` : '';
    return { path: place.path, expected: `${message}${allowed} (schema)`, got: (0,_difference_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(place.value) };
};
/**
 * Loads the validator, which takes about 50 ms: only for who has a schema. Draft 7 where `$schema` names an old draft,
 * else 2020-12, which is OpenAPI 3.1's; `nullable` is OpenAPI 3.0's. Formats are not looked at.
 */
async function loadSchemaJudge() {
    const [draft7, draft2020] = await Promise.all([Promise.all(/* import() */[__webpack_require__.e(3457), __webpack_require__.e(2463)]).then(__webpack_require__.t.bind(__webpack_require__, 42463, 19)), Promise.all(/* import() */[__webpack_require__.e(3457), __webpack_require__.e(2210)]).then(__webpack_require__.t.bind(__webpack_require__, 52210, 19))]);
    // A bundle gives no other name of a CommonJS module than this one.
    const { Ajv } = draft7.default;
    const { Ajv2020 } = draft2020.default;
    const options = { strict: false, allErrors: true, validateFormats: false, logger: false };
    const validators = new Map();
    return (schema, value) => {
        let validate = validators.get(schema);
        if (!validate) {
            const { $schema = '', ...rest } = schema;
            // A validator of its own for each: two schemas may have the same $id.
            const ajv = /draft-0[3467]/.test(String($schema)) ? new Ajv(options) : new Ajv2020(options);
            validate = ajv.compile((typeof schema === 'boolean' ? schema : rest));
            validators.set(schema, validate);
        }
        if (validate(value))
            return [];
        return (validate.errors ?? []).slice(0, mostErrors).map((error) => told(value, error));
    };
}


/***/ })

};
