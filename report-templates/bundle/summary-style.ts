/**
 * The look of summary.html: system fonts, no picture, no link to anything outside. Every state has its sign and its word beside its
 * colour, and all text stands 4.5 to 1 against its ground at least, in the light and in the dark.
 */
export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--ink:#1b1f24;--quiet:#57606a;--line:#d0d7de;--soft:#f6f8fa;--link:#0550ae;
--fail:#b3151e;--unknown:#7a2fb5;--warn:#855400;--pass:#166d2f;--fail-soft:#fdeeee;--warn-soft:#fff6e0;--unknown-soft:#f6eefc;--pass-soft:#ecf8ef}
@media(prefers-color-scheme:dark){:root{--ground:#14171c;--ink:#e3e7ec;--quiet:#a3adb8;--line:#39414b;--soft:#1c2128;--link:#7cb7ff;
--fail:#ff8a85;--unknown:#d5a6ff;--warn:#f0bd55;--pass:#6fd58b;--fail-soft:#361b1d;--warn-soft:#322710;--unknown-soft:#2b2038;--pass-soft:#162a1d}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem 1.25rem 4rem;max-width:66rem;background:var(--ground);color:var(--ink);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
h1{font-size:1.5rem;line-height:1.25;margin:0}
h2{font-size:1.125rem;line-height:1.3;margin:2.25rem 0 .6rem;padding-top:.9rem;border-top:1px solid var(--line)}
p{margin:.4rem 0}
a{color:var(--link);text-underline-offset:.15em}
code,.path,td.path{font:.8667em/1.45 ui-monospace,SFMono-Regular,Consolas,"DejaVu Sans Mono",Menlo,monospace;overflow-wrap:anywhere}
.quiet{color:var(--quiet)}
.ended{margin:0 0 1.25rem;padding:.55rem .85rem;border:1px solid var(--line);border-left:.3rem solid var(--warn);background:var(--warn-soft)}
.verdict{padding:.95rem 1.1rem;border:1px solid var(--line);border-left:.3rem solid var(--tone);background:var(--tone-soft)}
.verdict h1 span{color:var(--tone)}
.fail{--tone:var(--fail);--tone-soft:var(--fail-soft)}
.unknown{--tone:var(--unknown);--tone-soft:var(--unknown-soft)}
.warn{--tone:var(--warn);--tone-soft:var(--warn-soft)}
.pass{--tone:var(--pass);--tone-soft:var(--pass-soft)}
.skip,.waived,.none{--tone:var(--quiet);--tone-soft:var(--soft)}
.facts{display:flex;flex-wrap:wrap;gap:.1rem 1.6rem;margin:.55rem 0 0;padding:0;list-style:none}
.facts b{font-weight:600}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
caption{text-align:left;color:var(--quiet);padding:.15rem 0 .35rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{font-size:.8667rem;font-weight:600;color:var(--quiet);border-bottom-color:var(--quiet);white-space:nowrap}
tbody th{font-weight:600}
th .quiet,h2 .quiet{font-weight:400}
tr.first>th,tr.first>td:not([rowspan]){border-bottom:0;padding-bottom:0}
tr.first+tr>td{padding-top:.15rem}
td p{margin:.15rem 0;overflow-wrap:anywhere}
.files{overflow-wrap:anywhere;min-width:10.5rem}
.glance{margin-top:.8rem}
.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.state{white-space:nowrap;color:var(--tone);font-weight:600}
.remedy{margin:.2rem 0 0}
details{margin:.35rem 0;border-bottom:1px solid var(--line)}
summary{cursor:pointer;padding:.35rem 0}
summary b{font-weight:600}
details>table,details>p,details>div{margin-left:1.05rem;width:auto}
details>table{width:calc(100% - 1.05rem)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
svg{display:block;max-width:100%;height:auto}
svg .e{fill:var(--fail)}svg .w{fill:var(--warn)}svg .o{fill:var(--quiet);opacity:.45}svg .axis{stroke:var(--line);stroke-width:1}
.key{display:flex;gap:1.2rem;margin:.3rem 0;color:var(--quiet);font-size:.8667rem}
.key i{display:inline-block;width:.7rem;height:.7rem;margin-right:.4rem;vertical-align:-.05rem}
.wide{overflow-x:auto}
@media(max-width:38rem){body{padding:1rem .8rem 3rem;font-size:14px}.facts{display:block}
table.rows thead,table.problems thead{position:absolute;left:-999rem}table.rows tr,table.problems tr{display:block;padding:.4rem 0;border-bottom:1px solid var(--line)}
table.problems tr.first{border:0;padding-bottom:0}table.problems tr.first+tr{padding-top:0}
table.problems tr.first>td:nth-of-type(2)::before{content:"measured: ";color:var(--quiet)}
table.problems tr.first>td:nth-of-type(3)::before{content:"required: ";color:var(--quiet)}
table.rows th,table.rows td,table.problems th,table.problems td{display:block;border:0;padding:.05rem 0;text-align:left}}
@media print{:root{color-scheme:light;--ground:#fff;--ink:#000;--quiet:#444;--line:#bbb;--soft:#fff;--link:#000;--fail:#8f0d15;--unknown:#5b1f8c;--warn:#6b4300;--pass:#0e5423;
--fail-soft:#fff;--warn-soft:#fff;--unknown-soft:#fff;--pass-soft:#fff}
@page{margin:16mm 14mm}body{max-width:none;padding:0;font-size:9.5pt}h2{break-after:avoid}tr,.verdict,.ended{break-inside:avoid}thead{display:table-header-group}
details::details-content{content-visibility:visible;display:block;height:auto}summary{list-style:none;break-after:avoid}.screen{display:none}}
`
  .trim()
  .replaceAll('\n', '');
