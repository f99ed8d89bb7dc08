// The page's words, and the language that shows them.

const words = {
  en: {
    language: 'Language',
    signIn: 'Sign in',
    signOut: 'Sign out',
    name: 'Name',
    password: 'Password',
    signInHint: 'Administrators stand in the configuration (web-admin-user) or in the database (koeru admin).',
    reload: 'Read the configuration again',
    drain: 'Drain',
    drainSure: 'Really: no new allocations, and the server ends with the last one',
    end: 'End',
    endSure: 'Really?',
    allocations: 'Allocations',
    shown: '{shown} of {total}',
    none: 'Nobody is relaying now.',
    sort: 'First:',
    byTraffic: 'most traffic',
    byAge: 'oldest',
    byUser: 'by user',
    user: 'User',
    client: 'Client',
    relayed: 'Relayed address',
    age: 'Age',
    toPeer: 'To peers',
    toClient: 'To clients',
    version: 'Version',
    uptime: 'Running for',
    state: 'State',
    ready: 'ready',
    draining: 'draining',
    live: 'Allocations now',
    ever: 'Since the start',
    refused: 'Answered 401',
    dropped: 'Dropped packets',
    changed: 'Read again. Changed: {changed}.',
    unchanged: 'Read again. Nothing changed.',
    needsRestart: 'Needs a restart: {options}.',
    drained: 'Draining.',
    ended: 'Ended.',
    gone: 'The server does not answer. It is tried again.',
  },
  ja: {
    language: '言語',
    signIn: 'サインイン',
    signOut: 'サインアウト',
    name: '名前',
    password: 'パスワード',
    signInHint: '管理者は設定ファイル (web-admin-user) かデータベース (koeru admin) に登録します。',
    reload: '設定を読み直す',
    drain: '新規を止めて終了へ',
    drainSure: '本当に？ 新しい割り当てを断り、最後の一つと共に終了します',
    end: '終了',
    endSure: '本当に？',
    allocations: '割り当て',
    shown: '{total} 件中 {shown} 件',
    none: '今は誰も中継していません。',
    sort: '並び順:',
    byTraffic: '通信量の多い順',
    byAge: '古い順',
    byUser: '利用者順',
    user: '利用者',
    client: 'クライアント',
    relayed: '中継アドレス',
    age: '経過',
    toPeer: '相手へ',
    toClient: 'クライアントへ',
    version: 'バージョン',
    uptime: '稼働時間',
    state: '状態',
    ready: '受付中',
    draining: '終了へ移行中',
    live: '現在の割り当て',
    ever: '起動からの累計',
    refused: '401 の応答',
    dropped: '破棄したパケット',
    changed: '読み直しました。変更: {changed}。',
    unchanged: '読み直しました。変更はありません。',
    needsRestart: '再起動が必要: {options}。',
    drained: '終了へ移行しています。',
    ended: '終了しました。',
    gone: 'サーバーが応答しません。再試行しています。',
  },
};

let language = localStorage.getItem('koeru.language')
  ?? (navigator.language.startsWith('ja') ? 'ja' : 'en');
if (!(language in words)) language = 'en';

export function t(key, values = {}) {
  return words[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function currentLanguage() {
  return language;
}

export function useLanguage(next) {
  language = next;
  localStorage.setItem('koeru.language', next);
  document.documentElement.lang = next;
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = t(element.dataset.text);
  }
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', t(element.dataset.label));
  }
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === next));
  }
}
