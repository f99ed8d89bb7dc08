// koeru.mjs: for `import * as Koeru from './koeru.mjs'`, in browsers and in Node.

import './platform_of_module.js';

export * from './api.js';
