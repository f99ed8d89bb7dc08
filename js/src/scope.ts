// Scope: the parts of `window` that Koeru looks at.
//
// Everything that depends on the browser takes a Scope, so that the tests can hand in a faithful
// fake of Chrome 21 or Opera 12 and so that nothing is looked up while the script loads.

export type LegacyGetUserMedia = (
  constraints: unknown,
  onSuccess: (stream: MediaStream) => void,
  onError: (error: unknown) => void,
) => unknown;

export interface DeviceLike {
  deviceId: string;
  groupId: string;
  kind: string;
  label: string;
  facing?: string;
  getCapabilities?: () => Record<string, unknown>;
}

export interface MediaDevicesLike {
  getUserMedia?: (constraints: unknown) => PromiseLike<MediaStream>;
  getDisplayMedia?: (constraints: unknown) => PromiseLike<MediaStream>;
  enumerateDevices?: () => PromiseLike<DeviceLike[]>;
  getSupportedConstraints?: () => Record<string, boolean>;
  addEventListener?: (type: string, listener: () => void) => void;
  removeEventListener?: (type: string, listener: () => void) => void;
  ondevicechange?: unknown;
}

export interface NavigatorLike {
  userAgent?: string;
  mediaDevices?: MediaDevicesLike;
  permissions?: { query(what: { name: string }): PromiseLike<{ state: string }> };
  getDisplayMedia?: (constraints: unknown) => PromiseLike<MediaStream>;
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

interface PolicyLike {
  allowsFeature?: (feature: string) => boolean;
}

export interface DocumentLike {
  permissionsPolicy?: PolicyLike;
  featurePolicy?: PolicyLike;
  addEventListener?: (type: string, listener: () => void, capture: boolean) => void;
  removeEventListener?: (type: string, listener: () => void, capture: boolean) => void;
}

export interface Scope {
  navigator?: NavigatorLike;
  location?: LocationLike;
  isSecureContext?: boolean;
  Promise?: PromiseConstructor;
  URL?: ObjectUrls;
  webkitURL?: ObjectUrls;
  document?: DocumentLike;
  setInterval?: (callback: () => void, ms: number) => unknown;
  clearInterval?: (timer: any) => void;
  console?: { warn?: (message: string) => void };
  // Opera until 12.
  opera?: unknown;
  // Of a page in a frame: another window than `self`.
  top?: unknown;
  self?: unknown;
  // Null in a frame of another origin.
  frameElement?: unknown;
  MediaStream?: { new (): object; prototype: object };
  MediaStreamTrack?: { getSources?: (onSources: (sources: any[]) => void) => void };
  HTMLMediaElement?: { prototype: object };
}

export function globalScope(): Scope {
  if (typeof window !== 'undefined') return window as unknown as Scope;
  if (typeof self !== 'undefined') return self as unknown as Scope;
  return (typeof global !== 'undefined' ? global : {}) as Scope;
}
declare const global: unknown;
