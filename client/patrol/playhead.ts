/**
 * The second that the slider stands at while it moves. The state, and with it the address, hears of it once it rests:
 * browsers refuse more than some 100 address changes in 30 s, and a patrol that is played makes 60 a second.
 */
import { createStore } from '../state/store.ts';

export const playhead = createStore(0);
