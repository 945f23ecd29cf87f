export const id = 7762;
export const ids = [7762];
export const modules = {

/***/ 37762:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createSearch: () => (/* binding */ createSearch),
/* harmony export */   previousOf: () => (/* binding */ previousOf),
/* harmony export */   v: () => (/* binding */ findPrevious)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2521);
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89916);
/* harmony import */ var _publish_held_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7200);
/* harmony import */ var _publish_pedigree_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(61272);
/* harmony import */ var _registry_digest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(82895);
/* harmony import */ var _registry_open_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(60951);
/* harmony import */ var _registry_registry_error_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(21583);







/**
 * Where the image before this one is: under the tags that this run would move, then under `latest` and the default branch.
 * A pull request is compared with what it goes into, and not with what it was itself.
 */
function previousOf({ names, tags, event }) {
    const [name] = names;
    if (!name)
        return undefined;
    const moving = event.ref.kind === 'pull' ? [] : tags.flatMap((tag) => (tag.moves ? [tag.name] : []));
    const branch = event.defaultBranch && /^\w[\w.-]{0,127}$/.test(event.defaultBranch) ? [event.defaultBranch] : [];
    return { name, references: [...new Set([...moving, 'latest', ...branch])] };
}
/**
 * Asks the registry for the image before this one, with a login for reading. What it does not show us is not there; a
 * registry that does not answer is an error where the run is to push there, as a gate cannot be judged then.
 * @throws ActionError
 */
async function findPrevious(host, plan, wanted, env) {
    const { name, references } = wanted;
    try {
        const { client } = await (0,_registry_open_js__WEBPACK_IMPORTED_MODULE_5__/* .openRepository */ .h_)(host, plan.access, name, env, 'pull');
        for (const reference of references) {
            const manifest = await client.getManifest(reference);
            if (!manifest)
                continue;
            const text = `${(0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__/* .nameText */ .fh)(name)}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
            // What is no image of a container has no labels.
            const { labels, architecture } = await (0,_publish_held_js__WEBPACK_IMPORTED_MODULE_2__/* .saidBy */ .TT)(client, manifest).catch((error) => {
                if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ)
                    throw error;
                return { labels: {}, architecture: undefined };
            });
            // Labels of a base image are inherited: those of another repository are not the image's own.
            const own = (0,_publish_pedigree_js__WEBPACK_IMPORTED_MODULE_3__/* .areOwn */ .Vb)(labels, (0,_publish_pedigree_js__WEBPACK_IMPORTED_MODULE_3__/* .sourceOf */ .vz)(plan.labels)) ? labels : {};
            const machine = architecture === undefined ? {} : { architecture };
            return { kind: 'found', image: { name, reference: text, digest: (0,_registry_digest_js__WEBPACK_IMPORTED_MODULE_4__/* .digestOf */ .o)(manifest.body), manifest, labels: own, ...machine, client } };
        }
        return { kind: 'none', why: `${(0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__/* .nameText */ .fh)(name)} has no image before this one (${references.join(', ')})` };
    }
    catch (error) {
        if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ))
            throw error;
        // It does not have it, or not for us: so it is before a first release.
        if (plan.push.push && !(0,_registry_registry_error_js__WEBPACK_IMPORTED_MODULE_6__/* .isClosed */ .Lx)(error))
            throw error;
        return { kind: 'none', why: `the image before this one cannot be read: ${error.message}` };
    }
}
/** Asks for the image before this one, once, whoever wants to know. */
function createSearch(host, plan, wanted, env) {
    let asked;
    return () => {
        asked ??= wanted ? findPrevious(host, plan, wanted, env) : Promise.resolve({ kind: 'none', why: 'there is no name to look under' });
        // Nobody may be waiting for it yet when it fails.
        asked.catch(() => undefined);
        return asked;
    };
}


/***/ })

};
