export const id = 6186;
export const ids = [6186];
export const modules = {

/***/ 56186:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   loginByGoogle: () => (/* binding */ loginByGoogle)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(71653);


/**
 * An access token by application default credentials: a service account's key, or workload identity as
 * google-github-actions/auth sets it up. It lives an hour. @throws ActionError
 */
async function loginByGoogle(host, registry, file) {
    if (host.files.kind(file) !== 'file')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('registry-unauthorized', `GOOGLE_APPLICATION_CREDENTIALS names ${file}, and there is no such file.`);
    try {
        const { username, password } = await host.cloudToken({ kind: 'google', file });
        return { username, password };
    }
    catch (error) {
        const code = (0,_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .isTransientError */ .bV)(error) ? 'registry-unavailable' : 'registry-unauthorized';
        const mend = 'check google-github-actions/auth, and that the job has "permissions: id-token: write"';
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(code, `Google gives no access token for ${registry} (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}): ${mend}.`, { cause: error });
    }
}


/***/ })

};
