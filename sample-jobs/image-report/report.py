"""Writes what is known of an image as a text: report.py INPUT_IMAGE OUTPUT_DIR

Place, time and types are those of the catalogue, as INPUT_METADATA has them; also what an earlier job of the same recipe
has found out.
"""

import json
import os
import sys

from PIL import Image

# Exit codes, as the manifest's "errors" describe them.
UNREADABLE_IMAGE = 1


def main(source, output_dir):
    name = os.path.basename(source)
    try:
        with Image.open(source) as image:
            size = f"{image.width} x {image.height} pixels"
    except Exception as problem:  # Pillow's plugins raise whatever a broken file makes them raise.
        stop(UNREADABLE_IMAGE, f"{name}: {problem}")
    known = catalogued()
    facts = [
        ("image", name),
        ("size", size),
        ("types", ", ".join(known.get("data_type_tags") or [])),
        ("time", known.get("data_started")),
        ("area", known.get("geometry")),
    ]
    lines = [f"{title:6} {value or 'unknown'}" for title, value in facts]
    with open(os.path.join(output_dir, f"{os.path.splitext(name)[0]}_report.txt"), "w", encoding="utf-8") as report:
        report.write("".join(f"{line}\n" for line in lines))
    print("\n".join(lines))


def catalogued():
    """What the catalogue has of the input; nothing when this runs without Seedbed."""
    document = os.environ.get("INPUT_METADATA")
    if not document or not os.path.exists(document):
        return {}
    with open(document, encoding="utf-8") as file:
        return json.load(file).get("JOB", {}).get("INPUT_IMAGE", [{}])[0]


def stop(code, message):
    print(f"image-report: {message}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
