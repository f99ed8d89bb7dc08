// The pages' words in English. text_ja.js has the same keys. {braces} are filled in.
export default {
  'nav.label': 'Pages',
  'nav.camera': 'Camera',
  'nav.call': 'Call',
  'nav.language': 'Language',

  'home.title': 'Calls that get over firewalls',
  'home.lead':
    'Koeru is a script tag for cameras and calls, and a relay that carries them where a direct ' +
    'path is blocked. Both are served by the program you are talking to now.',
  'home.camera': 'See yourself, on any browser that ever had a camera.',
  'home.call': 'Meet by link: video, sound, chat, and which way it all travelled.',
  'home.use': 'In your own page',
  'home.useLead': 'One script, no build step. It shows the camera, or says why it cannot.',
  'home.types': 'Everything it can do, with types (koeru.d.ts)',

  'camera.title': 'Camera',
  'camera.lead': 'The picture stays in this browser. Nothing is sent anywhere.',
  'camera.picture': 'Your camera',
  'camera.off': 'The camera is off',
  'camera.waiting': 'Waiting for the camera…',
  'camera.start': 'Start',
  'camera.stop': 'Stop',
  'camera.running': '{label}, {width} × {height}',
  'camera.which': 'Camera',
  'camera.size': 'Size',
  'camera.any': 'Whichever the browser takes',
  'camera.anySize': 'As the camera likes it',
  'camera.unnamed': 'Camera {number}',
  'camera.muted': 'The camera gives no picture for now: a shutter, a switch or the system holds it back.',
  'camera.tap': 'The browser wants a tap before it plays: press Start once more.',
  'camera.ended': 'The camera stopped by itself: it was unplugged, or another program took it.',

  // Koeru says it in both languages: error.advice.
  'media.advice': '{en}',
  'media.other': 'The camera could not be opened: {message}. Try again, or try another browser.',

  'call.title': 'Call',
  'call.lead': 'Send the link to the people you want to meet, then join.',
  'call.invited': 'You were invited to a room.',
  'call.name': 'Your name',
  'call.nameHint': 'optional',
  'call.link': 'Link to this room',
  'call.copy': 'Copy',
  'call.copied': 'Copied',
  'call.relayOnly': 'Relay only',
  'call.relayOnlyHelp':
    'Sends everything through the relay and hides your address from the others.',
  'call.join': 'Join',
  'call.leave': 'Leave',
  'call.mute': 'Mute microphone',
  'call.hide': 'Hide my picture',
  'call.people': 'People in this call',
  'call.you': 'You',
  'call.guest': 'Guest',
  'call.noCamera': 'You are in without camera and microphone. {reason}',
  'call.tap': 'Press here to hear and see',

  'state.joining': 'Joining…',
  'state.waiting': 'Nobody else is here yet. Send them the link.',
  'state.connecting': 'Connecting…',
  'state.connected': 'Connected',
  'state.left': 'You left the room.',
  'state.failed': 'Could not connect',
  'state.lost': 'The connection broke off. Trying again…',

  'chat.title': 'Chat',
  'chat.write': 'Write a message',
  'chat.send': 'Send',

  'path.title': 'The path it takes',
  'path.none': 'You see here how sound and picture travel, once somebody is connected.',
  'path.with': 'With {name}',
  'path.relayed': 'Through the relay, on both sides.',
  'path.relayedHere': 'Through the relay on your side.',
  'path.relayedThere': 'Through the relay on the other side.',
  'path.direct': 'Directly, without a relay.',
  'path.local': 'Your side',
  'path.remote': 'Other side',
  'path.protocol': 'Protocol',
  'path.protocolToRelay': '{protocol} ({relay} to the relay)',
  'path.sent': 'Sent',
  'path.received': 'Received',
  'path.time': 'There and back',
  'type.host': 'own address (host)',
  'type.srflx': 'address outside the router (srflx)',
  'type.prflx': 'address seen on the way (prflx)',
  'type.relay': 'address on the relay (relay)',

  'problem.secure': 'Calls need a secure page. Open this address instead: {address}',
  'problem.noServer':
    'The server that brings people together does not answer. Check your network, then join again.',
  'problem.serverLost':
    'The connection to the server was lost. The call goes on, but nobody new can come in. Join again when the network is back.',
  'problem.server': 'The server says: {message}',
  'problem.roomFull': 'This room is full. Make a new one by opening the Call page without a link.',
  'problem.badRoom': 'This link is damaged: it does not name a room. Ask for it again.',
  'problem.credential':
    'The server gave no credential for its relay ({detail}). Without one, “relay only” cannot work.',
  'problem.noRelay':
    'The server offers no relay. Switch “relay only” off, or ask its operator to set one up.',
  'problem.refused':
    'The relay refused the credential (error {code}). It may have expired: join again. If that does not help, the relay and this server do not share the same secret.',
  'problem.quota': 'The relay has no room left (error {code}). Try again later.',
  'problem.unreachable':
    'The relay does not answer ({url}). It may be down, or a firewall between you and it blocks {protocol}.',
  'problem.noCandidates': 'The relay gave no address and no reason (error {code}).',
  'problem.peer':
    'No path to {name} works. Your side has one to the relay, so the fault may be on the other side.',
  'problem.failed':
    'No path to {name} works. A firewall may block all of them: try “relay only”, or another network.',
};
