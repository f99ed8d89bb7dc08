// URL.createObjectURL(stream) and `element.src = url`, for pages from before srcObject on browsers
// that have dropped it (Chrome 71, Firefox 62, Safari 12).

import type { Scope } from '../scope.js';
import { patch } from './patches.js';

export function patchStreamUrls(scope: Scope): void {
  const urls = scope.URL;
  const Stream = scope.MediaStream;
  const prototype =
    scope.HTMLMediaElement && (scope.HTMLMediaElement.prototype as HTMLMediaElement);
  if (!urls || !urls.createObjectURL || !Stream || !prototype || !('srcObject' in prototype))
    return;
  const src = Object.getOwnPropertyDescriptor(prototype, 'src');
  if (!src || !src.set || takesStreams(urls, Stream)) return;

  const native = { create: urls.createObjectURL, revoke: urls.revokeObjectURL };
  const streams: Record<string, object> = {};
  let made = 0;
  patch('URL.createObjectURL', urls, {
    value: function (object: object) {
      if (!(object instanceof Stream)) return native.create.call(urls, object);
      const url = 'blob:koeru-' + ++made;
      streams[url] = object;
      return url;
    },
  });
  // An element that shows the stream goes on.
  patch('URL.revokeObjectURL', urls, {
    value: function (url: string) {
      if (streams[url]) delete streams[url];
      else if (native.revoke) native.revoke.call(urls, url);
    },
  });

  function take(element: any, url: unknown, otherwise: () => void): void {
    const stream = streams[String(url)];
    if (stream) {
      element.koeruSrc = String(url);
      element.srcObject = stream;
      return;
    }
    if (element.koeruSrc) element.srcObject = element.koeruSrc = null;
    otherwise();
  }
  patch('HTMLMediaElement.prototype.src', prototype, {
    get: function (this: any) {
      return this.koeruSrc || (src.get as () => string).call(this);
    },
    set: function (this: any, url: unknown) {
      const self = this;
      take(self, url, function () {
        (src.set as (url: unknown) => void).call(self, url);
      });
    },
  });
  const setAttribute = prototype.setAttribute;
  patch('HTMLMediaElement.prototype.setAttribute', prototype, {
    value: function (this: any, name: string, value: string) {
      const self = this;
      if (!/^src$/i.test(name)) return setAttribute.call(self, name, value);
      return take(self, value, function () {
        setAttribute.call(self, name, value);
      });
    },
  });
}

function takesStreams(
  urls: { createObjectURL?: any; revokeObjectURL?: any },
  Stream: new () => object,
): boolean {
  try {
    urls.revokeObjectURL(urls.createObjectURL(new Stream()));
    return true;
  } catch (error) {
    return false;
  }
}
