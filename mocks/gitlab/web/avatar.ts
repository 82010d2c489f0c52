import { crc32, deflateSync } from 'node:zlib'

const SIZE = 64
const CELLS = 4
const COLORS = [
  [0x1f, 0x75, 0xcb],
  [0x10, 0x86, 0x48],
  [0x73, 0x4b, 0xa6],
  [0xc1, 0x78, 0x0c],
  [0xc2, 0x3f, 0x6b],
  [0x2a, 0x7f, 0x88],
] as const

/** A square PNG of 64 pixels with a mirrored pattern of two shades; the same id gives the same bytes. */
export function avatarPng(id: number): Uint8Array<ArrayBuffer> {
  const color = COLORS[id % COLORS.length] ?? COLORS[0]
  const pattern = (id * 2654435761) >>> 0
  const rows: number[] = []
  for (let y = 0; y < SIZE; y++) {
    // Every row starts with its filter type, 0 for none.
    rows.push(0)
    for (let x = 0; x < SIZE; x++) {
      const column = Math.floor((Math.min(x, SIZE - 1 - x) * CELLS) / (SIZE / 2))
      const cell = Math.floor((y * CELLS) / SIZE) * CELLS + Math.min(column, CELLS - 1)
      const isLight = ((pattern >>> (cell % 32)) & 1) === 1
      for (const channel of color) rows.push(isLight ? Math.round(channel + (255 - channel) * 0.45) : channel)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(SIZE, 0)
  header.writeUInt32BE(SIZE, 4)
  // Eight bits a channel, true color.
  header.set([8, 2, 0, 0, 0], 8)
  return Uint8Array.from(
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.from(rows))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

/** Length, type, data and the checksum of the last two (PNG specification, section 5.3). */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}
