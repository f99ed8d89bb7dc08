// Scope: the parts of `window` that Koeru looks at.
//
// Everything that depends on the browser takes a Scope, so that the tests can hand in a faithful
// fake of Chrome 21 or Opera 12 and so that nothing is looked up while the script loads.

export type LegacyGetUserMedia = (
  constraints: unknown,
  onSuccess: (stream: MediaStream) => void,
  onError: (error: unknown) => void,
) => unknown;

export interface NavigatorLike {
  mediaDevices?: { getUserMedia?: (constraints: unknown) => PromiseLike<MediaStream> };
  getUserMedia?: LegacyGetUserMedia;
  webkitGetUserMedia?: LegacyGetUserMedia;
  mozGetUserMedia?: LegacyGetUserMedia;
  msGetUserMedia?: LegacyGetUserMedia;
}

export interface LocationLike {
  protocol: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  hash: string;
}

export interface ObjectUrls {
  createObjectURL?: (object: unknown) => string;
  revokeObjectURL?: (url: string) => void;
}

export interface Scope {
  navigator?: NavigatorLike;
  location?: LocationLike;
  isSecureContext?: boolean;
  Promise?: PromiseConstructor;
  URL?: ObjectUrls;
  webkitURL?: ObjectUrls;
}

export function globalScope(): Scope {
  if (typeof window !== 'undefined') return window as unknown as Scope;
  if (typeof self !== 'undefined') return self as unknown as Scope;
  return (typeof global !== 'undefined' ? global : {}) as Scope;
}
declare const global: unknown;
