/**
 * How the page looks. Colours that must be told apart are blue and orange, which are so in every kind of colour blindness,
 * and nothing is told by a colour alone. Text has a contrast of 4.5 or more on its ground in both schemes.
 */
export const style = `
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
`
