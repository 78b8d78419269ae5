import { DARK, LIGHT, variablesOf } from "./palette.ts";

const TEXT = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.25rem .75rem}
header,main,footer,nav{max-width:80rem;margin:0 auto;padding:0 1rem}
header{padding-top:1.5rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.375rem;line-height:1.3;margin:2rem 0 .25rem}
h3{font-size:1.125rem;line-height:1.3;margin:0}
p{margin:.25rem 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
nav ul,.legend ul,ul.notices{list-style:none;margin:.5rem 0;padding:0}
nav li{margin:.25rem 0}
nav li a{margin-right:1rem;display:inline-block;padding:.125rem 0}
code{font-size:.9375em}
footer{color:var(--faint);padding-bottom:3rem}
ul.notices li{margin:.375rem 0;padding-left:.75rem;border-left:3px solid var(--freezeEdge)}
.note{color:var(--faint);font-size:.9375rem}
.zone{color:var(--faint);font-size:.8125rem;white-space:nowrap}
section.target,.legend,.quiet{background:var(--card);border:1px solid var(--rule);border-radius:.5rem;padding:1rem;margin:1rem 0}
.legend h2,.quiet h3{font-size:1rem;margin:0}
.legend ul{display:grid;gap:.375rem 1.5rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr))}
.legend li{display:flex;align-items:center;gap:.625rem;font-size:.875rem;line-height:1.3}
.swatch{flex:none}
.quiet ul{margin:.5rem 0 0;padding-left:1.25rem}
`;

const PICTURE = `
.picture{margin:.75rem 0}
figcaption{color:var(--faint);font-size:.8125rem}
.scroll{overflow-x:auto}
.lane{padding:.125rem 0}
.who{margin:0;font-size:.8125rem;line-height:1.3;position:sticky;left:0;max-width:min(100%,calc(100vw - 4.25rem))}
.who span{color:var(--faint)}
.track{display:block;width:100%;height:24px;border-bottom:1px solid var(--rule);font-size:12px}
.live .track{height:32px}
.axis .track{height:32px;font-size:11px}
.track text{fill:var(--text)}
.track text.faint{fill:var(--faint)}
.roomy{display:none}
.tick{stroke:var(--rule)}
.now{stroke:var(--now);stroke-width:2}
.clocks{stroke:var(--clocks);stroke-width:2;stroke-dasharray:4 3}
.track text.clockstext{fill:var(--clocks);font-weight:600}
.freeze{fill:var(--freeze)}
.everyone{fill:var(--everyone);stroke:var(--everyone)}
.newcomers{fill:var(--newcomers);stroke:var(--newcomers)}
.returning{fill:var(--returning);stroke:var(--returning)}
.groups{fill:var(--groups);stroke:var(--groups)}
.found{fill:var(--loses);stroke:none}
.loses{fill:url(#hatch);stroke:var(--loses)}
.hatching{stroke:var(--loses);stroke-width:2}
.heldoff{fill:none;stroke:var(--loses);stroke-width:2;stroke-dasharray:2 3}
.skipped{overflow:visible}
.skipped path{stroke:var(--freezeEdge);stroke-width:2.5;fill:none}
.end{overflow:visible}
.track text.oneveryone,.track text.onnewcomers,.track text.onreturning,.track text.ongroups{fill:var(--onBar);font-weight:600}
`;

const LISTS = `
.happenings{list-style:none;margin:0;padding:0}
.happenings>li{border-top:1px solid var(--rule);padding:.625rem 0;font-size:.9375rem}
.when{font-variant-numeric:tabular-nums}
.when .zone{display:block}
.what{font-weight:600}
.kind{font-weight:400;font-size:.8125rem;color:var(--faint);display:block}
.same .what,.first .what,.clocks .what{font-weight:400}
.why{color:var(--text)}
.why ul{margin:.25rem 0 0;padding-left:1.125rem}
li.clocks .kind,li.skipped .kind{color:var(--clocks)}
summary{cursor:pointer;padding:.625rem 0;color:var(--link);border-top:1px solid var(--rule)}
`;

const WIDE = `
@media (min-width:56rem){
.lane{display:grid;grid-template-columns:15rem minmax(0,1fr);gap:1rem;align-items:center}
.who{max-width:none}
.roomy{display:inline}
.sideways{display:none}
.happenings>li{display:grid;grid-template-columns:15rem minmax(0,22rem) minmax(0,1fr);gap:0 1.25rem}
}
@media (max-width:55.99rem){.lanes.long{width:44rem}}
@media print{.scroll{overflow:visible}body{background:none}}
`;

/** @returns the page's styles, for light and dark. */
export function stylesheet(): string {
  const colours = `:root{color-scheme:light dark;${variablesOf(LIGHT)}}@media (prefers-color-scheme:dark){:root{${variablesOf(DARK)}}}`;
  return `${colours}${TEXT}${PICTURE}${LISTS}${WIDE}`;
}
