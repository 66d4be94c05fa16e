"""Scenes as files, by what their first bytes are: GeoTIFF and raw bands with an ENVI header through GDAL, PNG and JPEG through Pillow.

GDAL is held to the one format and the one file: no other driver, no file beside it, no network. Sizes are read before anything is decoded.
"""

from __future__ import annotations

import contextlib
import math
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError
from rasterio.errors import NotGeoreferencedWarning, RasterioError

from witnessmark.errors import SceneError
from witnessmark.watch.georeference import Georeference
from witnessmark.watch.product_ids import facts_in_product_id
from witnessmark.watch.scene import Scene

MOST_VALUES = 200_000_000
"""Pixels times bands; as 32-bit numbers they take 800 MB, and a comparison holds several of that size."""
FEWEST_PIXELS = 16
"""On a side; nothing can be laid over anything smaller."""

_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_HEADERS = (".HDR", ".hdr")
_FAULTS = (OSError, ValueError, SyntaxError, EOFError, UnidentifiedImageError, ArithmeticError)
_BANDS = {"L": ("grey",), "RGB": ("red", "green", "blue")}
_MICROMETRES = {"micrometers": 1.0, "micrometer": 1.0, "um": 1.0, "nanometers": 1e-3, "nanometer": 1e-3, "nm": 1e-3}


def read_scene(path: Path, name: str | None = None) -> Scene:
    """The scene in a file, with what the file says of itself; `name` is what sentences call it, the file's own if None.

    Raises:
        SceneError: it cannot be opened; the message says why.
    """
    path = _data_of(path.absolute())
    name = name or path.name
    if not path.is_file():
        raise SceneError(f"There is no file {path}.")
    with path.open("rb") as opened:
        start = opened.read(8)
    if start.startswith(_TIFF):
        return _read_raster(path, name, "GTiff")
    if start.startswith((_PNG, _JPEG)):
        return _read_picture(path, name)
    if header_of(path) is not None:
        return _read_raster(path, name, "ENVI")
    raise SceneError(
        f"{name} is no scene that can be opened: neither GeoTIFF, PNG nor JPEG, and no ENVI header ({path.name}.HDR) lies beside it."
    )


def _data_of(path: Path) -> Path:
    """The bands that a header is about, where the header itself was given."""
    bare = path.with_suffix("")
    return bare if path.suffix in _HEADERS and bare.is_file() else path


def header_of(path: Path) -> Path | None:
    """The ENVI header beside a file of raw bands."""
    beside = [path.with_name(path.name + ending) for ending in _HEADERS] + [path.with_suffix(ending) for ending in _HEADERS if path.suffix]
    return next((header for header in beside if header.is_file()), None)


def _read_raster(path: Path, name: str, driver: str) -> Scene:
    sealed = {
        "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR" if driver == "GTiff" else "TRUE",
        "GDAL_PAM_ENABLED": "NO",
        "GDAL_HTTP_MAX_RETRY": "0",
    }
    with warnings.catch_warnings(), rasterio.Env(**sealed):
        warnings.simplefilter("ignore", NotGeoreferencedWarning)  # told as a problem of the scene
        try:
            with rasterio.open(path, driver=driver) as opened:
                _require_size(name, opened.count, opened.height, opened.width)
                _require_numbers(name, opened.dtypes)
                if driver == "ENVI":
                    _require_whole(path, name, opened)
                return _scene_of(name, opened)
        except (RasterioError, *_FAULTS) as error:
            raise SceneError(
                f"{name} cannot be read as {'a GeoTIFF' if driver == 'GTiff' else 'bands with an ENVI header'}: {error}."
            ) from error


def _scene_of(name: str, opened: Any) -> Scene:  # noqa: ANN401 (rasterio publishes no types)
    pixels = opened.read().astype(np.float32)
    valid = (opened.dataset_mask() > 0) & np.isfinite(pixels).all(axis=0)
    tags = [opened.tags(band) for band in opened.indexes]
    names = tuple(text or f"band {number}" for number, text in enumerate(opened.descriptions, start=1))
    written = " ".join((name, *names, *map(str, opened.tags().values())))
    return Scene(
        name=name,
        pixels=np.where(valid, pixels, 0),
        valid=valid,
        bands=names,
        wavelengths=_wavelengths(tags),
        georeference=_georeference(opened),
        facts=facts_in_product_id(written),
    )


def _georeference(opened: Any) -> Georeference | None:  # noqa: ANN401
    """None, too, for a coordinate system of a drawing office, from which no way leads to latitude and longitude."""
    if opened.crs is None or opened.transform.is_identity or opened.transform.determinant == 0:
        return None
    a, b, c, d, e, f = opened.transform[:6]
    found = Georeference((a, b, c, d, e, f), opened.crs.to_wkt())
    try:
        found.to_degrees(opened.width / 2, opened.height / 2)
    except SceneError:
        return None
    return found


def _wavelengths(tags: list[dict[str, str]]) -> tuple[float, ...] | None:
    try:
        units = {tag["wavelength_units"].strip().casefold() for tag in tags}
        return tuple(float(tag["wavelength"]) * _MICROMETRES[units.copy().pop()] for tag in tags) if len(units) == 1 else None
    except (KeyError, ValueError):
        return None


def _read_picture(path: Path, name: str) -> Scene:
    try:
        with _own_limit(), Image.open(path, formats=("PNG", "JPEG")) as image:
            _require_size(name, len(image.getbands()), image.height, image.width)
            pixels, valid = _decoded(image)
    except _FAULTS as error:
        raise SceneError(f"{name} is damaged and cannot be decoded: {error}.") from error
    return Scene(
        name=name,
        pixels=pixels,
        valid=valid,
        bands=_BANDS["L"] if len(pixels) == 1 else _BANDS["RGB"],
        facts=facts_in_product_id(name),
    )


@contextlib.contextmanager
def _own_limit() -> Iterator[None]:
    """Pillow's own limit put aside for as long as ours is asked, which says what the file claims."""
    usual, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = usual


def _decoded(image: Image.Image) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Bands first; what is wholly transparent holds no data."""
    valid = np.ones((image.height, image.width), dtype=bool)
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        valid = np.asarray(image.getchannel("A")) > 0
    if image.mode in {"1", "L"} or image.mode.startswith(("I", "F")):
        return np.asarray(image, dtype=np.float32)[None], valid
    return np.ascontiguousarray(np.asarray(image.convert("RGB"), dtype=np.float32).transpose(2, 0, 1)), valid


def _require_size(name: str, bands: int, rows: int, columns: int) -> None:
    if bands * rows * columns > MOST_VALUES:
        raise SceneError(
            f"{name} claims {columns:,} x {rows:,} pixels in {bands} {'band' if bands == 1 else 'bands'}; at most {MOST_VALUES // 1_000_000} million values are decoded. "
            "Cut out the site and its surroundings."
        )
    if min(rows, columns) < FEWEST_PIXELS:
        raise SceneError(f"{name} has only {columns} x {rows} pixels; at least {FEWEST_PIXELS} on each side are needed.")


def _require_numbers(name: str, kinds: tuple[str, ...]) -> None:
    if any("complex" in kind for kind in kinds):
        raise SceneError(f"{name} holds complex numbers, as radar does; optical scenes are compared here.")


def _require_whole(path: Path, name: str, opened: Any) -> None:  # noqa: ANN401
    """GDAL reads zeros where raw bands end early; they would pass for data."""
    needed = sum(math.prod((opened.height, opened.width, np.dtype(kind).itemsize)) for kind in opened.dtypes)
    held = path.stat().st_size
    if held < needed:
        raise SceneError(f"{name} holds {held:,} bytes; its header promises {needed:,}. The file is cut short, or the header is another's.")
