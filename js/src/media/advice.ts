// What happened and what to do, for the people in front of the page, in English and Japanese.
//
// {what} is the camera, the microphone, both, or the screen; {0} and {1} are facts of the case.

import type { Advice, AdviceId } from '../../koeru.js';

const kTexts: Record<AdviceId | 'nearest', [string, string]> = {
  'insecure-page': [
    'The browser hides the {what} because this page did not come over https. Open {0} (with its port, if that is not 443) or, on the machine that serves it, {1}.',
    'このページは https で開かれていないため、ブラウザが{what}を使わせません。{0} を開いてください（ポートが 443 でなければ番号も）。配信しているパソコンでなら {1} でも使えます。',
  ],
  'insecure-frame': [
    'The browser hides the {what} because the page that embeds this one did not come over https. Open that one over https, or this one by itself.',
    '埋め込み元のページが https で開かれていないため、ブラウザが{what}を使わせません。そのページを https で開くか、このページだけを開いてください。',
  ],
  blocked: [
    'The {what} is blocked for this page. Press the sign beside the address, allow it, and try again.',
    'このページでの{what}の使用がブロックされています。アドレスの横の印から許可し、もう一度お試しください。',
  ],
  refused: [
    'The {what} was not allowed. Try again and choose "Allow".',
    '{what}の使用が許可されませんでした。もう一度試し、「許可」を選んでください。',
  ],
  'blocked-by-system': [
    'The privacy settings of the system keep this browser from the {what}. Allow it there, then start the browser again.',
    'システムのプライバシー設定で、このブラウザに{what}が許可されていません。設定で許可し、ブラウザを起動し直してください。',
  ],
  'blocked-by-frame': [
    'The page that embeds this one does not pass the {what} on. Open this one by itself; the other one needs <iframe allow="{0}">.',
    '埋め込み元のページが{what}の使用を認めていません。このページだけを開いてください。埋め込み元には <iframe allow="{0}"> が必要です。',
  ],
  'blocked-by-policy': [
    'The server of this page forbids the {what}: its Permissions-Policy header has to allow {0}.',
    'このページのサーバーが{what}の使用を禁じています。Permissions-Policy ヘッダーで {0} を許可する必要があります。',
  ],
  busy: [
    'The {what} does not start. Close other programs and pages that may be using it, and try again.',
    '{what}を起動できません。使っていそうなほかのプログラムやページを閉じて、もう一度お試しください。',
  ],
  'no-device': [
    'No {what} was found. Plug one in and try again.',
    '{what}が見つかりません。接続して、もう一度お試しください。',
  ],
  'device-gone': [
    'The chosen {what} is not there any more. Choose another one.',
    '選ばれた{what}が見つかりません。ほかのものを選んでください。',
  ],
  impossible: [
    'No {what} can do what this page demands ({0}).',
    'このページの求める条件（{0}）に合う{what}がありません。',
  ],
  nearest: [' The nearest that one can do: {1}.', '最も近いのは {1} です。'],
  unanswered: [
    'Nobody answered whether this page may use the {what}. Try again and choose "Allow".',
    '{what}を使ってよいかの質問に回答がありませんでした。もう一度試し、「許可」を選んでください。',
  ],
  stopped: [
    'The {what} stopped before it delivered anything. Plug it in again and try again.',
    '始まる前に{what}が止まりました。つなぎ直して、もう一度お試しください。',
  ],
  'needs-tap': [
    'The screen can be shared only right after a click or a key. Press the button again.',
    '画面の共有は、クリックやキー操作から始める必要があります。もう一度ボタンを押してください。',
  ],
  unsupported: [
    'This browser cannot use the {what} that way. Take a current Chrome, Edge, Firefox or Safari.',
    'このブラウザでは{what}をこのように使えません。最新の Chrome、Edge、Firefox、Safari をお使いください。',
  ],
};

const kThings = {
  video: ['camera', 'カメラ'],
  audio: ['microphone', 'マイク'],
  both: ['camera or microphone', 'カメラまたはマイク'],
  screen: ['screen', '画面'],
};
export type Thing = keyof typeof kThings;

export function adviceOf(id: AdviceId, what: Thing, facts: unknown[]): Advice {
  function text(language: 0 | 1): string {
    const template =
      kTexts[id][language] + (facts[1] && id === 'impossible' ? kTexts.nearest[language] : '');
    return template.replace(/\{(\w+)\}/g, function (_, name) {
      return name === 'what' ? (kThings[what][language] as string) : String(facts[name]);
    });
  }
  return { id: id, en: text(0), ja: text(1) };
}
