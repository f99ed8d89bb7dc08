// "RFC 8489 §14.2" -> where to read it.

export function rfcUrl(rfc: string): string {
  const [, number, section] = /^RFC (\d+)(?: §(\w+(?:\.\w+)*))?$/.exec(rfc) || [];
  if (!number) return '';
  const url = 'https://www.rfc-editor.org/rfc/rfc' + number;
  if (!section) return url;
  return url + (/^\d/.test(section) ? '#section-' : '#appendix-') + section;
}
