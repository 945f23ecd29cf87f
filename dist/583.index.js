export const id = 583;
export const ids = [583];
export const modules = {

/***/ 20583:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   loginByAws: () => (/* binding */ loginByAws)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(71653);


const mend = 'use aws-actions/configure-aws-credentials before this step (with "permissions: id-token: write" for a role), or give an access key pair as username and password';
/** The error that an exception of AWS's SDK means, by the names that its services give them. */
function awsError(registry, { place }, error) {
    const name = error instanceof Error ? error.name : '';
    const said = (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error);
    const [, action = place.kind === 'public' ? 'ecr-public:GetAuthorizationToken' : 'ecr:GetAuthorizationToken'] = /perform: ([a-z-]+:\w+)/.exec(said) ?? [];
    const fail = (code, message) => new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ(code, message, { cause: error });
    if (name === 'CredentialsProviderError')
        return fail('registry-unauthorized', `AWS credentials for ${registry} are not to be found (${said}): ${mend}.`);
    if (/AccessDenied/.test(name))
        return fail('registry-denied', `AWS does not let this identity do ${action}, which a login to ${registry} needs (${said}).`);
    if (/Skewed|RequestExpired/.test(name) || /Signature (expired|not yet current)/.test(said))
        return fail('registry-unauthorized', `The clock of this machine is not that of AWS (${said}): set it, and run the job again.`);
    if (/ExpiredToken/.test(name))
        return fail('registry-unauthorized', `The AWS credentials have run out before the push (${said}): give the role a longer session.`);
    if (/Unrecognized|InvalidClientToken|InvalidSignature|SignatureDoesNotMatch|InvalidIdentityToken/.test(name))
        return fail('registry-unauthorized', `AWS does not know these credentials (${name}: ${said}): ${mend}.`);
    const passing = (0,_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .isTransientError */ .bV)(error) || /Timeout|Throttling|ServerException|ServiceUnavailable|ENOTFOUND/.test(`${name} ${said}`);
    return fail(passing ? 'registry-unavailable' : 'registry-unauthorized', `AWS gives no token for ${registry} (${name ? `${name}: ` : ''}${said}).`);
}
/** A token of ECR, by an access key pair or by what the SDK finds in the job. It lives twelve hours. @throws ActionError */
async function loginByAws(host, registry, login) {
    const { place, keys } = login;
    const pair = keys ? { keys: { id: keys.username, secret: keys.password } } : {};
    try {
        const asked = place.kind === 'public' ? { kind: 'ecr-public' } : { kind: 'ecr', region: place.region, fips: place.fips };
        const { username, password } = await host.cloudToken({ ...asked, ...pair });
        return { username, password };
    }
    catch (error) {
        throw awsError(registry, login, error);
    }
}


/***/ })

};
