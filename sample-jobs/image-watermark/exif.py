"""Where and when a picture was taken, from its EXIF block (PNG's eXIf chunk). Anything incomplete counts as unknown."""

from datetime import datetime, timezone

GPS_BLOCK, EXIF_BLOCK = 0x8825, 0x8769
GPS_LATITUDE, GPS_LONGITUDE, GPS_TIME, GPS_DATE = 2, 4, 7, 29
DATE_TIME_ORIGINAL, OFFSET_TIME_ORIGINAL = 0x9003, 0x9011


def position(image):
    """[longitude, latitude] in decimal degrees, or None."""
    gps = image.getexif().get_ifd(GPS_BLOCK)
    try:
        latitude = degrees(gps[GPS_LATITUDE]) * (-1 if gps[GPS_LATITUDE - 1].startswith("S") else 1)
        longitude = degrees(gps[GPS_LONGITUDE]) * (-1 if gps[GPS_LONGITUDE - 1].startswith("W") else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, AttributeError):
        return None
    valid = abs(latitude) <= 90 and abs(longitude) <= 180
    return [round(longitude, 6), round(latitude, 6)] if valid else None


def degrees(parts):
    degree, minute, second = (float(part) for part in parts)
    return degree + minute / 60 + second / 3600


def taken_at(image):
    """ISO 8601 in UTC, from the GPS clock or from the camera's where that names its offset; else None."""
    exif = image.getexif()
    gps, camera = exif.get_ifd(GPS_BLOCK), exif.get_ifd(EXIF_BLOCK)
    try:
        hour, minute, second = (int(part) for part in gps[GPS_TIME])
        day = datetime.strptime(gps[GPS_DATE].strip("\0 "), "%Y:%m:%d")
        return iso(day.replace(hour=hour, minute=minute, second=second, tzinfo=timezone.utc))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, AttributeError):
        pass
    try:
        text = f"{camera[DATE_TIME_ORIGINAL]} {camera[OFFSET_TIME_ORIGINAL]}"
        return iso(datetime.strptime(text, "%Y:%m:%d %H:%M:%S %z").astimezone(timezone.utc))
    except (KeyError, ValueError):
        return None


def iso(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
