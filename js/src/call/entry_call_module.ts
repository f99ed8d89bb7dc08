// koeru.call.mjs: for `import { join } from './koeru.call.mjs'`.

export { join, newRoomName, webSocketTransport } from './join.js';
