export const id = 9870;
export const ids = [9870];
export const modules = {

/***/ 29870:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   abandon: () => (/* binding */ abandon)
/* harmony export */ });
/* harmony import */ var _host_clean_up_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(529);
/* harmony import */ var _outputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5077);
/* harmony import */ var _report_ended_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(87790);



/** Of a cancelled run that is not out in time: tells so, and removes what it has made. What a registry holds is not known. */
async function abandon(host) {
    host.log.line('The run was cancelled, and what it was doing did not end in time: what it has made is removed.');
    (0,_outputs_js__WEBPACK_IMPORTED_MODULE_1__/* .setOutputs */ .n)(host, { result: 'failed', 'failure-code': 'cancelled' });
    (0,_report_ended_js__WEBPACK_IMPORTED_MODULE_2__.tellEnded)(host, host.traces, 'cancelled');
    for (const removed of await (0,_host_clean_up_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanUp */ .n)(host, [...host.traces]))
        host.log.line(`removed ${removed}`);
}


/***/ }),

/***/ 87790:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   tellEnded: () => (/* binding */ tellEnded)
/* harmony export */ });
/* harmony import */ var _draft_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(78605);
/* harmony import */ var _summary_summary_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28079);


/** Writes the summary of a run that did not come to do so itself, from what it had written down, which is removed. Never throws. */
function tellEnded(host, traces, code) {
    for (const trace of traces) {
        if (trace.kind !== 'draft')
            continue;
        try {
            const draft = (0,_draft_js__WEBPACK_IMPORTED_MODULE_0__/* .readDraft */ .kF)(host.files, trace.path);
            if (draft)
                host.summary((0,_summary_summary_js__WEBPACK_IMPORTED_MODULE_1__.summaryMarkdown)((0,_draft_js__WEBPACK_IMPORTED_MODULE_0__/* .endedDraft */ .ip)(draft, code)));
            host.files.remove(trace.path);
        }
        catch {
            // Tests run as the same user: what they have made of it may be anything.
            host.log.line('What the run had written down for a summary cannot be read.');
        }
    }
}


/***/ })

};
