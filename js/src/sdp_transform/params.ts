// The small readers of sdp-transform for values that a result keeps as text.

import type { Fields } from './template.js';

// A number where the text is exactly what the number would be written as: '10' but not '010'.
export function numberOrText(text: string): string | number {
  const c = text.charCodeAt(0);
  // Only digits, '-', 'Infinity' and 'NaN' begin a number that is written the same way.
  if ((c < 48 || c > 57) && c !== 45 && c !== 73 && c !== 78) return text;
  const number = Number(text);
  return String(number) === text ? number : text;
}

function setParam(params: Fields, text: string): void {
  const equals = text.indexOf('=');
  // 'name=' has no value, and neither has '=value' a name.
  if (equals >= 0 && equals + 1 < text.length) {
    params[text.slice(0, equals)] = numberOrText(text.slice(equals + 1));
  } else if (equals >= 0) {
    params[text.slice(0, equals) + '='] = undefined;
  } else if (text.length > 1) {
    params[text] = undefined;
  }
}

function paramsOf(parts: string[]): Fields {
  const params: Fields = {};
  for (let i = 0; i < parts.length; ++i) setParam(params, parts[i] as string);
  return params;
}

export function parseParams(text: string): Fields {
  return paramsOf(text.split(/;\s?/));
}

export function parsePayloads(text: string | number): number[] {
  return text.toString().split(' ').map(Number);
}

export interface RemoteCandidate {
  component: string | number | undefined;
  ip: string | number | undefined;
  port: string | number | undefined;
}

export function parseRemoteCandidates(text: string): RemoteCandidate[] {
  const parts = text.split(' ').map(numberOrText);
  const candidates: RemoteCandidate[] = [];
  for (let i = 0; i < parts.length; i += 3) {
    candidates.push({ component: parts[i], ip: parts[i + 1], port: parts[i + 2] });
  }
  return candidates;
}

export function parseImageAttributes(text: string): Fields[] {
  return text.split(' ').map(function (image) {
    return paramsOf(image.substring(1, image.length - 1).split(','));
  });
}

export interface SimulcastFormat {
  scid: string | number;
  paused: boolean;
}

function simulcastFormat(text: string): SimulcastFormat {
  const paused = text.charAt(0) === '~';
  return { scid: numberOrText(paused ? text.substring(1) : text), paused: paused };
}

export function parseSimulcastStreamList(text: string): SimulcastFormat[][] {
  return text.split(';').map(function (stream) {
    return stream.split(',').map(simulcastFormat);
  });
}
