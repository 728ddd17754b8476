"""Pages as a scanner gives them: pictures, a little askew, with specks and a compression of their own."""

import io
import random

MOST_PAGES = 8


def scanned(document: bytes, seed: int, *, most_pages: int = MOST_PAGES) -> bytes:
    """A PDF of pictures of a PDF's pages."""
    import numpy as np
    import pypdfium2
    from PIL import Image, ImageFilter

    rng = random.Random(seed)
    noise = np.random.default_rng(seed)
    pages: list[Image.Image] = []
    source = pypdfium2.PdfDocument(document)
    resolution = rng.choice((150, 200, 300))
    for at in range(min(len(source), most_pages)):
        picture = source[at].render(scale=resolution / 72).to_pil().convert("L")
        picture = picture.rotate(rng.uniform(-0.8, 0.8), resample=Image.Resampling.BICUBIC, fillcolor=255)
        if rng.random() < 0.5:
            picture = picture.filter(ImageFilter.GaussianBlur(0.6 * resolution / 200))
        points = np.asarray(picture, dtype=np.float32) * rng.uniform(0.9, 1.0)
        points += noise.normal(0, rng.uniform(4, 14), points.shape)
        points[noise.random(points.shape) < 0.0002] = 40
        squeezed = io.BytesIO()
        Image.fromarray(points.clip(0, 255).astype(np.uint8)).save(squeezed, "JPEG", quality=rng.choice((60, 75, 88)))
        pages.append(Image.open(squeezed))
    source.close()
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=resolution)
    return out.getvalue()
