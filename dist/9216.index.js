export const id = 9216;
export const ids = [9216];
export const modules = {

/***/ 39216:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   joinedSuite: () => (/* binding */ joinedSuite),
/* harmony export */   smokeSuite: () => (/* binding */ smokeSuite),
/* harmony export */   testSuite: () => (/* binding */ testSuite)
/* harmony export */ });
/** The tests as a suite; undefined where none were run, of which nothing can be said. */
function testSuite(tests) {
    if (tests.kind !== 'passed')
        return undefined;
    const { report, passed = [] } = tests.value;
    if (!report)
        return { passed, warned: [], more: {} };
    const { tests: count, failed, errors, skipped, seconds } = report;
    return { passed, warned: [], more: { mlImage_counts: { tests: count, failed, errors, skipped }, mlImage_seconds: seconds } };
}
const sampleName = ({ method, path, name }) => `${method} ${path} (${name})`;
function answersOf(smoke) {
    const on = smoke.platform === undefined ? '' : `${smoke.platform}: `;
    const { health, stayedUpMs, samples = [], predict, unproven, gpuMissing } = smoke;
    const asked = samples.length === 0 && predict ? [`POST ${predict.path}`] : samples.filter(({ result }) => result === 'passed').map(sampleName);
    const started = health ? [`GET ${health.path}`] : stayedUpMs === undefined ? [] : ['starts and stays up'];
    const notProven = gpuMissing === undefined ? unproven : 'no GPU on the host';
    return {
        passed: [...started, ...asked].map((name) => on + name),
        warned: notProven === undefined ? [] : [`${on}predicts: not proven (${notProven})`],
    };
}
/** What the started image has answered, on each platform, as a suite; undefined where it was not started. */
function smokeSuite(smoked) {
    if (smoked.kind !== 'passed')
        return undefined;
    const { others = [], untested = [], preset } = smoked.value;
    const all = [smoked.value, ...others].map(answersOf);
    return {
        passed: all.flatMap(({ passed }) => passed),
        warned: [...all.flatMap(({ warned }) => warned), ...untested.map((platform) => `${platform}: not started`)],
        more: { mlImage_started: smoked.value.imageId, ...(preset === undefined ? {} : { mlImage_preset: preset }) },
    };
}
/** What the records of its images say, as a suite; undefined where none of them was started. */
function joinedSuite(parts) {
    const started = parts.filter(({ smoke }) => smoke === 'passed');
    if (started.length === 0)
        return undefined;
    return {
        passed: started.map(({ platform }) => `${platform}: smoke`),
        warned: parts.filter(({ smoke }) => smoke === 'skipped').map(({ platform }) => `${platform}: not started`),
        more: { mlImage_parts: parts },
    };
}


/***/ })

};
