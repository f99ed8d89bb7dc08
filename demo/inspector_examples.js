// Something to press for whoever has nothing to paste.

export const examples = {
  // With flaws to find: no a=rtcp-mux, and a payload type without a codec.
  offer: `v=0
o=- 4611731400430051336 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
m=audio 9 UDP/TLS/RTP/SAVPF 111 96
c=IN IP4 0.0.0.0
a=ice-ufrag:Yzr5
a=ice-pwd:2Mc8QcyBDh9Vq8EjWpYbPs4n
a=fingerprint:sha-256 0F:74:31:25:CB:A2:13:EC:28:6F:6D:2C:61:FF:5D:C2:BC:B9:DB:3D:98:14:8D:1A:BB:EA:33:0C:A4:60:A8:8E
a=setup:actpass
a=mid:0
a=sendrecv
a=rtpmap:111 opus/48000/2
a=fmtp:111 minptime=10;useinbandfec=1
a=candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host
`,
  // RFC 5769 section 2.1; the password is VOkJxbRl1RmTxUk/WvJxBt.
  binding: `00 01 00 58 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86
fa 87 df ae 80 22 00 10 53 54 55 4e 20 74 65 73
74 20 63 6c 69 65 6e 74 00 24 00 04 6e 00 01 ff
80 29 00 08 93 2f f9 b1 51 26 3b 36 00 06 00 09
65 76 74 6a 3a 68 36 76 59 20 20 20 00 08 00 14
9a ea a7 0c bf d8 cb 56 78 1e f2 b5 b2 d3 f2 49
c1 b5 71 a2 80 28 00 04 e5 7a 3b cf
`,
  candidate:
    'candidate:842163049 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 10.0.0.1 rport 61665 ' +
    'generation 0 ufrag Yzr5 network-cost 999\n',
};
