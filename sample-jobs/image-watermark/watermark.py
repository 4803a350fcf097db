"""Writes <name>_watermark.png and its metadata sidecar: watermark.py INPUT_IMAGE OUTPUT_DIR"""

import json
import os
import sys
import zlib
from struct import error as StructError

from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

from exif import position, taken_at

TEXT = "SEEDBED"
# Exit codes, as the manifest's "errors" describe them.
IMAGE_CORRUPT, ALGORITHM_FAILURE = 1, 2
# Bytes that a pixel takes in memory, by Pillow's modes; the others are converted and exist twice for a moment.
PIXEL = {"L": 1, "RGB": 4, "RGBA": 4}
# MiB for Python and Pillow themselves.
OVERHEAD = 24


def main(source, output_dir):
    image = open_png(source)
    marked = watermark(image)
    stem, extension = os.path.splitext(os.path.basename(source))
    if extension.lower() != ".png":
        stem += extension
    product = os.path.join(output_dir, f"{stem}_watermark.png")
    marked.save(product, exif=image.getexif())
    with open(f"{product}.metadata.json", "w", encoding="utf-8") as sidecar:
        json.dump(metadata(image), sidecar)
    print(f"{product}: {marked.width} x {marked.height} pixels")


def open_png(source):
    try:
        image = Image.open(source, formats=["PNG"])
        needed = image.width * image.height * PIXEL.get(image.mode, 8) / 2**20 + OVERHEAD
        allocated = float(os.environ.get("ALLOCATED_MEM", "inf"))
        if needed > allocated:
            stop(ALGORITHM_FAILURE, f"needs {needed:.0f} MiB of memory and has {allocated:.0f}")
        image.load()
        return image
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, zlib.error, StructError) as problem:
        stop(IMAGE_CORRUPT, f"{os.path.basename(source)} is not a valid PNG: {problem}")


def watermark(image):
    """Blends the text into the lower right corner; only that corner is copied."""
    image = eight_bits(image)
    mask = text_mask(max(1, image.width // 3), max(1, image.height // 3))
    left = image.width - mask.width - image.width // 40
    top = image.height - mask.height - image.height // 40
    white = Image.new(image.mode, mask.size, "white")
    image.paste(white, (left, top), mask)
    return image


def eight_bits(image):
    """The picture in one of the modes that PNG and the text share: grey, colour, colour with transparency."""
    if image.mode in PIXEL:
        return image
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda value: value * (1 / 256) + 0).convert("L")
    return image.convert("RGBA" if image.mode == "LA" or "transparency" in image.info else "RGB")


def text_mask(width, height):
    """The text as a half-transparent mask that fits into width x height pixels."""
    font = ImageFont.load_default()
    box = font.getbbox(TEXT)
    text = Image.new("L", (box[2], box[3]), 0)
    ImageDraw.Draw(text).text((0, 0), TEXT, fill=128, font=font)
    scale = min(width / text.width, height / text.height)
    return text.resize((max(1, round(text.width * scale)), max(1, round(text.height * scale))), Image.BICUBIC)


def metadata(image):
    """The sidecar: a GeoJSON Feature that says where and when the picture was taken, as far as the picture knows."""
    where, when = position(image), taken_at(image)
    return {
        "type": "Feature",
        "geometry": where and {"type": "Point", "coordinates": where},
        "properties": {"dataStarted": when, "dataEnded": when} if when else {},
    }


def stop(code, message):
    print(f"image-watermark: {message}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        stop(ALGORITHM_FAILURE, "usage: watermark.py INPUT_IMAGE OUTPUT_DIR")
    try:
        main(*sys.argv[1:])
    except Exception as problem:
        stop(ALGORITHM_FAILURE, f"{type(problem).__name__}: {problem}")
