/*
 * html_style.c - the style sheet of the HTML report, for screens from 360 pixels on and for paper.
 *
 * No line holds < or &, so that the page is XML, too. html_style_digest is of these lines: a test
 * tells the new one after a change. Levels differ by word, sign and lightness, not by hue alone.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/html.h"

const char html_style_digest[] = "kN+56pz99lGVWU1y0hiqiAPFhQy+dtSz9gqNHHdG0T4=";

/* clang-format off */
const char *const html_style_lines[] = {
	(":root{--ink:#1c2128;--soft:#57606a;--line:#d0d7de;--pale:#f6f8fa;--link:#0b4a8f;--"
	    "critical:#7a1520;--high:#b14a06;--medium:#f2c94c;--low:#dfe5ea;--unknown:#6b7280;-"
	    "-clean:#f3f5f7;--log:#0b4a8f}"),
	"*{box-sizing:border-box}",
	"html{-webkit-text-size-adjust:100%;text-size-adjust:100%}",
	("body{margin:0;color:var(--ink);background:#fff;font:16px/1.5 \"Segoe UI\",\"Helvet"
	    "ica Neue\",Helvetica,Arial,\"Liberation Sans\",\"DejaVu Sans\",sans-serif;font-var"
	    "iant-numeric:tabular-nums;overflow-wrap:break-word}"),
	"header,main,footer{max-width:76rem;margin:0 auto;padding:0 2rem}",
	"header{padding-top:2.5rem}",
	"footer{padding-top:1rem;padding-bottom:2rem;color:var(--soft);font-size:.875rem}",
	"h1,h2,h3,h4{line-height:1.25;margin:0;font-weight:600;break-after:avoid}",
	"h1{font-size:2rem;letter-spacing:-.01em}",
	("h2{font-size:1.375rem;margin:3rem 0 1rem;padding-top:.75rem;border-top:2px solid v"
	    "ar(--ink)}"),
	"h3{font-size:1.0625rem;margin:1.75rem 0 .5rem}",
	"h4{font-size:.9375rem;margin:1.25rem 0 .375rem}",
	"p{margin:.5rem 0;max-width:48rem}",
	"ul,ol{padding-left:1.5rem;max-width:48rem}",
	"li{margin:.25rem 0}",
	"a{color:var(--link);text-underline-offset:.15em}",
	("a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible{outl"
	    "ine:3px solid var(--link);outline-offset:2px}"),
	("code,pre{font-family:Consolas,\"DejaVu Sans Mono\",\"Liberation Mono\",Menlo,monos"
	    "pace;font-size:.875em}"),
	".sub,.note{color:var(--soft)}",
	".note{font-size:.875rem}",
	".line{display:block}",
	(".answer{margin:1.5rem 0 0;padding:1.25rem 1.5rem;background:var(--pale);border-lef"
	    "t:6px solid var(--ink)}"),
	".answer p{max-width:56rem}",
	".verdict{font-size:1.375rem;line-height:1.35;font-weight:600;margin:0 0 .5rem}",
	(".levels{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;margin:1rem 0"
	    " 0;padding:0;max-width:none}"),
	".levels li{margin:0}",
	(".level{display:inline-block;min-width:5.25em;padding:.0625rem .5rem;border:2px sol"
	    "id transparent;border-radius:3px;font-size:.8125rem;line-height:1.375;font-weight:"
	    "600;text-align:center;white-space:nowrap;-webkit-print-color-adjust:exact;print-co"
	    "lor-adjust:exact}"),
	(".level.critical{background:var(--critical);border-color:var(--critical);color:#fff"
	    "}"),
	".level.high{background:var(--high);border-color:var(--high);color:#fff}",
	".level.medium{background:var(--medium);border-color:#8a6a00;color:var(--ink)}",
	".level.low{background:var(--low);border-color:#9aa4ae;color:var(--ink)}",
	".level.unknown{background:#fff;border:2px dashed var(--unknown);color:var(--ink)}",
	".level.clean{background:#fff;border-color:var(--line);color:var(--soft)}",
	".level.critical::before{content:\"\\25B2\\25B2\\00A0\"}",
	".level.high::before{content:\"\\25B2\\00A0\"}",
	".level.unknown::before{content:\"?\\00A0\"}",
	".facts{margin:0;font-size:.9375rem}",
	(".facts div{display:grid;grid-template-columns:11rem minmax(0,1fr);gap:0 1rem;paddi"
	    "ng:.25rem 0;border-bottom:1px solid var(--line)}"),
	"dt{color:var(--soft)}",
	"dd{margin:0}",
	"table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4}",
	"caption{text-align:left;color:var(--soft);padding:0 0 .5rem}",
	("th,td{text-align:left;vertical-align:top;padding:.375rem .75rem .375rem 0;border-b"
	    "ottom:1px solid var(--line);font-weight:400}"),
	"thead th{font-weight:600;border-bottom:2px solid var(--ink);vertical-align:bottom}",
	"tbody th,tbody td,dd,h1,h3,li,blockquote,q,.verdict,.lane{overflow-wrap:anywhere}",
	"thead th{white-space:nowrap}",
	"tbody th{font-weight:600}",
	"#ranked .line+.line{margin-top:.25rem;color:var(--soft)}",
	".files{table-layout:fixed;font-size:.75rem}",
	"@media print,(min-width:48.01rem){",
	("#ranked td:nth-child(1),#ranked td:nth-child(3),#ranked td:nth-child(7),.files td:"
	    "nth-child(1),.files td:nth-child(3),.files td:nth-child(5),.counts td:nth-child(2)"
	    ",.right{text-align:right;white-space:nowrap}"),
	"#ranked th:nth-child(4){width:22%}",
	"#ranked td:nth-child(6){width:34%}",
	"#ranked td:nth-child(5),#ranked td:nth-child(8){white-space:nowrap}",
	(".files th:nth-child(1){width:7%}.files th:nth-child(2){width:8%}.files th:nth-chil"
	    "d(3){width:7%}.files th:nth-child(4){width:21%}.files th:nth-child(5){width:8%}.fi"
	    "les th:nth-child(6){width:16%}"),
	".folders td,.folders thead th{text-align:right;padding-right:0;padding-left:.5rem}",
	".folders thead th:nth-child(-n+2){text-align:left;padding-left:0}",
	".folders .bar{width:30%;padding-left:0}",
	".folders tbody th{padding-right:1rem;white-space:nowrap;font-weight:400}",
	(".suspect .facts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 2"
	    ".5rem}"),
	".suspect .facts div{grid-template-columns:9rem minmax(0,1fr)}",
	".counts td:nth-child(2){width:6rem;padding-right:1.5rem}",
	".counts td:first-child{width:8rem}",
	"}",
	(".files td:nth-child(7){font-family:Consolas,\"DejaVu Sans Mono\",\"Liberation Mono"
	    "\",Menlo,monospace;font-size:.6875rem}"),
	(".chunk{content-visibility:auto;contain-intrinsic-size:auto 40000px;margin-bottom:1"
	    ".5rem}"),
	("thead button{font:inherit;color:inherit;background:none;border:0;padding:.125rem 0"
	    ";margin:0;cursor:pointer;text-align:left;text-decoration:underline;text-decoration"
	    "-color:var(--line);text-underline-offset:.2em}"),
	"thead button:hover{text-decoration-color:currentColor}",
	"th[aria-sort=ascending] button::after{content:\"\\00A0\\2191\"}",
	"th[aria-sort=descending] button::after{content:\"\\00A0\\2193\"}",
	(".tools{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1rem;margin:0 0 1r"
	    "em;font-size:.875rem}"),
	".tools[hidden]{display:none}",
	(".tools input,.tools select{font:inherit;color:inherit;background:#fff;border:1px s"
	    "olid var(--unknown);border-radius:3px;padding:.25rem .5rem;max-width:100%}"),
	".tools input{width:14rem}",
	".tools output{color:var(--soft)}",
	(".pictures{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:0 3re"
	    "m}"),
	".pictures h3:first-child{margin-top:0}",
	("svg{display:block;width:100%;-webkit-print-color-adjust:exact;print-color-adjust:e"
	    "xact}"),
	".stack{height:1rem;background:none}",
	".plot{height:8rem;border-bottom:1px solid var(--ink)}",
	".times{height:3rem;border-bottom:1px solid var(--ink)}",
	".span{height:.5rem;background:var(--clean)}",
	("svg .critical{fill:var(--critical)}svg .high{fill:var(--high)}svg .medium{fill:var"
	    "(--medium)}svg .low{fill:#b6c0c9}svg .unknown{fill:var(--unknown)}svg .clean{fill:"
	    "#dfe5ea}"),
	("svg .hot{fill:var(--critical)}svg .cold{fill:#9fb3c8}svg .log{fill:var(--log)}svg .c"
	    "rash{fill:var(--ink)}"),
	(".axis{display:flex;justify-content:space-between;gap:.5rem;margin:.125rem 0 0;max-"
	    "width:none;font-size:.75rem;color:var(--soft)}"),
	".ticks{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));gap:0}",
	".ticks span{border-left:1px solid var(--soft);padding:.125rem 0 0 .25rem}",
	".contents{margin:1rem 0 0;font-size:.9375rem}",
	(".contents ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin"
	    ":0;padding:0;max-width:none}"),
	".lane{margin:.75rem 0 .25rem;font-size:.875rem;max-width:none}",
	(".suspect{margin:0 0 2.5rem;padding-top:.25rem;border-top:1px solid var(--ink);cont"
	    "ent-visibility:auto;contain-intrinsic-size:auto 900px}"),
	".suspect h3{font-size:1.1875rem;margin:.75rem 0 .75rem}",
	(".suspect .rank{display:inline-block;min-width:1.5em;color:var(--soft);font-weight:"
	    "400}"),
	".suspect h3 .level{vertical-align:.125em;margin-left:.25rem}",
	".findings{list-style:none;margin:0;padding:0;max-width:none;counter-reset:f}",
	(".findings li{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 "
	    "2rem;margin:0;padding:.5rem 0 .75rem;border-top:1px solid var(--line)}"),
	".findings p{margin:.125rem 0}",
	".reading{padding-left:1rem;border-left:3px solid var(--line)}",
	(".kind{color:var(--soft);font-size:.75rem;letter-spacing:.04em;text-transform:upper"
	    "case}"),
	".weight{color:var(--soft);font-size:.875rem}",
	(".bytes{margin:.375rem 0 0;padding:.5rem .625rem;background:var(--pale);border:1px "
	    "solid var(--line);font-size:.75rem;line-height:1.45;white-space:pre-wrap;overflow-"
	    "wrap:anywhere;max-width:26rem}"),
	("mark{background:#ffe58a;color:inherit;font-weight:700;text-decoration:underline;-w"
	    "ebkit-print-color-adjust:exact;print-color-adjust:exact}"),
	("blockquote{margin:.375rem 0 0;padding:.375rem .75rem;background:var(--pale);border"
	    "-left:3px solid var(--unknown);font:.8125rem/1.45 Consolas,\"DejaVu Sans Mono\",\""
	    "Liberation Mono\",Menlo,monospace}"),
	"q{quotes:\"\\201C\" \"\\201D\"}",
	".cases{max-width:56rem;padding-left:1.25rem}",
	(".action{padding:.5rem .75rem;background:var(--pale);border-left:3px solid var(--in"
	    "k);max-width:56rem}"),
	".tree{list-style:none;padding:0;margin:0;max-width:none;font-size:.875rem}",
	".tree li{border-left:2px solid var(--line);padding-left:.75rem}",
	(".tree .d1{margin-left:1rem}.tree .d2{margin-left:2rem}.tree .d3{margin-left:3rem}."
	    "tree .d4{margin-left:4rem}.tree .d5{margin-left:5rem}.tree .d6{margin-left:6rem}.t"
	    "ree .d7{margin-left:7rem}.tree .d8{margin-left:8rem}"),
	(".sign div{display:grid;grid-template-columns:minmax(0,20rem) minmax(0,1fr);gap:1re"
	    "m;align-items:end;padding-top:1.75rem;break-inside:avoid}"),
	".sign{margin:0}",
	".sign dd{border-bottom:1px solid var(--ink);height:1.5rem}",
	".sign dt{color:var(--ink)}",
	"@media screen{.off{display:none}}",
	"@media (max-width:60rem){.pictures{grid-template-columns:minmax(0,1fr)}}",
	"@media screen and (max-width:48rem){",
	"header,main,footer{padding-left:1rem;padding-right:1rem}",
	"h1{font-size:1.625rem}.verdict{font-size:1.1875rem}.answer{padding:1rem}",
	".facts div,.sign div,.findings li{grid-template-columns:minmax(0,1fr)}",
	".reading{margin-top:.5rem}",
	".suspect .facts div{grid-template-columns:7rem minmax(0,1fr)}",
	".tree li{margin-left:0}",
	(".list,.list tbody,.list tr,.list th,.list td,.list caption,.folders,.folders tbody"
	    ",.folders caption{display:block}"),
	(".list thead,.folders thead{position:absolute;width:1px;height:1px;overflow:hidden;"
	    "clip-path:inset(50%)}"),
	".list tr,.folders tr{padding:.5rem 0;border-bottom:1px solid var(--line)}",
	".list th,.list td,.folders th,.folders td{border:0;padding:.0625rem 0}",
	".folders tr{display:flex;flex-wrap:wrap;gap:0 .75rem}",
	".folders tbody th,.folders .bar{flex:0 0 100%;font-weight:600}",
	(".folders td:nth-child(3)::after{content:\" critical\"}.folders td:nth-child(4)::af"
	    "ter{content:\" high\"}.folders td:nth-child(5)::after{content:\" medium\"}.folders"
	    " td:nth-child(6)::after{content:\" unknown\"}.folders td:nth-child(7)::after{conte"
	    "nt:\" low\"}.folders td:nth-child(8)::after{content:\" clean\"}"),
	("#ranked td:nth-child(1)::before{content:\"Rank \"}#ranked td:nth-child(3)::before{"
	    "content:\"Score \"}#ranked td:nth-child(5)::before{content:\"Folder \"}#ranked td:"
	    "nth-child(7)::before{content:\"Bytes \"}#ranked td:nth-child(8)::before{content:\""
	    "Modified \"}"),
	(".files td:nth-child(1)::before{content:\"Rank \"}.files td:nth-child(3)::before{co"
	    "ntent:\"Score \"}.files td:nth-child(5)::before{content:\"Bytes \"}"),
	(".sortable.sortable thead{position:static;width:auto;height:auto;overflow:visible;c"
	    "lip-path:none;display:block}"),
	".sortable thead tr{display:flex;flex-wrap:wrap;gap:0 1rem}",
	"}",
	"@media print{",
	"@page{margin:16mm 14mm}",
	"html{font-size:76%}",
	"body{font-size:1rem}",
	"header,main,footer{max-width:none;padding:0}",
	".tools{display:none!important}",
	"thead button{text-decoration:none}",
	"a{color:inherit;text-decoration:none}",
	"h2{margin-top:1.5rem}",
	"#suspects,#files{break-before:page}",
	(".answer,.action,blockquote,.bytes,svg,.facts div,.findings li,tr{b"
	    "reak-inside:avoid}"),
	".lane,caption,thead,h2+p,.tree li:first-child{break-after:avoid}",
	"tbody tr:first-child{break-before:avoid}",
	".suspect .facts{display:block;column-count:2;column-gap:2.5rem;break-inside:avoid}",
	".suspect,.chunk{content-visibility:visible}",
	"thead{display:table-header-group}",
	"table{font-size:.8125rem}",
	".files{font-size:.625rem}.files td:nth-child(7){font-size:.5625rem}",
	".pictures{grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:0 1.5rem}",
	".suspect .facts div{grid-template-columns:8rem minmax(0,1fr)}",
	"#signoff{break-inside:avoid}",
	"}",
	NULL,
};
/* clang-format on */
