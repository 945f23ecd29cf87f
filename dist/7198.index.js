export const id = 7198;
export const ids = [7198];
export const modules = {

/***/ 77198:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   makeCell: () => (/* binding */ makeCell)
/* harmony export */ });
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63259);

const cellName = (runId) => `ml-image-${runId}-offline`;
/**
 * Makes a network without a way out. It publishes no port, so the container is asked at its own address; a job in a
 * container (`self`) is put on that network for as long.
 */
async function makeCell(host, self, env) {
    const network = cellName(host.runId);
    const docker = async (...args) => await host.capture({ argv: ['docker', ...args], env });
    host.leave({ kind: 'network', name: network });
    const made = await docker('network', 'create', '--internal', network);
    if (made.exitCode !== 0)
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .failed */ .gz)('container-not-started', `No network could be made for offline: true (${made.stderr.trim()}).`);
    if (self !== undefined)
        await docker('network', 'connect', network, self);
    return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .passed */ .bF)({
        address: { kind: 'network', network },
        remove: async () => {
            if (self !== undefined)
                await docker('network', 'disconnect', '--force', network, self).catch(() => undefined);
            await docker('network', 'rm', network).catch(() => undefined);
        },
    });
}


/***/ })

};
