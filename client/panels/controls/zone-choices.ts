/** What a zone select offers, line by line. */
import type { Zone } from '../../../api/zones/zones.contract.ts';

type Line = { id: number; name: string };
/** `below`: the zone heads a group of its own, in which its communities follow it. */
export type ZoneChoice = Line & { below?: { heading: string; communities: Line[] } };

/**
 * The bureau-led area first, then towns with their communities. A district stands before its towns where there are several
 * or where it is asked for: one alone is what is shown while nothing is chosen. Whatever is asked for is offered, a grid
 * cell or a zone that is gone too, or the select would be blank.
 */
export function zoneChoices(zones: readonly Zone[], asked: number | null): ZoneChoice[] {
  const of = (level: Zone['properties']['level']): Zone[] => zones.filter((zone) => zone.properties.level === level);
  const partsOf = (parent: Zone, level: Zone['properties']['level']): Zone[] =>
    of(level).filter((zone) => zone.properties.parent_id === parent.id);
  const districts = of('district');
  const several = districts.length > 1;
  const offered = several ? districts : districts.filter(({ id }) => id === asked);
  const withCommunities = (town: Zone, district?: Zone): ZoneChoice => ({
    ...lineOf(town),
    below: {
      // Groups do not nest in a select, and towns of two districts may share a name.
      heading: district && several ? `${nameOf(district)} · ${nameOf(town)}` : nameOf(town),
      communities: partsOf(town, 'community').map(lineOf),
    },
  });
  const choices: ZoneChoice[] = [
    ...of('bureau').map(lineOf),
    ...offered.flatMap((district) => [
      lineOf(district),
      ...partsOf(district, 'town').map((town) => withCommunities(town, district)),
    ]),
    ...of('town')
      .filter((town) => !offered.some(({ id }) => id === town.properties.parent_id))
      .map((town) => withCommunities(town)),
  ];
  const there = choices.flatMap(({ id, below }) => [id, ...(below?.communities ?? []).map((one) => one.id)]);
  if (asked === null || there.includes(asked) || zones.length === 0) return choices;
  const other = zones.find(({ id }) => id === asked);
  return [...choices, other ? lineOf(other) : { id: asked, name: `#${asked}` }];
}

const nameOf = (zone: Zone): string => zone.properties.name;
const lineOf = (zone: Zone): Line => ({ id: zone.id, name: nameOf(zone) });
