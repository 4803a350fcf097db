"""Tags of any image, by ExifTool."""

import json
import subprocess
from datetime import datetime, timezone

TAGS = [
    "MIMEType", "ImageWidth", "ImageHeight", "Model",
    "Composite:GPSLatitude", "Composite:GPSLongitude", "Composite:GPSDateTime",
    "EXIF:DateTimeOriginal", "EXIF:OffsetTimeOriginal",
]  # fmt: skip


def read(path):
    """Tag name -> value; coordinates are signed decimal degrees. Empty for what ExifTool does not know."""
    command = ["exiftool", "-json", "-n", *(f"-{tag}" for tag in TAGS), path]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    return json.loads(done.stdout)[0] if done.stdout else {}


def position(tags):
    """[longitude, latitude] in decimal degrees, or None."""
    longitude, latitude = tags.get("GPSLongitude"), tags.get("GPSLatitude")
    if not isinstance(longitude, (int, float)) or not isinstance(latitude, (int, float)):
        return None
    return [round(longitude, 6), round(latitude, 6)] if abs(longitude) <= 180 and abs(latitude) <= 90 else None


def taken_at(tags):
    """ISO 8601 in UTC, from the GPS clock or from the camera's where that names its offset; else None."""
    local = f"{tags.get('DateTimeOriginal')}{tags.get('OffsetTimeOriginal')}"
    for text in (str(tags.get("GPSDateTime")), local):
        for form in ("%Y:%m:%d %H:%M:%S%z", "%Y:%m:%d %H:%M:%S.%f%z"):
            try:
                moment = datetime.strptime(text, form).astimezone(timezone.utc)
                return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
            except ValueError:
                continue
    return None
