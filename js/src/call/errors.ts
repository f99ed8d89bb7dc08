// Errors of a call, with their advice in two languages. One row for each code.

import type { CallError } from '../../koeru.call.js';

type Row = [message: string, en: string, ja: string];

const kTryLater = 'Try again later.';
const kTryLaterJa = 'しばらくしてから、もう一度お試しください。';

// {name} is filled in from the facts.
const kRows: Record<string, Row> = {
  'SignallingError no-server': [
    'the server at {url} does not answer',
    'Check your network and the address of the server, then join again.',
    'ネットワークとサーバーのアドレスを確かめて、もう一度参加してください。',
  ],
  'SignallingError refused': [
    'the server at {url} answers, but refuses the signalling: {reason}',
    'Load the page from that server itself (403), see that its signalling is on (404) and that no proxy before it stops WebSockets (426), then join again.',
    'そのサーバー自身からページを開いているか（403）、シグナリングが有効か（404）、途中のプロキシが WebSocket を止めていないか（426）を確かめて、もう一度参加してください。',
  ],
  'SignallingError server-lost': [
    'the connection to the server broke',
    'Nothing to do: it is being mended, and the call goes on.',
    '自動でつなぎ直しています。通話はそのまま続きます。',
  ],
  'SignallingError bad-room': [
    'the server refuses the name of the room: {message}',
    'The link is damaged: ask for it again.',
    'リンクが壊れています。もう一度もらってください。',
  ],
  'SignallingError room-full': [
    'the room is full: {message}',
    'Make a new room, or wait until somebody leaves.',
    '新しいルームを作るか、誰かが退出するのを待ってください。',
  ],
  'SignallingError no-peer': [
    'the server has no media peer to call',
    'Join without "peer", or ask the operator to start the relay with media-peer.',
    '「peer」なしで参加するか、管理者に media-peer 付きでの起動を頼んでください。',
  ],
  'SignallingError replaced': [
    'this member came back on another connection',
    'Close this page, or join again.',
    'このページを閉じるか、もう一度参加してください。',
  ],
  'SignallingError ': ['the server says: {message}', kTryLater, kTryLaterJa],
  'CredentialError no-answer': [
    'no credential for the relay: {reason}',
    'Without a relay only direct paths work. Check that the server answers at {url}.',
    'リレーなしでは直接の経路しか使えません。{url} が応答するか確かめてください。',
  ],
  'CredentialError no-relay': [
    'the server offers no relay',
    'Do without "relayOnly", or ask the operator to set a relay up.',
    '「リレーのみ」をやめるか、管理者にリレーの設置を頼んでください。',
  ],
  'RelayError refused': [
    'the relay refused the credential (error {status})',
    'It may have expired: join again. If that does not help, relay and server do not share a secret.',
    '期限切れかもしれません。参加し直してください。直らなければ、リレーとサーバーの共有シークレットが異なっています。',
  ],
  'RelayError full': ['the relay has no room left (error {status})', kTryLater, kTryLaterJa],
  'RelayError unreachable': [
    'the relay does not answer ({url})',
    'It may be down, or a firewall between you and it blocks {protocol}.',
    '停止しているか、途中のファイアウォールが {protocol} を遮断しています。',
  ],
  'RelayError no-candidates': [
    'the relay gave no address (error {status})',
    kTryLater,
    kTryLaterJa,
  ],
  'PeerError failed': [
    'no path to {member} works',
    'Try "relayOnly", or another network, on either side.',
    'どちらかの側で「リレーのみ」か別のネットワークをお試しください。',
  ],
  'PeerError negotiation': [
    'the browser could not agree with {member}: {reason}',
    'Join again on both sides. If it stays so, one of the browsers is too old.',
    '両側で参加し直してください。直らなければ、どちらかのブラウザが古すぎます。',
  ],
  'PeerError refused': [
    '{member} ends the call: {reason}',
    'Join again when what the message names is mended.',
    'メッセージの原因を解消してから、もう一度参加してください。',
  ],
  'PeerError closed': [
    'the connection to {member} is closed',
    'Wait until the member is connected (its state tells), then send again.',
    '相手とつながる（state が connected になる）のを待って、もう一度送ってください。',
  ],
  'PeerError full': [
    '{messages} messages wait for {member}: no more can be kept',
    'Wait until the member is connected, and for the promise of send before the next one.',
    '相手とつながるのを待ち、send の完了を待ってから次を送ってください。',
  ],
  'FileError rejected': [
    '{member} does not want {file}',
    'Ask before you send it again.',
    '送り直す前に、相手に確かめてください。',
  ],
  'FileError cancelled': [
    'the transfer of {file} was cancelled',
    'Send it again if that was a mistake.',
    '間違いだった場合は、もう一度送ってください。',
  ],
  'FileError lost': [
    'the connection to {member} ended while {file} was under way',
    'Send it again from the start when the member is connected.',
    '相手とつながったら、最初から送り直してください。',
  ],
  'FileError sink': [
    'what was received of {file} could not be stored: {reason}',
    'Make space, or choose another place, and ask for it again.',
    '空き容量を増やすか保存先を変えて、もう一度送ってもらってください。',
  ],
  'FileError source': [
    '{file} cannot be read any more: {reason}',
    'It was changed or removed: choose it again.',
    'ファイルが変更されたか消されました。選び直してください。',
  ],
  'FileError protocol': [
    'the other side did something unexpected: {reason}',
    'Load the page again on both sides, so that both run the same version.',
    '両側でページを読み込み直し、同じ版にしてください。',
  ],
  'MediaError ': [
    'the device or screen could not be had: {reason}',
    'Allow it in the browser and the system, and see that nothing else holds it.',
    'ブラウザと OS で許可し、ほかのプログラムが使っていないか確かめてください。',
  ],
};

function fill(text: string, facts: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (braces, name) => String(name in facts ? facts[name] : braces));
}

export function callError(
  name: string,
  code: string,
  facts: Record<string, string | number> = {},
  cause?: unknown,
): CallError {
  const row = kRows[`${name} ${code}`] || kRows[`${name} `];
  if (!row) throw new Error(`no such error: ${name} ${code}`);
  const [message, en, ja] = row.map((text) => fill(text, facts)) as Row;
  const error = new Error(message) as CallError;
  const fields = { name, code, facts, advice: { en, ja } };
  for (const [key, value] of Object.entries(fields)) {
    Object.defineProperty(error, key, { value, enumerable: true, configurable: true });
  }
  if (cause !== undefined) Object.defineProperty(error, 'cause', { value: cause });
  return error;
}

// Of the page itself: what it did, and what to do instead.
export function pageError(name: string, message: string, en: string, ja: string): CallError {
  const error = new Error(`${message}: ${en}`) as CallError;
  return Object.assign(error, { name, code: '', facts: {}, advice: { en, ja } });
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
