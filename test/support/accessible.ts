/** A smoke check of accessibility, run inside the page: names, ids, contrast. No more than a machine can tell. */
import type { Page } from 'playwright-core';

/** What is wrong, one line each; empty is well. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // tsx names every function by a helper of its own, which the page does not have.
  await page.evaluate('globalThis.__name ??= (one) => one');
  return page.evaluate(() => {
    const faults: string[] = [];
    const seen = (element: Element): boolean => {
      const box = element.getBoundingClientRect();
      return box.width > 1 && box.height > 1 && getComputedStyle(element).visibility === 'visible';
    };
    const sketch = (element: Element): string => element.outerHTML.replace(/\s+/g, ' ').slice(0, 120);

    if (!document.documentElement.lang) faults.push('the document has no language');
    if (!document.querySelector('main')) faults.push('there is no main landmark');
    if (!document.querySelector('[aria-live], [role=status]')) faults.push('there is no live region');

    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    for (const id of new Set(ids.filter((one, i) => ids.indexOf(one) !== i)))
      faults.push(`two elements have the id ${id}`);

    for (const element of document.querySelectorAll(
      'button, input, select, textarea, [role=slider], [role=application]',
    )) {
      if (!seen(element)) continue;
      const labels = (element as HTMLInputElement).labels;
      const name =
        element.getAttribute('aria-label') ??
        (labels?.length ? [...labels].map((label) => label.textContent).join(' ') : element.textContent);
      if (!name?.trim()) faults.push(`has no name: ${sketch(element)}`);
    }

    const luminance = ([r, g, b]: number[]): number => {
      const part = (value: number): number =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
      return 0.2126 * part(r!) + 0.7152 * part(g!) + 0.0722 * part(b!);
    };
    // The canvas turns every way of writing a colour into bytes.
    const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', {
      willReadFrequently: true,
    })!;
    const bytes = (colour: string): number[] => {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data];
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement!;
      if (!texts.currentNode.textContent?.trim() || !seen(element)) continue;
      if (element.closest('.unseen, :disabled, [aria-busy=true], .map, option, .veil')) continue;
      const style = getComputedStyle(element);
      let ground: Element | null = element;
      let colour = [0, 0, 0, 0];
      let picture = false;
      while (ground && colour[3]! < 200) {
        const own = getComputedStyle(ground);
        // Only what lies behind the text counts: a tick of two pixels with a name above it does not.
        const [box, behind] = [element.getBoundingClientRect(), ground.getBoundingClientRect()];
        if (behind.width < box.width - 1 || behind.height < box.height - 1) {
          ground = ground.parentElement;
          continue;
        }
        picture ||= own.backgroundImage !== 'none' && !ground.matches('select');
        colour = bytes(own.backgroundColor);
        ground = ground.parentElement;
      }
      if (picture) continue;
      const [a, b] = [luminance(bytes(style.color)), luminance(colour)].sort((x, y) => y - x);
      const ratio = (a! + 0.05) / (b! + 0.05);
      const size = Number.parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (ratio < (large ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)}: ${sketch(element)}`);
    }
    return [...new Set(faults)];
  });
}
