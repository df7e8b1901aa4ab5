import type { CDPSession, Page } from "playwright-core";

/** What one frame of a screencast showed of the slot, as shares of the picture. */
export type Frame = { readonly control: number; readonly variant: number };

/**
 * Records every frame that the browser makes, from now until the returned function is called, which gives the pictures
 * (PNG in base64) in their order.
 */
export async function startScreencast(cdp: CDPSession): Promise<() => Promise<string[]>> {
  const pictures: string[] = [];
  cdp.on("Page.screencastFrame", ({ data, sessionId }) => {
    pictures.push(data);
    // The next frame comes only after this. The page may be gone by then.
    cdp.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined);
  });
  await cdp.send("Page.startScreencast", { format: "png", everyNthFrame: 1 });
  return async () => {
    await cdp.send("Page.stopScreencast");
    return pictures;
  };
}

/**
 * Looks for the two colours of the slot's contents: magenta is the shop's own, green the list of picks. A browser decodes
 * the pictures. @param reader any page; it is not the one that was recorded
 */
export const readFrames = (reader: Page, pictures: readonly string[]): Promise<Frame[]> =>
  reader.evaluate(async (pictures) => {
    const frames: { control: number; variant: number }[] = [];
    for (const picture of pictures) {
      const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const context = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const frame = { control: 0, variant: 0 };
      for (let at = 0; at < data.length; at += 4) {
        const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
        if (red > 230 && green < 25 && blue > 230) frame.control++;
        if (red < 25 && Math.abs(green - 170) < 20 && blue < 25) frame.variant++;
      }
      const pixels = image.width * image.height;
      frames.push({ control: frame.control / pixels, variant: frame.variant / pixels });
    }
    return frames;
  }, pictures);
