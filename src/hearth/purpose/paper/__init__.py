"""The purpose on paper: poster, picture for other channels, timetable of a workshop. Plain data in, bytes out."""
