export const id = 2231;
export const ids = [2231];
export const modules = {

/***/ 97324:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Pc: () => (/* binding */ askCloud),
/* harmony export */   T2: () => (/* binding */ secretField),
/* harmony export */   Zd: () => (/* binding */ form)
/* harmony export */ });
/* unused harmony exports jsonOf, sayingOf */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89916);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(71653);



const timeoutMs = 15_000;
/**
 * Asks a cloud's login service, again while there is patience for trouble that passes. `who` is how people are told of it.
 * @throws ActionError registry-unavailable when it does not answer, registry-unauthorized for what is not asked over plain HTTP
 */
async function askCloud(host, who, request) {
    const { protocol, host: authority } = new URL(request.url);
    if (protocol !== 'https:' && !(0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__/* .isLoopback */ .U9)(authority))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('registry-unauthorized', `${who} is at ${authority} over plain http: a login is not sent there.`);
    try {
        return await (0,_retry_js__WEBPACK_IMPORTED_MODULE_2__/* .withRetry */ .bD)(host, undefined, async () => {
            const value = await host.request({ ...request, timeoutMs });
            return _retry_js__WEBPACK_IMPORTED_MODULE_2__/* .transientStatuses */ .TG.has(value.status)
                ? { kind: 'again', value, retryAfter: value.headers['retry-after'] }
                : { kind: 'done', value };
        });
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('registry-unavailable', `${who} cannot be reached (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}).`, { cause: error });
    }
}
/** A form as OAuth's services take it (RFC 6749), fields in this order. */
function form(fields) {
    return {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: new URLSearchParams(fields).toString(),
    };
}
/** The JSON object of an answer; an empty one when it is none. */
function jsonOf({ body }) {
    try {
        const value = JSON.parse(new TextDecoder().decode(body));
        return typeof value === 'object' && value !== null ? value : {};
    }
    catch {
        return {};
    }
}
const longestSaying = 300;
/** What a service says of its refusal, on one line. */
function sayingOf(answer) {
    const json = jsonOf(answer);
    const [first] = Array.isArray(json['errors']) ? json['errors'] : [];
    const said = [json['error_description'], json['message'], json['description'], first?.['message'], json['error']].find((text) => typeof text === 'string' && text !== '');
    const text = typeof said === 'string' ? said.split(/[\r\n]/)[0] : undefined;
    return `HTTP ${answer.status}${text ? `: ${text.slice(0, longestSaying)}` : ''}`;
}
/** The text field of a 200 answer, hidden from now on. @throws ActionError registry-unauthorized with `failure` and the service's words */
function secretField(host, answer, field, failure) {
    const value = answer.status === 200 || answer.status === 201 ? jsonOf(answer)[field] : undefined;
    if (typeof value !== 'string' || value === '')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('registry-unauthorized', `${failure} (${sayingOf(answer)}).`);
    host.hide(value);
    return value;
}


/***/ }),

/***/ 4612:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   loginByIdToken: () => (/* binding */ loginByIdToken)
/* harmony export */ });
/* harmony import */ var _ask_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(97324);
/* harmony import */ var _id_token_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(96512);


/** Both the service and the audience of the ID tokens it takes; as docker/login-action v4.5 asks it (src/dockerhub.ts). */
const identity = 'https://identity.docker.com';
/** Exchanges an ID token of the job for an access token of Docker Hub (RFC 8693). @throws ActionError */
async function loginByIdToken(host, { username, connection }) {
    const subject = await (0,_id_token_js__WEBPACK_IMPORTED_MODULE_1__/* .askIdToken */ .K)(host, identity);
    const answer = await (0,_ask_js__WEBPACK_IMPORTED_MODULE_0__/* .askCloud */ .Pc)(host, "Docker's identity service", {
        url: `${identity}/oauth/token`,
        ...(0,_ask_js__WEBPACK_IMPORTED_MODULE_0__/* .form */ .Zd)({
            grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
            subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
            subject_token: subject,
            connection_id: connection.id,
            expires_in: String(connection.lifetime),
        }),
    });
    const failure = `Docker Hub gives ${username} no token for this job: check the rules of the OIDC connection ${connection.id}`;
    return { username, password: (0,_ask_js__WEBPACK_IMPORTED_MODULE_0__/* .secretField */ .T2)(host, answer, 'access_token', failure) };
}


/***/ }),

/***/ 96512:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ askIdToken)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);
/* harmony import */ var _ask_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(97324);


/**
 * An ID token of GitHub for this job and this audience (docs.github.com, "OpenID Connect reference").
 * @throws ActionError registry-unauthorized when the job gets none
 */
async function askIdToken(host, audience) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = host.env;
    if (!url || !token)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('registry-unauthorized', 'GitHub gives this job no ID token: it needs "permissions: id-token: write", which a pull request from a fork never gets.');
    const address = new URL(url);
    address.searchParams.set('audience', audience);
    const answer = await (0,_ask_js__WEBPACK_IMPORTED_MODULE_1__/* .askCloud */ .Pc)(host, "GitHub's ID token service", {
        method: 'GET',
        url: address.href,
        headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });
    return (0,_ask_js__WEBPACK_IMPORTED_MODULE_1__/* .secretField */ .T2)(host, answer, 'value', 'GitHub gives no ID token');
}


/***/ })

};
