// What people copy out of a console is often JSON: of an RTCSessionDescription, of an
// RTCIceCandidate, or a message that has one of them. Of those the text within is meant.

export function textIn(pasted: string): string {
  if (!/^\s*\{/.test(pasted)) return pasted;
  try {
    return within(JSON.parse(pasted)) ?? pasted;
  } catch {
    return pasted;
  }
}

// The text, or one of the objects that such objects stand in: {type: 'offer', sdp: {type, sdp}}.
function within(value: unknown): string | undefined {
  const { sdp, candidate } = Object(value) as Record<string, unknown>;
  for (const inner of [sdp, candidate]) {
    if (typeof inner === 'string') return inner;
    if (typeof inner === 'object' && inner) return within(inner);
  }
  return undefined;
}
