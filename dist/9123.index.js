export const id = 9123;
export const ids = [9123];
export const modules = {

/***/ 29123:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  discover: () => (/* binding */ discover)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/smoke/sample.js
var sample = __webpack_require__(29703);
// EXTERNAL MODULE: ./lib/smoke/samples-of.js
var samples_of = __webpack_require__(58830);
;// CONCATENATED MODULE: ./lib/smoke/discover/fields.js
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** The object at a key of an object; an empty one where there is none. */
function objectAt(value, key) {
    const inside = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    return isObject(inside) ? inside : {};
}
/** The list at a key of an object; an empty one where there is none. */
function listAt(value, key) {
    const inside = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    return Array.isArray(inside) ? inside : [];
}
/** What `#/a/b` names in a document; references that lead to references are followed, but not in a circle. */
function resolved(schema, document) {
    let here = schema;
    for (let hops = 0; hops < 16 && isObject(here) && typeof here['$ref'] === 'string'; hops++) {
        const path = here['$ref'].startsWith('#/') ? here['$ref'].slice(2).split('/') : [''];
        here = path.reduce((value, part) => {
            const key = decodeURIComponent(part.replaceAll('~1', '/').replaceAll('~0', '~'));
            return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
        }, document);
    }
    return isObject(here) ? here : {};
}

;// CONCATENATED MODULE: ./lib/smoke/discover/inference-protocol.js


/** Elements of a tensor with a made-up shape, at most. */
const mostElements = 1 << 16;
function elementOf(datatype) {
    if (datatype === 'BOOL')
        return true;
    if (datatype === 'BYTES')
        return 'text';
    return /^(FP|BF)/.test(datatype) ? 0.5 : 1;
}
/**
 * A request made up from the metadata of a model in the Open Inference Protocol (`GET /v2/models/{model}`): each input with
 * its datatype and shape, one where any length is allowed. Undefined where the metadata does not say the inputs.
 */
function sampleFromMetadata(metadata, model, from) {
    const inputs = listAt(metadata, 'inputs').map((input) => {
        if (!isObject(input))
            return undefined;
        const { name, datatype } = input;
        const shape = listAt(input, 'shape').map((length) => (typeof length === 'number' && length > 0 ? length : 1));
        const elements = shape.reduce((product, length) => product * length, 1);
        if (typeof name !== 'string' || typeof datatype !== 'string' || elements > mostElements)
            return undefined;
        return { name, shape, datatype, data: Array.from({ length: elements }, () => elementOf(datatype)) };
    });
    if (inputs.length === 0 || inputs.includes(undefined))
        return undefined;
    const outputs = { type: 'object', required: ['outputs'], properties: { outputs: { type: 'array', minItems: 1 } } };
    return {
        name: from,
        request: {
            method: 'POST',
            path: `/v2/models/${encodeURIComponent(model)}/infer`,
            headers: sample/* jsonHeaders */.pF,
            body: JSON.stringify({ inputs }),
        },
        expect: { ...sample/* anyAnswer */.H2, schema: outputs },
        source: 'invented',
        from,
    };
}
/** Names of models in the answers of `POST /v2/repository/index` (MLServer, Triton) and `GET /v2/models` (KServe). */
function modelNames(answer) {
    const list = Array.isArray(answer) ? answer : listAt(answer, 'models');
    return list.flatMap((entry) => {
        if (typeof entry === 'string')
            return [entry];
        return isObject(entry) && typeof entry['name'] === 'string' ? [entry['name']] : [];
    });
}

;// CONCATENATED MODULE: ./lib/smoke/discover/generate.js

const deepest = 12;
const formats = {
    'date-time': '2024-01-15T12:00:00Z',
    date: '2024-01-15',
    time: '12:00:00Z',
    duration: 'PT1H',
    email: 'user@example.com',
    uuid: '123e4567-e89b-42d3-a456-426614174000',
    uri: 'https://example.com/',
    url: 'https://example.com/',
    hostname: 'example.com',
    ipv4: '192.0.2.1',
    ipv6: '2001:db8::1',
    byte: 'aGVsbG8=',
    binary: 'hello',
};
const finite = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
/** A number in the middle of what is allowed: borders are where models are worst. */
function numberFor(schema, whole) {
    const step = finite(schema['multipleOf']) ?? (whole ? 1 : 0);
    // OpenAPI 3.0 says true where 3.1 says the number.
    const exclusive = (key, border) => (schema[key] === true ? border : finite(schema[key]));
    const [minimum, maximum] = [finite(schema['minimum']), finite(schema['maximum'])];
    const [above, below] = [exclusive('exclusiveMinimum', minimum), exclusive('exclusiveMaximum', maximum)];
    const low = above ?? minimum;
    const high = below ?? maximum;
    const gap = step || 1;
    const plain = low !== undefined && high !== undefined
        ? (low + high) / 2
        : low !== undefined
            ? Math.max(low + gap, 1)
            : high !== undefined
                ? Math.min(high - gap, 1)
                : 1;
    if (step === 0)
        return plain;
    const stepped = Math.round(plain / step) * step;
    const tooHigh = high !== undefined && (below === undefined ? stepped > high : stepped >= high);
    const tooLow = low !== undefined && (above === undefined ? stepped < low : stepped <= low);
    return tooHigh ? stepped - step : tooLow ? stepped + step : stepped;
}
function textFor(schema) {
    const format = typeof schema['format'] === 'string' ? formats[schema['format']] : undefined;
    if (format !== undefined)
        return format;
    const [shortest, longest] = [finite(schema['minLength']) ?? 0, finite(schema['maxLength']) ?? Number.POSITIVE_INFINITY];
    return 'text'.padEnd(Math.min(shortest, 10_000), 'x').slice(0, longest);
}
/** The one that is used of anyOf, oneOf: the first that is not null, which stands for "may be left out". */
function choice(schema, document) {
    const options = [...listAt(schema, 'anyOf'), ...listAt(schema, 'oneOf')];
    return options.find((option) => resolved(option, document)['type'] !== 'null') ?? options[0];
}
/** What all parts of allOf ask for together, as far as objects go. */
function merged(schema, document, depth = 0) {
    const parts = listAt(schema, 'allOf');
    if (parts.length === 0 || depth > deepest)
        return schema;
    const all = [...parts.map((part) => merged(resolved(part, document), document, depth + 1)), schema];
    return {
        ...Object.fromEntries(all.flatMap((part) => Object.entries(part))),
        properties: Object.fromEntries(all.flatMap((part) => Object.entries(objectAt(part, 'properties')))),
        required: all.flatMap((part) => listAt(part, 'required')),
    };
}
/** An example that stands in a schema: `example`, the first of `examples`, `const`, `default`, the one value of an `enum`. */
function writtenIn(schema) {
    const [first] = listAt(schema, 'examples');
    const values = listAt(schema, 'enum');
    return schema['example'] ?? first ?? schema['const'] ?? schema['default'] ?? (values.length === 1 ? values[0] : undefined);
}
function typeOf(schema) {
    const type = Array.isArray(schema['type']) ? schema['type'].find((one) => one !== 'null') : schema['type'];
    if (typeof type === 'string')
        return type;
    if ('properties' in schema || 'additionalProperties' in schema)
        return 'object';
    return 'items' in schema || 'prefixItems' in schema ? 'array' : 'any';
}
/**
 * A value for a schema of OpenAPI or JSON Schema: what examples there are, else something plain in the middle of what is
 * allowed. Of an object only what is required, and what has an example; all of it where nothing is required.
 */
function generate(given, document, depth = 0) {
    const schema = merged(resolved(given, document), document);
    const written = writtenIn(schema);
    if (written !== undefined && written !== null)
        return { value: written, documented: true };
    if (depth > deepest)
        return { value: null, documented: false };
    const option = choice(schema, document);
    if (option !== undefined)
        return generate(option, document, depth + 1);
    const [value] = listAt(schema, 'enum');
    if (value !== undefined)
        return { value, documented: false };
    switch (typeOf(schema)) {
        case 'object':
            return objectFor(schema, document, depth);
        case 'array':
            return listFor(schema, document, depth);
        case 'integer':
            return { value: numberFor(schema, true), documented: false };
        case 'number':
            return { value: numberFor(schema, false), documented: false };
        case 'boolean':
            return { value: true, documented: false };
        case 'null':
            return { value: null, documented: false };
        case 'string':
            return { value: textFor(schema), documented: false };
        default:
            return { value: {}, documented: false };
    }
}
function objectFor(schema, document, depth) {
    const properties = Object.entries(objectAt(schema, 'properties'));
    const required = new Set(listAt(schema, 'required'));
    const wanted = properties.filter(([name, one]) => {
        if (required.size === 0 || required.has(name))
            return true;
        const own = merged(resolved(one, document), document);
        return own['example'] !== undefined || listAt(own, 'examples').length > 0;
    });
    if (wanted.length === 0 && isObject(schema['additionalProperties'])) {
        const inside = generate(schema['additionalProperties'], document, depth + 1);
        return { value: { key: inside.value }, documented: false };
    }
    const made = wanted.map(([name, one]) => [name, generate(one, document, depth + 1)]);
    return {
        value: Object.fromEntries(made.map(([name, one]) => [name, one.value])),
        documented: made.length > 0 && made.every(([, one]) => one.documented),
    };
}
function listFor(schema, document, depth) {
    const first = listAt(schema, 'prefixItems').map((item) => generate(item, document, depth + 1));
    const most = Math.min(finite(schema['maxItems']) ?? 1_000, 1_000);
    const length = Math.max(first.length, Math.min(Math.max(finite(schema['minItems']) ?? 1, 1), most));
    if (first.length >= length)
        return { value: first.map(({ value }) => value), documented: first.every(({ documented }) => documented) };
    const item = generate(schema['items'], document, depth + 1);
    const values = [...first.map(({ value }) => value), ...Array.from({ length: length - first.length }, () => item.value)];
    return { value: values, documented: false };
}

;// CONCATENATED MODULE: ./lib/smoke/discover/openapi.js



/** Never called by itself: what changes a service, or is not about its model. */
const unsafe = /(^|[/_\-:.])(admin|train|retrain|fit|finetune|delete|remove|drop|clear|purge|reset|shutdown|stop|kill|restart|reload|load|unload|update|upgrade|register|signup|login|logout|token|auth|oauth|password|users?|upload|import|export|feedback|webhooks?|callback|config|settings|migrate|deploy|promote|rollback|cancel|subscribe|notify|email|send|pay|orders?|jobs?|cache|metrics|logs?|health|ready|live)([/_\-:.]|$)/i;
const usual = [
    'predict',
    'predictions',
    'invocations',
    'infer',
    'inference',
    'score',
    'classify',
    'generate',
    'embed',
    'embeddings',
    'summarize',
    'detect',
    'forecast',
];
/** How likely an operation is the prediction, least first; undefined: not to be called. */
function rank(path, predictPath) {
    if (path === predictPath)
        return -1;
    if (unsafe.test(path))
        return undefined;
    const words = path.toLowerCase().split(/[/_\-:.]/);
    const found = usual.findIndex((word) => words.includes(word));
    return found < 0 ? usual.length : found;
}
const jsonContent = (holder) => {
    const content = objectAt(holder, 'content');
    const type = Object.keys(content).find((name) => /^application\/([\w.+-]+\+)?json\b/i.test(name));
    return type === undefined ? undefined : objectAt(content, type);
};
/** A parameter's value where somebody has written one; the path can only be called with all of them. */
function pathWith(path, operation, item, document) {
    const parameters = [...listAt(item, 'parameters'), ...listAt(operation, 'parameters')].map((one) => resolved(one, document));
    let filled = path;
    const query = [];
    for (const parameter of parameters) {
        const { in: where, name, required } = parameter;
        if (typeof name !== 'string' || (required !== true && where !== 'path'))
            continue;
        const example = parameter['example'] ?? generate(parameter['schema'], document).value;
        const written = parameter['example'] !== undefined || generate(parameter['schema'], document).documented;
        if (!written || (typeof example !== 'string' && typeof example !== 'number'))
            return undefined;
        if (where === 'path')
            filled = filled.replace(`{${name}}`, encodeURIComponent(String(example)));
        else if (where === 'query')
            query.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(example))}`);
        else
            return undefined;
    }
    if (filled.includes('{'))
        return undefined;
    return query.length > 0 ? `${filled}?${query.join('&')}` : filled;
}
/** The examples that stand at the media type, the best proof of what a service takes; else a value for its schema. */
function bodiesOf(media, document) {
    if (media['example'] !== undefined)
        return [{ value: media['example'], documented: true }];
    const named = Object.entries(objectAt(media, 'examples')).flatMap(([name, one]) => {
        const { value } = resolved(one, document);
        return value === undefined ? [] : [{ name, value, documented: true }];
    });
    if (named.length > 0)
        return named;
    const schema = resolved(media['schema'], document);
    const examples = listAt(schema, 'examples');
    if (examples.length > 0)
        return examples.map((value) => ({ value, documented: true }));
    return [generate(media['schema'], document)];
}
/** The schema of the good answer, with what its references lead to; undefined where it says nothing. */
function answerSchema(operation, document) {
    const responses = objectAt(operation, 'responses');
    const status = ['200', '201', '2XX', '2xx', 'default'].find((code) => Object.hasOwn(responses, code));
    const media = status === undefined ? undefined : jsonContent(resolved(responses[status], document));
    const schema = media?.['schema'];
    if (!isObject(schema) || Object.keys(schema).length === 0)
        return undefined;
    const definitions = objectAt(document, 'components');
    return { ...schema, ...(Object.keys(definitions).length > 0 ? { components: definitions } : {}) };
}
/** So many documented examples are asked. */
const mostExamples = 5;
/**
 * Samples for the operation of an OpenAPI document (3.0, 3.1) that is most likely the prediction: its documented examples,
 * else one request that is made up from its schema. Answers are held against the schema of its 2xx. None where no operation
 * can be called.
 */
function samplesFromOpenApi(document, predictPath, from) {
    const operations = Object.entries(objectAt(document, 'paths')).flatMap(([path, item]) => {
        const operation = objectAt(item, 'post');
        return Object.keys(operation).length > 0 ? [{ path, method: 'POST', operation }] : [];
    });
    const ranked = operations
        .flatMap((one) => {
        const order = rank(one.path, predictPath);
        return order === undefined || one.operation['deprecated'] === true ? [] : [{ ...one, order }];
    })
        .toSorted((a, b) => a.order - b.order);
    for (const { path, method, operation } of ranked) {
        const media = jsonContent(resolved(operation['requestBody'], document));
        const item = objectAt(objectAt(document, 'paths'), path);
        const called = media ? pathWith(path, operation, item, document) : undefined;
        if (!media || called === undefined)
            continue;
        const schema = answerSchema(operation, document);
        return bodiesOf(media, document)
            .slice(0, mostExamples)
            .map(({ value, documented, ...named }, index) => ({
            name: 'name' in named && named.name ? named.name : documented ? `example${index === 0 ? '' : ` ${index + 1}`}` : 'made up',
            request: { method, path: called, headers: sample/* jsonHeaders */.pF, body: JSON.stringify(value) },
            expect: { ...sample/* anyAnswer */.H2, ...(schema === undefined ? {} : { schema }) },
            source: documented ? 'documented' : 'invented',
            from,
        }));
    }
    return [];
}

;// CONCATENATED MODULE: ./lib/smoke/discover/discover.js





/** What a description of a service is waited for (ms), and read to (bytes). */
const patienceMs = 5_000;
const largest = 8 << 20;
/** FastAPI, LitServe, KServe, cog; BentoML; flasgger. */
const descriptions = ['/openapi.json', '/docs.json', '/apispec_1.json'];
/** Where the model is in an image of mlflow. */
const mlflowModels = ['/opt/ml/model', '/model'];
/** JSON of a 2xx; undefined for anything else. */
async function fetchJson(host, url, method = 'GET') {
    try {
        const body = method === 'POST' ? { body: '{}', headers: sample/* jsonHeaders */.pF } : { headers: { accept: 'application/json' } };
        const answer = await host.request({ method, url, ...body, timeoutMs: patienceMs, maxBytes: largest });
        return answer.status >= 200 && answer.status < 300 ? JSON.parse(new TextDecoder().decode(answer.body)) : undefined;
    }
    catch {
        return undefined;
    }
}
async function fromDescriptions(host, baseUrl, predictPath) {
    for (const path of descriptions) {
        const document = await fetchJson(host, baseUrl + path);
        const samples = document === undefined ? [] : samplesFromOpenApi(document, predictPath, path);
        if (samples.length > 0)
            return samples;
    }
    return [];
}
/** What cog has written of the model into the image. */
const cogLabels = ['run.cog.openapi_schema', 'org.cogmodel.openapi_schema'];
function fromLabels({ labels }, predictPath) {
    for (const name of cogLabels) {
        try {
            const samples = samplesFromOpenApi(JSON.parse(labels[name] ?? 'null'), predictPath, `label ${name}`);
            if (samples.length > 0)
                return samples;
        }
        catch {
            // Another's label of that name.
        }
    }
    return [];
}
/** The Open Inference Protocol: the model that predict-path names, else the first that the server lists. */
async function fromProtocol(host, baseUrl, predictPath) {
    const [, named] = /^\/v2\/models\/([^/]+)\//.exec(predictPath) ?? [];
    const listed = async () => modelNames((await fetchJson(host, `${baseUrl}/v2/repository/index`, 'POST')) ?? (await fetchJson(host, `${baseUrl}/v2/models`)) ?? []);
    const model = named ?? (await listed())[0];
    if (model === undefined)
        return [];
    const path = `/v2/models/${model}`;
    const metadata = await fetchJson(host, baseUrl + path);
    const sample = metadata === undefined ? undefined : sampleFromMetadata(metadata, model, path);
    return sample ? [sample] : [];
}
/** The example that mlflow wrote beside the model, out of the container: `docker cp` needs no shell in it. */
async function fromMlflow(host, container, env) {
    const folder = host.files.makeTemp('example');
    host.leave({ kind: 'folder', path: folder });
    try {
        for (const model of mlflowModels) {
            const from = `${model}/serving_input_example.json`;
            const to = (0,external_node_path_.join)(folder, 'example.json');
            const { exitCode } = await host.capture({ argv: ['docker', 'cp', `${container.name}:${from}`, to], env });
            const body = exitCode === 0 ? host.files.readUntrusted(to) : undefined;
            if (body === undefined)
                continue;
            JSON.parse(body);
            const request = { method: 'POST', path: '/invocations', headers: sample/* jsonHeaders */.pF, body: body.trim() };
            return [{ name: from, request, expect: sample/* anyAnswer */.H2, source: 'documented', from }];
        }
    }
    catch {
        // No example that can be used: as if there were none.
    }
    finally {
        host.files.remove(folder);
    }
    return [];
}
const isMlflow = ({ env, command }) => 'MLFLOW_DISABLE_ENV_CREATION' in env || /\bmlflow\b/.test(command.join(' '));
/**
 * Samples for a service whose user has given none: what it documents of itself, then a request that lies in the repository,
 * then one that is made up. Empty where nothing is to be found. Never throws.
 */
async function discover(host, container, predictPath, found, config, env) {
    const example = isMlflow(config) ? await fromMlflow(host, container, env) : [];
    if (example.length > 0)
        return example;
    const foundBody = found && (0,samples_of/* atPath */.Z$)(found, predictPath);
    const served = await fromDescriptions(host, container.baseUrl, predictPath);
    const described = served.length > 0 ? served : fromLabels(config, predictPath);
    if (described.some(({ source }) => source === 'documented'))
        return described;
    const [guess] = described;
    // A found body belongs to the path that the description leads to, if it is one for any path.
    if (foundBody)
        return [
            guess && foundBody.request.path === predictPath
                ? { ...guess, ...foundBody, request: { ...foundBody.request, path: guess.request.path } }
                : foundBody,
        ];
    return guess ? [guess] : await fromProtocol(host, container.baseUrl, predictPath);
}


/***/ })

};
