/** Line icons on a 20-pixel grid, drawn for this product; they take the colour of the text around them. */
import type { JSX } from 'preact';

const paths = {
  plan: 'M3 15.5 8.5 4.5M17 15.5 11.5 4.5M10 5v2M10 9.5v2M10 14v2',
  coverage: 'M10 3a7 7 0 1 0 7 7h-7zM13 2.6A7.4 7.4 0 0 1 17.4 7H13z',
  issues: 'M10 17.5s5.5-4.6 5.5-9A5.5 5.5 0 0 0 4.5 8.500c0 4.400 5.500 9 5.500 9zM10 6v3M10 11.200v.1',
  patrols:
    'M4.500 16.800a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400zM15.500 6.600a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400zM6.200 15.100h6.300a3 3 0 0 0 0-6H8a2.100 2.100 0 0 1 0-4.200h5.800',
  play: 'M6 4l10 6-10 6z',
  pause: 'M6.500 4v12M13.500 4v12',
  upload: 'M10 13V3.500M6 7.500l4-4 4 4M3.500 13v3.500h13V13',
  download: 'M10 3.500V13M6 9l4 4 4-4M3.500 13v3.500h13V13',
  search: 'M9 3.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11zM13.200 13.200 17 17',
  close: 'M5 5l10 10M15 5 5 15',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  home: 'M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M7.500 7.500h5v5h-5z',
  layers: 'M10 3 2.500 7 10 11l7.500-4zM3 10.500l7 3.700 7-3.700M3 13.800l7 3.700 7-3.700',
  legend: 'M3.5 5h2.500M3.500 10h2.500M3.500 15h2.500M9 5h8M9 10h8M9 15h8',
  undo: 'M7 4 3.500 7.500 7 11M4 7.500h7.500a4.500 4.500 0 0 1 0 9H7',
  redo: 'M13 4l3.500 3.500L13 11M16 7.500H8.500a4.500 4.500 0 0 0 0 9H13',
  back: 'M12 4 6 10l6 6',
  forward: 'M8 4l6 6-6 6',
  down: 'M5 7.500l5 5 5-5',
  up: 'M5 12.500l5-5 5 5',
  check: 'M4 10.500 8 14.500 16 5.500',
  warning: 'M10 3 2.500 16.500h15zM10 8v4M10 14.200v.1',
  person:
    'M10 10a3.300 3.300 0 1 0 0-6.600 3.300 3.300 0 0 0 0 6.600zM3.500 17c.6-3.300 3.200-5 6.500-5s5.900 1.700 6.500 5',
  pin: 'M10 17.500s5.500-4.600 5.500-9a5.500 5.500 0 0 0-11 0c0 4.400 5.500 9 5.500 9zM10 10.200a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600z',
  clock: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4.200l2.800 1.800',
  keyboard: 'M2.500 5.500h15v9h-15zM5.500 8.500h.1M8.500 8.500h.1M11.500 8.500h.1M14.500 8.500h.1M6.500 11.700h7',
  centre: 'M10 2.500v4M10 13.500v4M2.500 10h4M13.500 10h4M10 8.500a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3z',
} as const;
export type IconName = keyof typeof paths;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}

/** The mark of the product: a road running away between its two edges. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark" width="30" height="30" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#1f5f8b" />
      <path d="M8 27 13.600 5h4.800L24 27z" fill="#fff" />
      <path d="M16 7.500v3M16 13.500v4M16 21v5" stroke="#1f5f8b" stroke-width="1.9" stroke-linecap="round" />
    </svg>
  );
}
