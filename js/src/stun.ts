// Koeru.stun: STUN and TURN messages to plain objects and back. The codec is core's, in WebAssembly.

import type { StunAttributeInput, StunKey, StunMessage, StunMessageInput } from '../koeru.js';
import { callForBytes, callForJson, fields } from './abi.js';
import { badArgument, kindOf } from './errors.js';
import { codecs } from './loader.js';
import { platform } from './platform.js';
import { bytesOf, utf8Encode } from './text.js';

const kDecode = 'Koeru.stun.decode(bytes)';
const kEncode = 'Koeru.stun.encode(message)';

// Fields: form ("bytes" or "hex"), the message, username, realm, password.
export function decode(input: unknown, key?: StunKey): StunMessage {
  const form = typeof input === 'string' ? 'hex' : 'bytes';
  const message = typeof input === 'string' ? utf8Encode(input) : bytesOf(kDecode, input);
  const call = [form, message].concat(keyFields(kDecode, key));
  return callForJson(kDecode, 'koeru_stun_decode', fields(call)) as StunMessage;
}

// Fields: class, method, transaction ID in hex, username, realm, password, integrity algorithm,
// "fingerprint" or nothing, and then four for each attribute.
export function encode(message: StunMessageInput, key?: StunKey): Uint8Array {
  if (typeof message !== 'object' || message === null) {
    throw badArgument(
      kEncode,
      'needs an object such as { class, method, attributes }, got ' + kindOf(message),
    );
  }
  let call: Array<string | Uint8Array> = [
    word('class', message.class === undefined ? 'request' : message.class),
    word('method', message.method),
    word('transactionId', message.transactionId === undefined ? randomId() : message.transactionId),
  ];
  call = call.concat(keyFields(kEncode, key), [
    word('integrity', message.addIntegrity === undefined ? '' : message.addIntegrity),
    message.addFingerprint ? 'fingerprint' : '',
  ]);
  const attributes = message.attributes === undefined ? [] : message.attributes;
  if (!Array.isArray(attributes)) {
    throw badArgument(kEncode, 'attributes: needs an array, got ' + kindOf(attributes));
  }
  for (let i = 0; i < attributes.length; ++i) {
    call = call.concat(attributeFields(attributes[i] as StunAttributeInput, i));
  }
  return callForBytes(kEncode, 'koeru_stun_encode', fields(call));
}

// Type or name, the form of the value ("value" or "hex"), the value, the padding in hex.
function attributeFields(attribute: StunAttributeInput, index: number): string[] {
  const where = 'attributes[' + index + ']';
  if (typeof attribute !== 'object' || attribute === null) {
    throw badArgument(
      kEncode,
      where + ': needs an object such as { name, value }, got ' + kindOf(attribute),
    );
  }
  const type = attribute.type === undefined ? attribute.name : attribute.type;
  const form = attribute.value === undefined ? 'hex' : 'value';
  const value = attribute.value === undefined ? attribute.hex : attribute.value;
  if (value === undefined) {
    throw badArgument(
      kEncode,
      where + ': needs a value (text) or hex; for an empty one give hex: ""',
    );
  }
  const padding = attribute.padding === undefined ? '' : attribute.padding;
  return [
    word(where + '.type', type),
    form,
    word(where + '.' + form, value),
    word(where + '.padding', padding),
  ];
}

function keyFields(where: string, key: StunKey | undefined): string[] {
  if (key === undefined) return ['', '', ''];
  if (typeof key !== 'object' || key === null || typeof key.password !== 'string') {
    throw badArgument(where, 'the key needs { password } or { username, realm, password }');
  }
  return [key.username || '', key.realm || '', key.password];
}

function word(field: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && value >= 0 && Math.floor(value) === value) return String(value);
  throw badArgument(kEncode, field + ': needs text or a whole number, got ' + kindOf(value));
}

// RFC 8489 section 5: "It MUST be uniformly and randomly chosen", from a cryptographic source.
function randomId(): string {
  // The call says what to wait for.
  if (!codecs.exports) return '';
  const source = typeof crypto === 'undefined' ? platform.crypto : crypto;
  if (!source || !source.getRandomValues) {
    throw badArgument(
      kEncode,
      'transactionId: must be given where there is no crypto.getRandomValues',
    );
  }
  const bytes = source.getRandomValues(new Uint8Array(12));
  let hex = '';
  for (let i = 0; i < bytes.length; ++i) hex += ((bytes[i] as number) + 256).toString(16).slice(1);
  return hex;
}
