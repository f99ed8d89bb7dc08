// Koeru.inspect: hands the input to koeru.inspect.wasm, which finds out what it is, and puts the
// bytes beside the trees that come back.
//
// `caller`: of koeru.js, which loaded this file and knows where all of them are.

import type {
  InspectedItem,
  InspectedPacket,
  InspectInput,
  Inspection,
  InspectNode,
  InspectOptions,
} from '../../koeru.inspect.js';
import { callIn, fields, kMaxRoom } from '../abi.js';
import { badArgument, kindOf } from '../errors.js';
import { loadModule, type Module } from '../loader.js';
import { platform, type Platform } from '../platform.js';
import { bytesOf, utf8Decode, utf8Encode } from '../text.js';
import { textIn } from './text_in.js';

const kWhat = 'Koeru.inspect(input)';

const inspector: Module = {
  file: 'koeru.inspect.wasm',
  ready: 'another Koeru.inspect()',
  fallbackName: 'koeruInspectWasmJs',
};

type Key = { username: string; realm: string; password: string };

// As koeru_inspect() gives them (wasm/koeru_abi.h).
type RawItem = Omit<InspectedItem, 'bytes'> & { hex?: string };
type RawPacket = Omit<InspectedPacket, 'bytes' | 'tree' | 'time'> & {
  microseconds: number;
  realm?: string;
};
type RawInspection = Omit<Inspection, 'items' | 'packets'> & {
  items: RawItem[];
  packets?: RawPacket[];
};

export async function inspect(
  input: InspectInput,
  options: InspectOptions = {},
  caller: Platform = platform,
): Promise<Inspection> {
  Object.assign(platform, caller);
  const key = keyOf(options);
  const source = await sourceOf(input);
  await loadModule(inspector, options.wasm);
  if (typeof source === 'string') {
    const text = textIn(source);
    const { packets, ...found } = call(key, 'text', utf8Encode(text)) as RawInspection;
    return { ...found, text, items: found.items.map((item) => itemOf(item)) };
  }
  const { packets, ...found } = call(key, '', source) as RawInspection;
  const result: Inspection = { ...found, items: found.items.map((item) => itemOf(item, source)) };
  if (found.kind === 'text') result.text = utf8Decode(source);
  if (packets) result.packets = packets.map((packet) => packetOf(packet, source, key));
  return result;
}

// A File that the browser cannot read any more rejects with the browser's own words.
async function sourceOf(input: InspectInput): Promise<string | Uint8Array> {
  if (typeof input === 'string') return input;
  if (/^(Blob|File)$/.test(kindOf(input))) {
    return new Uint8Array(await (input as Blob).arrayBuffer());
  }
  try {
    return bytesOf(kWhat, input);
  } catch {
    throw badArgument(kWhat, 'needs text, bytes or a Blob, got ' + kindOf(input));
  }
}

function keyOf(options: InspectOptions): Key {
  const where = 'Koeru.inspect(input, options)';
  const key: Key = { username: '', realm: '', password: '' };
  for (const name of ['username', 'realm', 'password'] as const) {
    const value = Object(options)[name] ?? '';
    if (typeof value !== 'string') {
      throw badArgument(where, name + ': needs text, got ' + kindOf(value));
    }
    key[name] = value;
  }
  if (!key.password && (key.username || key.realm)) {
    throw badArgument(where, 'password: is needed beside the rest');
  }
  return key;
}

function call({ username, realm, password }: Key, form: string, bytes: Uint8Array): unknown {
  const input = fields([username, realm, password, form, bytes]);
  return JSON.parse(utf8Decode(callIn(inspector, kWhat, 'koeru_inspect', input, kMaxRoom)));
}

function itemOf({ hex, ...item }: RawItem, source?: Uint8Array): InspectedItem {
  if (hex) return { ...item, bytes: fromHex(hex) };
  return item.kind === 'packet' && source ? { ...item, bytes: source } : item;
}

function fromHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; ++i) bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

// The tree is made when somebody looks: of a capture few are.
function packetOf(raw: RawPacket, file: Uint8Array, key: Key): InspectedPacket {
  const { microseconds, realm, ...packet } = raw;
  const bytes = file.subarray(packet.offset, packet.offset + packet.size);
  let tree: InspectNode | undefined;
  return Object.defineProperty({ ...packet, time: microseconds / 1000, bytes }, 'tree', {
    enumerable: true,
    get: () => (tree ??= treeOf(bytes, { ...key, realm: key.realm || realm || '' })),
  }) as InspectedPacket;
}

function treeOf(bytes: Uint8Array, key: Key): InspectNode {
  // A realm without a password is nothing to check with.
  return call(key.password ? key : { ...key, realm: '' }, 'packet', bytes) as InspectNode;
}
