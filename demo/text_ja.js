// ページの言葉（日本語）。キーは text_en.js と同じ。{中かっこ} には値が入る。
export default {
  'nav.label': 'ページ',
  'nav.camera': 'カメラ',
  'nav.call': '通話',
  'nav.language': '言語',

  'home.title': 'ファイアウォールを越える通話',
  'home.lead':
    'Koeru（越える）は、カメラと通話のためのスクリプトと、直接つながらないときに通話を運ぶリレーです。' +
    'どちらも、いま開いているこのサーバーが配信しています。',
  'home.camera': '自分の映像を表示します。カメラを扱えるブラウザなら、古いものでも動きます。',
  'home.call': 'リンクで集まり、映像・音声・チャットを交わし、どの経路を通ったかも分かります。',
  'home.use': '自分のページで使う',
  'home.useLead':
    'スクリプトを 1 つ読み込むだけです。カメラを表示し、できないときは理由を伝えます。',
  'home.types': '使える機能の一覧と型（koeru.d.ts）',

  'camera.title': 'カメラ',
  'camera.lead': '映像はこのブラウザの中だけで表示され、どこにも送信されません。',
  'camera.picture': 'あなたのカメラ',
  'camera.off': 'カメラは停止しています',
  'camera.waiting': 'カメラの準備を待っています…',
  'camera.start': '開始',
  'camera.stop': '停止',
  'camera.running': '{label}、{width} × {height}',
  'camera.which': 'カメラ',
  'camera.size': '大きさ',
  'camera.any': 'ブラウザにまかせる',
  'camera.anySize': 'カメラにまかせる',
  'camera.unnamed': 'カメラ {number}',
  'camera.muted': 'いまカメラは映像を出していません。シャッター、スイッチ、またはシステムが止めています。',
  'camera.tap': 'ブラウザが再生の前に操作を求めています。もう一度「開始」を押してください。',
  'camera.ended': 'カメラが止まりました。外されたか、ほかのプログラムが使い始めたようです。',

  // Koeru says it in both languages: error.advice.
  'media.advice': '{ja}',
  'media.other': 'カメラを開けませんでした（{message}）。もう一度試すか、別のブラウザをお試しください。',

  'call.title': '通話',
  'call.lead': '話したい相手にリンクを送り、参加してください。',
  'call.invited': 'ルームに招待されています。',
  'call.name': 'お名前',
  'call.nameHint': '省略できます',
  'call.link': 'このルームへのリンク',
  'call.copy': 'コピー',
  'call.copied': 'コピーしました',
  'call.relayOnly': 'リレーのみ',
  'call.relayOnlyHelp': 'すべてをリレー経由で送り、あなたのアドレスを相手に見せません。',
  'call.join': '参加する',
  'call.leave': '退出する',
  'call.mute': 'マイクを切る',
  'call.hide': '映像を隠す',
  'call.people': '通話の参加者',
  'call.you': 'あなた',
  'call.guest': 'ゲスト',
  'call.noCamera': 'カメラとマイクなしで参加しています。{reason}',
  'call.tap': 'ここを押すと再生します',

  'state.joining': '参加しています…',
  'state.waiting': 'まだほかに誰もいません。リンクを送ってください。',
  'state.connecting': '接続しています…',
  'state.connected': '接続しました',
  'state.left': 'ルームから退出しました。',
  'state.failed': '接続できませんでした',
  'state.lost': '接続が切れました。つなぎ直しています…',

  'chat.title': 'チャット',
  'chat.write': 'メッセージを書く',
  'chat.send': '送信',

  'path.title': '通話の経路',
  'path.none': '相手とつながると、音声と映像がどう届いているかをここに表示します。',
  'path.with': '{name} との間',
  'path.relayed': '両側ともリレーを通っています。',
  'path.relayedHere': 'こちら側がリレーを通っています。',
  'path.relayedThere': '相手側がリレーを通っています。',
  'path.direct': 'リレーを使わず、直接つながっています。',
  'path.local': 'こちら側',
  'path.remote': '相手側',
  'path.protocol': 'プロトコル',
  'path.protocolToRelay': '{protocol}（リレーまでは {relay}）',
  'path.sent': '送信',
  'path.received': '受信',
  'path.time': '往復時間',
  'type.host': '自身のアドレス（host）',
  'type.srflx': 'ルーターの外側のアドレス（srflx）',
  'type.prflx': '途中で分かったアドレス（prflx）',
  'type.relay': 'リレー上のアドレス（relay）',

  'problem.secure':
    '通話には安全なページが必要です。かわりにこのアドレスを開いてください： {address}',
  'problem.noServer':
    '参加者を引き合わせるサーバーが応答しません。ネットワークを確かめて、もう一度参加してください。',
  'problem.serverLost':
    'サーバーとの接続が切れました。通話は続きますが、新しい人は参加できません。ネットワークが戻ったら参加し直してください。',
  'problem.server': 'サーバーからの知らせ： {message}',
  'problem.roomFull':
    'このルームは満員です。リンクなしで通話ページを開くと、新しいルームを作れます。',
  'problem.badRoom': 'リンクが壊れていて、ルームが分かりません。もう一度もらってください。',
  'problem.credential':
    'サーバーからリレーの認証情報を受け取れませんでした（{detail}）。これがないと「リレーのみ」は使えません。',
  'problem.noRelay':
    'このサーバーにはリレーがありません。「リレーのみ」を切るか、管理者に設置を頼んでください。',
  'problem.refused':
    'リレーが認証情報を拒否しました（エラー {code}）。期限切れかもしれないので、参加し直してください。直らない場合は、リレーとこのサーバーの共有シークレットが異なっています。',
  'problem.quota': 'リレーに空きがありません（エラー {code}）。しばらくしてからお試しください。',
  'problem.unreachable':
    'リレーが応答しません（{url}）。停止しているか、途中のファイアウォールが {protocol} を遮断しています。',
  'problem.noCandidates': 'リレーからアドレスを得られず、理由も分かりません（エラー {code}）。',
  'problem.peer':
    '{name} への経路がつながりません。こちらからリレーまでは届いているので、相手側に原因があるかもしれません。',
  'problem.failed':
    '{name} への経路がつながりません。ファイアウォールがすべてを遮断しているかもしれません。「リレーのみ」か、別のネットワークをお試しください。',
};
