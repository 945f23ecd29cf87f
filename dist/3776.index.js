export const id = 3776;
export const ids = [3776];
export const modules = {

/***/ 13776:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  renderPage: () => (/* binding */ renderPage)
});

// EXTERNAL MODULE: ./lib/report/gain.js
var report_gain = __webpack_require__(85639);
;// CONCATENATED MODULE: ./lib/report/page/html.js
/** Longest single text (characters): what is longer is a block of its own, or not for a page. */
const longestText = 1_000;
const longestBlock = 20_000;
const mostLines = 500;
/** Markup of one list (characters). */
const longestList = 64_000;
const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** What nobody sees and what changes how the rest is read: control characters, and those that turn the direction of writing. */
const unseen = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
/** Text for between tags and within quotes. */
function escapeHtml(text) {
    return text
        .toWellFormed()
        .replace(/\r\n?/g, '\n')
        .replace(unseen, '\ufffd')
        .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
function clipped(text, most = longestText) {
    return text.length > most ? `${text.slice(0, most)}...` : text;
}
function markupOf(part) {
    if (part === undefined)
        return '';
    if (typeof part === 'number')
        return String(part);
    if (typeof part === 'string')
        return escapeHtml(clipped(part));
    return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
}
/** A template of markup; what is put into it is escaped and cut unless it is markup itself. */
function html(texts, ...parts) {
    return { markup: texts.map((text, index) => text + markupOf(parts[index])).join('') };
}
const nothing = { markup: '' };
/** Lines as they are, in a box of their own. */
function block(lines) {
    const shown = lines.slice(0, mostLines).map((line) => clipped(line, longestBlock));
    const text = clipped(shown.join('\n'), longestBlock);
    return html `<pre tabindex="0">${{ markup: `\n${escapeHtml(text)}` }}</pre>`;
}
/** The first of many, at most so many; what is left out is counted. */
function listed(items, most, render) {
    const shown = [];
    let length = 0;
    for (const item of items.slice(0, most)) {
        if (length > longestList)
            break;
        const one = render(item);
        length += one.markup.length;
        shown.push(one);
    }
    return { shown, left: items.length - shown.length };
}
/** What is said of those that are left out. */
function leftText(left, what) {
    return left > 0 ? html `<p class="note">and ${left} more ${what}, in the report file</p>` : nothing;
}
/** A link where the address is one of the web, else the text alone: an address may be anybody's. */
function html_link(address, text) {
    return address !== undefined && /^https:\/\/[^\s"'<>]+$/.test(address) && address.length <= longestText
        ? html `<a href="${address}" rel="noreferrer">${text}</a>`
        : html `${text}`;
}
/** A part of the page under its heading. */
function section(name, heading, content) {
    return html `<section aria-labelledby="${name}"><h2 id="${name}">${heading}</h2>${content}</section>`;
}

;// CONCATENATED MODULE: ./lib/report/page/advice.js


const mostAdvice = 40;
const mostChecks = 50;
const longestFix = 4_000;
const place = (at) => (at ? html ` <code>${at.file}:${at.line}</code>` : nothing);
const kinds = { '+': 'added', '-': 'removed', '@': 'hunk' };
/** The lines of a unified diff, each after its kind; signs stay, so that it can be read without colours. */
function diff(text) {
    const lines = clipped(text, longestFix)
        .trimEnd()
        .split('\n')
        .filter((line) => !/^(---|\+\+\+) /.test(line))
        .map((line) => html `<span class="${kinds[line.charAt(0)] ?? 'same'}">${line}</span>`);
    return html `<pre tabindex="0" class="diff">${lines}</pre>`;
}
function advised({ rule, message, why, at, fix, gain }) {
    return html `<li><p><span class="gain">${(0,report_gain/* gainText */.N)(gain)}</span> <span class="strong">${message}</span>${place(at)}</p><p>${why} <span class="note">${rule}</span></p>${fix === undefined ? nothing : html `<details open><summary>How</summary>${diff(fix)}</details>`}</li>`;
}
function checked({ rule, message, url, at }) {
    return html `<li><p>${html_link(url, rule)} ${message}${place(at)}</p></li>`;
}
/** What could be better, the greatest gain first, with the way there. */
function adviceSection(advice = []) {
    if (advice.length === 0)
        return nothing;
    const { shown, left } = listed(advice, mostAdvice, advised);
    return section('advice', 'Advice', [html `<ul class="plain">${shown}</ul>`, leftText(left, 'pieces of advice')]);
}
/** What BuildKit's own checks found. */
function checksSection(checks) {
    if (checks.length === 0)
        return nothing;
    const { shown, left } = listed(checks, mostChecks, checked);
    return section('checks', 'Checks of the Dockerfile', [html `<ul class="plain">${shown}</ul>`, leftText(left, 'findings')]);
}

// EXTERNAL MODULE: ./lib/amounts.js
var amounts = __webpack_require__(8790);
;// CONCATENATED MODULE: ./lib/report/page/scale.js
/** A share of a width, as SVG has it, with two decimals; what is no number is nothing. */
function percent(share) {
    const bounded = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
    return `${Math.round(bounded * 10_000) / 100}%`;
}
/** `part` of `whole`, 0 where there is no whole. */
function shareOf(part, whole) {
    return whole > 0 && Number.isFinite(part) ? part / whole : 0;
}
const roundSteps = [1, 2, 5, 10];
/** Steps of a clock (ms): 1 s to a minute and on. */
const clockSteps = [1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000];
/** The smallest of 1, 2, 5 times a power of ten that is not below. */
function roundStep(least) {
    if (!(least > 0) || !Number.isFinite(least))
        return 1;
    const power = 10 ** Math.floor(Math.log10(least));
    return power * (roundSteps.find((step) => step * power >= least * 0.999_999) ?? 10);
}
function upTo(most, step) {
    const count = Math.min(20, Math.floor(most / step + 1e-9));
    return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}
/** How far apart the lines of a scale from 0 to `most` (ms) stand, so that there are few: whole seconds or minutes where it is long. */
function timeStep(most) {
    return (most < 6_000 ? undefined : clockSteps.find((step) => most / step <= 7)) ?? roundStep(most / 6);
}
/** Where they stand, at most eight. */
function timeTicks(most) {
    return most > 0 && Number.isFinite(most) ? upTo(most, timeStep(most)) : [0];
}
/** The same for plain numbers. */
function ticks(most) {
    return most > 0 && Number.isFinite(most) ? upTo(most, roundStep(most / 7)) : [0];
}
/** A time on a scale, short. */
function tickText(ms) {
    if (ms === 0)
        return '0';
    if (ms < 1_000)
        return `${Number(ms.toPrecision(3))} ms`;
    if (ms < 60_000)
        return `${Number((ms / 1_000).toPrecision(3))} s`;
    const rest = Math.round((ms % 60_000) / 1_000);
    return `${Math.floor(ms / 60_000)} min${rest === 0 ? '' : ` ${rest} s`}`;
}

;// CONCATENATED MODULE: ./lib/report/page/table.js

/** A row, its cells in the order of the columns; the first says what it is about. */
function row(columns, [first, ...cells]) {
    const others = cells.map((cell, index) => {
        const { name, kind } = columns[index + 1] ?? { name: '', kind: 'long' };
        const empty = cell.markup === '' ? ' empty' : '';
        return html `<td class="${kind}${empty}" data-name="${name}">${cell}</td>`;
    });
    return html `<tr><th scope="row" class="${columns[0]?.kind ?? 'name'}">${first ?? nothing}</th>${others}</tr>`;
}
/** Rows under the names of their columns; nothing where there is no row. */
function table(columns, rows) {
    if (rows.length === 0)
        return nothing;
    const heads = columns.map(({ name, kind }) => html `<th scope="col" class="${kind}">${name}</th>`);
    return html `<table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
}

;// CONCATENATED MODULE: ./lib/report/page/comparison.js




const mostChanges = 30;
const models = {
    same: 'The model is the same',
    changed: 'The model has changed',
    unknown: 'Whether the model has changed is not known',
};
/** Of a change of a number what it is of the number before: -1 is the whole of it. */
function relative({ previous, delta }) {
    if (delta === undefined)
        return undefined;
    const before = Math.abs(Number(previous));
    return before > 0 ? delta / before : Math.sign(delta);
}
/** To the left what is less, to the right what is more; the whole width is as much as the largest of all. */
function lane(change, largest) {
    const share = relative(change);
    if (share === undefined || largest === 0)
        return nothing;
    const half = (Math.min(Math.abs(share), largest) / largest) * 0.5;
    return html `<svg class="lane" aria-hidden="true" width="100%" height="14"><rect class="bar ${share < 0 ? 'less' : 'more'}" x="${percent(share < 0 ? 0.5 - half : 0.5)}" y="1" width="${percent(Math.max(half, 0.003))}" height="12"></rect><line class="axis" x1="50%" x2="50%" y1="0" y2="14"></line></svg>`;
}
const columns = [
    { name: 'Sample', kind: 'name' },
    { name: 'Before and now', kind: 'value' },
    { name: 'Change', kind: 'number' },
    { name: 'Less or more', kind: 'picture' },
];
function changeRow(change, largest) {
    const { sample, path, previous, now, delta } = change;
    const share = relative(change);
    const part = share === undefined || Number(previous) === 0 ? '' : ` (${(0,amounts/* signed */.x8)(share * 100, (amount) => `${Number(amount.toPrecision(2))} %`)})`;
    const told = delta === undefined ? 'another value' : `${(0,amounts/* signed */.x8)(delta, amounts/* numberText */.$4)}${part}`;
    return row(columns, [html `${sample} <code>${path}</code>`, html `${previous} \u2192 ${now}`, html `${told}`, lane(change, largest)]);
}
/** Where the answers of this image are not those of the other. */
function comparisonSection(comparison) {
    if (!comparison || comparison.samples === 0)
        return nothing;
    const { with: reference, model, samples, differing, changes = [], ignored } = comparison;
    const largest = Math.max(0, ...changes.map((change) => Math.abs(relative(change) ?? 0)));
    const { shown, left } = listed(changes, mostChanges, (change) => changeRow(change, largest));
    const found = differing === 0 ? 'agree with' : `differ in ${differing} of ${(0,amounts/* count */.U9)(samples, 'sample')} from`;
    const among = differing === 0 ? ` in ${(0,amounts/* count */.U9)(samples, 'sample')}` : '';
    const out = ignored.length > 0 ? html `<p class="note">Left out, as they differ from call to call: ${ignored.slice(0, 10).join(', ')}</p>` : nothing;
    return section('comparison', 'Predictions against the image before', [
        html `<p>The predictions ${found} <code>${reference}</code>${among}. ${models[model]}.</p>`,
        table(columns, shown),
        leftText(left, 'changes'),
        out,
    ]);
}

;// CONCATENATED MODULE: ./lib/report/page/latency.js



const barsTop = 66;
const barsHeight = 110;
const labelHeight = 18;
const axisHeight = 24;
const bins = 40;
/** Calls by how long they took: bins of a round width (ms) from 0 to `most`; what took longer is not in one. */
function binned(times, most) {
    const width = roundStep(most / bins);
    const count = most > 0 ? Math.max(1, Math.ceil(most / width - 1e-9)) : 1;
    const counts = new Array(count).fill(0);
    for (const time of times) {
        const index = Math.min(count - 1, Math.floor(time / width));
        if (time >= 0 && time <= most)
            counts[index] = (counts[index] ?? 0) + 1;
    }
    return counts.map((found, index) => ({ from: index * width, to: (index + 1) * width, count: found }));
}
/** A day (ms): nothing that was measured is longer. */
const longest = 86_400_000;
/** The end of the scale: one call that took very long does not push all others into a corner. */
function endOf(times, percentiles) {
    const usual = Math.max(...percentiles, 0.1);
    const slowest = Math.max(usual, ...times);
    return (slowest > 3 * usual ? 1.5 * usual : slowest) * 1.02;
}
const measurable = (ms) => ms !== null && ms >= 0 && ms <= longest;
function marksOf({ p50, p95, p99 }) {
    const all = [
        { name: 'p50', at: p50 },
        { name: 'p95', at: p95 },
        { name: 'p99', at: p99 },
    ];
    return all.flatMap(({ name, at }) => (measurable(at) ? [{ name, at }] : []));
}
/** Lines first, so that no label is crossed by one; each label in a row of its own, so that those that are close do not meet. */
function markLine({ at }, index, most) {
    const x = percent(shareOf(at, most));
    return html `<line class="mark" x1="${x}" x2="${x}" y1="${3 + index * labelHeight}" y2="${barsTop + barsHeight}"></line>`;
}
function markLabel({ name, at }, index, most) {
    const share = shareOf(at, most);
    const [side, shift] = share > 0.6 ? ['end', -5] : ['start', 5];
    return html `<text x="${percent(share)}" dx="${shift}" y="${12 + index * labelHeight}" text-anchor="${side}"><tspan class="strong">${name}</tspan> ${(0,amounts/* callText */.WT)(at)}</text>`;
}
function histogram(found, most) {
    const highest = Math.max(1, ...found.map(({ count }) => count));
    return found
        .filter(({ count }) => count > 0)
        .map(({ from, to, count }) => {
        const height = Math.max(2, Math.round(shareOf(count, highest) * barsHeight));
        const [left, right] = [shareOf(from, most), Math.min(1, shareOf(to, most))];
        return html `<rect class="bar own" x="${percent(left)}" y="${barsTop + barsHeight - height}" width="${percent(Math.max(right - left - 0.002, 0.001))}" height="${height}"></rect>`;
    });
}
function axis(most) {
    const bottom = barsTop + barsHeight;
    const labels = ticks(most).map((at) => {
        const share = shareOf(at, most);
        const side = share < 0.05 ? 'start' : share > 0.95 ? 'end' : 'middle';
        return html `<text class="tick" x="${percent(share)}" y="${bottom + 16}" text-anchor="${side}">${at === 0 ? '0' : tickText(at)}</text>`;
    });
    return [html `<line class="axis" x1="0" x2="100%" y1="${bottom}" y2="${bottom}"></line>`, ...labels];
}
/** How long repeated predictions took: a histogram where each call is known, else the percentiles alone. */
function picture(warm) {
    const marks = marksOf(warm);
    if (marks.length === 0)
        return nothing;
    const times = (warm.times ?? []).filter(measurable);
    const most = endOf(times, marks.map(({ at }) => at));
    const beyond = times.filter((time) => time > most);
    const told = marks.map(({ name, at }) => `${name} ${(0,amounts/* callText */.WT)(at)}`).join(', ');
    const drawn = times.length > 0 ? histogram(binned(times, most), most) : [];
    const rest = beyond.length > 0
        ? html `<p class="note">${(0,amounts/* count */.U9)(beyond.length, 'call')} took longer than the scale shows, up to ${(0,amounts/* callText */.WT)(Math.max(...beyond))}.</p>`
        : nothing;
    return html `<figure><svg role="img" aria-labelledby="latency-title latency-desc" width="100%" height="${barsTop + barsHeight + axisHeight}"><title id="latency-title">How long a warm prediction takes</title><desc id="latency-desc">${told}</desc>${axis(most)}${drawn}${marks.map((one, index) => markLine(one, index, most))}${marks.map((one, index) => markLabel(one, index, most))}</svg></figure>${rest}`;
}
/** What it takes to run the image: start, first and repeated predictions, memory. */
function latencySection(measured) {
    const warm = measured?.warm;
    if (!measured || !warm)
        return nothing;
    const failed = warm.failed > 0 ? html ` <span class="strong">${warm.failed} failed.</span>` : nothing;
    const first = measured.firstPredict === undefined ? '' : `, the first prediction took ${(0,amounts/* callText */.WT)(measured.firstPredict)}`;
    const memory = measured.peakMemory === undefined ? '' : `; the container had ${(0,amounts/* bytesText */.pV)(measured.peakMemory)} of memory at most`;
    return section('latency', 'Latency', [
        html `<p>The sample was asked ${warm.calls === 1 ? 'once more' : `${warm.calls} times more`}, one call at a time.${failed} The container was ready after ${(0,amounts/* timeText */.Tc)(measured.coldStart)}${first}${memory}.</p>`,
        picture(warm),
    ]);
}

;// CONCATENATED MODULE: ./lib/report/page/bars.js


function barRow({ label, code, note, value, share, kind }) {
    const name = code ? html `<code>${label}</code>` : html `${label}`;
    return html `<li><span class="label">${name}${note === undefined ? undefined : html ` <span class="note">${note}</span>`}</span><svg class="lane" aria-hidden="true" width="100%" height="12"><rect class="bar ${kind}" width="${percent(Math.max(share, 0.003))}" height="12" rx="2"></rect></svg><span class="value">${value}</span></li>`;
}
/** Bars below each other, each with its name and its value beside it; on a narrow screen above it. */
function bars(all, most, what) {
    const { shown, left } = listed(all, most, barRow);
    return [html `<ul class="bars">${shown}</ul>`, leftText(left, what)];
}

;// CONCATENATED MODULE: ./lib/report/page/layers.js




const mostLayers = 25;
const longestInstruction = 120;
function barOf({ instruction, bytes, own, isNew, at }, largest) {
    const notes = [...(isNew ? ['new'] : []), ...(own ? [] : ['base image']), ...(at ? [`${at.file}:${at.line}`] : [])];
    return {
        label: clipped(instruction.replace(/\s+/g, ' ').trim() || 'layer without an instruction', longestInstruction),
        code: true,
        ...(notes.length > 0 ? { note: notes.join(', ') } : {}),
        value: (0,amounts/* bytesText */.pV)(bytes),
        share: shareOf(bytes, largest),
        kind: isNew ? 'new' : own ? 'own' : 'base',
    };
}
/** One bar for the layers that nobody here has made. */
function baseBar(layers, largest) {
    const bytes = layers.reduce((sum, layer) => sum + layer.bytes, 0);
    const fresh = layers.filter(({ isNew }) => isNew).length;
    if (layers.length === 0)
        return [];
    return [
        {
            label: 'Base image',
            note: `${(0,amounts/* count */.U9)(layers.length, 'layer')}${fresh > 0 ? `, ${fresh} new` : ''}`,
            value: (0,amounts/* bytesText */.pV)(bytes),
            share: shareOf(bytes, largest),
            kind: 'base',
        },
    ];
}
const sum = (layers) => layers.reduce((bytes, layer) => bytes + layer.bytes, 0);
function introduction({ platform, bytes, layers, previous }) {
    const fresh = layers.filter(({ isNew }) => isNew);
    const known = layers.some(({ isNew }) => isNew !== undefined);
    const change = previous ? bytes - previous.bytes : 0;
    const before = previous
        ? html `, ${change === 0 ? 'as much as' : html `<span class="strong">${(0,amounts/* signed */.x8)(change, amounts/* bytesText */.pV)}</span> against`} <code>${previous.reference}</code> (${(0,amounts/* bytesText */.pV)(previous.bytes)})`
        : nothing;
    const pull = known
        ? html ` Who has that one pulls ${fresh.length === 0 ? 'no layer' : html `${(0,amounts/* count */.U9)(fresh.length, 'layer')}, <span class="strong">${(0,amounts/* bytesText */.pV)(sum(fresh))}</span>`}.`
        : nothing;
    return html `<p>${platform === undefined ? '' : `${platform}: `}${(0,amounts/* bytesText */.pV)(bytes)} compressed in ${(0,amounts/* count */.U9)(layers.length, 'layer')}${before}.${pull}</p>`;
}
/** What an image weighs: each layer of its own by the instruction that made it, those of its base as one. */
function layersSection(size) {
    if (!size || size.layers.length === 0)
        return nothing;
    const base = size.layers.filter(({ own }) => !own);
    const own = size.layers.filter((layer) => layer.own);
    const largest = Math.max(sum(base), ...own.map(({ bytes }) => bytes));
    const all = [...baseBar(base, largest), ...own.map((layer) => barOf(layer, largest))];
    return section('layers', 'Layers', [introduction(size), ...bars(all, mostLayers, 'layers')]);
}

;// CONCATENATED MODULE: ./lib/report/page/metrics.js



const metrics_mostLines = 50;
const words = {
    held: ['passed', '\u2713 held'],
    broken: ['failed', '\u2717 not held'],
    missing: ['failed', '\u2717 no such metric'],
    unknown: ['skipped', '\u2013 nothing to compare with'],
};
const cell = (value) => (typeof value === 'number' ? (0,amounts/* numberText */.$4)(value) : '');
const metrics_columns = [
    { name: 'Line', kind: 'name' },
    { name: 'Got', kind: 'number' },
    { name: 'Bound', kind: 'number' },
    { name: 'Before', kind: 'number' },
    { name: 'Result', kind: 'word' },
];
function line({ requirement, state, got, bound, previous }) {
    const [kind, word] = words[state];
    return row(metrics_columns, [
        html `<code>${requirement}</code>`,
        html `${cell(got)}`,
        html `${cell(bound)}`,
        html `${cell(previous)}`,
        html `<span class="${kind}">${word}</span>`,
    ]);
}
/** The lines of `require`, and every other metric of the file. */
function metricsSection(report) {
    if (!report)
        return nothing;
    const { shown, left } = listed(report.requirements, metrics_mostLines, line);
    const asked = new Set(report.requirements.map(({ name }) => name));
    const others = listed(Object.entries(report.metrics).filter(([name]) => !asked.has(name)), metrics_mostLines, ([name, value]) => html `<div><dt>${name}</dt><dd>${value === null ? 'not a number' : (0,amounts/* numberText */.$4)(value)}</dd></div>`);
    return section('metrics', 'Quality of the model', [
        html `<p>From <code>${report.file}</code>${report.previous === undefined ? '' : html `, held against <code>${report.previous}</code>`}.</p>`,
        table(metrics_columns, shown),
        leftText(left, 'lines'),
        others.shown.length > 0 ? html `<dl class="pairs">${others.shown}</dl>` : nothing,
        leftText(others.left, 'metrics'),
    ]);
}

// EXTERNAL MODULE: ./lib/report/text.js
var report_text = __webpack_require__(44639);
;// CONCATENATED MODULE: ./lib/report/page/state.js
/** A sign and a word for each state: nothing is told by its colour alone. */
const marks = {
    passed: { glyph: '\u2713', word: 'passed' },
    failed: { glyph: '\u2717', word: 'failed' },
    skipped: { glyph: '\u2013', word: 'skipped' },
    stopped: { glyph: '\u25a0', word: 'stopped' },
    'not run': { glyph: '\u2013', word: 'not run' },
    reused: { glyph: '\u2713', word: 'reused' },
};

;// CONCATENATED MODULE: ./lib/report/page/tiles.js


const mostMetrics = 4;
function testTile({ tests }) {
    if (!tests)
        return [];
    const red = tests.failed + tests.errors;
    const green = tests.tests - red - tests.skipped;
    const skipped = tests.skipped > 0 ? [`${tests.skipped} skipped`] : [];
    const notes = [...(red > 0 ? [`${red} failed`] : []), ...skipped, `in ${(0,amounts/* timeText */.Tc)(tests.seconds * 1_000)}`];
    return [{ name: 'Tests passed', value: `${green} of ${tests.tests}`, note: notes.join(', ') }];
}
function sizeTile({ size, image }) {
    const bytes = size?.bytes ?? image?.compressedBytes;
    if (!bytes)
        return [];
    const { previous } = size ?? {};
    if (!previous)
        return [{ name: 'Image, compressed', value: (0,amounts/* bytesText */.pV)(bytes) }];
    const change = bytes - previous.bytes;
    const note = change === 0 ? 'as before' : `${(0,amounts/* signed */.x8)(change, amounts/* bytesText */.pV)} against before`;
    return [{ name: 'Image, compressed', value: (0,amounts/* bytesText */.pV)(bytes), note }];
}
function smokeTiles({ smoke }) {
    const measured = smoke?.measured;
    const samples = smoke?.samples ?? [];
    const count = smoke?.sampleCount ?? samples.length;
    const wrong = samples.filter(({ result }) => result === 'failed').length;
    const { warm, coldStart, peakMemory } = measured ?? {};
    return [
        ...(count > 0 ? [{ name: 'Samples as expected', value: `${count - wrong} of ${count}` }] : []),
        ...(coldStart === undefined ? [] : [{ name: 'Start to first good answer', value: (0,amounts/* timeText */.Tc)(coldStart) }]),
        ...(warm && warm.p95 !== null
            ? [
                {
                    name: 'Prediction, warm p95',
                    value: (0,amounts/* callText */.WT)(warm.p95),
                    ...(warm.p50 === null ? {} : { note: `half within ${(0,amounts/* callText */.WT)(warm.p50)}` }),
                },
            ]
            : []),
        ...(peakMemory === undefined ? [] : [{ name: 'Most memory', value: (0,amounts/* bytesText */.pV)(peakMemory) }]),
    ];
}
function cacheTile({ image }) {
    if (!image || image.steps.total === 0)
        return [];
    const { hit, total } = image.steps;
    return [{ name: 'Steps from the cache', value: `${hit} of ${total}` }];
}
function metricTiles({ metrics }) {
    if (!metrics)
        return [];
    const { requirements } = metrics;
    const asked = [...new Set(requirements.map(({ name }) => name))];
    const names = (asked.length > 0 ? asked : Object.keys(metrics.metrics)).slice(0, mostMetrics);
    return names.flatMap((name) => {
        const value = metrics.metrics[name];
        const previous = requirements.find((one) => one.name === name)?.previous;
        return typeof value === 'number'
            ? [
                {
                    name: clipped(name, 60),
                    value: (0,amounts/* numberText */.$4)(value),
                    ...(previous === undefined ? {} : { note: `before ${(0,amounts/* numberText */.$4)(previous)}` }),
                },
            ]
            : [];
    });
}
function mergedTile({ merged }) {
    return merged ? [{ name: 'Platforms', value: (0,amounts/* count */.U9)(merged.parts.length, 'image') }] : [];
}
/** The figures of a run, those that were measured. */
function tiles(report) {
    const all = [testTile, sizeTile, smokeTiles, metricTiles, cacheTile, mergedTile].flatMap((of) => of(report));
    if (all.length === 0)
        return nothing;
    const shown = all.map(({ name, value, note }) => html `<div><dt>${name}</dt><dd><span class="figure">${value}</span>${note === undefined ? undefined : html ` <span class="note">${note}</span>`}</dd></div>`);
    return html `<dl class="tiles">${shown}</dl>`;
}

;// CONCATENATED MODULE: ./lib/report/page/opening.js




const longestHeadline = 300;
/** What it is called at the top: a cancelled run is not a red one. */
function resultOf({ result, failure }) {
    if (failure?.code === 'cancelled')
        return { kind: 'stopped', word: 'cancelled' };
    return { kind: result, word: result };
}
function titleOf(report) {
    return clipped(`ML image: ${(0,report_text/* headline */.Pl)(report)}`, longestHeadline);
}
function failurePanel({ code, message, evidence, cause, at, remedy }, toldBelow) {
    return html `<section class="panel" aria-labelledby="failure"><h2 id="failure">${message}</h2>${cause ? html `<p><span class="strong">Cause</span> ${cause.text}</p>` : nothing}<p class="next"><span class="strong">Next</span> ${remedy}</p>${at ? html `<p><code>${at.file}:${at.line}</code></p>` : nothing}${evidence.length > 0 && !toldBelow ? block(evidence) : nothing}<p class="note">Failure code <code>${code}</code>, a heading of docs/troubleshooting.md</p></section>`;
}
/** How to get what was pushed: the first thing that is copied. */
function pull({ image, merged, names, pushed }) {
    const digest = image?.digest || merged?.digest;
    return digest && pushed ? html `<div class="pull">${block([`docker pull ${names[0] ?? ''}@${digest}`])}</div>` : nothing;
}
/** How the run ended, in one sentence; what to do where it is red; its figures. */
function opening(report) {
    const { kind, word } = resultOf(report);
    const { failure } = report;
    return html `<header><p class="result ${kind}"><span aria-hidden="true">${marks[kind].glyph}</span> ${word}</p><h1>${clipped((0,report_text/* headline */.Pl)(report), longestHeadline)}</h1></header>${failure && failure.code !== 'cancelled' ? failurePanel(failure, failure.stage === 'test' && (report.tests?.failures.length ?? 0) > 0) : nothing}${failure?.code === 'cancelled' ? html `<p>${failure.remedy}</p>` : nothing}${pull(report)}${tiles(report)}`;
}

;// CONCATENATED MODULE: ./lib/report/page/published.js



const mostTags = 100;
const mostNotices = 50;
const attested = ({ about, subject, url }) => html `<li>${html_link(url, about)} of <code>${subject}</code></li>`;
const published_columns = [
    { name: 'Platform', kind: 'name' },
    { name: 'Tests', kind: 'word' },
    { name: 'Smoke', kind: 'word' },
    { name: 'Image', kind: 'rest' },
];
function platforms({ merged }) {
    if (!merged)
        return nothing;
    const { shown, left } = listed(merged.parts, mostTags, ({ platform, digest, tests, smoke }) => row(published_columns, [html `${platform}`, html `${tests}`, html `${smoke}`, html `<code>${digest}</code>`]));
    return html `${table(published_columns, shown)}${leftText(left, 'images')}`;
}
function fact(name, value) {
    return html `<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
/** Which image it is, what points to it, and what was said about it. */
function imageSection(report) {
    const { image, merged, pushedTags, push, promoted, leaks } = report;
    const digest = image?.digest || merged?.digest;
    const facts = [
        ...(digest ? [fact('Digest', html `<code>${digest}</code>`)] : []),
        ...(image?.imageid ? [fact('Configuration', html `<code>${image.imageid}</code>`)] : []),
        ...(promoted
            ? [
                fact('Promoted', html `<code>${promoted.found}</code>, of commit <code>${promoted.revision}</code> ${html_link(promoted.run, 'its run')}`),
            ]
            : []),
        fact('Push', html `${push.push ? (report.pushed ? 'yes' : 'when the gates are green') : 'no'}: ${push.reason}`),
        ...(leaks ? [fact('Secrets', html `${(0,report_text/* inspectDetail */.gI)({ leaks })}`)] : []),
    ];
    const statements = listed(report.attested ?? [], mostTags, attested);
    return section('image', 'Image', [
        html `<dl class="pairs">${facts}</dl>`,
        platforms(report),
        pushedTags.length > 0
            ? html `<h3>Tags</h3>${block(pushedTags.slice(0, mostTags))}${leftText(pushedTags.length - mostTags, 'tags')}`
            : nothing,
        statements.shown.length > 0 ? html `<h3>Attested</h3><ul class="plain">${statements.shown}</ul>` : nothing,
    ]);
}
/** What of a green run is not as good as it looks. */
function unproven({ smoke }) {
    if (!smoke)
        return [];
    const { gpuMissing, unproven: why, predict, untested = [] } = smoke;
    return [
        ...(gpuMissing === undefined ? [] : [`The model is not proven: the image is for a GPU (${gpuMissing}), and there is none here.`]),
        ...(gpuMissing === undefined && why !== undefined ? [`The model is not proven: ${why}`] : []),
        ...(gpuMissing === undefined && why === undefined && !predict ? ['The model is not proven: no prediction was asked for.'] : []),
        ...untested.map((platform) => `The image for ${platform} was not run.`),
    ];
}
/** What a run wanted to be known besides. */
function noticesSection(report) {
    const notices = [...new Set([...unproven(report), ...report.notices])];
    if (notices.length === 0)
        return nothing;
    const { shown, left } = listed(notices, mostNotices, (notice) => html `<li>${notice}</li>`);
    return section('notices', 'Notices', [html `<ul class="plain">${shown}</ul>`, leftText(left, 'notices')]);
}

;// CONCATENATED MODULE: ./lib/report/page/samples.js





const mostSamples = 50;
/** Of what the tolerance allows, how much was used; the line at the end is the edge. */
function edge({ nearest }) {
    if (!nearest)
        return nothing;
    const used = nearest.share > 0 && nearest.share < 0.005 ? 'under 1 %' : `${Math.round(Math.min(nearest.share, 9.99) * 100)} %`;
    const told = `${nearest.path} is ${(0,amounts/* numberText */.$4)(nearest.got)}, expected ${(0,amounts/* numberText */.$4)(nearest.expected)}`;
    return html `<svg class="lane" aria-hidden="true" width="100%" height="12"><rect class="track" width="100%" height="12" rx="2"></rect><rect class="bar ${nearest.share > 1 ? 'failed' : 'own'}" width="${percent(Math.max(nearest.share, 0.006))}" height="12" rx="2"></rect></svg><span class="note">${used} of the tolerance: ${told}</span>`;
}
const samples_columns = [
    { name: 'Sample', kind: 'name' },
    { name: 'Request', kind: 'word' },
    { name: 'Status', kind: 'number' },
    { name: 'Time', kind: 'number' },
    { name: 'Answer', kind: 'long' },
];
function sampleRow(sample) {
    const { name, source, from, method, path, status, ms, result, compared, why } = sample;
    const { glyph, word } = marks[result];
    const held = compared ? word : result === 'passed' ? 'answered' : word;
    return row(samples_columns, [
        html `${name} <span class="note">${source}${from === name ? '' : `, ${from}`}</span>`,
        html `<code>${method} ${path}</code>`,
        html `${status}`,
        html `${ms === undefined ? '' : (0,amounts/* callText */.WT)(ms)}`,
        html `<span class="${result}">${glyph} ${held}</span>${edge(sample)}${why === undefined ? nothing : html `<p>${why}</p>`}`,
    ]);
}
/** What was asked, and how each answer stands to what is expected. */
function samplesSection(smoke) {
    const samples = smoke?.samples ?? [];
    if (!smoke || samples.length === 0)
        return nothing;
    const asked = smoke.sampleCount ?? samples.length;
    const { shown } = listed(samples, mostSamples, sampleRow);
    const preset = smoke.preset === undefined ? '' : `, taken for ${smoke.preset}${smoke.presetFrom === undefined ? '' : ` (${smoke.presetFrom})`}`;
    return section('samples', 'Samples', [
        html `<p>${(0,amounts/* count */.U9)(asked, 'request')} to port ${smoke.port} of the container${preset}.</p>`,
        table(samples_columns, shown),
        leftText(asked - shown.length, 'samples'),
    ]);
}

;// CONCATENATED MODULE: ./lib/report/page/steps.js




const mostSteps = 25;
const longestStep = 120;
function cacheText({ cache }) {
    if (!cache)
        return nothing;
    const parts = [
        ...(cache.importMs === undefined ? [] : [`looked up in ${(0,amounts/* timeText */.Tc)(cache.importMs)}`]),
        ...(cache.downloadedBytes ? [`${(0,amounts/* bytesText */.pV)(cache.downloadedBytes)} read`] : []),
        ...(cache.exportMs === undefined ? [] : [`written in ${(0,amounts/* timeText */.Tc)(cache.exportMs)}`]),
        ...(cache.uploadedBytes ? [`${(0,amounts/* bytesText */.pV)(cache.uploadedBytes)} sent`] : []),
        ...(cache.trouble === undefined ? [] : [cache.trouble]),
    ];
    return html `<p class="note">Layer cache: ${cache.kind} (${cache.because})${parts.length > 0 ? `; ${parts.join(', ')}` : ''}</p>`;
}
/** The steps of the Dockerfile: how long each took, the longest first; those that came from the cache are folded. */
function stepsSection(image) {
    if (!image || image.stepList.length === 0)
        return nothing;
    const longest = Math.max(...image.stepList.map(({ ms = 0 }) => ms));
    const run = image.stepList.filter(({ cached }) => !cached).toSorted((a, b) => (b.ms ?? 0) - (a.ms ?? 0));
    const cached = listed(image.stepList.filter((step) => step.cached), mostSteps, ({ name }) => html `<li><code>${clipped(name, longestStep)}</code></li>`);
    const all = run.map(({ name, ms }) => ({
        ...{ label: clipped(name, longestStep), code: true, share: shareOf(ms ?? 0, longest), kind: 'own' },
        value: ms === undefined ? '' : (0,amounts/* timeText */.Tc)(ms),
    }));
    const { hit, total } = image.steps;
    return section('steps', 'Steps of the build', [
        html `<p>${hit} of ${(0,amounts/* count */.U9)(total, 'step')} came from the cache.</p>`,
        ...(all.length > 0 ? bars(all, mostSteps, 'steps') : []),
        cached.shown.length > 0
            ? html `<details><summary>${(0,amounts/* count */.U9)(cached.shown.length + cached.left, 'step')} from the cache</summary><ul>${cached.shown}</ul>${leftText(cached.left, 'steps')}</details>`
            : nothing,
        cacheText(image),
    ]);
}

;// CONCATENATED MODULE: ./lib/report/page/style.js
/**
 * How the page looks. Colours that must be told apart are blue and orange, which are so in every kind of colour blindness,
 * and nothing is told by a colour alone. Text has a contrast of 4.5 or more on its ground in both schemes.
 */
const style = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f6f8fa; --line: #d1d9e0; --ink: #1f2328; --soft: #59636e; --link: #0969da;
  --good: #116329; --bad: #b35900; --data: #0a69c9; --fresh: #0a4a8f; --faint: #afc4da; --warm: #d9730d;
  --added: #dafbe1; --removed: #ffebe0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --raised: #161b22; --line: #3d444d; --ink: #f0f6fc; --soft: #9aa4af; --link: #58a6ff;
    --good: #56d364; --bad: #ffa657; --data: #3b8eea; --fresh: #8cc8ff; --faint: #37506b; --warm: #f0883e;
    --added: #12361f; --removed: #3d2613;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif;
}
main, footer { max-width: 980px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 32px; }
h1 { font-size: 26px; line-height: 1.3; margin: 4px 0 20px; font-weight: 600; overflow-wrap: anywhere; }
h2 { font-size: 18px; line-height: 1.35; margin: 0 0 12px; font-weight: 600; overflow-wrap: anywhere; }
h3 { font-size: 15px; margin: 16px 0 6px; font-weight: 600; }
p { margin: 0 0 10px; overflow-wrap: anywhere; }
section { margin: 36px 0 0; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 13px; }
code { overflow-wrap: anywhere; }
pre {
  margin: 8px 0; padding: 10px 12px; background: var(--raised); border: 1px solid var(--line); border-radius: 6px;
  overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 32em; line-height: 1.45;
}
.strong { font-weight: 600; }
.note { color: var(--soft); font-size: 13px; }
.result { margin: 0; font-weight: 600; text-transform: uppercase; letter-spacing: .04em; font-size: 13px; }
.passed, .reused { color: var(--good); }
.failed { color: var(--bad); }
.stopped, .skipped, .not { color: var(--soft); }
.pull { margin: 0 0 20px; }
.panel { margin: 0 0 24px; padding: 16px 18px; border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: 6px; }
.panel .next { font-size: 16px; }
.panel p:last-child { margin-bottom: 0; }
.tiles { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 12px; margin: 0; }
.tiles div { border: 1px solid var(--line); border-radius: 6px; padding: 10px 14px; display: flex; flex-direction: column; }
.tiles dt { color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
.tiles dd { margin: 0; overflow-wrap: anywhere; }
.figure { display: block; font-size: 22px; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums; }
figure { margin: 0 0 16px; }
svg { display: block; overflow: visible; }
svg text { fill: var(--ink); font-size: 14px; paint-order: stroke; stroke: var(--ground); stroke-width: 4px; stroke-linejoin: round; }
svg text.tick { fill: var(--soft); font-size: 12px; }
svg text tspan.passed { fill: var(--good); }
svg text tspan.failed { fill: var(--bad); }
svg text tspan.stopped { fill: var(--soft); }
svg .grid { stroke: var(--line); stroke-width: 1; stroke-dasharray: 2 3; }
svg .axis { stroke: var(--soft); stroke-width: 1; }
svg .mark { stroke: var(--warm); stroke-width: 1.5; }
svg .bar { fill: var(--data); stroke: none; }
svg .bar.failed { fill: var(--warm); }
svg .bar.stopped { fill: none; stroke: var(--soft); stroke-dasharray: 4 3; }
svg .bar.base { fill: var(--faint); }
svg .bar.own { fill: var(--data); }
svg .bar.new { fill: var(--fresh); }
svg .bar.less { fill: var(--warm); }
svg .bar.more { fill: var(--data); }
svg .track { fill: var(--raised); stroke: var(--line); }
table { width: 100%; border-collapse: collapse; margin: 0 0 10px; font-size: 14px; }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-top: 1px solid var(--line); font-weight: 400; }
td:last-child, th:last-child { padding-right: 0; }
thead th { border-top: 0; color: var(--soft); font-size: 13px; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number, .word, thead th { white-space: nowrap; }
.name, .value, .long, .rest { overflow-wrap: anywhere; }
.long { width: 55%; }
.rest { width: 100%; }
.picture { width: 28%; }
ul.plain, ul.bars { list-style: none; margin: 0 0 8px; padding: 0; }
ul.plain > li { padding: 8px 0; border-top: 1px solid var(--line); }
ul.plain > li > p { margin-bottom: 4px; }
ul.bars > li {
  display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 38%) 84px; gap: 4px 14px; align-items: center; padding: 4px 0;
}
.bars .label { grid-column: 1; overflow-wrap: anywhere; line-height: 1.35; }
.bars .lane { grid-column: 2; }
.bars .value { grid-column: 3; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.pairs { margin: 0; }
.pairs div { display: grid; grid-template-columns: minmax(0, 150px) minmax(0, 1fr); gap: 12px; padding: 4px 0; }
.pairs dt { color: var(--soft); overflow-wrap: anywhere; }
.pairs dd { margin: 0; overflow-wrap: anywhere; }
.gain { display: inline-block; border: 1px solid var(--line); border-radius: 6px; padding: 0 8px; font-size: 13px; font-weight: 600; }
.diff span { display: block; min-height: 1.45em; }
.diff .added { background: var(--added); }
.diff .removed { background: var(--removed); }
.diff .hunk { color: var(--soft); }
summary { cursor: pointer; color: var(--soft); font-size: 13px; }
footer { margin-top: 40px; padding-bottom: 32px; color: var(--soft); font-size: 13px; }
@media (max-width: 640px) {
  main, footer { padding: 0 16px; }
  h1 { font-size: 21px; }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .figure { font-size: 18px; }
  thead { display: none; }
  tr { display: flex; flex-wrap: wrap; gap: 2px 14px; padding: 7px 0; border-top: 1px solid var(--line); }
  th, td { padding: 0; border-top: 0; }
  th[scope=row] { flex: 1 0 100%; font-weight: 600; }
  td.number { text-align: left; }
  td.number::before { content: attr(data-name) " "; color: var(--soft); font-size: 13px; }
  td.long, td.rest, td.picture { flex: 1 0 100%; width: auto; }
  td.empty { display: none; }
  ul.bars > li { grid-template-columns: minmax(0, 1fr) auto; }
  .bars .label { grid-column: 1; grid-row: 1; }
  .bars .value { grid-column: 2; grid-row: 1; }
  .bars .lane { grid-column: 1 / -1; grid-row: 2; }
  .pairs div { grid-template-columns: minmax(0, 1fr); gap: 0; }
}
@media print {
  body { font-size: 12px; }
  main, footer { max-width: none; padding: 0; }
  pre { max-height: none; }
  section, figure, tr, li { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; }
  svg .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

;// CONCATENATED MODULE: ./lib/report/page/tests.js




const mostFailures = 50;
const longestName = 160;
function failure({ name, message, file, line }) {
    const at = file === undefined ? nothing : html ` <code>${file}${line === undefined ? '' : `:${line}`}</code>`;
    return html `<li><p><span class="failed">\u2717</span> <span class="strong">${name}</span>${at}</p>${block([message])}</li>`;
}
/** The tests that failed, each with its message; then the slowest. */
function testsSection(tests) {
    if (!tests || (tests.failures.length === 0 && tests.slowest.length === 0))
        return nothing;
    const { shown, left } = listed(tests.failures, mostFailures, failure);
    const longest = Math.max(0, ...tests.slowest.map((test) => test.seconds));
    const slowest = tests.slowest.map((test) => ({
        ...{ label: clipped(test.name, longestName), code: true, kind: 'own' },
        ...{ value: (0,amounts/* timeText */.Tc)(test.seconds * 1_000), share: shareOf(test.seconds, longest) },
    }));
    return section('tests', tests.failures.length > 0 ? 'Failed tests' : 'Slowest tests', [
        html `<p>${(0,amounts/* count */.U9)(tests.tests, 'test')} in ${(0,amounts/* timeText */.Tc)(tests.seconds * 1_000)}.</p>`,
        shown.length > 0 ? html `<ul class="plain">${shown}</ul>` : nothing,
        leftText(left, 'failed tests'),
        ...(slowest.length > 0 ? [tests.failures.length > 0 ? html `<h3>Slowest</h3>` : nothing, ...bars(slowest, 10, 'tests')] : []),
    ]);
}

;// CONCATENATED MODULE: ./lib/report/page/timeline.js






/** Heights in pixels; widths are shares, so that letters keep their size on a narrow screen. */
const rowHeight = 38;
const barHeight = 14;
const timeline_axisHeight = 24;
const mostStages = 20;
/** The order in which the rows stand: that of a run. */
const order = { test: 0, build: 1, inspect: 2, smoke: 3, quality: 4, gate: 5, publish: 6 };
const ran = ({ state, duration }) => (state === 'passed' || state === 'failed' || state === 'stopped') && duration >= 0;
/** A label stands where its bar begins; of a bar in the right half, where it ends. */
function timeline_anchor(start, end) {
    return start > 0.5 ? html `x="${percent(end)}" text-anchor="end"` : html `x="${percent(start)}"`;
}
function timeline_barOf({ stage, state, start, duration }, index, whole) {
    const top = index * rowHeight;
    const [from, to] = [shareOf(start, whole), shareOf(start + duration, whole)];
    return html `<text ${timeline_anchor(from, to)} y="${top + 14}"><tspan class="${state}">${marks[state].glyph}</tspan> <tspan class="strong">${report_text/* stageNames */.hL[stage] ?? stage}</tspan> ${(0,amounts/* timeText */.Tc)(duration)}${state === 'passed' ? '' : `, ${marks[state].word}`}</text><rect class="bar ${state}" x="${percent(from)}" y="${top + 20}" width="${percent(Math.max(to - from, 0.004))}" height="${barHeight}" rx="2"></rect>`;
}
function timeline_axis(whole, height) {
    return timeTicks(whole).map((at) => {
        const share = shareOf(at, whole);
        const side = share < 0.05 ? 'start' : share > 0.95 ? 'end' : 'middle';
        return html `<line class="grid" x1="${percent(share)}" x2="${percent(share)}" y1="0" y2="${height}"></line><text class="tick" x="${percent(share)}" y="${height + 16}" text-anchor="${side}">${tickText(at)}</text>`;
    });
}
/** When each stage ran, beside which others. */
function timeline_picture(stages, durationMs) {
    const rows = stages.filter(ran).toSorted((a, b) => a.start - b.start || order[a.stage] - order[b.stage]);
    if (rows.length === 0)
        return nothing;
    const whole = Math.max(durationMs, ...rows.map(({ start, duration }) => start + duration));
    const height = rows.length * rowHeight + 4;
    const told = rows.map(({ stage, start, duration }) => `${stage} from ${tickText(start)} to ${tickText(start + duration)}`).join(', ');
    return html `<figure><svg role="img" aria-labelledby="timeline-title timeline-desc" width="100%" height="${height + timeline_axisHeight}"><title id="timeline-title">Timeline of the stages</title><desc id="timeline-desc">${told}</desc>${timeline_axis(whole, height)}${rows.map((stage, index) => timeline_barOf(stage, index, whole))}</svg></figure>`;
}
const timeline_columns = [
    { name: 'Stage', kind: 'word' },
    { name: 'Result', kind: 'word' },
    { name: 'Time', kind: 'number' },
    { name: 'Detail', kind: 'rest' },
];
function tableRow({ stage, state, duration, detail }) {
    const time = state === 'passed' || state === 'failed' || state === 'stopped' ? (0,amounts/* timeText */.Tc)(duration) : '';
    const { glyph, word } = marks[state];
    return row(timeline_columns, [
        html `${report_text/* stageNames */.hL[stage] ?? stage}`,
        html `<span class="${state}">${glyph} ${word}</span>`,
        html `${time}`,
        html `${detail}`,
    ]);
}
/** The stages of a run: when, how they ended, and what they have to tell. */
function stagesSection(all, durationMs) {
    if (all.length === 0)
        return nothing;
    const stages = all.slice(0, mostStages);
    const { shown } = listed(stages, mostStages, tableRow);
    return section('stages', 'Stages', [timeline_picture(stages, durationMs), table(timeline_columns, shown)]);
}

;// CONCATENATED MODULE: ./lib/report/page/page.js













/** What a browser opens at once, and a mail may carry: under 2 MB (characters; none of them takes more than 3 bytes). */
const page_longest = 600_000;
/** The parts in the order in which they are wanted: of a red run what is red comes first. */
function partsOf(report) {
    const { stages, durationMs, tests, size, image, smoke, metrics, advice, checks } = report;
    const red = (tests?.failures.length ?? 0) > 0;
    return [
        red ? testsSection(tests) : nothing,
        stagesSection(stages, durationMs),
        noticesSection(report),
        metricsSection(metrics),
        layersSection(size),
        adviceSection(advice),
        latencySection(smoke?.measured),
        samplesSection(smoke),
        comparisonSection(smoke?.comparison),
        imageSection(report),
        stepsSection(image),
        checksSection(checks),
        red ? nothing : testsSection(tests),
    ];
}
/** Those that there is room for. */
function within(parts, room) {
    const shown = [];
    let length = 0;
    for (const part of parts) {
        if (length + part.markup.length > room)
            return [...shown, html `<p class="note">The rest is in the report file: it is longer than a page may be.</p>`];
        length += part.markup.length;
        shown.push(part);
    }
    return shown;
}
/**
 * A report as one page of HTML, for people: it needs no network and no script, follows the colours of the reader's system,
 * and can be printed. Whatever others wrote is text in it. Under 2 MB whatever is in the report.
 */
function renderPage(report) {
    const policy = "default-src 'none'; style-src 'unsafe-inline'";
    const page = html `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ markup: policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${titleOf(report)}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<main>
${within([opening(report), ...partsOf(report)], page_longest)}
</main>
<footer><p>ML Image Action, report version ${report.version}</p></footer>
</body>
</html>
`;
    return page.markup;
}


/***/ })

};
