// When a credential ends, where its user name tells: time-limited ones of the "TURN REST API", and
// JSON Web Tokens without their signature (OPERATING.md of koeru-relay).

// Seconds since 1970 up to the year 5138: other numbers are no times.
const kEarliest = 1e9;
const kLatest = 1e11;

// Null: it says nothing.
export function expiryOf(username: string | undefined): Date | null {
  if (!username) return null;
  const numbers = username
    .split(':')
    .filter((part) => /^\d+$/.test(part))
    .map(Number);
  const seconds = numbers.find((n) => n >= kEarliest && n < kLatest) ?? expiryOfToken(username);
  return seconds === null ? null : new Date(seconds * 1000);
}

function expiryOfToken(username: string): number | null {
  const parts = username.split('.');
  if (parts.length !== 2) return null;
  try {
    const { exp } = JSON.parse(atob(parts[1]!.replace(/-/g, '+').replace(/_/g, '/')));
    return typeof exp === 'number' && exp < kLatest ? exp : null;
  } catch (error) {
    return null;
  }
}
