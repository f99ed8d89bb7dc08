// A server that says no: for ever, or for a while? On the way back into a room a refusal may pass: a
// server that starts, a proxy before it, members who leave.

// So many connections in a row that are not even opened, and the server is asked why.
const kAskAfter = 3;
// With the waits in between these are about 20 s.
const kMostRefusals = 8;
// What no waiting changes: the server understands something else than this page.
const kFinalCodes = ['replaced', 'bad-room', 'bad-message', 'already-joined'];

export class Refusals {
  private unopenedInARow = 0;
  private inARow = 0;
  private told = '';

  opened(): void {
    this.unopenedInARow = 0;
  }

  entered(): void {
    this.inARow = 0;
    this.told = '';
  }

  // A WebSocket did not open. True: it is time to ask why.
  unopened(): boolean {
    return ++this.unopenedInARow >= kAskAfter;
  }

  // The server's error, by its code. "Too fast" passes, however long it takes.
  byCode(code: string): { isFinal: boolean; isNews: boolean } {
    const isNews = this.told !== code;
    this.told = code;
    if (code !== 'too-fast') ++this.inARow;
    return { isFinal: kFinalCodes.includes(code) || this.inARow >= kMostRefusals, isNews };
  }

  // What a plain request came to, null where nobody answers. True: it is final.
  byStatus(status: number | null): boolean {
    const isRefusal = status !== null && status !== 429 && status < 500;
    this.inARow = isRefusal ? this.inARow + 1 : 0;
    return this.inARow >= kMostRefusals;
  }
}
