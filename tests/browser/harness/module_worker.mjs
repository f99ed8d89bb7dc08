// A module worker: answers a message, in hexadecimal, with what koeru.mjs makes of it.

import * as Koeru from '/koeru.mjs';

onmessage = ({ data }) => {
  Koeru.ready.then(
    () => postMessage([Koeru.engine, Koeru.stun.decode(data).method]),
    (error) => postMessage([error.name, error.message]),
  );
};
