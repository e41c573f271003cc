"""Finds the browser for journeys and pictures; it is never downloaded."""

import os
import shutil
import sys
from pathlib import Path

from hearth.config.cli.terminal import Stop

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find_browser() -> str | None:
    """Return the path of Chromium or Chrome: the one that CHROMIUM names, else the first that is installed."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = (shutil.which(name) for name in NAMES)
    on_macos = (path for path in ON_MACOS if Path(path).exists())
    return next((path for path in (*found, *on_macos) if path), None)


def how_to_install() -> str:
    """Return the command that installs it on this machine."""
    if sys.platform == "darwin":
        return "brew install --cask chromium"
    return "dnf install chromium" if shutil.which("dnf") else "apt install chromium"


def browser_or_stop() -> str:
    """Return the path of the browser; raise Stop with the command that installs it."""
    browser = find_browser()
    if browser is None:
        raise Stop(f"Chromium is not installed. Install it with: {how_to_install()}")
    return browser
