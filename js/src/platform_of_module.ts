// Where an ES module came from, and how it loads others: for koeru.mjs and koeru.inspect.mjs, which
// import this for what it does.

import { platform } from './platform.js';

platform.scriptUrl = import.meta.url;
// Names that bundlers cannot follow: whoever bundles hands in the files by Koeru.load(). build.mjs
// tells them so.
function importModule(name: string): Promise<any> {
  return import(name);
}
platform.loadScript = importModule;
if (/^file:/.test(import.meta.url) && typeof process === 'object') {
  // It is there before anything else is loaded, which takes longer.
  importModule('node:crypto').then(function (module) {
    platform.crypto = module.webcrypto;
  });
  platform.readFile = function (url) {
    return importModule('node:fs/promises').then(function (module) {
      return module.readFile(/^file:/.test(url) ? new URL(url) : url);
    });
  };
  platform.loadScript = function (url) {
    // More than the one letter of a Windows drive.
    if (/^[a-z]{2,}:/i.test(url)) return importModule(url);
    return importModule('node:url').then(function (module) {
      return importModule(module.pathToFileURL(url).href);
    });
  };
}
declare const process: unknown;
