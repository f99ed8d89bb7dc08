// koeru.js in a classic worker: the global Koeru.

importScripts('/koeru.js');

Koeru.ready.then(
  () =>
    postMessage([
      Koeru.engine,
      Koeru.stun.decode('000100002112a442b7e7a701bc34d686fa87dfae').method,
    ]),
  (error) => postMessage([error.message]),
);
