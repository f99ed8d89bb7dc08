// koeru/sdp-transform: in the place of sdp-transform 3. js/SDP.md lists each difference.
//
// The default export is what `import sdpTransform from 'sdp-transform'` gives in Node: all of it.

import * as functions from './functions.js';

export * from './functions.js';
export default { ...functions };
