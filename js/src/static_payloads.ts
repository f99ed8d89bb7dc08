// RFC 3551 section 6, tables 4 and 5: what payload types mean that need no a=rtpmap.

const kStatic = (
  'PCMU/8000,,,GSM/8000,G723/8000,DVI4/8000,DVI4/16000,LPC/8000,PCMA/8000,G722/8000,L16/44100/2,' +
  'L16/44100,QCELP/8000,CN/8000,MPA/90000,G728/8000,DVI4/11025,DVI4/22050,G729/8000,,,,,,,' +
  'CelB/90000,JPEG/90000,,nv/90000,,,H261/90000,MPV/90000,MP2T/90000,H263/90000'
).split(',');

// As a=rtpmap writes it: "L16/44100/2". Undefined: the payload type says nothing by itself.
export function staticEncoding(payloadType: string | number): string | undefined {
  return /^\d+$/.test(String(payloadType)) ? kStatic[payloadType as number] || undefined : undefined;
}
