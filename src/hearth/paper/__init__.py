"""Paper: accessible PDFs and pictures from typst templates. Pure functions; it knows no tables and no requests."""
