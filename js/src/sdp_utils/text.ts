// Lines cut into their fields.

const kBlank = 32;

// The first `count` words, then all that follows them as one. Blanks in a row count as one; a text
// that begins with one lacks its first word.
export function fields(text: string, count: number): string[] {
  const found: string[] = [];
  let at = skipBlanks(text, 0);
  if (at > 0) found.push('');
  while (at < text.length && found.length < count) {
    const blank = text.indexOf(' ', at);
    const end = blank < 0 ? text.length : blank;
    found.push(text.slice(at, end));
    at = skipBlanks(text, end);
  }
  if (at < text.length) found.push(text.slice(at));
  return found;
}

function skipBlanks(text: string, at: number): number {
  while (text.charCodeAt(at) === kBlank) ++at;
  return at;
}

export function words(text: string): string[] {
  return fields(text, Infinity);
}

// What stands behind the first `mark`; nothing, if there is none.
export function behind(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? '' : text.slice(at + mark.length);
}

// Words with one blank between them; what is not there leaves no gap.
export function joinWords(list: unknown[]): string {
  let text = '';
  for (let i = 0; i < list.length; ++i) {
    const word = list[i];
    if (isThere(word)) text += (text && ' ') + word;
  }
  return text;
}

// What a writer makes of each, one behind the other.
export function writeEach<T>(list: T[] | undefined, write: (item: T) => string): string {
  let text = '';
  if (list) for (let i = 0; i < list.length; ++i) text += write(list[i] as T);
  return text;
}

// Never the words "undefined" and "NaN" in a description.
export function asText(value: unknown): string {
  return isThere(value) ? String(value) : '';
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value === value;
}
