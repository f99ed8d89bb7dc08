// Koeru's modules and their peers, as far as they are built.

// `load` imports a module by its path from the top of the tree; it gives undefined where none is.
export async function loadPackages(load, original, sdp) {
  const [dropIn, sdpUtils, koeru] = await Promise.all([
    load('build/dist/sdp-transform.mjs'),
    load('build/dist/sdp.mjs'),
    load('build/dist/koeru.mjs'),
  ]);
  const view = koeru.sdp && koeru.sdp.parse ? koeru.sdp : undefined;
  if (view) await koeru.ready;
  return { dropIn, original, sdp, sdpUtils: sdpUtils && (sdpUtils.default ?? sdpUtils), view };
}
