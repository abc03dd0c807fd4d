import { crc32 } from 'node:zlib';

/** A picture of an animation: a whole PNG, and for how long it is shown, ms. */
export interface Frame {
  png: Buffer;
  ms: number;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Joins PNG pictures of one size into an animated PNG (PNG specification, third edition), which repeats for ever.
 * The pixels are taken as they are compressed, so nothing is decoded and no colour changes.
 * @throws Error when the pictures differ in size or kind
 */
export function animatedPng(frames: Frame[]): Buffer {
  const pictures = frames.map(({ png, ms }) => ({ chunks: chunksOf(png), ms }));
  const header = pictures[0]?.chunks.find(({ type }) => type === 'IHDR');
  if (!header) throw new Error('An animation needs at least one picture.');
  const size = header.data.subarray(0, 8);
  const parts = [signature, chunk('IHDR', header.data), chunk('acTL', uint32(frames.length, 0))];
  let sequence = 0;
  for (const [index, { chunks, ms }] of pictures.entries()) {
    const own = chunks.find(({ type }) => type === 'IHDR');
    if (!own?.data.equals(header.data)) throw new Error('The pictures differ in size or kind.');
    // Sequence, width, height, left, top; then delay as a fraction of a second, no disposal, no blending.
    const delay = Buffer.from([ms >> 8, ms & 0xff, 1000 >> 8, 1000 & 0xff, 0, 0]);
    parts.push(chunk('fcTL', Buffer.concat([uint32(sequence++), size, uint32(0, 0), delay])));
    for (const { data } of chunks.filter(({ type }) => type === 'IDAT')) {
      parts.push(index === 0 ? chunk('IDAT', data) : chunk('fdAT', Buffer.concat([uint32(sequence++), data])));
    }
  }
  return Buffer.concat([...parts, chunk('IEND', Buffer.alloc(0))]);
}

function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))]);
}

function uint32(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) buffer.writeUInt32BE(value, index * 4);
  return buffer;
}
