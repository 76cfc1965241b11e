import type { Page } from 'playwright-core'

/**
 * The share of pixels in which two PNG pictures differ, 0 to 1; what only one of them has counts as different.
 * @param page any page of a browser, which reads the pictures
 */
export async function shareOfOtherPixels(page: Page, first: Buffer, second: Buffer): Promise<number> {
  if (first.equals(second)) return 0
  return page.evaluate(comparePictures, [first.toString('base64'), second.toString('base64')] as const)
}

async function comparePictures(pictures: readonly [string, string]): Promise<number> {
  const read = async (picture: string) => {
    const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    canvas?.drawImage(bitmap, 0, 0)
    return canvas?.getImageData(0, 0, bitmap.width, bitmap.height) as ImageData
  }
  const [a, b] = [await read(pictures[0]), await read(pictures[1])]
  const [width, height] = [Math.max(a.width, b.width), Math.max(a.height, b.height)]
  const pixels = ({ data }: ImageData) => new Uint32Array(data.buffer)
  const [left, right] = [pixels(a), pixels(b)]
  let others = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isInBoth = y < a.height && y < b.height && x < a.width && x < b.width
      if (!isInBoth || left[y * a.width + x] !== right[y * b.width + x]) others++
    }
  }
  return others / (width * height)
}
