/**
 * GCJ-02 (phones and web maps in China) and BD-09 (Baidu) to WGS84 and back.
 *
 * The forward offsets are gcoord's. Its inverses stop at 1e-6 degrees (11 cm) for GCJ-02 and at a one-step guess for BD-09;
 * here the inverse is iterated until the forward offset meets the point within 1e-11 degrees, so that a round trip stays
 * below a millimetre and a road stored from GCJ-02 does not creep when it is exported and imported again.
 */
import gcoordModule from 'gcoord';

// gcoord's types promise an ES default export, its file is CommonJS that *is* that object.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default;

type Position = [longitude: number, latitude: number];

export function wgs84ToGcj02(position: Position): Position {
  return gcoord.transform([...position] as Position, gcoord.WGS84, gcoord.GCJ02) as Position;
}

/** gcoord moves BD-09 outside China too; we leave positions there untouched, as with GCJ-02. */
export function wgs84ToBd09(position: Position): Position {
  const shifted = wgs84ToGcj02(position);
  const outside = shifted[0] === position[0] && shifted[1] === position[1];
  return outside ? shifted : (gcoord.transform(shifted, gcoord.GCJ02, gcoord.BD09) as Position);
}

export const gcj02ToWgs84 = (position: Position): Position => invert(wgs84ToGcj02, position);
export const bd09ToWgs84 = (position: Position): Position => invert(wgs84ToBd09, position);

/**
 * The point whose offset is `target`. The offset changes by less than 1 % of a step, so each round gains two digits:
 * five or six rounds. Within a kilometre of gcoord's box around China (72.004-137.8347°E, 0.8293-55.8271°N), where the
 * offset jumps, a point may have two answers or none; it is then left near where it is.
 */
function invert(offset: (position: Position) => Position, target: Position): Position {
  let [x, y] = target;
  for (let round = 0; round < 30; round += 1) {
    const there = offset([x, y]);
    const dx = there[0] - target[0];
    const dy = there[1] - target[1];
    x -= dx;
    y -= dy;
    if (!(Math.abs(dx) > 1e-11 || Math.abs(dy) > 1e-11)) break;
  }
  return [x, y];
}
