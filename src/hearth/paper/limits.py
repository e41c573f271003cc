"""What one document may take. Ordinary ones need a tenth of a second; the limits are for what nobody thought of."""

SECONDS = 20
CPU_SECONDS = 15
MEMORY_BYTES = 2 * 1024**3
OUTPUT_BYTES = 64 * 1024**2
AT_ONCE = 2
TURN_SECONDS = 20
CHARACTERS = 200_000
MARKS_A_LETTER = 4
