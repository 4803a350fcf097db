"""The corners of a GeoTIFF on the globe, by libgeotiff's listgeo (which knows the projections)."""

import re
import subprocess

# Counter-clockwise, as RFC 7946 wants a polygon's outer ring.
RING = ["Upper Left", "Lower Left", "Lower Right", "Upper Right"]
PAIR = re.compile(r"\(\s*(-?[\d.]+),\s*(-?[\d.]+)\)")


def corners(path):
    """([[longitude, latitude], ...] in ring order, the reference system's name), or (None, None)."""
    done = subprocess.run(["listgeo", "-d", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    text = done.stdout.decode("utf-8", "replace")
    # Projected files show two pairs, metres and degrees; geographic ones show degrees only.
    pairs = 1 if "ModelTypeGeographic" in text else 2
    found = [corner(line, pairs) for name in RING for line in text.splitlines() if line.startswith(name)]
    if len(found) != len(RING) or not all(found):
        return None, None
    system = re.search(r"^(?:PCS|GCS) ?[=:] ?(.*)$", text, re.MULTILINE)
    return found, system.group(1) if system else "unknown"


def corner(line, pairs):
    found = PAIR.findall(line)
    if len(found) != pairs:
        return None
    longitude, latitude = (round(float(number), 6) for number in found[-1])
    return [longitude, latitude] if abs(longitude) <= 180 and abs(latitude) <= 90 else None
