// Object.hasOwn, for browsers that do not have it yet.

export function hasOwn(object: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(object, key);
}
