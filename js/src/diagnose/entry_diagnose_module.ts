// koeru.diagnose.mjs: for `import { diagnose } from './koeru.diagnose.mjs'`.

export { diagnose, explainIceError } from './diagnose.js';
