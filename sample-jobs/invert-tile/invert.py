"""Writes the negative of a tile, framed and under the same name: invert.py TILE OUTPUT_DIR"""

import os
import sys

from PIL import Image, ImageDraw, ImageOps

# Exit codes, as the manifest's "errors" describe them.
UNREADABLE_TILE = 1


def main(source, output_dir):
    name = os.path.basename(source)
    try:
        tile = Image.open(source).convert("RGB")
    except Exception as problem:  # Pillow's plugins raise whatever a broken file makes them raise.
        stop(UNREADABLE_TILE, f"{name}: {problem}")
    negative = ImageOps.invert(tile)
    ImageDraw.Draw(negative).rectangle((0, 0, negative.width - 1, negative.height - 1), outline="white")
    negative.save(os.path.join(output_dir, name))
    print(f"{name}: {negative.width} x {negative.height} pixels")


def stop(code, message):
    print(f"invert-tile: {message}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
