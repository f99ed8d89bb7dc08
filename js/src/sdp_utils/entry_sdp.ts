// koeru/sdp: in the place of `sdp` 3. js/SDP.md lists each difference.
//
// The default export is what `sdp` itself gives: one object of functions, which tests may replace.

import type * as Public from '../../sdp.js';
import * as functions from './functions.js';

export * from './functions.js';

type Values<T> = { [K in keyof T]: T[K] };
const SDPUtils: Values<typeof Public> = { ...functions };
export default SDPUtils;
