/** The style of the page. Nothing in it says by colour alone what a reader has to know. */
export const STYLE = `
:root{--paper:#fff;--ink:#1b1f24;--soft:#545d68;--line:#d0d7de;--panel:#f6f8fa;--link:#0550ae;--focus:#0969da;--bad:#a40e26;--bad-paper:#fff0ee;--warn:#7a4100;--warn-paper:#fff5dc;--calm:#24456b;--calm-paper:#e9f2fd;--good:#14592a}
@media (prefers-color-scheme:dark){:root{--paper:#0f1319;--ink:#e3e9f0;--soft:#a3adba;--line:#39424e;--panel:#181e27;--link:#79b8ff;--focus:#58a6ff;--bad:#ffb0a8;--bad-paper:#3c1416;--warn:#f5c869;--warn-paper:#33270b;--calm:#a8cdff;--calm-paper:#12253d;--good:#7fd898}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
header,main{max-width:80rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.5rem}
main{padding-bottom:4rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .75rem}
h2{font-size:1.3rem;margin:2.25rem 0 .75rem}
h3{font-size:1.05rem;margin:1.5rem 0 .5rem}
h4{font-size:.95rem;margin:1rem 0 .4rem}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.3rem .6rem;z-index:2}
[hidden]{display:none!important}
body{overflow-wrap:anywhere}
code,pre{font:0.84rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
pre{margin:.5rem 0;padding:.75rem;background:var(--panel);border:1px solid var(--line);border-radius:6px;white-space:pre-wrap}
.counts{display:flex;flex-wrap:wrap;gap:.5rem 1.75rem;list-style:none;margin:0;padding:0;color:var(--soft)}
.counts b{color:var(--ink);font-size:1.25rem;font-variant-numeric:tabular-nums}
.note{border-left:4px solid var(--line);padding:.3rem .8rem;background:var(--panel)}
.mark{display:inline-block;font-size:.74rem;font-weight:700;letter-spacing:.03em;line-height:1.35;padding:.08rem .45rem;border:1.5px solid currentColor;border-radius:4px;color:var(--warn);background:var(--warn-paper);white-space:nowrap}
.mark.suspended,.mark.log-only,.mark.unverified,.mark.any-client{color:var(--bad);background:var(--bad-paper);border-width:2px}
.mark.suspended::before,.mark.log-only::before,.mark.unverified::before,.mark.any-client::before{content:"\\26A0\\FE0E  " / ""}
.mark.elsewhere,.mark.others,.mark.wildcard,.mark.no-key{color:var(--calm);background:var(--calm-paper)}
.attention,.attention ul{list-style:none;margin:0;padding:0}
.attention>li{border:1px solid var(--line);border-bottom-width:0}
.attention>li:first-child{border-radius:8px 8px 0 0}
.attention>li:last-child{border-radius:0 0 8px 8px;border-bottom-width:1px}
.attention summary{padding:.5rem .75rem;cursor:pointer}
.attention summary b{font-variant-numeric:tabular-nums;margin:0 .35rem}
.meaning,.place,.more,.facts{color:var(--soft)}
.attention ul{padding:.1rem .75rem .75rem 2rem}
.attention ul li{padding:.15rem 0}
.filter{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem 1rem;margin-top:1.75rem;padding:1rem;background:var(--panel);border:1px solid var(--line);border-radius:8px}
.filter p{margin:0}
.filter p>label,legend{display:block;font-size:.85rem;font-weight:600;margin-bottom:.2rem}
.filter .search,.filter fieldset,.filter .buttons,.filter #shown{grid-column:1/-1}
.filter input[type=search],.filter select{width:100%;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:6px;padding:.4rem .5rem;min-height:2.5rem}
fieldset{border:0;margin:0;padding:0;min-width:0}
.choice{display:inline-flex;align-items:center;gap:.35rem;margin:.15rem .9rem .15rem 0;min-height:1.75rem}
.choice input{width:1.1rem;height:1.1rem;margin:0}
button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:6px;padding:.35rem .8rem;min-height:2.4rem;cursor:pointer}
button:hover,.filter select:hover{border-color:var(--focus)}
#shown{font-weight:600}
.directory{list-style:none;margin:0;padding:0;border:1px solid var(--line);border-radius:8px}
.directory>li{border-top:1px solid var(--line);content-visibility:auto;contain-intrinsic-size:auto 4.6rem}
.directory>li:first-child{border-top:0}
.entry>summary{cursor:pointer;padding:.6rem .9rem .6rem 2rem;list-style:none;position:relative}
.entry>summary::-webkit-details-marker{display:none}
.entry>summary::before{content:"\\25B8" / "";position:absolute;left:.8rem;color:var(--soft)}
.entry[open]>summary::before{content:"\\25BE" / ""}
.entry>summary:hover{background:var(--panel)}
.entry[open]>summary{background:var(--panel);border-bottom:1px solid var(--line)}
.name{font-weight:700;font-size:1.05rem;margin-right:.5rem}
.facts{font-size:.9rem}
.does{display:block;font-size:.92rem}
.may{display:inline-block;margin-right:1.1rem}
.may b{font-weight:600}
.marks{display:block;margin-top:.2rem}
.body{padding:.25rem 1rem 1.25rem}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1rem;margin:.75rem 0}
dt{font-weight:600;color:var(--soft)}
dd{margin:0}
dd p{margin:0}
.stop{border:2px solid var(--bad);border-radius:6px;padding:.5rem .75rem;color:var(--bad);background:var(--bad-paper);font-weight:600}
.card{border:1px solid var(--line);border-left:5px solid var(--soft);border-radius:6px;padding:.1rem 1rem .8rem;margin:.9rem 0}
.card.off{border-left-color:var(--bad);border-left-style:double}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{text-align:left;vertical-align:top;border:1px solid var(--line);padding:.35rem .5rem;min-width:5.5rem}
th{background:var(--panel)}
td code{display:block}
td code+code{margin-top:.15rem}
.arn{color:var(--soft);font-size:.76rem}
.deny{color:var(--bad);font-weight:700}
.allow{color:var(--good);font-weight:700}
.layer{font-weight:700;white-space:nowrap}
.body details details,.card details,.body>details,.section details{margin:.5rem 0}
.card summary,.body>details>summary,.section summary{cursor:pointer;color:var(--link)}
figure{margin:1rem 0}
figcaption{font-size:.85rem;color:var(--soft)}
.path-map{display:grid;gap:.55rem;min-width:0}
.path-lane{display:grid;align-items:stretch}
.path-gap.through{border-top:2px solid var(--soft);align-self:center}
.path-box{border:1.5px solid var(--soft);border-radius:8px;padding:.4rem .6rem;font-size:.85rem;background:var(--paper)}
.path-box.agent{border-color:var(--focus);border-width:2.5px;background:var(--calm-paper)}
.path-box.provider{border-style:solid;border-width:1.5px 1.5px 1.5px 5px}
.path-box.user{border-radius:1.4rem;padding-left:.9rem;padding-right:.9rem}
.path-kind{display:block;font-size:.7rem;font-weight:700;letter-spacing:.06em;text-transform:uppercase;color:var(--soft)}
.path-link{display:flex;flex-direction:column;justify-content:center;text-align:center;font-size:.74rem;line-height:1.25;padding:0 .25rem;color:var(--soft)}
.path-link.none{visibility:hidden}
.path-link.through{padding:0}
.path-link svg{width:100%;height:14px;display:block}
.path-link.cut{color:var(--bad);font-weight:700}
.path-lane.off .path-box{border-style:dashed}
svg path{stroke:currentColor;fill:none;stroke-width:2}
@media (max-width:46rem){
h1{font-size:1.4rem}
header,main{padding-left:.75rem;padding-right:.75rem}
dl{grid-template-columns:minmax(0,1fr);gap:0}
dd{margin-bottom:.5rem}
.card{padding:.1rem .7rem .7rem}
.body{padding:.25rem .7rem 1rem}
.filter{grid-template-columns:1fr}
.path-lane{display:flex;flex-direction:column}
.path-gap,.path-link.none,.path-link.through{display:none}
.path-link{flex-direction:row;align-items:center;justify-content:flex-start;gap:.5rem;padding:.15rem .75rem}
.path-link svg{width:14px;height:26px;flex:none}
.path-link svg .across{display:none}
.attention ul{padding-left:.75rem}
}
@media (min-width:46.01rem){.path-link svg .down{display:none}}
@media (forced-colors:active){.mark,.path-box{border:2px solid}}
@media print{
:root{--paper:#fff;--ink:#000;--soft:#333;--line:#888;--panel:#fff;--link:#000;--bad:#000;--bad-paper:#fff;--warn:#000;--warn-paper:#fff;--calm:#000;--calm-paper:#fff;--good:#000;--focus:#000}
.filter,.skip,noscript{display:none!important}
.directory>li{content-visibility:visible}
.card,figure,tr,summary{break-inside:avoid}
h2,h3,summary{break-after:avoid}
a{text-decoration:none}
body{font-size:10pt}
}
`;
