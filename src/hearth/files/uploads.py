"""What arrives is cut off at the limit while it arrives, so that nobody can fill the disk with one form."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from hearth.files.limits import FILE_BYTES


class CapHandler(FileUploadHandler):
    """First in `FILE_UPLOAD_HANDLERS`: drops what comes after the limit. What is kept is longer than the limit by a chunk
    at most, so that the form can still say that the file is too large."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass a chunk on, or None once there was more than enough."""
        return None if start > FILE_BYTES else raw_data

    def file_complete(self, file_size: int) -> Any:
        """Leave the file to the handlers behind."""
        return
