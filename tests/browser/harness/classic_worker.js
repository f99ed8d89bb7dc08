// A classic worker: answers a message, in hexadecimal, with what koeru.js makes of it.

importScripts('/koeru.js');

onmessage = ({ data }) => {
  Koeru.ready.then(
    () => postMessage([Koeru.engine, Koeru.stun.decode(data).method]),
    (error) => postMessage([error.name, error.message]),
  );
};
