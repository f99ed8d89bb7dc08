// Changes to the browser's own objects, each of which can be undone to the very descriptor.

import type { Scope } from '../scope.js';

interface Patch {
  name: string;
  target: object;
  key: string;
  before: PropertyDescriptor | undefined;
  ours: PropertyDescriptor;
}

let patches: Patch[] = [];

// `name`: as a programmer would write it.
export function patch(name: string, target: object, ours: PropertyDescriptor): void {
  const key = name.slice(name.lastIndexOf('.') + 1);
  const before = Object.getOwnPropertyDescriptor(target, key);
  ours.configurable = ours.enumerable = true;
  if ('value' in ours) ours.writable = true;
  Object.defineProperty(target, key, ours);
  patches.push({ name: name, target: target, key: key, before: before, ours: ours });
}

export function patchedNames(): string[] {
  return patches.map(function (each) {
    return each.name;
  });
}

export function undoPatches(scope: Scope): void {
  const all = patches.reverse();
  patches = [];
  all.forEach(function (each) {
    const now = Object.getOwnPropertyDescriptor(each.target, each.key) || {};
    if (now.value !== each.ours.value || now.get !== each.ours.get) {
      // Somebody built upon ours, and taking it away would break that.
      const message = 'Koeru.uninstall: ' + each.name + ' was changed by somebody else and stays';
      if (scope.console && scope.console.warn) scope.console.warn(message);
    } else if (each.before) Object.defineProperty(each.target, each.key, each.before);
    else delete (each.target as Record<string, unknown>)[each.key];
  });
}
