/** The looks of the certificate's page: ink and cinnabar on A4, the same on a screen. */
import type { Language } from './words.ts';

const fonts: Record<Language, string> = {
  zh: `'PingFang SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', sans-serif`,
  en: `'Segoe UI', 'Helvetica Neue', Roboto, 'Noto Sans', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif`,
};

/** English takes more lines: its maps are lower, so that the signatures stay on the first page. */
export const pageStyle = (language: Language): string => `
@page { size: A4; margin: 16mm 15mm 18mm; @bottom-right { content: counter(page) ' / ' counter(pages); font: 8pt ${fonts[language]}; color: #5f6c76; } }
* { box-sizing: border-box; }
body { margin: 0; color: #1b2831; background: #fff; font: 9.5pt/1.5 ${fonts[language]}; font-variant-numeric: tabular-nums; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
h1 { margin: 0 0 4mm; padding-bottom: 3mm; border-bottom: .7mm double #a92d13; font-size: ${language === 'zh' ? '21pt' : '18pt'}; font-weight: 600; letter-spacing: ${language === 'zh' ? '.12em' : '0'}; text-align: center; }
h2 { margin: 7mm 0 1.5mm; font-size: 12pt; font-weight: 600; break-after: avoid; }
p { margin: 0 0 2mm; }
.note { color: #43515c; font-size: 8.5pt; break-after: avoid; }
.about { display: grid; grid-template-columns: 1fr 1fr; gap: 1mm 8mm; margin: 0 0 4mm; }
.about div { display: flex; gap: 3mm; } .about dt { color: #5f6c76; white-space: nowrap; } .about dd { margin: 0; font-weight: 600; }
.figures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 4mm; margin-bottom: 3mm; }
.figures div { padding: 2.5mm 3.5mm; border: .25mm solid #cdc8bb; border-top: 1mm solid #1a6a4d; }
.figures .short { border-top-color: #a92d13; } .figures .none { border-top-color: #8a5200; }
.figures span, .figures em { display: block; font-style: normal; font-size: 8.5pt; color: #43515c; }
.figures strong { display: block; font-size: 19pt; line-height: 1.25; font-weight: 600; }
.figures .short em { color: #a92d13; }
.warnings { margin: 0 0 3mm; padding: 2mm 3.5mm; background: #fdf2dc; font-size: 8.5pt; } .warnings ul { margin: 0; padding-left: 4.5mm; }
.maps { display: grid; grid-template-columns: 1fr 1fr; gap: 5mm; margin: 2mm 0 3mm; }
figure { margin: 0; } figure svg { display: block; width: 100%; height: auto; max-height: ${language === 'zh' ? '80mm' : '68mm'}; background: #fcfbf8; border: .25mm solid #e2ded4; }
figcaption { margin-top: 1mm; font-size: 8.5pt; color: #43515c; }
path { fill: none; stroke-linecap: round; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.minor { stroke: #c3c5c4; stroke-width: .5; } .major { stroke: #9aa1a4; stroke-width: 1.1; }
.community { stroke: #e2ded4; stroke-width: .7; } .town { stroke: #b9b3a4; stroke-width: .7; stroke-dasharray: 5 2 1 2; } .outline { stroke: #5f6c76; stroke-width: 1; }
.gap { stroke: #c8371a; stroke-width: 2.2; } .thin { stroke-width: 1.5; } .unzoned { stroke: #174b6e; stroke-width: 1.6; stroke-dasharray: 3 2.5; }
.glance { display: grid; grid-template-columns: 1fr 1fr; gap: 5mm; align-items: start; }
.gaps td:first-child { white-space: nowrap; }
.signs { position: relative; display: grid; grid-template-columns: repeat(3, 1fr); gap: 6mm; margin: 4mm 0 5mm; break-inside: avoid; }
.signs b { display: block; font-weight: 600; } .signs span { display: block; margin-top: 6mm; padding-bottom: .5mm; border-bottom: .2mm solid #5f6c76; color: #5f6c76; font-size: 8pt; }
.signs i { position: absolute; right: 0; top: 5mm; font-style: normal; font-size: 8pt; color: #5f6c76; }
.digest { font-size: 8.5pt; color: #43515c; } code { font: 8pt/1.4 ui-monospace, 'Noto Sans Mono', monospace; overflow-wrap: anywhere; } .digest code { display: block; color: #1b2831; }
.cover { display: flex; flex-direction: column; min-height: 258mm; break-after: page; } .cover .signs { margin-top: auto; padding-top: 5mm; }
table { width: 100%; border-collapse: collapse; font-size: 8.5pt; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th { padding: 1mm 1.5mm; border-bottom: .35mm solid #1b2831; text-align: right; font-weight: 600; vertical-align: bottom; }
td { padding: .6mm 1.5mm; border-bottom: .15mm solid #e2ded4; text-align: right; vertical-align: top; }
td:not(.text) { white-space: nowrap; }
.text { text-align: left; } td.short { color: #a92d13; font-weight: 600; }
.sum td { background: #f5f3ed; font-weight: 600; } tfoot { display: table-row-group; } tfoot td { border-top: .35mm solid #1b2831; font-weight: 600; }
.gaps { font-size: 7.5pt; } .gaps td, .gaps th { padding-left: 1mm; padding-right: 1mm; } small { color: #5f6c76; }
ol, ul { margin: 0 0 2mm; padding-left: 5mm; } li { margin-bottom: .8mm; } .rules { font-size: 8.5pt; }
.holds { color: #1a6a4d; } .verify { break-inside: auto; } .verify li code { display: block; }
@media screen { body { background: #ece9e0; } main { width: 210mm; max-width: 100%; margin: 6mm auto; padding: 16mm 15mm; background: #fff; } }
@media screen and (max-width: 60rem) { main { margin: 0; padding: 5mm; overflow-x: auto; } .about, .maps, .glance { grid-template-columns: 1fr; } }
`;
