"""Cuts an image into square PNG tiles: tiles.py INPUT_IMAGE OUTPUT_DIR [--tile-size PIXELS]"""

import argparse
import json
import math
import os
import sys

from PIL import Image

from footprint import corners, part

# Exit codes, as the manifest's "errors" describe them.
UNREADABLE_IMAGE, BAD_TILE_SIZE = 1, 2


def main(source, output_dir, size):
    image = load(source)
    columns, rows = math.ceil(image.width / max(size, 1)), math.ceil(image.height / max(size, 1))
    if size < 16 or columns * rows > 10_000:
        stop(BAD_TILE_SIZE, f"tiles of {size} pixels do not suit an image of {image.width} x {image.height}")
    quad = corners(source)
    stem = os.path.splitext(os.path.basename(source))[0]
    folder = os.path.join(output_dir, "tiles")
    os.makedirs(folder)
    for row in range(rows):
        for column in range(columns):
            left, top = column * size, row * size
            box = (left, top, min(left + size, image.width), min(top + size, image.height))
            tile = os.path.join(folder, f"{stem}_{row:03}_{column:03}.png")
            image.crop(box).save(tile)
            write(f"{tile}.metadata.json", feature(quad and part(quad, box, image.size), row, column))
        print(f"row {row + 1} of {rows}", flush=True)
    results = {"tileCount": columns * rows, "imageSize": {"width": image.width, "height": image.height}}
    write(os.path.join(output_dir, "seed.outputs.json"), {**results, **({"corners": quad} if quad else {})})


def load(source):
    try:
        image = Image.open(source)
        image.load()
    except Exception as problem:  # Pillow's plugins raise whatever a broken file makes them raise.
        stop(UNREADABLE_IMAGE, f"{os.path.basename(source)}: {problem}")
    return image if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I", "I;16") else image.convert("RGB")


def feature(ring, row, column):
    return {
        "type": "Feature",
        "geometry": ring and {"type": "Polygon", "coordinates": [ring]},
        "properties": {"dataTypes": ["tile"], "row": row, "column": column},
    }


def write(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file)


def stop(code, message):
    print(f"image-tiles: {message}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("source")
    parser.add_argument("output_dir")
    parser.add_argument("--tile-size", type=int, default=128)
    options = parser.parse_args()
    main(options.source, options.output_dir, options.tile_size)
