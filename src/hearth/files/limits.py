"""What is too much: every limit on files that people bring, in one place."""

from datetime import timedelta

MEGABYTE = 1024 * 1024

# One file, and all files of one member (ASVS 5.2.1, 5.2.4).
FILE_BYTES = 10 * MEGABYTE
MEMBER_BYTES = 500 * MEGABYTE
MEMBER_FILES = 5000
FILES_AN_HOUR = 120

NAME_LETTERS = 120
DESCRIPTION_LETTERS = 500

# Pictures: read from the header before anything is decoded (ASVS 5.2.6).
PIXELS = 40_000_000
FRAMES = 100
DISPLAY_SIDE = 1600
THUMBNAIL_SIDE = 480
PHOTO_SIDE = 256

# The process that decodes one picture. 40 million pixels of WebP with transparency need 700 MB; a usual photograph 120.
DECODER_BYTES = 768 * MEGABYTE
DECODER_OUTPUT_BYTES = 32 * MEGABYTE
DECODER_CPU_SECONDS = 10
DECODER_SECONDS = 20
# Pictures that one web process works on at the same time, and how long the next one waits for its turn.
PICTURES_AT_ONCE = 1
TURN_SECONDS = 30

# Packed documents are never unpacked; only the list of their parts is read.
ARCHIVE_PARTS = 5000
ARCHIVE_LIST_BYTES = MEGABYTE
SOUND_BOXES = 2000

# A file that nothing points to: what was never attached, and what a crash left in the folder.
UNATTACHED_KEPT = timedelta(days=30)
LEFTOVER_KEPT = timedelta(days=1)
