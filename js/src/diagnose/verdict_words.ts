// What a finding means, and the next step. {urls}, {hosts} and {expires} are filled in.

import type { FindingId } from '../../koeru.diagnose.js';

export const kWords: Record<FindingId, [en: string, ja: string]> = {
  'no-network': [
    "This device has no network: neither the page's server nor any STUN or TURN server can be reached. Connect it, then try again.",
    'この端末はネットワークにつながっていません。ページのサーバーにも STUN・TURN サーバーにも届きません。接続してから、もう一度お試しください。',
  ],
  'no-servers': [
    'No STUN or TURN server is configured: calls work inside one network only. Add iceServers.',
    'STUN・TURN サーバーが設定されていません。通話は同じネットワークの中でしかできません。iceServers を追加してください。',
  ],
  'server-down': [
    'Nothing answers at {hosts}, on no port and no protocol. The server is down, its name or address is wrong, or a firewall drops everything to it. Ask its operator to run "koeru check {urls}".',
    '{hosts} は、どのポート・プロトコルでも応答しません。停止しているか、名前やアドレスが違うか、ファイアウォールがすべて遮断しています。管理者に「koeru check {urls}」を実行してもらってください。',
  ],
  'port-closed': [
    '{hosts} is there, but does not answer at {urls}. Check the port in the URL, and that the server and its firewall have it open.',
    '{hosts} は動いていますが、{urls} には応答しません。URL のポート番号と、サーバーおよびそのファイアウォールがそのポートを開いていることを確かめてください。',
  ],
  'udp-blocked': [
    'The network lets no UDP through. Calls go over TCP or TLS, which works, with more delay; a firewall that allows UDP to the relay would be better.',
    'ネットワークが UDP を通しません。通話は TCP か TLS で行われ、使えますが遅延が増えます。リレーへの UDP を許可すると改善します。',
  ],
  'only-443': [
    'Only port 443 is open in this network. Calls go through {urls}, with more delay.',
    'このネットワークではポート 443 しか使えません。通話は {urls} を通り、遅延が増えます。',
  ],
  'tls-intercepted': [
    "TLS to {urls} does not come about, though the server is there. A proxy in this network opens TLS connections, or the browser does not trust the certificate. Open the server's page by https and look at who issued its certificate.",
    'サーバーは動いていますが、{urls} への TLS 接続が成立しません。ネットワークのプロキシが TLS に介入しているか、証明書がブラウザに信頼されていません。サーバーのページを https で開き、証明書の発行者を確かめてください。',
  ],
  'wrong-credential': [
    'The relay refuses this user name and password ({urls}). If they are time-limited, page and relay do not share the same secret, or the realm differs.',
    'リレーがユーザー名とパスワードを拒否しました（{urls}）。時限資格情報の場合は、ページとリレーの共有シークレットかレルムが異なっています。',
  ],
  'expired-credential': [
    'The credential ended at {expires}: get a new one, by loading the page again. If it is new, a clock is wrong, of this device or of the server that made it.',
    '資格情報の期限（{expires}）が切れています。ページを読み込み直し、新しいものを取得してください。新しい場合は、この端末か発行したサーバーの時計がずれています。',
  ],
  'realm-missing': [
    'The relay asks for a password and names no realm ({urls}), so no browser can log in. Its operator has to set the realm.',
    'リレーがパスワードを求めながらレルムを示しません（{urls}）。ブラウザは認証できません。管理者がレルムを設定する必要があります。',
  ],
  'stale-nonce': [
    'The relay keeps calling its nonces stale ({urls}). Servers behind one address must share their nonce secret.',
    'リレーが nonce を何度も無効とします（{urls}）。一つのアドレスの後ろにある複数のサーバーは nonce の鍵を共有する必要があります。',
  ],
  'server-refuses': [
    'The server answers with an error and gives no address ({urls}). What the error means stands beside the server; its operator finds the reason in its log.',
    'サーバーがエラーを返し、アドレスを割り当てません（{urls}）。エラーの意味はサーバーの欄にあります。理由はサーバーのログに出ています。',
  ],
  'relay-full': [
    'The relay has no room left ({urls}): a quota, or its ports, are used up. Try again later; its operator can raise the limits.',
    'リレーに空きがありません（{urls}）。割り当て数かポートが上限に達しています。しばらくしてからお試しください。管理者が上限を上げることもできます。',
  ],
  'relay-refuses-peers': [
    "The relay gives an address but carries nothing ({urls}): it refuses the peer's address, or a firewall closes its ports. For its operator: the log names the rule that denied the peer; the relay's ports (49152 to 65535) must be open for UDP.",
    'リレーはアドレスを割り当てますが、データを通しません（{urls}）。相手のアドレスを拒否しているか、ファイアウォールがポートを閉じています。管理者へ：拒否した規則はログに出ています。中継用ポート（49152〜65535）の UDP を開けてください。',
  ],
  'relay-private': [
    "The relay's address is a private one ({urls}): nobody outside its network can send to it. Its operator has to set external-ip.",
    'リレーのアドレスがプライベートです（{urls}）。外のネットワークからは届きません。管理者が external-ip を設定する必要があります。',
  ],
  'no-relay': [
    'There is no TURN server: about one call in ten will find no way. Add one to iceServers.',
    'TURN サーバーがありません。10 回に 1 回ほどは通話の経路が見つかりません。iceServers に追加してください。',
  ],
  'symmetric-without-relay': [
    'The NAT of this network gives each destination another address ("symmetric"), and no relay works: a call to somebody behind such a NAT fails. Add a TURN server.',
    'このネットワークの NAT は宛先ごとに別のアドレスを割り当てます（対称型）。使えるリレーがないため、同じような NAT の相手とは通話できません。TURN サーバーを追加してください。',
  ],
  'page-not-secure': [
    'The page did not come over https, so the browser hides camera and microphone. Open it by https, or on localhost.',
    'ページが https で開かれていないため、ブラウザがカメラとマイクを使わせません。https か localhost で開いてください。',
  ],
  'signalling-blocked': [
    "The page's server answers over https but not over WebSocket. A proxy in between does not pass WebSockets on, or signalling is switched off.",
    'ページのサーバーは https では応答しますが、WebSocket がつながりません。途中のプロキシが通していないか、シグナリングが無効です。',
  ],
  good: [
    'Everything works: calls find a way from here.',
    'すべて正常です。ここから通話の経路が見つかります。',
  ],
};

// Where what answers does no more than refuse, nobody knows yet whether it would carry a call.
export const kWordsWhereRefused: Partial<Record<FindingId, [en: string, ja: string]>> = {
  'udp-blocked': [
    'The network lets no UDP through. Calls would have to go over TCP or TLS: the server is there, but refuses (see the other findings). Mend that first; a firewall that allows UDP to the relay would be better still.',
    'ネットワークが UDP を通しません。通話は TCP か TLS で行うことになりますが、サーバーは応答しても拒否しています（ほかの所見を参照）。まずそれを直してください。リレーへの UDP を許可できれば、さらに改善します。',
  ],
  'only-443': [
    'Only port 443 is open in this network. Calls would have to go through {urls}, which is there, but refuses (see the other findings).',
    'このネットワークではポート 443 しか使えません。通話は {urls} を通ることになりますが、応答しても拒否しています（ほかの所見を参照）。',
  ],
};
