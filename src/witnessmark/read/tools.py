"""The outside programs that help to read: which are installed, at which version, and how to get the others.

None is needed: without tesseract scans stay images, without exiftool image metadata are those Pillow can read, without ffprobe those of sound
and video what their headers plainly say.
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys

import msgspec

_WANTED_LANGUAGES = ("eng", "ara")
_PATIENCE = 20  # seconds for a program to say its version


class Tool(msgspec.Struct, frozen=True):
    """An outside program: its version on this machine (None: not installed), what it is for, and the command that installs it."""

    name: str
    version: str | None
    purpose: str
    install: str


def tools() -> tuple[Tool, ...]:
    """The programs reading can use, installed or not."""
    return (
        Tool("tesseract", tesseract_version(), "reads text in scans and photographs", install_command("tesseract")),
        Tool("exiftool", exiftool_version(), "reads image metadata more completely", install_command("exiftool")),
        Tool("ffprobe", ffprobe_version(), "reads length and coding of sound and video", install_command("ffprobe")),
    )


@functools.cache
def tesseract_version() -> str | None:
    """The version of tesseract found on the path, or None."""
    first = _output("tesseract", "--version").partition("\n")[0].split()
    return first[1] if len(first) > 1 else None


@functools.cache
def ocr_languages() -> tuple[str, ...]:
    """Those of English and Arabic whose language data tesseract has here."""
    installed = _output("tesseract", "--list-langs").split()
    return tuple(language for language in _WANTED_LANGUAGES if language in installed)


@functools.cache
def exiftool_version() -> str | None:
    """The version of exiftool found on the path, or None. Its configuration file is ignored: that would be run as a program."""
    return _output("exiftool", "-config", "", "-ver").strip() or None


@functools.cache
def ffprobe_version() -> str | None:
    """The version of ffprobe found on the path, or None."""
    first = _output("ffprobe", "-version").partition("\n")[0].split()
    return first[2] if len(first) > 2 and first[1] == "version" else None


@functools.cache
def ffmpeg_version() -> str | None:
    """The version of ffmpeg found on the path, or None."""
    first = _output("ffmpeg", "-version").partition("\n")[0].split()
    return first[2] if len(first) > 2 and first[1] == "version" else None


def install_command(program: str) -> str:
    """The command that installs `program` on this kind of system."""
    packages = {
        "tesseract": {
            "linux": "tesseract-ocr tesseract-ocr-ara",
            "darwin": "tesseract tesseract-lang",
            "win32": "UB-Mannheim.TesseractOCR",
        },
        "exiftool": {"linux": "libimage-exiftool-perl", "darwin": "exiftool", "win32": "OliverBetz.ExifTool"},
        "ffprobe": {"linux": "ffmpeg", "darwin": "ffmpeg", "win32": "Gyan.FFmpeg"},
    }[program]
    if sys.platform == "darwin":
        return f"brew install {packages['darwin']}"
    if sys.platform == "win32":
        return f"winget install {packages['win32']}"
    return f"sudo apt-get install {packages['linux']}"


def _output(program: str, *arguments: str) -> str:
    path = shutil.which(program)
    if path is None:
        return ""
    try:
        done = subprocess.run([path, *arguments], capture_output=True, check=False, timeout=_PATIENCE)  # noqa: S603 -- a program of a fixed name, asked for its version
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""
