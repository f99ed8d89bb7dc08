// Who is the DTLS client stays the same for the life of a connection (RFC 8842 section 5.5). Firefox
// forgets it when it answers an ICE restart, and Chromium then refuses the answer ("Failed to set
// SSL role"). An offer that names its role leaves no choice.

type Description = { readonly type: RTCSdpType; readonly sdp: string } | null;

// `local` and `remote`: what was last agreed on; null before there is anything.
export function withDtlsRole(sdp: string, local: Description, remote: Description): string {
  const role = roleOf(local, remote);
  return role ? sdp.replace(/^a=setup:actpass(?=\r?$)/gm, `a=setup:${role}`) : sdp;
}

function roleOf(local: Description, remote: Description): 'active' | 'passive' | null {
  // The answer has decided (RFC 5763 section 5).
  const ours = local && local.type === 'answer' ? setupOf(local.sdp) : null;
  if (ours) return ours;
  const theirs = remote && remote.type === 'answer' ? setupOf(remote.sdp) : null;
  return theirs && (theirs === 'active' ? 'passive' : 'active');
}

function setupOf(sdp: string): 'active' | 'passive' | null {
  const found = /^a=setup:(active|passive)\r?$/m.exec(sdp);
  return found && (found[1] as 'active' | 'passive');
}
