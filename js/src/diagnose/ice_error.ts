// What the codes of `icecandidateerror` mean: STUN and TURN error codes, and 701 for no answer.

import type { ServerError } from '../../koeru.diagnose.js';

type Row = [isHarmless: boolean, en: string, ja: string];

const kRows: Record<number, Row> = {
  300: [true, 'The server sends clients to another one.', '別のサーバーに案内されました。'],
  400: [
    false,
    'The server does not understand the browser.',
    'サーバーがブラウザの要求を理解できません。',
  ],
  401: [
    false,
    'The server does not accept this user name and password.',
    'このユーザー名とパスワードは受け付けられません。',
  ],
  403: [false, 'The server forbids it.', 'サーバーが禁止しています。'],
  437: [
    true,
    'The server had an old allocation of this port; the browser tries another one.',
    '以前の割り当てが残っていました。ブラウザが別のポートで試します。',
  ],
  438: [
    true,
    'The nonce was too old; the browser asks again by itself.',
    'nonce が古くなっていました。ブラウザが自動でやり直します。',
  ],
  440: [
    true,
    'The server relays no addresses of that family.',
    'その種類の IP アドレスは中継されません。',
  ],
  441: [
    false,
    'The credential does not belong to this allocation.',
    '資格情報がこの割り当てのものではありません。',
  ],
  442: [false, 'The server does not relay that protocol.', 'そのプロトコルは中継されません。'],
  486: [
    false,
    'This user has as many allocations as are allowed.',
    'このユーザーの割り当て数が上限に達しています。',
  ],
  500: [false, 'Something is wrong in the server.', 'サーバー内部のエラーです。'],
  508: [false, 'The server has no port left.', 'サーバーに空きポートがありません。'],
  // Browsers try each interface and family, and one that cannot work is no loss.
  701: [
    true,
    'From one of the addresses of this machine there was no answer.',
    'この端末のアドレスの一つからは応答がありませんでした。',
  ],
};

const kOther: Row = [false, 'The server refused.', 'サーバーが拒否しました。'];

export function explainIceError(code: number, text = ''): ServerError {
  const [isHarmless, en, ja] = kRows[code] || kOther;
  return { code, text, isHarmless, meaning: { en, ja } };
}
