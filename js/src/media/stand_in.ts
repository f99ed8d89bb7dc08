// What Koeru.install puts into the browser's place knows what was there before, so that Koeru never
// calls itself.

interface StandIn {
  koeruNative?: unknown;
}

export function standIn<F extends object>(ours: F, native: unknown): F {
  (ours as StandIn).koeruNative = native || null;
  return ours;
}

export function nativeOf<F>(found: F | undefined): F | undefined {
  const native = found && (found as StandIn).koeruNative;
  return (native === undefined ? found : native || undefined) as F | undefined;
}
