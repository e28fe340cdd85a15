/** The type on the map: the same families as style/tokens.css, which a canvas cannot read. */
const families =
  '"PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif';

/** `mapFont(12)`, `mapFont(13, '500')`, `mapFont(12, 'italic')` */
export const mapFont = (pixels: number, manner = ''): string => `${manner} ${pixels}px ${families}`.trim();
