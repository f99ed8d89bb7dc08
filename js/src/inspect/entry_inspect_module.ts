// koeru.inspect.mjs: for `import { inspect } from './koeru.inspect.mjs'`.

import '../platform_of_module.js';

export { inspect } from './inspect.js';
export { rfcUrl } from './rfc_url.js';
