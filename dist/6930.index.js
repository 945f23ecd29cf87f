export const id = 6930;
export const ids = [6930];
export const modules = {

/***/ 96930:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runGateCommand: () => (/* binding */ runGateCommand)
/* harmony export */ });
/* harmony import */ var _host_environment_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48647);
/* harmony import */ var _host_sanitise_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(85150);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63259);



/** What the command can look at beside the files of the job. */
function gateVariables(image, container) {
    return {
        IMAGE: image.localName,
        DIGEST: image.digest,
        ...(container ? { BASE_URL: container.baseUrl, CONTAINER: container.name } : {}),
    };
}
/** Runs the command by bash, as a step of a workflow is. @returns how long it took (ms) */
async function runGateCommand(host, { command, cwd, env, timeoutMs }, image, container, log, signal) {
    const start = host.now();
    const last = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .tail */ .RT)(50, (0,_host_sanitise_js__WEBPACK_IMPORTED_MODULE_2__/* .bounded */ .Mm)((line) => log.line((0,_host_sanitise_js__WEBPACK_IMPORTED_MODULE_2__/* .sanitiseLine */ .lg)(line))));
    const given = { ...(0,_host_environment_js__WEBPACK_IMPORTED_MODULE_0__/* .childEnvironment */ .Qc)('engine', host.env), ...(0,_host_environment_js__WEBPACK_IMPORTED_MODULE_0__/* .childEnvironment */ .Qc)('code', host.env, env), ...gateVariables(image, container) };
    const ended = await host.stream({ argv: ['bash', '-eo', 'pipefail', '-c', command], env: given, cwd }, { signal, timeoutMs, mostBytes: _host_sanitise_js__WEBPACK_IMPORTED_MODULE_2__/* .longestOutput */ .K8, onLine: last.push });
    if (ended.kind === 'stopped')
        return _outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .stopped */ .ce;
    if (ended.kind === 'exited' && ended.exitCode === 0)
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .passed */ .bF)(host.now() - start);
    const how = {
        exited: () => `ended with exit code ${ended.kind === 'exited' ? ended.exitCode : ''}`,
        killed: () => `was ended by ${ended.kind === 'killed' ? ended.signal : ''}`,
        timeout: () => `was still running after ${timeoutMs / 1000} s (test-timeout)`,
    }[ended.kind]();
    return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('gate-command-failed', `gate-command ${how}.`, last.lines);
}


/***/ })

};
