// koeru.mjs and the drop-ins in a module worker.

import * as Koeru from '/koeru.mjs';
import sdpTransform from '/sdp-transform.mjs';
import SDPUtils from '/sdp.mjs';

const section = 'm=audio 9 RTP/AVP 0\r\na=mid:x\r\n';
Koeru.ready.then(
  () =>
    postMessage([
      Koeru.engine,
      Koeru.stun.decode('000100002112a442b7e7a701bc34d686fa87dfae').method,
      sdpTransform.parse(section).media[0].mid,
      SDPUtils.getMid(section),
    ]),
  (error) => postMessage([error.message]),
);
