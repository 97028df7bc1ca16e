/* A picture in lines as one in dots, twice as fine as the screen. */
const FINE = 2;

/** @type {(svg: string) => Promise<Blob>} */
export const rasterise = async (svg) => {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth * FINE, image.naturalHeight * FINE];
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large to be saved."))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
};
