export const id = 8382;
export const ids = [8382];
export const modules = {

/***/ 88382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cloudToken: () => (/* binding */ cloudToken)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);

const credentialsOf = (keys) => (keys ? { credentials: { accessKeyId: keys.id, secretAccessKey: keys.secret } } : {});
/** `AWS:password`, in base64. */
function ecrLogin(token, expires) {
    const [, username = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(token ?? '', 'base64').toString()) ?? [];
    if (password === '')
        throw new Error('the answer holds no authorization token');
    return { username, password, ...(expires ? { expiresAt: expires.getTime() } : {}) };
}
async function askEcr(region, fips, keys) {
    const { ECRClient, GetAuthorizationTokenCommand } = await Promise.all(/* import() */[__webpack_require__.e(5861), __webpack_require__.e(8249)]).then(__webpack_require__.t.bind(__webpack_require__, 28249, 19));
    const client = new ECRClient({ region, useFipsEndpoint: fips, ...credentialsOf(keys) });
    const { authorizationData: [data] = [] } = await client.send(new GetAuthorizationTokenCommand({}));
    return ecrLogin(data?.authorizationToken, data?.expiresAt);
}
/** The public registry has its API in one region alone. */
const publicRegion = 'us-east-1';
async function askEcrPublic(keys) {
    const { ECRPUBLICClient, GetAuthorizationTokenCommand } = await Promise.all(/* import() */[__webpack_require__.e(5861), __webpack_require__.e(9821)]).then(__webpack_require__.t.bind(__webpack_require__, 29821, 19));
    const client = new ECRPUBLICClient({ region: publicRegion, ...credentialsOf(keys) });
    const { authorizationData: data } = await client.send(new GetAuthorizationTokenCommand({}));
    return ecrLogin(data?.authorizationToken, data?.expiresAt);
}
/** The name that an access token goes by (cloud.google.com/artifact-registry/docs/docker/authentication). */
const googleUser = 'oauth2accesstoken';
const googleScopes = ['https://www.googleapis.com/auth/cloud-platform'];
/** The client for a kind of credentials. By its own class where there is one for us: the general way warns of every file it reads. */
async function googleClient(file) {
    const { GoogleAuth, IdentityPoolClient, JWT } = await __webpack_require__.e(/* import() */ 492).then(__webpack_require__.t.bind(__webpack_require__, 492, 19));
    const told = JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8'));
    const { client_email: email, private_key: key, private_key_id: keyId } = told;
    if (told.type === 'service_account' && email && key)
        return new JWT({ email, key, ...(keyId ? { keyId } : {}), scopes: googleScopes });
    const source = told.credential_source ?? {};
    if (told.type === 'external_account' && ('url' in source || 'file' in source))
        return new IdentityPoolClient({ ...told, scopes: googleScopes });
    return await new GoogleAuth({ keyFilename: file, scopes: googleScopes }).getClient();
}
async function askGoogle(file) {
    const { token } = await (await googleClient(file)).getAccessToken();
    if (!token)
        throw new Error('the answer holds no access token');
    return { username: googleUser, password: token };
}
/** Asks a cloud by its own library, each loaded when it is asked. */
async function cloudToken(asked) {
    switch (asked.kind) {
        case 'ecr':
            return await askEcr(asked.region, asked.fips, asked.keys);
        case 'ecr-public':
            return await askEcrPublic(asked.keys);
        case 'google':
            return await askGoogle(asked.file);
    }
}


/***/ })

};
